from __future__ import annotations

import pytest

from suitebridge.sandbox.netsuite.schema import SCHEMA
from suitebridge.sandbox.netsuite.store import DuplicateKey, InvalidValue, Store, StoreError

from .rows import accounting_line, customer, header, line


def only(store: Store, sql: str):
    with store.reading() as connection:
        return connection.execute(sql).fetchall()


def test_a_row_comes_back_as_it_was_written(store: Store) -> None:
    row = customer(7, creditlimit=1234567, custentity_sb_score=105000, extra='{"a":1}')
    with store.writing() as tx:
        tx.insert("customer", row)
    with store.writing() as tx:
        found = tx.get("customer", (7,))
    assert found is not None
    assert {name: found[name] for name in row} == row
    assert {name for name, value in found.items() if value is not None} == set(row)


def test_a_row_that_is_not_there_is_none(store: Store) -> None:
    with store.writing() as tx:
        assert tx.get("customer", (7,)) is None
        assert not tx.update("customer", (7,), {"email": "a@b.example"})
        assert not tx.delete("customer", (7,))


def test_the_empty_text_is_null(store: Store) -> None:
    with store.writing() as tx:
        tx.insert("customer", customer(1, email="", phone="1"))
        tx.update("customer", (1,), {"phone": ""})
    assert only(store, "SELECT email, phone FROM customer") == [(None, None)]


def test_an_exception_undoes_the_whole_block(store: Store) -> None:
    def fails_at_its_end() -> None:
        with store.writing() as tx:
            tx.insert("customer", customer(tx.next_id("entity")))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_at_its_end()
    assert store.statistics()["customer"] == 0
    assert store.statistics()["entity"] == 0
    with store.writing() as tx:
        tx.insert("customer", customer(tx.next_id("entity")))
    assert store.statistics()["customer"] == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda tx: tx.insert("customer", customer(1, colour="red")),
        lambda tx: tx.update("customer", (1,), {"colour": "red"}),
        lambda tx: tx.delete_where("customer", {"colour": "red"}),
    ],
    ids=["insert", "update", "delete_where"],
)
def test_an_unknown_column_is_named(store: Store, write) -> None:
    with pytest.raises(KeyError, match=r"customer\.colour"), store.writing() as tx:
        write(tx)


