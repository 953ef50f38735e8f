"""The course of every write: find, read the body, check all of it, then write the row and what stands beside it.

Implements 1545141947 (records), 1545142037 (sublists) and 156335203191 (upsert).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records import entities, items, lists, sales_order
from suitebridge.sandbox.netsuite.records.access import confinement
from suitebridge.sandbox.netsuite.records.binding import BoundType, quoted
from suitebridge.sandbox.netsuite.records.definitions import Family, Place
from suitebridge.sandbox.netsuite.records.dependents import has_dependents
from suitebridge.sandbox.netsuite.records.documents import changing, registry, removing
from suitebridge.sandbox.netsuite.records.errors import (
    RecordRefused,
    nonexistent_id,
    user_detail,
    user_error,
    wrong_transaction_type,
)
from suitebridge.sandbox.netsuite.records.external_ids import RecordId, group_table
from suitebridge.sandbox.netsuite.records.notes import note_changes, note_creation, note_deletion
from suitebridge.sandbox.netsuite.records.rowvalues import changed, columns, defaults, extra, extra_values
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Parsed, inactive_references, parse
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

DUPLICATE = "This entity already exists."

_KEPT = frozenset({Place.ROW, Place.EXTRA})
"""Where the present value of a reference can be seen in the record's row."""


@dataclass(frozen=True, slots=True)
class WriteResult:
    """A record that was written; `created` False where it was there before."""

    internal_id: int
    warnings: tuple[str, ...] = ()
    created: bool = False


def create(work: Work, bound: BoundType, body: Mapping[str, object]) -> WriteResult:
    """A new record. Raises RecordRefused with every fault there is."""
    _writable(bound)
    parsed = parse(bound, body, work.rules())
    work.faults.extend(parsed.faults)
    work.faults.extend(each.fault() for each in inactive_references(parsed))
    _unique_external_id(work, bound, parsed, None)
    if bound.name == "salesOrder":
        internal_id = sales_order.create(work, bound, parsed)
    elif bound.family is Family.TRANSACTION:
        internal_id = registry.create(work, bound, parsed)
    else:
        internal_id = _insert(work, bound, parsed)
    note_creation(work, bound, internal_id)
    return WriteResult(internal_id, tuple(parsed.warnings), True)


def transform(
    work: Work, source: BoundType, wanted: RecordId, bound: BoundType, body: Mapping[str, object]
) -> WriteResult:
    """A new record made from a stored one, with what the body says otherwise (section 1545142173)."""
    current = find(work, source, wanted)
    make = registry.transform_of(source, bound)
    _writable(bound)
    parsed = parse(bound, body, work.rules())
    work.faults.extend(parsed.faults)
    work.faults.extend(each.fault() for each in inactive_references(parsed))
    _unique_external_id(work, bound, parsed, None)
    internal_id = make(work, bound, current, parsed)
    note_creation(work, bound, internal_id)
    return WriteResult(internal_id, tuple(parsed.warnings), True)


def update(work: Work, bound: BoundType, wanted: RecordId, body: Mapping[str, object]) -> WriteResult:
    """Changes an existing record; fields that are not sent stay as they are."""
    current = find(work, bound, wanted)
    _writable(bound)
    return _change(work, bound, current, body)


def upsert(work: Work, bound: BoundType, external_id: str, body: Mapping[str, object]) -> WriteResult:
    """Changes the record with this external id, or creates it."""
    _writable(bound)
    if not bound.has_external_id:
        raise user_error(f"The record type {bound.name} has no external IDs.")
    named = {name: value for name, value in body.items() if name.lower() != "externalid"}
    current = _by_external_id(work, bound, external_id)
    if current is not None:
        return _change(work, bound, current, named)
    return create(work, bound, {**named, "externalId": external_id})


def delete(work: Work, bound: BoundType, wanted: RecordId) -> None:
    """Removes a record and what it owns, unless other records refer to it."""
    current = find(work, bound, wanted)
    _writable(bound)
    internal_id = _key(bound, current)
    if has_dependents(work, bound, internal_id):
        raise user_error("This record cannot be deleted because it has dependent records.")
    if bound.name == "salesOrder":
        sales_order.delete(work, current)
    elif bound.family is Family.TRANSACTION:
        removing.undo(work, current)
    if bound.name in entities.BOOKS:
        book = entities.BOOKS[bound.name]
        for each in work.rows(f"SELECT addressbookaddress FROM {book} WHERE entity = ?", internal_id):
            work.tx.delete("entityaddress", (each["addressbookaddress"],))
    for subrecord in bound.subrecords.values():
        nkey = current.get(subrecord.definition.column)
        if nkey is not None:
            work.tx.delete(subrecord.table, (nkey,))
    for owned in bound.definition.owned:
        if owned.table != "entity" and owned.column != "recordowner":
            work.tx.delete_where(owned.table, {owned.column: internal_id})
    work.tx.delete(bound.table.name, (internal_id,))
    note_deletion(work, bound, internal_id, _shown_name(bound, current))


def find(work: Work, bound: BoundType, wanted: RecordId) -> Row:
    """The stored row. Raises RecordRefused: 404 for a stranger, 400 for a transaction of another type."""
    column, value = ("externalid", wanted.external) if wanted.external is not None else (bound.key, wanted.internal)
    if column == "externalid" and not bound.has_external_id:
        raise nonexistent_id()
    conditions = [f"t.{quoted(column)} = ?"]
    if bound.where:
        conditions.append(f"({bound.where})")
    if (confined := confinement(bound, work.caller)) is not None:
        conditions.append(confined)
    found = work.one(f"SELECT t.* FROM {bound.source} WHERE {' AND '.join(conditions)}", value)
    if found is not None:
        return found
    if bound.family is Family.TRANSACTION:
        other = work.value(f'SELECT type FROM "transaction" t WHERE t.{quoted(column)} = ?', value)
        if other is not None and other != bound.definition.code:
            raise wrong_transaction_type()
    raise nonexistent_id()


