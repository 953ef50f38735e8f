"""A real company's data through the whole of it: written over REST by our client, exported, compared with the files."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import adventure_works
from suitebridge import AsyncNetSuite
from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

FOLDER = adventure_works.folder()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="the AdventureWorks files are not at hand")


@pytest.fixture
def empty_sandbox() -> Iterator[SandboxThread]:
    with SandboxThread(SandboxOptions(data="empty")) as sandbox:
        yield sandbox


def write(environment: dict[str, str], data: adventure_works.Data) -> None:
    async def written() -> None:
        async with AsyncNetSuite.from_env(environment) as netsuite:
            await adventure_works.write(netsuite, data)

    asyncio.run(written())


def export(environment: dict[str, str], folder: Path) -> Path:
    warehouse = folder / "aw.duckdb"
    tables = ["customer", "item", "transaction", "transactionline"]
    subprocess.run(
        [sys.executable, "-m", "suitebridge", "export", *tables, "--to", str(warehouse)],
        env=environment,
        check=True,
        capture_output=True,
    )
    return warehouse


def test_orders_of_a_real_company_arrive_in_the_warehouse_as_the_files_have_them(
    empty_sandbox: SandboxThread, tmp_path: Path
) -> None:
    assert FOLDER is not None
    data = adventure_works.read(FOLDER).sample(60)
    assert len(data.orders) == 60
    write(empty_sandbox.env, data)
    assert adventure_works.compare(export(empty_sandbox.env, tmp_path), data) == []


def test_writing_all_of_it_twice_changes_nothing(empty_sandbox: SandboxThread, tmp_path: Path) -> None:
    assert FOLDER is not None
    data = adventure_works.read(FOLDER).sample(10)
    write(empty_sandbox.env, data)
    write(empty_sandbox.env, data)
    assert adventure_works.compare(export(empty_sandbox.env, tmp_path), data) == []


def test_a_difference_is_seen(empty_sandbox: SandboxThread, tmp_path: Path) -> None:
    assert FOLDER is not None
    data = adventure_works.read(FOLDER).sample(3)
    write(empty_sandbox.env, data)
    order = data.orders[0]
    line = order.lines[0]
    changed = adventure_works.Line(line.number, line.product, line.quantity + 1)
    other = adventure_works.Order(order.number, order.date, order.customer, (changed, *order.lines[1:]))
    differences = adventure_works.compare(
        export(empty_sandbox.env, tmp_path),
        adventure_works.Data(data.products, data.customers, [other, *data.orders[1:]]),
    )
    assert any(order.number in difference for difference in differences)
