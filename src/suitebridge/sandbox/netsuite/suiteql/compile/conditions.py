"""Conditions: comparisons, BETWEEN, IN, LIKE, IS NULL, EXISTS, ANY and ALL, and their combinations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, Query, decides, kind_of, only
from suitebridge.sandbox.netsuite.suiteql.compile.builtin_conditions import builtin_membership
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import as_text, text_constant
from suitebridge.sandbox.netsuite.suiteql.compile.compare import comparable, compare
from suitebridge.sandbox.netsuite.suiteql.compile.queries import subquery
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.limits import LONGEST_IN_LIST
from suitebridge.sandbox.netsuite.suiteql.types import NULL, Value, renamed

_OPERATORS: dict[type, str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_WIDEST = 64
_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@decides(exp.Paren)
def _paren(block: Block, node: Node) -> str:
    only(node, "this")
    return f"({block.condition(node.this)})"


@decides(exp.And, exp.Or)
def _connected(block: Block, node: Node) -> str:
    kind = kind_of(node)
    word = " AND " if kind is exp.And else " OR "
    parts: list[str] = []
    pending = [node]
    while pending:
        each = pending.pop()
        if kind_of(each) is kind:
            only(each, "this", "expression")
            pending.extend((each.expression, each.this))
        else:
            sql = block.condition(each)
            parts.append(f"({sql})" if isinstance(each, (exp.Or, exp.And)) else sql)
    return balanced(parts, word)


def balanced(parts: list[str], word: str) -> str:
    """Conditions joined so that SQLite's tree of them stays shallow."""
    if len(parts) <= _WIDEST:
        return word.join(parts)
    half = len(parts) // 2
    return f"({balanced(parts[:half], word)}){word}({balanced(parts[half:], word)})"


@decides(exp.Not)
def _not(block: Block, node: Node) -> str:
    only(node, "this")
    inner = node.this
    if isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null):
        return f"{block.value(inner.this).sql} IS NOT NULL"
    return f"NOT ({block.condition(inner)})"


@decides(exp.Is)
def _is(block: Block, node: Node) -> str:
    only(node, "this", "expression")
    if isinstance(node.expression, exp.Not) and isinstance(node.expression.this, exp.Null):
        return f"{block.value(node.this).sql} IS NOT NULL"
    if not isinstance(node.expression, exp.Null):
        raise unsupported()
    return f"{block.value(node.this).sql} IS NULL"


def _quantified(node: Node) -> tuple[str, Node] | None:
    if isinstance(node, exp.Any):
        return "ANY", node.this
    if isinstance(node, exp.All):
        return "ALL", node.this
    if isinstance(node, exp.Anonymous) and str(node.this).upper() in ("SOME", "ALL", "ANY"):
        word = "ALL" if str(node.this).upper() == "ALL" else "ANY"
        content = node.expressions
        if len(content) == 1 and isinstance(content[0], exp.Query):
            return word, content[0]
        return word, exp.Tuple(expressions=content)
    return None


def _against_each(block: Block, left: Value, operator: str, word: str, content: Node) -> str:
    if isinstance(content, exp.Paren):
        content = content.this
    if isinstance(content, (exp.Select, exp.Subquery, exp.SetOperation)):
        query = subquery(block, content, columns=1)
        name = block.c.name("q")
        column = renamed(query.columns[0].value, f"{name}.c1")
        source = f"(SELECT * FROM ({query.sql}) AS {name}"
        if word == "ANY":
            if operator == "=":
                return _within_query(block, [left], query)
            return f"EXISTS {source} WHERE {compare(block.c, operator, left, column)})"
        opposite = compare(block.c, _OPPOSITE[operator], left, column)
        return f"NOT EXISTS {source} WHERE ({opposite}) IS NOT 0)"
    items = content.expressions if isinstance(content, exp.Tuple) else [content]
    parts = [f"({compare(block.c, operator, left, block.value(item))})" for item in items]
    return "(" + (" OR " if word == "ANY" else " AND ").join(parts) + ")"


@decides(*_OPERATORS)
def _comparison(block: Block, node: Node) -> str:
    only(node, "this", "expression")
    operator = _OPERATORS[kind_of(node)]
    if isinstance(node.this, exp.Tuple):
        return _tuple_comparison(block, operator, node.this, node.expression)
    quantified = _quantified(node.expression)
    if quantified is not None:
        return _against_each(block, block.value(node.this), operator, *quantified)
    left, right = block.value(node.this), block.value(node.expression)
    if operator in ("=", "<>") and left.type is NULL and left.param is None:
        return "NULL"
    return compare(block.c, operator, left, right)


