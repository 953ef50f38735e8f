from __future__ import annotations

import pytest

from .books import check_books
from .company import (
    BANK,
    COGS,
    DEPOSITS,
    OLD,
    RECEIVABLE,
    REPAIR,
    SALES,
    STOCK,
    TAX,
    UNDEPOSITED,
    WIDGET,
    Company,
    line,
    lines,
)


def sold(company: Company, customer: int, *items: dict) -> tuple[int, int]:
    body = {"entity": customer, "location": 1, "orderStatus": "B", **lines(*items)}
    order = company.create("salesOrder", body)
    if any(each["item"]["id"] == str(WIDGET) for each in items):
        company.transform("salesOrder", order, "itemFulfillment")
    return order, company.transform("salesOrder", order, "invoice")


def test_goods_come_back_are_credited_and_paid_back(company, customer):
    order, invoice = sold(company, customer, line(WIDGET, 2, taxCode=1))
    back = company.transform("salesOrder", order, "returnAuthorization", lines({"orderLine": 1, "quantity": 1}))
    assert company.status(back) == "B"
    company.refused("transform", "returnAuthorization", back, "creditMemo")
    received = company.transform("returnAuthorization", back, "itemReceipt")
    assert company.entries(received) == {STOCK: 6_000, COGS: -6_000}
    assert company.stock(WIDGET) == (9, 9, 0, 0, 0, 54_000)
    assert company.status(back) == "F"
    credit = company.transform("returnAuthorization", back, "creditMemo")
    assert (company.status(back), company.status(credit)) == ("G", "A")
    assert company.entries(credit) == {RECEIVABLE: -11_000, SALES: 10_000, TAX: 1_000}
    refund = company.transform("creditMemo", credit, "customerRefund", {"account": BANK})
    assert company.entries(refund) == {RECEIVABLE: 11_000, BANK: -11_000}
    assert company.status(credit) == "B"
    assert company.get("invoice", invoice)["amountRemaining"] == 220
    check_books(company)
    company.delete("customerRefund", refund)
    company.delete("creditMemo", credit)
    company.delete("itemReceipt", received)
    assert company.status(back) == "B"
    assert company.stock(WIDGET) == (8, 8, 0, 0, 0, 48_000)
    check_books(company)


def test_goods_that_are_not_restocked_are_written_off(company, customer):
    order, _ = sold(company, customer, line(WIDGET, 1))
    back = company.transform("salesOrder", order, "returnAuthorization")
    body = lines({"orderLine": 1, "restock": False})
    received = company.transform("returnAuthorization", back, "itemReceipt", body)
    assert company.stock(WIDGET)[0] == 9
    assert company.entries(received) == {26: 6_000, COGS: -6_000}
    check_books(company)


def test_what_returns_goes_to_the_order_that_waits_for_it(company, customer):
    order, _ = sold(company, customer, line(WIDGET, 10))
    body = {"entity": customer, "location": 1, "orderStatus": "B", **lines(line(WIDGET, 3))}
    waiting = company.create("salesOrder", body)
    back = company.transform("salesOrder", order, "returnAuthorization", lines({"orderLine": 1, "quantity": 2}))
    company.transform("returnAuthorization", back, "itemReceipt")
    assert company.stock(WIDGET) == (2, 0, 2, 1, 0, 12_000)
    company.transform("salesOrder", waiting, "itemFulfillment")
    assert company.status(waiting) == "E"
    check_books(company)


def test_a_credit_of_an_invoice_settles_it(company, customer):
    _, invoice = sold(company, customer, line(REPAIR, 2))
    credit = company.transform("invoice", invoice, "creditMemo")
    assert (company.status(invoice), company.status(credit)) == ("B", "B")
    assert [each["doc"]["id"] for each in company.get("creditMemo", credit, expand=True)["apply"]["items"]] == [
        str(invoice)
    ]
    company.delete("creditMemo", credit)
    assert company.status(invoice) == "A"
    check_books(company)


