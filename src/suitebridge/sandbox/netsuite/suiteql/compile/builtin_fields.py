"""Fields as arguments of BUILTIN functions: the column itself, its neighbours in the same row, and header fields
that NetSuite retired as columns but still documents here (read from the main line)."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, Source
from suitebridge.sandbox.netsuite.suiteql.compile.joins import quoted_name
from suitebridge.sandbox.netsuite.suiteql.compile.names import folded, locate, read, removed_from
from suitebridge.sandbox.netsuite.suiteql.types import Value, type_of


def _owner_of(block: Block, alias: str) -> tuple[Block, Source] | None:
    current: Block | None = block
    while current is not None:
        for source in current.sources:
            if source.name == alias:
                return current, source
        current = current.parent
    return None


def sibling(block: Block, value: Value, name: str) -> Value | None:
    """Another column of the row a stored column is read from; one of them in a group that does not know it."""
    found = _owner_of(block, value.alias) if value.alias is not None else None
    if found is None:
        return None
    owner, source = found
    columns = source.columns.get(name)
    if not columns:
        return None
    mark = len(owner.free)
    column = read(owner, source, columns[0])
    if owner.groups is not None and not owner.in_aggregate:
        del owner.free[mark:]
        if column.sql not in owner.groups:
            return replace(column, sql=f"min({column.sql})", alias=None)
    return column


def field_value(block: Block, node: Node) -> Value:
    """The value of a field given to a BUILTIN function."""
    if isinstance(node, exp.Column) and isinstance(node.this, exp.Identifier) and locate(block, node) is None:
        retired = removed_from(block, node)
        if retired is not None:
            found = _from_main_line(block, retired[0], folded(node))
            if found is not None:
                return found
    return block.value(node)


def _from_main_line(block: Block, header: Source, name: str) -> Value | None:
    lines = block.c.schema.get("transactionline")
    column = lines.column(name) if lines is not None else None
    keys = header.columns.get("id")
    caller = block.c.caller
    if column is None or not keys or not caller.sees_column(column) or f"transactionline.{name}" in caller.gone:
        return None
    found = _owner_of(block, header.name)
    key = read(found[0], found[1], keys[0]) if found is not None else keys[0]
    sql = (
        f'(SELECT m.{quoted_name(name)} FROM transactionline AS m WHERE m."transaction" = {key.sql} '
        "AND m.mainline = 'T')"
    )
    return Value(sql, type_of(column), column=column)
