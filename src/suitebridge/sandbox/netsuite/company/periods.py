"""The company's days: the history from its first day to today, and the accounting periods over it and beyond."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from suitebridge.sandbox.netsuite.company.rows import Rows, shape

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OPEN_MONTHS = 2
"""How many months before the present one are still open."""

FISCAL_CALENDAR = 1


class Calendar:
    """Days are numbered from 0, the first day of the year three years before today's."""

    __slots__ = ("first", "iso", "month", "period", "period_ids", "today", "today_date", "weekday")

    def __init__(self, today: date) -> None:
        self.first = date(today.year - 3, 1, 1)
        self.today_date = today
        self.today = (today - self.first).days
        count = (date(today.year + 2, 12, 31) - self.first).days + 1
        every = [self.first + timedelta(days=number) for number in range(count)]
        self.iso = [day.isoformat() for day in every]
        self.weekday = [day.weekday() for day in every]
        self.month = [(day.year - self.first.year) * 12 + day.month - 1 for day in every]
        self.period_ids, self.period = self._periods()

    def _periods(self) -> tuple[dict[tuple[int, int, int], int], list[int]]:
        """Ids by (year, quarter or 0, month or 0), years and quarters before their months; and the id of each day."""
        ids: dict[tuple[int, int, int], int] = {}
        number = 1
        for year in range(self.first.year, self.today_date.year + 3):
            ids[year, 0, 0] = number
            number += 1
            for quarter in range(1, 5):
                ids[year, quarter, 0] = number
                number += 1
                for month in range(3 * quarter - 2, 3 * quarter + 1):
                    ids[year, quarter, month] = number
                    number += 1
            # Adjustment periods once existed and were deleted.
            number += 2
        days: list[int] = []
        for month in self.month:
            year, of_year = divmod(month, 12)
            days.append(ids[self.first.year + year, of_year // 3 + 1, of_year + 1])
        return ids, days

    def day(self, when: date) -> int:
        """The number of a day; negative before the history."""
        return (when - self.first).days

    def text(self, number: int) -> str:
        """A day as YYYY-MM-DD, days before the history too."""
        if 0 <= number < len(self.iso):
            return self.iso[number]
        return (self.first + timedelta(days=number)).isoformat()

    def business_day(self, number: int) -> int:
        """That day, or the Monday after where it falls on a weekend."""
        weekday = self.weekday[number] if 0 <= number < len(self.weekday) else 0
        return number + (7 - weekday if weekday > 4 else 0)

    def month_ends(self) -> list[int]:
        """The last day of each month of the history that is over."""
        return [day for day in range(self.today + 1) if self.month[day + 1] != self.month[day]]

    def closed(self, year: int, month: int) -> bool:
        """Whether a month's books are closed."""
        present = self.today_date.year * 12 + self.today_date.month
        return year * 12 + month < present - _OPEN_MONTHS

    def history_months(self) -> list[tuple[int, int]]:
        """(year, month) of the history."""
        return [(self.first.year + number // 12, number % 12 + 1) for number in range(self.month[self.today] + 1)]


_PERIOD = shape(
    "accountingperiod",
    (
        "id",
        "periodname",
        "startdate",
        "enddate",
        "parent",
        "isyear",
        "isquarter",
        "closed",
        "closedondate",
        "arlocked",
        "aplocked",
        "alllocked",
        "lastmodifieddate",
    ),
    {"isadjust": "F", "isposting": "T", "isinactive": "F", "allownonglchanges": "T"},
)
_PERIOD_IN_CALENDAR = shape(
    "accountingperiodfiscalcalendars", ("accountingperiod", "fiscalcalendar", "parent", "fullname")
)


def write_periods(calendar: Calendar, rows: Rows) -> None:
    """Years, quarters and months; the months before the last ones are closed, and so is a quarter of closed months."""
    for (year, quarter, month), number in calendar.period_ids.items():
        if month:
            first, last, name = month, month, f"{_MONTHS[month - 1]} {year}"
            parent = calendar.period_ids[year, quarter, 0]
        elif quarter:
            first, last, name = 3 * quarter - 2, 3 * quarter, f"Q{quarter} {year}"
            parent = calendar.period_ids[year, 0, 0]
        else:
            first, last, name = 1, 12, f"FY {year}"
            parent = None
        closed = calendar.closed(year, last)
        start = date(year, first, 1)
        end = date(year, last, monthrange(year, last)[1])
        # Receivables are locked a month before the books are closed.
        locked = closed or calendar.closed(year + (last == 1) * -1, last - 1 if last > 1 else 12)
        closed_on = f"{(end + timedelta(days=12)).isoformat()} 17:{10 + number % 45}:08" if closed else None
        rows["accountingperiod"].append(
            _PERIOD(
                (
                    number,
                    name,
                    start.isoformat(),
                    end.isoformat(),
                    parent,
                    "F" if quarter else "T",
                    "T" if quarter and not month else "F",
                    "T" if closed else "F",
                    closed_on,
                    "T" if locked and month else "T" if closed else "F",
                    "T" if closed else "F",
                    "T" if closed else "F",
                    closed_on or f"{calendar.first.isoformat()} 09:12:44",
                )
            )
        )
        full = f"FY {year}" + (f" : Q{quarter} {year}" if quarter else "") + (f" : {name}" if month else "")
        rows["accountingperiodfiscalcalendars"].append(_PERIOD_IN_CALENDAR((number, FISCAL_CALENDAR, parent, full)))
