"""One schema as JSON Schema, draft 6 (article_159376696474)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records.binding import BoundType, Catalogue
from suitebridge.sandbox.netsuite.records.metadata.properties import Dialect
from suitebridge.sandbox.netsuite.records.metadata.schemas import (
    part_schemas,
    record_schema,
    reference_schema,
    references_schema,
)
from suitebridge.sandbox.netsuite.records.metadata.visible import filterable_of, visible_type
from suitebridge.sandbox.netsuite.records.shapes import Json

DRAFT = "https://json-schema.org/draft-06/hyper-schema#"
REFERENCE = "nsLink"


def json_schema(catalogue: Catalogue, caller: Caller, name: str, path: str) -> Json | None:
    """The schema of a record type, of one of its parts or of a reference; None where the caller has none.

    `path` is the catalogue's, under which the schemas refer to each other.
    """
    found = _schema(catalogue, caller, name, Dialect(f"{path}/", REFERENCE, {}))
    return None if found is None else {"$schema": DRAFT, **found}


def _schema(catalogue: Catalogue, caller: Caller, name: str, dialect: Dialect) -> Json | None:
    if name.lower() == REFERENCE.lower():
        return reference_schema()
    for shared, schema in references_schema(dialect).items():
        if name.lower() == shared.lower():
            return schema
    bound = visible_type(catalogue, caller, name.split("-", 1)[0])
    if bound is None:
        return None
    if "-" in name:
        return _part(bound, caller, dialect, name)
    return {**record_schema(bound, caller, dialect), "x-ns-filterable": filterable_of(bound, caller)}


def _part(bound: BoundType, caller: Caller, dialect: Dialect, name: str) -> Json | None:
    parts = part_schemas(bound, caller, dialect)
    return next((schema for part, schema in parts.items() if part.lower() == name.lower()), None)
