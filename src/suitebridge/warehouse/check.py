"""Compares a warehouse with NetSuite as it is now, without reading any table again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from suitebridge.errors import ProofError, SuiteBridgeError, TargetError, UsageError
from suitebridge.netsuite.tables import Table
from suitebridge.warehouse.events import Display, TableDone, TableFailed
from suitebridge.warehouse.load import measures
from suitebridge.warehouse.load.duckdb import DuckDBTarget
from suitebridge.warehouse.load.staged import Staged, StagedColumn
from suitebridge.warehouse.options import ExportOptions
from suitebridge.warehouse.progress import TableResult
from suitebridge.warehouse.proof import Measures, Question, ask, difference, local, question
from suitebridge.warehouse.queries import Rows
from suitebridge.warehouse.ranges import Key, Range
from suitebridge.warehouse.selection import choose_tables
from suitebridge.warehouse.source import source_of
from suitebridge.warehouse.writer import Writer

if TYPE_CHECKING:
    from suitebridge.netsuite.client import AsyncNetSuite


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The tables that are equal, and those that are not with what differs."""

    results: tuple[TableResult, ...]
    failures: tuple[tuple[str, SuiteBridgeError], ...]


async def prove(
    netsuite: AsyncNetSuite,
    target: Path,
    tables: Sequence[str] = (),
    options: ExportOptions | None = None,
    display: Display = lambda event: None,
) -> CheckResult:
    """Compare tables of the warehouse, up to their highest key; tables that nobody named may be missing.

    Raises:
        UsageError: a named table is not in the warehouse.
        TargetError: the warehouse cannot be opened.
    """
    options = options or ExportOptions()
    source = source_of(netsuite)
    chosen = await choose_tables(source, tables)
    if not await asyncio.to_thread(target.exists):
        raise TargetError(f"{target} does not exist", record=str(target), remedy="export first")
    results: list[TableResult] = []
    failures: list[tuple[str, SuiteBridgeError]] = []
    async with Writer(lambda: DuckDBTarget(target, options.schema), lambda table, rows: None) as writer:
        questions: list[Question] = []
        for table in chosen.tables:
            staged = _staged(table)
            if await writer.call(partial(_has_table, staged)):
                highest = await writer.call(partial(_highest_key, staged))
                rows = Rows(table, options.condition(table), Range(None, highest))
                questions.append(question(rows, staged, None, "UTC"))
            elif table.name not in chosen.optional:
                raise UsageError(f"{table.name} is not in {target}", record=table.name, remedy="export it first")
        started = time.monotonic()
        answers = await ask(source, questions)
        for entry in questions:
            name = entry.rows.table.name
            ours, theirs = await local(writer, entry, staging=False), answers[name]
            if not ours.equals(theirs):
                error = ProofError(
                    f"{name} is not equal: {difference(entry, ours, theirs)}",
                    record=name,
                    remedy=f"suitebridge export {name} --resync {name} reads it again",
                )
                failures.append((name, error))
                display(TableFailed(name, error))
                continue
            result = _result(entry, theirs, time.monotonic() - started)
            results.append(result)
            display(TableDone(result))
    return CheckResult(tuple(results), tuple(failures))


def _has_table(staged: Staged, target: DuckDBTarget) -> bool:
    return measures.has_table(target.connection, staged)


def _highest_key(staged: Staged, target: DuckDBTarget) -> Key | None:
    return measures.highest_key(target.connection, staged)


def _staged(table: Table) -> Staged:
    columns = [column for name in (*table.key, *table.proof) if (column := table.column(name)) is not None]
    staged = [StagedColumn(column.name, column.type, column) for column in columns]
    return Staged(table.name, table.name, tuple(staged[: len(table.key)]), tuple(staged))


def _result(entry: Question, theirs: Measures, seconds: float) -> TableResult:
    found = dict(zip(entry.summed, theirs.sums, strict=True))
    return TableResult(
        table=entry.rows.table.name,
        rows=theirs.rows,
        key_sums={name: int(found[name]) for name in entry.key_sums},
        sums={name: str(found[name]) for name in entry.sums},
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=seconds,
    )
