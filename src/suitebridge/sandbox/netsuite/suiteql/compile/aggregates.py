"""Aggregates: sums of scaled integers stay integers; the rest is floating point. KEEP, LISTAGG, GROUPING."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from suitebridge.sandbox.netsuite.schema.model import Column
from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, compiles, only
from suitebridge.sandbox.netsuite.suiteql.compile.calls import block_function
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import as_number, as_real, as_text, quoted, real, text_constant
from suitebridge.sandbox.netsuite.suiteql.compile.ordering import order_terms
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.functions.aggregates import KEPT_FUNCTIONS
from suitebridge.sandbox.netsuite.suiteql.types import INTEGER, MOMENT, NULL, REAL, TEXT, Type, Value

_SPREAD = ("MEDIAN", "STDDEV", "STDDEV_POP", "STDDEV_SAMP", "VARIANCE", "VAR_POP", "VAR_SAMP")
_PAIRED = ("CORR", "CORR_S", "CORR_K", "COVAR_POP", "COVAR_SAMP")


class _Inside:
    """While it lasts, the block compiles arguments of an aggregate."""

    def __init__(self, block: Block, window: bool) -> None:
        self._block = block
        self._window = window

    def __enter__(self) -> None:
        block = self._block
        if self._window:
            return
        if not block.aggregates_allowed or block.in_aggregate:
            raise unsupported()
        block.in_aggregate = True

    def __exit__(self, *_: object) -> None:
        if not self._window:
            self._block.in_aggregate = False


def _arguments(node: Node) -> tuple[list[Node], bool]:
    items = list(node.expressions)
    if len(items) == 1 and isinstance(items[0], exp.Distinct):
        only(items[0], "expressions")
        return list(items[0].expressions), True
    return items, False


@dataclass(frozen=True, slots=True)
class Parts:
    """An aggregate call as SQL before and after the place of OVER, its type, and the column it shows unchanged.

    SUM of a column of two decimals is `sum(x)`, AVG of it `(avg(x)` and ` / 100.0)`.
    """

    head: str
    tail: str
    type: Type
    column: Column | None = None


def aggregate_parts(block: Block, node: Node, window: bool) -> Parts:
    """An aggregate call compiled, as an aggregate or for a window."""
    name = str(node.this).upper()
    items, distinct = _arguments(node)
    word = "DISTINCT " if distinct else ""
    if name == "COUNT" and len(items) == 1 and isinstance(items[0], exp.Star) and not distinct:
        with _Inside(block, window):
            return Parts("count(*)", "", INTEGER)
    if name in _PAIRED:
        if len(items) != 2:
            raise unsupported()
        with _Inside(block, window):
            pair = [as_real(block.c, block.value(item)) for item in items]
        return Parts(f"sb_{name.lower()}({', '.join(pair)})", "", REAL)
    if len(items) != 1:
        raise unsupported()
    with _Inside(block, window):
        value = block.value(items[0])
    if name in ("COUNT", "APPROX_COUNT_DISTINCT"):
        word = "DISTINCT " if name != "COUNT" else word
        if window and word:
            return Parts(f"sb_distinct_count({value.sql})", "", INTEGER)
        return Parts(f"count({word}{value.sql})", "", INTEGER)
    if name in ("MIN", "MAX"):
        type_ = value.type if value.type is not NULL else TEXT
        return Parts(f"{name.lower()}({value.sql})", "", type_, value.column)
    if name == "MEDIAN" and value.type.temporal:
        head = f"datetime(CAST(sb_median(unixepoch({value.sql}))"
        return Parts(head, " AS INTEGER), 'unixepoch')", MOMENT)
    number = as_number(block.c, value)
    if number.type is NULL:
        return Parts("sum(NULL)", "", REAL)
    if name == "SUM":
        function = "sb_distinct_sum" if window and distinct else "sum"
        return Parts(f"{function}({'' if window else word}{number.sql})", "", number.type)
    if name == "AVG":
        if window and distinct:
            raise unsupported()
        divisor = 10 ** (number.type.scale or 0)
        sql = f"avg({word}{number.sql})"
        return Parts(f"({sql}", f" / {divisor}.0)", REAL) if divisor != 1 else Parts(sql, "", REAL)
    if name in _SPREAD:
        return Parts(f"sb_{name.lower()}({'' if window else word}{real(block.c, number)})", "", REAL)
    raise unsupported()


@block_function("COUNT", "SUM", "AVG", "MIN", "MAX", "APPROX_COUNT_DISTINCT", *_SPREAD, *_PAIRED)
def _aggregate(block: Block, node: Node) -> Value:
    parts = aggregate_parts(block, node, window=False)
    counts = str(node.this).upper() in ("COUNT", "APPROX_COUNT_DISTINCT")
    return Value(parts.head + parts.tail, parts.type, nullable=not counts, column=parts.column, aggregate=True)


@block_function("GROUPING")
def _grouping(block: Block, node: Node) -> Value:
    if block.groups is None or block.in_aggregate or len(node.expressions) != 1:
        raise unsupported()
    groups, rolled = block.groups, block.rolled
    block.groups, block.rolled = frozenset(), frozenset()
    mark = len(block.free)
    try:
        sql = block.value(node.expressions[0]).sql
    finally:
        block.groups, block.rolled = groups, rolled
        del block.free[mark:]
    if sql not in groups and sql not in rolled:
        raise unsupported()
    return Value(f"({int(sql in rolled)} + 0)", INTEGER, nullable=False)


@block_function("GROUPING_ID")
def _grouping_id(block: Block, node: Node) -> Value:
    bits = [_grouping(block, exp.Anonymous(this="GROUPING", expressions=[item])).sql for item in node.expressions]
    if not bits:
        raise unsupported()
    terms = [f"{bit} * {2 ** (len(bits) - place)}" for place, bit in enumerate(bits, 1)]
    return Value(f"({' + '.join(terms)})", INTEGER, nullable=False)


def list_parts(block: Block, node: Node, window: bool) -> tuple[str, Value]:
    """LISTAGG … WITHIN GROUP as SQL, and its text argument."""
    if block.c.quirk("suiteql-listagg", "accept") == "refuse":
        raise unsupported()
    call = node.this if isinstance(node, exp.WithinGroup) else node
    items = list(call.expressions)
    distinct = bool(items) and isinstance(items[0], exp.Distinct)
    if distinct:
        items = [*items[0].expressions, *items[1:]]
    if not 1 <= len(items) <= 2:
        raise unsupported()
    with _Inside(block, window):
        text = as_text(block.c, block.value(items[0]))
        separator = text_constant(block.c, block.value(items[1])) if len(items) == 2 else ""
        order = node.args.get("expression") if isinstance(node, exp.WithinGroup) else None
        terms = order_terms(block, order, [], {})
    ordered = f" ORDER BY {', '.join(term.sql for term in terms)}" if terms and not window else ""
    name = "sb_distinct_list" if distinct else "group_concat"
    if distinct and window:
        raise unsupported()
    return f"{name}({text.sql}, {quoted(separator)}{ordered})", text


@compiles(exp.WithinGroup)
def _within_group(block: Block, node: Node) -> Value:
    only(node, "this", "expression")
    if not isinstance(node.this, exp.Anonymous) or str(node.this.this).upper() != "LISTAGG":
        raise unsupported()
    sql, _ = list_parts(block, node, window=False)
    return Value(f"nullif({sql}, '')", TEXT, aggregate=True)


@block_function("LISTAGG")
def _listagg(block: Block, node: Node) -> Value:
    sql, _ = list_parts(block, node, window=False)
    return Value(f"nullif({sql}, '')", TEXT, aggregate=True)


def kept(block: Block, node: Node) -> Value:
    """An aggregate with KEEP (DENSE_RANK FIRST | LAST ORDER BY …)."""
    only(node, "this", "order", "alias", "over", "first")
    call = node.this
    name = str(call.this).upper() if isinstance(call, exp.Anonymous) else ""
    if name not in KEPT_FUNCTIONS or node.args.get("order") is None or len(call.expressions) != 1:
        raise unsupported()
    if str(node.args["alias"].name).upper() != "DENSE_RANK":
        raise unsupported()
    argument = call.expressions[0]
    with _Inside(block, window=False):
        value = Value("1", INTEGER, nullable=False) if isinstance(argument, exp.Star) else block.value(argument)
        terms = order_terms(block, node.args["order"], [], {})
    type_ = value.type
    sql = value.sql
    if name == "COUNT":
        type_ = INTEGER
    elif name in ("AVG", "MEDIAN", "STDDEV", "VARIANCE"):
        sql, type_ = real(block.c, as_number(block.c, value)), REAL
    elif name == "SUM":
        number = as_number(block.c, value)
        sql, type_ = number.sql, number.type
    end = "FIRST" if node.args.get("first") else "LAST"
    keys = "".join(f", {term.value.sql}" for term in terms)
    order = f" ORDER BY {', '.join(term.sql for term in terms)}" if terms else ""
    text = f"sb_kept('{name}', '{end}', {sql}{keys}{order})"
    return Value(text, type_, column=value.column if name in ("MAX", "MIN") else None, aggregate=True)
