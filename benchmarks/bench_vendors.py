"""9,000 vendors at 0.5 s a call and 10 slots: calls, waves and seconds, beside the one-by-one way."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measuring import command, sandbox, show
from suitebridge.cli.demo import one_by_one
from suitebridge.netsuite.settings import NetSuiteSettings

CALL = 0.5
SLOTS = 10
SAMPLE = 100
LATENCY = dict.fromkeys(("suiteql_page", "record_read", "list_page", "token", "other"), CALL)


def waves(calls: list[dict[str, Any]]) -> int:
    """How many rounds the calls came in: a call that starts after another has ended is of a later round."""
    rounds = 0
    end = -1.0
    for call in sorted(calls, key=lambda one: one["started"]):
        if call["started"] >= end:
            rounds += 1
            end = call["started"] + CALL
    return rounds


def main() -> None:
    with sandbox("medium", slots=SLOTS, latency=LATENCY) as server, tempfile.TemporaryDirectory() as folder:
        environment = {**server.environment, "NETSUITE_SLOTS": str(SLOTS), "NETSUITE_RESERVE": "0"}
        before = server.statistics(calls=True)["each"]
        run = command(["export", "vendor", "--to", str(Path(folder) / "vendors.duckdb")], environment)
        made = server.statistics(calls=True)["each"][len(before) :]
        own = [call for call in made if call["kind"] != "token"]
        slow = one_by_one.measure(NetSuiteSettings.from_env(environment), "vendor", 9_000, SAMPLE)
    rounds = waves(own)
    limit = rounds * CALL + 0.5
    seconds = run.document["seconds"]
    rows = sum(table["rows"] for table in run.document["tables"])
    show(
        f"{rows:,} vendors, {CALL} s a call, {SLOTS} slots",
        [
            ("calls besides the login", f"{len(own)}", "≤ 12", len(own) <= 12),
            ("waves after the login", f"{rounds}", "≤ 3", rounds <= 3),
            (
                "seconds of the export, login included",
                f"{seconds:.2f}",
                f"≤ {limit + CALL:.2f}",
                seconds <= limit + CALL,
            ),
            ("whole command, with Python's start", f"{run.seconds:.2f} s", "", None),
            ("peak memory of the export", f"{run.peak_mb:.0f} MB", "", None),
            (f"one by one, {slow.sample} records", f"{slow.calls} calls, {slow.seconds:.1f} s", "measured", None),
            ("one by one, all", f"{slow.all_calls:,} calls, {slow.all_seconds:,.0f} s", "extrapolated", None),
            ("times fewer calls", f"{slow.all_calls / len(own):,.0f}", "", None),
            ("times faster", f"{slow.all_seconds / seconds:,.0f}", "", None),
        ],
    )


if __name__ == "__main__":
    main()
