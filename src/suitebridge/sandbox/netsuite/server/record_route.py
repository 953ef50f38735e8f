"""REST record calls: from a request to the record service and back (section_1545142173, section_1545222128)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import msgspec

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records import RecordRefused, RecordService, WriteResult, decode, encode
from suitebridge.sandbox.netsuite.records.service import write_options
from suitebridge.sandbox.netsuite.server import pages
from suitebridge.sandbox.netsuite.server.errors import (
    COLLECTION_TYPE,
    INVALID_CONTENT,
    JSON_TYPE,
    MALFORMED,
    SINGULAR_TYPE,
    Answer,
    ErrorDetail,
    Refused,
    refused,
)
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.record_variants import RecordVariants
from suitebridge.sandbox.netsuite.server.routes import RECORD_PATH

NAME_VALIDATION = "x-netsuite-propertynamevalidation"
VALUE_VALIDATION = "x-netsuite-propertyvaluevalidation"
WARNINGS = "X-NetSuite-PropertyValidation"
TRANSFORM = "!transform"


class RecordRoute:
    """Answers calls under ``/record/v1``. `segments` are the decoded parts of the path after it."""

    def __init__(self, records: RecordService, quirks: Mapping[str, str]) -> None:
        self._records = records
        self._quirks = quirks
        self._variants = RecordVariants(records, quirks)

    def __call__(self, incoming: Incoming, segments: Sequence[str], caller: Caller) -> Answer:
        """Raises Refused."""
        try:
            other = self._variants.answer(
                incoming, segments, caller, lambda: _body(incoming), lambda: write_options(*_how(incoming))
            )
            if other is not None:
                return other
            if len(segments) == 1:
                return self._on_type(incoming, segments[0], caller)
            if len(segments) == 4 and segments[2] == TRANSFORM:
                return self._transform(incoming, segments, caller)
            if len(segments) == 2:
                return self._on_record(incoming, segments[0], segments[1], caller)
            return self._below(incoming, segments, caller)
        except RecordRefused as refusal:
            details = [
                ErrorDetail(one.code, one.detail, one.path, one.header, one.query_param) for one in refusal.details
            ]
            raise Refused(refusal.status, details) from refusal

    def _on_type(self, incoming: Incoming, record_type: str, caller: Caller) -> Answer:
        if incoming.method == "GET":
            return self._list(incoming, record_type, caller)
        if incoming.method != "POST":
            raise refused(400, "INVALID_REQUEST", MALFORMED)
        done = self._records.create(
            caller,
            record_type,
            _body(incoming),
            _replaced(incoming),
            incoming.headers.get(NAME_VALIDATION, "warning"),
            incoming.headers.get(VALUE_VALIDATION, "error"),
        )
        return self._written(incoming, caller, record_type, done)

    def _on_record(self, incoming: Incoming, record_type: str, record: str, caller: Caller) -> Answer:
        match incoming.method:
            case "GET":
                given = incoming.parameters
                document = self._records.get(
                    caller,
                    record_type,
                    record,
                    given.get("fields"),
                    _flag(given, "expandSubResources"),
                    _flag(given, "simpleEnumFormat"),
                    incoming.origin + RECORD_PATH,
                )
                return Answer(200, encode(document), SINGULAR_TYPE)
            case "DELETE":
                self._records.delete(caller, record_type, record)
                return Answer(204)
            case "PUT":
                if not record.lower().startswith("eid:"):
                    raise refused(int(self._quirks["put-internal-id"]), "INVALID_REQUEST", MALFORMED)
                done = self._records.upsert(caller, record_type, record, _body(incoming), *_how(incoming))
                if done.created or self._quirks["upsert-location"] == "always":
                    return self._written(incoming, caller, record_type, done)
                return Answer(204, headers=_warnings(done))
            case _:
                done = self._records.update(caller, record_type, record, _body(incoming), *_how(incoming))
                return self._written(incoming, caller, record_type, done)

    def _transform(self, incoming: Incoming, segments: Sequence[str], caller: Caller) -> Answer:
        record_type, record, _, target = segments
        replaced, _, names, values = _how(incoming)
        # An empty body takes everything over as it is.
        body: Mapping[str, object] = _body(incoming) if incoming.body.strip() else {}
        done = self._records.transform(caller, record_type, record, target, body, replaced, names, values)
        return self._written(incoming, caller, target, done)

    def _below(self, incoming: Incoming, segments: Sequence[str], caller: Caller) -> Answer:
        given = incoming.parameters
        document = self._records.get_sub(
            caller,
            segments[0],
            segments[1],
            segments[2:],
            _flag(given, "expandSubResources"),
            _flag(given, "simpleEnumFormat"),
            incoming.origin + RECORD_PATH,
        )
        return Answer(200, encode(document), COLLECTION_TYPE if "items" in document else SINGULAR_TYPE)

    def _list(self, incoming: Incoming, record_type: str, caller: Caller) -> Answer:
        given = incoming.parameters
        for name in ("ids", "expandRecords"):
            if name in given:
                raise refused(400, "INVALID_PARAMETER", "Batch operations are asynchronous only.", query_parameter=name)
        q = given.get("q")
        found = self._records.list(caller, record_type, q, given.get("limit"), given.get("offset"))
        address = f"{incoming.origin}{RECORD_PATH}/{self._spelled(caller, record_type)}"
        window = pages.Window(found.limit, found.offset, named=True)
        kept = q if self._quirks["filtered-links"] == "keep" else None
        body = {
            "links": pages.links(address, window, found.total, has_more=found.has_more, filtered_by=kept),
            "count": len(found.ids),
            "hasMore": found.has_more,
            "offset": found.offset,
            "totalResults": found.total,
            "items": [{"links": [{"rel": "self", "href": f"{address}/{one}"}], "id": str(one)} for one in found.ids],
        }
        return Answer(200, encode(body), COLLECTION_TYPE)

    def _written(self, incoming: Incoming, caller: Caller, record_type: str, done: WriteResult) -> Answer:
        spelled = self._spelled(caller, record_type)
        location = f"{incoming.origin}{RECORD_PATH}/{spelled}/{done.internal_id}"
        return Answer(204, headers=(("Location", location), *_warnings(done)))

    def _spelled(self, caller: Caller, record_type: str) -> str:
        own = self._records.type_name(caller, record_type)
        return record_type if self._quirks["link-type-case"] == "request" else own


def _body(incoming: Incoming) -> Mapping[str, object]:
    if incoming.content_type != JSON_TYPE:
        raise refused(400, "INVALID_CONTENT", INVALID_CONTENT)
    try:
        body = decode(incoming.body)
    except msgspec.DecodeError:
        raise refused(400, "INVALID_CONTENT", INVALID_CONTENT) from None
    if not isinstance(body, dict):
        raise refused(400, "INVALID_CONTENT", INVALID_CONTENT)
    return cast("dict[str, object]", body)


def _how(incoming: Incoming) -> tuple[list[str], bool, str, str]:
    return (
        _replaced(incoming),
        _flag(incoming.parameters, "replaceSelectedFields"),
        incoming.headers.get(NAME_VALIDATION, "warning"),
        incoming.headers.get(VALUE_VALIDATION, "error"),
    )


def _replaced(incoming: Incoming) -> list[str]:
    return [name for name in incoming.parameters.get("replace", "").split(",") if name.strip()]


def _flag(parameters: Mapping[str, str], name: str) -> bool:
    text = parameters.get(name, "false").lower()
    if text not in ("true", "false"):
        raise refused(400, "INVALID_PARAMETER", f"{name} must be true or false.", query_parameter=name)
    return text == "true"


def _warnings(done: WriteResult) -> tuple[tuple[str, str], ...]:
    # A header is one line of printable signs, whatever a field was called.
    text = " ".join(", ".join(done.warnings).split()).encode("unicode_escape").decode("ascii")
    return ((WARNINGS, text),) if done.warnings else ()
