"""Values of fields between their storage form and their JSON form, both ways (156414087576, 1545142146)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from typing import TypeGuard, cast

from suitebridge.sandbox.netsuite.records.binding import BoundField
from suitebridge.sandbox.netsuite.records.definitions import FieldKind

Json = dict[str, object]
Stored = int | str | None

MAX_EXACT = 10**15
"""Below this many units a binary double prints the decimal it stands for."""

MAX_STORED = 2**63 - 1

_MOST_DIGITS = 40

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(T.*)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})")
_WHOLE = re.compile(r"[+-]?\d{1,18}")


class BadValue(Exception):
    """A JSON value that the field cannot take."""


def json_number(value: int, scale: int) -> int | float | Decimal:
    """A scaled integer as the number it stands for."""
    if not scale:
        return value
    if -MAX_EXACT < value < MAX_EXACT:
        return value / 10**scale
    return Decimal(value).scaleb(-scale)


def json_moment(value: str, zone: tzinfo) -> str:
    """A wall-clock moment of the company as UTC with Z."""
    moment = datetime.fromisoformat(value).replace(tzinfo=zone).astimezone(UTC)
    return moment.isoformat()[:19] + "Z"


def stored_moment(value: str, zone: tzinfo) -> str:
    """An ISO moment with Z or an offset as wall clock of the company. Raises BadValue."""
    if not _MOMENT.fullmatch(value):
        raise BadValue(value)
    try:
        moment = datetime.fromisoformat(value).astimezone(zone)
    except (ValueError, OverflowError):
        raise BadValue(value) from None
    return moment.isoformat(" ")[:19]


def stored_date(value: str) -> str:
    """The day of an ISO date or date-time, never shifted by its offset. Raises BadValue."""
    match = _DATE.fullmatch(value)
    if match is None:
        raise BadValue(value)
    day = value[:10]
    try:
        datetime.fromisoformat(day)
        if match.group(4):
            datetime.fromisoformat(value)
    except ValueError:
        raise BadValue(value) from None
    return day


def stored_number(value: object, scale: int) -> int:
    """A JSON number, or a text that is one, as a scaled integer, rounded half away from zero. Raises BadValue."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise BadValue(value)
    try:
        number = _countable(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
        with localcontext() as context:
            context.prec = 60
            scaled = int((number * 10**scale).to_integral_value(ROUND_HALF_UP))
    except (InvalidOperation, ValueError, OverflowError):
        raise BadValue(value) from None
    if abs(scaled) > MAX_STORED:
        raise BadValue(value)
    return scaled


def _countable(number: Decimal) -> Decimal:
    """The number, unless it is none or so large that writing its digits out would take the memory there is."""
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS:
        raise BadValue(number)
    return number


def stored_whole(value: object) -> int:
    """A whole number, or a text that is one. Raises BadValue."""
    if isinstance(value, bool):
        raise BadValue(value)
    if isinstance(value, int):
        if abs(value) > MAX_STORED:
            raise BadValue(value)
        return value
    if isinstance(value, float | Decimal):
        number = _countable(Decimal(value))
        if number == int(number):
            return stored_whole(int(number))
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value)
    raise BadValue(value)


def stored_flag(value: object) -> str:
    """true or false as 'T' or 'F'. Raises BadValue."""
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, str) and value.lower() in ("true", "false", "t", "f"):
        return value[0].upper()
    raise BadValue(value)


def stored_text(value: object) -> str | None:
    """A text; numbers are taken as their digits, empty text is nothing. Raises BadValue."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise BadValue(value)
    text = str(value)
    if "\x00" in text:
        raise BadValue("a text with a null character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadValue("a text that is not Unicode") from None
    return text or None


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def as_list(value: object) -> list[object] | None:
    """The value if it is a JSON array."""
    return cast("list[object]", value) if isinstance(value, list) else None


def stored_choice(field: BoundField, value: object) -> Stored:
    """An enum value given as an id, as `{"id": …}` or as `{"refName": …}`. Raises BadValue."""
    labels = field.field.labels
    if is_object(value):
        if value.get("id") is not None:
            return stored_choice(field, value["id"])
        name = value.get("refName")
        if isinstance(name, str) and labels:
            for each, label in labels.items():
                if label.lower() == name.lower():
                    return int(each) if field.whole else each
        raise BadValue(name)
    if isinstance(value, bool):
        value = "T" if value else "F"
    text = stored_text(value)
    if text is None:
        return None
    if labels is not None and text not in labels:
        folded = next((each for each in labels if each.lower() == text.lower()), None)
        if folded is None:
            raise BadValue(value)
        text = folded
    return stored_whole(text) if field.whole else text


def stored_scalar(field: BoundField, value: object, zone: tzinfo) -> Stored:
    """A value of any kind but a reference in storage form. Raises BadValue."""
    match field.kind:
        case FieldKind.TEXT:
            return stored_text(value)
        case FieldKind.NUMBER:
            return stored_number(value, field.scale) * field.field.sign
        case FieldKind.INTEGER:
            return stored_whole(value)
        case FieldKind.BOOL:
            return stored_flag(value)
        case FieldKind.DATE:
            if not isinstance(value, str):
                raise BadValue(value)
            return stored_date(value)
        case FieldKind.DATETIME:
            if not isinstance(value, str):
                raise BadValue(value)
            return stored_moment(value, zone)
        case FieldKind.ENUM:
            return stored_choice(field, value)
        case FieldKind.REF | FieldKind.MULTI:
            raise TypeError(f"{field.name} is a reference")


def json_scalar(field: BoundField, value: Stored, zone: tzinfo, simple_enum: bool) -> object:
    """A stored value that is not a reference as JSON."""
    match field.kind:
        case FieldKind.NUMBER | FieldKind.INTEGER:
            number = value if isinstance(value, int) else int(str(value))
            return json_number(number * field.field.sign, field.scale)
        case FieldKind.BOOL:
            return value == "T"
        case FieldKind.DATETIME:
            return json_moment(str(value), zone)
        case FieldKind.ENUM:
            text = str(value)
            if simple_enum:
                return text
            labels = field.field.labels
            return {"id": text, "refName": labels.get(text, text) if labels else text}
        case _:
            return value


def link(href: str) -> list[Json]:
    """The `links` of a thing that only points at itself."""
    return [{"rel": "self", "href": href}]
