"""How an error is told on the terminal: what happened, to what, whether a retry helps, what to do."""

from __future__ import annotations

import sys

import msgspec
from rich.console import Console
from rich.text import Text

from suitebridge.errors import SuiteBridgeError


def tell(error: SuiteBridgeError, *, as_json: bool) -> None:
    """Print the error: one JSON document on standard output for machines, a few lines on standard error for people."""
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(error.as_dict()) + b"\n")
        sys.stdout.flush()
        return
    console = Console(stderr=True, highlight=False)
    line = Text("✗ ", style="bold red")
    line.append(error.message, style="bold")
    console.print(line)
    facts = [("what", error.record), ("code", error.code), ("trace", error.request_id)]
    for label, value in facts:
        if value and value not in error.message:
            console.print(Text(f"  {label:<6} {value}"))
    if error.remedy:
        console.print(Text(f"  → {error.remedy}", style="yellow"))
    elif error.retryable:
        console.print(Text("  → the same command can be tried again", style="yellow"))
