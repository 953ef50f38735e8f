"""The REST record service as the server calls it: list, get, create, update, upsert, delete (section_1545141395)."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import quote
from zoneinfo import ZoneInfo

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.clock import Clock
from suitebridge.sandbox.netsuite.records import writing
from suitebridge.sandbox.netsuite.records.access import confinement, require_workbook, resolve
from suitebridge.sandbox.netsuite.records.binding import BoundType, Catalogue, bind, quoted
from suitebridge.sandbox.netsuite.records.definitions import Family
from suitebridge.sandbox.netsuite.records.errors import (
    invalid_header,
    invalid_parameter,
    nonexistent_id,
    nonexistent_resource,
    user_error,
    wrong_transaction_type,
)
from suitebridge.sandbox.netsuite.records.external_ids import PREFIX, RecordId, external_id, record_id
from suitebridge.sandbox.netsuite.records.filters import Bindings, filter_sql
from suitebridge.sandbox.netsuite.records.grammar import parse_filter
from suitebridge.sandbox.netsuite.records.limits import page_window
from suitebridge.sandbox.netsuite.records.paths import Hop, follow
from suitebridge.sandbox.netsuite.records.reading import Connection, Plans, Source, View
from suitebridge.sandbox.netsuite.records.reading_writes import WithinWrite
from suitebridge.sandbox.netsuite.records.references import References
from suitebridge.sandbox.netsuite.records.shapes import Json, Stored
from suitebridge.sandbox.netsuite.records.validation import Strictness
from suitebridge.sandbox.netsuite.records.work import Work, WriteOptions
from suitebridge.sandbox.netsuite.records.writing import WriteResult
from suitebridge.sandbox.netsuite.schema.model import Schema
from suitebridge.sandbox.netsuite.store import Store

if TYPE_CHECKING:
    import apsw

MAX_HOPS = 5
_MAIN_LINE = re.compile(r"\bm\.")


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a record list: internal ids, how many there are in all, whether more follow.

    `limit` and `offset` are those that hold, which are NetSuite's own where none were sent.
    """

    ids: tuple[int, ...]
    total: int
    has_more: bool
    limit: int
    offset: int


