"""Forms: what a record would be like if it were saved, with nothing saved (article_1217103046).

A form is the write itself, read back and taken back, so that it shows what saving would compute. A body that lacks
what a record must have is no fault here: the form then shows what was sent and what a new record has anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records import writing
from suitebridge.sandbox.netsuite.records.access import resolve
from suitebridge.sandbox.netsuite.records.binding import BoundField, BoundSubrecord, BoundType, quoted
from suitebridge.sandbox.netsuite.records.definitions import FieldKind, Place
from suitebridge.sandbox.netsuite.records.errors import RESOURCE, RecordRefused, invalid_parameter
from suitebridge.sandbox.netsuite.records.external_ids import record_id
from suitebridge.sandbox.netsuite.records.order_draft import MANDATORY
from suitebridge.sandbox.netsuite.records.reading import Source, looked_up, page, several
from suitebridge.sandbox.netsuite.records.service import RecordService
from suitebridge.sandbox.netsuite.records.shapes import Json, json_scalar, link
from suitebridge.sandbox.netsuite.records.validation import Parsed, inactive_references, parse
from suitebridge.sandbox.netsuite.records.work import Work, WriteOptions

_INCOMPLETE = (f"{RESOURCE}Please enter value(s) for:", RESOURCE + MANDATORY)
_NUMBERED = frozenset({"id", "transactionNumber", "tranId"})
"""What only a save gives."""


@dataclass(frozen=True, slots=True)
class FormView:
    """What of a form is wanted: `fields` and `expand` are the query parameters."""

    base_url: str
    fields: str | None = None
    expand_all: bool = False
    expand: frozenset[str] = frozenset()


Saving = Callable[[Work], int]
"""A write that gives the internal id of what it has written."""


class _Taken(Exception):
    """Takes a write back once its outcome has been read."""

    def __init__(self, document: Json) -> None:
        super().__init__()
        self.document = document


def create_form(
    service: RecordService,
    caller: Caller,
    record_type: str,
    body: Mapping[str, object],
    options: WriteOptions,
    view: FormView,
) -> Json:
    """The form of a new record with the body's values in it."""
    bound = resolve(service.catalogue, caller, record_type)

    def save(work: Work) -> int:
        return writing.create(work, bound, body).internal_id

    try:
        return unsaved(service, caller, bound, save, options, view)
    except RecordRefused as refusal:
        others = [each for each in refusal.details if not each.detail.startswith(_INCOMPLETE)]
        if others:
            raise RecordRefused(refusal.status, others) from None
    return _seeded(service, caller, bound, body, options, view)


def edit_form(
    service: RecordService,
    caller: Caller,
    record_type: str,
    record: str,
    body: Mapping[str, object],
    options: WriteOptions,
    view: FormView,
) -> tuple[int, Json]:
    """The internal id of a record, and the form that changes it with the body's values in it."""
    bound = resolve(service.catalogue, caller, record_type)
    with service.reading(caller, view.base_url) as source:
        internal_id = service.find(source, bound, record)

    def save(work: Work) -> int:
        return writing.update(work, bound, record_id(record), body).internal_id

    return internal_id, unsaved(service, caller, bound, save, options, view, internal_id)


def transform_form(
    service: RecordService,
    caller: Caller,
    record_type: str,
    record: str,
    target: str,
    body: Mapping[str, object],
    options: WriteOptions,
    view: FormView,
) -> Json:
    """The form of the record that a transformation makes, with the body's values in it."""
    source, bound = (resolve(service.catalogue, caller, name) for name in (record_type, target))

    def save(work: Work) -> int:
        return writing.transform(work, source, record_id(record), bound, body).internal_id

    return unsaved(service, caller, bound, save, options, view)


def unsaved(
    service: RecordService,
    caller: Caller,
    bound: BoundType,
    save: Saving,
    options: WriteOptions,
    view: FormView,
    kept: int | None = None,
) -> Json:
    """The record of that type that `save` writes, read and taken back; `kept` is its id where it was there before."""
    names = _names(bound, caller, view)
    try:
        with service.writing(caller, options) as work:
            # Numbers of documents are counted outside the store, where nothing is taken back.
            tried = replace(work, numbers=dict(work.numbers))
            internal_id = save(tried)
            _read(service.source_within(tried, view.base_url, _expands(view)), bound, internal_id, names, view, kept)
    except _Taken as taken:
        return taken.document


