"""Exports tables of NetSuite into a warehouse, side by side under the account's slots, and proves them."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from suitebridge.errors import SuiteBridgeError, TargetError
from suitebridge.netsuite.errors import (
    ConcurrencyLimitError,
    LoginError,
    PermissionDeniedError,
    QueryError,
    UnavailableError,
    UnexpectedError,
    UnknownTableError,
)
from suitebridge.netsuite.tables import Table
from suitebridge.netsuite.zone import RECORDS, Zone, find_zone, known_zone
from suitebridge.warehouse.events import Display, Note, RowsWritten, RunStarted, TableDone, TableFailed
from suitebridge.warehouse.extract import all_of
from suitebridge.warehouse.load.duckdb import DuckDBTarget
from suitebridge.warehouse.options import ExportOptions
from suitebridge.warehouse.progress import TableResult, fingerprint
from suitebridge.warehouse.proof import Measures, Question, ask, make_equal
from suitebridge.warehouse.selection import choose_tables
from suitebridge.warehouse.source import Source, source_of
from suitebridge.warehouse.table_run import TableRun
from suitebridge.warehouse.writer import Writer

if TYPE_CHECKING:
    from suitebridge.netsuite.client import AsyncNetSuite

LEAST_TABLES: Final = 4
"""Tables that are read side by side at least, so that one table's last call does not leave slots idle."""

