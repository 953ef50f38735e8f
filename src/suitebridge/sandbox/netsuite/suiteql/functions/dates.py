"""Oracle's date functions on stored dates."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta

from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused
from suitebridge.sandbox.netsuite.suiteql.functions.moments import Moment, read, wall_clock

Number = int | float
_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_UNITS = {
    "CC": "CC", "SCC": "CC", "SYYYY": "YEAR", "YYYY": "YEAR", "YEAR": "YEAR", "SYEAR": "YEAR", "YYY": "YEAR",
    "YY": "YEAR", "Y": "YEAR", "IYYY": "ISO", "IYY": "ISO", "IY": "ISO", "I": "ISO", "Q": "Q", "MONTH": "MM",
    "MON": "MM", "MM": "MM", "RM": "MM", "WW": "WW", "IW": "IW", "W": "W", "DDD": "DD", "DD": "DD", "J": "DD",
    "DAY": "D", "DY": "D", "D": "D", "HH": "HH", "HH12": "HH", "HH24": "HH", "MI": "MI",
}  # fmt: skip
_WEEKS = ("WW", "IW", "W", "D")


def unit_of(model: str) -> str:
    """The unit a truncation model means; one that is none raises ValueRefused."""
    unit = _UNITS.get(model.strip().upper())
    if unit is None:
        raise ValueRefused(f"Bad date format model: {model}")
    return unit


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _moved(clock: datetime, months: int, *, keep_end: bool) -> datetime:
    total = clock.year * 12 + clock.month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        raise ValueRefused("Year out of range.")
    last = _last_day(year, month + 1)
    at_end = keep_end and clock.day == _last_day(clock.year, clock.month)
    if not keep_end and clock.day > last:
        raise ValueRefused("Date not valid for month specified.")
    return clock.replace(year=year, month=month + 1, day=last if at_end else min(clock.day, last))


def add_months(stored: str, months: Number) -> str:
    """ADD_MONTHS: the last day of a month stays the last day."""
    moment = read(stored)
    return Moment(_moved(moment.clock, int(months), keep_end=True), moment.timed, moment.offset).text()


def plus_months(stored: str, months: int) -> str:
    """A date plus a span of months; a day that month has not is an error."""
    moment = read(stored)
    return Moment(_moved(moment.clock, months, keep_end=False), moment.timed, moment.offset).text()


def last_day(stored: str) -> str:
    """LAST_DAY."""
    moment = read(stored)
    clock = moment.clock.replace(day=_last_day(moment.clock.year, moment.clock.month))
    return Moment(clock, moment.timed).text()


def months_between(first: str, second: str) -> Number:
    """MONTHS_BETWEEN: whole between equal days or two month ends, otherwise in 31sts."""
    one, other = read(first).clock, read(second).clock
    months = (one.year - other.year) * 12 + one.month - other.month
    ends = one.day == _last_day(one.year, one.month) and other.day == _last_day(other.year, other.month)
    if one.day == other.day or ends:
        return months
    start = one - wall_clock(one.year, one.month, 1)
    end = other - wall_clock(other.year, other.month, 1)
    return months + (start - end).total_seconds() / 86400 / 31


def next_day(stored: str, day: str | Number) -> str:
    """NEXT_DAY: the first such weekday after the date; days by English name, or 1 (Sunday) to 7."""
    moment = read(stored)
    if isinstance(day, str):
        wanted = [name.startswith(day.strip().upper()[:3]) for name in _DAYS]
        name = day.strip().upper()
        if len(name) < 3 or not any(wanted):
            raise ValueRefused("Not a valid day of the week.")
        target = wanted.index(True)
    else:
        if not 1 <= day <= 7:
            raise ValueRefused("Not a valid day of the week.")
        target = (int(day) - 2) % 7
    ahead = (target - moment.clock.weekday() - 1) % 7 + 1
    return Moment(moment.clock + timedelta(days=ahead), moment.timed).text()


def _midnight(clock: datetime) -> datetime:
    return clock.replace(hour=0, minute=0, second=0, microsecond=0)


def _iso_year_start(clock: datetime) -> datetime:
    return datetime.fromisocalendar(clock.isocalendar().year, 1, 1)


def start_of(clock: datetime, unit: str) -> datetime:
    """The beginning of the unit a clock is in."""
    day = _midnight(clock)
    match unit:
        case "CC":
            return wall_clock((clock.year - 1) // 100 * 100 + 1, 1, 1)
        case "YEAR":
            return wall_clock(clock.year, 1, 1)
        case "ISO":
            return _iso_year_start(clock)
        case "Q":
            return wall_clock(clock.year, (clock.month - 1) // 3 * 3 + 1, 1)
        case "MM":
            return wall_clock(clock.year, clock.month, 1)
        case "WW":
            return day - timedelta(days=(clock.timetuple().tm_yday - 1) % 7)
        case "IW":
            return day - timedelta(days=clock.weekday())
        case "W":
            return day - timedelta(days=(clock.day - 1) % 7)
        case "D":
            return day - timedelta(days=(clock.weekday() + 1) % 7)
        case "HH":
            return clock.replace(minute=0, second=0)
        case "MI":
            return clock.replace(second=0)
        case _:
            return day


def truncate(stored: str, model: str) -> str:
    """TRUNC of a date by a model."""
    moment = read(stored)
    unit = unit_of(model)
    timed = moment.timed and unit in ("HH", "MI")
    return Moment(start_of(moment.clock, unit), timed).text()


def _rounded(clock: datetime, unit: str) -> datetime:
    start = start_of(clock, unit)
    match unit:
        case "CC":
            return wall_clock(start.year + 100, 1, 1) if clock.year - start.year >= 50 else start
        case "YEAR":
            return wall_clock(clock.year + 1, 1, 1) if clock.month >= 7 else start
        case "ISO":
            return _iso_year_start(wall_clock(clock.year + 1, 7, 1)) if clock.month >= 7 else start
        case "Q":
            up = clock.month - start.month >= 2 or (clock.month - start.month == 1 and clock.day >= 16)
            return _moved(start, 3, keep_end=True) if up else start
        case "MM":
            return _moved(start, 1, keep_end=False) if clock.day >= 16 else start
        case "HH":
            return start + timedelta(hours=1) if clock.minute >= 30 else start
        case "MI":
            return start + timedelta(minutes=1) if clock.second >= 30 else start
        case _:
            if unit in _WEEKS:
                return start + timedelta(days=7) if clock - start >= timedelta(days=3, hours=12) else start
            return start + timedelta(days=1) if clock.hour >= 12 else start


def round_date(stored: str, model: str) -> str:
    """ROUND of a date by a model."""
    moment = read(stored)
    unit = unit_of(model)
    try:
        return Moment(_rounded(moment.clock, unit), moment.timed and unit in ("HH", "MI")).text()
    except (ValueError, OverflowError) as error:
        raise ValueRefused("Year out of range.") from error


def extract(stored: str, part: str) -> int:
    """EXTRACT of a part that is not a plain piece of the text."""
    moment = read(stored)
    match part:
        case "TIMEZONE_HOUR":
            return int((moment.offset or 0) / 60)
        case "TIMEZONE_MINUTE":
            return abs(moment.offset or 0) % 60 * (-1 if (moment.offset or 0) < 0 else 1)
        case _:
            raise ValueRefused("Invalid extract field for extract source.")