class RecordService:
    """Reads and writes records of one company. All methods may be called from any thread.

    `record_type` is a name in any case; ids are internal ids or `eid:` with an external one. Every method raises
    RecordRefused with the HTTP status and details of NetSuite's answer.
    """

    def __init__(self, schema: Schema, store: Store, quirks: Mapping[str, str], clock: Clock) -> None:
        self._catalogue = bind(schema)
        self._plans = Plans()
        self._numbers: dict[str, int] = {}
        self._store = store
        self._quirks = quirks
        self._clock = clock
        self._zone = ZoneInfo(quirks["zone"])

    def type_name(self, caller: Caller, record_type: str) -> str:
        """A record type as links spell it."""
        return resolve(self._catalogue, caller, record_type).name

    @property
    def catalogue(self) -> Catalogue:
        """The record types."""
        return self._catalogue

    @contextmanager
    def reading(self, caller: Caller, base_url: str, expand: bool = False, simple: bool = False) -> Generator[Source]:
        """Documents as they are now."""
        with self._store.reading() as connection:
            yield Source(connection, self._catalogue, self._plans, caller, self._view(base_url, expand, simple))

    def source_within(self, work: Work, base_url: str, expand: bool) -> Source:
        """Documents as a write has left them so far."""
        view = self._view(base_url, expand, False)
        return Source(WithinWrite(work.tx), self._catalogue, self._plans, work.caller, view)

    def writing(self, caller: Caller, options: WriteOptions) -> AbstractContextManager[Work]:
        """One write: done as a whole when the block ends, or not at all if it raises."""
        return self._writing(caller, options)

    def find(self, source: Source, bound: BoundType, record: str) -> int:
        """The internal id of the record that an address names by its id or by `eid:`."""
        return self._find(source, bound, record_id(record))

    def list(
        self, caller: Caller, record_type: str, q: str | None, limit: str | int | None, offset: str | int | None
    ) -> ListPage:
        """A page of the ids of a type, in the order of the ids, filtered by `q`."""
        bound = resolve(self._catalogue, caller, record_type)
        require_workbook(caller)
        window = page_window(limit, offset, self._quirks)
        bindings = Bindings(date_format=self._quirks["date-format"] if self._quirks["q-dates"] == "user" else None)
        conditions = [f"({bound.where})"] if bound.where else []
        if q is not None and q.strip():
            conditions.append(filter_sql(parse_filter(q), bound, caller, bindings))
        if (confined := confinement(bound, caller)) is not None:
            conditions.append(confined)
        with self._store.reading() as connection:
            total = min(self._total(connection, bound, conditions, bindings), window.visible)
            if window.offset >= min(total, window.wall):
                return ListPage((), total, False, window.limit, window.offset)
            key = f"t.{quoted(bound.key)}"
            where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
            bindings.values["today"] = self._today()
            size = min(window.limit, window.wall - window.offset)
            rows = _run(
                connection,
                f"SELECT {key} FROM {_source(bound, conditions)}{where}"
                f" ORDER BY {key} LIMIT {size} OFFSET {window.offset}",
                bindings.values,
            )
        ids = tuple(number for row in rows if isinstance(number := row[0], int))
        more = window.offset + len(ids) < min(total, window.wall)
        if window.wall < total and window.offset + len(ids) >= window.wall:
            more = False
        return ListPage(ids, total, more, window.limit, window.offset)

    def get(
        self,
        caller: Caller,
        record_type: str,
        id_or_eid: str,
        fields: str | None,
        expand: bool,
        simple_enum: bool,
        base_url: str,
    ) -> Json:
        """One record, keys in the order of the wire. `fields` is the query parameter, `base_url` ends in `/record/v1`.

        Where sub-resources are expanded `fields` does not count.
        """
        bound = resolve(self._catalogue, caller, record_type)
        names = None if expand or not fields else _field_names(bound, caller, fields)
        view = self._view(base_url, expand, simple_enum)
        with self._store.reading() as connection:
            source = Source(connection, self._catalogue, self._plans, caller, view)
            internal_id = self._find(source, bound, record_id(id_or_eid))
            return self._document(source, bound, internal_id, names, fields, record_type)

    def get_sub(
        self,
        caller: Caller,
        record_type: str,
        id_or_eid: str,
        path: Sequence[str],
        expand: bool,
        simple_enum: bool,
        base_url: str,
    ) -> Json:
        """What lies at `path` below a record: a sublist, a line, a subrecord, or a record that is referred to."""
        bound = resolve(self._catalogue, caller, record_type)
        view = self._view(base_url, expand, simple_enum)
        with self._store.reading() as connection:
            source = Source(connection, self._catalogue, self._plans, caller, view)
            internal_id = self._find(source, bound, record_id(id_or_eid))
            rest = tuple(path)
            for _ in range(MAX_HOPS):
                if not rest:
                    return self._document(source, bound, internal_id, None, None, bound.name)
                url = f"{base_url}/{bound.name}/{internal_id}"
                found = follow(bound, internal_id, rest, source, url)
                if not isinstance(found, Hop):
                    return found
                bound = resolve(self._catalogue, caller, found.record_type)
                internal_id, rest = self._find(source, bound, RecordId(internal=found.internal_id)), found.rest
        raise nonexistent_resource("/".join(path))

    def create(
        self,
        caller: Caller,
        record_type: str,
        body: Mapping[str, object],
        replace: Sequence[str] = (),
        name_validation: str = "warning",
        value_validation: str = "error",
    ) -> WriteResult:
        """A new record."""
        bound = resolve(self._catalogue, caller, record_type)
        options = write_options(replace, False, name_validation, value_validation)
        with self._writing(caller, options) as work:
            return writing.create(work, bound, body)

    def update(
        self,
        caller: Caller,
        record_type: str,
        id_or_eid: str,
        body: Mapping[str, object],
        replace: Sequence[str] = (),
        replace_selected: bool = False,
        name_validation: str = "warning",
        value_validation: str = "error",
    ) -> WriteResult:
        """Changes of an existing record."""
        bound = resolve(self._catalogue, caller, record_type)
        options = write_options(replace, replace_selected, name_validation, value_validation)
        with self._writing(caller, options) as work:
            return writing.update(work, bound, record_id(id_or_eid), body)

    def upsert(
        self,
        caller: Caller,
        record_type: str,
        external_id: str,
        body: Mapping[str, object],
        replace: Sequence[str] = (),
        replace_selected: bool = False,
        name_validation: str = "warning",
        value_validation: str = "error",
    ) -> WriteResult:
        """Changes the record of that external id (with or without `eid:`), or creates it."""
        bound = resolve(self._catalogue, caller, record_type)
        options = write_options(replace, replace_selected, name_validation, value_validation)
        with self._writing(caller, options) as work:
            return writing.upsert(work, bound, _external(external_id), body)

    def transform(
        self,
        caller: Caller,
        record_type: str,
        id_or_eid: str,
        target: str,
        body: Mapping[str, object],
        replace: Sequence[str] = (),
        name_validation: str = "warning",
        value_validation: str = "error",
    ) -> WriteResult:
        """A new record of the type `target`, made from a stored one."""
        source, bound = resolve(self._catalogue, caller, record_type), resolve(self._catalogue, caller, target)
        options = write_options(replace, False, name_validation, value_validation)
        with self._writing(caller, options) as work:
            return writing.transform(work, source, record_id(id_or_eid), bound, body)

    def delete(self, caller: Caller, record_type: str, id_or_eid: str) -> None:
        """Removes a record to which no other refers."""
        bound = resolve(self._catalogue, caller, record_type)
        with self._writing(caller, WriteOptions()) as work:
            writing.delete(work, bound, record_id(id_or_eid))

    @contextmanager
    def _writing(self, caller: Caller, options: WriteOptions) -> Generator[Work]:
        try:
            with self._store.writing() as tx:
                references = References(tx.rows, self._catalogue)
                yield Work(tx, self._catalogue, caller, self._quirks, self._zone, options, references, self._numbers)
        except OverflowError:
            raise user_error("A number in this record is too large.") from None

    def _view(self, base_url: str, expand: bool, simple_enum: bool) -> View:
        return View(
            base_url,
            self._zone,
            self._today(),
            expand,
            simple_enum,
            nulls=self._quirks["empty-fields"] == "null",
            declared=self._quirks["record-key-order"] == "definition",
        )

    def _today(self) -> str:
        return self._clock.now().astimezone(self._zone).date().isoformat()

    def _find(self, source: Source, bound: BoundType, wanted: RecordId) -> int:
        by_external = wanted.external is not None
        if by_external and not bound.has_external_id:
            raise nonexistent_id()
        column = "externalid" if by_external else bound.key
        value: Stored = wanted.external if by_external else wanted.internal
        conditions = [f"t.{quoted(column)} = :value"]
        if bound.where:
            conditions.append(f"({bound.where})")
        if (confined := confinement(bound, source.caller)) is not None:
            conditions.append(confined)
        rows = source.rows(
            f"SELECT t.{quoted(bound.key)} FROM {_source(bound, conditions)} WHERE {' AND '.join(conditions)}",
            {"value": value},
        )
        if rows and isinstance(rows[0][0], int):
            return rows[0][0]
        if bound.family is Family.TRANSACTION:
            other = source.rows(f'SELECT t.type FROM "transaction" t WHERE {conditions[0]}', {"value": value})
            if other and other[0][0] != bound.definition.code:
                raise wrong_transaction_type()
        raise nonexistent_id()

    def _document(
        self,
        source: Source,
        bound: BoundType,
        internal_id: int,
        names: frozenset[str] | None,
        fields: str | None,
        spelled: str,
    ) -> Json:
        plan = source.plans.record(bound, source.caller, names)
        rows = source.rows(
            f"SELECT {plan.select} FROM {bound.source} WHERE t.{quoted(bound.key)} = :id", {"id": internal_id}
        )
        if not rows:
            raise nonexistent_id()
        shown = spelled if self._quirks["link-type-case"] == "request" else bound.name
        url = f"{source.view.base_url}/{shown}/{internal_id}"
        href = f"{url}?fields={quote(fields, safe='')}" if names is not None and fields else url
        return plan.document(rows[0], source, url, href)

    def _total(self, connection: Connection, bound: BoundType, conditions: Sequence[str], bindings: Bindings) -> int:
        if not conditions and self._store.counts(bound.table.name):
            return self._store.count(cast("apsw.Connection", connection), bound.table.name)
        rows = _run(
            connection,
            f"SELECT COUNT(*) FROM {_source(bound, conditions)}"
            + (f" WHERE {' AND '.join(conditions)}" if conditions else ""),
            {**bindings.values, "today": self._today()},
        )
        total = rows[0][0]
        return total if isinstance(total, int) else 0


