"""Dates in the user's date format preference (Set Preferences > Formatting), both ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ELEMENT = re.compile(r"YYYY|MONTH|Month|MON|Mon|MM|M|DD|D", re.ASCII)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _shown(element: str, year: str, month: str, day: str) -> str:
    match element:
        case "YYYY":
            return year
        case "MM":
            return month
        case "M":
            return month.lstrip("0")
        case "DD":
            return day
        case "D":
            return day.lstrip("0")
        case "Mon" | "MON":
            name = _MONTHS[int(month) - 1]
            return name if element == "Mon" else name.upper()
        case _:
            name = LONG_MONTHS[int(month) - 1]
            return name if element == "Month" else name.upper()


@lru_cache(maxsize=64)
def user_date_writer(shape: str) -> Callable[[str], str]:
    """A function from 'YYYY-MM-DD…' to the user's form."""

    def write(stored: str) -> str:
        year, month, day = stored[:4], stored[5:7], stored[8:10]
        return _ELEMENT.sub(lambda match: _shown(match.group(), year, month, day), shape)

    return write


@lru_cache(maxsize=64)
def _reader(shape: str) -> re.Pattern[str]:
    parts = {"YYYY": r"(?P<y>\d{4})", "MM": r"(?P<m>\d{1,2})", "M": r"(?P<m>\d{1,2})"}
    parts |= {"DD": r"(?P<d>\d{1,2})", "D": r"(?P<d>\d{1,2})"}
    pattern = ""
    end = 0
    for match in _ELEMENT.finditer(shape):
        pattern += re.escape(shape[end : match.start()])
        pattern += parts.get(match.group(), r"(?P<n>[A-Za-z]+)")
        end = match.end()
    clock = r"(?:\s+(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2}))?(?:\s*(?P<half>[aApP][mM]))?)?"
    return re.compile(pattern + re.escape(shape[end:]) + clock, re.ASCII)


def parse_user_date(text: str, shape: str) -> str:
    """'YYYY-MM-DD' or, with a time, 'YYYY-MM-DD HH:MM:SS'. A text in another form raises ValueRefused."""
    match = _reader(shape).fullmatch(text.strip())
    if match is None:
        raise ValueRefused(f"Invalid date: {text}")
    parts = match.groupdict()
    if "n" in parts:
        names = [name.lower() for name in (LONG_MONTHS if "MONTH" in shape.upper() else _MONTHS)]
        if parts["n"].lower() not in names:
            raise ValueRefused(f"Invalid date: {text}")
        month = names.index(parts["n"].lower()) + 1
    else:
        month = int(parts["m"])
    year, day = int(parts["y"]), int(parts["d"])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        raise ValueRefused(f"Invalid date: {text}")
    if month == 2 and day == 29 and not leap:
        raise ValueRefused(f"Invalid date: {text}")
    date = f"{year:04d}-{month:02d}-{day:02d}"
    if parts["h"] is None:
        return date
    hour = int(parts["h"])
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueRefused(f"Invalid date: {text}")
        hour = hour % 12 + (12 if parts["half"].lower() == "pm" else 0)
    minute, second = int(parts["mi"]), int(parts["s"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueRefused(f"Invalid date: {text}")
    return f"{date} {hour:02d}:{minute:02d}:{second:02d}"


def with_time(stored: str) -> str:
    """A stored date with its time, midnight if it had none."""
    return stored if len(stored) > 10 else stored + " 00:00:00"
