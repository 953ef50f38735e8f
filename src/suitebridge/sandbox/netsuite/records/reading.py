"""Records, lines and subrecords from rows: one SELECT each, its cells already in the order of the JSON document."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol, cast

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records.binding import (
    BoundField,
    BoundSublist,
    BoundSubrecord,
    BoundType,
    Catalogue,
    quoted,
)
from suitebridge.sandbox.netsuite.records.definitions import FieldKind, Place
from suitebridge.sandbox.netsuite.records.shapes import Json, Stored, json_scalar, link

Row = tuple[Stored, ...]
Extra = Mapping[str, Stored]

MAX_PLANS = 2_000


@dataclass(frozen=True, slots=True)
class View:
    """How a document is to look: `base_url` ends in `/record/v1`, `today` is the company's day."""

    base_url: str
    zone: tzinfo
    today: str
    expand: bool = False
    simple_enum: bool = False
    nulls: bool = False  # fields without a value as null
    declared: bool = False  # fields in the order of the definition


class Rows(Protocol):
    """The result of a query."""

    def fetchall(self) -> Sequence[object]:
        """All rows, as tuples."""
        ...


class Connection(Protocol):
    """What reading needs of an SQLite connection."""

    def execute(self, statements: str, bindings: Mapping[str, Stored] | None = None) -> Rows:
        """Run a query."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where documents come from: a reading connection, and the record types for the links in them."""

    connection: Connection
    catalogue: Catalogue
    plans: Plans
    caller: Caller
    view: View

    def rows(self, sql: str, bindings: Mapping[str, Stored]) -> list[Row]:
        """The rows of a query."""
        found = self.connection.execute(sql, {**bindings, "today": self.view.today}).fetchall()
        return cast("list[Row]", found)


Cell = Callable[[Row, Extra, Source, str], object]


@dataclass(frozen=True, slots=True)
class Plan:
    """A SELECT list and, by name in the order of the document, what becomes of its columns; `extra` comes last."""

    select: str
    cells: tuple[tuple[str, Cell], ...]
    declared: tuple[tuple[str, Cell], ...]

    def document(self, row: Row, source: Source, url: str, href: str | None = None) -> Json:
        """The JSON object of a row whose own address is `url`."""
        stored = row[-1]
        extra: Extra = json.loads(stored) if isinstance(stored, str) else {}
        document: Json = {"links": link(href or url)}
        for name, cell in self.declared if source.view.declared else self.cells:
            value = cell(row, extra, source, url)
            if value is not None or source.view.nulls:
                document[name] = value
        return document


def plan(
    fields: Iterable[BoundField],
    alias: str,
    *,
    first: Sequence[str] = (),
    more: Iterable[tuple[str, Cell]] = (),
) -> Plan:
    """The plan for these fields; `first` are columns that `more` cells read, in front of the fields' own."""
    columns = list(first)
    cells = list(more)
    for field in fields:
        if field.place is Place.WRITE_ONLY:
            continue
        cells.append((field.name, _cell(field, columns)))
    columns.append(f"{alias}.extra")
    return Plan(", ".join(columns), tuple(sorted(cells, key=_name)), tuple(cells))


def _name(cell: tuple[str, Cell]) -> str:
    return cell[0]


def _cell(field: BoundField, columns: list[str]) -> Cell:
    if field.place is Place.EXTRA:
        return _extra_cell(field)
    at = len(columns)
    columns.append(field.expression)
    if field.kind is FieldKind.REF:
        return _reference_cell(field, at, columns)
    if field.kind is FieldKind.MULTI:
        return lambda row, extra, source, url: several(field, row[at], source, f"{url}/{field.name}")

    def cell(row: Row, extra: Extra, source: Source, url: str) -> object:
        value = row[at]
        return None if value is None else json_scalar(field, value, source.view.zone, source.view.simple_enum)

    return cell


def _extra_cell(field: BoundField) -> Cell:
    name = field.name

    def cell(row: Row, extra: Extra, source: Source, url: str) -> object:
        value = extra.get(name)
        if value is None:
            return None
        if field.kind is FieldKind.REF:
            return looked_up(field, value, source)
        return json_scalar(field, value, source.view.zone, source.view.simple_enum)

    return cell


