"""All of AdventureWorks written into an empty sandbox over REST, exported, and compared with the files."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks import adventure_works
from benchmarks.measuring import command, sandbox, show
from suitebridge import AsyncNetSuite

SLOTS = 15


async def written(environment: dict[str, str], data: adventure_works.Data) -> dict[str, tuple[int, float]]:
    """Write it; count and seconds by kind."""
    told: dict[str, tuple[int, float]] = {}
    async with AsyncNetSuite.from_env({**environment, "NETSUITE_SLOTS": str(SLOTS)}) as netsuite:
        await adventure_works.write(netsuite, data, lambda kind, count, seconds: told.update({kind: (count, seconds)}))
    return told


def main() -> None:
    where = adventure_works.folder()
    if where is None:
        print(
            "AdventureWorks is not at hand: set ADVENTUREWORKS_DIR to the folder with its files. Nothing was measured."
        )
        return
    data = adventure_works.read(where)
    with sandbox("empty", slots=SLOTS) as server, tempfile.TemporaryDirectory() as folder:
        told = asyncio.run(written(server.environment, data))
        warehouse = Path(folder) / "aw.duckdb"
        run = command(["export", "--to", str(warehouse)], server.environment)
        differences = adventure_works.compare(warehouse, data)
    for difference in differences[:20]:
        print(difference, file=sys.stderr)
    lines = sum(len(order.lines) for order in data.orders)
    show(
        "AdventureWorks through REST, then exported",
        [
            *(
                (f"{kind} written", f"{count:,} in {seconds:.1f} s", f"{count / seconds:,.0f} a second", None)
                for kind, (count, seconds) in told.items()
            ),
            ("order lines", f"{lines:,}", "", None),
            ("export of all tables", f"{run.document['seconds']:.1f} s, {run.document['calls']:,} calls", "", None),
            ("differences", f"{len(differences)}", "0", not differences),
        ],
    )


if __name__ == "__main__":
    main()
