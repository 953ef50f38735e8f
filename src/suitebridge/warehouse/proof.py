"""Compares a table with NetSuite: rows, sums of the key and of money, up to the highest key at the start.

What differs is narrowed down by parts of the key and read again, so that rows that were deleted, added or changed while
reading come out right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from suitebridge.errors import ProofError
from suitebridge.netsuite.errors import NetSuiteError
from suitebridge.netsuite.tables import Table
from suitebridge.warehouse import queries
from suitebridge.warehouse.extract import TableReader
from suitebridge.warehouse.load import measures
from suitebridge.warehouse.load.duckdb import DuckDBTarget
from suitebridge.warehouse.load.staged import Local, Staged
from suitebridge.warehouse.queries import Rows
from suitebridge.warehouse.ranges import Key, Range
from suitebridge.warehouse.source import Source
from suitebridge.warehouse.writer import Writer

ROUNDS: Final = 5
"""How often a table that differs is read again before it counts as not equal."""

PARTS: Final = 40
"""Into how many parts a range that differs is cut by one query."""

SMALL: Final = 2_000
"""Rows of a range that is read again rather than cut further."""

TOGETHER: Final = 20
"""Tables that are compared by one query."""


@dataclass(frozen=True, slots=True)
class Measures:
    """One side: rows, sums by column, and rows changed since the mark (0 where there is none)."""

    rows: int
    sums: tuple[Decimal, ...]
    moved: int

    def equals(self, other: Measures) -> bool:
        """Whether rows and sums are the same."""
        return self.rows == other.rows and self.sums == other.sums


@dataclass(frozen=True, slots=True)
class Question:
    """What is compared of one table.

    Attributes:
        rows: the rows in NetSuite, up to the highest key at the start.
        staged: the table in the target.
        key_sums, sums: SuiteQL names of the key's whole-number columns, and of other columns.
        since: the date column, its name in the target, and the latest wall clock at the start.
        zone: of the wall clock.
    """

    rows: Rows
    staged: Staged
    key_sums: tuple[str, ...]
    sums: tuple[str, ...]
    since: tuple[str, str, str] | None = None
    zone: str = "UTC"

    @property
    def summed(self) -> tuple[str, ...]:
        """All columns that are added up."""
        return (*self.key_sums, *self.sums)

    @property
    def upto(self) -> Key | None:
        """The highest key that is compared."""
        return self.rows.range.upto


def question(rows: Rows, staged: Staged, newest: str | None, zone: str, by: str | None = None) -> Question:
    """What can be compared of a table with the columns that it has in the target.

    Args:
        newest: the latest date of change at the start.
        by: the date column, where changes are to be looked for.
    """
    table = rows.table
    names = {column.source.name: column for column in staged.columns}
    key_sums = tuple(name for name in table.key if _is_whole(table, name))
    sums = tuple(name for name in table.proof if name in names and names[name].type.is_decimal)
    since = None
    if by is not None and newest is not None and by in names and names[by].type.name == "datetime":
        since = (by, names[by].name, newest)
    return Question(rows, staged, key_sums, sums, since, zone)


async def ask(source: Source, questions: Sequence[Question]) -> dict[str, Measures]:
    """NetSuite's side of several tables, by as few queries as it allows."""
    found: dict[str, Measures] = {}
    for start in range(0, len(questions), TOGETHER):
        found.update(await _ask_together(source, questions[start : start + TOGETHER]))
    return found


async def _ask_together(source: Source, questions: Sequence[Question]) -> dict[str, Measures]:
    width = max(len(entry.summed) for entry in questions)
    sql = " UNION ALL ".join(
        queries.measures(
            entry.rows, entry.summed, width, None if entry.since is None else (entry.since[0], entry.since[2])
        )
        for entry in questions
    )
    try:
        rows = await source.rows(sql, " ".join(entry.rows.table.name for entry in questions))
    except NetSuiteError:
        if len(questions) == 1:
            raise
        middle = len(questions) // 2
        left = await _ask_together(source, questions[:middle])
        return {**left, **await _ask_together(source, questions[middle:])}
    by_table = {str(row["table_name"]): row for row in rows}
    return {entry.rows.table.name: _measures(by_table[entry.rows.table.name], len(entry.summed)) for entry in questions}


async def local(writer: Writer, entry: Question, staging: bool = True) -> Measures:
    """The target's side."""
    names = {column.source.name: column.name for column in entry.staged.columns}
    since = None if entry.since is None else (entry.since[1], _instant(entry.since[2], entry.zone))
    summed = [names[name] for name in entry.summed]

    def measure(target: DuckDBTarget) -> Local:
        return measures.measure(target.connection, entry.staged, summed, since, entry.upto, staging)

    found = await writer.call(measure)
    return Measures(found.rows, tuple(Decimal(text) for text in found.sums), found.moved)


