"""Turns the strings in which SuiteQL sends every value into Python values of the type that a caller names."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Final, Union, cast, get_args, get_origin

from suitebridge.errors import UsageError
from suitebridge.netsuite.errors import AnswerError

ColumnType = type[str] | type[int] | type[float] | type[bool] | type[Decimal] | type[date] | type[datetime]
Types = Mapping[str, ColumnType]
"""Column names in lower case and the Python type that each becomes."""

KNOWN_TYPES: Final = (str, int, float, bool, Decimal, date, datetime)


def converter(kind: ColumnType, zone: tzinfo | None = None) -> Callable[[str], object]:
    """A function from SuiteQL's text to a value of this type; it raises ValueError for a text that does not fit.

    bool reads T and F. date and datetime read ISO text, as ``TO_CHAR(column, 'YYYY-MM-DD HH24:MI:SS')`` gives
    it; with a ``zone`` a datetime is taken as that zone's wall clock and comes out in UTC, without one it
    stays without.
    """
    if kind is bool:
        return _bool
    if kind is Decimal:
        return _decimal
    if kind is datetime:
        return lambda text: _moment(text, zone)
    if kind is date:
        return date.fromisoformat
    return cast("Callable[[str], object]", kind)


def typed_row(
    row: Mapping[str, object], types_by_column: Types, converters: Mapping[str, Callable[[str], object]]
) -> dict[str, object]:
    """The row with each typed column converted; None stays None. Raises AnswerError that names column and value."""
    converted = dict(row)
    for column, convert in converters.items():
        value = converted.get(column)
        if value is None:
            continue
        try:
            converted[column] = convert(str(value))
        except (ValueError, ArithmeticError) as error:
            raise misfit(column, value, types_by_column[column].__name__) from error
    return converted


def misfit(column: str, value: object, kind: str) -> AnswerError:
    """The error for a value that is not of the type that was asked for."""
    return AnswerError(
        f"The column {column} came with the value {value!r}, which is no {kind}.",
        record=column,
        remedy=f"Ask for another type, or for dates write TO_CHAR({column}, 'YYYY-MM-DD') AS {column}.",
    )


def column_type(annotation: object, where: str) -> ColumnType:
    """The column type that an annotation names; ``X | None`` counts as X. Raises UsageError for any other."""
    if get_origin(annotation) in (Union, types.UnionType):
        options = [option for option in get_args(annotation) if option is not types.NoneType]
        if len(options) == 1:
            annotation = options[0]
    if any(annotation is kind for kind in KNOWN_TYPES):
        return cast("ColumnType", annotation)
    names = ", ".join(kind.__name__ for kind in KNOWN_TYPES)
    raise UsageError(f"{where} has a type that no column can be read as; use one of {names}.")


def _bool(text: str) -> bool:
    if text not in ("T", "F"):
        raise ValueError(text)
    return text == "T"


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def _moment(text: str, zone: tzinfo | None) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    return moment if zone is None else moment.replace(tzinfo=zone).astimezone(UTC)
