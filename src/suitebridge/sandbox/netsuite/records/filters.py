"""A parsed `q` as an SQL condition with bindings (section_1545222128, N/query operators).

A condition with `_NOT` is the complement of the one without it: rows without a value meet the first and not the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records.binding import BoundField, BoundType
from suitebridge.sandbox.netsuite.records.dates import read_user_date
from suitebridge.sandbox.netsuite.records.definitions import FieldKind, Place
from suitebridge.sandbox.netsuite.records.errors import invalid_query
from suitebridge.sandbox.netsuite.records.grammar import Both, Condition, Either, Filter
from suitebridge.sandbox.netsuite.records.shapes import (
    BadValue,
    Stored,
    stored_date,
    stored_number,
    stored_whole,
)

_TEXT = frozenset({"CONTAIN", "IS", "START_WITH", "END_WITH", "EMPTY"})
_NUMBER = frozenset(
    {
        "ANY_OF",
        "BETWEEN",
        "EQUAL",
        "GREATER",
        "GREATER_OR_EQUAL",
        "LESS",
        "LESS_OR_EQUAL",
        "WITHIN",
        "EMPTY",
    }
)
_DATE = frozenset({"AFTER", "BEFORE", "ON", "ON_OR_AFTER", "ON_OR_BEFORE", "EMPTY"})
_CHOICE = frozenset({"ANY_OF", "IS", "EQUAL", "EMPTY"})

OPERATORS_OF: Mapping[FieldKind, frozenset[str]] = {
    FieldKind.TEXT: _TEXT,
    FieldKind.NUMBER: _NUMBER,
    FieldKind.INTEGER: _NUMBER,
    FieldKind.BOOL: frozenset({"IS", "EMPTY"}),
    FieldKind.DATE: _DATE,
    FieldKind.DATETIME: _DATE,
    FieldKind.REF: _CHOICE,
    FieldKind.ENUM: _CHOICE | {"CONTAIN", "START_WITH", "END_WITH"},
    FieldKind.MULTI: _CHOICE,
}
_COMPARISONS = {
    "EQUAL": "=",
    "GREATER": ">",
    "GREATER_OR_EQUAL": ">=",
    "LESS": "<",
    "LESS_OR_EQUAL": "<=",
}
_EXACT_TEXT = frozenset({"externalid"})


@dataclass(slots=True)
class Bindings:
    """Values of an SQL text by the names they are bound under; `date_format` is the user's, None for ISO alone."""

    date_format: str | None = "M/D/YYYY"
    values: dict[str, Stored] = field(default_factory=dict[str, Stored])

    def add(self, value: Stored) -> str:
        """A mark for the value."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def filter_sql(tree: Filter, bound: BoundType, caller: Caller, bindings: Bindings) -> str:
    """The condition on `t` (and `m`); RecordRefused for fields, operators or values that do not go together."""
    match tree:
        case Both(parts):
            return "(" + " AND ".join(filter_sql(part, bound, caller, bindings) for part in parts) + ")"
        case Either(parts):
            return "(" + " OR ".join(filter_sql(part, bound, caller, bindings) for part in parts) + ")"
        case Condition():
            return _condition(tree, bound, caller, bindings)


def _condition(condition: Condition, bound: BoundType, caller: Caller, bindings: Bindings) -> str:
    if condition.field.lower() == "id":
        sql = _identity(condition, f't."{bound.key}"', bindings)
    else:
        found = bound.find(condition.field)
        if (
            found is None
            or not found.field.filterable
            or found.place is Place.WRITE_ONLY
            or not found.seen_by(caller)
            or condition.operator not in OPERATORS_OF[found.kind]
        ):
            raise invalid_query()
        try:
            sql = _WRITERS[found.kind](condition, found, bindings)
        except BadValue:
            raise invalid_query() from None
    return f"(({sql}) IS NOT TRUE)" if condition.negated else f"({sql})"


def _identity(condition: Condition, expression: str, bindings: Bindings) -> str:
    if condition.operator not in _NUMBER | {"IS"}:
        raise invalid_query()
    try:
        return _compare(condition, expression, bindings, stored_whole)
    except BadValue:
        raise invalid_query() from None


def _compare(condition: Condition, expression: str, bindings: Bindings, convert: Callable[[str], Stored]) -> str:
    if condition.operator == "EMPTY":
        return f"{expression} IS NULL"
    values = [bindings.add(convert(value)) for value in condition.values]
    if condition.operator == "ANY_OF":
        return f"{expression} IN ({', '.join(values)})"
    if condition.operator in ("BETWEEN", "WITHIN"):
        return f"{expression} BETWEEN {values[0]} AND {values[1]}"
    return f"{expression} {_COMPARISONS.get(condition.operator, '=')} {values[0]}"


def _number(condition: Condition, found: BoundField, bindings: Bindings) -> str:
    expression = f"-{found.expression}" if found.field.sign < 0 else found.expression
    return _compare(condition, expression, bindings, lambda value: _exact_number(value, found.scale, condition))


def _exact_number(value: str, scale: int, condition: Condition) -> Stored:
    scaled = stored_number(value, scale)
    if condition.operator in ("EQUAL", "ANY_OF") and stored_number(value, scale + 6) != scaled * 10**6:
        # Finer than the field can hold: equal to nothing.
        return None
    return scaled


def _text(condition: Condition, found: BoundField, bindings: Bindings) -> str:
    expression = found.expression
    if condition.operator == "EMPTY":
        return f"{expression} IS NULL"
    value = condition.values[0]
    if condition.operator == "IS":
        if found.name.lower() in _EXACT_TEXT:
            return f"{expression} = {bindings.add(value)}"
        return f"lower({expression}) = lower({bindings.add(value)})"
    escaped = re.sub(r"([\\%_])", r"\\\1", value)
    before = "%" if condition.operator in ("CONTAIN", "END_WITH") else ""
    after = "%" if condition.operator in ("CONTAIN", "START_WITH") else ""
    return f"lower({expression}) LIKE lower({bindings.add(before + escaped + after)}) ESCAPE '\\'"


def _flag(condition: Condition, found: BoundField, bindings: Bindings) -> str:
    if condition.operator == "EMPTY":
        return f"{found.expression} IS NULL"
    wanted = condition.values[0].lower()
    if wanted not in ("true", "false", "t", "f"):
        raise BadValue(wanted)
    return f"COALESCE({found.expression}, 'F') = '{wanted[0].upper()}'"


def _choice(condition: Condition, found: BoundField, bindings: Bindings) -> str:
    if condition.operator in ("CONTAIN", "START_WITH", "END_WITH"):
        return _text(condition, found, bindings)
    # A status may be written as SuiteQL's other form has it, "SalesOrd:B".
    convert: Callable[[str], Stored] = stored_whole if found.whole else lambda value: value.rpartition(":")[2]
    return _compare(condition, found.expression, bindings, convert)


def _reference(condition: Condition, found: BoundField, bindings: Bindings) -> str:
    return _compare(condition, found.expression, bindings, stored_whole)


def _several(condition: Condition, found: BoundField, bindings: Bindings) -> str:
    if condition.operator == "EMPTY":
        return f"{found.expression} IS NULL"
    inside = f"', ' || {found.expression} || ','"
    marks = [bindings.add(f"%, {stored_whole(value)},%") for value in condition.values]
    return " OR ".join(f"{inside} LIKE {mark}" for mark in marks)


def _day(condition: Condition, found: BoundField, bindings: Bindings) -> str:
    expression = found.expression
    if condition.operator == "EMPTY":
        return f"{expression} IS NULL"
    day = day_of(condition.values[0], bindings)
    if found.kind is FieldKind.DATE:
        comparison = {"AFTER": ">", "BEFORE": "<", "ON": "=", "ON_OR_AFTER": ">=", "ON_OR_BEFORE": "<="}
        return f"{expression} {comparison[condition.operator]} {bindings.add(day)}"
    start = f"{day} 00:00:00"
    following = _day_after(day) + " 00:00:00"
    match condition.operator:
        case "AFTER":
            return f"{expression} >= {bindings.add(following)}"
        case "BEFORE":
            return f"{expression} < {bindings.add(start)}"
        case "ON_OR_AFTER":
            return f"{expression} >= {bindings.add(start)}"
        case "ON_OR_BEFORE":
            return f"{expression} < {bindings.add(following)}"
        case _:
            return f"{expression} >= {bindings.add(start)} AND {expression} < {bindings.add(following)}"


def _day_after(day: str) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except OverflowError:
        raise BadValue(day) from None


def day_of(text: str, bindings: Bindings) -> str:
    """A day in the user's format, or as ISO. Raises BadValue."""
    written = text.strip()
    if bindings.date_format is not None:
        found = read_user_date(written, bindings.date_format)
        if found is not None:
            return found
    return stored_date(written)


_WRITERS: Mapping[FieldKind, Callable[[Condition, BoundField, Bindings], str]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.INTEGER: _number,
    FieldKind.BOOL: _flag,
    FieldKind.DATE: _day,
    FieldKind.DATETIME: _day,
    FieldKind.REF: _reference,
    FieldKind.ENUM: _choice,
    FieldKind.MULTI: _several,
}
