from __future__ import annotations

import pytest

from .books import check_books
from .company import (
    ACCRUED,
    BANK,
    EXPENSE,
    GADGET,
    PAYABLE,
    RECEIVABLE,
    REPAIR,
    SALES,
    STOCK,
    VARIANCE,
    WIDGET,
    Company,
    line,
    lines,
)


def bought(company: Company, vendor: int, *items: dict, **more: object) -> int:
    return company.create("purchaseOrder", {"entity": vendor, "location": 1, **lines(*items), **more})


def test_from_purchase_order_to_payment(company, vendor):
    order = bought(company, vendor, line(GADGET, 5, rate=2))
    assert company.status(order) == "B"
    assert company.stock(GADGET) == (0, 0, 0, 0, 5, None)
    company.refused("transform", "purchaseOrder", order, "vendorBill")
    received = company.transform("purchaseOrder", order, "itemReceipt", lines({"orderLine": 1, "quantity": 3}))
    assert company.entries(received) == {STOCK: 600, ACCRUED: -600}
    assert company.stock(GADGET) == (3, 3, 0, 0, 2, 600)
    assert company.status(order) == "E"
    body = {"tranId": "R-77", **lines({"orderLine": 1, "quantity": 3, "rate": 2.5})}
    billed = company.transform("purchaseOrder", order, "vendorBill", body)
    assert company.entries(billed) == {ACCRUED: 600, VARIANCE: 150, PAYABLE: -750}
    assert company.status(order) == "D"
    company.refused("delete", "itemReceipt", received)
    paid = company.transform("vendorBill", billed, "vendorPayment", {"account": BANK})
    assert company.entries(paid) == {PAYABLE: 750, BANK: -750}
    assert (company.status(billed), company.get("vendorPayment", paid)["total"]) == ("B", 7.5)
    company.update("purchaseOrder", order, {"item": {"items": [{"line": 1, "isClosed": True}]}})
    assert (company.status(order), company.stock(GADGET)[4]) == ("H", 0)
    check_books(company)
    company.delete("vendorPayment", paid)
    company.delete("vendorBill", billed)
    company.delete("itemReceipt", received)
    assert company.stock(GADGET)[:1] == (0,)
    check_books(company)


def test_what_arrives_goes_to_those_who_wait(company, vendor, customer):
    body = {"entity": customer, "location": 1, "orderStatus": "B", **lines(line(GADGET, 4))}
    waiting = company.create("salesOrder", body)
    order = bought(company, vendor, line(GADGET, 5, rate=2))
    company.transform("purchaseOrder", order, "itemReceipt")
    assert company.stock(GADGET) == (5, 1, 4, 0, 0, 1_000)
    company.transform("salesOrder", waiting, "itemFulfillment")
    assert company.status(waiting) == "F"
    check_books(company)


def test_an_order_is_approved_before_goods_come(company, vendor):
    order = bought(company, vendor, line(GADGET, 5, rate=2), orderStatus="A")
    company.refused("transform", "purchaseOrder", order, "itemReceipt")
    company.update("purchaseOrder", order, {"orderStatus": "B"})
    assert (company.status(order), company.stock(GADGET)[4]) == ("B", 5)
    company.delete("purchaseOrder", order)
    assert company.stock(GADGET)[4] == 0


def test_a_bill_has_goods_and_expenses(company, vendor):
    body = {
        "entity": vendor,
        "location": 1,
        "tranId": "77",
        **lines(line(WIDGET, 2, rate=70), line(REPAIR, 1, rate=10)),
        "expense": {"items": [{"account": EXPENSE, "amount": 12.5, "memo": "freight"}]},
    }
    made = company.create("vendorBill", body)
    assert company.entries(made) == {STOCK: 14_000, EXPENSE: 2_250, PAYABLE: -16_250}
    assert company.stock(WIDGET) == (12, 12, 0, 0, 0, 74_000)
    assert company.get("vendorBill", made, expand=True)["expense"]["items"][0]["amount"] == 12.5
    check_books(company)
    apply = {"apply": {"items": [{"doc": made, "apply": True}]}}
    credit = company.create("vendorCredit", {"entity": vendor, **lines(line(REPAIR, 1, rate=10)), **apply})
    assert company.entries(credit) == {EXPENSE: -1_000, PAYABLE: 1_000}
    assert company.get("vendorBill", made)["amountRemaining"] == 152.5
    assert company.status(credit) == "B"
    check_books(company)


@pytest.mark.parametrize(
    ("record_type", "more", "path"),
    [
        ("purchaseOrder", {"item": {"items": []}}, "item"),
        ("purchaseOrder", lines(line(GADGET, 1)), "item.items[0]"),
        ("purchaseOrder", lines(line(GADGET, -1, rate=1)), "item.items[0].quantity"),
        ("purchaseOrder", {"subsidiary": 2}, "subsidiary"),
        ("vendorBill", {"currency": 4}, "currency"),
        ("vendorBill", {"tranDate": "2026-04-01"}, "tranDate"),
        ("vendorBill", {"expense": {"items": [{"account": SALES, "amount": 1}]}}, "expense.items[0].account"),
        ("vendorBill", {"expense": {"items": [{"amount": 1}]}}, "expense.items[0]"),
        ("vendorCredit", lines(line(WIDGET, 11, rate=1)), "item"),
        ("vendorPayment", {"account": BANK}, "apply"),
        ("itemReceipt", {}, None),
    ],
)
def test_a_purchase_is_refused(company, vendor, record_type, more, path):
    body = {"entity": vendor, "location": 1, **lines(line(REPAIR, 1, rate=5)), **more}
    assert path in [each for each, _ in company.refused("create", record_type, body)]


def journal(*sides: tuple[int, str, float], **more: object) -> dict:
    return {"subsidiary": 1, "line": {"items": [{"account": a, side: amount} for a, side, amount in sides]}, **more}


def test_a_journal_posts_as_entered(company):
    made = company.create("journalEntry", journal((BANK, "debit", 10), (SALES, "credit", 10)))
    assert company.entries(made) == {BANK: 1_000, SALES: -1_000}
    assert company.entries(made, 2) == {BANK: 1_000, SALES: -1_000}
    waiting = company.create("journalEntry", journal((BANK, "debit", 10), (SALES, "credit", 10), approved=False))
    assert (company.status(waiting), company.entries(waiting)) == ("A", {})
    check_books(company)
    company.delete("journalEntry", made)
    check_books(company)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (journal((BANK, "debit", 10), (SALES, "credit", 9.99)), "line"),
        (journal((BANK, "debit", 10)), "line"),
        (journal(), "line"),
        (journal((BANK, "debit", 10), (10, "credit", 10)), "line.items[1].account"),
        (journal((RECEIVABLE, "debit", 10), (SALES, "credit", 10)), "line.items[0]"),
        (journal((BANK, "debit", -10), (SALES, "credit", -10)), "line.items[0].debit"),
        (journal((BANK, "debit", 10), (SALES, "credit", 10), tranDate="2026-02-01"), "tranDate"),
        (journal((BANK, "debit", 10), (SALES, "credit", 10), subsidiary=None), None),
        ({"subsidiary": 1, "line": {"items": [{"account": BANK, "debit": 1, "credit": 1}]}}, "line.items[0]"),
    ],
)
def test_a_journal_is_refused(company, body, path):
    assert path in [each for each, _ in company.refused("create", "journalEntry", body)]