async def make_equal(source: Source, writer: Writer, reader: TableReader, entry: Question, theirs: Measures) -> Outcome:
    """Read again what differs, until both sides are equal.

    Args:
        theirs: NetSuite's side as it was just asked for.

    Raises:
        ProofError: they still differ after some rounds.
    """
    reread = 0
    for _ in range(ROUNDS):
        ours = await local(writer, entry)
        if ours == theirs:
            return Outcome(theirs, reread)
        if ours.moved != theirs.moved and entry.since is not None:
            reread += await _read_changed(writer, reader, entry)
            ours = await local(writer, entry)
        if not ours.equals(theirs):
            reread += await _repair(source, writer, reader, entry, entry.rows.range, ours.rows)
        theirs = (await ask(source, [entry]))[entry.rows.table.name]
    ours = await local(writer, entry)
    if ours.equals(theirs):
        return Outcome(theirs, reread, still_moving=ours.moved != theirs.moved)
    raise ProofError(
        f"{entry.rows.table.name} is not equal: {difference(entry, ours, theirs)}",
        record=entry.rows.table.name,
        retryable=True,
        remedy="the table is written to faster than it can be read again; try at a quieter time",
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Both sides when they were equal, and how many rows were read again until then.

    `still_moving`: rows and sums are equal, but rows kept changing while they were read again.
    """

    measures: Measures
    reread: int
    still_moving: bool = False


async def _read_changed(writer: Writer, reader: TableReader, entry: Question) -> int:
    assert entry.since is not None
    rows = 0
    async for _, page in reader.pages(queries.changed_since(entry.rows, entry.since[0], entry.since[2])):
        await writer.call(partial(DuckDBTarget.replace_rows, staged=entry.staged, batches=[page.batch]))
        rows += page.rows
    return rows


async def _read_range(writer: Writer, reader: TableReader, entry: Question, range_: Range) -> int:
    rows = 0
    async for part, page in reader.pages(entry.rows.within(range_)):
        await writer.call(partial(DuckDBTarget.replace_range, staged=entry.staged, range_=part, batches=[page.batch]))
        rows += page.rows
    return rows


async def _repair(
    source: Source, writer: Writer, reader: TableReader, entry: Question, range_: Range, rows: int
) -> int:
    """Find the parts of a range that differ and read them again. Returns how many rows were read."""
    first = entry.rows.table.column(entry.rows.table.key[0])
    edges: list[int] = []
    if rows > SMALL and first is not None and first.type.name == "integer":
        parts = min(PARTS, -(-rows // (SMALL // 2)))
        edges = await writer.call(lambda target: measures.edges(target.connection, entry.staged, range_, parts))
    if not edges:
        return await _read_range(writer, reader, entry, range_)
    names = {column.source.name: column.name for column in entry.staged.columns}
    summed = [names[name] for name in entry.summed]
    ours = await writer.call(
        lambda target: measures.bucket_measures(target.connection, entry.staged, range_, edges, summed)
    )
    sql = queries.bucket_measures(entry.rows.within(range_), edges, entry.summed)
    answer = (await source.rows(sql, entry.rows.table.name))[0]
    reread = 0
    # The ends between the parts are values of the first key column alone: all rows of one value lie in one part.
    ends: list[Key | None] = [range_.after, *((edge,) for edge in edges), range_.upto]
    for number, (count, sums) in enumerate(ours, start=1):
        there = int(str(answer.get(f"c{number}") or 0))
        their_sums = [_decimal(answer.get(f"s{number}_{at}")) for at in range(1, len(entry.summed) + 1)]
        if there == count and their_sums == [Decimal(text) for text in sums]:
            continue
        part = Range(ends[number - 1], ends[number])
        reread += await _repair(source, writer, reader, entry, part, max(there, count))
    return reread


def difference(entry: Question, ours: Measures, theirs: Measures) -> str:
    """In words, what differs."""
    parts: list[str] = []
    if ours.rows != theirs.rows:
        parts.append(f"{ours.rows:,} rows here, {theirs.rows:,} in NetSuite")
    for name, here, there in zip(entry.summed, ours.sums, theirs.sums, strict=True):
        if here != there:
            parts.append(f"sum of {name} {here:,} here, {there:,} in NetSuite")
    if ours.moved != theirs.moved:
        parts.append(f"{theirs.moved - ours.moved:,} rows changed meanwhile")
    return "; ".join(parts)


def _measures(row: Mapping[str, object], sums: int) -> Measures:
    return Measures(
        rows=int(str(row.get("total", 0))),
        sums=tuple(_decimal(row.get(f"s{number}")) for number in range(1, sums + 1)),
        moved=int(str(row.get("moved", 0))),
    )


def _instant(wall: str, zone: str) -> str:
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).isoformat()


def _decimal(value: object) -> Decimal:
    return Decimal(0) if value is None else Decimal(str(value))


def _is_whole(table: Table, name: str) -> bool:
    column = table.column(name)
    return column is not None and column.type.name == "integer"
