"""When a document is due, by its terms of payment."""

from __future__ import annotations

from datetime import date, timedelta

from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work


def due_date(work: Work, day: str, terms: Stored) -> str:
    """The day by which a document of `day` is to be paid; without terms, that day itself."""
    days = work.number("SELECT daysuntilnetdue FROM term WHERE id = ?", terms) if terms is not None else None
    try:
        return (date.fromisoformat(day) + timedelta(days=days or 0)).isoformat()
    except OverflowError:
        return day
