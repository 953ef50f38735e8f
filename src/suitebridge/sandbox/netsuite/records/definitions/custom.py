"""What a company adds itself: custom records and lists as types, custom columns as fields (chapter_1545295601)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from suitebridge.sandbox.netsuite.records.definitions.fields import EXTERNAL_ID, flags, moments, refs, texts
from suitebridge.sandbox.netsuite.records.definitions.model import (
    Family,
    Field,
    FieldKind,
    Place,
    RecordType,
)
from suitebridge.sandbox.netsuite.schema.model import Column, Kind, Schema, Table

_KINDS: Mapping[Kind, FieldKind] = {
    Kind.REF: FieldKind.REF,
    Kind.INTEGER: FieldKind.INTEGER,
    Kind.DECIMAL: FieldKind.NUMBER,
    Kind.TEXT: FieldKind.TEXT,
    Kind.CODE: FieldKind.ENUM,
    Kind.BOOL: FieldKind.BOOL,
    Kind.DATE: FieldKind.DATE,
    Kind.DATETIME: FieldKind.DATETIME,
}


def custom_fields(table: Table, target_of: Mapping[str, str]) -> tuple[Field, ...]:
    """The custom columns of a table as fields; `target_of` gives the record type or family behind a table."""
    return tuple(_field(column, target_of) for column in table.columns if column.custom)


def _field(column: Column, target_of: Mapping[str, str]) -> Field:
    return Field(
        column.name,
        _KINDS[column.kind],
        Place.ROW,
        column.name,
        scale=column.scale,
        target=target_of.get(column.target or ""),
        labels=column.labels,
        default="F" if column.kind is Kind.BOOL else None,
    )


def custom_types(schema: Schema) -> Iterable[RecordType]:
    """A record type for every `customrecord_…` and `customlist_…` table."""
    for name in schema.tables:
        if name.startswith("customlist_"):
            yield RecordType(
                name=name,
                table=name,
                family=Family.CUSTOM,
                permission=None,
                permission_name=f"Lists -> {name}",
                writable=True,
                fields=(*EXTERNAL_ID, *texts("name", required=True, maximum=300), *flags("isInactive")),
            )
        elif name.startswith("customrecord_"):
            yield RecordType(
                name=name,
                table=name,
                family=Family.CUSTOM,
                permission=None,
                permission_name=f"Custom Records -> {name}",
                created="created",
                modified="lastmodified",
                writable=True,
                fields=(
                    *EXTERNAL_ID,
                    *texts("name", maximum=300),
                    *flags("isInactive"),
                    *refs("owner", "employee"),
                    *moments("created lastModified", read_only=True),
                    *refs("lastModifiedBy", "employee", read_only=True),
                ),
            )
