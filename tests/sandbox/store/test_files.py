from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from suitebridge.sandbox.netsuite.schema import SCHEMA, Schema
from suitebridge.sandbox.netsuite.store import DuplicateKey, InvalidValue, Store, StoreError

from .rows import accounting_line, customer, header, line, whole_row

ORDERS = 50


def fill(store: Store, orders: int = ORDERS) -> None:
    numbers = range(1, orders + 1)
    store.load("customer", (whole_row("customer", customer(n)) for n in numbers))
    store.load("transaction", (whole_row("transaction", header(n)) for n in numbers))
    lines = (line(n, k, 3 * n + k) for n in numbers for k in range(3))
    store.load("transactionline", (whole_row("transactionline", each) for each in lines))
    entries = (accounting_line(n, k) for n in numbers for k in range(3))
    store.load("transactionaccountingline", (whole_row("transactionaccountingline", each) for each in entries))
    store.finish_load()


def index_names(store: Store) -> set[str]:
    with store.reading() as connection:
        rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
        return {str(row[0]) for row in rows.fetchall()}


def test_a_store_in_a_file_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "company.sqlite"
    with Store.create(path) as store, store.writing() as tx:
        tx.insert("customer", customer(tx.next_id("entity")))
    with Store.open(path) as store:
        assert store.statistics()["customer"] == 1
        with store.writing() as tx:
            assert tx.next_id("entity") == 2
    assert [each.name for each in tmp_path.iterdir()] == ["company.sqlite"]


def test_a_private_store_leaves_nothing_behind() -> None:
    store = Store.create()
    directory = store.path.parent
    assert directory.exists()
    store.close()
    assert not directory.exists()


def test_a_store_is_not_made_over_another_file(tmp_path: Path) -> None:
    path = tmp_path / "company.sqlite"
    path.write_text("mine")
    with pytest.raises(StoreError, match="exists already"):
        Store.create(path)
    assert path.read_text() == "mine"


@pytest.mark.parametrize("opener", [Store.open, Store.copy_of], ids=["open", "copy_of"])
class TestWhatIsNoStoreOfOursIsRefused:
    def test_a_missing_file(self, tmp_path: Path, opener) -> None:
        with pytest.raises(StoreError, match="does not exist"):
            opener(tmp_path / "nothing.sqlite")
        assert list(tmp_path.iterdir()) == []

    def test_a_file_of_another_kind(self, tmp_path: Path, opener) -> None:
        path = tmp_path / "text.sqlite"
        path.write_text("no database at all, " * 400)
        with pytest.raises(StoreError, match="is not a sandbox's store"):
            opener(path)

    def test_a_database_of_something_else(self, tmp_path: Path, opener) -> None:
        path = tmp_path / "other.sqlite"
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE other (id INTEGER)")
        connection.close()
        with pytest.raises(StoreError, match="is not a sandbox's store"):
            opener(path)

    def test_a_store_with_other_tables(self, tmp_path: Path, opener) -> None:
        path = tmp_path / "company.sqlite"
        Store.create(path, Schema.of([SCHEMA["term"]])).close()
        with pytest.raises(StoreError, match="made for other tables"):
            opener(path)

    def test_a_store_whose_load_broke_off(self, tmp_path: Path, opener) -> None:
        path = tmp_path / "company.sqlite"
        with Store.create(path) as store:
            store.load("customer", [whole_row("customer", customer(1))])
        with pytest.raises(StoreError, match="broke off"):
            opener(path)


def test_a_loaded_store_has_the_indexes_counts_and_numbers_of_a_written_one(store: Store) -> None:
    before = index_names(store)
    fill(store)
    assert index_names(store) == before
    found = store.statistics()
    assert (found["transaction"], found["transactionline"]) == (ORDERS, 3 * ORDERS)
    assert (found["transactionaccountingline"], found["entity"]) == (3 * ORDERS, ORDERS)
    with store.writing() as tx:
        assert tx.next_id("transaction") == ORDERS + 1
        assert tx.next_id("transactionline") == 3 * ORDERS + 3
        assert tx.next_id("entity") == ORDERS + 1


