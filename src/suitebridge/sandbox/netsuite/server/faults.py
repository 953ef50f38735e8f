"""Faults on order: the next matching calls fail in a way that was asked for, countably and repeatably."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Annotated, Literal

import msgspec

FaultKind = Literal[
    "concurrency",
    "error",
    "error_after",
    "unavailable",
    "cut_before",
    "cut_after",
    "cut_during",
    "half_body",
    "slow_body",
    "record_changed",
    "column_gone",
    "token_expired",
    "slow_invalid_login",
    "delay",
]
"""What goes wrong:

concurrency: rejected as if the pool were full; nothing happens.
error: 500 before anything happens. error_after: the effect happens, then 500.
unavailable: 503 before anything happens.
cut_before: the connection ends before anything happens. cut_after: after the effect, before the answer.
cut_during: in the middle of the answer's body. half_body: half the body, as if it were all of it.
slow_body: the body comes piece by piece over `seconds`.
record_changed: a change or deletion of a record is refused, because another save holds it.
column_gone: a query is answered as if `column` (``transaction.memo``) did not exist.
token_expired: all access tokens are revoked as the call arrives, so it is refused as an invalid login.
slow_invalid_login: after `seconds` the call is refused as an invalid login, as NetSuite does under load.
delay: the answer comes `seconds` later than it would.
"""

CallType = Literal["suiteql", "list", "read", "write", "token", "restlet", "job", "metadata", "other", "task"]

_UNASKED: frozenset[CallType] = frozenset({"token", "task"})
_ONLY: dict[FaultKind, frozenset[CallType]] = {
    "record_changed": frozenset({"write", "task"}),
    "column_gone": frozenset({"suiteql"}),
}

Whole = Annotated[int, msgspec.Meta(ge=0)]


class FaultOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to fail.

    It looks at calls of `types` (suiteql, list, read, write, token, restlet, job, other; task: a call that runs in
    a job, which only error, error_after, unavailable, record_changed and delay can befall; empty: all but token and
    task) and of `method`, whose path contains `path`. Of those it lets `skip` pass, then hits every `every`-th, or
    each with probability `chance` drawn from `seed`, until it has hit `count` (null: until the faults are reset).
    """

    kind: FaultKind
    count: Whole | None = 1
    skip: Whole = 0
    every: Annotated[int, msgspec.Meta(ge=1)] = 1
    chance: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    seed: int = 0
    seconds: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    types: tuple[CallType, ...] = ()
    method: str | None = None
    path: str = ""
    column: str = ""

    def __post_init__(self) -> None:
        if (self.kind == "column_gone") != bool(self.column):
            raise ValueError("column_gone, and no other fault, needs a column such as transaction.memo")


class FaultFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A TOML file of orders: ``[[fault]]`` tables."""

    fault: list[FaultOrder]


class FaultFileError(ValueError):
    """A file of faults that cannot be read or understood."""


def faults_from(file: Path) -> list[FaultOrder]:
    """The orders of a TOML file. Raises FaultFileError."""
    try:
        return msgspec.toml.decode(file.read_bytes(), type=FaultFile).fault
    except OSError as error:
        raise FaultFileError(f"faults {file} cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise FaultFileError(f"faults {file}: {error}") from error


class Fault:
    """An order being carried out: it counts the matching calls it has seen and those it has hit."""

    def __init__(self, order: FaultOrder) -> None:
        self.order = order
        self.seen = 0
        self.fired = 0
        self._random = random.Random(order.seed)

    @property
    def kind(self) -> FaultKind:
        """What goes wrong."""
        return self.order.kind

    @property
    def seconds(self) -> float:
        """How long it takes, where it takes time."""
        return self.order.seconds

    def hits(self, call_type: CallType, method: str, path: str) -> bool:
        """Whether this call is to fail; counts it."""
        order = self.order
        wanted = call_type in order.types if order.types else call_type not in _UNASKED
        if call_type not in _ONLY.get(order.kind, (call_type,)):
            return False
        if order.kind == "record_changed" and method not in ("PATCH", "PUT", "DELETE"):
            return False
        if not wanted or (order.method or method) != method or order.path not in path:
            return False
        if order.count is not None and self.fired >= order.count:
            return False
        self.seen += 1
        if self.seen <= order.skip or (self.seen - order.skip - 1) % order.every:
            return False
        if order.chance is not None and self._random.random() >= order.chance:
            return False
        self.fired += 1
        return True

    def as_json(self) -> dict[str, object]:
        """The order and how often it has looked and hit."""
        return {**msgspec.structs.asdict(self.order), "seen": self.seen, "fired": self.fired}


class Faults:
    """All orders; for each call the first that hits decides."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def order(self, order: FaultOrder) -> None:
        """Add an order."""
        self._faults.append(Fault(order))

    def clear(self) -> None:
        """Withdraw all orders."""
        self._faults.clear()

    def next_for(
        self, call_type: CallType, method: str, path: str, among: frozenset[FaultKind] | None = None
    ) -> Fault | None:
        """The fault that befalls this call, if any; only of those kinds, if they are given."""
        for fault in self._faults:
            if (among is None or fault.kind in among) and fault.hits(call_type, method, path):
                return fault
        return None

    def as_json(self) -> list[dict[str, object]]:
        """All orders."""
        return [fault.as_json() for fault in self._faults]
