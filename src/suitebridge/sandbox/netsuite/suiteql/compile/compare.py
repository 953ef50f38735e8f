"""Two or more values made comparable: Oracle's rules for mixed types, exact numbers kept exact, and a bare
column left alone wherever the other side can move, so that its index still serves.
"""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.sandbox.netsuite.suiteql.compile.coerce import (
    as_date,
    as_moment,
    as_number,
    as_zoned,
    rounded,
    scaled,
)
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.limits import EXACT_SCALE
from suitebridge.sandbox.netsuite.suiteql.types import Class, Value


def _numbers(c: Compilation, values: Sequence[Value]) -> list[str]:
    numbers = [as_number(c, value) for value in values]
    moving = [number for number in numbers if not number.constant]
    scales = [number.type.scale for number in moving]
    known = [scale for scale in scales if scale is not None]
    if not moving:
        fixed = [number.type.scale for number in numbers if number.type.kind is Class.NUMBER]
        known = [scale for scale in fixed if scale is not None]
        scales = list(fixed)
    widest = max(known, default=0)
    if None not in scales and widest <= EXACT_SCALE:
        return [number.sql if number.type.kind is Class.NULL else scaled(c, number, widest) for number in numbers]
    return [number.sql if number.type.kind is Class.NULL else rounded(c, number) for number in numbers]


def _dates(c: Compilation, values: Sequence[Value]) -> list[str]:
    dates = [as_date(c, value) for value in values]
    kinds = {date.type.kind for date in dates if date.type.kind is not Class.NULL}
    if kinds == {Class.DATE}:
        return [date.sql for date in dates]
    if Class.ZONED in kinds:
        return [date.sql if date.type.kind is Class.NULL else f"sb_utc({as_zoned(c, date).sql})" for date in dates]
    if any(date.type.kind is Class.DATE and date.plain for date in dates) and not any(
        date.type.kind is Class.MOMENT and date.plain for date in dates
    ):
        return [f"sb_short({date.sql})" if date.type.kind is Class.MOMENT else date.sql for date in dates]
    return [as_moment(c, date).sql for date in dates]


def comparable(c: Compilation, values: Sequence[Value]) -> list[str]:
    """The SQL of values so that SQLite compares them as Oracle would; refuses what Oracle cannot compare.

    Text beside a number is read as a number, text beside a date as a date in the user's format.
    """
    classes = {value.type.kind for value in values} - {Class.NULL}
    if Class.INTERVAL in classes:
        raise unsupported()
    if Class.NUMBER in classes:
        if not classes <= {Class.NUMBER, Class.TEXT}:
            raise unsupported()
        return _numbers(c, values)
    if classes & {Class.DATE, Class.MOMENT, Class.ZONED}:
        return _dates(c, values)
    return [value.sql for value in values]


def compare(c: Compilation, operator: str, left: Value, right: Value) -> str:
    """The SQL of a comparison."""
    first, second = comparable(c, (left, right))
    return f"{first} {operator} {second}"
