"""1,000,000 transaction lines into DuckDB at 0.3 s a page and 5 slots, beside the limit and beside 200,000 lines."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measuring import Run, command, sandbox, show
from suitebridge import NetSuite

PAGE = 0.3
SLOTS = 5


FEW = 200_000


def measured(rows: int | None) -> tuple[Run, int, int]:
    """The export of so many lines of the large company, or of all: the run, its rows and its late answers."""
    with (
        sandbox("large", slots=SLOTS, latency={"suiteql_page": PAGE}) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        environment = {**server.environment, "NETSUITE_SLOTS": str(SLOTS), "NETSUITE_RESERVE": "0"}
        wanted = ["export", "transactionline", "--to", str(Path(folder) / "lines.duckdb")]
        if rows is not None:
            wanted += ["--where", f"uniquekey <= {nth_key(environment, rows)}"]
        run = command(wanted, environment)
        late = int(server.statistics()["late"])
    return run, sum(table["rows"] for table in run.document["tables"]), late


def nth_key(environment: dict[str, str], number: int) -> int:
    """The key of the line of this number."""
    with NetSuite.from_env(environment) as netsuite:
        text = "SELECT k FROM (SELECT uniquekey AS k, ROW_NUMBER() OVER (ORDER BY uniquekey) AS n FROM transactionline)"
        return int(netsuite.suiteql(f"{text} WHERE n = {number}").fetch_all()[0]["k"])


def main() -> None:
    small, small_rows, _ = measured(FEW)
    large, large_rows, late = measured(None)
    pages = -(-large_rows // 1000)
    limit = pages * PAGE / SLOTS
    ratio = large.document["seconds"] / limit
    growth = large.peak_mb / small.peak_mb
    show(
        f"{large_rows:,} transactionline rows, {PAGE} s a page, {SLOTS} slots",
        [
            ("limit: pages × latency ÷ slots", f"{limit:.1f} s", "", None),
            ("seconds of the export", f"{large.document['seconds']:.1f}", f"≤ {1.25 * limit:.1f}", ratio <= 1.25),
            ("ratio to the limit", f"{ratio:.2f}", "≤ 1.25", ratio <= 1.25),
            ("calls", f"{large.document['calls']:,} for {pages:,} pages", "", None),
            ("answers that missed their deadline", f"{late}", "", None),
            ("CPU of the export", f"{large.cpu:.1f} s, {large.cpu / large_rows * 1e6:.0f} µs a row", "", None),
            ("peak memory", f"{large.peak_mb:.0f} MB", "< 450 MB", large.peak_mb < 450),
            (f"peak memory at {small_rows:,} rows", f"{small.peak_mb:.0f} MB", "within 15 %", abs(growth - 1) <= 0.15),
        ],
    )


if __name__ == "__main__":
    main()
