"""The demo, whole, with the small company: every step is real, so one run of it goes through the whole house."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.timeout(280)
def test_the_demo_runs_to_its_end_and_shows_each_step(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "suitebridge", "demo", "--data", "small", "--folder", str(tmp_path / "demo")],
        capture_output=True,
        text=True,
        timeout=270,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    for sign in ("All is well.", "kill -9", "equal at", "one by one", "Income of", "NETSUITE_ACCOUNT"):
        assert sign in done.stdout, f"{sign!r} is not shown"
    assert (tmp_path / "demo" / "warehouse.duckdb").is_file()
