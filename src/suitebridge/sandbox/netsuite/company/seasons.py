"""How a year's business spreads over its days: growth, seasons, weekdays."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.periods import Calendar

_MONTHS = (82, 88, 104, 102, 98, 96, 84, 78, 106, 114, 126, 122)
_WEEKDAYS = (108, 104, 102, 100, 92, 30, 14)


def share_by_day(calendar: Calendar, total: int, first: int) -> list[int]:
    """How many of `total` fall on each day from `first` to today; business doubles in four years."""
    weights: list[int] = []
    for day in range(calendar.today + 1):
        growth = 1_000 + day * 1_000 // 1_460
        weights.append(
            0 if day < first else growth * _MONTHS[calendar.month[day] % 12] * _WEEKDAYS[calendar.weekday[day]]
        )
    whole = sum(weights)
    counts: list[int] = []
    before = weight = 0
    for each in weights:
        weight += each
        reached = total * weight // whole
        counts.append(reached - before)
        before = reached
    return counts
