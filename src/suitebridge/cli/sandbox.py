"""``suitebridge sandbox``: local servers that behave like the vendors' systems."""

from __future__ import annotations

import asyncio
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.errors import UsageError

if TYPE_CHECKING:
    from suitebridge.sandbox.netsuite import Sandbox, SandboxOptions

app = typer.Typer(no_args_is_help=True, help="Local servers that behave like the vendors' systems.")


class Data(StrEnum):
    """Sizes of a generated company."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    EMPTY = "empty"


class Role(StrEnum):
    """Whose keys a client gets."""

    INTEGRATION = "integration"
    ADMINISTRATOR = "administrator"
    LIMITED = "limited"


class Key(StrEnum):
    """Kinds of private keys."""

    EC = "ec"
    RSA = "rsa"


LATENCY_HELP = (
    "How long NetSuite would take: none, typical, or a TOML file of seconds (suiteql_page, list_page, record_read, "
    "record_write, record_write_line, job_record, token, other). typical is an assumption: 0.3 s a SuiteQL page, "
    "0.5 s a record read or list page, 1 s and 0.3 s a line a write, 1 s a record in a job, 0.5 s a token, "
    "0.1 s the rest."
)


@app.callback()
def sandbox() -> None:
    """Local servers that behave like the vendors' systems."""


@app.command("netsuite")
def netsuite(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 picks one.", min=0, max=65535)] = 0,
    tls_port: Annotated[
        int | None,
        typer.Option(
            help="HTTPS too, with a certificate of its own authority for NetSuite's host names; 0 picks one.",
            min=0,
            max=65535,
        ),
    ] = None,
    data: Annotated[Data, typer.Option(help="The company to begin with.")] = Data.SMALL,
    seed: Annotated[int, typer.Option(help="The same seed gives the same company.")] = 1,
    slots: Annotated[int, typer.Option(help="Concurrency limit of the account.", min=1)] = 15,
    processors: Annotated[
        int | None,
        typer.Option(help="REST async processors; by default as many as an account of so many slots has.", min=1),
    ] = None,
    latency: Annotated[str, typer.Option(help=LATENCY_HELP)] = "none",
    features: Annotated[
        str, typer.Option(help="Features that are on, by comma; -NAME takes one away from all. Default: all.")
    ] = "",
    quirk: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A choice where the documents leave one open; repeatable."),
    ] = None,
    quirks: Annotated[bool, typer.Option("--quirks", help="List all such choices and stop.")] = False,
    faults: Annotated[
        Path | None,
        typer.Option(help="A TOML file of faults to come, as [[fault]] tables."),
    ] = None,
    state: Annotated[Path | None, typer.Option(help="Keep company and credentials in this file between runs.")] = None,
    env_file: Annotated[Path | None, typer.Option(help="Write all that a client needs into this file.")] = None,
    account: Annotated[str, typer.Option(help="The account's id.")] = "1234567_SB1",
    role: Annotated[Role, typer.Option(help="Whose keys stand under the usual names.")] = Role.INTEGRATION,
    key: Annotated[Key, typer.Option(help="Kind of private key for the certificate login.")] = Key.EC,
) -> None:
    """A NetSuite on this machine: REST records, SuiteQL, certificate and token login, a company with a history."""
    if quirks:
        _list_quirks()
        return
    from suitebridge.sandbox.netsuite import SandboxOptions

    options = SandboxOptions(
        account=account,
        port=port,
        tls_port=tls_port,
        data=data.value,
        seed=seed,
        slots=slots,
        processors=processors,
        latency=latency,
        features=tuple(name for name in features.split(",") if name.strip()),
        quirks=tuple(quirk or ()),
        faults=faults,
        state=state,
        env_file=env_file,
        role=role.value,
        key=key.value,
    )
    run_netsuite(options)


def run_netsuite(options: SandboxOptions) -> None:
    """Run a sandbox until Ctrl-C or SIGTERM. The last line of its start is ``ready``.

    Raises UsageError where an option cannot be had, such as a port that is taken.
    """
    from suitebridge.sandbox.netsuite import OptionError, Sandbox

    try:
        asyncio.run(_serve(Sandbox(options)))
    except OptionError as error:
        raise UsageError(
            f"The sandbox cannot start: {error}.",
            remedy="Change the option; all of them: suitebridge sandbox netsuite --help",
        ) from error
    except ModuleNotFoundError as error:
        if error.name not in ("apsw", "sqlglot"):
            raise
        raise UsageError(
            f"The sandbox needs {error.name}, which is not installed.",
            remedy='Install it with: pip install "suitebridge[sandbox]"',
        ) from None


async def _serve(sandbox: Sandbox) -> None:
    await sandbox.start()
    try:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        _introduce(sandbox)
        await stop.wait()
    finally:
        await sandbox.stop()


def _introduce(sandbox: Sandbox) -> None:
    options = sandbox.options
    data = f"state {options.state}" if options.state is not None else f"{options.data} company, seed {options.seed}"
    lines = [
        f"NetSuite sandbox {options.account} · {data} · {options.slots} slots · latency {options.latency}",
        "",
        *(f"  {name}={value}" for name, value in sandbox.env.items()),
        "",
    ]
    if sandbox.tls_port is not None:
        host = options.account.lower().replace("_", "-")
        lines.append(
            f"HTTPS on port {sandbox.tls_port}: point {host}.suitetalk.api.netsuite.com at 127.0.0.1 and trust the "
            "authority above."
        )
    if options.env_file is not None:
        lines.append(f"All of it stands in {options.env_file}: set -a; . {options.env_file}; set +a")
    lines.append("Ctrl-C stops it.")
    typer.echo("\n".join(lines))
    typer.echo("ready")
    # Whoever waits for the word may read it through a pipe.
    sys.stdout.flush()


def _list_quirks() -> None:
    from suitebridge.sandbox.netsuite.quirks import QUIRKS

    for one in QUIRKS.values():
        typer.echo(f"{one.name}={one.default}   (can be {one.allowed})")
        typer.echo(f"    {one.meaning}. Source: {one.source}.")
