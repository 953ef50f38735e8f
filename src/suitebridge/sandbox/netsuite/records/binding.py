"""Definitions joined to the tables of a schema: what each field reads from, how it is scaled, and who sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records.definitions import (
    STANDARD_TYPES,
    Family,
    Field,
    FieldKind,
    Place,
    RecordType,
    Sublist,
    Subrecord,
    custom_fields,
    custom_types,
)
from suitebridge.sandbox.netsuite.schema.model import Column, Kind, Schema, Table

FAMILY_TABLES: Mapping[str, str] = {"entity": "entity", "item": "item", "transaction": "transaction"}

_FITTING: Mapping[FieldKind, frozenset[Kind]] = {
    FieldKind.TEXT: frozenset({Kind.TEXT, Kind.CODE}),
    FieldKind.NUMBER: frozenset({Kind.DECIMAL, Kind.INTEGER}),
    FieldKind.INTEGER: frozenset({Kind.INTEGER, Kind.ID}),
    FieldKind.BOOL: frozenset({Kind.BOOL}),
    FieldKind.DATE: frozenset({Kind.DATE}),
    FieldKind.DATETIME: frozenset({Kind.DATETIME}),
    FieldKind.REF: frozenset({Kind.REF, Kind.INTEGER, Kind.ID}),
    FieldKind.ENUM: frozenset({Kind.CODE, Kind.TEXT, Kind.INTEGER}),
    FieldKind.MULTI: frozenset({Kind.TEXT}),
}


def quoted(name: str) -> str:
    """An SQL identifier."""
    return f'"{name}"'


@dataclass(frozen=True, slots=True)
class BoundField:
    """A field with its SQL `expression`, its scale, and the table its references lead to."""

    field: Field
    name: str
    kind: FieldKind
    expression: str
    scale: int
    place: Place
    column: str | None = None
    table: str | None = None
    name_expression: str | None = None
    type_expression: str | None = None
    lookup: str | None = None  # a SELECT of name and type code for a reference to `:value`
    whole: bool = False  # an enum that is stored as a whole number
    feature: str | None = None
    permission: str | None = None

    def seen_by(self, caller: Caller) -> bool:
        """Whether the field exists for the caller."""
        return caller.has(self.feature) and caller.may(self.permission)


@dataclass(frozen=True, slots=True)
class BoundSubrecord:
    """A subrecord; `expression` gives its nkey from the owner's row."""

    definition: Subrecord
    name: str
    table: str
    expression: str
    fields: tuple[BoundField, ...]
    by_name: Mapping[str, BoundField]


@dataclass(frozen=True, slots=True)
class BoundSublist:
    """A sublist and its line fields."""

    definition: Sublist
    name: str
    table: str
    fields: tuple[BoundField, ...]
    by_name: Mapping[str, BoundField]
    subrecords: tuple[BoundSubrecord, ...]
    feature: str | None
    permission: str | None

    def seen_by(self, caller: Caller) -> bool:
        """Whether the sublist exists for the caller."""
        return caller.has(self.feature) and caller.may(self.permission)