def _reference_cell(field: BoundField, at: int, columns: list[str]) -> Cell:
    shown = kind = None
    if field.name_expression is not None:
        shown = len(columns)
        columns.append(field.name_expression)
    if field.type_expression is not None:
        kind = len(columns)
        columns.append(field.type_expression)

    def cell(row: Row, extra: Extra, source: Source, url: str) -> object:
        value = row[at]
        if value is None:
            return None
        name = None if shown is None else row[shown]
        return reference(field, value, name, None if kind is None else row[kind], source)

    return cell


def reference(field: BoundField, value: Stored, name: Stored, code: Stored, source: Source) -> Json:
    """A reference as `{links, id, refName}`; a type that REST does not show is linked to the service's root."""
    target = target_name(field, code, source.catalogue)
    href = f"{source.view.base_url}/{target}/{value}" if target else f"{source.view.base_url}/"
    if name is None and field.field.labels:
        name = field.field.labels.get(str(value))
    return {"links": link(href), "id": str(value), "refName": str(value if name is None else name)}


def target_name(field: BoundField, code: Stored, catalogue: Catalogue) -> str | None:
    """The record type that a reference leads to, by the code of the row it points to where it has a family."""
    target = field.field.target
    if target is None:
        return None
    if field.type_expression is None:
        return target
    found = catalogue.of_code(target, str(code))
    return found.name if found is not None else None


def looked_up(field: BoundField, value: Stored, source: Source) -> Json:
    """A reference that no SELECT has joined, such as one in `extra`."""
    rows = source.rows(field.lookup, {"value": value}) if field.lookup else []
    name, code = rows[0] if rows else (None, None)
    return reference(field, value, name, code, source)


def several(field: BoundField, value: Stored, source: Source, url: str) -> Json | None:
    """A multi-select: links alone, or with its items when sub-resources are expanded."""
    if value is None:
        return None
    if not source.view.expand:
        return {"links": link(url)}
    return several_page(field, value, source, url)


def several_page(field: BoundField, value: Stored, source: Source, url: str) -> Json:
    """The references of a multi-select."""
    ids = [int(part) for part in str(value or "").split(",") if part.strip()]
    table = source.catalogue.schema[field.table or ""]
    shown = quoted(table.display or "id")
    wanted = ", ".join(map(str, ids)) or "NULL"
    rows = source.rows(f"SELECT id, {shown} FROM {quoted(table.name)} WHERE id IN ({wanted})", {})
    names = {row[0]: row[1] for row in rows}
    return page([reference(field, each, names.get(each), None, source) for each in ids], url)


def page(items: list[Json], url: str) -> Json:
    """Lines or references with the keys of a page, in alphabetical order after the links."""
    count = len(items)
    return {
        "links": link(url),
        "count": count,
        "hasMore": False,
        "items": items,
        "offset": 0,
        "totalResults": count,
    }


