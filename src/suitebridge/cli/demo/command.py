"""The steps of ``suitebridge demo``, in the order a visitor sees them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, cast

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from suitebridge.cli.context import Context
from suitebridge.cli.demo import finance, one_by_one
from suitebridge.cli.demo.processes import COMMAND, DemoError, SandboxProcess, run, running

WAREHOUSE = "warehouse.duckdb"
SAMPLE = 60
KILL_AT = 0.45


def demo_command(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its files.")] = Path(".demo"),
    data: Annotated[str, typer.Option(help="Size of the company: small, medium or large.")] = "medium",
) -> None:
    """Start a NetSuite sandbox, export all of it with proof, kill the export on the way, and look at the result."""
    context: Context = ctx.obj
    console = context.console
    started = time.perf_counter()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    folder = folder.resolve()

    _step(console, 1, f"A NetSuite of our own: suitebridge sandbox netsuite --data {data} --latency typical --slots 5")
    sandbox = SandboxProcess(folder, "--data", data, "--latency", "typical", "--slots", "5")
    with sandbox:
        with console.status("building the company (kept for the next time) ..."):
            sandbox.start()
        environment = sandbox.environment
        settings = _settings(environment)
        _company(console, settings)

        _step(console, 2, "Does it connect? suitebridge doctor netsuite")
        _expect(0, run(["doctor", "netsuite"], environment, folder), "the doctor")

        _step(console, 3, f"What would a full export cost? suitebridge export --to {WAREHOUSE} --estimate")
        _expect(0, run(["export", "--to", WAREHOUSE, "--estimate"], environment, folder), "the estimate")

        _step(console, 4, f"Run it, and kill it in the middle with -9: suitebridge export --to {WAREHOUSE}")
        killed = _export_and_kill(sandbox, environment, folder, _expected_calls(environment, folder))
        console.print(
            f"\n  [bold red]kill -9[/bold red] after {killed:,} calls. The same command again goes on where it was:\n"
        )
        _expect(0, run(["export", "--to", WAREHOUSE], environment, folder), "the resumed export")

        _step(console, 5, "Beside it the one-by-one way: list the ids, then get each record")
        _compare(console, environment, folder)

    _step(console, 6, "Ask the warehouse")
    finance.draw(finance.ask(folder / WAREHOUSE), console)

    _step(console, 7, "The same with a real account")
    for line in (
        "export NETSUITE_ACCOUNT=1234567 NETSUITE_CLIENT_ID=... NETSUITE_CERTIFICATE_ID=...",
        "export NETSUITE_PRIVATE_KEY_FILE=key.pem",
        f"suitebridge doctor netsuite && suitebridge export --to {WAREHOUSE}",
    ):
        console.print(f"  {line}", soft_wrap=True)
    console.print(
        f"\n[dim]{time.perf_counter() - started:.0f} s in all; the warehouse stays in {folder / WAREHOUSE}[/dim]"
    )


def _step(console: Console, number: int, text: str) -> None:
    console.print(f"\n[bold cyan]{number}[/bold cyan]  [bold]{text}[/bold]\n")
    sys.stdout.flush()


def _expect(code: int, found: int, what: str) -> None:
    if found != code:
        raise DemoError(f"{what} ended with exit code {found}")


def _settings(environment: Mapping[str, str]) -> Any:
    from suitebridge.netsuite.settings import NetSuiteSettings

    return NetSuiteSettings.from_env(environment)


def _company(console: Console, settings: Any) -> None:
    from suitebridge.netsuite import NetSuite

    with NetSuite(settings) as netsuite:
        counted = {
            name: int(netsuite.suiteql(f"SELECT COUNT(id) AS rows_found FROM {name}").fetch_all()[0]["rows_found"])
            for name in ("vendor", "customer", "transaction", "transactionline")
        }
        orders = netsuite.suiteql("SELECT COUNT(id) AS found FROM transaction WHERE type = 'SalesOrd'").fetch_all()
    counted["sales order"] = int(orders[0]["found"])
    console.print("  " + " · ".join(f"{count:,} {name}" for name, count in counted.items()) + " rows")


def _expected_calls(environment: Mapping[str, str], folder: Path) -> int:
    """How many calls the whole export will take, as the estimate says."""
    done = subprocess.run(
        [*COMMAND, "--json", "export", "--to", WAREHOUSE, "--estimate"],
        env={**os.environ, **environment},
        cwd=folder,
        capture_output=True,
        check=True,
    )
    found = cast(dict[str, Any], msgspec.json.decode(done.stdout))
    return sum(int(table["calls"]) for table in found["tables"])


def _export_and_kill(sandbox: SandboxProcess, environment: dict[str, str], folder: Path, calls: int) -> int:
    start = sandbox.statistics()["calls"]
    with running(["export", "--to", WAREHOUSE], environment, folder) as process:
        while process.poll() is None:
            made = sandbox.statistics()["calls"] - start
            if made >= calls * KILL_AT:
                process.send_signal(signal.SIGKILL)
                process.wait()
                # A killed live display leaves the cursor hidden.
                subprocess.run(["tput", "cnorm"], check=False, stderr=subprocess.DEVNULL)
                return int(made)
            time.sleep(0.05)
    raise DemoError("the export ended before it could be killed")


def _compare(console: Console, environment: Mapping[str, str], folder: Path) -> None:
    import duckdb

    with duckdb.connect(str(folder / WAREHOUSE), read_only=True) as connection:
        found = connection.execute("SELECT COUNT(*) FROM vendor").fetchone()
    assert found is not None
    with console.status(f"getting {SAMPLE} vendors one by one ..."):
        slow = one_by_one.measure(_settings(environment), "vendor", found[0], SAMPLE)
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2))
    for column in ("  way", "records", "calls", "seconds", ""):
        table.add_column(column, justify="right" if column in ("records", "calls", "seconds") else "left")
    table.add_row("  one by one, sample", f"{slow.sample:,}", f"{slow.calls:,}", f"{slow.seconds:.1f}", "measured")
    table.add_row(
        "  one by one, all vendors",
        f"{slow.total:,}",
        f"{slow.all_calls:,}",
        f"{slow.all_seconds:,.0f}",
        "extrapolated",
    )
    ours = _vendors_by_export(environment, folder)
    calls, took = int(ours["calls"]), float(ours["seconds"])
    rows = sum(int(entry["rows"]) for entry in ours["tables"])
    table.add_row("  suitebridge, all vendors", f"{rows:,}", f"{calls:,}", f"{took:.1f}", "measured")
    console.print(table)
    faster, fewer = slow.all_seconds / took, slow.all_calls / calls
    console.print(
        f"\n  [bold]{fewer:,.0f} times fewer calls, {faster:,.0f} times faster[/bold], with a proof at the end"
    )


def _vendors_by_export(environment: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Export the vendors alone into a second file: what the command says of itself as JSON."""
    done = subprocess.run(
        [*COMMAND, "--json", "export", "vendor", "--to", "vendors.duckdb"],
        env={**os.environ, **environment},
        cwd=folder,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise DemoError(f"the export of the vendors ended with exit code {done.returncode}: {done.stderr.decode()}")
    return cast(dict[str, Any], msgspec.json.decode(done.stdout))
