from __future__ import annotations

import threading

import apsw
import pytest

from suitebridge.sandbox.netsuite.store import Store, StoreError

from .rows import customer


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(store: Store) -> None:
    with store.reading() as early:
        with store.writing() as tx:
            tx.insert("customer", customer(1))
        with store.reading() as late:
            assert early.execute("SELECT count(*) FROM customer").fetchall() == [(0,)]
            assert late.execute("SELECT count(*) FROM customer").fetchall() == [(1,)]


def test_a_reader_sees_nothing_of_an_unfinished_block(store: Store) -> None:
    with store.writing() as tx:
        tx.insert("customer", customer(1))
        with store.reading() as connection:
            assert connection.execute("SELECT count(*) FROM customer").fetchall() == [(0,)]


def test_a_reader_cannot_write(store: Store) -> None:
    with store.reading() as connection, pytest.raises(apsw.ReadOnlyError):
        connection.execute("DELETE FROM customer")


def test_a_mistyped_column_in_double_quotes_is_an_error(store: Store) -> None:
    with store.reading() as connection, pytest.raises(apsw.SQLError, match="no such column"):
        connection.execute('SELECT "emial" FROM customer')


def test_like_tells_case_apart(store: Store) -> None:
    with store.reading() as connection:
        assert connection.execute("SELECT 'Acme' LIKE 'acme%', 'Acme' LIKE 'Ac%'").fetchall() == [(0, 1)]


def test_functions_are_registered_on_every_connection_before_and_after(store: Store) -> None:
    def prepare(connection: apsw.Connection) -> None:
        connection.create_scalar_function("twice", lambda value: value * 2, 1)

    with store.reading() as connection:
        connection.execute("SELECT 1").fetchall()
    store.add_prepare(prepare)
    with store.reading() as one, store.reading() as two:
        assert one.execute("SELECT twice(4)").fetchall() == two.execute("SELECT twice(4)").fetchall() == [(8,)]
    with store.writing() as tx:
        assert tx.rows("SELECT twice(3) AS n") == [{"n": 6}]


def test_a_query_left_half_read_holds_no_snapshot_for_the_next_reader(store: Store) -> None:
    with store.writing() as tx:
        for identifier in (1, 2, 3):
            tx.insert("customer", customer(identifier))
    with store.reading() as connection:
        half_read = connection.execute("SELECT id FROM customer")
        next(half_read)
    with store.writing() as tx:
        tx.insert("customer", customer(4))
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM customer").fetchall() == [(4,)]


def test_an_interrupted_reader_spoils_nothing_for_the_next(store: Store) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with store.reading() as connection:
        timer = threading.Timer(0.05, connection.interrupt)
        timer.start()
        with pytest.raises(apsw.InterruptError):
            connection.execute(endless).fetchall()
        timer.join()
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM customer").fetchall() == [(0,)]


def test_many_threads_write_and_read_and_nothing_is_lost(store: Store) -> None:
    threads, each = 6, 40
    torn: list[tuple[int, int]] = []

    def write() -> None:
        for _ in range(each):
            with store.writing() as tx:
                tx.insert("customer", customer(tx.next_id("entity")))
                tx.insert("customer", customer(tx.next_id("entity")))

    def read() -> None:
        for _ in range(each):
            with store.reading() as connection:
                rows = connection.execute("SELECT count(*) FROM customer").fetchall()[0][0]
                counted = store.count(connection, "customer")
                if rows != counted or rows % 2:
                    torn.append((rows, counted))

    workers = [threading.Thread(target=write) for _ in range(threads)]
    workers += [threading.Thread(target=read) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert torn == []
    assert store.statistics()["customer"] == threads * each * 2
    with store.reading() as connection:
        assert connection.execute("SELECT max(id) FROM customer").fetchall() == [(threads * each * 2,)]


def test_a_closed_store_says_so_and_closes_again_quietly() -> None:
    store = Store.create()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"), store.reading():
        pass
    with pytest.raises(StoreError, match="closed"), store.writing():
        pass
