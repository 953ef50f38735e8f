"""The application: global options, the commands by name, exit codes."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from suitebridge.cli import demo, doctor, export, query, records, sandbox
from suitebridge.cli.context import Context
from suitebridge.cli.failure import tell
from suitebridge.errors import SuiteBridgeError

app = typer.Typer(
    name="suitebridge",
    help="NetSuite connected with the rest of a company's systems.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

INTERRUPTED = 130
_FLAGS = {"--json", "--quiet", "--verbose"}
_WITH_VALUE = {"--config", "--profile"}


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"suitebridge {version('suitebridge')}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    config: Annotated[Path | None, typer.Option(help="Default: suitebridge.toml, found upward.")] = None,
    profile: Annotated[str | None, typer.Option(help="Lay [profiles.NAME] over the configuration.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document for machines.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Only errors and results.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log every call to standard error.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Options that every command knows, before or after its name."""
    del version
    ctx.obj = Context(
        file=config,
        profile=profile,
        json=as_json,
        quiet=quiet,
        verbose=verbose,
        console=Console(stderr=as_json, quiet=quiet and not as_json, highlight=False),
    )
    if verbose:
        import logging

        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s")
        logging.getLogger("asyncio").setLevel(logging.WARNING)


app.command("demo")(demo.demo_command)
app.command("doctor")(doctor.doctor_command)
app.command("query")(query.query_command)
app.add_typer(records.app, name="records")
app.command("export")(export.export_command)
app.add_typer(sandbox.app, name="sandbox")


def main() -> None:
    """Run the command line and exit with a code that means something.

    0 done, 1 failed, 2 wrong usage or configuration, 3 done with records in error, 4 refused by the other system,
    130 interrupted and resumable.
    """
    arguments = global_options_first(sys.argv[1:])
    as_json = "--json" in arguments
    try:
        app(args=arguments, prog_name="suitebridge", standalone_mode=True)
    except SuiteBridgeError as error:
        tell(error, as_json=as_json)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing failed, and Python must not complain while it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(128 + signal.SIGPIPE)


def global_options_first(arguments: list[str]) -> list[str]:
    """The same arguments with the global options in front, so that they may stand anywhere on the line."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest.extend([argument, *waiting])
        elif argument in _FLAGS or (argument.partition("=")[0] in _WITH_VALUE and "=" in argument):
            front.append(argument)
        elif argument in _WITH_VALUE:
            front.append(argument)
            value = next(waiting, None)
            if value is not None:
                front.append(value)
        else:
            rest.append(argument)
    return [*front, *rest]
