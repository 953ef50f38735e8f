"""UNION, INTERSECT, MINUS: arms brought to common types, left to right, ordered by position or first names."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Common, Node, Output, Query, only
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import common_type, to_type
from suitebridge.sandbox.netsuite.suiteql.compile.common_tables import with_clause
from suitebridge.sandbox.netsuite.suiteql.compile.fetch import fetch_of
from suitebridge.sandbox.netsuite.suiteql.compile.ordering import Term, order_sql, order_terms
from suitebridge.sandbox.netsuite.suiteql.compile.queries import answers, compile_query
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import Type, Value, renamed

_WORDS: dict[type, str] = {exp.Union: "UNION", exp.Except: "EXCEPT", exp.Intersect: "INTERSECT"}


def _arm(c: Compilation, query: Query, types: list[Type]) -> str:
    name = c.name("a")
    columns: list[str] = []
    for position, (output, wanted) in enumerate(zip(query.columns, types, strict=True), 1):
        value = renamed(output.value, f"{name}.c{position}")
        columns.append(f"{to_type(c, value, wanted)} AS c{position}")
    return f"SELECT {', '.join(columns)} FROM ({query.sql}) AS {name}"


@answers(exp.Union, exp.Except, exp.Intersect)
def _operation(c: Compilation, node: Node, parent: Block | None, common: dict[str, Common], top: bool) -> Query:
    only(node, "this", "expression", "distinct", "with_", "order", "limit", "offset")
    word = _WORDS[type(node)]
    if not node.args.get("distinct"):
        if word != "UNION":
            raise unsupported()
        word = "UNION ALL"
    block = Block(c, parent, common=dict(common))
    prefix = with_clause(block, node)
    left = compile_query(c, node.this, parent, block.common)
    right = compile_query(c, node.expression, parent, block.common)
    if len(left.columns) != len(right.columns):
        raise unsupported()
    pairs = list(zip(left.columns, right.columns, strict=True))
    types = [common_type([one.value.type, other.value.type]) for one, other in pairs]
    name = c.name("u")
    outputs: list[Output] = []
    for position, ((one, other), type_) in enumerate(zip(pairs, types, strict=True), 1):
        column = one.value.column if one.value.column is other.value.column else None
        nullable = one.value.nullable or other.value.nullable
        value = Value(f"{name}.c{position}", type_, nullable=nullable, column=column)
        outputs.append(Output(one.name, value))
    stacked = f"{_arm(c, left, types)} {word} {_arm(c, right, types)}"
    body = (
        f"SELECT {', '.join(f'{out.value.sql} AS c{n}' for n, out in enumerate(outputs, 1))} FROM ({stacked}) AS {name}"
    )
    fetch = fetch_of(block, node)
    aliases = {output.name.lower(): output.value for output in reversed(outputs) if output.name is not None}
    terms: list[Term] = order_terms(block, node.args.get("order"), [out.value for out in outputs], aliases)
    order = order_sql(terms)
    query = Query(fetch.apply(body, order, terms, len(outputs)), tuple(outputs), bool(terms), fetch.active)
    return replace(query, sql=prefix + query.sql) if prefix else query
