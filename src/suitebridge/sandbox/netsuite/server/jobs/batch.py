"""Batches: one call on a record type that stands for up to 100 calls on records (subsect_161252896355).

Every record becomes a task of its own with the options of the whole call.
"""

from __future__ import annotations

from typing import cast
from urllib.parse import parse_qsl, urlencode

import msgspec

from suitebridge.sandbox.netsuite.records import decode
from suitebridge.sandbox.netsuite.server.errors import INVALID_CONTENT, JSON_TYPE, Refused, refused
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.jobs.ids import ids_of
from suitebridge.sandbox.netsuite.server.jobs.model import TaskRequest

LARGEST_BATCH = 100
"""Records in one batch."""

_COLLECTION = "application/vnd.oracle.resource+json"
_OWN_PARAMETERS = frozenset({"ids", "expandRecords"})


class _Collection(msgspec.Struct):
    items: list[msgspec.Raw]


def is_batch(incoming: Incoming, segments: tuple[str, ...]) -> bool:
    """Whether a call means several records. Raises Refused where it means them in a way that cannot be."""
    if incoming.method == "GET":
        return _is_batch_read(incoming, segments)
    if len(segments) != 1:
        return False
    if incoming.method == "DELETE":
        return True
    if is_collection_type(incoming):
        return True
    if incoming.method != "POST" or is_collection(incoming.body):
        raise refused(400, "INVALID_CONTENT", INVALID_CONTENT, header="Content-Type")
    return False


def is_collection_type(incoming: Incoming) -> bool:
    """Whether the body says that it is a collection."""
    media_type, *parameters = (part.strip() for part in incoming.headers.get("content-type", "").lower().split(";"))
    return media_type == _COLLECTION and "type=collection" in (
        part.replace(" ", "").replace('"', "") for part in parameters
    )


def is_collection(body: bytes) -> bool:
    """Whether a body is shaped like a collection, whatever it says it is."""
    try:
        msgspec.json.decode(body, type=_Collection)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def tasks_of(incoming: Incoming, record_type: str, headers: dict[str, str]) -> tuple[TaskRequest, ...]:
    """The calls that a batch stands for, in its order. Raises Refused for a batch that cannot be run at all."""
    query = urlencode([(name, value) for name, value in parse_qsl(incoming.query, True) if name not in _OWN_PARAMETERS])
    if incoming.method in ("GET", "DELETE"):
        wanted = ids_of(incoming.parameters.get("ids", ""))
        if len(wanted) > LARGEST_BATCH:
            raise _too_many("INVALID_PARAMETER", query_parameter="ids")
        return tuple(TaskRequest(incoming.method, (record_type, one), query, headers, b"") for one in wanted)
    try:
        items = msgspec.json.decode(incoming.body, type=_Collection).items
    except (msgspec.DecodeError, RecursionError):
        raise refused(400, "INVALID_CONTENT", INVALID_CONTENT) from None
    if len(items) > LARGEST_BATCH:
        raise _too_many("INVALID_CONTENT", path="items")
    if not items:
        raise refused(400, "INVALID_CONTENT", INVALID_CONTENT, path="items")
    own = {**headers, "content-type": JSON_TYPE}
    return tuple(_task(incoming.method, record_type, bytes(item), query, own, at) for at, item in enumerate(items))


def refuse_synchronous(incoming: Incoming, segments: tuple[str, ...]) -> None:
    """A collection in the body of a call for one record. Raises Refused."""
    if incoming.method == "POST" and len(segments) == 1 and is_collection(incoming.body):
        raise refused(400, "INVALID_CONTENT", INVALID_CONTENT, header="Content-Type")


def refuse_task(task: TaskRequest) -> None:
    """A batch item that says not which record it is about fails alone. Raises Refused."""
    if task.method in ("PATCH", "PUT") and len(task.segments) == 1:
        needed = "externalId" if task.method == "PUT" else "id or externalId"
        raise refused(
            400, "INVALID_CONTENT", f"{INVALID_CONTENT} Provide a value for {needed}.", path=needed.split()[0]
        )


def _is_batch_read(incoming: Incoming, segments: tuple[str, ...]) -> bool:
    given = incoming.parameters
    if not _OWN_PARAMETERS & given.keys():
        return False
    for name in sorted(_OWN_PARAMETERS):
        if len(segments) != 1:
            raise refused(400, "INVALID_PARAMETER", f"Invalid query parameter name: {name}.", query_parameter=name)
    if given.get("expandRecords", "").lower() != "true":
        raise refused(
            400,
            "INVALID_PARAMETER",
            "The query parameter expandRecords must be true where ids is given.",
            query_parameter="expandRecords",
        )
    if "ids" not in given:
        raise refused(
            400, "INVALID_PARAMETER", "The query parameter ids is required with expandRecords.", query_parameter="ids"
        )
    return True


def _task(method: str, record_type: str, item: bytes, query: str, headers: dict[str, str], at: int) -> TaskRequest:
    try:
        record = decode(item)
    except (msgspec.DecodeError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise refused(400, "INVALID_CONTENT", INVALID_CONTENT, path=f"items[{at}]")
    if method == "POST":
        return TaskRequest(method, (record_type,), query, headers, item)
    fields = cast("dict[str, object]", record)
    external = _identifier(fields.get("externalId"))
    internal = _identifier(fields.get("id")) if method == "PATCH" else None
    if internal is not None:
        return TaskRequest(method, (record_type, internal), query, headers, item)
    if external is not None:
        return TaskRequest(method, (record_type, f"eid:{external}"), query, headers, item)
    return TaskRequest(method, (record_type,), query, headers, item)


def _identifier(value: object) -> str | None:
    """An id in a body, which may be a text or a number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value) or None


def _too_many(code: str, *, path: str | None = None, query_parameter: str | None = None) -> Refused:
    text = f"A batch has at most {LARGEST_BATCH} records."
    return refused(400, code, text, path=path, query_parameter=query_parameter)
