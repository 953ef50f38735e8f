"""Names to columns: aliases first in ORDER BY, then the block's sources, then the blocks around it."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from suitebridge.sandbox.netsuite.schema.model import Table
from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, Source, compiles, only
from suitebridge.sandbox.netsuite.suiteql.compile.moments import MOMENTS
from suitebridge.sandbox.netsuite.suiteql.errors import (
    removed_field,
    unexpected,
    unknown_identifier,
    unsupported,
)
from suitebridge.sandbox.netsuite.suiteql.types import INTEGER, Value

_PSEUDO = frozenset({"level", "rowid", "connect_by_isleaf", "user", "uid", "sessiontimezone", "dbtimezone"})


def available(block: Block) -> dict[str, str]:
    """The alias map of NetSuite's message."""
    return {source.alias: source.shown for source in block.sources}


def folded(identifier: Node) -> str:
    """An identifier's name without regard to case."""
    return str(identifier.name).lower()


def _candidates(block: Block, name: str, qualifier: str | None) -> list[tuple[Source, Value]]:
    found: list[tuple[Source, Value]] = []
    for source in block.sources:
        if qualifier is not None and source.key != qualifier:
            continue
        if qualifier is None and name in source.merged:
            continue
        found.extend((source, value) for value in source.columns.get(name, ()))
    return found


def _owner(block: Block, name: str, qualifier: str | None) -> tuple[Block, Source, Value] | None:
    current: Block | None = block
    while current is not None:
        found = _candidates(current, name, qualifier)
        if len(found) > 1:
            raise unsupported()
        if found:
            return current, found[0][0], found[0][1]
        if qualifier is not None and any(source.key == qualifier for source in current.sources):
            return None
        current = current.parent
    return None


def locate(block: Block, node: Node) -> tuple[Block, Source, Value] | None:
    """The block, source and column a column node means, or None."""
    qualifier = node.args.get("table")
    return _owner(block, folded(node), folded(qualifier) if qualifier is not None else None)


def removed_from(block: Block, node: Node) -> tuple[Source, Table] | None:
    """The source whose table once had the column that a node names, if it is a retired one."""
    name = folded(node)
    qualifier = node.args.get("table")
    current: Block | None = block
    while current is not None:
        for source in current.sources:
            if qualifier is not None and source.key != folded(qualifier):
                continue
            if source.table is not None and name in source.table.removed:
                return source, source.table
        current = current.parent
    return None


def _answers_unexpected(block: Block, node: Node) -> bool:
    chosen = block.c.quirk("unknown-column", "400")
    if chosen in ("400", "500"):
        return chosen == "500"
    listed = set(chosen.lower().split(","))
    qualifier = node.args.get("table")
    sources = [source for source in block.sources if qualifier is None or source.key == folded(qualifier)]
    tables = {source.table.name for source in sources if source.table is not None}
    return any(table in listed or f"{table}.{folded(node)}" in listed for table in tables)


def _missing(block: Block, node: Node) -> Exception:
    retired = removed_from(block, node)
    if retired is not None:
        return removed_field(folded(node), retired[1].name)
    qualifier = node.args.get("table")
    scope = block
    known = qualifier is None
    current: Block | None = block
    while current is not None and not known:
        known = any(source.key == folded(qualifier) for source in current.sources)
        scope = current if known else scope
        current = current.parent
    if _answers_unexpected(scope, node):
        return unexpected()
    name = str(node.name) if known else f"{qualifier.name}.{node.name}"
    return unknown_identifier(name, available(scope))


def read(owner: Block, source: Source, value: Value) -> Value:
    """Use a column in a block: through its ROWNUM wrap, and noted where the block aggregates."""
    value = source.read(value)
    if owner.wrap is not None:
        value = replace(value, sql=owner.wrap.of(value.sql))
    if owner.groups is not None and not owner.in_aggregate:
        owner.free.append(value.sql)
    return value


@compiles(exp.Column)
def _column(block: Block, node: Node) -> Value:
    only(node, "this", "table", "join_mark")
    if not isinstance(node.this, exp.Identifier):
        raise unsupported()
    name = folded(node)
    if node.args.get("table") is None:
        if block.aliases is not None and name in block.aliases:
            return block.aliases[name]
        if not node.this.args.get("quoted"):
            if name == "rownum":
                return _rownum(block)
            moment = MOMENTS.get(name)
            if moment is not None:
                return moment(block.c)
    found = locate(block, node)
    if found is None:
        if name in _PSEUDO and node.args.get("table") is None:
            raise unsupported()
        raise _missing(block, node)
    return read(*found)


def _rownum(block: Block) -> Value:
    if not block.numbering or block.wrap is None:
        raise unsupported()
    block.wrap.numbered = True
    if block.groups is not None and not block.in_aggregate:
        block.free.append(f"{block.wrap.name}.rn")
    return Value(f"{block.wrap.name}.rn", INTEGER, nullable=False)


@compiles(exp.Localtimestamp)
def _localtimestamp(block: Block, node: Node) -> Value:
    return MOMENTS["localtimestamp"](block.c)


@compiles(exp.Systimestamp)
def _systimestamp(block: Block, node: Node) -> Value:
    return MOMENTS["systimestamp"](block.c)


@compiles(exp.Paren)
def _paren(block: Block, node: Node) -> Value:
    only(node, "this")
    return block.value(node.this)
