"""SuiteQL queries that stream: rows as dicts, as objects of a dataclass, or as Arrow batches, a page at a time.

Oracle help: "Executing SuiteQL Queries Through REST Web Services".
"""

# pyarrow brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_type_hints

from suitebridge.errors import UsageError
from suitebridge.netsuite.companyzone import CompanyZone
from suitebridge.netsuite.cutting import Cut, automatic_key, cut
from suitebridge.netsuite.errors import QueryError, RowLimitError
from suitebridge.netsuite.limits import PAGE_ROWS, QUERY_ROWS
from suitebridge.netsuite.pages import Page, fetch_page, is_unexplained
from suitebridge.netsuite.sqltext import selected_columns
from suitebridge.netsuite.transport import Transport
from suitebridge.netsuite.values import Types, column_type, converter, typed_row
from suitebridge.types import Work

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
T = TypeVar("T")

AHEAD: Final = 2
"""Pages asked for before they are needed."""

FIRST_ROWS: Final = f" FETCH FIRST {PAGE_ROWS} ROWS ONLY"


@dataclass(frozen=True, slots=True)
class Query:
    """A query that has not been sent yet. Iterate it, or choose one of its other forms; each sends it anew.

    Rows are dicts with lower-case keys in the order of the SELECT list, None for NULL, and text for all other values
    unless ``typed`` says otherwise. Where the list cannot be read (``SELECT *``) a NULL column is missing from its row.

    Date-times that ``typed`` names come in UTC; those in Arrow batches too.

    A result past 100,000 rows is read by the key of its table, in the order of that key, where the query is a plain one
    on a single table whose key is known; of any other it is told before the first row (RowLimitError).
    """

    transport: Transport
    sql: str
    types: Types
    key: tuple[str, ...] = ()
    work: Work = "interactive"
    zone: CompanyZone | None = None
    render: Callable[[tzinfo], str] | None = None
    """Writes the text anew once the company's zone is known, where its date-times depend on it."""

    def typed(self, types: Types | None = None) -> Query:
        """The same query with these columns as Python values: ``typed({"total": Decimal, "isinactive": bool})``.

        Without ``types`` they come from the table definitions: whole numbers, decimals and booleans.
        """
        if types is None:
            from suitebridge.netsuite.columns import known_types

            types = known_types(self.sql)
        for column, kind in types.items():
            column_type(kind, f"The column {column}")
        return replace(self, types={**self.types, **{name.lower(): kind for name, kind in types.items()}})

    def by_key(self, *columns: str) -> Query:
        """The same query read in pages of a unique key, which has no wall at 100,000 rows. Rows come in its order.

        ``columns`` are unique together, as the query spells them. Raises UsageError if the query groups,
        sorts or counts.
        """
        cut(self.sql, columns)
        return replace(self, key=columns)

    def __aiter__(self) -> AsyncIterator[Row]:
        return self._rows()

    async def _rows(self) -> AsyncGenerator[Row, None]:
        async with aclosing(self.chunks()) as chunks:
            async for rows in chunks:
                for row in rows:
                    yield row

    async def chunks(self) -> AsyncGenerator[list[Row], None]:
        """The rows of one page after another."""
        query, zone = await self._ready()
        complete = _filler(selected_columns(query.sql))
        converters = {name: converter(kind, zone) for name, kind in self.types.items()}
        async with aclosing(query._pages()) as pages:
            async for page in pages:
                rows = [complete | row for row in page]
                yield [typed_row(row, self.types, converters) for row in rows] if converters else rows

    async def fetch_all(self) -> list[Row]:
        """All rows. They are held in memory; iterate instead where they may be many."""
        return [row async for rows in self.chunks() for row in rows]

    async def fetch_one(self) -> Row | None:
        """The first row, or None if there is none."""
        query, zone = await self._ready()
        page = await fetch_page(self.transport, query.sql, limit=1, work=self.work)
        converters = {name: converter(kind, zone) for name, kind in self.types.items()}
        for row in page.rows():
            return typed_row(_filler(selected_columns(query.sql)) | row, self.types, converters)
        return None

    async def dataclasses(self, cls: type[T]) -> AsyncGenerator[T, None]:
        """The rows as objects of a dataclass whose fields are named like the columns and tell their types.

        A column that is NULL or was not selected becomes None. Raises UsageError for field types that no
        column can have.
        """
        if not is_dataclass(cls):
            raise UsageError(f"{cls.__name__} is not a dataclass.")
        hints = get_type_hints(cls)
        names = [field.name for field in fields(cls) if field.init]
        types = {name: column_type(hints[name], f"{cls.__name__}.{name}") for name in names}
        async with aclosing(self.typed(types).chunks()) as chunks:
            async for rows in chunks:
                for row in rows:
                    yield cls(**{name: row.get(name) for name in names})

    async def arrow(self, types: Mapping[str, Any] | None = None) -> AsyncGenerator[pa.RecordBatch, None]:
        """Record batches of one page each. ``types`` are Python or Arrow types; columns without one are text.

        Raises UsageError where a selected column has no name.
        """
        from suitebridge.netsuite.batches import batch_of, has_moments, schema_of

        schema = schema_of(selected_columns(self.sql), {**self.types, **(types or {})})
        query, zone = await self._ready(dated=has_moments(schema))
        async with aclosing(query._pages()) as pages:
            async for page in pages:
                yield batch_of(page, schema, zone)

    async def _ready(self, *, dated: bool = False) -> tuple[Query, tzinfo | None]:
        """The query as it is sent, and the company's zone if it is known or needed."""
        dated = dated or self.render is not None or datetime in self.types.values()
        zone = None if self.zone is None else await self.zone.find() if dated else self.zone.known
        if self.render is None or zone is None:
            return self, zone
        return replace(self, sql=self.render(zone), render=None), zone

    def _pages(self) -> AsyncGenerator[list[Row], None]:
        return _by_key(self, cut(self.sql, self.key)) if self.key else _by_offset(self)


