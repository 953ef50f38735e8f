"""The metadata catalogue: every record type with the four addresses of its description (section_1540810174)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.shapes import Json

JSON = "application/json"
SWAGGER = "application/swagger+json"
SCHEMA = "application/schema+json"


def links_of(address: str, described: str) -> list[Json]:
    """The addresses of a description, by media type, and of what it describes."""
    return [
        {"rel": "canonical", "href": address, "mediaType": JSON},
        {"rel": "alternate", "href": address, "mediaType": SWAGGER},
        {"rel": "alternate", "href": address, "mediaType": SCHEMA},
        {"rel": "describes", "href": described},
    ]


def catalogue_entry(name: str, records: str, quirks: Mapping[str, str]) -> Json:
    """The entry of a record type; `records` is the address of the record service."""
    address = f"{records}/metadata-catalog/{name}"
    described = f"{records}/{name}" if quirks["metadata-describes"] == "record" else address
    return {"name": name, "links": links_of(address, described)}


def catalogue_entries(types: Iterable[BoundType], records: str, quirks: Mapping[str, str]) -> Json:
    """The entries of these types, in their order."""
    return {"items": [catalogue_entry(each.name, records, quirks) for each in types]}
