"""What lies below a record: sublists, lines, subrecords, multi-selects, and hops along references (1545142093)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records.binding import BoundField, BoundSublist, BoundType, quoted
from suitebridge.sandbox.netsuite.records.definitions import FieldKind, Place
from suitebridge.sandbox.netsuite.records.errors import nonexistent_resource
from suitebridge.sandbox.netsuite.records.reading import (
    Source,
    line_documents,
    line_places,
    line_select,
    page,
    several_page,
    subrecord_document,
    target_name,
)
from suitebridge.sandbox.netsuite.records.shapes import Json, Stored


@dataclass(frozen=True, slots=True)
class Hop:
    """A path that goes on at another record: its type, its id, and what is left of the path."""

    record_type: str
    internal_id: int
    rest: tuple[str, ...]


def follow(bound: BoundType, internal_id: int, path: Sequence[str], source: Source, url: str) -> Json | Hop:
    """The document at `path` below the record whose address is `url`, or the record where it goes on.

    Raises RecordRefused (404) for a path that leads nowhere.
    """
    name = path[0].lower()
    sublist = bound.sublists.get(name)
    if sublist is not None and sublist.seen_by(source.caller):
        return _in_sublist(bound, sublist, internal_id, path, source, f"{url}/{sublist.name}")
    subrecord = bound.subrecords.get(name)
    if subrecord is not None and len(path) == 1:
        rows = _cells(bound, internal_id, [subrecord.expression], source)
        found = subrecord_document(subrecord, rows[0], source, f"{url}/{subrecord.name}") if rows else None
        if found is not None:
            return found
    field = bound.by_name.get(name)
    if field is not None and field.seen_by(source.caller):
        if field.kind is FieldKind.MULTI and len(path) == 1:
            value = _cells(bound, internal_id, [field.expression], source)[0]
            return several_page(field, value, source, f"{url}/{field.name}")
        if field.kind is FieldKind.REF:
            return _hop(bound, field, internal_id, path, source)
    raise nonexistent_resource("/".join(path))


def _cells(bound: BoundType, internal_id: int, columns: Sequence[str], source: Source) -> Sequence[Stored]:
    rows = source.rows(
        f"SELECT {', '.join(columns)} FROM {bound.source} WHERE t.{quoted(bound.key)} = :id", {"id": internal_id}
    )
    return rows[0] if rows else [None] * len(columns)


def _hop(bound: BoundType, field: BoundField, internal_id: int, path: Sequence[str], source: Source) -> Hop:
    code = field.type_expression or "NULL"
    value, kind = _cells(bound, internal_id, [field.expression, code], source)
    target = target_name(field, kind, source.catalogue)
    if not isinstance(value, int) or target is None or field.place is Place.WRITE_ONLY:
        raise nonexistent_resource("/".join(path))
    return Hop(target, value, tuple(path[1:]))


def _in_sublist(
    bound: BoundType, sublist: BoundSublist, internal_id: int, path: Sequence[str], source: Source, url: str
) -> Json:
    if len(path) == 1:
        if source.view.expand:
            items = line_documents(bound, sublist, internal_id, source, url)
        else:
            items = line_places(sublist, internal_id, source, url)
        return page(items, url)
    line = path[1]
    if len(path) == 2:
        documents = line_documents(bound, sublist, internal_id, source, url, line)
        if documents:
            return documents[0]
    if len(path) == 3:
        for subrecord in sublist.subrecords:
            if subrecord.name.lower() != path[2].lower():
                continue
            rows = source.rows(line_select(sublist, subrecord.expression, line), {"record": internal_id, "line": line})
            place = f"{url}/{line}/{subrecord.name}"
            found = subrecord_document(subrecord, rows[0][0], source, place) if rows else None
            if found is not None:
                return found
    raise nonexistent_resource("/".join(path))
