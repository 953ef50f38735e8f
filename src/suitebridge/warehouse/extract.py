"""Reads one table of NetSuite: cuts it into ranges, reads them side by side, hands the pieces to the writer."""

# pyarrow brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from suitebridge.netsuite.errors import NetSuiteError, QueryError, UnexpectedError, UnknownTableError
from suitebridge.netsuite.rows import Page, PageReader
from suitebridge.netsuite.tables import Column
from suitebridge.warehouse import queries
from suitebridge.warehouse.columns import Columns
from suitebridge.warehouse.layout import Choice, Layout, field
from suitebridge.warehouse.newest import Newest
from suitebridge.warehouse.progress import NumberedRange, Piece
from suitebridge.warehouse.queries import Rows
from suitebridge.warehouse.ranges import PAGE, Key, Range, from_bounds, from_extremes, recut
from suitebridge.warehouse.source import Source

MOST_READERS: Final = 64
"""Calls of one table that may wait for a slot at once."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A table cut into ranges.

    Attributes:
        highest: the highest key; None where there are no rows.
        newest: the latest date of change as a wall clock, where it was asked for and is known.
        total: how many rows there are.
        even: whether the ranges are exact pages; else they are of equal width.
    """

    ranges: tuple[Range, ...]
    highest: Key | None
    newest: str | None = None
    total: int | None = None
    exact: bool = True


