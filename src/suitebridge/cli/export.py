"""``suitebridge export``: tables of NetSuite into a warehouse, in full, resumable, with proof."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from suitebridge.cli.context import Context
from suitebridge.errors import SuiteBridgeError, UsageError

if TYPE_CHECKING:
    from suitebridge.netsuite.client import AsyncNetSuite
    from suitebridge.warehouse.estimate import Estimate
    from suitebridge.warehouse.explain import Explanation
    from suitebridge.warehouse.options import ExportOptions

INTERRUPTED = 130
T = TypeVar("T")


def export_command(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME | TABLE ...]", help="An [exports.NAME], or tables; none means all tables."),
    ] = None,
    to: Annotated[str | None, typer.Option(help="A DuckDB file, duckdb:///FILE, or a [databases.NAME].")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read the tables as a whole (the default).")] = False,
    incremental: Annotated[bool, typer.Option("--incremental", help="Read only what changed.")] = False,
    only_estimate: Annotated[bool, typer.Option("--estimate", help="Say what it will cost; read nothing.")] = False,
    only_explain: Annotated[bool, typer.Option("--explain", help="Say how each table is read; call nobody.")] = False,
    only_prove: Annotated[bool, typer.Option("--prove", help="Compare warehouse and NetSuite; read nothing.")] = False,
    resync: Annotated[list[str] | None, typer.Option(metavar="TABLE", help="Read this table from the start.")] = None,
    layout: Annotated[str | None, typer.Option(help="plain, or fivetran (the netsuite2 conventions).")] = None,
    columns: Annotated[str | None, typer.Option(metavar="LIST", help="Only these: column or table.column, ...")] = None,
    exclude: Annotated[str | None, typer.Option(metavar="LIST", help="All but these.")] = None,
    hash_: Annotated[str | None, typer.Option("--hash", metavar="LIST", help="SHA-256 of these.")] = None,
    where: Annotated[
        list[str] | None, typer.Option(metavar="SQL", help="A SuiteQL condition; TABLE: SQL if there are several.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only rows changed since, YYYY-MM-DD.")] = None,
    schema: Annotated[str | None, typer.Option(metavar="NAME", help="The schema in the warehouse.")] = None,
) -> None:
    """Export tables of NetSuite into a warehouse and prove that both sides are equal.

    An interrupted export goes on where it was: give the same command again.
    """
    context: Context = ctx.obj
    if full and incremental:
        raise UsageError("--full and --incremental exclude each other")
    if incremental:
        raise UsageError(
            "--incremental cannot be had yet", record="--incremental", remedy="leave it out: --full is the default"
        )
    if sum((only_estimate, only_explain, only_prove)) > 1:
        raise UsageError("--estimate, --explain and --prove exclude each other")
    wish = _Wish(
        tuple(names or ()), to, layout, schema, since, _listed(columns), _listed(exclude), _listed(hash_),
        tuple(where or ()), tuple(text.strip().lower() for text in resync or ()),
    )  # fmt: skip
    job = plan(context, wish)
    if only_explain:
        _explain(context, job)
        return
    raise typer.Exit(_run(context, job, only_estimate, only_prove))


@dataclass(frozen=True, slots=True)
class _Wish:
    """The command line."""

    names: tuple[str, ...]
    to: str | None
    layout: str | None
    schema: str | None
    since: str | None
    columns: tuple[str, ...]
    exclude: tuple[str, ...]
    hash: tuple[str, ...]
    where: tuple[str, ...]
    resync: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be exported: tables (none means all), the options, and the target as written."""

    tables: tuple[str, ...]
    options: ExportOptions
    to: str | None