def test_loaded_rows_may_bring_what_only_the_record_has_and_empty_texts_become_null(store: Store) -> None:
    store.load("customer", [(*whole_row("customer", customer(1, email="")), '{"balance":5}')])
    store.finish_load()
    with store.writing() as tx:
        found = tx.get("customer", (1,))
    assert found is not None
    assert (found["email"], found["extra"]) == (None, '{"balance":5}')


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([whole_row("customer", customer(1))[:5]], InvalidValue),
        ([whole_row("customer", customer(1, isperson=None))], InvalidValue),
        ([whole_row("customer", customer(1)), whole_row("customer", customer(1))], DuplicateKey),
    ],
    ids=["too short", "missing value", "same key twice"],
)
def test_a_load_with_a_wrong_row_is_refused_as_a_whole(store: Store, rows, refusal) -> None:
    with pytest.raises(refusal):
        store.load("customer", [whole_row("customer", customer(9)), *rows])
    store.finish_load()
    assert store.statistics()["customer"] == 0


def test_nothing_else_is_written_until_a_load_is_finished(store: Store, tmp_path: Path) -> None:
    store.load("customer", [whole_row("customer", customer(1))])
    with pytest.raises(StoreError, match="not finished"), store.writing():
        pass
    with pytest.raises(StoreError, match="not finished"):
        store.clone_to(tmp_path / "clone.sqlite")
    store.finish_load()
    with store.writing() as tx:
        tx.insert("customer", customer(2))


def test_a_copy_lives_apart_from_its_original(store: Store, tmp_path: Path) -> None:
    fill(store)
    cached = tmp_path / "cached.sqlite"
    store.clone_to(cached)
    content = cached.read_bytes()
    with Store.copy_of(cached) as one, Store.copy_of(cached) as two:
        with one.writing() as tx:
            tx.insert("transaction", header(tx.next_id("transaction")))
        assert one.statistics()["transaction"] == ORDERS + 1
        assert two.statistics()["transaction"] == store.statistics()["transaction"] == ORDERS
    assert cached.read_bytes() == content
    assert list(tmp_path.iterdir()) == [cached]


def test_a_copy_of_a_store_that_was_not_closed_has_what_its_log_holds(tmp_path: Path) -> None:
    path = tmp_path / "company.sqlite"
    with Store.create(path) as store:
        with store.writing() as tx:
            tx.insert("customer", customer(1))
        with Store.copy_of(path) as copy:
            assert copy.statistics()["customer"] == 1


def test_a_clone_replaces_an_older_one(store: Store, tmp_path: Path) -> None:
    cached = tmp_path / "cached.sqlite"
    store.clone_to(cached)
    with store.writing() as tx:
        tx.insert("customer", customer(1))
    store.clone_to(cached)
    with Store.open(cached) as clone:
        assert clone.statistics()["customer"] == 1


def test_a_process_killed_while_it_writes_loses_nothing_it_had_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "company.sqlite"
    program = Path(__file__).with_name("writes_until_killed.py")
    acknowledged = 0
    for enough in (1, 40, 230, 700):
        with subprocess.Popen(
            [sys.executable, str(program), str(path)], stdout=subprocess.PIPE, text=True, bufsize=1
        ) as process:
            assert process.stdout is not None
            for text in process.stdout:
                acknowledged = int(text)
                if acknowledged % 1000 >= enough:
                    break
            os.kill(process.pid, signal.SIGKILL)
            for text in process.stdout:
                if text.endswith("\n"):
                    acknowledged = int(text)
        with Store.open(path) as store:
            with store.reading() as connection:
                orders = connection.execute('SELECT count(*), max(id) FROM "transaction"').fetchall()[0]
                torn = connection.execute(
                    'SELECT "transaction" FROM transactionline GROUP BY 1 HAVING count(*) <> 3'
                ).fetchall()
                assert orders[0] == orders[1] >= acknowledged
                assert torn == []
                assert store.count(connection, "transaction") == orders[0]
                assert store.count(connection, "transactionline", column="uniquekey") == 3 * orders[0]
            assert store.statistics()["transactionline"] == 3 * orders[0]


def test_a_store_in_a_directory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.create(tmp_path / "nowhere" / "company.sqlite")
