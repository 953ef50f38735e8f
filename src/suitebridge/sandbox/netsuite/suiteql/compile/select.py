"""One SELECT: its clauses in the order Oracle evaluates them, put together as SQLite's SQL."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import (
    Block,
    Common,
    Node,
    Output,
    Query,
    Wrap,
    only,
)
from suitebridge.sandbox.netsuite.suiteql.compile.common_tables import with_clause
from suitebridge.sandbox.netsuite.suiteql.compile.defaults import default_terms, read_order
from suitebridge.sandbox.netsuite.suiteql.compile.fetch import Fetch, fetch_of
from suitebridge.sandbox.netsuite.suiteql.compile.grouping import grouping_sets
from suitebridge.sandbox.netsuite.suiteql.compile.joins import compile_from
from suitebridge.sandbox.netsuite.suiteql.compile.key_ranges import key_range
from suitebridge.sandbox.netsuite.suiteql.compile.names import folded
from suitebridge.sandbox.netsuite.suiteql.compile.nested_aggregates import unnested
from suitebridge.sandbox.netsuite.suiteql.compile.ordering import Term, order_sql, order_terms
from suitebridge.sandbox.netsuite.suiteql.compile.outer_marks import compile_marked, has_marks
from suitebridge.sandbox.netsuite.suiteql.compile.queries import answers, compile_query
from suitebridge.sandbox.netsuite.suiteql.compile.rownum import RowLimit, mentions_rownum, take_limit
from suitebridge.sandbox.netsuite.suiteql.compile.rownum_bounds import push_bounds
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.compile.tree import conjuncts, is_aggregate, level_nodes
from suitebridge.sandbox.netsuite.suiteql.errors import unknown_identifier, unsupported
from suitebridge.sandbox.netsuite.suiteql.types import Value

_CLAUSES = (
    "with_", "expressions", "from_", "joins", "where", "group", "having", "order", "limit", "offset", "distinct",
    "hint",
)  # fmt: skip
_NO_GROUPS = frozenset({"systemnote"})


@dataclass(frozen=True, slots=True)
class _Item:
    name: str | None
    node: Node


def _items(block: Block, select: Node) -> list[_Item | tuple[str, Value]]:
    found: list[_Item | tuple[str, Value]] = []
    for node in select.expressions:
        if isinstance(node, exp.Star):
            only(node)
            found.extend(_all_columns(block, None))
        elif isinstance(node, exp.Column) and isinstance(node.this, exp.Star):
            only(node, "this", "table")
            found.extend(_all_columns(block, folded(node.args["table"])))
        elif isinstance(node, exp.Alias):
            only(node, "this", "alias")
            found.append(_Item(str(node.args["alias"].name), node.this))
        elif isinstance(node, exp.Column):
            found.append(_Item(str(node.name), node))
        else:
            found.append(_Item(None, node))
    return found


def _all_columns(block: Block, qualifier: str | None) -> list[tuple[str, Value]]:
    sources = [source for source in block.sources if qualifier in (None, source.key)]
    if not sources:
        raise unknown_identifier(qualifier or "*", {source.alias: source.shown for source in block.sources})
    return [
        (name, source.read(value))
        for source in sources
        for name, values in source.columns.items()
        if qualifier is not None or name not in source.merged
        for value in values
    ]


def _output(block: Block, item: _Item | tuple[str, Value]) -> Output:
    if isinstance(item, _Item):
        return Output(item.name, block.value(item.node))
    name, value = item
    if block.wrap is not None:
        value = replace(value, sql=block.wrap.of(value.sql))
    if block.groups is not None and value.sql not in block.groups:
        block.free.append(value.sql)
    return Output(name, value)


def _check_special_tables(block: Block, select: Node, aggregated: bool) -> None:
    for source in block.sources:
        if source.table is None or source.table.name not in _NO_GROUPS:
            continue
        if select.args.get("group"):
            raise unsupported()
        for node in select.expressions:
            inner = node.this if isinstance(node, exp.Alias) else node
            if isinstance(inner, (exp.Literal, exp.Placeholder, exp.Null, exp.Neg)) and not aggregated:
                raise unsupported()


def _check_plain_count(block: Block, select: Node) -> None:
    """COUNT(*) alone on transaction, which some accounts refuse."""
    if block.c.quirk("suiteql-count-star", "accept") == "accept" or select.args.get("group") is not None:
        return
    nodes = [node.this if isinstance(node, exp.Alias) else node for node in select.expressions]
    alone = len(nodes) == 1 and isinstance(nodes[0], exp.Anonymous) and str(nodes[0].this).upper() == "COUNT"
    table = block.sources[0].table
    if alone and isinstance(nodes[0].expressions[0], exp.Star) and table is not None and table.name == "transaction":
        raise unsupported()


def _aliases(outputs: list[Output]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for output in outputs:
        if output.name is not None:
            found.setdefault(output.name.lower(), output.value)
    return found


def _selected(outputs: list[Output]) -> str:
    return ", ".join(f"{output.value.sql} AS c{position}" for position, output in enumerate(outputs, 1))


@dataclass(slots=True)
class _Parts:
    """A block's clauses before they are put together."""

    source: str
    where: str
    limit: RowLimit
    counted: str | None = None


