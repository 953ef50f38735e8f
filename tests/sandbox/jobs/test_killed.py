"""A sandbox with a state file that is killed while orders and jobs come in, and started again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.sandbox.jobs.conftest import JobClient, customer
from tests.sandbox.server.conftest import Driver

KEY = "X-NetSuite-Idempotency-Key"
LINES = 3


@dataclass(frozen=True)
class Running:
    """What a client needs to know of a sandbox in another process."""

    rest_url: str
    env: dict[str, str]


@dataclass
class Acknowledged:
    """What the sandbox said it had: orders by external id, and jobs by the names of the customers they make."""

    orders: set[str] = field(default_factory=set)
    jobs: dict[str, list[str]] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)  # sent, whether acknowledged or not

    def __len__(self) -> int:
        return len(self.orders) + len(self.jobs)


@contextmanager
def sandbox_process(place: Path, cache: Path) -> Iterator[tuple[Running, subprocess.Popen[str]]]:
    program = Path(__file__).with_name("runs_until_killed.py")
    command = [sys.executable, str(program), str(place), str(cache)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Running(**json.loads(process.stdout.readline())), process
        finally:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)


@contextmanager
def client_of(running: Running) -> Iterator[JobClient]:
    with httpx.Client(base_url=running.rest_url, trust_env=False, timeout=60) as http:
        yield JobClient(Driver(running, http))  # pyright: ignore[reportArgumentType]


def first(client: JobClient, sql: str) -> str:
    return client.driver.suiteql(sql, client.headers).json()["items"][0]["id"]


def kill_while_busy(place: Path, cache: Path, known: Acknowledged, rng: random.Random, life: str) -> None:
    """Start it, write until so many more writes are acknowledged, and kill it in the middle of the next."""
    enough = len(known) + rng.randrange(1, 25)
    reached = threading.Event()
    with ExitStack() as opened:
        running, process = opened.enter_context(sandbox_process(place, cache))
        clients = [opened.enter_context(client_of(running)) for _ in range(3)]
        buyer = first(clients[0], "SELECT id FROM customer WHERE isinactive = 'F' AND currency = 1 ORDER BY id")
        item = first(
            clients[0],
            "SELECT i.id FROM item i JOIN pricing p ON p.item = i.id WHERE i.isinactive = 'F'"
            " AND i.itemtype = 'InvtPart' AND p.currency = 1 ORDER BY i.id",
        )
        line = {"item": {"id": item}, "quantity": 1}

        def acknowledged() -> None:
            if len(known) >= enough:
                reached.set()

        def order(client: JobClient, number: int) -> None:
            external = f"killed-{life}-{number}"
            body = {"entity": {"id": buyer}, "externalId": external, "item": {"items": [line] * LINES}}
            answer = client.call("POST", "salesOrder", prefer="", json=body)
            assert answer.status_code == 204, answer.text
            known.orders.add(external)

        def job(client: JobClient, number: int) -> None:
            key = f"{life}-{number}"
            names = [f"Killed {life} {number} {part}" for part in range(rng.choice((1, 5)))]
            known.keys[key] = names
            prefer = rng.choice(("respond-async", 'respond-async, batch-processing="parallel"'))
            items = [customer(name) for name in names]
            answer = client.batch("POST", "customer", items, prefer=prefer, headers={KEY: key})
            assert answer.status_code == 202, answer.text
            known.jobs[answer.headers["location"].removeprefix(running.rest_url)] = names

        def write(client: JobClient, what: Any, offset: int) -> None:
            number = offset
            try:
                while True:
                    what(client, number)
                    acknowledged()
                    number += 2
            except httpx.TransportError:
                pass

        writers = [
            threading.Thread(target=write, args=(clients[at], what, offset))
            for at, (what, offset) in enumerate(((order, 0), (order, 1), (job, 0)))
        ]
        for writer in writers:
            writer.start()
        while not reached.wait(1.0):
            assert any(writer.is_alive() for writer in writers)
        os.kill(process.pid, signal.SIGKILL)
        for writer in writers:
            writer.join()


def rows(client: JobClient, sql: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    offset = 0
    while True:
        page = client.driver.suiteql(sql, client.headers, f"?limit=1000&offset={offset}").json()
        found.extend(page["items"])
        if not page["hasMore"]:
            return found
        offset += 1000


def check_nothing_is_lost(client: JobClient, known: Acknowledged) -> None:
    orders = rows(
        client,
        "SELECT t.externalid, COUNT(l.id) AS lines FROM transaction t JOIN transactionline l ON l.transaction = t.id"
        " WHERE t.externalid LIKE 'killed-%' AND l.mainline = 'F' AND l.item IS NOT NULL AND l.taxline = 'F'"
        " GROUP BY t.externalid ORDER BY t.externalid",
    )
    assert known.orders <= {order["externalid"] for order in orders}
    assert {order["lines"] for order in orders} <= {str(LINES)}
    headers = rows(client, "SELECT externalid FROM transaction WHERE externalid LIKE 'killed-%' ORDER BY externalid")
    assert [header["externalid"] for header in headers] == [order["externalid"] for order in orders]
    for job, names in known.jobs.items():
        results = client.results(job)
        assert [result.status_code for result in results] == [204] * len(names)
        assert len({result.headers["location"] for result in results}) == len(names)
    for key, names in known.keys.items():
        # Who was not answered asks again with the same key: the job is there already, or it begins now.
        again = client.batch("POST", "customer", [customer(name) for name in names], headers={KEY: key})
        assert again.status_code in (202, 400), again.text
        assert client.completed(again.headers["location"])["progress"] == "succeeded"
    made = rows(client, "SELECT companyname FROM customer WHERE companyname LIKE 'Killed %' ORDER BY companyname")
    expected = sorted(name for names in known.keys.values() for name in names)
    assert sorted(row["companyname"] for row in made) == expected


def killed_again_and_again(place: Path, cache: Path, seed: int, times: int) -> None:
    rng = random.Random(seed)
    (place / "latency.toml").write_text("job_record = 0.02\n")
    known = Acknowledged()
    for life in range(times):
        kill_while_busy(place, cache, known, rng, f"{seed}.{life}")
    assert len(known) >= times
    with sandbox_process(place, cache) as (running, _), client_of(running) as client:
        check_nothing_is_lost(client, known)


def test_ten_kills_lose_nothing_that_was_acknowledged(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    killed_again_and_again(tmp_path, tmp_path_factory.getbasetemp() / "company-cache", seed=1, times=10)


@pytest.mark.chaos
@pytest.mark.parametrize("seed", range(2, 22))
def test_two_hundred_kills_lose_nothing_that_was_acknowledged(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    killed_again_and_again(tmp_path, tmp_path_factory.getbasetemp() / "company-cache", seed=seed, times=10)