_LASTING = (TargetError, LoginError, PermissionDeniedError, ConcurrencyLimitError, UnavailableError)
"""Errors that every other table would meet too."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """How an export ended.

    Attributes:
        results: the tables that are in place, in the order asked for.
        failures: the tables that are not, with the reason; their progress is kept.
        left_out: tables of an export of everything that this account or role does not have.
        calls: calls made to NetSuite by this run, the login apart.
        rejected: calls that NetSuite turned away for concurrency.
        seconds: wall time.
    """

    run_id: str
    results: tuple[TableResult, ...]
    failures: tuple[tuple[str, SuiteBridgeError], ...]
    left_out: tuple[str, ...]
    calls: int
    rejected: int
    seconds: float
    zone: Zone | None


async def export(
    netsuite: AsyncNetSuite,
    target: Path,
    tables: Sequence[str] = (),
    options: ExportOptions | None = None,
    display: Display = lambda event: None,
) -> ExportResult:
    """Read tables in full, put each in its place once it is proved, and go on where an interrupted run was.

    Args:
        netsuite: an open client.
        target: a DuckDB file; it is made if it is not there.
        tables: names and patterns; none means all that the account has.
        display: told what happens.

    Raises:
        UsageError: a table or column is unknown, or options exclude each other.
        TargetError: the target cannot be used; what was written so far is kept and resumed.
        NetSuiteError: the login is refused, or NetSuite cannot be reached.
    """
    options = options or ExportOptions()
    source = source_of(netsuite)
    started = time.monotonic()
    counters = netsuite.counters
    calls, rejected = counters.calls, counters.rejections
    chosen = await choose_tables(source, tables)
    options.check(list(chosen.tables))
    run = _Run(source, options, display, chosen.optional)

    def committed(table: str, rows: int) -> None:
        display(RowsWritten(table, rows))

    async with (
        _logging_in(source) as login,
        Writer(lambda: DuckDBTarget(target, options.schema), committed) as writer,
    ):
        facts = {"account": source.account, "tables": [table.name for table in chosen.tables], **options.facts()}
        new_id = uuid.uuid4().hex[:12]
        mark = fingerprint(facts)
        earlier = await writer.call(lambda opened: opened.open_run(new_id, mark, source.account, options.resume_hours))
        run_id = earlier or new_id
        display(RunStarted(run_id, tuple(table.name for table in chosen.tables), earlier is not None))
        await login
        await run.all(writer, run_id, chosen.tables)
        if not run.failures:
            await writer.call(lambda opened: opened.close_run(run_id))
    order = {table.name: at for at, table in enumerate(chosen.tables)}
    return ExportResult(
        run_id=run_id,
        results=tuple(sorted(run.results, key=lambda result: order[result.table])),
        failures=tuple(sorted(run.failures, key=lambda failure: order[failure[0]])),
        left_out=tuple(sorted(run.left_out)),
        calls=counters.calls - calls,
        rejected=counters.rejections - rejected,
        seconds=time.monotonic() - started,
        zone=run.zone_found,
    )


@asynccontextmanager
async def _logging_in(source: Source) -> AsyncGenerator[asyncio.Task[None]]:
    """Log in while the target is opened. The task is to be awaited before the first call."""
    login = asyncio.create_task(source.log_in())
    try:
        yield login
    finally:
        login.cancel()
        await asyncio.gather(login, return_exceptions=True)


class _Run:
    """What the tables of a run share."""

    def __init__(self, source: Source, options: ExportOptions, display: Display, optional: frozenset[str]) -> None:
        self._source = source
        self._options = options
        self._display = display
        self._optional = optional
        self._zone: asyncio.Task[Zone] | None = None
        self._dates: asyncio.Future[list[dict[str, object]]] = asyncio.get_running_loop().create_future()
        self._dates_of: str | None = None
        self._alone_here = False
        self._dated: tuple[str, ...] = RECORDS
        self.zone_found: Zone | None = None
        self.results: list[TableResult] = []
        self.failures: list[tuple[str, SuiteBridgeError]] = []
        self.left_out: list[str] = []

    async def all(self, writer: Writer, run_id: str, tables: Sequence[Table]) -> None:
        """Read, prove and finish all tables."""
        size = max(LEAST_TABLES, self._source.slots)
        starting = [table.name for table in tables if table.rows == "many"][:size]
        self._alone_here = len(tables) == 1
        self._dates_of = next((name for name in starting if name in RECORDS), None)
        runs = [
            TableRun(
                table,
                run_id=run_id,
                source=self._source,
                writer=writer,
                options=self._options,
                zone=self.zone,
                offer=partial(self._offered, table.name),
                display=self._display,
            )
            for table in tables
        ]
        gate = asyncio.Semaphore(size)
        names = {table.name for table in tables}
        # The role can surely read what it exports; other records may be closed to it.
        self._dated = tuple(sorted(RECORDS, key=lambda name: name not in names))
        if any(column.type.name == "datetime" for table in tables for column in table.columns):
            self._begin_zone()
        few = [run for run in runs if run.table.rows == "few"]
        many = [run for run in runs if run.table.rows == "many"]
        try:
            await all_of([self._together(few, writer, gate), *(self._alone(run, writer, gate) for run in many)])
        finally:
            if self._zone is not None:
                self._zone.cancel()
                await asyncio.gather(self._zone, return_exceptions=True)

    async def zone(self) -> str:
        """The name of the zone of SuiteQL's date-times."""
        task = self._begin_zone()
        return (await asyncio.shield(task)).name

    def _begin_zone(self) -> asyncio.Task[Zone]:
        if self._zone is None:
            self._zone = asyncio.create_task(self._find_zone())
        return self._zone

    async def _find_zone(self) -> Zone:
        configured = self._options.zone
        if configured is not None:
            zone = known_zone(configured)
        else:
            zone = await self._zone_of_a_table_that_is_read() or await find_zone(
                self._source.rows, self._source.record, self._dated
            )
        self.zone_found = zone
        if not zone.certain:
            self._display(
                Note(f"dates are read in the zone {zone.name} ({zone.how}); if that is wrong, set netsuite.zone")
            )
        return zone

    def _offered(self, table: str, dates: list[dict[str, object]]) -> None:
        if table == self._dates_of and not self._dates.done():
            self._dates.set_result(dates)

    async def _zone_of_a_table_that_is_read(self) -> Zone | None:
        """The zone by dates that are read anyway, so that no query is asked for them alone."""
        if self._dates_of is None:
            return None
        dates = await self._dates

        async def rows(sql: str) -> list[dict[str, object]]:
            return dates

        zone = await find_zone(rows, self._source.record, (self._dates_of,))
        # Where one page shows one season only, a question more is worth it, unless that page is most of the export.
        return zone if zone.certain or (zone.seen and self._alone_here) else None

    async def _alone(self, run: TableRun, writer: Writer, gate: asyncio.Semaphore) -> None:
        """A table that is proved by itself."""
        async with gate:
            if not await self._read(run):
                return
            await self._guarded(run, partial(self._ask_and_prove, run, writer))

    async def _together(self, runs: Sequence[TableRun], writer: Writer, gate: asyncio.Semaphore) -> None:
        """Small tables, whose proofs are asked for by few calls."""
        read: list[TableRun] = []

        async def one(run: TableRun) -> None:
            async with gate:
                if await self._read(run):
                    read.append(run)

        await all_of([one(run) for run in runs])
        if not read:
            return
        questions = [await run.question() for run in read]
        try:
            answers = await ask(self._source, questions)
        except (QueryError, UnexpectedError):
            # One of them cannot be asked about: by itself it says which.
            for run in read:
                await self._guarded(run, partial(self._ask_and_prove, run, writer))
            return
        for run, entry in zip(read, questions, strict=True):
            theirs = answers[run.table.name]
            await self._guarded(run, partial(self._prove, run, writer, entry, theirs))

    async def _read(self, run: TableRun) -> bool:
        """Whether the table is read and still to be proved."""
        if not await self._guarded(run, run.read):
            return False
        if run.done is not None:
            self._done(run.done)
            return False
        return True

    async def _ask_and_prove(self, run: TableRun, writer: Writer) -> None:
        entry = await run.question()
        theirs = (await ask(self._source, [entry]))[run.table.name]
        await self._prove(run, writer, entry, theirs)

    async def _prove(self, run: TableRun, writer: Writer, entry: Question, theirs: Measures) -> None:
        outcome = await make_equal(self._source, writer, run.reader, entry, theirs)
        self._done(await run.finish(entry, outcome))

    async def _guarded(self, run: TableRun, work: Callable[[], Awaitable[None]]) -> bool:
        """Do it; a table's own error stops that table only. Raises what every other table would meet too."""
        name = run.table.name
        try:
            await work()
        except UnknownTableError as error:
            if name in self._optional:
                self.left_out.append(name)
            else:
                self._failed(name, error)
            return False
        except _LASTING:
            raise
        except SuiteBridgeError as error:
            self._failed(name, error)
            return False
        return True

    def _failed(self, name: str, error: SuiteBridgeError) -> None:
        self.failures.append((name, error))
        self._display(TableFailed(name, error))

    def _done(self, result: TableResult) -> None:
        self.results.append(result)
        self._display(TableDone(result))
