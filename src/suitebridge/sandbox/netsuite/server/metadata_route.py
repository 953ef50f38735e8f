"""The metadata catalogue over HTTP: which description an address and its Accept header ask for (section_1540810174)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records import RecordService, encode
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.registry import TRANSFORMS
from suitebridge.sandbox.netsuite.records.metadata import (
    catalogue_entries,
    catalogue_entry,
    json_schema,
    links_of,
    openapi,
    visible_type,
    visible_types,
)
from suitebridge.sandbox.netsuite.server.errors import JSON_TYPE, MALFORMED, Answer, refused
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.routes import METADATA_PATH, RECORD_PATH

SWAGGER_TYPE = "application/swagger+json"
SCHEMA_TYPE = "application/schema+json"


class MetadataRoute:
    """Answers calls under ``/record/v1/metadata-catalog``; the first of the `segments` is that name."""

    def __init__(self, records: RecordService, quirks: Mapping[str, str]) -> None:
        self._records = records
        self._quirks = quirks

    def __call__(self, incoming: Incoming, segments: Sequence[str], caller: Caller) -> Answer:
        """Raises Refused."""
        if len(segments) == 1:
            return self._catalogue(incoming, caller)
        name = segments[1]
        if len(segments) > 2 or "," in name or " " in name:
            raise refused(400, "INVALID_REQUEST", MALFORMED)
        return self._one(incoming, caller, name)

    def _catalogue(self, incoming: Incoming, caller: Caller) -> Answer:
        wanted = incoming.parameters.get("select")
        everything = visible_types(self._records.catalogue, caller)
        chosen = everything if wanted is None else self._selected(caller, wanted)
        if _accepts(incoming, SWAGGER_TYPE):
            return self._openapi(incoming, caller, chosen)
        records = incoming.origin + RECORD_PATH
        if wanted is None:
            return _json(catalogue_entries(chosen, records, self._quirks))
        if len(chosen) == 1:
            return self._one(incoming, caller, chosen[0].name)
        if self._quirks["metadata-select-several"] == "items":
            return _json(catalogue_entries(chosen, records, self._quirks))
        address = f"{incoming.origin}{METADATA_PATH}?select={','.join(each.name for each in chosen)}"
        return _json({"links": links_of(address, address)})

    def _selected(self, caller: Caller, wanted: str) -> list[BoundType]:
        names = [name.strip() for name in wanted.split(",") if name.strip()]
        found: dict[str, BoundType] = {}
        for name in names:
            bound = visible_type(self._records.catalogue, caller, name)
            if bound is None:
                text = f"Record type '{name}' does not exist."
                raise refused(400, "INVALID_PARAMETER", text, query_parameter="select")
            found[bound.name] = bound
        if not found:
            text = "The query parameter select must name record types."
            raise refused(400, "INVALID_PARAMETER", text, query_parameter="select")
        return list(found.values())

    def _one(self, incoming: Incoming, caller: Caller, name: str) -> Answer:
        bound = visible_type(self._records.catalogue, caller, name)
        if _accepts(incoming, SCHEMA_TYPE):
            schema = json_schema(self._records.catalogue, caller, name, METADATA_PATH)
            if schema is not None:
                return Answer(200, encode(schema), SCHEMA_TYPE)
        elif bound is not None and _accepts(incoming, SWAGGER_TYPE):
            return self._openapi(incoming, caller, [bound])
        elif bound is not None:
            return _json(catalogue_entry(bound.name, incoming.origin + RECORD_PATH, self._quirks))
        elif json_schema(self._records.catalogue, caller, name, METADATA_PATH) is not None:
            return _json(catalogue_entry(name, incoming.origin + RECORD_PATH, self._quirks))
        raise refused(404, "NOT_FOUND", f"Record type '{name}' does not exist.")

    def _openapi(self, incoming: Incoming, caller: Caller, chosen: Sequence[BoundType]) -> Answer:
        address = incoming.origin + RECORD_PATH
        transforms: dict[str, list[str]] = {}
        for source, target in TRANSFORMS:
            transforms.setdefault(source, []).append(target)
        document = openapi(self._records.catalogue, caller, chosen, address, transforms)
        return Answer(200, encode(document), SWAGGER_TYPE)


def _accepts(incoming: Incoming, media_type: str) -> bool:
    given = (part.partition(";")[0].strip().lower() for part in incoming.headers.get("accept", "").split(","))
    return media_type in given


def _json(document: object) -> Answer:
    return Answer(200, encode(document), JSON_TYPE)