def test_a_credit_by_itself_waits_and_is_applied_in_part(company, customer):
    _, invoice = sold(company, customer, line(REPAIR))
    apply = {"apply": {"items": [{"doc": invoice, "apply": True, "amount": 30}]}}
    credit = company.create("creditMemo", {"entity": customer, **lines(line(REPAIR)), **apply})
    document = company.get("creditMemo", credit)
    assert (document["applied"], document["unapplied"]) == (30, 20)
    assert company.get("invoice", invoice)["amountRemaining"] == 20
    too_much = {"apply": {"items": [{"doc": invoice, "apply": True, "amount": 20.01}]}}
    assert company.refused("create", "creditMemo", {"entity": customer, **lines(line(REPAIR)), **too_much})
    check_books(company)


def test_a_deposit_is_applied_then_the_rest_refunded(company, customer):
    order, invoice = sold(company, customer, line(REPAIR))
    body = {"customer": customer, "payment": 80, "salesOrder": order, "account": BANK}
    deposit = company.create("customerDeposit", body)
    assert company.entries(deposit) == {BANK: 8_000, DEPOSITS: -8_000}
    company.refused("transform", "customerDeposit", deposit, "depositApplication")
    company.refused("create", "depositApplication", {"customer": customer})
    apply = {"apply": {"items": [{"doc": invoice, "apply": True}]}}
    applied = company.transform("customerDeposit", deposit, "depositApplication", apply)
    assert company.entries(applied) == {DEPOSITS: 5_000, RECEIVABLE: -5_000}
    assert (company.status(invoice), company.status(deposit)) == ("B", "B")
    rest = {"deposit": {"items": [{"doc": deposit, "apply": True}]}, "customer": customer, "account": BANK}
    refund = company.create("customerRefund", rest)
    assert company.entries(refund) == {DEPOSITS: 3_000, BANK: -3_000}
    assert company.status(deposit) == "C"
    check_books(company)
    company.delete("customerRefund", refund)
    company.delete("depositApplication", applied)
    assert (company.status(invoice), company.status(deposit)) == ("A", "B")
    check_books(company)


def test_a_cash_sale_takes_its_goods_from_the_shelf(company, customer):
    made = company.create("cashSale", {"entity": customer, "location": 1, **lines(line(WIDGET, 2))})
    assert company.entries(made) == {UNDEPOSITED: 20_000, SALES: -20_000, COGS: 12_000, STOCK: -12_000}
    assert company.stock(WIDGET) == (8, 8, 0, 0, 0, 48_000)
    assert company.refused("create", "cashSale", {"entity": customer, "location": 1, **lines(line(WIDGET, 9))})
    check_books(company)
    company.delete("cashSale", made)
    assert company.stock(WIDGET) == (10, 10, 0, 0, 0, 60_000)


def test_an_order_paid_at_once_is_billed(company, customer):
    order = company.create("salesOrder", {"entity": customer, "orderStatus": "B", **lines(line(REPAIR, 3))})
    made = company.transform("salesOrder", order, "cashSale")
    assert (company.status(order), company.get("cashSale", made)["total"]) == ("G", 150)
    check_books(company)


@pytest.mark.parametrize("target", ["salesOrder", "invoice", "cashSale"])
def test_an_estimate_is_processed_once(company, customer, target):
    body = {"entity": customer, "location": 1, "discountItem": 14, "discountRate": "-10%", "memo": "offer"}
    estimate = company.create("estimate", {**body, **lines(line(WIDGET, 2, rate=90), line(REPAIR))})
    made = company.transform("estimate", estimate, target)
    assert company.get(target, made)["total"] == company.get("estimate", estimate)["total"] == 207
    assert company.get(target, made)["createdFrom"]["id"] == str(estimate)
    assert company.status(estimate) == "B"
    assert company.refused("transform", "estimate", estimate, target)
    check_books(company)
    if target != "salesOrder":
        company.delete(target, made)
        assert company.status(estimate) == "A"


