"""BUILTIN.x and BUILTIN_RESULT.TYPE_x. Oracle's help: "SuiteQL Built-in Functions"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlglot import exp

from suitebridge.sandbox.netsuite.schema.model import Column, Kind, Table
from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, compiles, only
from suitebridge.sandbox.netsuite.suiteql.compile.builtin_conditions import matches
from suitebridge.sandbox.netsuite.suiteql.compile.builtin_currency import consolidate, currency, currency_convert
from suitebridge.sandbox.netsuite.suiteql.compile.builtin_fields import field_value, sibling
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import as_text, text_constant
from suitebridge.sandbox.netsuite.suiteql.compile.joins import quoted_name
from suitebridge.sandbox.netsuite.suiteql.errors import builtin_refused, unsupported
from suitebridge.sandbox.netsuite.suiteql.functions.labels import register
from suitebridge.sandbox.netsuite.suiteql.relative_ranges import day_range
from suitebridge.sandbox.netsuite.suiteql.types import DATE, INTEGER, MOMENT, TEXT, Value, type_of

_STATUS = ("transaction", "status")
_FLAGS = frozenset(
    {"DATE", "DATETIME", "DATETIME_AS_DATE", "DATE_TO_USER_TZ", "DATETIME_TO_USER_TZ", "TIMESTAMP_WITH_TIMEZONE"}
)


def _is_status(value: Value) -> bool:
    return value.column is not None and (value.table, value.column.name) == _STATUS


def _label_lookup(labels: Column, key: str, value: Value) -> Value:
    if labels.labels is None:
        raise builtin_refused("DF")
    return Value(f"sb_label({register(labels.labels)}, {key})", TEXT, nullable=value.nullable)


def display(block: Block, value: Value) -> Value:
    """The text a field shows: its partner's name, its code's label, or the value itself."""
    if value.aggregate:
        raise unsupported()
    column = value.column
    if column is None:
        return as_text(block.c, value)
    grouped = block.groups is not None and not block.in_aggregate and value.sql in block.groups
    if grouped and block.c.quirk("df-grouped", "text") == "null":
        return Value("NULL", TEXT)
    if column.target is not None:
        return _partner(block, value, column.target)
    if column.labels is not None:
        if any(":" in code for code in column.labels):
            kind = sibling(block, value, "type") if _is_status(value) else None
            if kind is None:
                return as_text(block.c, value)
            return _label_lookup(column, f"({kind.sql} || ':' || {value.sql})", value)
        return _label_lookup(column, value.sql, value)
    if column.kind is Kind.CODE:
        raise builtin_refused("DF")
    return as_text(block.c, value)


def _partner(block: Block, value: Value, target: str) -> Value:
    table = block.c.schema.get(target)
    if table is None:
        return as_text(block.c, value)
    name, column = _display_column(table)
    if column is None:
        return as_text(block.c, value)
    shown = as_text(block.c, Value(f"d.{quoted_name(name)}", type_of(column)))
    key = quoted_name(table.key[0])
    return Value(f"(SELECT {shown.sql} FROM {quoted_name(table.name)} AS d WHERE d.{key} = {value.sql})", TEXT)


def _display_column(table: Table) -> tuple[str, Column | None]:
    name = table.display or "name"
    return name, table.column(name)


def _df(block: Block, arguments: list[Node]) -> Value:
    _count(arguments, 1, 1)
    return display(block, block.value(arguments[0]))


def _cf(block: Block, arguments: list[Node]) -> Value:
    _count(arguments, 1, 1)
    value = block.value(arguments[0])
    kind = sibling(block, value, "type") if _is_status(value) else None
    if kind is None:
        return as_text(block.c, value)
    return Value(f"({kind.sql} || ':' || {value.sql})", TEXT, nullable=value.nullable)


_HIERARCHY = {
    "DISPLAY": ("group_concat(h.name, ' : ' ORDER BY h.depth DESC)", TEXT),
    "DISPLAY_JOINED": ("group_concat(h.name, ' : ' ORDER BY h.depth DESC)", TEXT),
    "DISPLAY_SEPARATED": ("group_concat(h.name, ',' ORDER BY h.depth DESC)", TEXT),
    "IDENTIFIER": ("group_concat(h.id, ' : ' ORDER BY h.depth DESC)", TEXT),
    "IDENTIFIER_SEPARATED": ("group_concat(h.id, ',' ORDER BY h.depth DESC)", TEXT),
    "LEVEL": ("nullif(count(*), 0)", INTEGER),
    "SELF_DISPLAY": ("max(iif(h.depth = 0, h.name, NULL))", TEXT),
    "SELF_IDENTIFIER": ("CAST(max(iif(h.depth = 0, h.id, NULL)) AS TEXT)", TEXT),
}
_DEEPEST = 50
_ANY_DAY = date(2000, 1, 1)


def _hierarchy(block: Block, arguments: list[Node]) -> Value:
    _count(arguments, 2, 2)
    mode = text_constant(block.c, block.value(arguments[1])).upper()
    if mode not in _HIERARCHY:
        raise unsupported()
    value = field_value(block, arguments[0])
    target = value.column.target if value.column is not None else None
    if target is None and value.column is not None and value.column.kind is Kind.ID:
        target = value.table
    table = block.c.schema.get(target) if target is not None else None
    if table is None or table.column("parent") is None:
        if mode == "LEVEL":
            return Value(f"iif({value.sql} IS NULL, NULL, 1)", INTEGER)
        return as_text(block.c, value) if "IDENTIFIER" in mode else display(block, value)
    sql, type_ = _HIERARCHY[mode]
    named = "name" if table.column("name") is not None else _display_column(table)[0]
    key, name, stored = quoted_name(table.key[0]), quoted_name(named), quoted_name(table.name)
    walk = (
        f"SELECT p.{key}, p.parent, p.{name}, 0 FROM {stored} AS p WHERE p.{key} = {value.sql} UNION ALL "
        f"SELECT p.{key}, p.parent, p.{name}, h.depth + 1 FROM h JOIN {stored} AS p ON p.{key} = h.parent "
        f"WHERE h.depth < {_DEEPEST}"
    )
    return Value(f"(WITH RECURSIVE h(id, parent, name, depth) AS ({walk}) SELECT {sql} FROM h)", type_)


def _relative_ranges(block: Block, arguments: list[Node]) -> Value:
    _count(arguments, 2, 3)
    identifier, end, *flags = (text_constant(block.c, block.value(item)).upper() for item in arguments)
    if end not in ("START", "END") or any(flag not in _FLAGS for flag in flags):
        raise unsupported()
    return range_bound(block, identifier, end, day_only=flags == ["DATE"] or flags == ["DATETIME_AS_DATE"])


def range_bound(block: Block, identifier: str, end: str, *, day_only: bool) -> Value:
    """The first or the last moment of a named range, as the company's clock has it when the query runs."""
    c = block.c
    if day_range(identifier, _ANY_DAY) is None:
        raise unsupported()
    timed = end == "END" and not day_only

    def compute(today: date) -> str:
        found = day_range(identifier, today)
        day = (found.first if end == "START" else found.last) if found is not None else today
        return day.isoformat() + (" 23:59:59" if timed else "")

    sql = c.moment(f"range {identifier} {end} {timed}", lambda e: compute(e.company_now().date()))
    return Value(sql, MOMENT if timed else DATE, nullable=False)