def _writable(bound: BoundType) -> None:
    if not bound.definition.writable:
        raise user_error(f"The record type {bound.name} cannot be written through this service.")


def _key(bound: BoundType, row: Row) -> int:
    key = row[bound.key]
    assert isinstance(key, int)
    return key


def _by_external_id(work: Work, bound: BoundType, external_id: str) -> Row | None:
    group = group_table(bound)
    key = "id" if group != bound.table.name else bound.key
    found = work.number(f"SELECT {quoted(key)} FROM {quoted(group)} WHERE externalid = ? LIMIT 1", external_id)
    if found is None:
        return None
    try:
        return find(work, bound, RecordId(internal=found))
    except RecordRefused:
        # The id is taken by a record of another type of the group.
        raise user_error(DUPLICATE) from None


def _unique_external_id(work: Work, bound: BoundType, parsed: Parsed, current: Row | None) -> None:
    value = parsed.get("externalid")
    if value is None or (current is not None and current.get("externalid") == value):
        return
    group = quoted(group_table(bound))
    if work.value(f"SELECT 1 FROM {group} WHERE externalid = ? LIMIT 1", value) is not None:
        work.faults.append(user_detail(DUPLICATE))


def _prepare(work: Work, bound: BoundType, parsed: Parsed, row: Row, current: Row | None) -> None:
    match bound.family:
        case Family.ENTITY:
            entities.prepare(work, bound, parsed, row, current)
        case Family.ITEM:
            items.prepare(work, bound, parsed, row, current)
        case _:
            lists.prepare(work, bound, parsed, row, current)


def _finish(work: Work, bound: BoundType, internal_id: int, parsed: Parsed, row: Row, current: Row | None) -> bool:
    match bound.family:
        case Family.ENTITY:
            return entities.finish(work, bound, internal_id, parsed, row, current)
        case Family.ITEM:
            return items.finish(work, bound, internal_id, parsed, row, current)
        case _:
            return lists.finish(work, bound, internal_id, parsed, row, current)


def _insert(work: Work, bound: BoundType, parsed: Parsed) -> int:
    row = columns(bound.fields, parsed.values)
    _prepare(work, bound, parsed, row, None)
    work.refuse()
    defaults(bound.fields, row)
    internal_id = work.tx.next_id(bound.table.name)
    row[bound.key] = internal_id
    row["extra"] = extra(bound.fields, parsed.values, None)
    for moment in (bound.definition.created, bound.definition.modified):
        if moment is not None:
            row[moment] = work.now
    if bound.family is Family.ENTITY and (number := entities.next_number(work, bound)) is not None:
        row["entitynumber"] = number
    work.tx.insert(bound.table.name, row)
    _finish(work, bound, internal_id, parsed, row, None)
    return internal_id


def _change(work: Work, bound: BoundType, current: Row, body: Mapping[str, object]) -> WriteResult:
    parsed = parse(bound, body, work.rules())
    _keep_unnamed(work, parsed)
    work.faults.extend(parsed.faults)
    held = {**current, **extra_values(current["extra"])}
    for each in parsed.inactive:
        if held.get(each.field.column or each.field.name) != each.internal_id and each.field.place in _KEPT:
            work.faults.append(each.fault())
    _unique_external_id(work, bound, parsed, current)
    internal_id = _key(bound, current)
    if bound.name == "salesOrder":
        sales_order.update(work, bound, parsed, current)
        return WriteResult(internal_id, tuple(parsed.warnings))
    if bound.family is Family.TRANSACTION:
        changing.update(work, bound, parsed, current)
        return WriteResult(internal_id, tuple(parsed.warnings))
    row = columns(bound.fields, parsed.values)
    _prepare(work, bound, parsed, row, current)
    work.refuse()
    _false_for_null(bound, row)
    row["extra"] = extra(bound.fields, parsed.values, current["extra"])
    row = changed(row, current)
    moved = _finish(work, bound, internal_id, parsed, row, current)
    if row or moved:
        note_changes(work, bound, internal_id, bound.fields, current, row)
        if bound.definition.modified is not None:
            row[bound.definition.modified] = work.now
        if bound.family is Family.CUSTOM and bound.table.column("lastmodifiedby") is not None:
            row["lastmodifiedby"] = work.user()
        if row:
            work.tx.update(bound.table.name, (internal_id,), row)
    return WriteResult(internal_id, tuple(parsed.warnings))


def _keep_unnamed(work: Work, parsed: Parsed) -> None:
    """With replaceSelectedFields only the body fields named in `replace` are cleared."""
    if not work.options.replace_selected:
        return
    for name in [name for name, value in parsed.values.items() if value is None]:
        if name not in work.options.replace:
            del parsed.values[name]


def _false_for_null(bound: BoundType, row: Row) -> None:
    """A cleared flag is false, as a cleared box of a form is; other columns that are never null keep their default."""
    for each in bound.fields:
        if each.column in row and row[each.column] is None and each.field.default is not None:
            row[each.column] = each.field.default


def _shown_name(bound: BoundType, row: Row) -> str | None:
    column = bound.table.display
    value: Stored = row.get(column) if column is not None else None
    return None if value is None else str(value)
