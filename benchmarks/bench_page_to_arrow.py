"""How long one page of 1,000 rows by 20 columns takes from the wire to Arrow, beside msgspec's bare decode of it.

Run: python -m benchmarks.bench_page_to_arrow [--rounds N]. All are timed in turns in one run; ratios are of medians.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable

import msgspec

from suitebridge.netsuite import tables
from suitebridge.netsuite.pages import Page
from suitebridge.netsuite.rows import Field, PageReader

COLUMNS = (
    "uniquekey", "transaction", "id", "linesequencenumber", "mainline", "taxline", "accountinglinetype", "item",
    "itemtype", "quantity", "rate", "foreignamount", "netamount", "entity", "subsidiary", "department", "class", "memo",
    "isclosed", "linelastmodifieddate",
)  # fmt: skip
ROWS = 1_000
LIMIT = 4.0


def page() -> bytes:
    """A page of transaction lines as NetSuite writes it: keys in alphabetical order, no nulls, all values texts."""
    chance = random.Random(1)
    items: list[dict[str, object]] = []
    for number in range(ROWS):
        row = {
            "uniquekey": str(1_000_000 + number), "transaction": str(5_000 + number // 4), "id": str(number % 4),
            "linesequencenumber": str(number % 4), "mainline": "T" if number % 4 == 0 else "F", "taxline": "F",
            "accountinglinetype": "INCOME", "item": str(chance.randint(1, 5_000)), "itemtype": "InvtPart",
            "quantity": str(-chance.randint(1, 50)), "rate": f"{chance.uniform(1, 900):.2f}",
            "foreignamount": f"{chance.uniform(-900, -1):.2f}", "netamount": f"{chance.uniform(-900, -1):.2f}",
            "entity": str(chance.randint(1, 30_000)), "subsidiary": "2", "class": "3", "isclosed": "F",
            "linelastmodifieddate": f"2025-05-{1 + number % 28:02d} 12:34:56",
        }  # fmt: skip
        if number % 3:
            row |= {"department": str(number % 7), "memo": f"Delivery {number} to the door"}
        items.append({"links": [], **dict(sorted(row.items()))})
    envelope = {"links": [], "count": ROWS, "hasMore": True, "items": items, "offset": 0, "totalResults": 100_000}
    return json.dumps(envelope, separators=(",", ":")).encode()


def measure(rounds: int, works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Milliseconds of each work: the median of the rounds, taken in turns so that a busy moment hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) * 1_000 for name, values in times.items()}


def main() -> int:
    """Print the table; exit code 1 where the ratio is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    rounds: int = parser.parse_args().rounds
    body = page()
    table = tables.load("transactionline")
    found = [table.column(name) for name in COLUMNS]
    fields = [Field(column, column.name, column.name) for column in found if column is not None]
    reader = PageReader(table.name, table.key, fields, "America/Los_Angeles")
    row = msgspec.defstruct("Row", [(f"c{at}", str | None, None) for at in range(len(COLUMNS))],
                            rename={f"c{at}": name for at, name in enumerate(COLUMNS)}, gc=False)  # fmt: skip
    typed = msgspec.json.Decoder(msgspec.defstruct("Envelope", [("items", list[row])], gc=False))
    plain = msgspec.json.Decoder()
    envelope = msgspec.json.Decoder(Page)

    def to_arrow() -> int:
        found = envelope.decode(body)
        return reader.read(found.items, found.has_more).rows

    assert to_arrow() == ROWS
    took = measure(
        rounds,
        {
            "page to Arrow": to_arrow,
            "msgspec, plain dicts": lambda: plain.decode(body),
            "msgspec, structs": lambda: typed.decode(body),
        },
    )
    print(f"page of {ROWS:,} rows x {len(COLUMNS)} columns, {len(body):,} bytes, {rounds} rounds, medians")
    for name, milliseconds in took.items():
        print(f"  {name:<22} {milliseconds:7.2f} ms  {milliseconds / ROWS * 1_000:6.2f} us a row")
    against = {name: took["page to Arrow"] / took[name] for name in list(took)[1:]}
    for name, ratio in against.items():
        print(f"  ratio to {name:<22} {ratio:5.2f}   limit {LIMIT}")
    return 0 if max(against.values()) <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
