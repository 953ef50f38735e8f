"""Stored dates and Python's: 'YYYY-MM-DD', 'YYYY-MM-DD HH:MM:SS', and with '+HH:MM' at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall clock, whether it has a time, and its minutes from UTC if it knows them."""

    clock: datetime
    timed: bool
    offset: int | None = None

    def text(self) -> str:
        """The storage form."""
        if self.offset is not None:
            sign = "-" if self.offset < 0 else "+"
            hours, minutes = divmod(abs(self.offset), 60)
            return f"{_clock_text(self.clock)}{sign}{hours:02d}:{minutes:02d}"
        return _clock_text(self.clock) if self.timed else _day_text(self.clock)


def wall_clock(year: int, month: int, day: int) -> datetime:
    """Midnight of a day on a clock that knows no zone."""
    return datetime(year, month, day)  # noqa: DTZ001 - stored dates are wall clocks


def _day_text(clock: datetime) -> str:
    return f"{clock.year:04d}-{clock.month:02d}-{clock.day:02d}"


def _clock_text(clock: datetime) -> str:
    return f"{_day_text(clock)} {clock.hour:02d}:{clock.minute:02d}:{clock.second:02d}"


def read(stored: str) -> Moment:
    """A stored date of any kind."""
    try:
        clock = datetime.fromisoformat(stored[:19])
        offset = None
        if len(stored) > 19:
            sign = -1 if stored[19] == "-" else 1
            offset = sign * (int(stored[20:22]) * 60 + int(stored[23:25]))
    except ValueError as error:
        raise ValueRefused(f"Invalid date: {stored}") from error
    return Moment(clock, len(stored) > 10, offset)


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo | timezone:
    """A time zone by region, or by `+HH:MM`; one that is none raises ValueRefused."""
    text = name.strip()
    if text[:1] in ("+", "-") or text[:1].isdigit():
        sign = -1 if text[0] == "-" else 1
        hours, _, minutes = text.lstrip("+-").partition(":")
        if not hours.isdigit() or (minutes and not minutes.isdigit()) or int(hours) > 15:
            raise ValueRefused(f"Invalid time zone: {name}")
        return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes or 0)))
    try:
        return UTC if text.upper() in ("UTC", "GMT", "Z") else ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueRefused(f"Invalid time zone: {name}") from error


def _offset_minutes(moment: datetime) -> int:
    offset = moment.utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)


def zoned(stored: str, zone: str) -> str:
    """A wall clock of a zone with its distance from UTC."""
    moment = read(stored)
    if moment.offset is not None:
        return stored
    aware = moment.clock.replace(tzinfo=zone_of(zone))
    return Moment(moment.clock, True, _offset_minutes(aware)).text()


def at_zone(stored: str, zone: str) -> str:
    """A zoned moment as another zone's clock shows it."""
    moment = read(stored)
    aware = moment.clock.replace(tzinfo=timezone(timedelta(minutes=moment.offset or 0))).astimezone(zone_of(zone))
    return Moment(aware.replace(tzinfo=None), True, _offset_minutes(aware)).text()


def local(stored: str, zone: str) -> str:
    """A zoned moment as a zone's wall clock."""
    return at_zone(stored, zone)[:19]


def utc(stored: str) -> str:
    """A zoned moment as UTC's wall clock."""
    moment = read(stored)
    return _clock_text(moment.clock - timedelta(minutes=moment.offset or 0))


def short(stored: str) -> str:
    """A moment without its time at midnight, so that it compares with stored days as text."""
    return stored[:10] if stored.endswith(" 00:00:00") else stored


def zone_offset(zone: str, now: str) -> str:
    """TZ_OFFSET: a zone's distance from UTC at a moment."""
    return at_zone(now[:19] + "+00:00", zone)[19:]


_US_ZONES = {
    "AST": -4, "ADT": -3, "BST": -11, "BDT": -10, "CST": -6, "CDT": -5, "EST": -5, "EDT": -4, "GMT": 0,
    "HST": -10, "HDT": -9, "MST": -7, "MDT": -6, "NST": -3.5, "PST": -8, "PDT": -7, "YST": -9, "YDT": -8,
}  # fmt: skip


def new_time(stored: str, source: str, target: str) -> str:
    """NEW_TIME between the American zones it knows."""
    try:
        hours = _US_ZONES[target.upper()] - _US_ZONES[source.upper()]
    except KeyError as error:
        raise ValueRefused("Illegal time zone.") from error
    return _clock_text(read(stored).clock + timedelta(hours=hours))