async def _by_offset(query: Query) -> AsyncGenerator[list[Row], None]:
    try:
        first = await fetch_page(query.transport, query.sql, work=query.work)
    except QueryError as error:
        async with aclosing(_past_refusal(query, error)) as pages:
            async for rows in pages:
                yield rows
        return
    total = first.total_results
    if total is not None and total >= QUERY_ROWS and first.has_more:
        pieces = _automatic_cut(query.sql)
        if pieces is None:
            raise _too_many(total)
        async with aclosing(_by_key(query, pieces)) as pages:
            async for rows in pages:
                yield rows
        return
    yield first.rows()
    if not first.has_more:
        return
    async with aclosing(_ahead(query, total) if total is not None else _one_by_one(query)) as pages:
        async for rows in pages:
            yield rows


async def _past_refusal(query: Query, error: QueryError) -> AsyncGenerator[list[Row], None]:
    """Accounts differ at the wall: some refuse a result with too many rows as a whole.

    By key it may still be read.
    """
    pieces = _automatic_cut(query.sql) if is_unexplained(error, query.sql) else None
    if pieces is None:
        raise error
    async with aclosing(_by_key(query, pieces, error)) as pages:
        async for rows in pages:
            yield rows


async def _ahead(query: Query, total: int) -> AsyncGenerator[list[Row], None]:
    waiting: deque[asyncio.Task[Page]] = deque()
    offsets = iter(range(PAGE_ROWS, total, PAGE_ROWS))
    try:
        while True:
            while len(waiting) <= AHEAD and (offset := next(offsets, None)) is not None:
                waiting.append(
                    asyncio.create_task(fetch_page(query.transport, query.sql, offset=offset, work=query.work))
                )
            if not waiting:
                return
            yield (await waiting.popleft()).rows()
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def _one_by_one(query: Query) -> AsyncGenerator[list[Row], None]:
    offset = PAGE_ROWS
    while True:
        if offset >= QUERY_ROWS:
            raise _too_many(offset)
        page = await fetch_page(query.transport, query.sql, offset=offset, work=query.work)
        yield page.rows()
        if not page.has_more:
            return
        offset += PAGE_ROWS


async def _by_key(query: Query, pieces: Cut, refused: QueryError | None = None) -> AsyncGenerator[list[Row], None]:
    """Page after page. ``refused`` tells that the query without a row count was refused before."""
    last: tuple[int | str, ...] | None = None
    while True:
        sql = pieces.page(last)
        try:
            page = await fetch_page(query.transport, f"{sql}{FIRST_ROWS}" if refused else sql, work=query.work)
        except QueryError as error:
            if refused is not None or last is not None or not is_unexplained(error, sql):
                raise refused or error from None
            refused = error
            continue
        rows = page.rows()
        more = page.has_more or (refused is not None and len(rows) == PAGE_ROWS)
        ending = pieces.key_of(rows[-1]) if rows else last
        if more and ending == last:
            raise UsageError(f"{', '.join(pieces.key)} is not unique, so it cannot serve as a key.")
        for row in rows if pieces.hidden else ():
            for name in pieces.hidden:
                row.pop(name, None)
        yield rows
        if not more:
            return
        last = ending


def _automatic_cut(sql: str) -> Cut | None:
    key = automatic_key(sql)
    if key is None:
        return None
    try:
        return cut(sql, key)
    except UsageError:
        return None


def _filler(selected: tuple[str | None, ...] | None) -> Row:
    return {name: None for name in selected or () if name is not None}


def _too_many(total: int) -> RowLimitError:
    return RowLimitError(
        f"The query has {total:,} rows or more; NetSuite hands out {QUERY_ROWS:,} at most, the rest would be lost.",
        remedy='Read it by a unique column: ns.suiteql(...).by_key("id"), or narrow it.',
    )
