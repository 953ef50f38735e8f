"""A clock that can be set wrong, to see what a client does about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from suitebridge.sandbox.netsuite.clock import Clock


@dataclass(slots=True)
class OffsetClock:
    """Another clock, `offset` seconds ahead (or behind, if negative)."""

    base: Clock
    offset: float = 0.0

    def now(self) -> datetime:
        """The present moment as this clock shows it, aware, in UTC."""
        return self.base.now() + timedelta(seconds=self.offset)
