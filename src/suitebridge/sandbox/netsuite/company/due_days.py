"""When a document is due, by its terms."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.lists import TERMS

_DAYS = {number: days for number, _, days, _, _ in TERMS}


def due_day(day: int, terms: int | None) -> int:
    """The day by which a document of `day` is to be paid."""
    return day + (_DAYS[terms] if terms is not None else 30)