class Plans:
    """Plans made once per record type, caller's sight and fields, and kept."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], Plan] = {}

    def _keep(self, key: tuple[object, ...], made: Plan) -> Plan:
        if len(self._kept) >= MAX_PLANS:
            # Callers choose the fields; whoever tries all of them only makes plans anew.
            self._kept.clear()
        self._kept[key] = made
        return made

    def record(self, bound: BoundType, caller: Caller, names: frozenset[str] | None) -> Plan:
        """The plan of a record with all that the caller sees, or with these lower-case names alone."""
        key = ("record", bound.name, names, caller.features, caller.permissions)
        found = self._kept.get(key)
        return found or self._keep(key, _record_plan(bound, caller, names))

    def lines(self, bound: BoundType, sublist: BoundSublist, caller: Caller) -> Plan:
        """The plan of a sublist's lines; the first column is the line's place in a path."""
        key = ("lines", bound.name, sublist.name, caller.features, caller.permissions)
        found = self._kept.get(key)
        return found or self._keep(key, _line_plan(sublist, caller))

    def subrecord(self, subrecord: BoundSubrecord) -> Plan:
        """The plan of a subrecord."""
        key = ("subrecord", subrecord.table)
        found = self._kept.get(key)
        return found or self._keep(key, _subrecord_plan(subrecord))


def _record_plan(bound: BoundType, caller: Caller, names: frozenset[str] | None) -> Plan:
    fields = [each for each in bound.fields if each.seen_by(caller) and (names is None or each.name.lower() in names)]
    first = [f"t.{quoted(bound.key)}"]
    more: list[tuple[str, Cell]] = []
    if names is None or "id" in names:
        more.append(("id", lambda row, extra, source, url: str(row[0])))
    for key, subrecord in bound.subrecords.items():
        if names is None or key in names:
            more.append((subrecord.name, subrecord_cell(subrecord, len(first))))
            first.append(subrecord.expression)
    for key, sublist in bound.sublists.items():
        if sublist.seen_by(caller) and (names is None or key in names):
            more.append((sublist.name, _sublist_cell(bound, sublist)))
    return plan(fields, "t", first=first, more=more)


def _line_plan(sublist: BoundSublist, caller: Caller) -> Plan:
    first = [sublist.definition.path]
    more: list[tuple[str, Cell]] = []
    for subrecord in sublist.subrecords:
        more.append((subrecord.name, subrecord_cell(subrecord, len(first))))
        first.append(subrecord.expression)
    fields = [each for each in sublist.fields if each.seen_by(caller)]
    return plan(fields, "l", first=first, more=more)


def _subrecord_plan(subrecord: BoundSubrecord) -> Plan:
    return plan(subrecord.fields, "a")


def subrecord_cell(subrecord: BoundSubrecord, at: int) -> Cell:
    """A subrecord as links, or expanded; absent where there is none."""

    def cell(row: Row, extra: Extra, source: Source, url: str) -> object:
        nkey = row[at]
        if nkey is None:
            return None
        place = f"{url}/{subrecord.name}"
        return subrecord_document(subrecord, nkey, source, place) if source.view.expand else {"links": link(place)}

    return cell


def subrecord_document(subrecord: BoundSubrecord, nkey: Stored, source: Source, url: str) -> Json | None:
    """The subrecord with that nkey."""
    plan_ = source.plans.subrecord(subrecord)
    rows = source.rows(f"SELECT {plan_.select} FROM {quoted(subrecord.table)} a WHERE a.nkey = :nkey", {"nkey": nkey})
    return plan_.document(rows[0], source, url) if rows else None


def _sublist_cell(bound: BoundType, sublist: BoundSublist) -> Cell:
    def cell(row: Row, extra: Extra, source: Source, url: str) -> object:
        place = f"{url}/{sublist.name}"
        if not source.view.expand:
            return {"links": link(place)}
        return page(line_documents(bound, sublist, row[0], source, place), place)

    return cell


def line_documents(
    bound: BoundType, sublist: BoundSublist, record: Stored, source: Source, url: str, line: str | None = None
) -> list[Json]:
    """The lines of a record's sublist as documents, or the one whose place in a path is `line`."""
    plan_ = source.plans.lines(bound, sublist, source.caller)
    rows = source.rows(line_select(sublist, plan_.select, line), {"record": record, "line": line})
    return [plan_.document(row, source, f"{url}/{row[0]}") for row in rows]


def line_places(sublist: BoundSublist, record: Stored, source: Source, url: str) -> list[Json]:
    """The lines of a record's sublist as links alone."""
    rows = source.rows(line_select(sublist, sublist.definition.path, None), {"record": record})
    return [{"links": link(f"{url}/{row[0]}")} for row in rows]


def line_select(sublist: BoundSublist, select: str, line: str | None) -> str:
    """The SELECT over a sublist's rows; it wants `:record`, and `:line` where one line is asked for."""
    definition = sublist.definition
    conditions = [definition.members or f"l.{quoted(definition.parent)} = :record"]
    if definition.where:
        conditions.append(definition.where)
    if line is not None:
        conditions.append(f"{definition.path} = :line")
    order = f" ORDER BY {definition.order}" if definition.order else ""
    return f"SELECT {select} FROM {quoted(sublist.table)} l WHERE {' AND '.join(conditions)}{order}"
