"""The sandbox's own speed: a keyset page, the count beside it, order writes, and how fast a company opens."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks.measuring import sandbox, show
from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.clock import SystemClock
from suitebridge.sandbox.netsuite.company import REFERENCE_DATE
from suitebridge.sandbox.netsuite.company.cache import cached_company, open_company
from suitebridge.sandbox.netsuite.quirks import Quirks
from suitebridge.sandbox.netsuite.records import RecordService
from suitebridge.sandbox.netsuite.schema import FEATURES, SCHEMA
from suitebridge.sandbox.netsuite.store import Store
from suitebridge.sandbox.netsuite.suiteql import Engine, prepare

COLUMNS = (
    "uniquekey, transaction, id, linesequencenumber, mainline, taxline, item, itemtype, quantity, quantitybilled, "
    "quantityshiprecv, rate, foreignamount, netamount, subsidiary, department, class, location, memo, isclosed"
)
PAGES = 60
ORDERS = 1_000
ADMINISTRATOR = Caller("1234567_SB1", "benchmark", 3, -5, FEATURES)


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of CPU."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1e3


def fetch_alone(store: Store, after: int) -> int:
    """The floor in the same run: SQLite hands out the same page, and nothing is done with it."""
    with store.reading() as connection:
        names = ", ".join(f'"{name.strip()}"' for name in COLUMNS.split(","))
        sql = f"SELECT {names} FROM transactionline WHERE uniquekey > ? ORDER BY uniquekey LIMIT 1000"
        return len(list(connection.cursor().execute(sql, (after,))))


def pages(store: Store) -> tuple[list[float], list[float], list[float]]:
    """CPU in ms of a page as the server makes it, of the fetch alone, and of the count alone, at many places."""
    engine = Engine(SCHEMA, store, Quirks.parse([]), SystemClock())
    with store.reading() as connection:
        (highest,) = next(iter(connection.cursor().execute("SELECT MAX(uniquekey) FROM transactionline")))
    starts = [highest * step // (PAGES + 1) for step in range(PAGES)]
    whole: list[float] = []
    floor: list[float] = []
    counting: list[float] = []
    for after in starts:
        sql = f"SELECT {COLUMNS} FROM transactionline WHERE uniquekey > {after} ORDER BY uniquekey"
        with store.reading() as connection:
            counting.append(cpu(lambda a=after, c=connection: store.count(c, "transactionline", a, column="uniquekey")))
        floor.append(cpu(lambda a=after: fetch_alone(store, a)))
        whole.append(cpu(lambda s=sql: engine.run(s, [], 1000, 0, ADMINISTRATOR)) - counting[-1])
    return whole[5:], floor[5:], counting


def write_orders(store: Store) -> float:
    """Sales orders of four lines a second, each validated, priced, posted and committed by itself."""
    service = RecordService(SCHEMA, store, Quirks.parse([]), SystemClock())
    with store.reading() as connection:
        items = [
            str(row[0])
            for row in connection.cursor().execute(
                "SELECT id FROM item WHERE itemtype = 'InvtPart' AND isinactive = 'F' ORDER BY id LIMIT 40"
            )
        ]
        customers = [
            str(row[0])
            for row in connection.cursor().execute(
                "SELECT c.id FROM customer c JOIN customersubsidiaryrelationship r ON r.entity = c.id "
                "WHERE r.subsidiary = 1 AND c.currency = 1 AND c.isinactive = 'F' ORDER BY c.id LIMIT 50"
            )
        ]
    started = time.perf_counter()
    for number in range(ORDERS):
        lines = [
            {"item": {"id": items[(number + step) % len(items)]}, "quantity": step + 1, "rate": 10 + step}
            for step in range(4)
        ]
        body = {"entity": {"id": customers[number % len(customers)]}, "item": {"items": lines}}
        service.create(ADMINISTRATOR, "salesOrder", body)
    return ORDERS / (time.perf_counter() - started)


def memory_of(data: str) -> tuple[float, float]:
    """Peak memory in MB of a sandbox with this company, and seconds until it was ready, from its cache."""
    with sandbox(data, slots=15):
        pass
    started = time.perf_counter()
    with sandbox(data, slots=15) as server:
        seconds = time.perf_counter() - started
        children = psutil.Process().children()
        peak = max(child.memory_info().rss for child in children) / 1e6
        assert server.environment
    return peak, seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        cached_company("medium", 1, REFERENCE_DATE, Path(folder))
        first = time.perf_counter() - started
        started = time.perf_counter()
        with open_company("medium", 1, REFERENCE_DATE, Path(folder), prepare=prepare) as store:
            again = time.perf_counter() - started
            whole, floor, counting = pages(store)
            orders = write_orders(store)
    page, count = statistics.median(whole), statistics.median(counting)
    peak, ready = memory_of("large")
    show(
        "the sandbox by itself",
        [
            ("keyset page of 1,000 × 20, text to bytes, CPU median", f"{page:.1f} ms", "< 15 ms", page < 15),
            ("  90 % of them under", f"{statistics.quantiles(whole, n=10)[-1]:.1f} ms", "", None),
            ("  SQLite's fetch of the same rows alone", f"{statistics.median(floor):.1f} ms", "", None),
            ("  ratio to that floor", f"{page / statistics.median(floor):.1f}", "", None),
            ("totalResults beside it", f"{count:.2f} ms", "about 1 ms", count < 1.5),
            ("orders of 4 lines, validated, posted, committed", f"{orders:,.0f} a second", "", None),
            ("medium, made the first time", f"{first:.1f} s", "< 60 s", first < 60),
            ("medium, opened from its cache", f"{again:.2f} s", "< 3 s", again < 3),
            ("large, ready from its cache", f"{ready:.1f} s", "", None),
            ("large, memory", f"{peak:.0f} MB", "< 1,000 MB", peak < 1000),
        ],
    )


if __name__ == "__main__":
    main()
