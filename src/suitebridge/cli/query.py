"""``suitebridge query``: one SuiteQL text, streamed to the terminal or a file."""

# pyarrow ships no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.table import Table

from suitebridge.cli.context import Context
from suitebridge.errors import UsageError

SHOWN_ROWS = 1_000
Row = dict[str, Any]


class Format(StrEnum):
    """How the rows are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


def query_command(
    ctx: typer.Context,
    sql: Annotated[str, typer.Argument(metavar="SUITEQL", help="The query; '-' reads it from standard input.")],
    parameter: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="Value of :NAME in the query.")
    ] = None,
    layout: Annotated[
        Format | None, typer.Option("--format", help="Default: table, or by the ending of --out.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of the terminal.")] = None,
) -> None:
    """Ask NetSuite a question in SuiteQL. Rows stream; more than 100,000 need `export`."""
    context: Context = ctx.obj
    chosen = layout or _format_of(out, Format.JSON if context.json else Format.TABLE)
    if chosen is Format.PARQUET and out is None:
        raise UsageError("parquet is written to a file only", remedy="add --out FILE.parquet")
    parameters = dict(read_parameter(text) for text in parameter or [])
    text = sys.stdin.read() if sql == "-" else sql
    settings = context.settings()

    from suitebridge.netsuite import NetSuite

    with NetSuite(settings) as netsuite:
        query = netsuite.suiteql(text, **parameters)
        if chosen is Format.PARQUET and out is not None:
            _write_parquet(iter(query.arrow()), out)
            return
        rows: Iterator[Row] = iter(query)
        # The first page is asked for before the file is opened: a refused query leaves an older file as it was.
        head = list(islice(rows, 1))
        everything = chain(head, rows)
        if chosen is Format.TABLE and out is None:
            _show(everything, context.console)
        elif out is not None:
            with out.open("w", newline="", encoding="utf-8") as file:
                _write(everything, chosen, file)
        else:
            _write(everything, chosen, sys.stdout)


def read_parameter(text: str) -> tuple[str, object]:
    """``name=value`` as a name and a typed value.

    Whole and decimal numbers, ``true``/``false``, ISO dates and date-times are read as such; everything else, and
    everything in double quotes, is text. A number with a leading zero is text, so that codes keep their zeros.

    Raises:
        UsageError: there is no ``=`` or no name.
    """
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise UsageError(f"a parameter is written NAME=VALUE, found {text!r}", record="-p")
    return name, _typed(value)


def _typed(value: str) -> object:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return value[1:-1]
    if value in ("true", "false"):
        return value == "true"
    digits = value.removeprefix("-")
    leading_zero = len(digits) > 1 and digits[0] == "0" and digits[1] != "."
    if digits and digits[0].isdigit() and not leading_zero:
        if digits.isdigit():
            return int(value)
        try:
            return Decimal(value)
        except InvalidOperation:
            pass
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(value)
        except ValueError:
            continue
    return value


def _format_of(out: Path | None, otherwise: Format) -> Format:
    endings = {".csv": Format.CSV, ".json": Format.JSON, ".parquet": Format.PARQUET}
    return endings.get(out.suffix.lower(), otherwise) if out else otherwise


def _show(rows: Iterator[Row], console: Console) -> None:
    shown = list(islice(rows, SHOWN_ROWS))
    more = next(rows, None) is not None
    columns = _columns(shown)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        numeric = all(_is_number(row[column]) for row in shown if column in row)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in shown:
        table.add_row(*("" if row.get(column) is None else str(row[column]) for column in columns))
    if shown:
        console.print(table)
    note = f"first {len(shown):,} rows; --out FILE.csv writes all" if more else f"{len(shown):,} rows"
    console.print(f"[dim]{note}[/dim]")


def _is_number(value: object) -> bool:
    try:
        Decimal(str(value))
    except InvalidOperation:
        return False
    return True


def _columns(rows: Iterable[Row]) -> list[str]:
    # NetSuite leaves null columns out of a row, so one row does not know all columns.
    return list(dict.fromkeys(key for row in rows for key in row))


def _write(rows: Iterator[Row], layout: Format, file: TextIO) -> None:
    if layout is Format.CSV:
        _write_csv(rows, file)
        return
    import msgspec

    separator = "[\n"
    for row in rows:
        file.write(separator + msgspec.json.encode(row).decode())
        separator = ",\n"
    file.write("[]\n" if separator == "[\n" else "\n]\n")


def _write_csv(rows: Iterator[Row], file: TextIO) -> None:
    import csv
    import tempfile

    # The header must name every column, and which there are is known only after the last row.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        import msgspec

        columns: dict[str, None] = {}
        for row in rows:
            columns.update(dict.fromkeys(row))
            spool.write(msgspec.json.encode(row).decode() + "\n")
        spool.seek(0)
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        for line in spool:
            writer.writerow(msgspec.json.decode(line))


def _write_parquet(batches: Iterator[Any], out: Path) -> None:
    import pyarrow.parquet as pq

    first = next(batches, None)
    if first is None:
        raise UsageError("the query has no rows, so there is nothing to write", record=str(out))
    with pq.ParquetWriter(out, first.schema) as writer:
        for batch in chain([first], batches):
            writer.write_batch(batch)
