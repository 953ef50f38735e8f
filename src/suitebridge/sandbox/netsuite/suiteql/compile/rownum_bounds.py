"""Paging by a numbered derived table, `… FROM (SELECT …, ROWNUM rn FROM …) WHERE rn <= 20`: the bound goes
inside as a condition on ROWNUM, so that only as many rows are read."""

from __future__ import annotations

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Node, kind_of
from suitebridge.sandbox.netsuite.suiteql.compile.tree import conjuncts, is_rownum

_INNER_CLAUSES = ("expressions", "from_", "joins", "where", "hint")
_UPPER: dict[type, type] = {exp.LT: exp.LT, exp.LTE: exp.LTE, exp.EQ: exp.LTE}
_MIRROR: dict[type, type] = {exp.GT: exp.LT, exp.GTE: exp.LTE, exp.EQ: exp.LTE}


def _number_name(inner: Node) -> str | None:
    for item in inner.expressions:
        if isinstance(item, exp.Alias) and is_rownum(item.this):
            return str(item.args["alias"].name).lower()
    return None


def _names(node: Node, name: str, alias: str) -> bool:
    if not isinstance(node, exp.Column) or str(node.name).lower() != name:
        return False
    qualifier = node.args.get("table")
    return qualifier is None or str(qualifier.name).lower() == alias


def _fixed(node: Node) -> bool:
    return isinstance(node, (exp.Literal, exp.Placeholder)) and not node.args.get("is_string")


def push_bounds(select: Node) -> None:
    """Copy upper bounds on a derived table's ROWNUM column into that table."""
    source, where = select.args.get("from_"), select.args.get("where")
    if source is None or where is None or select.args.get("joins") or not isinstance(source.this, exp.Subquery):
        return
    inner = source.this.this
    if not isinstance(inner, exp.Select) or any(
        inner.args.get(name) for name in inner.args if name not in _INNER_CLAUSES
    ):
        return
    name = _number_name(inner)
    if name is None:
        return
    alias = str(source.this.alias or "").lower()
    for condition in conjuncts(where.this):
        kind = kind_of(condition)
        if isinstance(condition, exp.Between) and _names(condition.this, name, alias):
            bound, comparison = condition.args["high"], exp.LTE
        elif kind in _UPPER and _names(condition.this, name, alias):
            bound, comparison = condition.expression, _UPPER[kind]
        elif kind in _MIRROR and _names(condition.expression, name, alias):
            bound, comparison = condition.this, _MIRROR[kind]
        else:
            continue
        if _fixed(bound):
            inner.where(comparison(this=exp.column("ROWNUM"), expression=bound.copy()), copy=False)