@dataclass(frozen=True, slots=True)
class BoundType:
    """A record type ready to be read and written. Names in `by_name` are lower case."""

    definition: RecordType
    name: str
    table: Table
    source: str
    where: str
    fields: tuple[BoundField, ...]
    by_name: Mapping[str, BoundField]
    sublists: Mapping[str, BoundSublist]
    subrecords: Mapping[str, BoundSubrecord]
    feature: str | None

    @property
    def key(self) -> str:
        """The column that holds the internal id."""
        return self.definition.key

    @property
    def family(self) -> Family:
        """The records it shares ids and external ids with."""
        return self.definition.family

    @property
    def has_external_id(self) -> bool:
        """Whether its records can have an external id."""
        return "externalid" in self.by_name

    def find(self, name: str) -> BoundField | None:
        """The field of that name in any case, or None."""
        return self.by_name.get(name.lower())


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All record types by lower-case name."""

    schema: Schema
    types: Mapping[str, BoundType]
    by_code: Mapping[tuple[str, str], BoundType] = field(default_factory=dict[tuple[str, str], BoundType])

    def find(self, name: str) -> BoundType | None:
        """The type of that name in any case, or None."""
        return self.types.get(name.lower())

    def of_code(self, family: str, code: str) -> BoundType | None:
        """The type of an entity, item or transaction by what its `type` column holds."""
        return self.by_code.get((family, code))


def bind(schema: Schema) -> Catalogue:
    """Every record type over this schema. ValueError when a definition names what the schema does not have."""
    definitions = [each for each in STANDARD_TYPES if each.table in schema.tables]
    definitions.extend(custom_types(schema))
    targets = _targets(definitions)
    types = {definition.name.lower(): _Binder(schema, targets, definition).type() for definition in definitions}
    by_code = {(bound.family.value, bound.definition.code): bound for bound in types.values() if bound.definition.code}
    return Catalogue(schema, types, by_code)


@dataclass(frozen=True, slots=True)
class _Targets:
    tables: Mapping[str, tuple[str, str]]  # record type or family in lower case -> table, key
    names: Mapping[str, str]  # table -> record type or family


def _targets(definitions: Iterable[RecordType]) -> _Targets:
    tables = {name: (table, "id") for name, table in FAMILY_TABLES.items()}
    names: dict[str, str] = {}
    for definition in definitions:
        tables[definition.name.lower()] = (definition.table, definition.key)
        names.setdefault(definition.table, definition.name)
    names.update({table: name for name, table in FAMILY_TABLES.items()})
    return _Targets(tables, names)


class _Binder:
    def __init__(self, schema: Schema, targets: _Targets, definition: RecordType) -> None:
        self._schema = schema
        self._targets = targets
        self._definition = definition

    def type(self) -> BoundType:
        definition = self._definition
        table = self._schema[definition.table]
        main = self._schema.get("transactionline") if definition.family is Family.TRANSACTION else None
        source = f"{quoted(table.name)} t"
        if main is not None:
            source += ' LEFT JOIN transactionline m ON m."transaction" = t.id AND m.id = 0'
        wanted = [
            *definition.fields,
            *custom_fields(table, self._targets.names),
        ]
        fields = tuple(self._field(each, table, main, "t") for each in wanted)
        return BoundType(
            definition=definition,
            name=definition.name,
            table=table,
            source=source,
            where=definition.where,
            fields=fields,
            by_name=_by_name(fields, definition.name),
            sublists={each.name.lower(): self._sublist(each) for each in definition.sublists},
            subrecords={each.name.lower(): self._subrecord(each, "t") for each in definition.subrecords},
            feature=definition.feature or table.feature,
        )

    def _sublist(self, definition: Sublist) -> BoundSublist:
        table = self._schema[definition.table]
        wanted = [*definition.fields]
        if definition.name == "item":
            wanted.extend(custom_fields(table, self._targets.names))
        fields = tuple(self._field(each, table, None, "l") for each in wanted)
        return BoundSublist(
            definition=definition,
            name=definition.name,
            table=table.name,
            fields=fields,
            by_name=_by_name(fields, f"{self._definition.name}.{definition.name}"),
            subrecords=tuple(self._subrecord(each, "l") for each in definition.subrecords),
            feature=definition.feature or table.feature,
            permission=table.permission if definition.table == "contact" else None,
        )

    def _subrecord(self, definition: Subrecord, owner: str) -> BoundSubrecord:
        table = self._schema[definition.table]
        fields = tuple(self._field(each, table, None, "a") for each in definition.fields)
        return BoundSubrecord(
            definition=definition,
            name=definition.name,
            table=table.name,
            expression=f"{owner}.{quoted(definition.column)}",
            fields=fields,
            by_name=_by_name(fields, definition.name),
        )

    def _field(self, definition: Field, table: Table, main: Table | None, alias: str) -> BoundField:
        column = self._column(definition, table, main)
        match definition.place:
            case Place.ROW:
                expression = f"{alias}.{quoted(definition.column)}"
            case Place.MAIN_LINE:
                expression = f"m.{quoted(definition.column)}"
            case Place.COMPUTED:
                expression = f"({definition.column})"
            case Place.EXTRA | Place.WRITE_ONLY:
                expression = f"json_extract({alias}.extra, '$.{definition.name}')"
        bound = BoundField(
            field=definition,
            name=definition.name,
            kind=definition.kind,
            expression=expression,
            scale=column.scale if column is not None else definition.scale,
            place=definition.place,
            column=definition.column if definition.place in (Place.ROW, Place.MAIN_LINE) else None,
            whole=column is not None and column.kind is Kind.INTEGER,
            feature=definition.feature or (column.feature if column is not None else None),
            permission=column.permission if column is not None else None,
        )
        if definition.kind in (FieldKind.REF, FieldKind.MULTI):
            return self._reference(bound, definition)
        return bound

    def _column(self, definition: Field, table: Table, main: Table | None) -> Column | None:
        if definition.place not in (Place.ROW, Place.MAIN_LINE):
            return None
        where = table if definition.place is Place.ROW else main
        column = where.column(definition.column) if where is not None else None
        if where is None or column is None:
            raise ValueError(f"{self._definition.name}.{definition.name}: no column {definition.column}")
        if column.kind not in _FITTING[definition.kind]:
            raise ValueError(f"{self._definition.name}.{definition.name}: {definition.kind} over {column.kind}")
        return column

    def _reference(self, bound: BoundField, definition: Field) -> BoundField:
        if definition.target is None:
            return bound
        found = self._targets.tables.get(definition.target.lower())
        if found is None:
            raise ValueError(f"{self._definition.name}.{definition.name}: no record type {definition.target}")
        name, key = found
        table = self._schema[name]
        if definition.kind is FieldKind.MULTI:
            return replace(bound, table=name)
        found_by = f"FROM {quoted(name)} d WHERE d.{quoted(key)} = {bound.expression}"
        types = {
            "entity": "d.type",
            "item": "d.itemtype || '/' || COALESCE(d.subtype, '')",
            "transaction": "d.type",
        }
        kind = types.get(name) if definition.target.lower() in FAMILY_TABLES else None
        return replace(
            bound,
            table=name,
            name_expression=f"(SELECT d.{quoted(table.display or key)} {found_by})",
            type_expression=f"(SELECT {kind} {found_by})" if kind else None,
            lookup=f"SELECT d.{quoted(table.display or key)}, {kind or 'NULL'}"
            f" FROM {quoted(name)} d WHERE d.{quoted(key)} = :value",
        )


def _by_name(fields: Iterable[BoundField], owner: str) -> dict[str, BoundField]:
    found: dict[str, BoundField] = {}
    for each in fields:
        name = each.name.lower()
        if name in found:
            raise ValueError(f"{owner} defines {each.name} twice")
        found[name] = each
    return found
