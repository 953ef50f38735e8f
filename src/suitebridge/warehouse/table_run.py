"""One table of an export, from its first question to its place in the warehouse; picks up where a killed run was."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count

from suitebridge.netsuite.errors import QueryError, UnexpectedError
from suitebridge.netsuite.rows import MisfitError
from suitebridge.netsuite.tables import DATETIME, TEXT, TYPES, Column, Table
from suitebridge.warehouse import queries
from suitebridge.warehouse.columns import Columns, discovered
from suitebridge.warehouse.events import Display, Note, TableStarted
from suitebridge.warehouse.extract import Cut, TableReader, all_of, key_first
from suitebridge.warehouse.layout import extras, field
from suitebridge.warehouse.load.duckdb import DuckDBTarget
from suitebridge.warehouse.load.staged import Staged, StagedColumn
from suitebridge.warehouse.newest import NEWEST_SUFFICES, Newest
from suitebridge.warehouse.options import ExportOptions
from suitebridge.warehouse.progress import (
    NumberedRange,
    Piece,
    TablePlan,
    TableProgress,
    TableResult,
    numbered,
    restore_columns,
)
from suitebridge.warehouse.proof import Outcome, Question, question
from suitebridge.warehouse.queries import Rows
from suitebridge.warehouse.ranges import Key, Range
from suitebridge.warehouse.source import Source
from suitebridge.warehouse.writer import Writer


class TableRun:
    """One table of one run. `read`, then a proof of `question`, then `finish`.

    Args:
        zone: gives the zone of date-times.
        offer: told once of rows with their dates as wall clocks (id, created, modified), or of none.
    """

    def __init__(
        self,
        table: Table,
        *,
        run_id: str,
        source: Source,
        writer: Writer,
        options: ExportOptions,
        zone: Callable[[], Awaitable[str]],
        offer: Callable[[list[dict[str, object]]], None],
        display: Display,
    ) -> None:
        self.table = table
        self.done: TableResult | None = None
        self._run_id = run_id
        self._source = source
        self._writer = writer
        self._options = options
        self._zone = zone
        self._offer = offer
        self._display = display
        self._plan = TablePlan(None, None, None, ())
        self._begun = False
        self._resumed = 0
        self._as_text: set[str] = set()
        self._started = time.monotonic()
        self._numbers = count(1)
        self.columns = self._made_columns(())
        self.reader = self._made_reader()

    @property
    def staged(self) -> Staged:
        """The table as the target sees it, with the columns that can be read."""
        columns = [self._staged_column(column) for column in self.columns.current]
        key = tuple(column for column in columns if column.source.name in self.table.key)
        return Staged(self.table.name, self.table.name, key, tuple(columns), extras(self._options.layout))

    async def read(self) -> None:
        """Bring all rows into the staging table.

        Raises:
            NetSuiteError: the table cannot be read.
            TargetError: the target cannot be written.
        """
        try:
            await self._read()
        finally:
            # Whoever waits for dates of this table must not wait longer than it is read.
            self._offer([])

    async def _read(self) -> None:
        self._started = time.monotonic()
        known = await self._writer.call(lambda target: target.progress_of(self._run_id, self._bare_staged()))
        if known is not None:
            # Its newest page will not be read again, and its ranges wait for the zone: nobody may wait for its dates.
            self._offer([])
        if known is not None and known.state == "done":
            self.done = await self._earlier_result()
            return
        if known is not None:
            await self._resume(known)
            return
        while True:
            try:
                await self._read_anew()
                return
            except MisfitError as error:
                if not self._is_guess(error.column):
                    raise
                # The type of a column that no definition tells was taken from a sample, and the sample was too small.
                self._as_text.add(error.column)
                self._begun = False
                self._display(Note(f"{self.table.name}.{error.column} holds other values too: read as text"))

    async def question(self) -> Question:
        """What is to be compared with NetSuite."""
        dated = self._plan.newest is not None
        zone = await self._zone() if dated else "UTC"
        rows = self.reader.rows.within(Range(None, self._plan.highest))
        return question(rows, self.staged, self._plan.newest, zone, self.table.changed.by)

    async def finish(self, entry: Question, outcome: Outcome) -> TableResult:
        """Put the table in its place."""
        found = dict(zip(entry.summed, outcome.measures.sums, strict=True))
        notes = ("rows kept changing while they were read again",) if outcome.still_moving else ()
        result = TableResult(
            table=self.table.name,
            rows=outcome.measures.rows,
            key_sums={name: int(found[name]) for name in entry.key_sums},
            sums={name: str(found[name]) for name in entry.sums},
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            seconds=time.monotonic() - self._started,
            reread=outcome.reread,
            resumed=self._resumed,
            hidden=tuple(self.columns.hidden),
            notes=notes,
        )
        unwanted = partial(self._options.choice.leaves_out, self.table)
        put = partial(
            DuckDBTarget.finish_table, run_id=self._run_id, staged=self.staged, result=result, unwanted=unwanted
        )
        await self._writer.call(put)
        return result

    async def _read_anew(self) -> None:
        known = await self._writer.call(lambda target: target.known_columns(self.table.name))
        hidden = [name for name, (_, _, is_hidden) in known.items() if is_hidden]
        by = self._watched()
        if self.table.rows == "few":
            self._use(self._wanted(await self._discover(known), hidden), hidden)
            first, cut = await self.reader.first()
            await self._begin(cut, self._first_range(first.last_key, cut), first.rows)
            await self._put(self.reader.piece(1, Range(None, first.last_key), first))
            await self._read_ranges(self._plan.ranges[1:])
            return
        newest, cut = await asyncio.gather(self._newest(hidden), self.reader.cut(Range(), by))
        self._use(self._wanted(await self._discover(known, newest, cut.total), hidden), hidden)
        ranges = newest.ranges(cut.ranges, cut.highest, cut.total or 0) if newest is not None and cut.exact else None
        await self._begin(cut, list(cut.ranges) if ranges is None else ranges, cut.total)
        if newest is None or ranges is None:
            await self._read_ranges(self._plan.ranges)
            return
        *others, last = self._plan.ranges
        await all_of([self._read_ranges(tuple(others)), self._adopt(newest, last)])

    async def _adopt(self, newest: Newest, range_: NumberedRange) -> None:
        """Take the newest page as its range, or read that range where it cannot be taken."""
        page = await self.reader.adopt(newest)
        if page is None:
            await self._read_ranges((range_,))
            return
        await self._put(self.reader.piece(range_.number, range_.range, page))
        await self._writer.written(self.staged)

    async def _newest(self, hidden: list[str]) -> Newest | None:
        """The newest page, where the account may have added fields to the table."""
        newest = await self.reader.newest(self._wanted((), hidden)) if self._may_have_own_fields() else None
        self._offer(newest.dates() if newest is not None else [])
        return newest

    def _first_range(self, last: Key | None, cut: Cut) -> list[Range]:
        return [Range(None, last), *cut.ranges]

    async def _begin(self, cut: Cut, ranges: list[Range], rows: int | None) -> None:
        self._numbers = count(len(ranges) + 1)
        self._plan = TablePlan(cut.highest, cut.newest, cut.total, numbered(ranges, 1))
        await self._writer.call(lambda target: target.begin_table(self._run_id, self.staged, self._plan))
        self._begun = True
        self._display(TableStarted(self.table.name, cut.total if cut.total is not None else rows, 0))

    async def _resume(self, known: TableProgress) -> None:
        self._begun = True
        self._plan = known.plan
        self._resumed = known.rows
        stored = restore_columns(self.table, known.columns)
        asked = {column.name for column in stored}
        wanted = self._options.choice.columns(self.table)
        self._use(stored, [column.name for column in wanted if column.name not in asked])
        highest = await self._writer.call(lambda target: target.highest_range(self._run_id, self._bare_staged()))
        self._numbers = count(highest + 1)
        self._display(TableStarted(self.table.name, known.plan.total, known.rows))
        await self._read_ranges(known.plan.ranges)

    async def _read_ranges(self, ranges: tuple[NumberedRange, ...]) -> None:
        highest = await self.reader.read(ranges, lambda: next(self._numbers), self._put)
        await self._writer.written(self.staged)
        if self._plan.highest is None and highest is not None:
            # A table that could not be cut tells its highest key only at its end.
            self._plan = replace(self._plan, highest=highest)

    async def _put(self, piece: Piece) -> None:
        await self._writer.put(self._run_id, self.staged, piece)

    async def _earlier_result(self) -> TableResult:
        staged = self._bare_staged()
        rows, sums, at = await self._writer.call(lambda target: target.last_result(self._run_id, staged))
        key_sums = {name: int(value) for name, value in sums.items() if name in self.table.key}
        others = {name: str(value) for name, value in sums.items() if name not in self.table.key}
        return TableResult(self.table.name, rows, key_sums, others, at, 0.0, resumed=rows)

    def _may_have_own_fields(self) -> bool:
        return self.table.custom and self._options.custom and self._options.choice.may_want(self.table, "cust")

    async def _discover(
        self, known: dict[str, tuple[str, str, bool]], newest: Newest | None = None, total: int | None = None
    ) -> tuple[Column, ...]:
        choice = self._options.choice
        if not self._may_have_own_fields():
            return ()
        sample: list[Mapping[str, object]] = [] if newest is None else [*newest.rows]
        # In a large table the newest page says little of the rest, and one call more is lost in the many.
        if newest is None or (total or 0) > NEWEST_SUFFICES:
            sample += await self._sample()
        found = {column.name: column for column in discovered(self.table, sample)}
        for name, (kind, origin, _) in known.items():
            if origin == "discovered" and (name not in found or kind == "text"):
                # What an earlier run found or learned stays, though the newest rows do not show it.
                found[name] = Column(name, TYPES.get(kind, TEXT), origin="discovered")
        for name in choice.named(self.table, "cust"):
            # Whoever names a field need not hope that a sample shows it.
            found.setdefault(name, Column(name, TEXT, origin="discovered"))
        for name in self._as_text & set(found):
            found[name] = replace(found[name], type=TEXT)
        return tuple(found[name] for name in sorted(found))

    async def _sample(self) -> list[dict[str, object]]:
        try:
            return await self._source.rows(queries.sample(self.table), self.table.name)
        except (QueryError, UnexpectedError) as error:
            self._display(Note(f"{self.table.name}: its own fields could not be looked for ({error.message})"))
            return []

    def _wanted(self, found: tuple[Column, ...], hidden: list[str]) -> tuple[Column, ...]:
        table = self.table.with_columns((*self.table.columns, *found))
        wanted = [column for column in self._options.choice.columns(table) if column.name not in hidden]
        return key_first(wanted, self.table.key)

    def _use(self, wanted: tuple[Column, ...], hidden: list[str]) -> None:
        self.columns = self._made_columns(wanted)
        self.columns.hidden = [name for name in hidden if not self._options.choice.leaves_out(self.table, name)]
        self.reader = self._made_reader()

    def _made_columns(self, wanted: tuple[Column, ...]) -> Columns:
        async def probe(columns: Sequence[Column]) -> None:
            await self._source.page(queries.probe(self.table, columns), self.table.name)

        async def changed(column: Column) -> None:
            self._display(
                Note(
                    f"{self.table.name}.{column.name} cannot be read by this role"
                    f"{f' or without the feature {column.feature}' if column.feature else ''}: left as it is"
                )
            )
            if self._begun:
                await self._writer.call(lambda target: target.fit_columns(self._run_id, self.staged))

        return Columns(self.table, wanted, probe, changed)

    def _made_reader(self) -> TableReader:
        return TableReader(
            self._source,
            Rows(self.table, self._options.condition(self.table)),
            self.columns,
            layout=self._options.layout,
            choice=self._options.choice,
            zone=self._zone,
            note=lambda text: self._display(Note(text)),
        )

    def _staged_column(self, column: Column) -> StagedColumn:
        read = field(column, self._options.layout, self._options.choice.hashes(self.table, column.name))
        return StagedColumn(read.name, read.type, column)

    def _bare_staged(self) -> Staged:
        key = tuple(self._staged_column(column) for name in self.table.key if (column := self.table.column(name)))
        return Staged(self.table.name, self.table.name, key, key)

    def _watched(self) -> str | None:
        """The date by which rows that change while reading are seen."""
        by = self.table.changed.by
        column = None if by is None else self.table.column(by)
        if by is None or column is None or column.type is not DATETIME:
            return None
        choice = self._options.choice
        return None if choice.leaves_out(self.table, by) or choice.hashes(self.table, by) else by

    def _is_guess(self, name: str) -> bool:
        return any(
            column.name == name and column.origin == "discovered" and column.type is not TEXT
            for column in self.columns.current
        )
