"""Walks over the syntax tree that stop where another query begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Node

AGGREGATES = frozenset(
    {
        "APPROX_COUNT_DISTINCT",
        "AVG",
        "CORR",
        "COUNT",
        "COVAR_POP",
        "COVAR_SAMP",
        "CORR_K",
        "CORR_S",
        "GROUPING",
        "GROUPING_ID",
        "LISTAGG",
        "MAX",
        "MEDIAN",
        "MIN",
        "STDDEV",
        "STDDEV_POP",
        "STDDEV_SAMP",
        "SUM",
        "VARIANCE",
        "VAR_POP",
        "VAR_SAMP",
    }
)


def level_nodes(node: Node) -> Iterator[Node]:
    """The node and those under it, a nested query itself included, but nothing inside one."""
    pending = [node]
    while pending:
        each = pending.pop()
        yield each
        if isinstance(each, exp.Query) and each is not node:
            continue
        for argument in each.args.values():
            if isinstance(argument, exp.Expr):
                pending.append(argument)
            elif isinstance(argument, list):
                items = cast("list[Node]", argument)
                pending.extend(item for item in items if isinstance(item, exp.Expr))


def conjuncts(condition: Node) -> list[Node]:
    """The parts of a condition that are joined by AND at its top, through parentheses."""
    found: list[Node] = []
    pending = [condition]
    while pending:
        each = pending.pop()
        if isinstance(each, exp.And):
            pending.extend((each.expression, each.this))
        elif isinstance(each, exp.Paren) and isinstance(each.this, (exp.And, exp.Paren)):
            pending.append(each.this)
        else:
            found.append(each)
    return found


def is_aggregate(node: Node) -> bool:
    """Whether a node is an aggregate function that is no window function."""
    if not isinstance(node, exp.Anonymous) or str(node.this).upper() not in AGGREGATES:
        return False
    child, parent = node, node.parent
    while isinstance(parent, (exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)) and parent.this is child:
        child, parent = parent, parent.parent
    if isinstance(parent, exp.Window) and parent.this is child and parent.args.get("over") == "KEEP":
        child, parent = parent, parent.parent
    return not (isinstance(parent, exp.Window) and parent.this is child)


def is_rownum(node: Node) -> bool:
    """Whether a node is the pseudo-column ROWNUM."""
    return (
        isinstance(node, exp.Column)
        and node.args.get("table") is None
        and isinstance(node.this, exp.Identifier)
        and not node.this.args.get("quoted")
        and str(node.name).upper() == "ROWNUM"
    )
