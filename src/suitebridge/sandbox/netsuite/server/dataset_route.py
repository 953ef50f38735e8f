"""Datasets over REST: the list of them, and the rows of one (article_0115100241)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.datasets import DATASETS, Dataset
from suitebridge.sandbox.netsuite.server import pages
from suitebridge.sandbox.netsuite.server.errors import COLLECTION_TYPE, Answer, refused
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.routes import DATASET_PATH
from suitebridge.sandbox.netsuite.server.suiteql_route import page_of
from suitebridge.sandbox.netsuite.suiteql.engine import Engine


def answer(
    incoming: Incoming, segments: Sequence[str], caller: Caller, engine: Engine, quirks: Mapping[str, str]
) -> Answer:
    """`segments` are the parts of the path after ``/query/v1/dataset``. Raises Refused."""
    if not segments:
        return _list(incoming, caller, quirks)
    found = DATASETS.get(segments[0].lower())
    if found is None or not found.seen_by(caller) or tuple(segments[1:]) != ("result",):
        raise refused(404, "NOT_FOUND", f"The requested dataset '{'/'.join(segments)}' does not exist.")
    address = f"{incoming.origin}{DATASET_PATH}/{found.id}/result"
    return page_of(found.sql, (), pages.window(incoming.parameters, quirks), address, caller, engine)


def _list(incoming: Incoming, caller: Caller, quirks: Mapping[str, str]) -> Answer:
    page = pages.window(incoming.parameters, quirks)
    seen = [each for each in DATASETS.values() if each.seen_by(caller)]
    shown = seen[page.offset : page.offset + page.limit]
    address = incoming.origin + DATASET_PATH
    has_more = page.offset + len(shown) < len(seen)
    body = {
        "links": pages.links(address, page, len(seen), has_more=has_more),
        "count": len(shown),
        "hasMore": has_more,
        "items": [_item(each, address) for each in shown],
        "offset": page.offset,
        "totalResults": len(seen),
    }
    return Answer(200, json.dumps(body, separators=(",", ":")).encode(), COLLECTION_TYPE)


def _item(dataset: Dataset, address: str) -> dict[str, object]:
    links = [{"rel": "self", "href": f"{address}/{dataset.id}"}]
    return {"links": links, "id": dataset.id, "name": dataset.name}
