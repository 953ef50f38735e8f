"""What was asked of the sandbox, counted at the server: tests and benchmarks read it, clients cannot."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass

KEPT = 20_000
"""How many calls are kept one by one; the totals cover all of them."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call. Times are seconds; `started` counts from the last reset. `slots` includes this call's own."""

    method: str
    path: str
    kind: str
    status: int
    slots: int
    rejected: bool
    bytes_in: int
    bytes_out: int
    started: float
    seconds: float
    late: float
    integration: str | None = None
    fault: str | None = None


@dataclass(slots=True)
class Total:
    """All calls of one method, path template, kind and status."""

    method: str
    path: str
    kind: str
    status: int
    calls: int = 0
    rejected: int = 0
    late: int = 0
    latest: float = 0.0
    bytes_in: int = 0
    bytes_out: int = 0
    seconds: float = 0.0


class Statistics:
    """Counts calls since the start or the last reset."""

    def __init__(self, now: float) -> None:
        self._since = now
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._totals: dict[tuple[str, str, str, int], Total] = {}

    @property
    def since(self) -> float:
        """The monotonic moment from which `started` counts."""
        return self._since

    def reset(self, now: float) -> None:
        """Forget everything."""
        self.__init__(now)

    def add(self, call: Call) -> None:
        """Count one call that has been answered."""
        self._calls.append(call)
        key = (call.method, call.path, call.kind, call.status)
        total = self._totals.get(key)
        if total is None:
            total = self._totals[key] = Total(*key)
        total.calls += 1
        total.rejected += call.rejected
        total.late += call.late > 0
        total.latest = max(total.latest, call.late)
        total.bytes_in += call.bytes_in
        total.bytes_out += call.bytes_out
        total.seconds += call.seconds

    def as_json(self, *, with_calls: bool) -> dict[str, object]:
        """Sums over everything, then by method, path, kind and status, then (if asked for) call by call."""
        totals = list(self._totals.values())
        by_kind: dict[str, int] = {}
        for total in totals:
            by_kind[total.kind] = by_kind.get(total.kind, 0) + total.calls
        body: dict[str, object] = {
            "calls": sum(total.calls for total in totals),
            "calls_by_kind": by_kind,
            "rejected": sum(total.rejected for total in totals),
            "late": sum(total.late for total in totals),
            "latest_seconds": max((total.latest for total in totals), default=0.0),
            "bytes_in": sum(total.bytes_in for total in totals),
            "bytes_out": sum(total.bytes_out for total in totals),
            "totals": [asdict(total) for total in totals],
        }
        if with_calls:
            body["each"] = [asdict(call) for call in self._calls]
        return body
