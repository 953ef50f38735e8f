"""SuiteQL over REST (section_157909186990, section_156257790831): the request's form and the answer's envelope."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import cast

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.server import pages
from suitebridge.sandbox.netsuite.server.errors import (
    COLLECTION_TYPE,
    INVALID_CONTENT,
    JSON_TYPE,
    Answer,
    Refused,
    refused,
    unexpected,
)
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.routes import SUITEQL_PATH
from suitebridge.sandbox.netsuite.suiteql.engine import Engine
from suitebridge.sandbox.netsuite.suiteql.errors import SuiteQLRefused


def answer(incoming: Incoming, caller: Caller, engine: Engine, quirks: Mapping[str, str]) -> Answer:
    """Run the query of a request. Raises Refused."""
    _check_preferences(incoming, quirks)
    page = pages.window(incoming.parameters, quirks)
    sql, params = query_of(incoming)
    return page_of(sql, params, page, incoming.origin + SUITEQL_PATH, caller, engine)


def page_of(
    sql: str, params: Sequence[object], page: pages.Window, address: str, caller: Caller, engine: Engine
) -> Answer:
    """A page of a query's rows in its envelope; the links lead to `address`. Raises Refused."""
    try:
        found = engine.run(sql, params, page.limit, page.offset, caller)
    except SuiteQLRefused as refusal:
        if refusal.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            raise unexpected() from refusal
        place = refusal.query_param
        raise refused(refusal.status, refusal.code, refusal.detail, query_parameter=place) from refusal
    head = json.dumps(
        {
            "links": pages.links(address, page, found.total, has_more=found.has_more),
            "count": found.count,
            "hasMore": found.has_more,
        },
        separators=(",", ":"),
    ).encode()
    tail = b',"offset":%d,"totalResults":%d}' % (page.offset, found.total)
    return Answer(200, b"".join((head[:-1], b',"items":', found.items, tail)), COLLECTION_TYPE)


def _check_preferences(incoming: Incoming, quirks: Mapping[str, str]) -> None:
    if quirks["suiteql-transient"] == "require" and not incoming.prefers("transient"):
        raise _bad_preference("The required header Prefer is missing or has an invalid value. Provide 'transient'.")
    if quirks["suiteql-respond-async"] == "refuse" and incoming.prefers("respond-async"):
        raise _bad_preference("Asynchronous execution is not supported for queries.")


def _bad_preference(why: str) -> Refused:
    return refused(400, "INVALID_HEADER", why, header="Prefer")


def query_of(incoming: Incoming) -> tuple[str, list[object]]:
    """The query text and its parameters. Raises Refused."""
    if incoming.content_type != JSON_TYPE:
        raise _bad_content()
    try:
        body: object = json.loads(incoming.body)
    except (ValueError, RecursionError):
        raise _bad_content() from None
    if not isinstance(body, dict):
        raise _bad_content()
    fields = cast("dict[str, object]", body)
    sql, params = fields.get("q"), fields.get("params", [])
    if not isinstance(sql, str) or not isinstance(params, list) or fields.keys() - {"q", "params"}:
        raise _bad_content()
    values = cast("list[object]", params)
    if not all(isinstance(value, str | int | float) for value in values):
        raise _bad_content()
    return sql, values


def _bad_content() -> Refused:
    return refused(400, "INVALID_CONTENT", INVALID_CONTENT)
