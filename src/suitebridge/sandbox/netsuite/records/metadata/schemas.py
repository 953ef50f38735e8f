"""The schemas of a record, its sublists and subrecords, and of what all records share (article_159376696474)."""

from __future__ import annotations

from collections.abc import Iterable

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records.binding import BoundSublist, BoundSubrecord, BoundType
from suitebridge.sandbox.netsuite.records.metadata.properties import REFERENCES, Dialect, property_of
from suitebridge.sandbox.netsuite.records.metadata.visible import fields_of, line_fields_of, sublists_of
from suitebridge.sandbox.netsuite.records.shapes import Json


def sublist_schema_names(bound: BoundType, sublist: BoundSublist) -> tuple[str, str]:
    """What the schemas of a sublist and of one of its lines are called."""
    stem = f"{bound.name}-{sublist.name}"
    return f"{stem}Collection", f"{stem}Element"


def record_schema(bound: BoundType, caller: Caller, dialect: Dialect) -> Json:
    """The record itself."""
    read_only = not bound.definition.writable
    properties: Json = {
        "id": {"title": "Internal ID", "type": "string", "nullable": True},
        "refName": {"title": "Reference Name", "type": "string", "nullable": True},
        "links": links_property(),
    }
    for field in fields_of(bound, caller):
        properties[field.name] = property_of(field, dialect, read_only=read_only)
    for subrecord in bound.subrecords.values():
        properties[subrecord.name] = _inside(
            dialect, f"{bound.name}-{subrecord.name}", subrecord.name, read_only=read_only
        )
    for sublist in sublists_of(bound, caller):
        name, _ = sublist_schema_names(bound, sublist)
        fixed = read_only or not sublist.definition.writable
        properties[sublist.name] = _inside(dialect, name, sublist.name, read_only=fixed)
    return _object(properties)


def part_schemas(bound: BoundType, caller: Caller, dialect: Dialect) -> dict[str, Json]:
    """The schemas of a record's sublists and subrecords by name."""
    read_only = not bound.definition.writable
    found: dict[str, Json] = {}
    for subrecord in bound.subrecords.values():
        found[f"{bound.name}-{subrecord.name}"] = _subrecord(subrecord, dialect, read_only)
    for sublist in sublists_of(bound, caller):
        collection, element = sublist_schema_names(bound, sublist)
        fixed = read_only or not sublist.definition.writable
        found[collection] = collection_schema(dialect.ref(element), fixed)
        found[element] = _line(bound, sublist, caller, dialect, fixed)
        for subrecord in sublist.subrecords:
            name = f"{bound.name}-{sublist.name}-{subrecord.name}"
            found[name] = _subrecord(subrecord, dialect, fixed)
    return found


def collection_schema(element: str, read_only: bool = False) -> Json:
    """A page of what `element` points to."""
    items: Json = {"type": "array", "items": {"$ref": element}}
    whole: Json = {"type": "integer", "format": "int64", "readOnly": True}
    return _object(
        {
            "links": links_property(),
            "count": {"title": "Count", **whole},
            "hasMore": {"title": "Has More Results", "type": "boolean", "readOnly": True},
            "items": {**items, "readOnly": True} if read_only else items,
            "offset": {"title": "Offset", **whole},
            "totalResults": {"title": "Total Results", **whole},
        }
    )


def reference_schema() -> Json:
    """A reference to a record."""
    return _object(
        {
            "id": {"title": "Internal Identifier", "type": "string"},
            "refName": {"title": "Reference Name", "type": "string"},
            "externalId": {"title": "External Identifier", "type": "string"},
            "links": links_property(),
        }
    )


def references_schema(dialect: Dialect) -> dict[str, Json]:
    """What a multi-select holds, by name."""
    return {REFERENCES: collection_schema(dialect.ref(dialect.reference))}


def link_schema() -> Json:
    """One link."""
    return _object(
        {
            "rel": {"title": "Relationship", "type": "string", "readOnly": True},
            "href": {"title": "Hypertext Reference", "type": "string", "format": "URI", "readOnly": True},
        }
    )


def links_property() -> Json:
    """The `links` that everything with an address has."""
    return {"title": "Links", "type": "array", "readOnly": True, "items": link_schema()}


def _line(bound: BoundType, sublist: BoundSublist, caller: Caller, dialect: Dialect, read_only: bool) -> Json:
    keys = {each.lower() for each in sublist.definition.key}
    properties: Json = {"links": links_property()}
    for field in line_fields_of(sublist, caller):
        key = not read_only and field.name.lower() in keys
        properties[field.name] = property_of(field, dialect, read_only=read_only, key=key)
    for subrecord in sublist.subrecords:
        name = f"{bound.name}-{sublist.name}-{subrecord.name}"
        properties[subrecord.name] = _inside(dialect, name, subrecord.name, read_only=read_only)
    return _object(properties)


def _subrecord(subrecord: BoundSubrecord, dialect: Dialect, read_only: bool) -> Json:
    properties: Json = {"links": links_property()}
    for field in subrecord.fields:
        properties[field.name] = property_of(field, dialect, read_only=read_only)
    return _object(properties)


def _inside(dialect: Dialect, schema: str, name: str, *, read_only: bool) -> Json:
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in name)
    found: Json = {"title": spaced[:1].upper() + spaced[1:], "$ref": dialect.ref(schema), "nullable": True}
    return {**found, "readOnly": True} if read_only else found


def _object(properties: Json) -> Json:
    return {"type": "object", "properties": dict(_sorted(properties.items()))}


def _sorted(properties: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    return sorted(properties, key=lambda each: each[0].lower())
