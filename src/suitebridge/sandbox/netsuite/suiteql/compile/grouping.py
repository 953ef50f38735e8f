"""GROUP BY and its grouping sets: ROLLUP, CUBE, GROUPING SETS, each set a list of expressions."""

from __future__ import annotations

from itertools import combinations

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, only
from suitebridge.sandbox.netsuite.suiteql.compile.ordering import position_of
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import Value

_MOST_SETS = 64


def _members(node: Node) -> list[Node]:
    if isinstance(node, exp.Tuple):
        return list(node.expressions)
    return [node.this] if isinstance(node, exp.Paren) else [node]


def _sets_of(node: Node) -> list[list[Node]] | None:
    if isinstance(node, exp.Rollup):
        groups = [_members(each) for each in node.expressions]
        return [[item for group in groups[:size] for item in group] for size in range(len(groups), -1, -1)]
    if isinstance(node, exp.Cube):
        groups = [_members(each) for each in node.expressions]
        return [
            [item for group in chosen for item in group]
            for size in range(len(groups), -1, -1)
            for chosen in combinations(groups, size)
        ]
    if isinstance(node, exp.GroupingSets):
        sets: list[list[Node]] = []
        for each in node.expressions:
            nested = _sets_of(each)
            sets.extend(nested if nested is not None else [_members(each)])
        return sets
    return None


def grouping_sets(block: Block, group: Node, items: list[Node]) -> list[list[Value]]:
    """The grouping sets of a GROUP BY, compiled; a plain one is a single set. `items`: the select list."""
    only(group, "expressions", "rollup", "cube", "grouping_sets")
    sets: list[list[Node]] = [[]]
    keys: list[Node] = list(group.expressions)
    for name in ("rollup", "cube", "grouping_sets"):
        keys.extend(group.args.get(name) or ())
    for node in keys:
        added = _sets_of(node)
        if added is None:
            added = [_members(node) if isinstance(node, exp.Tuple) else [node]]
        sets = [[*one, *other] for one in sets for other in added]
        if len(sets) > _MOST_SETS:
            raise unsupported()
    return [[_key(block, node, items) for node in each] for each in sets]


def _key(block: Block, node: Node, items: list[Node]) -> Value:
    position = position_of(node, len(items))
    if position is not None:
        item = items[position - 1]
        node = item.this if isinstance(item, exp.Alias) else item
    return block.value(node)
