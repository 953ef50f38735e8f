"""Records that stand below others of their kind: full names, and the names of what stands below them."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.errors import invalid_value
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

SEPARATOR = " : "
MAX_DEPTH = 20


def full_name(work: Work, bound: BoundType, name: Stored, parent: Stored) -> str:
    """The name with those of all above it."""
    if parent is None:
        return str(name)
    above = work.value(f"SELECT fullname FROM {bound.table.name} WHERE id = ?", parent)
    return f"{above}{SEPARATOR}{name}"


def check_parent(work: Work, bound: BoundType, internal_id: int, parent: Stored) -> None:
    """A record cannot stand below itself."""
    at = parent
    for _ in range(MAX_DEPTH):
        if at is None:
            return
        if at == internal_id:
            work.faults.append(invalid_value(parent, "parent", "parent"))
            return
        at = work.value(f"SELECT parent FROM {bound.table.name} WHERE id = ?", at)


def rename_below(work: Work, bound: BoundType, internal_id: int, own: str, name_column: str | None) -> None:
    """Gives what stands below a renamed record its new full name; `name_column` None takes it from the old one."""
    table = bound.table.name
    shown = name_column or "fullname"
    for child in work.rows(f"SELECT id, {shown} AS name FROM {table} WHERE parent = ?", internal_id):
        name = str(child["name"])
        own_name = name if name_column is not None else name.rsplit(SEPARATOR, 1)[-1]
        full = f"{own}{SEPARATOR}{own_name}"
        number = child["id"]
        assert isinstance(number, int)
        changes: Row = {"fullname": full}
        work.tx.update(table, (number,), changes)
        rename_below(work, bound, number, full, name_column)
