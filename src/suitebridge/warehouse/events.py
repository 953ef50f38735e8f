"""What an export tells while it runs. A display is a function that takes these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from suitebridge.errors import SuiteBridgeError
from suitebridge.warehouse.progress import TableResult


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The export begins, or goes on where an interrupted one was."""

    run_id: str
    tables: tuple[str, ...]
    resumed: bool


@dataclass(frozen=True, slots=True)
class TableStarted:
    """A table begins. `rows` is how many it has as far as known, `already` how many an earlier run has brought."""

    table: str
    rows: int | None
    already: int


@dataclass(frozen=True, slots=True)
class RowsWritten:
    """Rows are safe in the target."""

    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class TableDone:
    """A table is proved and in its place."""

    result: TableResult


@dataclass(frozen=True, slots=True)
class TableFailed:
    """A table could not be exported; the others go on."""

    table: str
    error: SuiteBridgeError


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know once."""

    text: str


Event = RunStarted | TableStarted | RowsWritten | TableDone | TableFailed | Note
Display = Callable[[Event], None]
