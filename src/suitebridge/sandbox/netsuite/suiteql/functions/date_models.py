"""Oracle's datetime format models, and TO_CHAR of a date by them. `date_reading` reads by them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused
from suitebridge.sandbox.netsuite.suiteql.functions.moments import Moment, read
from suitebridge.sandbox.netsuite.suiteql.functions.user_dates import LONG_MONTHS, user_date_writer

_ELEMENTS = (
    "SYYYY", "SYEAR", "YEAR", "YYYY", "Y,YYY", "IYYY", "YYY", "IYY", "YY", "IY", "RRRR", "RR", "Y", "I", "Q",
    "MONTH", "MON", "MM", "RM", "WW", "IW", "W", "DDD", "DD", "DAY", "DY", "DS", "DL", "D", "J", "HH24", "HH12",
    "HH", "MI", "SSSSS", "SS", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "FF7", "FF8", "FF9", "FF", "A.M.", "P.M.",
    "AM", "PM", "TZH", "TZM", "TZR", "TZD", "SCC", "CC", "B.C.", "A.D.", "BC", "AD", "TS", "X", "FM", "FX",
)  # fmt: skip
_MODEL = re.compile(
    r'"(?P<text>[^"]*)"|(?P<element>'
    + "|".join(re.escape(element) for element in sorted(_ELEMENTS, key=len, reverse=True))
    + r")(?P<suffix>(?:TH|SP)*)|(?P<mark>[^\w\"])",
    re.IGNORECASE,
)
MONTHS = LONG_MONTHS
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a model: its upper-case name, and the text as typed."""

    name: str  # empty for literal text
    text: str
    mark: bool  # punctuation, which reading takes loosely
    suffix: str = ""


@lru_cache(maxsize=512)
def parsed_model(model: str) -> tuple[Element, ...]:
    """A model cut into its elements; one that is none raises ValueRefused."""
    found: list[Element] = []
    position = 0
    while position < len(model):
        match = _MODEL.match(model, position)
        if match is None:
            raise ValueRefused(f"Date format not recognized: {model}")
        position = match.end()
        if match["text"] is not None:
            found.append(Element("", match["text"], mark=False))
        elif match["mark"] is not None:
            found.append(Element("", match["mark"], mark=True))
        else:
            name = match["element"].upper()
            found.append(Element("FF" if name.startswith("FF") else name, match["element"], False, match["suffix"]))
    return tuple(found)


def _cased(name: str, like: str) -> str:
    if like[0].islower():
        return name.lower()
    return name.upper() if len(like) < 2 or like[1].isupper() else name.capitalize()


