"""TO_DATE, TO_TIMESTAMP and TO_TIMESTAMP_TZ: a text read by one of Oracle's datetime format models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused
from suitebridge.sandbox.netsuite.suiteql.functions.date_models import (
    DAYS,
    MONTHS,
    ROMAN_MONTHS,
    Element,
    parsed_model,
)
from suitebridge.sandbox.netsuite.suiteql.functions.moments import Moment, read, wall_clock, zone_of

_NUMBERS = {
    "YYYY": 4, "SYYYY": 4, "RRRR": 4, "IYYY": 4, "YYY": 3, "YY": 2, "RR": 2, "Y": 1, "MM": 2, "DD": 2, "DDD": 3,
    "HH24": 2, "HH12": 2, "HH": 2, "MI": 2, "SS": 2, "SSSSS": 5, "J": 7, "D": 1, "TZM": 2,
}  # fmt: skip
_TIME = frozenset({"HH24", "HH12", "HH", "MI", "SS", "SSSSS", "AM", "PM", "A.M.", "P.M.", "FF", "TZH", "TZM", "TZR"})
_ONLY_SHOWN = frozenset({"Q", "WW", "IW", "W", "CC", "SCC", "IYYY", "IYY", "IY", "I", "YEAR", "SYEAR", "DL"})


class _Reader:
    """The state of one text being read by a model."""

    def __init__(self, text: str, model: str, now: datetime) -> None:
        self.text = text.strip()
        self.model = model
        self.now = now
        self.position = 0
        self.found: dict[str, int] = {}
        self.offset: int | None = None

    def bad(self, reason: str) -> ValueRefused:
        return ValueRefused(f"{reason}: '{self.text}' does not fit '{self.model}'.")

    @property
    def at_end(self) -> bool:
        return self.position >= len(self.text)

    def skip(self, element: Element) -> None:
        if element.mark:
            if element.text == " ":
                while not self.at_end and self.text[self.position] == " ":
                    self.position += 1
            elif not self.at_end and not self.text[self.position].isalnum():
                self.position += 1
            return
        if not self.at_end:
            if not self.text.startswith(element.text, self.position):
                raise self.bad("Literal does not match format string")
            self.position += len(element.text)

    def digits(self, most: int) -> int:
        match = re.compile(rf"\d{{1,{most}}}", re.ASCII).match(self.text, self.position)
        if match is None:
            raise self.bad("A non-numeric character was found where a numeric was expected")
        self.position = match.end()
        return int(match.group())

    def word(self, names: Sequence[str], short: int) -> int:
        rest = self.text[self.position :].lower()
        for index, name in enumerate(names):
            if rest.startswith(name.lower()):
                self.position += len(name)
                return index
        for index, name in enumerate(names):
            if rest.startswith(name[:short].lower()):
                self.position += short
                return index
        raise self.bad("Not a valid name")

    def sign(self) -> int:
        if not self.at_end and self.text[self.position] in "+-":
            self.position += 1
            return -1 if self.text[self.position - 1] == "-" else 1
        return 1


def _take(reader: _Reader, element: Element) -> None:
    name = element.name
    found = reader.found
    if name in _ONLY_SHOWN:
        raise ValueRefused(f"Date format element cannot be used to read: {element.text}")
    if name in ("MM", "MON", "MONTH"):
        if reader.text[reader.position].isdigit() and name == "MM":
            found["MM"] = reader.digits(2)
        else:
            found["MM"] = reader.word(MONTHS, 3) + 1
    elif name == "RM":
        rest = reader.text[reader.position :].upper()
        best = max((roman for roman in ROMAN_MONTHS if rest.startswith(roman)), key=len, default=None)
        if best is None:
            raise reader.bad("Not a valid month")
        reader.position += len(best)
        found["MM"] = ROMAN_MONTHS.index(best) + 1
    elif name in ("DAY", "DY"):
        reader.word(DAYS, 3)
    elif name in ("AM", "PM", "A.M.", "P.M."):
        match = re.compile(r"([ap])\.?m\.?", re.IGNORECASE).match(reader.text, reader.position)
        if match is None:
            raise reader.bad("AM/A.M. or PM/P.M. required")
        reader.position = match.end()
        found["half"] = 0 if match[1].lower() == "a" else 1
    elif name in ("BC", "AD", "B.C.", "A.D."):
        reader.position += len(element.text)
    elif name == "TZH":
        sign = reader.sign()
        reader.offset = sign * reader.digits(2) * 60
        found["zone_sign"] = sign
    elif name == "TZM":
        reader.offset = (reader.offset or 0) + found.get("zone_sign", 1) * reader.digits(2)
    elif name == "TZR":
        match = re.compile(r"[+-]?\d{1,2}:\d{2}|[A-Za-z_/]+").match(reader.text, reader.position)
        if match is None:
            raise reader.bad("Time zone region not found")
        reader.position = match.end()
        offset = zone_of(match.group()).utcoffset(reader.now)
        reader.offset = int(offset.total_seconds() // 60) if offset is not None else 0
    elif name == "FF":
        reader.digits(9)
    elif name == "X":
        reader.position += 1
    elif name == "Y,YYY":
        high = reader.digits(1)
        reader.position += 1
        found["YYYY"] = high * 1000 + reader.digits(3)
    else:
        _take_number(reader, name)


def _take_number(reader: _Reader, name: str) -> None:
    found = reader.found
    begin = reader.position
    value = reader.digits(_NUMBERS[name])
    width = reader.position - begin
    match name:
        case "YYYY" | "SYYYY":
            found["YYYY"] = value
        case "RRRR" | "RR":
            if width <= 2:
                value += 2000 if value < 50 else 1900
            found["YYYY"] = value
        case "YYY" | "YY" | "Y":
            base = 10 ** _NUMBERS[name]
            found["YYYY"] = reader.now.year // base * base + value
        case "HH12" | "HH":
            found["HH12"] = value
        case _:
            found[name] = value


def read_date(text: str, model: str, now: str) -> str:
    """TO_DATE: the stored form of a text by a model; `now` fills in year and month. Raises ValueRefused.

    The result has a time if the model has one, and a distance from UTC if the model reads one.
    """
    return read_moment(text, model, now).text()


def read_moment(text: str, model: str, now: str) -> Moment:
    """The moment a text means by a model."""
    elements = _expanded(parsed_model(model))
    reader = _Reader(text, model, read(now[:19]).clock)
    for element in elements:
        if element.name in ("FM", "FX"):
            continue
        if not element.name:
            reader.skip(element)
        elif reader.at_end:
            if element.name not in _TIME:
                raise reader.bad("Input value not long enough for date format")
        else:
            while not reader.at_end and reader.text[reader.position] == " ":
                reader.position += 1
            _take(reader, element)
    if not reader.at_end:
        raise reader.bad("Date format picture ends before converting entire input string")
    timed = any(element.name in _TIME for element in elements)
    return Moment(_assembled(reader), timed or reader.offset is not None, reader.offset)


def _expanded(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    found: list[Element] = []
    for element in elements:
        if element.name == "DS":
            found.extend(parsed_model("MM/DD/YYYY"))
        elif element.name == "TS":
            found.extend(parsed_model("HH:MI:SS AM"))
        else:
            found.append(element)
    return tuple(found)


def _assembled(reader: _Reader) -> datetime:
    found = reader.found
    hour = found.get("HH24", 0)
    if "HH12" in found:
        if not 1 <= found["HH12"] <= 12:
            raise reader.bad("Hour must be between 1 and 12")
        hour = found["HH12"] % 12 + 12 * found.get("half", 0)
    year, month = found.get("YYYY", reader.now.year), found.get("MM", reader.now.month)
    try:
        if "J" in found:
            clock = datetime.fromordinal(found["J"] - 1721425)
        elif "DDD" in found:
            clock = wall_clock(year, 1, 1) + timedelta(days=found["DDD"] - 1)
            if clock.year != year:
                raise reader.bad("Day of year must be between 1 and 365")
        else:
            clock = wall_clock(year, month, found.get("DD", 1))
        if "SSSSS" in found:
            return clock + timedelta(seconds=found["SSSSS"])
        return clock.replace(hour=hour, minute=found.get("MI", 0), second=found.get("SS", 0))
    except (ValueError, OverflowError) as error:
        raise reader.bad("Not a valid date") from error