def _tuple_comparison(block: Block, operator: str, left: Node, right: Node) -> str:
    if operator not in ("=", "<>"):
        raise unsupported()
    if isinstance(right, exp.Paren):
        right = right.this
    lefts = [block.value(item) for item in left.expressions]
    if isinstance(right, (exp.Subquery, exp.Select)):
        inside = _within_query(block, lefts, subquery(block, right, columns=len(lefts)))
        return inside if operator == "=" else f"NOT ({inside})"
    if not isinstance(right, exp.Tuple) or len(right.expressions) != len(lefts):
        raise unsupported()
    pairs = zip(lefts, right.expressions, strict=True)
    equal = " AND ".join(compare(block.c, "=", one, block.value(other)) for one, other in pairs)
    return f"({equal})" if operator == "=" else f"NOT ({equal})"


@decides(exp.Between)
def _between(block: Block, node: Node) -> str:
    only(node, "this", "low", "high")
    values = [block.value(node.this), block.value(node.args["low"]), block.value(node.args["high"])]
    value, low, high = comparable(block.c, values)
    return f"{value} BETWEEN {low} AND {high}"


@decides(exp.Like)
def _like(block: Block, node: Node) -> str:
    only(node, "this", "expression", "negate")
    return _alike(block, node, "")


@decides(exp.Escape)
def _escape(block: Block, node: Node) -> str:
    only(node, "this", "expression")
    if not isinstance(node.this, exp.Like):
        raise unsupported()
    mark = text_constant(block.c, block.value(node.expression))
    if len(mark) != 1:
        raise unsupported()
    quoted = mark.replace("'", "''")
    return _alike(block, node.this, f" ESCAPE '{quoted}'")


def _alike(block: Block, node: Node, escape: str) -> str:
    word = "NOT LIKE" if node.args.get("negate") else "LIKE"
    left = as_text(block.c, block.value(node.this))
    right = as_text(block.c, block.value(node.expression))
    return f"{left.sql} {word} {right.sql}{escape}"


@decides(exp.Exists)
def _exists(block: Block, node: Node) -> str:
    only(node, "this")
    return f"EXISTS ({subquery(block, node.this).sql})"


def _within_query(block: Block, lefts: Sequence[Value], query: Query) -> str:
    name = block.c.name("q")
    outer: list[str] = []
    inner: list[str] = []
    for position, left in enumerate(lefts, 1):
        column = renamed(query.columns[position - 1].value, f"{name}.c{position}")
        one, other = comparable(block.c, (left, column))
        outer.append(one)
        inner.append(other)
    plain = inner == [f"{name}.c{position}" for position in range(1, len(lefts) + 1)]
    source = query.sql if plain else f"SELECT {', '.join(inner)} FROM ({query.sql}) AS {name}"
    left_sql = outer[0] if len(outer) == 1 else f"({', '.join(outer)})"
    return f"{left_sql} IN ({source})"


def _within_tuples(block: Block, node: Node) -> str:
    lefts = [block.value(item) for item in node.this.expressions]
    rows: list[str] = []
    for row in node.expressions:
        if not isinstance(row, exp.Tuple) or len(row.expressions) != len(lefts):
            raise unsupported()
        pairs = zip(lefts, row.expressions, strict=True)
        rows.append("(" + " AND ".join(compare(block.c, "=", one, block.value(other)) for one, other in pairs) + ")")
    return "(" + balanced(rows, " OR ") + ")"


@decides(exp.In)
def _in(block: Block, node: Node) -> str:
    only(node, "this", "expressions", "query", "field")
    items = node.expressions
    if len(items) > LONGEST_IN_LIST:
        raise unsupported()
    special = builtin_membership(block, node)
    if special is not None:
        return special
    query = node.args.get("query")
    if query is not None:
        if block.c.quirk("suiteql-in-select", "accept") == "refuse":
            raise unsupported()
        lefts = node.this.expressions if isinstance(node.this, exp.Tuple) else [node.this]
        values = [block.value(left) for left in lefts]
        return _within_query(block, values, subquery(block, query, columns=len(values)))
    if node.args.get("field") is not None:
        items = [node.args["field"]]
    if isinstance(node.this, exp.Tuple):
        return _within_tuples(block, node)
    if not items:
        raise unsupported()
    values = [block.value(node.this), *(block.value(item) for item in items)]
    left, *rights = comparable(block.c, values)
    return f"{left} IN ({', '.join(rights)})"


@decides(exp.Anonymous)
def _function(block: Block, node: Node) -> str:
    if str(node.this).upper() != "REGEXP_LIKE":
        raise unsupported()
    return block.value(node).sql
