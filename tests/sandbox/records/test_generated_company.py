from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from suitebridge.sandbox.netsuite.clock import FixedClock
from suitebridge.sandbox.netsuite.company import generate
from suitebridge.sandbox.netsuite.quirks import Quirks
from suitebridge.sandbox.netsuite.records import RecordService, decode, encode
from suitebridge.sandbox.netsuite.records.binding import bind
from suitebridge.sandbox.netsuite.schema import SCHEMA
from suitebridge.sandbox.netsuite.store import Store

from .company import ADMINISTRATOR, BASE, NOON, Company

TYPES = sorted(bound.name for bound in bind(SCHEMA).types.values())
TRADE = (
    "estimate",
    "salesOrder",
    "invoice",
    "cashSale",
    "returnAuthorization",
    "creditMemo",
    "purchaseOrder",
    "vendorBill",
    "vendorCredit",
)


@pytest.fixture(scope="module")
def generated() -> Iterator[Company]:
    store = Store.create(None, SCHEMA)
    generate(store, "small", 1, date(2026, 7, 1))
    clock = FixedClock(NOON)
    yield Company(store, RecordService(SCHEMA, store, Quirks.parse([]), clock), clock)
    store.close()


def number(value: object) -> Decimal:
    return Decimal(str(value or 0))


def everything(company: Company, record_type: str) -> list[dict]:
    return [decode(encode(company.get(record_type, each, expand=True))) for each in company.ids(record_type)]


@pytest.mark.parametrize("record_type", TYPES)
def test_every_record_of_every_type_can_be_read_whole(generated, record_type):
    for document in everything(generated, record_type)[:20]:
        assert document["links"][0]["href"] == f"{BASE}/{record_type}/{document['id']}"
        assert None not in document.values()


@pytest.mark.parametrize("record_type", TRADE)
def test_lines_discount_shipping_and_tax_make_up_the_total(generated, record_type):
    documents = everything(generated, record_type)
    assert documents
    for document in documents:
        lines = [*document["item"]["items"], *document.get("expense", {"items": []})["items"]]
        assert sum(number(line["amount"]) for line in lines) == number(document["subtotal"])
        parts = ("subtotal", "discountTotal", "shippingCost", "taxTotal")
        assert sum(number(document.get(part)) for part in parts) == number(document["total"])
        assert all(line.get("quantity", 0) >= 0 for line in document["item"]["items"])


def test_what_is_paid_and_what_remains_make_up_an_invoice(generated):
    for document in everything(generated, "invoice"):
        assert number(document["amountPaid"]) + number(document["amountRemaining"]) == number(document["total"])


def test_applied_amounts_are_the_sum_of_what_is_applied(generated):
    for record_type in ("customerPayment", "depositApplication"):
        for document in everything(generated, record_type):
            applied = sum(number(line["amount"]) for line in document["apply"]["items"])
            assert applied == number(document["applied"])
            assert applied + number(document["unapplied"]) == number(document["total"])


@pytest.mark.parametrize(
    ("record_type", "relationship"),
    [("customer", "customersubsidiaryrelationship"), ("vendor", "vendorsubsidiaryrelationship")],
)
def test_a_balance_is_what_the_books_say_is_open(generated, record_type, relationship):
    kept = dict(
        generated.rows(
            f"SELECT r.entity, SUM(r.balance) FROM {relationship} r JOIN subsidiary s ON s.id = r.subsidiary"
            " GROUP BY r.entity HAVING MAX(r.primarycurrency) = MIN(s.currency)"
        )
    )
    for internal_id, balance in kept.items():
        assert number(generated.get(record_type, internal_id, fields="balance")["balance"]) * 100 == balance


def lines_and_books(company: Company) -> list[list[tuple[object, ...]]]:
    tables = ("transactionline", "transactionaccountingline", "transactiontaxdetail", "inventoryitemlocations")
    return [company.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables]


def test_a_change_that_changes_nothing_leaves_every_line_and_booking_of_an_order_as_it_was(generated):
    before = lines_and_books(generated)
    for internal_id in generated.ids("salesOrder"):
        day = generated.get("salesOrder", internal_id, fields="tranDate")["tranDate"]
        generated.update("salesOrder", internal_id, {"tranDate": day})
    assert lines_and_books(generated) == before


def test_an_order_for_a_generated_customer_follows_the_numbers_there_are(generated):
    customer = generated.value("SELECT id FROM customer WHERE isinactive = 'F' AND currency = 1 ORDER BY id LIMIT 1")
    item = generated.value(
        "SELECT p.item FROM pricing p JOIN item i ON i.id = p.item"
        " WHERE i.isinactive = 'F' AND i.itemtype = 'InvtPart' AND p.currency = 1 ORDER BY p.item LIMIT 1"
    )
    last = generated.value(
        "SELECT max(CAST(substr(tranid, 3) AS INTEGER)) FROM \"transaction\" WHERE type = 'SalesOrd'"
    )
    made = generated.service.create(
        ADMINISTRATOR, "salesOrder", {"entity": customer, "item": {"items": [{"item": item, "quantity": 1}]}}
    ).internal_id
    assert generated.get("salesOrder", made)["tranId"] == f"SO{last + 1}"
    assert generated.ids("salesOrder", f"entity ANY_OF [{customer}] AND tranId IS SO{last + 1}") == [made]
    generated.service.delete(ADMINISTRATOR, "salesOrder", str(made))


WRITABLE = sorted(bound.name for bound in bind(SCHEMA).types.values() if bound.definition.writable)


def all_rows(company: Company) -> dict[str, list[tuple[object, ...]]]:
    tables = [table.name for table in SCHEMA.tables.values() if table.view_of is None]
    return {table: company.rows(f'SELECT * FROM "{table}" ORDER BY 1, 2') for table in tables}


@pytest.mark.parametrize("record_type", WRITABLE)
def test_a_document_that_is_sent_back_as_it_was_read_changes_nothing(generated, record_type):
    before = all_rows(generated)
    for document in everything(generated, record_type)[:40]:
        result = generated.service.update(ADMINISTRATOR, record_type, document["id"], document)
        assert result.warnings == ()
    assert all_rows(generated) == before
