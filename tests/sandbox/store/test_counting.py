from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitebridge.sandbox.netsuite.store import Store, StoreError

from .rows import accounting_line, customer, header, line, whole_row

IDS = st.integers(-3000, 6000)
BOUND = st.none() | st.integers(-4000, 7000)


def counted_by_hand(connection, table: str, column: str, after: int | None, upto: int | None) -> int:
    sql = f'SELECT count(*) FROM {table} WHERE (?1 IS NULL OR "{column}" > ?1) AND (?2 IS NULL OR "{column}" <= ?2)'
    return connection.execute(sql, (after, upto)).fetchall()[0][0]


@settings(max_examples=60, deadline=None)
@given(
    loaded=st.sets(IDS, max_size=60),
    operations=st.lists(st.tuples(st.booleans(), IDS), max_size=60),
    ranges=st.lists(st.tuples(BOUND, BOUND), min_size=1, max_size=12),
)
def test_a_count_is_exact_after_any_loads_writes_and_deletes(loaded, operations, ranges) -> None:
    with Store.create() as store:
        store.load("customer", (whole_row("customer", customer(identifier)) for identifier in sorted(loaded)))
        store.finish_load()
        present = set(loaded)
        for inserts, identifier in operations:
            with store.writing() as tx:
                if inserts and identifier not in present:
                    tx.insert("customer", customer(identifier))
                    present.add(identifier)
                elif not inserts:
                    assert tx.delete("customer", (identifier,)) == (identifier in present)
                    present.discard(identifier)
        with store.reading() as connection:
            for after, upto in ranges:
                inside = [
                    identifier
                    for identifier in present
                    if (after is None or identifier > after) and (upto is None or identifier <= upto)
                ]
                assert store.count(connection, "customer", after, upto) == len(inside)
                assert store.count(connection, "entity", after, upto) == len(inside)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("transaction", None),
        ("transactionline", None),
        ("transactionline", "uniquekey"),
        ("transactionaccountingline", None),
        ("nexttransactionlink", None),
        ("previoustransactionlink", None),
    ],
)
def test_lines_and_links_are_counted_by_their_document_and_lines_by_their_own_key(table: str, column) -> None:
    documents = range(900, 1200)
    with store_of(documents) as store, store.reading() as connection:
        by = column or store.schema[table].key[0]
        for after, upto in [(None, None), (950, None), (None, 1000), (1000, 1100), (1023, 1024), (1100, 1000)]:
            by_hand = counted_by_hand(connection, f'"{table}"', by, after, upto)
            assert store.count(connection, table, after, upto, column=column) == by_hand


def store_of(documents: range) -> Store:
    store = Store.create()
    with store.writing() as tx:
        for document in documents:
            tx.insert("transaction", header(document))
            for number in range(3):
                tx.insert("transactionline", line(document, number, tx.next_id("transactionline")))
                tx.insert("transactionaccountingline", accounting_line(document, number))
            tx.insert("nexttransactionlink", {"previousdoc": document, "nextdoc": 1, "linktype": "Payment"})
    with store.writing() as tx:
        for document in documents[::7]:
            tx.delete_where("transactionline", {"transaction": document})
    return store


def test_a_block_that_fails_leaves_the_counts_alone(store: Store) -> None:
    with store.writing() as tx:
        tx.insert("customer", customer(1))

    def fails_at_its_end() -> None:
        with store.writing() as tx:
            tx.insert("customer", customer(2))
            tx.delete("customer", (1,))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_at_its_end()
    with store.reading() as connection:
        assert store.count(connection, "customer") == 1


def test_a_reader_counts_what_its_snapshot_holds(store: Store) -> None:
    with store.writing() as tx:
        tx.insert("customer", customer(1))
    with store.reading() as connection:
        with store.writing() as tx:
            tx.insert("customer", customer(2))
        assert store.count(connection, "customer") == 1
    with store.reading() as connection:
        assert store.count(connection, "customer") == 2


def test_a_column_that_is_not_counted_is_named(store: Store) -> None:
    assert not store.counts("accounttype")
    assert not store.counts("transactionline", "item")
    with store.reading() as connection:
        with pytest.raises(KeyError, match=r"transactionline\.item"):
            store.count(connection, "transactionline", column="item")
        with pytest.raises(KeyError, match=r"accounttype\.id"):
            store.count(connection, "accounttype")


def test_nothing_is_counted_while_a_load_is_unfinished(store: Store) -> None:
    store.load("customer", [whole_row("customer", customer(1))])
    with store.reading() as connection, pytest.raises(StoreError, match="not finished"):
        store.count(connection, "customer")
    assert store.statistics()["customer"] == 1
