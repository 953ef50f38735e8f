"""What the benchmarks share: a sandbox in a process of its own, a command with its peak memory, a table of results."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from suitebridge.cli.demo.processes import SandboxProcess

NO_LATENCY = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """One finished command: wall seconds, CPU seconds, peak resident memory in MB, and its JSON document."""

    seconds: float
    cpu: float
    peak_mb: float
    document: dict[str, Any]


@contextlib.contextmanager
def sandbox(data: str, *, slots: int, latency: Mapping[str, float] | None = None) -> Generator[SandboxProcess]:
    """A sandbox with this company. `latency` is in seconds by kind of call; what is not named takes no time."""
    with tempfile.TemporaryDirectory(prefix="suitebridge-bench-") as folder:
        options = ["--data", data, "--slots", str(slots)]
        if latency is not None:
            profile = Path(folder) / "latency.toml"
            profile.write_text("".join(f"{name} = {seconds}\n" for name, seconds in latency.items()))
            options += ["--latency", str(profile)]
        with SandboxProcess(Path(folder), *options) as process:
            process.start(timeout=560)
            yield process


def command(arguments: list[str], environment: Mapping[str, str]) -> Run:
    """Run ``suitebridge ARGUMENTS --json`` to its end. A command that fails ends the benchmark."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "suitebridge", *arguments, "--json"],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = process.stdout, process.stderr
    assert out is not None
    assert err is not None
    text = out.read()
    told = err.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"suitebridge {' '.join(arguments)} ended with {process.returncode}\n{told.decode()}{text.decode()}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, json.loads(text))


def show(title: str, rows: list[tuple[str, str, str, bool | None]]) -> None:
    """Print a table: what, measured, must show, and whether it does (None: no figure is asked for)."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2))
    for name, justify in (("what", "left"), ("measured", "right"), ("must show", "right"), ("", "left")):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for what, measured, asked, good in rows:
        table.add_row(what, measured, asked, {True: "✓", False: "✗", None: ""}[good])
    Console(highlight=False).print(table)
    if any(good is False for *_, good in rows):
        sys.exit(1)
