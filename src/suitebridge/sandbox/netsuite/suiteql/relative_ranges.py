"""BUILTIN.RELATIVE_RANGES and BUILTIN.PERIOD: named ranges of days around a day (the company's today).

Oracle's help: "SuiteQL Built-in Functions", range identifiers. The fiscal year is the calendar year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAYS = {"TODAY": 0, "YESTERDAY": -1, "TOMORROW": 1}
_SHIFT = {"T": 0, "L": -1, "N": 1, "THIS_": 0, "LAST_": -1, "NEXT_": 1, "PREVIOUS_": -1}
_UNIT = re.compile(
    r"(?P<when>THIS_|LAST_|NEXT_|PREVIOUS_|[TLN])(?:FISCAL_|F)?"
    r"(?P<unit>WEEK|MONTH|QUARTER|YEAR|PERIOD|HALF|W|M|Q|Y|P|H)(?P<todate>TD|_TO_DATE)?"
)
_AGO = re.compile(r"(?P<unit>[DWMQY])(?P<way>AGO|FN)(?P<count>\d{1,3})")
_SAME = re.compile(r"SDL(?:F)?(?P<unit>[WMQY])(?:TD)?")
_ROLLING = re.compile(r"(?P<when>[LN])R(?P<unit>[WMQYH])|(?P<when2>[LN])(?P<count>\d{1,3})(?P<unit2>[DWMQY])")
_MONTHS = {"M": 1, "Q": 3, "H": 6, "Y": 12}


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days from the first to the last, both included."""

    first: date
    last: date


def _month_start(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _same_day(day: date, unit: str, count: int) -> date:
    if unit in ("D", "W"):
        return day + timedelta(days=count * (7 if unit == "W" else 1))
    start = _month_start(day, count * _MONTHS[unit])
    last = _month_start(start, 1) - timedelta(days=1)
    return start.replace(day=min(day.day, last.day))


def _unit_range(day: date, unit: str, shift: int) -> DayRange:
    if unit == "W":
        first = day - timedelta(days=(day.weekday() + 1) % 7) + timedelta(weeks=shift)
        return DayRange(first, first + timedelta(days=6))
    width = _MONTHS["M" if unit == "P" else unit]
    begin = day.replace(month=(day.month - 1) // width * width + 1, day=1)
    first = _month_start(begin, shift * width)
    return DayRange(first, _month_start(first, width) - timedelta(days=1))


def day_range(identifier: str, today: date) -> DayRange | None:
    """The days a range identifier means, or None if it is no identifier."""
    name = identifier.strip().upper()
    if name in _DAYS:
        day = today + timedelta(days=_DAYS[name])
        return DayRange(day, day)
    if match := _AGO.fullmatch(name):
        sign = -1 if match["way"] == "AGO" else 1
        day = _same_day(today, match["unit"], sign * int(match["count"]))
        return DayRange(day, day)
    if match := _SAME.fullmatch(name):
        day = _same_day(today, match["unit"], -1)
        return DayRange(day, day)
    if match := _UNIT.fullmatch(name):
        unit, shift = match["unit"][0], _SHIFT[match["when"]]
        found = _unit_range(today, unit, shift)
        if not match["todate"]:
            return found
        end = today if shift == 0 else min(_same_day(today, "M" if unit == "P" else unit, shift), found.last)
        return DayRange(found.first, end)
    if match := _ROLLING.fullmatch(name):
        unit = match["unit"] or match["unit2"]
        count = int(match["count"] or 1)
        if (match["when"] or match["when2"]) == "L":
            return DayRange(_same_day(today, unit, -count), today)
        return DayRange(today, _same_day(today, unit, count))
    return None