def _where(block: Block, staying: list[Node]) -> tuple[str, RowLimit]:
    limit = RowLimit()
    conditions: list[str] = []
    for condition in staying:
        if mentions_rownum(condition):
            take_limit(block, condition, limit)
        else:
            sql = block.condition(condition)
            conditions.append(f"({sql})" if isinstance(condition, exp.Or) else sql)
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), limit


def _read(block: Block, select: Node) -> _Parts:
    where = select.args.get("where")
    if select.args.get("from_") is None:
        raise unsupported()
    if has_marks(where):
        source, staying = compile_marked(block, select)
    else:
        source = compile_from(block, select)
        staying = conjuncts(where.this) if where is not None else []
    sql, limit = _where(block, staying)
    return _Parts(source, sql, limit)


def _aggregated(select: Node) -> bool:
    if select.args.get("group") is not None:
        return True
    clauses = [*select.expressions, select.args.get("having"), select.args.get("order")]
    return any(is_aggregate(node) for clause in clauses if clause is not None for node in level_nodes(clause))


def _uses_numbers(select: Node) -> bool:
    clauses = [*select.expressions, select.args.get("order"), select.args.get("group"), select.args.get("having")]
    return any(mentions_rownum(clause) for clause in clauses)


def _has_windows(select: Node) -> bool:
    return any(isinstance(node, exp.Window) for clause in select.expressions for node in level_nodes(clause))


def _wrapped_source(block: Block, parts: _Parts) -> str:
    wrap = block.wrap
    if wrap is None:
        return parts.source + parts.where
    columns = ", ".join(f"{sql} AS {name}" for sql, name in wrap.columns.items()) or "1 AS c0"
    limit = f" LIMIT {parts.limit.sql}" if parts.limit.limits else ""
    inner = f"SELECT {columns} FROM {parts.source}{parts.where}{read_order(block)}{limit}"
    if wrap.numbered:
        inner = f"SELECT *, row_number() OVER () AS rn FROM ({inner})"
    return f"({inner}) AS {wrap.name}"


def _group_sql(keys: list[Value]) -> str:
    told = list(dict.fromkeys(key.sql for key in keys if not key.constant))
    return f" GROUP BY {', '.join(told)}" if told else " GROUP BY NULL" if keys else ""


@answers(exp.Select)
def _select(c: Compilation, node: Node, parent: Block | None, common: dict[str, Common], top: bool) -> Query:
    only(node, *_CLAUSES)
    push_bounds(node)
    block = Block(c, parent, common=dict(common))
    prefix = with_clause(block, node)
    rewritten = unnested(node)
    if rewritten is not None:
        query = compile_query(c, rewritten, parent, block.common)
        return replace(query, sql=prefix + query.sql) if prefix else query
    fetch = fetch_of(block, node)
    parts = _read(block, node)
    aggregated = _aggregated(node)
    distinct = node.args.get("distinct")
    if distinct is not None:
        only(distinct)
    _check_special_tables(block, node, aggregated)
    _check_plain_count(block, node)
    sorts = node.args.get("order") is not None or bool(distinct) or aggregated or _has_windows(node)
    if _uses_numbers(node) or (parts.limit.limits and (sorts or fetch.active)):
        block.wrap, block.numbering = Wrap(c.name("r")), True
    if node.args.get("having") is not None and not aggregated:
        raise unsupported()
    if aggregated:
        query = _aggregation(block, node, parts, fetch, bool(distinct))
    else:
        query = _plain(block, node, parts, fetch, bool(distinct), top)
    if not prefix:
        return query
    counted = prefix + query.counted if query.counted is not None else None
    return replace(query, sql=prefix + query.sql, counted=counted, key_range=None)