def plan(context: Context, wish: _Wish) -> Job:
    """The job that command line and configuration mean together; the command line wins.

    Raises:
        UsageError: a value is wrong, or a name is neither an export nor a table.
    """
    from suitebridge.warehouse.layout import choice
    from suitebridge.warehouse.options import ExportOptions

    config = context.config
    defined = None
    tables = wish.names
    if len(tables) == 1:
        defined = config.export(tables[0])
    elif not tables and not wish.resync and config.export_names():
        if len(config.export_names()) > 1:
            raise UsageError("which export?", remedy=f"one of: {', '.join(config.export_names())}")
        defined = config.export(config.export_names()[0])
    if defined is not None:
        tables = defined.tables
    conditions = dict(defined.where) if defined else {}
    conditions.update(_conditions(wish.where, tables))
    layout = wish.layout or (defined.layout if defined else None) or "plain"
    if layout not in ("plain", "fivetran"):
        raise UsageError(f"there is no layout {layout!r}", record="--layout", remedy="plain or fivetran")
    tables = (*tables, *(name for name in wish.resync if name not in tables))
    since = wish.since or (defined.since if defined else None)
    options = ExportOptions(
        layout=layout,
        schema=wish.schema or (defined.schema if defined else None) or "main",
        choice=choice(
            wish.columns,
            (*wish.exclude, *(defined.exclude if defined else ())),
            (*wish.hash, *(defined.hash if defined else ())),
            None if wish.columns or defined is None else defined.columns,
        ),
        where=conditions,
        since=_day(since) if since else None,
        resync=wish.resync,
    )
    return Job(tuple(tables), options, wish.to or (defined.to if defined else None))


def _target(context: Context, job: Job) -> Path:
    from suitebridge.warehouse.load.address import duckdb_file

    if job.to is None:
        raise UsageError("where to?", record="--to", remedy="--to warehouse.duckdb")
    return duckdb_file(context.config.database_url(job.to) or job.to)


def _run(context: Context, job: Job, only_estimate: bool, only_prove: bool) -> int:
    settings = context.settings()
    target = None if only_estimate and job.to is None else _target(context, job)

    from suitebridge.netsuite import AsyncNetSuite

    if settings.zone is not None:
        job = replace(job, options=replace(job.options, zone=settings.zone))

    async def work() -> int:
        async with AsyncNetSuite(settings, work="bulk") as netsuite:
            await netsuite.learn_slots()
            if only_estimate:
                return await _estimated(context, netsuite, job, target)
            assert target is not None
            if only_prove:
                return await _proved(context, netsuite, job, target)
            return await _exported(context, netsuite, job, target)

    return _interruptible(context, work)


def _interruptible(context: Context, work: Callable[[], Awaitable[int]]) -> int:
    async def main() -> int:
        return await work()

    # Whoever stops a service sends SIGTERM; it deserves the same clean end as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return asyncio.run(main())
    except KeyboardInterrupt:
        context.console.print("\n  interrupted; the same command goes on where it was", style="yellow")
        return INTERRUPTED


async def _exported(context: Context, netsuite: AsyncNetSuite, job: Job, target: Path) -> int:
    from suitebridge.cli.export_display import LineDisplay, LiveDisplay, summary_line
    from suitebridge.warehouse.run import export

    console = context.console
    console.print(f"from {netsuite.settings.account} to {target}, layout {job.options.layout}\n", highlight=False)
    counters = netsuite.counters
    live = console.is_terminal and not context.json and not context.quiet
    display = (
        LiveDisplay(console, counters, lambda: (netsuite.slots.in_use, netsuite.slots.limit))
        if live
        else LineDisplay(console)
    )
    with display:
        result = await export(netsuite, target, job.tables, job.options, display)
    counts = {
        "reread": sum(entry.reread for entry in result.results),
        "rejected": result.rejected,
        "left_out": len(result.left_out),
    }
    console.print(f"  {summary_line(len(result.results), result.calls, result.seconds, counts)}", highlight=False)
    if result.failures:
        console.print(f"  {len(result.failures)} failed; the same command tries them again", style="bold red")
    _write_json(
        context,
        {
            "run": result.run_id,
            "target": str(target),
            "tables": [asdict(entry) for entry in result.results],
            "failures": [{"table": name, **error.as_dict()} for name, error in result.failures],
            "left_out": result.left_out,
            "calls": result.calls,
            "rejected": result.rejected,
            "seconds": round(result.seconds, 3),
            "zone": None if result.zone is None else asdict(result.zone),
        },
    )
    return _exit_code([error for _, error in result.failures])


