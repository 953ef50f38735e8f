"""What a transport gives and tells: answers, single tries for its listeners, and counters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from suitebridge.types import Work


@dataclass(frozen=True, slots=True)
class Response:
    """An answer with a status of 2xx. Header names are compared in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def request_id(self) -> str | None:
        """NetSuite's trace id of the call."""
        return self.headers.get("X-N-OperationId")


@dataclass(frozen=True, slots=True)
class Call:
    """One try of one call, as the listeners of a transport see it. ``outcome`` is ``ok`` or the kind of failure.

    ``wait`` is the seconds until the next try, None if there is none. ``received`` counts decompressed bytes.
    """

    method: str
    path: str
    work: Work
    attempt: int
    outcome: str
    status: int | None
    seconds: float
    sent: int
    received: int
    slots_in_use: int
    slots_limit: int
    wait: float | None
    request_id: str | None


@dataclass(slots=True)
class Counters:
    """What a transport has done since it was made. Seconds are summed over calls that ran side by side."""

    calls: int = 0
    retries: int = 0
    rejections: int = 0
    failures: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    seconds_waiting_for_slots: float = 0.0
    seconds_waiting_to_retry: float = 0.0
    seconds_answering: float = 0.0

    def as_dict(self) -> dict[str, int | float]:
        """The counters by name."""
        return asdict(self)
