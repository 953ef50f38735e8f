"""The synchronous client: the same code, usable in scripts and in notebooks, and stopped by Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import textwrap
import threading
from contextlib import contextmanager

import pytest

from suitebridge import NetSuite
from suitebridge.blocking import BackgroundLoop
from suitebridge.netsuite.errors import NotFoundError


@pytest.fixture
def server_thread(running, private_key_file):
    """The server in a loop of its own thread, so that a test may block."""
    loop = BackgroundLoop("test-server")
    serving = type(running).serving(private_key_file)
    server = loop.run(serving.__aenter__())
    yield server
    loop.run(serving.__aexit__(None, None, None))
    loop.stop()


@pytest.fixture
def ns(running, server_thread):
    with NetSuite(running.settings(server_thread)) as client:
        yield client


def test_a_script_reads_and_writes_without_await(ns, server_thread):
    server_thread.rows = [{"id": str(number)} for number in range(1, 2501)]
    assert [row["id"] for row in ns.suiteql("SELECT id FROM customer WHERE x > :x", x=1)] == [
        str(number) for number in range(1, 2501)
    ]
    assert len(ns.suiteql("SELECT id FROM customer").fetch_all()) == 2500
    assert ns.suiteql("SELECT id FROM customer").typed({"id": int}).fetch_one() == {"id": 1}
    assert sum(batch.num_rows for batch in ns.suiteql("SELECT id FROM customer").arrow()) == 2500
    internal_id = ns.records.create("customer", {"companyName": "Acme"})
    assert ns.records.get("customer", internal_id)["companyName"] == "Acme"
    assert list(ns.records.list("customer")) == [internal_id]
    assert ns.request("GET", "/services/rest/other").status == 200
    assert ns.server_time().tzinfo is not None
    assert ns.counters.calls > 5
    assert ns.slots.limit == 5
    with pytest.raises(NotFoundError):
        ns.records.get("customer", 99)


def test_leaving_a_loop_early_ends_its_calls(ns, server_thread):
    server_thread.rows = [{"id": str(number)} for number in range(1, 50_001)]
    for row in ns.suiteql("SELECT id FROM customer"):
        assert row == {"id": "1"}
        break
    assert ns.suiteql("SELECT id FROM customer").fetch_one() == {"id": "1"}
    assert len(server_thread.seen) < 10


def test_it_works_where_an_event_loop_runs_already(ns, server_thread):
    server_thread.rows = [{"id": "1"}]

    async def cell():
        return list(ns.suiteql("SELECT id FROM customer"))

    assert asyncio.run(cell()) == [{"id": "1"}]


def test_several_threads_may_share_it(ns, server_thread):
    server_thread.rows = [{"id": "1"}]
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(ns.suiteql("SELECT id FROM t").fetch_all())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[{"id": "1"}]] * 8


def test_closing_twice_does_no_harm_and_leaves_no_thread(running, server_thread):
    client = NetSuite(running.settings(server_thread))
    client.server_time()
    client.close()
    client.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "suitebridge-netsuite"]


def test_what_it_can_do_is_listed_and_explained(ns):
    assert {"suiteql", "records", "request", "slots", "counters", "server_time"} <= set(dir(ns))
    assert "UTC" in ns.server_time.__doc__
    with pytest.raises(AttributeError):
        _ = ns.nonsense


@contextmanager
def child(code, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments], stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_ctrl_c_cancels_the_call_under_way(running, server_thread, private_key_file):
    server_thread.gate = asyncio.Event()
    code = """
        import sys
        from pathlib import Path
        from suitebridge import NetSuite, NetSuiteSettings
        ns = NetSuite(NetSuiteSettings.from_env({
            "NETSUITE_ACCOUNT": "1234567_SB1", "NETSUITE_REST_URL": sys.argv[1], "NETSUITE_RESTLET_URL": sys.argv[1],
            "NETSUITE_CLIENT_ID": "client-7f", "NETSUITE_CERTIFICATE_ID": sys.argv[3],
            "NETSUITE_PRIVATE_KEY_FILE": sys.argv[2],
        }))
        try:
            ns.server_time()
        except KeyboardInterrupt:
            print("interrupted", ns.slots.in_use, flush=True)
            ns.close()
            print("closed", flush=True)
    """
    certificate = "NPMnRyPg-WDWhPiAbisjKiH0fqnBpjOZ367wDTe0pqA"
    with child(code, server_thread.url, str(private_key_file), certificate) as process:
        waiting = threading.Event()
        while not server_thread.running:
            waiting.wait(0.01)
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert out.splitlines() == ["interrupted 0", "closed"]


def test_importing_the_package_loads_nothing_heavy():
    code = """
        import sys
        import suitebridge
        import suitebridge.netsuite
        heavy = {"aiohttp", "cryptography", "duckdb", "joserfc", "oauthlib", "pyarrow", "sqlglot", "apsw", "msgspec"}
        print(sorted(heavy & set(sys.modules)))
        assert suitebridge.NetSuite.__name__ == "NetSuite"
        assert suitebridge.netsuite.fetch_page
        print(sorted((heavy - {"msgspec"}) & set(sys.modules)))
    """
    with child(code) as process:
        out, _ = process.communicate(timeout=60)
    assert out.splitlines() == ["[]", "[]"]


def test_a_name_the_package_does_not_have_is_an_attribute_error():
    import suitebridge

    with pytest.raises(AttributeError):
        _ = suitebridge.Nonsense
    assert "NetSuite" in dir(suitebridge)


def test_items_come_one_by_one_and_in_order_however_they_arrive():
    loop = BackgroundLoop("test")

    async def source():
        for number in range(1200):
            if number % 7 == 0:
                await asyncio.sleep(0)
            yield number

    assert list(loop.iterate(source())) == list(range(1200))
    loop.stop()


def test_items_before_a_failure_are_handed_out_before_it_is_raised():
    loop = BackgroundLoop("test")

    async def source():
        yield 1
        yield 2
        raise ValueError("third")

    items = loop.iterate(source())
    assert next(items) == 1
    assert next(items) == 2
    with pytest.raises(ValueError, match="third"):
        next(items)
    loop.stop()


def test_an_item_is_not_held_back_until_the_next_one_comes():
    loop = BackgroundLoop("test")
    closed = []

    async def source():
        try:
            yield 1
            await asyncio.Event().wait()
            yield 2
        finally:
            closed.append(True)

    items = loop.iterate(source())
    assert next(items) == 1
    items.close()
    assert closed == [True]
    loop.stop()
