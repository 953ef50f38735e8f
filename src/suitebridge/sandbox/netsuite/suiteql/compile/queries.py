"""Queries inside queries: the way from any place to the compiler of a SELECT or of a set operation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Common, Node, Query, compiles, kind_of, only
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import Value, renamed

QueryCompiler = Callable[[Compilation, Node, Block | None, dict[str, Common], bool], Query]
_QUERIES: dict[type, QueryCompiler] = {}


def answers(*kinds: type) -> Callable[[QueryCompiler], QueryCompiler]:
    """Register the compiler of these query nodes."""

    def register(function: QueryCompiler) -> QueryCompiler:
        for kind in kinds:
            _QUERIES[kind] = function
        return function

    return register


def compile_query(
    c: Compilation, node: Node, parent: Block | None, common: dict[str, Common], top: bool = False
) -> Query:
    """Compile a query whose names are its own, then `common`, then those of `parent`."""
    compiler = _QUERIES.get(kind_of(node))
    if compiler is None:
        raise unsupported()
    return compiler(c, node, parent, common, top)


@answers(exp.Subquery)
def _parenthesised(c: Compilation, node: Node, parent: Block | None, common: dict[str, Common], top: bool) -> Query:
    only(node, "this")
    return compile_query(c, node.this, parent, common, top)


def subquery(block: Block, node: Node, columns: int | None = None) -> Query:
    """A query used inside an expression or condition of `block`; refuses another number of columns."""
    query = compile_query(block.c, node, block, {})
    if columns is not None and len(query.columns) != columns:
        raise unsupported()
    return query


@compiles(exp.Subquery, exp.Select, exp.Union, exp.Except, exp.Intersect)
def _scalar(block: Block, node: Node) -> Value:
    query = subquery(block, node, columns=1)
    name = block.c.name("q")
    if query.single:
        sql = f"({query.sql})"
    else:
        chosen = f"CASE WHEN count(*) > 1 THEN sb_too_many_rows() ELSE max({name}.c1) END"
        sql = f"(SELECT {chosen} FROM (SELECT * FROM ({query.sql}) LIMIT 2) AS {name})"
    return replace(renamed(query.columns[0].value, sql), nullable=True)
