"""Record types as one OpenAPI 3.0 document (section_1545129726)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records.binding import BoundType, Catalogue
from suitebridge.sandbox.netsuite.records.metadata.operations import (
    COMPONENTS,
    ERROR_SCHEMA,
    OPTIONS_SCHEMA,
    paths_of,
)
from suitebridge.sandbox.netsuite.records.metadata.properties import Dialect
from suitebridge.sandbox.netsuite.records.metadata.schemas import (
    collection_schema,
    link_schema,
    links_property,
    part_schemas,
    record_schema,
    reference_schema,
    references_schema,
)
from suitebridge.sandbox.netsuite.records.metadata.visible import filterable_of, visible_type, visible_types
from suitebridge.sandbox.netsuite.records.shapes import Json

REFERENCE = "nsResource"


def openapi(
    catalogue: Catalogue,
    caller: Caller,
    selected: Sequence[BoundType],
    records: str,
    transforms: Mapping[str, Sequence[str]],
) -> Json:
    """The document of the selected types; every other type is an object without a structure.

    `records` is the address of the record service. `transforms` names by type what its records can be made into.
    """
    seen = {each.name.lower(): each.name for each in visible_types(catalogue, caller)}
    dialect = Dialect(COMPONENTS, REFERENCE, seen)
    schemas = _shared(dialect)
    for name in seen.values():
        schemas[name] = {"type": "object"}
    paths: dict[str, Json] = {}
    for bound in selected:
        schemas[bound.name] = {
            **record_schema(bound, caller, dialect),
            "x-ns-filterable": filterable_of(bound, caller),
        }
        schemas.update(part_schemas(bound, caller, dialect))
        schemas[f"{bound.name}Collection"] = collection_schema(dialect.ref(REFERENCE), read_only=True)
        targets = [each for each in transforms.get(bound.name, ()) if visible_type(catalogue, caller, each)]
        paths.update(paths_of(bound, targets))
    return {
        "openapi": "3.0.1",
        "info": {"title": "NetSuite REST Record API", "version": "v1"},
        "servers": [{"url": records}],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def _shared(dialect: Dialect) -> dict[str, Json]:
    text: Json = {"type": "string"}
    detail: Json = {
        "type": "object",
        "properties": {
            "detail": text,
            **{f"o:error{each}": text for each in ("Code", "Header", "Path", "QueryParam", "Url")},
        },
    }
    return {
        "nsLink": link_schema(),
        REFERENCE: reference_schema(),
        **references_schema(dialect),
        OPTIONS_SCHEMA: {"type": "object", "properties": {"links": links_property()}},
        ERROR_SCHEMA: {
            "type": "object",
            "properties": {
                "type": {"type": "string", "format": "URI"},
                "title": text,
                "status": {"type": "integer", "format": "int32"},
                "o:errorDetails": {"type": "array", "items": detail},
            },
        },
    }
