"""Queries that read one table by a range of its key and nothing else: their rows are counted without reading."""

from __future__ import annotations

from decimal import Decimal

from sqlglot import exp

from suitebridge.sandbox.netsuite.schema.model import Kind, Table
from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, KeyRange, Node, kind_of
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import as_number, scaled
from suitebridge.sandbox.netsuite.suiteql.compile.joins import is_restricted
from suitebridge.sandbox.netsuite.suiteql.compile.names import locate
from suitebridge.sandbox.netsuite.suiteql.compile.tree import conjuncts
from suitebridge.sandbox.netsuite.suiteql.types import Class, Value

Bound = tuple[str, int]
_WHOLE = (Kind.ID, Kind.REF, Kind.INTEGER)
_MIRROR: dict[type, type] = {exp.GT: exp.LT, exp.GTE: exp.LTE, exp.LT: exp.GT, exp.LTE: exp.GTE}


def _bound(block: Block, node: Node) -> str | None:
    if not isinstance(node, (exp.Literal, exp.Placeholder)):
        return None
    value: Value = block.value(node)
    if value.type.kind not in (Class.NUMBER, Class.TEXT) or not value.constant:
        return None
    if value.type.kind is Class.TEXT and value.param is None:
        return None
    number = as_number(block.c, value)
    if isinstance(number.literal, Decimal) and number.literal != int(number.literal):
        return None
    return scaled(block.c, number, 0)


def _limits(block: Block, key: str, condition: Node) -> tuple[Bound | None, Bound | None] | None:
    if isinstance(condition, exp.Paren):
        return _limits(block, key, condition.this)
    if isinstance(condition, exp.Between) and _is_key(block, condition.this, key):
        low, high = _bound(block, condition.args["low"]), _bound(block, condition.args["high"])
        return None if low is None or high is None else ((low, -1), (high, 0))
    kind = kind_of(condition)
    if kind not in _MIRROR:
        return None
    left, right = condition.this, condition.expression
    if not _is_key(block, left, key):
        left, right, kind = right, left, _MIRROR[kind]
    if not _is_key(block, left, key):
        return None
    bound = _bound(block, right)
    if bound is None:
        return None
    if kind is exp.GT:
        return (bound, 0), None
    if kind is exp.GTE:
        return (bound, -1), None
    return (None, (bound, 0)) if kind is exp.LTE else (None, (bound, -1))


def _key_named(block: Block, table: Table, condition: Node) -> str | None:
    for node in condition.find_all(exp.Column):
        found = locate(block, node)
        if found is None or found[0] is not block or found[2].column is None:
            return None
        name = found[2].column.name
        return name if name == table.key[0] or (name,) in table.unique else None
    return None


def _is_key(block: Block, node: Node, name: str) -> bool:
    if not isinstance(node, exp.Column):
        return False
    found = locate(block, node)
    return found is not None and found[2].column is not None and found[2].column.name == name


def key_range(block: Block, select: Node) -> KeyRange | None:
    """The key range of a query over one stored table, or None if it asks for anything else."""
    if len(block.sources) != 1 or block.sources[0].table is None:
        return None
    table = block.sources[0].table
    where = select.args.get("where")
    conditions = conjuncts(where.this) if where is not None else []
    key = _key_named(block, table, conditions[0]) if conditions else table.key[0]
    column = table.column(key) if key is not None else None
    if key is None or column is None or column.kind not in _WHOLE or table.view_of is not None:
        return None
    if is_restricted(block, table):
        return None
    after: Bound | None = None
    upto: Bound | None = None
    for condition in conditions:
        limits = _limits(block, key, condition)
        if limits is None:
            return None
        low, high = limits
        if (low is not None and after is not None) or (high is not None and upto is not None):
            return None
        after, upto = low or after, high or upto
    return KeyRange(table.name, None if key == table.key[0] else key, after, upto)
