"""``suitebridge doctor``: why it does not connect, and what to do."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from suitebridge.cli.context import Context
from suitebridge.errors import UsageError

if TYPE_CHECKING:
    from suitebridge.netsuite.doctor import Finding
    from suitebridge.netsuite.settings import NetSuiteSettings

REFUSED = 4
MARKS = {"right": ("✓", "green"), "noted": ("!", "yellow"), "wrong": ("✗", "bold red"), "skipped": ("–", "dim")}
INDENT = " " * 17


def doctor_command(
    ctx: typer.Context, system: Annotated[str, typer.Argument(help="The system to examine: netsuite.")] = "netsuite"
) -> None:
    """Find out why a login, a permission or a limit fails, and say what to do."""
    context: Context = ctx.obj
    if system != "netsuite":
        raise UsageError(f"no doctor for {system!r}", remedy="suitebridge doctor netsuite")
    raise typer.Exit(asyncio.run(_examine(context.settings(), context)))


async def _examine(settings: NetSuiteSettings, context: Context) -> int:
    from suitebridge.netsuite.doctor import Report, rounds

    console = context.console
    login = {"certificate": "certificate login", "tba": "token-based login"}[settings.auth[0]]
    console.print(f"NetSuite {settings.account} · {settings.account.kind} · {login}\n", highlight=False)
    findings: list[Finding] = []
    async for finding in rounds(settings):
        findings.append(finding)
        show(finding, console)
    report = Report(str(settings.account), settings.auth[0], tuple(findings))
    if context.json:
        import msgspec

        sys.stdout.buffer.write(msgspec.json.encode(report.as_dict()) + b"\n")
    count = len(report.wrong)
    if count:
        things = "1 thing" if count == 1 else f"{count} things"
        console.print(f"\n{things} to mend, then: suitebridge doctor netsuite")
    else:
        console.print("\nAll is well.")
    return REFUSED if count else 0


def show(finding: Finding, console: Console) -> None:
    """Print one finding: a mark, the check, what was found, and under it the causes and remedies."""
    mark, style = MARKS[finding.state.value]
    line = Text("  ")
    line.append(mark, style=style)
    line.append(f" {finding.check:<12} {finding.text}", style="dim" if finding.state.value == "skipped" else "")
    console.print(line, soft_wrap=True)
    for cause in finding.causes:
        console.print(Text(f"{INDENT}→ {cause.text}", style="yellow"), soft_wrap=True)
        console.print(Text(f"{INDENT}  {cause.remedy}"), soft_wrap=True)
        if cause.where:
            console.print(Text(f"{INDENT}  {cause.where}", style="dim"), soft_wrap=True)