def _run(connection: Connection, sql: str, bindings: Mapping[str, Stored]) -> Sequence[tuple[Stored, ...]]:
    return cast("Sequence[tuple[Stored, ...]]", connection.execute(sql, bindings).fetchall())


def _source(bound: BoundType, conditions: Sequence[str]) -> str:
    """The record's table; the main line is joined only where a condition looks at it."""
    if any(_MAIN_LINE.search(each) for each in conditions):
        return bound.source
    return f"{quoted(bound.table.name)} t"


def _external(text: str) -> str:
    found = record_id(text) if text[:4].lower() == PREFIX else RecordId(external=external_id(text))
    return found.external or ""


def _field_names(bound: BoundType, caller: Caller, fields: str) -> frozenset[str]:
    names = frozenset(name.strip().lower() for name in fields.split(",") if name.strip())
    for name in names:
        field, sublist = bound.by_name.get(name), bound.sublists.get(name)
        known = (
            name == "id"
            or name in bound.subrecords
            or (field is not None and field.seen_by(caller))
            or (sublist is not None and sublist.seen_by(caller))
        )
        if not known:
            raise invalid_parameter("fields", f"Invalid value of the query parameter fields: {name}")
    return names


def write_options(replace: Sequence[str], selected: bool, names: str, values: str) -> WriteOptions:
    """How a body is meant, by query parameters and headers. Raises RecordRefused."""
    return WriteOptions(
        frozenset(name.strip().lower() for name in replace if name.strip()),
        selected,
        _strictness("X-NetSuite-PropertyNameValidation", names),
        _strictness("X-NetSuite-PropertyValueValidation", values),
    )


def _strictness(header: str, value: str) -> Strictness:
    try:
        return Strictness(value.strip().lower())
    except ValueError:
        raise invalid_header(header, f"Invalid value {value} of the header {header}.") from None
