"""``suitebridge records``: single records over REST."""

from __future__ import annotations

import sys
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, cast

import msgspec
import typer
from rich.json import JSON

from suitebridge.cli.context import Context
from suitebridge.errors import UsageError

app = typer.Typer(no_args_is_help=True, help="Get, list, create, update, upsert and delete single records.")

RecordType = Annotated[str, typer.Argument(metavar="TYPE", help="REST record type: customer, salesOrder, ...")]
RecordId = Annotated[str, typer.Argument(metavar="ID", help="Internal id, or eid:EXTERNAL_ID.")]
Data = Annotated[str, typer.Option("--data", metavar="JSON|@FILE", help="The values; @FILE reads a file, @- stdin.")]


@app.command("get")
def get_command(
    ctx: typer.Context,
    record_type: RecordType,
    record_id: RecordId,
    expand: Annotated[bool, typer.Option(help="With sublists and subrecords.")] = False,
    fields: Annotated[str | None, typer.Option(help="Only these body fields, comma separated.")] = None,
) -> None:
    """Print one record as JSON."""
    context: Context = ctx.obj
    with _netsuite(context) as netsuite:
        names = [name.strip() for name in fields.split(",")] if fields else None
        record = netsuite.records.get(record_type, **_identity(record_id), expand=expand, fields=names or ())
    _print(context, record)


@app.command("list")
def list_command(
    ctx: typer.Context,
    record_type: RecordType,
    q: Annotated[str | None, typer.Option("--q", help="Filter, such as 'email START_WITH barb'.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many ids.")] = 100,
) -> None:
    """Print the internal ids of records."""
    context: Context = ctx.obj
    with _netsuite(context) as netsuite:
        ids = [str(found) for found in islice(netsuite.records.list(record_type, q=q), limit)]
    if context.json:
        _print(context, {"record_type": record_type, "ids": ids})
    else:
        for found in ids:
            typer.echo(found)


@app.command("create")
def create_command(ctx: typer.Context, record_type: RecordType, data: Data) -> None:
    """Create a record and print its internal id."""
    context: Context = ctx.obj
    values = read_values(data)
    with _netsuite(context) as netsuite:
        internal_id = netsuite.records.create(record_type, values)
    _say(context, record_type, str(internal_id), "created")


@app.command("update")
def update_command(ctx: typer.Context, record_type: RecordType, record_id: RecordId, data: Data) -> None:
    """Change the fields that are given; the rest stays as it is."""
    context: Context = ctx.obj
    values = read_values(data)
    with _netsuite(context) as netsuite:
        netsuite.records.update(record_type, **_identity(record_id), values=values)
    _say(context, record_type, record_id, "updated")


@app.command("upsert")
def upsert_command(ctx: typer.Context, record_type: RecordType, record_id: RecordId, data: Data) -> None:
    """Create or update by external id (eid:...): sending it twice changes nothing."""
    context: Context = ctx.obj
    external_id = record_id.removeprefix("eid:")
    values = read_values(data)
    with _netsuite(context) as netsuite:
        netsuite.records.upsert(record_type, external_id=external_id, values=values)
    _say(context, record_type, f"eid:{external_id}", "upserted")


@app.command("delete")
def delete_command(ctx: typer.Context, record_type: RecordType, record_id: RecordId) -> None:
    """Delete a record."""
    context: Context = ctx.obj
    with _netsuite(context) as netsuite:
        netsuite.records.delete(record_type, **_identity(record_id))
    _say(context, record_type, record_id, "deleted")


def read_values(data: str) -> dict[str, Any]:
    """The values of ``--data``: JSON text, ``@FILE`` or ``@-``.

    Numbers with a point are Decimal, so that an amount is sent as it was written.

    Raises:
        UsageError: the file cannot be read, or it is not a JSON object; line and column are named.
    """
    if data == "@-":
        text = sys.stdin.read()
    elif data.startswith("@"):
        try:
            text = Path(data[1:]).read_text(encoding="utf-8")
        except OSError as error:
            raise UsageError(f"cannot read {data[1:]}: {error.strerror}", record="--data") from error
    else:
        text = data
    import json

    try:
        values: object = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise UsageError(f"--data is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    if not isinstance(values, dict):
        raise UsageError(f"--data must be a JSON object with fields, found a {type(values).__name__}")
    return cast(dict[str, Any], values)


def _netsuite(context: Context) -> Any:
    from suitebridge.netsuite import NetSuite

    return NetSuite(context.settings())


def _identity(record_id: str) -> dict[str, str]:
    external = record_id.startswith("eid:")
    return {"external_id": record_id[4:]} if external else {"internal_id": record_id}


def _print(context: Context, value: object) -> None:
    text = msgspec.json.encode(value).decode()
    if context.json or not sys.stdout.isatty():
        typer.echo(text)
    else:
        context.console.print(JSON(text))


def _say(context: Context, record_type: str, record_id: str, what: str) -> None:
    if context.json:
        _print(context, {"record_type": record_type, "id": record_id, "outcome": what})
    else:
        typer.echo(f"{record_type} {record_id} {what}")