async def _proved(context: Context, netsuite: AsyncNetSuite, job: Job, target: Path) -> int:
    from suitebridge.cli.export_display import LineDisplay
    from suitebridge.warehouse.check import prove

    result = await prove(netsuite, target, job.tables, job.options, LineDisplay(context.console))
    context.console.print(
        f"  {len(result.results):,} {'table is' if len(result.results) == 1 else 'tables are'} equal"
        + (f", {len(result.failures):,} are not" if result.failures else "")
    )
    _write_json(
        context,
        {
            "tables": [asdict(entry) for entry in result.results],
            "failures": [{"table": name, **error.as_dict()} for name, error in result.failures],
        },
    )
    return _exit_code([error for _, error in result.failures])


async def _estimated(context: Context, netsuite: AsyncNetSuite, job: Job, target: Path | None) -> int:
    from suitebridge.warehouse.estimate import estimate

    found = await estimate(netsuite, job.tables, job.options)
    where = f" to {target}" if target else ""
    context.console.print(f"from {netsuite.settings.account}{where}, layout {job.options.layout}\n", highlight=False)
    _show_estimate(found, context.console)
    _write_json(context, asdict(found))
    return 0


def _show_estimate(found: Estimate, console: Console) -> None:
    grid = Grid(box=None, pad_edge=False, padding=(0, 2), header_style="dim")
    for name, justify in (("  table", "left"), ("rows", "right"), ("calls", "right"), ("MB", "right"), ("how", "left")):
        grid.add_column(name, justify=justify)  # pyright: ignore[reportArgumentType]
    for entry in found.tables:
        rows = "?" if entry.rows is None else f"{entry.rows:,}"
        grid.add_row(f"  {entry.table}", rows, f"{entry.calls:,}", f"{entry.megabytes:,.1f}", entry.how)
    console.print(grid)
    pace = f", at {found.seconds_a_call:.2f} s a page" if found.seconds_a_call else ""
    console.print(
        f"\n  {found.rows:,} rows, about {found.calls:,} calls, {_duration(found.seconds)} at your {found.slots} slots"
        f"{pace}, {found.megabytes:,.1f} MB",
        highlight=False,
    )
    if found.left_out:
        console.print(f"  not in this account or not for this role: {', '.join(found.left_out)}", style="dim")


def _explain(context: Context, job: Job) -> None:
    from suitebridge.netsuite import tables
    from suitebridge.warehouse.explain import explain

    names = tables.expand(job.tables, tables.names()) if job.tables else tables.listed()
    chosen = [tables.load(name) for name in names]
    job.options.check(chosen)
    found = explain(chosen, job.options)
    for entry in found:
        _show_explanation(entry, context.console)
    _write_json(context, [asdict(entry) for entry in found])


def _show_explanation(entry: Explanation, console: Console) -> None:
    console.print(f"[bold]{entry.table}[/bold]  {escape(entry.about)}")
    for word, sentence in entry.facts:
        console.print(f"  {word:<9} {escape(sentence)}", highlight=False, soft_wrap=True)
    console.print(f"  {'columns':<9} {len(entry.columns)}", highlight=False)
    for name, kind, notes in entry.columns:
        console.print(f"    {name:<30} {kind:<13} {escape(notes)}".rstrip(), highlight=False, soft_wrap=True)
    for word, sql in entry.sql:
        console.print(f"  {word}\n    {escape(sql)}", highlight=False, soft_wrap=True)
    console.print()


def _exit_code(errors: Sequence[SuiteBridgeError]) -> int:
    return errors[0].exit_code if errors else 0


def _write_json(context: Context, document: Any) -> None:
    if context.json:
        import msgspec

        sys.stdout.buffer.write(msgspec.json.encode(document) + b"\n")
        sys.stdout.flush()


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _conditions(texts: Sequence[str], tables: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        name, mark, condition = text.partition(":")
        if mark and name.strip().lower() in tables:
            found[name.strip().lower()] = condition.strip()
        elif len(tables) == 1:
            found[tables[0].lower()] = text.strip()
        else:
            raise UsageError("--where: for which table?", record=text, remedy=f"--where 'TABLE: {text}'")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no date", record="--since", remedy="write YYYY-MM-DD") from None
