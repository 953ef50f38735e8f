"""Oracle's old outer joins by `(+)`: the marked table is joined LEFT, after all tables its conditions name.

Refused as Oracle's help for SuiteQL and Oracle's database say: the right outer form, a mark under OR, in IN or
beside a subquery, two marked tables in one condition, a ring of marks, marks beside ANSI joins.
"""

from __future__ import annotations

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, Source
from suitebridge.sandbox.netsuite.suiteql.compile.joins import comma_items, compile_chain, compile_single
from suitebridge.sandbox.netsuite.suiteql.compile.names import locate
from suitebridge.sandbox.netsuite.suiteql.compile.tree import conjuncts, level_nodes
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported


def is_marked(node: Node) -> bool:
    """Whether a node is a column with `(+)`."""
    return isinstance(node, exp.Column) and bool(node.args.get("join_mark"))


def check_marks(tree: Node, *, mixed: bool) -> None:
    """Refuse marks outside WHERE and, unless `mixed`, together with ANSI joins anywhere in the query."""
    marked = [node for node in tree.find_all(exp.Column) if is_marked(node)]
    if not marked:
        return
    for join in () if mixed else tree.find_all(exp.Join):
        if any(join.args.get(name) for name in ("on", "using", "side", "kind", "method")):
            raise unsupported()
    for node in marked:
        place = node.parent
        while place is not None and not isinstance(place, (exp.Where, exp.Select)):
            place = place.parent
        if not isinstance(place, exp.Where):
            raise unsupported()


def has_marks(where: Node | None) -> bool:
    """Whether a WHERE clause has marks at its own level."""
    return where is not None and any(is_marked(node) for node in level_nodes(where))


def _refuse_shape(condition: Node) -> None:
    for node in level_nodes(condition):
        if isinstance(node, (exp.Or, exp.In, exp.Query, exp.Exists, exp.Any, exp.All)):
            raise unsupported()


def _owners(block: Block, condition: Node, marked: bool) -> set[str]:
    owners: set[str] = set()
    for node in level_nodes(condition):
        if isinstance(node, exp.Column) and is_marked(node) == marked:
            found = locate(block, node)
            if found is not None and found[0] is block:
                owners.add(found[1].key)
    return owners


def _refuse_right_form(block: Block, condition: Node, marked: str, others: set[str]) -> None:
    left = condition.args.get("this")
    if left is None or not others or not any(is_marked(node) for node in level_nodes(left)):
        return
    order = [source.key for source in block.sources]
    if all(order.index(marked) < order.index(other) for other in others):
        raise unsupported()


def compile_marked(block: Block, select: Node) -> tuple[str, list[Node]]:
    """The SQL of FROM with its LEFT JOINs, and the conditions that stay in WHERE."""
    compiled: dict[str, str] = {}
    by_key: dict[str, Source] = {}
    chained: set[str] = set()
    chains: list[str] = []
    for first, joins in comma_items(select):
        if joins:
            sql, sources = compile_chain(block, first, joins)
            chains.append(f"({sql})")
            chained.update(source.key for source in sources)
            continue
        sql, source = compile_single(block, first)
        compiled[source.key] = sql
        by_key[source.key] = source
    staying: list[Node] = []
    outer: dict[str, list[Node]] = {}
    needs: dict[str, set[str]] = {}
    for condition in conjuncts(select.args["where"].this):
        if not any(is_marked(node) for node in level_nodes(condition)):
            staying.append(condition)
            continue
        _refuse_shape(condition)
        marked = _owners(block, condition, marked=True)
        others = _owners(block, condition, marked=False)
        if len(marked) != 1 or marked & others:
            raise unsupported()
        key = marked.pop()
        _refuse_right_form(block, condition, key, others)
        outer.setdefault(key, []).append(condition)
        needs.setdefault(key, set()).update(others)
    if chained & outer.keys():
        raise unsupported()
    parts = [*chains, *(sql for key, sql in compiled.items() if key not in outer)]
    if not parts:
        raise unsupported()
    sql = " CROSS JOIN ".join(parts)
    placed = {source.key for source in block.sources if source.key not in outer}
    waiting = [source.key for source in block.sources if source.key in outer]
    while waiting:
        ready = next((key for key in waiting if needs[key] <= placed), None)
        if ready is None:
            raise unsupported()
        condition_sql = " AND ".join(f"({block.condition(condition)})" for condition in outer[ready])
        sql += f" LEFT JOIN {compiled[ready]} ON {condition_sql}"
        by_key[ready].nullable = True
        placed.add(ready)
        waiting.remove(ready)
    return sql, staying
