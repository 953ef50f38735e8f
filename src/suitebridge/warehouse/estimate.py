"""What an export will cost before it runs: rows, calls, seconds and megabytes, from counts asked for in few calls."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from suitebridge.netsuite.errors import QueryError, UnexpectedError, UnknownTableError
from suitebridge.netsuite.tables import Table
from suitebridge.warehouse import queries
from suitebridge.warehouse.newest import NEWEST_SUFFICES
from suitebridge.warehouse.options import ExportOptions
from suitebridge.warehouse.proof import TOGETHER
from suitebridge.warehouse.queries import Rows
from suitebridge.warehouse.ranges import PAGE
from suitebridge.warehouse.selection import choose_tables
from suitebridge.warehouse.source import Source, source_of

if TYPE_CHECKING:
    from suitebridge.netsuite.client import AsyncNetSuite

_COUNTED_TOGETHER: Final = 30


@dataclass(frozen=True, slots=True)
class TableEstimate:
    """One table. `rows` None: it cannot be counted, and is read page by page."""

    table: str
    rows: int | None
    calls: int
    megabytes: float
    how: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """All tables.

    Attributes:
        seconds: at `slots` calls at once, if each takes as long as the page that was tried.
        seconds_a_call: of that page; 0 where there was none to try.
        left_out: tables that this account or role does not have.
    """

    tables: tuple[TableEstimate, ...]
    calls: int
    seconds: float
    megabytes: float
    slots: int
    seconds_a_call: float
    left_out: tuple[str, ...]

    @property
    def rows(self) -> int:
        """All rows that could be counted."""
        return sum(entry.rows or 0 for entry in self.tables)


async def estimate(
    netsuite: AsyncNetSuite, tables: Sequence[str] = (), options: ExportOptions | None = None
) -> Estimate:
    """Count the rows of the tables, read one page of the largest, and reckon what a full export costs.

    Raises:
        UsageError: a table or column is unknown.
        NetSuiteError: the login is refused, or NetSuite cannot be reached.
    """
    options = options or ExportOptions()
    source = source_of(netsuite)
    chosen = await choose_tables(source, tables)
    options.check(list(chosen.tables))
    rows = [Rows(table, options.condition(table)) for table in chosen.tables]
    counts: dict[str, int | None] = {}
    for start in range(0, len(rows), _COUNTED_TOGETHER):
        counts.update(await _count(source, rows[start : start + _COUNTED_TOGETHER], chosen.optional))
    present = [entry for entry in rows if entry.table.name in counts]
    seconds, bytes_a_value = await _try_page(source, present, counts, options)
    found = [_table(entry.table, counts[entry.table.name], bytes_a_value, options) for entry in present]
    few = sum(1 for entry in present if entry.table.rows == "few")
    calls = sum(entry.calls for entry in found) + -(-few // TOGETHER) + 2
    return Estimate(
        tables=tuple(found),
        calls=calls,
        seconds=calls * seconds / source.slots,
        megabytes=sum(entry.megabytes for entry in found),
        slots=source.slots,
        seconds_a_call=seconds,
        left_out=tuple(entry.table.name for entry in rows if entry.table.name not in counts),
    )


async def _count(source: Source, rows: Sequence[Rows], optional: frozenset[str]) -> dict[str, int | None]:
    if not rows:
        return {}
    names = " ".join(entry.table.name for entry in rows)
    try:
        answer = await source.rows(" UNION ALL ".join(queries.count(entry) for entry in rows), names)
    except UnknownTableError as error:
        if error.table not in optional:
            raise
        return await _count(source, [entry for entry in rows if entry.table.name != error.table], optional)
    except (QueryError, UnexpectedError):
        if len(rows) == 1:
            return {rows[0].table.name: None}
        middle = len(rows) // 2
        left = await _count(source, rows[:middle], optional)
        return {**left, **await _count(source, rows[middle:], optional)}
    found = {str(row["table_name"]): int(str(row["total"])) for row in answer}
    return {entry.table.name: found.get(entry.table.name, 0) for entry in rows}


async def _try_page(
    source: Source, rows: Sequence[Rows], counts: dict[str, int | None], options: ExportOptions
) -> tuple[float, float]:
    """Seconds of one page of the largest table, and bytes a value in it."""
    largest = max(rows, key=lambda entry: counts[entry.table.name] or 0, default=None)
    if largest is None or not counts[largest.table.name]:
        return 0.0, 0.0
    columns = options.choice.columns(largest.table)
    started = time.monotonic()
    try:
        page = await source.page(queries.page(largest, columns), largest.table.name)
    except (QueryError, UnexpectedError):
        key = [column for column in columns if column.name in largest.table.key]
        page = await source.page(queries.page(largest, key), largest.table.name)
        columns = tuple(key)
    seconds = time.monotonic() - started
    return seconds, len(bytes(page.items)) / max(1, len(page.rows()) * len(columns))


def _table(table: Table, rows: int | None, bytes_a_value: float, options: ExportOptions) -> TableEstimate:
    width = len(options.choice.columns(table))
    if rows is None:
        return TableEstimate(table.name, None, 1, 0.0, "cannot be counted: page by page")
    pages = max(1, -(-rows // PAGE))
    # The account's own fields show in the newest page; in a large table a sample from everywhere is read besides.
    own = table.custom and options.custom and options.choice.may_want(table, "cust")
    discovery = 1 if own and rows > NEWEST_SUFFICES else 0
    if table.rows == "few":
        calls, how = (1, "one page") if pages == 1 else (pages + 1, "pages side by side")
    else:
        # Bounds come by a thousand a call.
        calls = (pages if rows else 0) + max(1, -(-pages // PAGE)) + discovery + 1
        how = "ranges side by side" if pages > 1 else "one range"
    if table.bounds != "rows" or len(table.key) == 0:
        how = "ranges of equal width" if table.bounds == "keys" else "page after page"
    return TableEstimate(table.name, rows, calls, rows * width * bytes_a_value / 1e6, how)
