"""How long NetSuite would take, as a deadline: the answer leaves at that moment, and if the sandbox was slower
it says so, so that a benchmark can be trusted.

The profile ``typical`` is an assumption, not a measurement of an account: 0.3 s a SuiteQL page, 0.5 s a record
read, 0.5 s a page of a record list, 1 s and 0.3 s a line a write, 1 s a record in a job, 0.5 s a description of
records (the whole catalogue takes accounts a minute and more), 0.5 s a token, 0.1 s any other call, the one that
submits a job or looks at it among them.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal

Kind = Literal["suiteql", "list", "read", "write", "token", "restlet", "job", "metadata", "other"]
"""What a call does, which is what its time and its line in the statistics depend on."""

TOLERANCE = 0.01
"""Seconds that a timer and the event loop need anyway; an answer later than that is called late."""


class ProfileError(ValueError):
    """A latency profile that is neither a known name nor a readable file."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Seconds each kind of call takes. A file has the same names as keys."""

    suiteql_page: float = 0.0
    list_page: float = 0.0
    record_read: float = 0.0
    record_write: float = 0.0
    record_write_line: float = 0.0
    job_record: float = 0.0
    metadata: float = 0.0
    token: float = 0.0
    other: float = 0.0

    def seconds(self, kind: Kind, lines: int = 0) -> float:
        """How long a call of this kind takes, counted from its arrival; `lines` are those of a write."""
        match kind:
            case "suiteql":
                return self.suiteql_page
            case "list":
                return self.list_page
            case "read":
                return self.record_read
            case "write":
                return self.record_write + lines * self.record_write_line
            case "metadata":
                return self.metadata
            case "token":
                return self.token
            case "restlet" | "job" | "other":
                return self.other

    def as_json(self) -> dict[str, float]:
        """The seconds by name."""
        return asdict(self)


NONE = Profile()
TYPICAL = Profile(
    suiteql_page=0.3,
    list_page=0.5,
    record_read=0.5,
    record_write=1.0,
    record_write_line=0.3,
    job_record=1.0,
    metadata=0.5,
    token=0.5,
    other=0.1,
)


def profile_named(name: str) -> Profile:
    """``none``, ``typical`` or the path of a TOML file of seconds. Raises ProfileError."""
    known = {"none": NONE, "typical": TYPICAL}
    if name in known:
        return known[name]
    try:
        text = Path(name).read_text("utf-8")
    except OSError as error:
        raise ProfileError(f"latency {name!r} is not none, typical or a readable file") from error
    try:
        return profile_of(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise ProfileError(f"latency file {name}: {error}") from error


def profile_of(seconds: dict[str, object]) -> Profile:
    """A profile from seconds by name; names not given take no time. Raises ProfileError."""
    known = {field.name for field in fields(Profile)}
    values: dict[str, float] = {}
    for name, value in seconds.items():
        if name not in known:
            raise ProfileError(f"unknown key {name!r}; known are {', '.join(sorted(known))}")
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise ProfileError(f"{name} must be seconds")
        values[name] = float(value)
    return Profile(**values)
