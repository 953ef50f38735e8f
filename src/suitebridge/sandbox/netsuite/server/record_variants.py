"""Record calls that are not a plain read or write: forms, select options, attachments and actions.

Which one is meant stands in the Accept header (article_1217103046, subsect_1544786455) or in the address
(article_0113084334, section_1540811112).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal
from urllib.parse import quote

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records import RecordRefused, RecordService, encode, forms
from suitebridge.sandbox.netsuite.records.access import resolve
from suitebridge.sandbox.netsuite.records.actions import act
from suitebridge.sandbox.netsuite.records.attachments import attach, detach
from suitebridge.sandbox.netsuite.records.errors import nonexistent_resource
from suitebridge.sandbox.netsuite.records.limits import page_window
from suitebridge.sandbox.netsuite.records.option_filters import parse_option_filters
from suitebridge.sandbox.netsuite.records.select_options import chosen_subsidiary, option_fields, options_of
from suitebridge.sandbox.netsuite.records.shapes import Json
from suitebridge.sandbox.netsuite.records.work import WriteOptions
from suitebridge.sandbox.netsuite.server import pages
from suitebridge.sandbox.netsuite.server.errors import SINGULAR_TYPE, Answer, action_error, refused
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.routes import RECORD_PATH

Kind = Literal["create-form", "edit-form", "select-options"]
KINDS: tuple[Kind, ...] = ("create-form", "edit-form", "select-options")
MEDIA_TYPE = "application/vnd.oracle.resource+json; type="

Body = Callable[[], Mapping[str, object]]
"""Reads the request's body when it is wanted. Raises Refused."""

How = Callable[[], WriteOptions]
"""Reads how a body is meant."""


def asked_for(incoming: Incoming) -> Kind | None:
    """The other answer that the Accept header wants, if any."""
    accepted = incoming.headers.get("accept", "").replace(" ", "").lower()
    return next((kind for kind in KINDS if f"type={kind}" in accepted), None)


