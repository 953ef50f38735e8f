"""kill -9 of an export at seeded moments: the same command goes on, and the result is that of an export left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

if TYPE_CHECKING:
    from conftest import Company

TABLES = ("customer", "transaction", "transactionline", "transactionaccountingline", "term", "currency")
KILLS = 5
COMMAND = (sys.executable, "-m", "suitebridge", "--quiet", "export", *TABLES, "--to", "w.duckdb")


def start(company: Company, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(COMMAND, cwd=folder, env={**os.environ, **company.environment()}, stderr=subprocess.PIPE)


def finished(process: subprocess.Popen[bytes]) -> int:
    _, told = process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), told.decode()
    return process.returncode


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall() for name in TABLES}


def kill_after(company: Company, process: subprocess.Popen[bytes], calls: int) -> bool:
    """Kill the process once the sandbox has answered so many calls; whether it was still alive."""
    before = company.server.statistics()["calls"]
    while process.poll() is None:
        if company.server.statistics()["calls"] - before >= calls:
            process.send_signal(signal.SIGKILL)
            break
    return finished(process) != 0


@pytest.fixture(scope="module")
def undisturbed(shared_company: Company, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """An export that nobody disturbed, and how many calls it took."""
    company = shared_company
    company.server.reset()
    folder = tmp_path_factory.mktemp("undisturbed")
    assert finished(start(company, folder)) == 0
    return folder / "w.duckdb", company.server.statistics()["calls"]


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_an_export_that_is_killed_again_and_again_ends_equal(
    company: Company, undisturbed: tuple[Path, int], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    alone, calls = undisturbed
    company.server.change(latency="typical")
    killed = 0
    for _ in range(KILLS):
        # The login and the first questions come before the first row.
        killed += kill_after(company, start(company, tmp_path), chance.randint(1, max(3, calls // 3)))
    company.server.change(latency="none")
    assert killed > 0
    assert finished(start(company, tmp_path)) == 0
    assert content(tmp_path / "w.duckdb") == content(alone)
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
        left = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '\\_suitebridge\\_new%' ESCAPE '\\'"
        ).fetchall()
        states = connection.execute("SELECT DISTINCT state FROM _suitebridge_run").fetchall()
    assert left == []
    assert states == [("done",)]
