"""The Login Audit Trail: why each login succeeded or failed: it is the only place that says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

KEPT = 10_000
"""How many attempts are remembered in memory; the store keeps all."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One login. `moment` is aware and in UTC, `status` is ``Success`` or ``Failure``."""

    moment: datetime
    status: str
    detail: str | None
    user: int | None
    role_id: int | None
    address: str
    request_uri: str
    integration: str | None
    token_name: str | None = None
    email: str | None = None


class AuditTrail:
    """Remembers attempts and hands each to a sink, which writes it to the table ``loginaudit``."""

    def __init__(self, sink: Callable[[Attempt], None] | None = None) -> None:
        self._attempts: deque[Attempt] = deque(maxlen=KEPT)
        self._sink = sink

    def record(self, attempt: Attempt) -> None:
        """Note one attempt."""
        self._attempts.append(attempt)
        if self._sink is not None:
            self._sink(attempt)

    def forget(self) -> None:
        """Empty the memory; the table keeps its rows."""
        self._attempts.clear()

    @property
    def attempts(self) -> Sequence[Attempt]:
        """Oldest first."""
        return tuple(self._attempts)

    def as_json(self) -> list[dict[str, object]]:
        """Oldest first, `moment` as ISO text."""
        return [{**asdict(one), "moment": one.moment.isoformat()} for one in self._attempts]