class RecordVariants:
    """Answers such calls; None for a call that is a plain one. Raises Refused and RecordRefused."""

    def __init__(self, records: RecordService, quirks: Mapping[str, str]) -> None:
        self._records = records
        self._quirks = quirks

    def answer(
        self, incoming: Incoming, segments: Sequence[str], caller: Caller, body: Body, how: How
    ) -> Answer | None:
        """`segments` are the decoded parts of the path after ``/record/v1``."""
        verb = segments[2] if len(segments) > 2 else ""
        if verb.startswith("@"):
            return self._act(incoming, segments, caller)
        if verb.lower() in ("!attach", "!detach"):
            return self._attach(incoming, segments, caller, body)
        if verb.startswith("!") and verb.lower() != "!transform":
            raise nonexistent_resource("/".join(segments[2:]))
        kind = asked_for(incoming)
        if kind is None:
            return None
        return self._other(kind, incoming, segments, caller, body, how)

    def _other(
        self, kind: Kind, incoming: Incoming, segments: Sequence[str], caller: Caller, body: Body, how: How
    ) -> Answer:
        match (kind, incoming.method, len(segments)):
            case ("select-options", "POST", 1) | ("select-options", "PATCH", 2):
                return self._options(incoming, segments, caller, body)
            case ("create-form", "POST", 1):
                bound = resolve(self._records.catalogue, caller, segments[0])
                document = forms.create_form(self._records, caller, bound.name, body(), how(), _view(incoming))
                return _form("create-form", document, _create_links(incoming, bound.name, "create"))
            case ("create-form", "POST", 4) if segments[2].lower() == "!transform":
                record_type, record, _, target = segments
                bound = resolve(self._records.catalogue, caller, record_type)
                given: Mapping[str, object] = body() if incoming.body.strip() else {}
                document = forms.transform_form(
                    self._records, caller, record_type, record, target, given, how(), _view(incoming)
                )
                path = f"{bound.name}/{record}/!transform/{target}"
                return _form("create-form", document, _create_links(incoming, path, "transform"))
            case ("edit-form", "PATCH", 2):
                bound = resolve(self._records.catalogue, caller, segments[0])
                internal_id, document = forms.edit_form(
                    self._records, caller, bound.name, segments[1], body(), how(), _view(incoming)
                )
                return _form("edit-form", document, _edit_links(incoming, bound.name, internal_id))
            case _:
                raise refused(400, "INVALID_HEADER", f"A {kind} cannot be had here.", header="Accept")

    def _options(self, incoming: Incoming, segments: Sequence[str], caller: Caller, body: Body) -> Answer:
        given = incoming.parameters
        bound = resolve(self._records.catalogue, caller, segments[0])
        window = page_window(given.get("limit"), given.get("offset"), self._quirks)
        conditions = parse_option_filters(given.get("q"))
        address = incoming.origin + incoming.path
        document: Json = {"links": [{"rel": "self", "href": _whole(incoming)}]}
        with self._records.reading(caller, incoming.origin + RECORD_PATH) as source:
            internal_id = self._records.find(source, bound, segments[1]) if len(segments) > 1 else None
            named = option_fields(bound, source, given.get("fields"))
            known = {name.lower() for name, _ in named}
            for name in conditions:
                if name not in known:
                    raise refused(400, "INVALID_PARAMETER", f"q names {name}, fields does not.", query_parameter="q")
            subsidiary = chosen_subsidiary(bound, body() if incoming.body else {}, source, internal_id)
            for name, field in named:
                found = options_of(field, source, window, conditions.get(name.lower()), subsidiary)
                page = pages.Window(window.limit, window.offset, named=True)
                links = pages.links(address, page, found.total, has_more=found.has_more, filtered_by=given.get("q"))
                document[name] = found.as_json([_of_field(name, each) for each in links], window)
        return Answer(200, encode(document), f"{MEDIA_TYPE}select-options")

    def _attach(self, incoming: Incoming, segments: Sequence[str], caller: Caller, body: Body) -> Answer:
        if len(segments) != 5:
            raise nonexistent_resource("/".join(segments[2:]))
        record_type, record, verb, kind, attached = segments
        bound = resolve(self._records.catalogue, caller, record_type)
        change = attach if verb.lower() == "!attach" else detach
        given: Mapping[str, object] = body() if incoming.body.strip() else {}
        with self._records.writing(caller, WriteOptions()) as work:
            change(work, bound, record, kind, attached, given)
        return Answer(204)

    def _act(self, incoming: Incoming, segments: Sequence[str], caller: Caller) -> Answer:
        try:
            if len(segments) != 3:
                raise nonexistent_resource("/".join(segments[2:]))
            bound = resolve(self._records.catalogue, caller, segments[0])
            with self._records.writing(caller, WriteOptions()) as work:
                internal_id = act(work, bound, segments[1], segments[2][1:])
        except RecordRefused as refusal:
            one = refusal.details[0]
            return action_error(refusal.status, one.code, one.detail, self._quirks)
        address = f"{incoming.origin}{RECORD_PATH}/{bound.name}/{internal_id}/{segments[2]}"
        return Answer(200, encode({"links": [{"rel": "self", "href": address}], "result": True}), SINGULAR_TYPE)


def _create_links(incoming: Incoming, path: str, saves: str) -> list[Json]:
    address = f"{incoming.origin}{RECORD_PATH}/{path}"
    return [_link("self", "POST", "create-form", address), _link(saves, "POST", "singular", address)]


def _edit_links(incoming: Incoming, record_type: str, internal_id: int) -> list[Json]:
    every = f"{incoming.origin}{RECORD_PATH}/{record_type}"
    one = f"{every}/{internal_id}"
    return [
        _link("self", "PATCH", "edit-form", one),
        _link("edit", "PATCH", "singular", one),
        _link("create", "POST", "singular", every),
        _link("create-form", "POST", "create-form", every),
    ]


def _link(rel: str, method: str, kind: str, href: str) -> Json:
    return {"rel": rel, "method": method, "mediaType": MEDIA_TYPE + kind, "href": href}


def _form(kind: Kind, document: Json, links: Sequence[Json]) -> Answer:
    return Answer(200, encode({**document, "links": list(links)}), MEDIA_TYPE + kind)


def _view(incoming: Incoming) -> forms.FormView:
    given = incoming.parameters
    everything = given.get("expandSubResources", "false").lower()
    if everything not in ("true", "false"):
        text = "expandSubResources must be true or false."
        raise refused(400, "INVALID_PARAMETER", text, query_parameter="expandSubResources")
    named = frozenset(name.strip().lower() for name in given.get("expand", "").split(",") if name.strip())
    return forms.FormView(incoming.origin + RECORD_PATH, given.get("fields"), everything == "true", named)


def _of_field(name: str, link: Mapping[str, str]) -> dict[str, str]:
    address, _, query = link["href"].partition("?")
    return {**link, "href": f"{address}?fields={quote(name, safe='')}&{query}"}


def _whole(incoming: Incoming) -> str:
    address = incoming.origin + incoming.path
    return f"{address}?{incoming.query}" if incoming.query else address
