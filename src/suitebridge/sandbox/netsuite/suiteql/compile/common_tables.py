"""WITH: common table expressions. Oracle's help forbids them, accounts answer them; a quirk chooses."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Common, Node, Output, only
from suitebridge.sandbox.netsuite.suiteql.compile.queries import compile_query
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported


def with_clause(block: Block, node: Node) -> str:
    """The WITH clause in SQL, its tables put in the block's scope; empty without one.

    A table that names itself is no table yet, so a recursive one fails as an unknown search type.
    """
    clause = node.args.get("with_")
    if clause is None:
        return ""
    only(clause, "expressions")
    if block.c.quirk("suiteql-with", "accept") == "refuse":
        raise unsupported()
    parts: list[str] = []
    own: set[str] = set()
    for table in clause.expressions:
        only(table, "this", "alias")
        alias = table.args["alias"]
        only(alias, "this", "columns")
        query = compile_query(block.c, table.this, block.parent, block.common)
        columns = query.columns
        typed = alias.args.get("columns")
        if typed:
            if len(typed) != len(columns):
                raise unsupported()
            columns = tuple(Output(str(name.name), column.value) for name, column in zip(typed, columns, strict=True))
        name = block.c.name("w")
        key = str(alias.name).lower()
        if key in own:
            raise unsupported()
        own.add(key)
        block.common[key] = Common(name, columns)
        parts.append(f"{name} AS ({query.sql})")
    return f"WITH {', '.join(parts)} "