def test_an_invoice_by_itself_posts_income_and_cost(company, customer):
    made = company.create("invoice", {"entity": customer, "location": 1, **lines(line(WIDGET), line(REPAIR, 2))})
    assert company.entries(made) == {RECEIVABLE: 20_000, SALES: -20_000, COGS: 6_000, STOCK: -6_000}
    assert company.get("invoice", made)["dueDate"] == "2026-07-31"
    check_books(company)


def test_an_invoice_pending_approval_posts_nothing(company, customer):
    body = {"entity": customer, "location": 1, "approvalStatus": 1, **lines(line(WIDGET))}
    made = company.create("invoice", body)
    assert (company.status(made), company.entries(made)) == ("D", {})
    check_books(company)


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"item": {"items": []}}, "item"),
        ({**lines(line(OLD))}, "item.items[0].item"),
        ({"subsidiary": 2}, "subsidiary"),
        ({"currency": 4}, "currency"),
        ({"tranDate": "2026-04-30"}, "tranDate"),
        ({"tranDate": "2026-05-31"}, "tranDate"),
        ({"location": 2}, "location"),
        ({"account": BANK}, "account"),
        ({**lines(line(WIDGET, 11))}, "item"),
    ],
    ids=["empty", "inactive", "subsidiary", "currency", "closed", "locked", "location", "account", "stock"],
)
def test_an_invoice_is_refused(company, customer, more, path):
    body = {"entity": customer, "location": 1, **lines(line(REPAIR)), **more}
    assert path in [each for each, _ in company.refused("create", "invoice", body)]


def test_a_customer_on_credit_hold_is_neither_sold_to_nor_billed(company, customer):
    company.update("customer", customer, {"creditHoldOverride": "ON"})
    for record_type in ("salesOrder", "invoice"):
        faults = company.refused("create", record_type, {"entity": customer, **lines(line(REPAIR))})
        assert [path for path, _ in faults] == ["entity"]
    assert company.create("cashSale", {"entity": customer, **lines(line(REPAIR))})


def test_a_posted_document_in_a_closed_period_stays_as_it_is(company, customer):
    _, invoice = sold(company, customer, line(REPAIR))
    company.update("invoice", invoice, {"memo": "seen"})
    assert company.get("invoice", invoice)["memo"] == "seen"
    with company.store.writing() as tx:
        tx.update("accountingperiod", (107,), {"closed": "T"})
    company.refused("update", "invoice", invoice, {"memo": "again"})
    company.refused("delete", "invoice", invoice)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"tranDate": "2026-07-02"}, "tranDate"),
        ({"exchangeRate": 2}, "exchangeRate"),
        ({"item": {"items": [{"line": 1, "quantity": 5}]}}, "item.items[0].quantity"),
        ({"item": {"items": [line(REPAIR)]}}, "item.items[0]"),
        ({"item": {"items": []}}, None),
    ],
    ids=["date", "rate", "quantity", "new-line", "nothing"],
)
def test_what_was_posted_cannot_be_changed(company, customer, change, path):
    _, invoice = sold(company, customer, line(REPAIR))
    if path is None:
        before = company.everything()
        company.update("invoice", invoice, change)
        assert company.everything() == before
    else:
        assert [each for each, _ in company.refused("update", "invoice", invoice, change)] == [path]


def test_a_return_is_approved_closed_and_reopened_never(company, customer):
    order, _ = sold(company, customer, line(WIDGET, 2))
    back = company.transform("salesOrder", order, "returnAuthorization", {"orderStatus": "A"})
    assert company.status(back) == "A"
    company.refused("transform", "returnAuthorization", back, "itemReceipt")
    company.update("returnAuthorization", back, {"orderStatus": "B"})
    assert company.status(back) == "B"
    company.update("returnAuthorization", back, {"item": {"items": [{"line": 1, "isClosed": True}]}})
    assert company.status(back) == "H"
    company.refused("transform", "returnAuthorization", back, "itemReceipt")
