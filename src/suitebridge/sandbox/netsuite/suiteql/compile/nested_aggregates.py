"""Aggregates of aggregates, `MAX(COUNT(*)) … GROUP BY`: the inner ones become a derived table, the outer ones
aggregate over it."""

from __future__ import annotations

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Node
from suitebridge.sandbox.netsuite.suiteql.compile.tree import is_aggregate, level_nodes
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported


def _inside_aggregate(node: Node, top: Node) -> bool:
    parent = node.parent
    while parent is not None and parent is not top:
        if is_aggregate(parent):
            return True
        parent = parent.parent
    return False


def unnested(select: Node) -> Node | None:
    """The query with its inner aggregates in a derived table, or None if it has none.

    Oracle allows one level of nesting, with GROUP BY, and nothing but aggregates in the select list then.
    """
    if select.args.get("group") is None:
        return None
    nested = any(
        is_aggregate(node) and _inside_aggregate(node, select)
        for item in select.expressions
        for node in level_nodes(item)
    )
    if not nested:
        return None
    if any(select.args.get(name) for name in ("order", "limit", "offset", "distinct")):
        raise unsupported()
    outer_items = [item.copy() for item in select.expressions]
    holder = exp.Select(expressions=outer_items)
    inner_items: list[Node] = []
    for item in list(holder.expressions):
        for node in list(level_nodes(item)):
            if is_aggregate(node) and _inside_aggregate(node, holder):
                name = f"n{len(inner_items) + 1}"
                inner_items.append(exp.alias_(node.copy(), name))
                node.replace(exp.column(name))
    inner = select.copy()
    inner.set("expressions", inner_items)
    inner.set("with_", None)
    holder.set("from_", exp.From(this=exp.Subquery(this=inner)))
    return holder
