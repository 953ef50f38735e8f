from __future__ import annotations

import pytest

from suitebridge.sandbox.netsuite.store import DuplicateKey, Store

from .rows import ENTITY_ROWS, customer, vendor, whole_row

EACH_KIND = pytest.mark.parametrize("kind", ENTITY_ROWS)
_OWN_COLUMN = {"job": "project"}


def entity(store: Store, identifier: int):
    with store.writing() as tx:
        return tx.get("entity", (identifier,))


@EACH_KIND
def test_an_entity_of_each_kind_shows_in_entity(store: Store, kind: str) -> None:
    make, type_code = ENTITY_ROWS[kind]
    with store.writing() as tx:
        tx.insert(kind, make(12, email="a@b.example") if kind != "job" else make(12))
    found = entity(store, 12)
    assert found is not None
    assert found["type"] == type_code
    assert found["entityid"] == make(12)["entityid"]
    assert found["entitytitle"] == make(12).get("entitytitle", make(12)["entityid"])
    own = _OWN_COLUMN.get(kind, kind)
    others = {"customer", "vendor", "employee", "contact", "partner", "project"} - {own}
    assert found[own] == 12
    assert all(found[other] is None for other in others)
    assert store.statistics()["entity"] == 1


@EACH_KIND
def test_it_follows_every_change_and_goes_with_its_record(store: Store, kind: str) -> None:
    make, _ = ENTITY_ROWS[kind]
    with store.writing() as tx:
        tx.insert(kind, make(12))
    with store.writing() as tx:
        tx.update(kind, (12,), {"entityid": "RENAMED", "isinactive": "T"})
    changed = entity(store, 12)
    assert changed is not None
    assert (changed["entityid"], changed["isinactive"]) == ("RENAMED", "T")
    assert store.statistics()["entity"] == 1
    with store.writing() as tx:
        tx.delete(kind, (12,))
    assert entity(store, 12) is None
    assert store.statistics()["entity"] == 0


def test_two_kinds_cannot_share_an_id(store: Store) -> None:
    with store.writing() as tx:
        tx.insert("customer", customer(1))
        with pytest.raises(DuplicateKey, match="another entity"):
            tx.insert("vendor", vendor(1))
    assert store.statistics()["vendor"] == 0
    assert entity(store, 1)["type"] == "CustJob"  # type: ignore[index]


def test_loaded_entities_show_as_written_ones_do(store: Store) -> None:
    for kind, (make, _) in ENTITY_ROWS.items():
        first = 100 * list(ENTITY_ROWS).index(kind)
        store.load(kind, (whole_row(kind, make(first + number)) for number in range(1, 4)))
    store.finish_load()
    with Store.create() as other:
        with other.writing() as tx:
            for kind, (make, _) in ENTITY_ROWS.items():
                first = 100 * list(ENTITY_ROWS).index(kind)
                for number in range(1, 4):
                    tx.insert(kind, make(first + number))
        rows = []
        for each in (store, other):
            with each.reading() as connection:
                rows.append(connection.execute("SELECT * FROM entity ORDER BY id").fetchall())
    assert rows[0] == rows[1]
    assert len(rows[0]) == 18


def test_a_load_in_which_two_kinds_share_an_id_is_refused(store: Store) -> None:
    store.load("customer", [whole_row("customer", customer(1))])
    store.load("vendor", [whole_row("vendor", vendor(1))])
    with pytest.raises(DuplicateKey):
        store.finish_load()
