"""What refers to a record, which decides whether it can be deleted."""

from __future__ import annotations

from collections.abc import Iterator

from suitebridge.sandbox.netsuite.records.binding import BoundType, quoted
from suitebridge.sandbox.netsuite.records.definitions import Family
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.schema.model import Kind, Schema

_TRAIL = frozenset({"systemnote", "deletedrecord", "loginaudit", "entity"})
_AUTHORS = frozenset({"createdby", "lastmodifiedby", "owner"})


def referring_columns(schema: Schema, bound: BoundType) -> Iterator[tuple[str, str]]:
    """Tables and columns that can refer to a record of the type, those that it owns left out."""
    targets = {bound.table.name}
    if bound.family is Family.ENTITY:
        targets.add("entity")
    owned = {(each.table, each.column) for each in bound.definition.owned}
    for table in schema.tables.values():
        if table.view_of is not None or table.name in _TRAIL:
            continue
        for column in table.columns:
            if column.kind is not Kind.REF or column.target not in targets or column.name in _AUTHORS:
                continue
            if (table.name, column.name) not in owned:
                yield table.name, column.name


def has_dependents(work: Work, bound: BoundType, internal_id: int) -> bool:
    """Whether any other record refers to this one."""
    for table, column in referring_columns(work.catalogue.schema, bound):
        own = f" AND {quoted(bound.key)} <> ?" if table == bound.table.name else ""
        bindings = (internal_id, internal_id) if own else (internal_id,)
        sql = f"SELECT 1 FROM {quoted(table)} WHERE {quoted(column)} = ?{own} LIMIT 1"
        if work.tx.rows(sql, bindings):
            return True
    return False