def _read(
    source: Source, bound: BoundType, internal_id: int, names: frozenset[str] | None, view: FormView, kept: int | None
) -> NoReturn:
    plan = source.plans.record(bound, source.caller, names)
    sql = f"SELECT {plan.select} FROM {bound.source} WHERE t.{quoted(bound.key)} = :id"
    rows = source.rows(sql, {"id": internal_id})
    url = _url(bound, view, kept)
    document = plan.document(rows[0], source, url)
    if kept is None:
        moments = {bound.definition.created, bound.definition.modified}
        stamped = {each.name for each in bound.fields if each.column in moments and each.column is not None}
        for name in _NUMBERED | stamped:
            document.pop(name, None)
    raise _Taken(_folded(document, bound, view, url))


def _seeded(
    service: RecordService,
    caller: Caller,
    bound: BoundType,
    body: Mapping[str, object],
    options: WriteOptions,
    view: FormView,
) -> Json:
    names = _names(bound, caller, view)
    try:
        with service.writing(caller, options) as work:
            parsed = parse(bound, body, work.rules())
            faults = [*parsed.faults, *(each.fault() for each in inactive_references(parsed))]
            if faults:
                raise RecordRefused(400, faults)
            source = service.source_within(work, view.base_url, _expands(view))
            url = _url(bound, view, None)
            document: Json = {"links": link(url), **_values(bound.fields, parsed, source, url, with_defaults=True)}
            for low, subrecord in bound.subrecords.items():
                inside = parsed.subrecords.get(low)
                if inside is not None:
                    document[subrecord.name] = _subrecord(subrecord, inside, source, f"{url}/{subrecord.name}")
            for low, sublist in bound.sublists.items():
                if sublist.seen_by(caller):
                    lines = parsed.sublists.get(low) or []
                    place = f"{url}/{sublist.name}"
                    documents = [_values(sublist.fields, each.body, source, place) for each in lines]
                    document[sublist.name] = page(documents, place)
            wanted = {name: document[name] for name in sorted(document) if names is None or _in(names, name)}
            raise _Taken(_folded(wanted, bound, view, url))
    except _Taken as taken:
        return taken.document


def _values(
    fields: Iterable[BoundField], parsed: Parsed, source: Source, url: str, *, with_defaults: bool = False
) -> Json:
    found: Json = {}
    for each in sorted(fields, key=lambda field: field.name):
        value = parsed.values.get(each.name.lower())
        if value is None and with_defaults and each.place is Place.ROW:
            value = each.field.default
        if value is None or each.place is Place.WRITE_ONLY or not each.seen_by(source.caller):
            continue
        if each.kind is FieldKind.REF:
            found[each.name] = looked_up(each, value, source)
        elif each.kind is FieldKind.MULTI:
            found[each.name] = several(each, value, source, f"{url}/{each.name}")
        else:
            found[each.name] = json_scalar(each, value, source.view.zone, source.view.simple_enum)
    return found


def _subrecord(subrecord: BoundSubrecord, inside: Parsed, source: Source, url: str) -> Json:
    return {"links": link(url), **_values(subrecord.fields, inside, source, url)}


def _folded(document: Json, bound: BoundType, view: FormView, url: str) -> Json:
    """The document with sublists and subrecords as links alone, but for those that are to be seen in full."""
    if view.expand_all:
        return document
    for name, value in document.items():
        low = name.lower()
        if low in view.expand or not isinstance(value, dict):
            continue
        found = bound.by_name.get(low)
        if low in bound.sublists or low in bound.subrecords or (found and found.kind is FieldKind.MULTI):
            document[name] = {"links": link(f"{url}/{name}")}
    return document


def _expands(view: FormView) -> bool:
    return view.expand_all or bool(view.expand)


def _url(bound: BoundType, view: FormView, kept: int | None) -> str:
    address = f"{view.base_url}/{bound.name}"
    return address if kept is None else f"{address}/{kept}"


def _names(bound: BoundType, caller: Caller, view: FormView) -> frozenset[str] | None:
    if view.expand_all or not view.fields:
        return None
    names = frozenset(name.strip().lower() for name in view.fields.split(",") if name.strip())
    for name in names:
        found = bound.by_name.get(name)
        known = (found is not None and found.seen_by(caller)) or name in bound.subrecords or name in bound.sublists
        if not known and name != "id":
            raise invalid_parameter("fields", f"Invalid value of the query parameter fields: {name}")
    return names


def _in(names: frozenset[str], name: str) -> bool:
    return name == "links" or name.lower() in names