def _plain(block: Block, node: Node, parts: _Parts, fetch: Fetch, distinct: bool, top: bool) -> Query:
    block.windows_allowed = True
    outputs = [_output(block, item) for item in _items(block, node)]
    terms = order_terms(block, node.args.get("order"), [output.value for output in outputs], _aliases(outputs))
    if distinct:
        _check_distinct(terms, outputs)
    if top and not terms and not distinct and node.args.get("order") is None and block.wrap is None:
        terms = default_terms(block)
    windowed = any(isinstance(each, exp.Window) for item in node.expressions for each in level_nodes(item))
    source = _wrapped_source(block, parts)
    limited = parts.limit.limits and block.wrap is None
    body = f"SELECT {'DISTINCT ' if distinct else ''}{_selected(outputs)} FROM {source}"
    if limited:
        sql = f"{body}{read_order(block)} LIMIT {parts.limit.sql}"
    else:
        sql = fetch.apply(body, order_sql(terms), terms, len(outputs))
    simple = not (distinct or windowed or limited or fetch.active or block.wrap is not None)
    return Query(
        sql,
        tuple(outputs),
        ordered=bool(terms),
        limited=limited or fetch.active,
        counted=f"SELECT 1 FROM {source}" if simple else None,
        key_range=key_range(block, node) if simple and top else None,
    )


def _check_distinct(terms: list[Term], outputs: list[Output]) -> None:
    selected = {output.value.sql for output in outputs}
    if any(term.value.sql not in selected for term in terms):
        raise unsupported()


def _aggregation(block: Block, node: Node, parts: _Parts, fetch: Fetch, distinct: bool) -> Query:
    group = node.args.get("group")
    items = _items(block, node)
    sets: list[list[Value]] = [[]]
    if group is not None:
        sets = grouping_sets(block, group, list(node.expressions))
    everything = frozenset(key.sql for keys in sets for key in keys)
    arms: list[tuple[list[Output], list[Term], str]] = []
    for keys in sets:
        block.groups = frozenset(key.sql for key in keys)
        block.rolled = everything - block.groups
        block.free.clear()
        block.aggregates_allowed = block.windows_allowed = True
        outputs = [_output(block, item) for item in items]
        having = node.args.get("having")
        block.windows_allowed = False
        having_sql = f" HAVING {block.condition(having.this)}" if having is not None else ""
        block.windows_allowed = True
        terms = order_terms(block, node.args.get("order"), [out.value for out in outputs], _aliases(outputs))
        if block.free:
            raise unsupported()
        if distinct:
            _check_distinct(terms, outputs)
        arms.append((outputs, terms, _group_sql(keys) + having_sql))
    source = _wrapped_source(block, parts)
    word = "DISTINCT " if distinct else ""
    outputs, terms, tail = arms[0]
    if len(arms) == 1:
        body = f"SELECT {word}{_selected(outputs)} FROM {source}{tail}"
        if not any(is_aggregate(each) for item in node.expressions for each in level_nodes(item)) and group is None:
            # SQLite takes HAVING only where the select list aggregates
            columns = ", ".join(f"c{position}" for position in range(1, len(outputs) + 1))
            body = f"SELECT {columns} FROM (SELECT {_selected(outputs)}, count(*) AS z FROM {source}{tail})"
        sql = fetch.apply(body, order_sql(terms), terms, len(outputs))
        return Query(sql, tuple(outputs), bool(terms), fetch.active, single=group is None)
    return _stacked(block, arms, source, word, fetch)


def _stacked(
    block: Block, arms: list[tuple[list[Output], list[Term], str]], source: str, word: str, fetch: Fetch
) -> Query:
    width = len(arms[0][0])
    bodies: list[str] = []
    for outputs, terms, tail in arms:
        keys = "".join(f", {term.value.sql} AS k{position}" for position, term in enumerate(terms, 1))
        bodies.append(f"SELECT {_selected(outputs)}{keys}, count(*) AS z FROM {source}{tail}")
    name = block.c.name("u")
    chosen = ", ".join(f"{name}.c{position} AS c{position}" for position in range(1, width + 1))
    body = f"SELECT {word}{chosen} FROM ({' UNION ALL '.join(bodies)}) AS {name}"
    lead = max((terms for _, terms, _ in arms), key=len)
    terms = [
        replace(term, value=replace(term.value, sql=f"{name}.k{position}", nullable=True))
        for position, term in enumerate(lead, 1)
    ]
    columns: list[Output] = []
    for position in range(width):
        told = next((outs[position] for outs, _, _ in arms if outs[position].value.sql != "NULL"), arms[0][0][position])
        columns.append(Output(told.name, replace(told.value, nullable=True)))
    sql = fetch.apply(body, order_sql(terms), terms, width)
    return Query(sql, tuple(columns), bool(terms), fetch.active)
