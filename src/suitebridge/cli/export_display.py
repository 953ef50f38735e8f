"""How an export shows itself: a live display on a terminal, plain lines elsewhere, and the lines of its results."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from suitebridge.errors import SuiteBridgeError
from suitebridge.warehouse.events import Event, Note, RowsWritten, RunStarted, TableDone, TableFailed, TableStarted
from suitebridge.warehouse.progress import TableResult

BAR = 20
SHOWN = 8
NAME = 31
STEPS = 10
"""In how many steps a table tells of itself where nothing can be redrawn."""


class Meter(Protocol):
    """What is counted of a connection: see netsuite.transport.Counters and types.Slots."""

    @property
    def calls(self) -> int: ...
    @property
    def rejections(self) -> int: ...
    @property
    def seconds_waiting_to_retry(self) -> float: ...


@dataclass(slots=True)
class _Table:
    started: float
    total: int | None
    rows: int
    already: int


@dataclass(slots=True)
class Progress:
    """What is known of the tables under way."""

    tables: dict[str, _Table] = field(default_factory=dict[str, _Table])
    written: int = 0
    begun: float = field(default_factory=time.monotonic)

    def take(self, event: Event) -> None:
        """Note an event."""
        if isinstance(event, TableStarted):
            self.tables[event.table] = _Table(time.monotonic(), event.rows, event.already, event.already)
        elif isinstance(event, RowsWritten):
            self.written += event.rows
            if event.table in self.tables:
                self.tables[event.table].rows += event.rows
        elif isinstance(event, TableDone):
            self.tables.pop(event.result.table, None)
        elif isinstance(event, TableFailed):
            self.tables.pop(event.table, None)


class LiveDisplay:
    """Bars that move. Use as a context manager; call it with events."""

    def __init__(self, console: Console, meter: Meter, slots: Callable[[], tuple[int, int]]) -> None:
        self._console = console
        self._meter = meter
        self._slots = slots
        self._progress = Progress()
        self._live = Live(console=console, get_renderable=self._render, refresh_per_second=8, transient=True)

    def __enter__(self) -> LiveDisplay:
        self._live.__enter__()
        return self

    def __exit__(self, *details: object) -> None:
        self._live.__exit__(None, None, None)

    def __call__(self, event: Event) -> None:
        self._progress.take(event)
        line = line_of(event)
        if line is not None:
            self._console.print(line)

    def _render(self) -> RenderableType:
        shown = list(self._progress.tables.items())[:SHOWN]
        lines = [_bar(name, table) for name, table in shown]
        hidden = len(self._progress.tables) - len(shown)
        if hidden > 0:
            lines.append(Text(f"  and {hidden} more", style="dim"))
        lines.append(self._status())
        return Group(*lines)

    def _status(self) -> Text:
        used, limit = self._slots()
        dots = "●" * used + "○" * max(0, limit - used) if limit <= 20 else f"{used} of {limit}"
        waited = self._meter.seconds_waiting_to_retry
        rejected = f"rejected {self._meter.rejections}" + (f", waited {waited:.1f} s" if waited else "")
        rate = self._progress.written / max(0.001, time.monotonic() - self._progress.begun)
        return Text(f"  slots {dots}   calls {self._meter.calls:,}   {rejected}   rows/s {rate:,.0f}", style="dim")


class LineDisplay:
    """Lines that stay. Use as a context manager; call it with events."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress = Progress()
        self._steps: dict[str, int] = {}

    def __enter__(self) -> LineDisplay:
        return self

    def __exit__(self, *details: object) -> None:
        pass

    def __call__(self, event: Event) -> None:
        self._progress.take(event)
        line = line_of(event)
        if line is not None:
            self._console.print(line, soft_wrap=True)
        elif isinstance(event, RowsWritten):
            self._step(event.table)

    def _step(self, name: str) -> None:
        table = self._progress.tables.get(name)
        if table is None or not table.total:
            return
        step = min(STEPS, table.rows * STEPS // table.total)
        if step > self._steps.get(name, 0) and table.total > STEPS * 1_000 and step < STEPS:
            self._steps[name] = step
            self._console.print(f"  … {name:<{NAME}} {table.rows:>10,} of {table.total:,}", soft_wrap=True)


def line_of(event: Event) -> Text | None:
    """The line that stays of an event, if one does."""
    if isinstance(event, TableDone):
        return done_line(event.result)
    if isinstance(event, TableFailed):
        return failed_line(event.table, event.error)
    if isinstance(event, Note):
        return Text(f"  ! {event.text}", style="yellow")
    if isinstance(event, RunStarted) and event.resumed:
        return Text("  goes on where the interrupted run was", style="cyan")
    if isinstance(event, TableStarted) and event.already:
        of = f" of {event.rows:,}" if event.rows is not None else ""
        return Text(f"  ↻ {event.table:<{NAME}} {event.already:>10,}{of} rows are there already", style="cyan")
    return None


def done_line(result: TableResult) -> Text:
    """``✓ customer   15,000 rows   key sum 112,507,500   equal at 09:31:07``: when both sides were, local time."""
    sums = [f"{'key sum' if at == 0 else name} {value:,}" for at, (name, value) in enumerate(result.key_sums.items())]
    line = Text("  ")
    line.append("✓ ", style="green")
    line.append(f"{result.table:<{NAME}} {result.rows:>10,} rows   ")
    line.append(f"{sums[0] if sums else 'text key':<25} ")
    at = datetime.fromisoformat(result.at).astimezone()
    line.append(f"equal at {at:%H:%M:%S}", style="dim")
    if result.reread:
        line.append(f" · {result.reread:,} rows read again", style="yellow")
    for note in result.notes:
        line.append(f" · {note}", style="yellow")
    return line


def failed_line(table: str, error: SuiteBridgeError) -> Text:
    """``✗ transaction   what happened`` and the remedy under it."""
    line = Text("  ")
    line.append("✗ ", style="bold red")
    line.append(f"{table:<{NAME}} {error.message}")
    if error.remedy:
        line.append(f"\n    {'':<{NAME}} → {error.remedy}", style="yellow")
    return line


def summary_line(tables: int, calls: int, seconds: float, results: Mapping[str, int]) -> str:
    """``12 tables, 742 calls, 48.2 s · 5 rows changed while reading: read again``."""
    parts = [f"{tables:,} {'table' if tables == 1 else 'tables'}, {calls:,} calls, {seconds:.1f} s"]
    if results.get("reread"):
        parts.append(f"{results['reread']:,} rows changed while reading: read again")
    if results.get("rejected"):
        parts.append(f"{results['rejected']:,} calls were rejected and sent again")
    if results.get("left_out"):
        parts.append(f"{results['left_out']:,} tables are not in this account")
    return " · ".join(parts)


def _bar(name: str, table: _Table) -> Text:
    line = Text(f"  {name:<{NAME}} ")
    if not table.total:
        line.append(f"{table.rows:>10,} rows")
        return line
    part = min(1.0, table.rows / table.total)
    full = int(part * BAR)
    line.append("━" * full, style="green")
    line.append(("╺" + "━" * (BAR - full - 1)) if full < BAR else "", style="dim")
    line.append(f" {part * 100:3.0f} %  {table.rows:>10,} of {table.total:,}")
    fresh = table.rows - table.already
    if fresh and table.rows < table.total:
        left = (time.monotonic() - table.started) / fresh * (table.total - table.rows)
        line.append(f"   {int(left) // 3600}:{int(left) // 60 % 60:02d}:{int(left) % 60:02d} left", style="dim")
    return line