class TableReader:
    """Reads the rows of one table.

    Args:
        rows: the table and the user's condition.
        columns: what is asked for; shared by all calls.
        zone: gives the zone of date-times; awaited only where a table has some.
        note: told what a person should know.
    """

    def __init__(
        self,
        source: Source,
        rows: Rows,
        columns: Columns,
        *,
        layout: Layout,
        choice: Choice,
        zone: Callable[[], Awaitable[str]],
        note: Callable[[str], None],
    ) -> None:
        self.rows = rows
        self.columns = columns
        self._source = source
        self._layout: Layout = layout
        self._choice = choice
        self._zone = zone
        self._note = note
        self._readers: dict[int, PageReader] = {}

    async def page(self, rows: Rows) -> Page:
        """The first 1,000 of the rows, in the order of their key.

        Raises:
            MisfitError: a value does not fit its column.
            NetSuiteError: the table cannot be read.
        """
        while True:
            version = self.columns.version
            sql = queries.page(rows, self.columns.current)
            try:
                answer = await self._source.page(sql, rows.table.name)
            except (QueryError, UnexpectedError) as error:
                await self.columns.settle(version, error)
                continue
            reader = await self._reader(version)
            if reader is not None:
                return reader.read(answer.items, answer.has_more)

    async def newest(self, columns: Sequence[Column]) -> Newest | None:
        """The newest page with all columns there are; None where NetSuite refuses it or the key is no number."""
        table = self.rows.table
        if not self._key_is_whole():
            return None
        try:
            answer = await self._source.page(queries.newest_page(self.rows, columns), table.name)
        except UnknownTableError:
            raise
        except (QueryError, UnexpectedError):
            return None
        return Newest(table, tuple(columns), answer.rows(), answer.has_more)

    async def adopt(self, newest: Newest) -> Page | None:
        """The rows of the newest page as a page of the present columns; None where they came in another form.

        Raises:
            MisfitError: a value does not fit its column.
        """
        version = self.columns.version
        items = newest.items(self.columns.current)
        reader = None if items is None else await self._reader(version)
        return None if items is None or reader is None else reader.read(items, False)

    async def pages(self, rows: Rows) -> AsyncIterator[tuple[Range, Page]]:
        """All of the rows, one page after the other, each with the range that it is all of."""
        after = rows.range.after
        while True:
            page = await self.page(rows.within(Range(after, rows.range.upto)))
            if not page.has_more or page.last_key is None:
                yield Range(after, rows.range.upto), page
                return
            last = self._advanced(page.last_key, after)
            yield Range(after, last), page
            after = last

    async def first(self) -> tuple[Page, Cut]:
        """For a table that usually fits one page: that page, and the rest cut into ranges if there is one."""
        page = await self.page(self.rows)
        if not page.has_more or page.last_key is None:
            return page, Cut((), page.last_key, total=page.rows)
        rest = await self.cut(Range(page.last_key, None))
        total = None if rest.total is None else rest.total + page.rows
        return page, Cut(rest.ranges, rest.highest or page.last_key, rest.newest, total, rest.exact)

    async def cut(self, whole: Range, changed: str | None = None) -> Cut:
        """Ranges of a page each, by one query; by lowest and highest key where NetSuite refuses that query.

        Args:
            changed: the date column whose latest value is wanted too.
        """
        table = self.rows.table
        if table.bounds == "rows":
            # The second form asks for the same without what an account may refuse of the first.
            forms = [(queries.bounds, changed), (queries.bounds, None)]
            if self._key_is_whole():
                forms = [(queries.single_key_bounds, changed), (queries.bounds, None)]
            refused: NetSuiteError | None = None
            for form, date in forms:
                try:
                    return await self._by_row_number(whole, partial(form, changed=date))
                except UnknownTableError:
                    raise
                except (QueryError, UnexpectedError) as error:
                    refused = error
            if refused is not None:
                self._note(f"{table.name}: no exact bounds ({_first_words(refused)}); cut evenly by its key instead")
        if table.bounds != "none" and self._key_is_whole():
            try:
                return await self._by_extremes(whole)
            except UnknownTableError:
                raise
            except (QueryError, UnexpectedError) as error:
                self._note(f"{table.name}: no lowest and highest key either ({_first_words(error)})")
        self._note(f"{table.name} cannot be cut: its pages are read one after the other")
        return Cut((whole,), None, exact=False)

    async def read(self, ranges: Sequence[NumberedRange], numbers: Callable[[], int], put: Put) -> Key | None:
        """Read all ranges side by side and hand over each piece. Returns the highest key seen.

        Args:
            numbers: gives the next free number for a range.
        """
        highest: Key | None = None
        waiting = deque(ranges)
        while waiting:
            batch, waiting = waiting, deque[NumberedRange]()

            async def work(batch: deque[NumberedRange], left: deque[NumberedRange]) -> None:
                nonlocal highest
                while batch:
                    piece, last = await self._piece(batch.popleft(), numbers)
                    left.extend(piece.rest)
                    if last is not None and (highest is None or last > highest):
                        highest = last
                    await put(piece)

            readers = min(len(batch), self._source.slots * 2, MOST_READERS)
            await all_of([work(batch, waiting) for _ in range(readers)])
        return highest

    async def _piece(self, asked: NumberedRange, numbers: Callable[[], int]) -> tuple[Piece, Key | None]:
        page = await self.page(self.rows.within(asked.range))
        if not page.has_more or page.last_key is None:
            return self.piece(asked.number, asked.range, page), page.last_key
        last = self._advanced(page.last_key, asked.range.after)
        rest = recut(Range(last, asked.range.upto), asked.range.after, last, page.rows)
        opened = tuple(NumberedRange(numbers(), range_) for range_ in rest)
        return self.piece(asked.number, Range(asked.range.after, last), page, opened), last

    def piece(self, number: int, done: Range, page: Page, rest: tuple[NumberedRange, ...] = ()) -> Piece:
        """The piece that a page is."""
        import pyarrow.compute as pc

        first = page.batch.column(0) if page.rows else None
        whole = first is not None and self.columns.current[0].type.name == "integer"
        key_sum = pc.sum(first).as_py() if whole else None
        return Piece(self.rows.table.name, number, done, page.batch, rest, key_sum)

    def _advanced(self, last: Key, after: Key | None) -> Key:
        if after is not None and not last > after:
            raise QueryError(
                f"{self.rows.table.name} is not read in the order of its key: after {after} came {last}",
                record=self.rows.table.name,
            )
        return last

    async def _reader(self, version: int) -> PageReader | None:
        """The reader of pages asked for under a version; None where that version is no longer known."""
        if version in self._readers:
            return self._readers[version]
        dated = any(column.type.name == "datetime" for column in self.columns.current)
        zone = await self._zone() if dated else "UTC"
        if version != self.columns.version:
            return self._readers.get(version)
        table = self.rows.table
        fields = [
            field(column, self._layout, self._choice.hashes(table, column.name)) for column in self.columns.current
        ]
        self._readers[version] = PageReader(table.name, table.key, fields, zone)
        return self._readers[version]

    async def _by_row_number(self, whole: Range, form: Callable[[Rows], str]) -> Cut:
        bounds: list[Key] = []
        total = 0
        newest: str | None = None
        rest = whole
        while True:
            page = await self._source.page(form(self.rows.within(rest)), self.rows.table.name)
            found = [row for row in page.rows() if row.get("k1") is not None]
            if not found:
                break
            bounds += [self._key(row, "k") for row in found]
            total += int(str(found[-1]["n"]))
            newest = max((text for row in found if (text := _text(row.get("newest")))), default=newest)
            if not page.has_more:
                break
            rest = Range(bounds[-1], whole.upto)
        return Cut(tuple(from_bounds(whole, bounds)), bounds[-1] if bounds else None, newest, total)

    async def _by_extremes(self, whole: Range) -> Cut:
        found = await self._source.rows(queries.extremes(self.rows.within(whole)), self.rows.table.name)
        row = found[0] if found else {}
        total = int(str(row.get("total", 0)))
        if total == 0:
            return Cut((), None, total=0, exact=False)
        low, high = int(str(row["low"])), int(str(row["high"]))
        ranges = from_extremes(whole, low, high, total, PAGE)
        return Cut(tuple(ranges), (high,), None, total, exact=False)

    def _key(self, row: dict[str, object], prefix: str) -> Key:
        values: list[int | str] = []
        for number, name in enumerate(self.rows.table.key, start=1):
            column = self.rows.table.column(name)
            text = str(row[f"{prefix}{number}"])
            values.append(int(text) if column is not None and column.type.name == "integer" else text)
        return tuple(values)

    def _key_is_whole(self) -> bool:
        column = self.rows.table.column(self.rows.table.key[0])
        return len(self.rows.table.key) == 1 and column is not None and column.type.name == "integer"


Put = Callable[[Piece], Awaitable[None]]


async def all_of(works: Sequence[Awaitable[None]]) -> None:
    """Do all side by side; where one fails the others are ended, and its error is raised as it is."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


def key_first(columns: Sequence[Column], key: Sequence[str]) -> tuple[Column, ...]:
    """The columns with those of the key in front, in its order."""
    front = [column for name in key for column in columns if column.name == name]
    return (*front, *(column for column in columns if column.name not in key))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _first_words(error: NetSuiteError) -> str:
    return error.message if len(error.message) <= 80 else error.message[:77] + "..."
