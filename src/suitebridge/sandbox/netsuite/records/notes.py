"""The trail a write leaves: system notes for changed fields, and a row for every record that is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from suitebridge.sandbox.netsuite.records.binding import BoundField, BoundType, quoted
from suitebridge.sandbox.netsuite.records.definitions import Family, FieldKind
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import CONTEXT, Work

CREATE, SET, UNSET, CHANGE, DELETE = 1, 2, 3, 4, 5
_MAX_TEXT = 4_000

_TABLES = {Family.TRANSACTION: "TRANDOC", Family.ENTITY: "ENTITY", Family.ITEM: "INVTITEM"}
_LETTERS = {
    FieldKind.REF: "K",
    FieldKind.ENUM: "K",
    FieldKind.DATE: "D",
    FieldKind.DATETIME: "D",
    FieldKind.BOOL: "F",
    FieldKind.NUMBER: "N",
    FieldKind.INTEGER: "N",
}


def note_creation(work: Work, bound: BoundType, internal_id: int) -> None:
    """One note that the record was created."""
    column = quoted(bound.table.display or bound.key)
    name = work.value(f"SELECT {column} FROM {quoted(bound.table.name)} WHERE {quoted(bound.key)} = ?", internal_id)
    _note(work, bound, internal_id, "RECORD.CREATED", None, None if name is None else str(name), CREATE)


def note_changes(
    work: Work,
    bound: BoundType,
    internal_id: int,
    fields: Iterable[BoundField],
    before: Mapping[str, Stored],
    after: Mapping[str, Stored],
) -> None:
    """A note for each of the fields whose column `after` changes."""
    for each in fields:
        if each.column is None or each.column not in after or each.field.read_only:
            continue
        old, new = before.get(each.column), after[each.column]
        if old == new:
            continue
        kind = SET if old is None else UNSET if new is None else CHANGE
        _note(work, bound, internal_id, _field_id(bound, each), _text(work, each, old), _text(work, each, new), kind)


def note_deletion(work: Work, bound: BoundType, internal_id: int, name: str | None) -> None:
    """A row in `deletedrecord`; types that NetSuite does not number leave none."""
    number = bound.table.record_type_id
    if number is None:
        return
    custom = bound.family is Family.CUSTOM
    work.tx.deleted(
        number,
        internal_id,
        shown_name(bound),
        name,
        work.user(),
        CONTEXT,
        custom_list=custom and bound.name.startswith("customlist_"),
        custom_record=custom and bound.name.startswith("customrecord_"),
    )


def shown_name(bound: BoundType) -> str:
    """A record type as people read it: `inventoryItem` is "Inventory Item"."""
    if bound.family is Family.CUSTOM:
        return bound.name
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in bound.name)
    return spaced[:1].upper() + spaced[1:]


def _field_id(bound: BoundType, field: BoundField) -> str:
    """A field as the audit trail names it, such as TRANDOC.SMEMO."""
    table = _TABLES.get(bound.family, bound.table.name.upper())
    return f"{table}.{_LETTERS.get(field.kind, 'S')}{(field.column or field.name).upper()}"


def _note(
    work: Work, bound: BoundType, internal_id: int, name: str | None, old: str | None, new: str | None, kind: int
) -> None:
    number = bound.table.record_type_id
    if number is None:
        return
    work.tx.note(number, internal_id, name, old, new, kind, work.user(), CONTEXT, role=work.caller.role_id)


def _text(work: Work, field: BoundField, value: Stored) -> str | None:
    if value is None:
        return None
    if field.kind is FieldKind.REF and field.lookup is not None:
        shown = work.tx.rows(field.lookup.replace(":value", "?"), (value,))
        if shown:
            return str(next(iter(shown[0].values())) or value)
    if field.kind is FieldKind.NUMBER and isinstance(value, int) and field.scale:
        return f"{Decimal(value).scaleb(-field.scale).normalize():f}"
    if field.kind is FieldKind.ENUM and field.field.labels:
        return field.field.labels.get(str(value), str(value))
    return str(value)[:_MAX_TEXT]