def _words(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f" {_words(number % 100)}" if number % 100 else ""
        return f"{_ONES[number // 100]} hundred{rest}"
    rest = f" {_words(number % 1000)}" if number % 1000 else ""
    return f"{_words(number // 1000)} thousand{rest}"


def _year_words(year: int) -> str:
    if year % 1000 == 0 or year < 1000:
        return _words(year)
    high, low = divmod(year, 100)
    return _words(high) + (f" {_words(low)}" if low else " hundred")


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _number(element: Element, clock: datetime, offset: int | None) -> tuple[int, int] | None:
    """A numeric element's number and width."""
    match element.name:
        case "YYYY" | "SYYYY" | "RRRR":
            return clock.year, 4
        case "YYY":
            return clock.year % 1000, 3
        case "YY" | "RR":
            return clock.year % 100, 2
        case "Y":
            return clock.year % 10, 1
        case "IYYY":
            return clock.isocalendar().year, 4
        case "IYY":
            return clock.isocalendar().year % 1000, 3
        case "IY":
            return clock.isocalendar().year % 100, 2
        case "I":
            return clock.isocalendar().year % 10, 1
        case "Q":
            return (clock.month + 2) // 3, 1
        case "MM":
            return clock.month, 2
        case "WW":
            return (clock.timetuple().tm_yday - 1) // 7 + 1, 2
        case "IW":
            return clock.isocalendar().week, 2
        case "W":
            return (clock.day - 1) // 7 + 1, 1
        case "DDD":
            return clock.timetuple().tm_yday, 3
        case "DD":
            return clock.day, 2
        case "D":
            return clock.isoweekday() % 7 + 1, 1
        case "J":
            return clock.toordinal() + 1721425, 7
        case "HH24":
            return clock.hour, 2
        case "HH12" | "HH":
            return (clock.hour + 11) % 12 + 1, 2
        case "MI":
            return clock.minute, 2
        case "SS":
            return clock.second, 2
        case "SSSSS":
            return clock.hour * 3600 + clock.minute * 60 + clock.second, 5
        case "CC" | "SCC":
            return (clock.year + 99) // 100, 2
        case "TZM":
            return abs(offset or 0) % 60, 2
        case _:
            return None


def _text(element: Element, moment: Moment, fill: bool, date_format: str) -> str:
    clock = moment.clock
    match element.name:
        case "MONTH":
            name = _cased(MONTHS[clock.month - 1], element.text)
            return name if fill else name.ljust(9)
        case "MON":
            return _cased(MONTHS[clock.month - 1][:3], element.text)
        case "DAY":
            name = _cased(DAYS[clock.weekday()], element.text)
            return name if fill else name.ljust(9)
        case "DY":
            return _cased(DAYS[clock.weekday()][:3], element.text)
        case "RM":
            name = _cased(ROMAN_MONTHS[clock.month - 1], element.text)
            return name if fill else name.ljust(4)
        case "YEAR" | "SYEAR":
            words = _year_words(clock.year)
            return (
                words.upper() if element.text[:2].isupper() else words.title() if element.text[0].isupper() else words
            )
        case "Y,YYY":
            return f"{clock.year:,}" if clock.year > 999 else f"0,{clock.year:03d}"
        case "AM" | "PM" | "A.M." | "P.M.":
            half = "AM" if clock.hour < 12 else "PM"
            half = f"{half[0]}.{half[1]}." if "." in element.text else half
            return half.lower() if element.text[0].islower() else half
        case "BC" | "AD":
            return "ad" if element.text[0].islower() else "AD"
        case "B.C." | "A.D.":
            return "a.d." if element.text[0].islower() else "A.D."
        case "TZH":
            offset = moment.offset or 0
            return f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}"
        case "TZR":
            offset = moment.offset or 0
            return f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
        case "FF":
            width = element.text[2:]
            return "0" * (int(width) if width else 6)
        case "X":
            return "."
        case "DS":
            return user_date_writer(date_format)(moment.text())
        case "DL":
            return f"{DAYS[clock.weekday()]}, {MONTHS[clock.month - 1]} {clock.day:02d}, {clock.year}"
        case "TS":
            half = "AM" if clock.hour < 12 else "PM"
            return f"{(clock.hour + 11) % 12 + 1}:{clock.minute:02d}:{clock.second:02d} {half}"
        case _:
            return ""


def write_date(stored: str, model: str, date_format: str) -> str | None:
    """TO_CHAR of a date. `date_format` is the user's, for DS."""
    moment = read(stored)
    fill = False
    pieces: list[str] = []
    for element in parsed_model(model):
        if not element.name:
            pieces.append(element.text)
            continue
        if element.name == "FM":
            fill = not fill
            continue
        if element.name == "FX":
            continue
        numeric = _number(element, moment.clock, moment.offset)
        if numeric is None:
            pieces.append(_text(element, moment, fill, date_format))
            continue
        number, width = numeric
        suffix = element.suffix.upper()
        if "SP" in suffix:
            pieces.append(_cased(_words(number), element.text))
            continue
        if element.name == "SYYYY" and not fill:
            pieces.append(" ")
        pieces.append(str(number) if fill else f"{number:0{width}d}")
        if suffix == "TH":
            ending = _ordinal(number)
            pieces.append(ending.upper() if element.text[:2].isupper() else ending)
    return "".join(pieces) or None


_PIECES = {"YYYY": "1, 4", "MM": "6, 2", "DD": "9, 2", "HH24": "12, 2", "MI": "15, 2", "SS": "18, 2"}


def native_pieces(model: str, timed: bool) -> list[str] | None:
    """A model as pieces SQLite can cut from the stored text itself: `substr` arguments, or literals after `=`.
    None if it has anything else."""
    found: list[str] = []
    for element in parsed_model(model):
        if not element.name:
            found.append("=" + element.text)
        elif element.suffix or element.name not in _PIECES:
            return None
        elif not timed and element.name in ("HH24", "MI", "SS"):
            found.append("=00")
        else:
            found.append(_PIECES[element.name])
    return found
