"""What REST records look like, told to clients: the catalogue, JSON Schema and OpenAPI (section_1540810174).

All of it is made from the definitions that validate, as one caller sees them.
"""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.metadata.catalogue import catalogue_entries, catalogue_entry, links_of
from suitebridge.sandbox.netsuite.records.metadata.json_schema import json_schema
from suitebridge.sandbox.netsuite.records.metadata.openapi import openapi
from suitebridge.sandbox.netsuite.records.metadata.visible import visible_type, visible_types

__all__ = [
    "catalogue_entries",
    "catalogue_entry",
    "json_schema",
    "links_of",
    "openapi",
    "visible_type",
    "visible_types",
]