def test_an_unknown_table_is_named(store: Store) -> None:
    with pytest.raises(KeyError, match="custmer"), store.writing() as tx:
        tx.insert("custmer", {"id": 1})


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"isperson": None}, "NOT NULL constraint failed: customer.isperson"),
        ({"isperson": "yes"}, "isperson"),
        ({"creditlimit": "12.50"}, "creditlimit"),
        ({"creditlimit": 12.5}, "creditlimit"),
        ({"firstorderdate": "1/2/2026"}, "firstorderdate"),
        ({"datecreated": "2026-01-15"}, "datecreated"),
        ({"id": "12"}, r"customer\.id must be a whole number"),
        ({"id": None}, r"customer\.id must be a whole number"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_value_that_does_not_fit_its_column_is_refused(store: Store, more, words: str) -> None:
    with pytest.raises(InvalidValue, match=words), store.writing() as tx:
        tx.insert("customer", customer(1) | more)
    assert store.statistics()["customer"] == 0


def test_a_row_without_its_key_is_refused(store: Store) -> None:
    row = line(1, 0, 1)
    del row["uniquekey"]
    with pytest.raises(InvalidValue, match="transactionline needs uniquekey"), store.writing() as tx:
        tx.insert("transactionline", row)


@pytest.mark.parametrize(
    ("table", "first", "second"),
    [
        ("customer", customer(1), customer(1)),
        ("transactionline", line(1, 0, 10), line(1, 0, 11)),
        ("transactionline", line(1, 0, 10), line(1, 1, 10)),
        ("transactionaccountingline", accounting_line(1, 0), accounting_line(1, 0)),
    ],
    ids=["id", "transaction and line", "uniquekey", "book"],
)
def test_a_key_that_exists_is_refused_and_the_rest_of_the_block_may_go_on(store: Store, table, first, second) -> None:
    with store.writing() as tx:
        tx.insert(table, first)
        with pytest.raises(DuplicateKey):
            tx.insert(table, second)
    assert store.statistics()[table] == 1


@pytest.mark.parametrize("column", ["transaction", "id", "uniquekey"])
def test_what_identifies_a_row_cannot_change(store: Store, column: str) -> None:
    with store.writing() as tx:
        tx.insert("transactionline", line(1, 0, 10))
        with pytest.raises(ValueError, match=column):
            tx.update("transactionline", (1, 0), {column: 5})


def test_the_lines_of_a_transaction_are_removed_at_once(store: Store) -> None:
    with store.writing() as tx:
        for transaction in (1, 2):
            tx.insert("transaction", header(transaction))
            for number in range(3):
                tx.insert("transactionline", line(transaction, number, 10 * transaction + number))
        assert tx.delete_where("transactionline", {"transaction": 1}) == 3
    assert only(store, 'SELECT DISTINCT "transaction" FROM transactionline') == [(2,)]
    assert store.statistics()["transactionline"] == 3


def test_a_query_in_a_block_sees_what_the_block_wrote_and_writes_nothing(store: Store) -> None:
    with store.writing() as tx:
        tx.insert("customer", customer(3))
        assert tx.rows("SELECT id, entityid FROM customer WHERE id = ?", (3,)) == [{"id": 3, "entityid": "C3"}]
        assert tx.rows("SELECT id FROM vendor") == []
        with pytest.raises(StoreError, match="may not write"):
            tx.rows("DELETE FROM customer")
        assert tx.get("customer", (3,)) is not None


@pytest.mark.parametrize("table", [name for name, each in SCHEMA.tables.items() if each.view_of] + ["entity"])
def test_a_table_that_is_written_from_others_cannot_be_written(store: Store, table: str) -> None:
    with store.writing() as tx, pytest.raises(StoreError):
        tx.insert(table, {"id": 1})
    with pytest.raises(StoreError):
        store.load(table, [])


def test_a_block_is_of_no_use_after_its_end(store: Store) -> None:
    with store.writing() as tx:
        pass
    with pytest.raises(StoreError, match="ended"):
        tx.insert("customer", customer(1))
    with pytest.raises(StoreError, match="ended"):
        tx.next_id("entity")


def test_a_thread_that_writes_cannot_begin_again_or_close(store: Store) -> None:
    with store.writing():
        with pytest.raises(StoreError, match="writing"), store.writing():
            pass
        with pytest.raises(StoreError, match="writing"):
            store.close()


def test_dual_has_one_row(store: Store) -> None:
    assert only(store, "SELECT dummy FROM dual") == [("X",)]


def test_a_number_is_never_given_again_after_a_delete(store: Store) -> None:
    with store.writing() as tx:
        first = tx.next_id("customer")
        tx.insert("customer", customer(first))
    with store.writing() as tx:
        tx.delete("customer", (first,))
    with store.writing() as tx:
        assert tx.next_id("vendor") > first


def test_all_entities_share_one_sequence_and_other_tables_have_their_own(store: Store) -> None:
    with store.writing() as tx:
        kinds = ("customer", "vendor", "employee", "contact", "partner", "job", "entity")
        assert [tx.next_id(kind) for kind in kinds] == list(range(1, 8))
        assert tx.next_id("transaction") == 1
        assert tx.next_id("transactionline") == 1
        assert tx.next_id("term") == 1
        with pytest.raises(KeyError):
            tx.next_id("transactionaccountingline")


def test_a_sequence_goes_on_after_a_number_that_was_set_by_hand(store: Store) -> None:
    with store.writing() as tx:
        tx.insert("transaction", header(500))
        tx.insert("transactionline", line(500, 0, 9000))
    with store.writing() as tx:
        assert tx.next_id("transaction") == 501
        assert tx.next_id("transactionline") == 9001


def test_a_system_note_says_who_changed_what_and_when(store: Store) -> None:
    with store.writing() as tx:
        number = tx.note(-2, 7, "email", None, "a@b.example", 2, 4, "RESTWEBSERVICES", role=3)
        assert tx.get("systemnote", (number,)) == {
            "id": number,
            "name": 4,
            "date": "2026-03-02 08:15:00",
            "recordtypeid": -2,
            "recordid": 7,
            "field": "email",
            "oldvalue": None,
            "newvalue": "a@b.example",
            "type": 2,
            "context": "RESTWEBSERVICES",
            "role": 3,
            "extra": None,
        }


def test_a_deletion_is_recorded_once(store: Store) -> None:
    with store.writing() as tx:
        tx.deleted(-2, 7, "Customer", "C7 Acme", 4, "RESTWEBSERVICES")
        found = tx.get("deletedrecord", (-2, 7))
        assert found is not None
        assert (found["name"], found["deleteddate"], found["iscustomrecord"]) == ("C7 Acme", tx.now, "F")
        with pytest.raises(DuplicateKey):
            tx.deleted(-2, 7, "Customer", "C7 Acme", 4, "RESTWEBSERVICES")


def test_a_document_link_is_seen_from_both_ends(store: Store) -> None:
    with store.writing() as tx:
        tx.insert("nexttransactionlink", {"previousdoc": 1, "nextdoc": 2, "linktype": "OrdBill", "foreignamount": 500})
        tx.insert(
            "nexttransactionlinelink",
            {"previousdoc": 1, "previousline": 1, "nextdoc": 2, "nextline": 1, "linktype": "OrdBill"},
        )
        tx.insert("inventoryitemlocations", {"item": 5, "location": 1, "quantityonhand": 700000})
    assert only(store, "SELECT nextdoc, foreignamount FROM previoustransactionlink WHERE previousdoc = 1") == [(2, 500)]
    assert only(store, "SELECT nextline FROM previoustransactionlinelink") == [(1,)]
    assert only(store, "SELECT quantityonhand FROM aggregateitemlocation WHERE item = 5") == [(700000,)]
