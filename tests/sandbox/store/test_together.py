"""Several writes of one thread that are kept as one."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.sandbox.store.rows import customer

from suitebridge.sandbox.netsuite.store import DuplicateKey, Store, StoreError


def numbers(store: Store) -> list[int]:
    with store.reading() as connection:
        return [row[0] for row in connection.execute("SELECT id FROM customer ORDER BY id")]


def add(store: Store, number: int) -> None:
    with store.writing() as tx:
        tx.insert("customer", customer(number))


def add_both(store: Store, *several: int) -> None:
    with store.writing() as tx:
        for number in several:
            tx.insert("customer", customer(number))


def test_what_is_written_together_is_kept_together(store: Store) -> None:
    with store.together():
        add(store, 1)
        add(store, 2)
        assert numbers(store) == [1, 2]
    assert numbers(store) == [1, 2]
    assert store.statistics()["customer"] == store.statistics()["entity"] == 2


def test_nobody_else_sees_it_before_its_end(store: Store) -> None:
    seen: list[list[int]] = []
    with store.together():
        add(store, 1)
        other = threading.Thread(target=lambda: seen.append(numbers(store)))
        other.start()
        other.join()
    assert seen == [[]]


def test_nothing_is_kept_of_a_block_that_raises(store: Store) -> None:
    def fail() -> None:
        with store.together():
            add(store, 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert numbers(store) == []
    assert store.statistics()["customer"] == 0
    with store.writing() as tx:
        assert tx.next_id("entity") == 1


def test_a_part_that_raises_is_undone_alone(store: Store) -> None:
    with store.together():
        add(store, 1)
        with pytest.raises(DuplicateKey):
            add_both(store, 2, 1)
        add(store, 3)
    assert numbers(store) == [1, 3]
    assert store.statistics()["customer"] == 2


def test_numbers_go_on_from_part_to_part_and_after_it(store: Store) -> None:
    taken: list[int] = []

    def take() -> None:
        with store.writing() as tx:
            taken.append(tx.next_id("transaction"))

    with store.together():
        take()
        take()
    take()
    assert taken == [1, 2, 3]


def test_parts_do_not_nest(store: Store) -> None:
    with store.together():
        with store.writing(), pytest.raises(StoreError), store.writing():
            pass
        with pytest.raises(StoreError), store.together():
            pass
        add(store, 1)
    assert numbers(store) == [1]


def test_other_writers_wait(tmp_path: Path) -> None:
    with Store.create(tmp_path / "company.sqlite") as store:
        begun = threading.Event()

        def write() -> None:
            begun.set()
            add(store, 2)

        other = threading.Thread(target=write)
        with store.together():
            other.start()
            begun.wait()
            add(store, 1)
            assert numbers(store) == [1]
        other.join()
        assert numbers(store) == [1, 2]