def _mnfilter(block: Block, arguments: list[Node]) -> Value:
    condition = matches(block, arguments)
    return Value(f"iif({condition}, 'T', 'F')", TEXT, nullable=False)


def _count(arguments: list[Node], least: int, most: int) -> None:
    if not least <= len(arguments) <= most:
        raise unsupported()


_BUILTINS: dict[str, Callable[[Block, list[Node]], Value]] = {
    "DF": _df,
    "CF": _cf,
    "HIERARCHY": _hierarchy,
    "RELATIVE_RANGES": _relative_ranges,
    "MNFILTER": _mnfilter,
    "CONSOLIDATE": consolidate,
    "CURRENCY": currency,
    "CURRENCY_CONVERT": currency_convert,
}


@compiles(exp.Dot)
def _builtin(block: Block, node: Node) -> Value:
    only(node, "this", "expression")
    space, call = node.this, node.expression
    if not isinstance(space, exp.Identifier) or not isinstance(call, exp.Anonymous):
        raise unsupported()
    name = str(call.this).upper()
    if str(space.name).upper() == "BUILTIN_RESULT" and name.startswith("TYPE_") and len(call.expressions) == 1:
        return block.value(call.expressions[0])
    if str(space.name).upper() != "BUILTIN" or name not in _BUILTINS:
        raise unsupported()
    return _BUILTINS[name](block, list(call.expressions))
