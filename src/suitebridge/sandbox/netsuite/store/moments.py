"""The present moment as the store writes it."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from suitebridge.sandbox.netsuite.clock import Clock

Now = Callable[[], str]
"""Tells the wall clock of the company's zone as 'YYYY-MM-DD HH:MM:SS'."""


def company_time(clock: Clock, zone: str) -> Now:
    """The clock's moment in the zone of that IANA name."""
    place = ZoneInfo(zone)

    def now() -> str:
        return clock.now().astimezone(place).strftime("%Y-%m-%d %H:%M:%S")

    return now
