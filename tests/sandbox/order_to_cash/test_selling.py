from __future__ import annotations

import pytest

from .books import check_books
from .company import (
    BANK,
    COGS,
    CRATE,
    GADGET,
    GAIN_LOSS,
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
    order_lines,
)


def order(company: Company, customer: int, *items: dict, **more: object) -> int:
    body = {"entity": customer, "location": 1, "orderStatus": "B", **lines(*items), **more}
    return company.create("salesOrder", body)


def test_from_order_to_money(company, customer):
    made = order(company, customer, line(WIDGET, 2, taxCode=1), line(REPAIR, 1))
    assert company.stock(WIDGET) == (10, 8, 2, 0, 0, 60_000)
    shipped = company.transform("salesOrder", made, "itemFulfillment")
    assert (company.status(made), company.status(shipped)) == ("F", "C")
    assert company.stock(WIDGET) == (8, 8, 0, 0, 0, 48_000)
    assert company.entries(shipped) == {COGS: 12_000, STOCK: -12_000}
    billed = company.transform("salesOrder", made, "invoice")
    assert company.status(made) == "G"
    assert company.entries(billed) == {RECEIVABLE: 27_000, SALES: -25_000, TAX: -2_000}
    invoice = company.get("invoice", billed, expand=True)
    assert (invoice["total"], invoice["amountRemaining"], invoice["status"]["id"]) == (270, 270, "A")
    assert (invoice["createdFrom"]["id"], invoice["dueDate"]) == (str(made), "2026-07-31")
    assert [each["orderLine"] for each in invoice["item"]["items"]] == [1, 2]
    paid = company.create(
        "customerPayment",
        {
            "customer": customer,
            "payment": 250,
            "apply": {"items": [{"doc": {"id": billed}, "apply": True, "amount": 200}]},
        },
    )
    assert company.entries(paid) == {UNDEPOSITED: 25_000, RECEIVABLE: -25_000}
    payment = company.get("customerPayment", paid, expand=True)
    assert (payment["applied"], payment["unapplied"], payment["status"]["id"]) == (200, 50, "B")
    assert company.get("invoice", billed)["amountRemaining"] == 70
    rest = company.transform("invoice", billed, "customerPayment", {"account": BANK})
    assert company.get("customerPayment", rest)["payment"] == 70
    assert (company.status(billed), company.status(rest)) == ("B", "C")
    check_books(company)


def test_lines_not_named_ship_whole_and_itemreceive_leaves_one_out(company, customer):
    made = order(company, customer, line(WIDGET, 3), line(CRATE, 2))
    body = lines({"orderLine": 1, "quantity": 1}, {"orderLine": 2, "itemReceive": False})
    shipped = company.transform("salesOrder", made, "itemFulfillment", body)
    items = company.get("itemFulfillment", shipped, expand=True)["item"]["items"]
    assert [(each["orderLine"], each["quantity"]) for each in items] == [(1, 1)]
    assert company.status(made) == "E"
    company.transform("salesOrder", made, "itemFulfillment")
    assert company.status(made) == "F"
    check_books(company)


def test_quantity_zero_leaves_a_line_off_the_invoice(company, customer):
    made = order(company, customer, line(WIDGET, 3), line(REPAIR, 2))
    company.transform("salesOrder", made, "itemFulfillment")
    billed = company.transform("salesOrder", made, "invoice", order_lines((1, 2), (2, 0)))
    assert company.get("invoice", billed)["total"] == 200
    assert company.status(made) == "F"
    rest = company.transform("salesOrder", made, "invoice")
    assert company.get("invoice", rest)["total"] == 200
    assert company.status(made) == "G"
    check_books(company)


def test_discount_and_shipping_are_billed_to_the_cent(company, customer):
    made = order(
        company,
        customer,
        line(GADGET, 3, rate=3.33),
        line(REPAIR, 1, rate=0.05),
        discountItem=14,
        discountRate="-7.5%",
        shippingCost=9.99,
        shipMethod=15,
    )
    total = company.get("salesOrder", made)["total"]
    first = company.transform("salesOrder", made, "invoice")
    assert company.status(made) == "B"
    company.update("salesOrder", made, {"item": {"items": [{"line": 1, "isClosed": True}]}})
    assert company.get("invoice", first)["total"] == pytest.approx(10.04)
    assert company.status(made) == "H"
    assert total == 19.28
    check_books(company)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (order_lines((1, 4)), "item.items[0].quantity"),
        (order_lines((9, 1)), "item.items[0].orderLine"),
        (lines({"quantity": 1}), "item.items[0]"),
        (order_lines((1, -1)), "item.items[0].quantity"),
        (order_lines((1, 0)), "item"),
        (order_lines((1, 1), tranDate="2026-03-01"), "tranDate"),
        (order_lines((1, 1), tranDate="2031-03-01"), "tranDate"),
        (order_lines((1, 1), postingPeriod=90), "postingPeriod"),
        (order_lines((1, 1), shipStatus="A"), "shipStatus"),
        (lines({"orderLine": 1, "location": 2}), "item.items[0].location"),
    ],
    ids=["too-much", "no-line", "unnamed", "negative", "nothing", "closed", "no-period", "year", "picked", "place"],
)
def test_a_fulfillment_is_refused(company, customer, body, path):
    made = order(company, customer, line(WIDGET, 3))
    faults = company.refused("transform", "salesOrder", made, "itemFulfillment", body)
    assert [each for each, _ in faults] == [path]


def test_what_is_not_there_cannot_ship_until_it_is_committed(company, customer):
    made = order(company, customer, line(GADGET, 3))
    assert company.stock(GADGET) == (0, 0, 0, 3, 0, None)
    company.refused("transform", "salesOrder", made, "itemFulfillment")
    company.refused("transform", "salesOrder", made, "itemFulfillment", order_lines((1, 1)))


def test_an_unapproved_order_neither_ships_nor_is_billed(company, customer):
    made = order(company, customer, line(WIDGET), orderStatus="A")
    company.refused("transform", "salesOrder", made, "itemFulfillment")
    company.refused("transform", "salesOrder", made, "invoice")


def test_goods_are_billed_once_they_have_shipped(company, customer):
    made = order(company, customer, line(WIDGET, 2))
    company.refused("transform", "salesOrder", made, "invoice")
    company.transform("salesOrder", made, "itemFulfillment", order_lines((1, 1)))
    assert company.refused("transform", "salesOrder", made, "invoice", order_lines((1, 2)))[0][0] == (
        "item.items[0].quantity"
    )


def test_a_fulfillment_needs_an_order(company, customer):
    faults = company.refused("create", "itemFulfillment", {"entity": customer, **lines(line(WIDGET))})
    assert "CREATEDFROM_REQD" in faults[0][1]


def test_a_payment_at_another_rate_realizes_the_difference(company, european):
    made = order(company, european, line(REPAIR, 2))
    billed = company.transform("salesOrder", made, "invoice")
    assert company.entries(billed) == {RECEIVABLE: 9_900, SALES: -9_900}
    paid = company.transform("invoice", billed, "customerPayment", {"tranDate": "2026-07-02"})
    assert company.entries(paid) == {UNDEPOSITED: 9_720, RECEIVABLE: -9_900, GAIN_LOSS: 180}
    assert company.entries(paid, 2) == company.entries(paid)
    check_books(company)


@pytest.mark.parametrize(
    "more",
    [
        {"payment": 10},
        {"payment": 0},
        {"payment": 500, "currency": 4},
        {"payment": 500, "subsidiary": 2},
        {"payment": 500, "account": 5},
        {"payment": 500, "tranDate": "2026-05-20"},
        {"apply": {"items": [{"doc": 999_999, "apply": True}]}},
    ],
    ids=["over-applied", "nothing", "currency", "subsidiary", "account", "locked", "stranger"],
)
def test_a_payment_is_refused(company, customer, more):
    made = order(company, customer, line(REPAIR))
    billed = company.transform("salesOrder", made, "invoice")
    apply = {"items": [{"doc": billed, "apply": True, "amount": 50}]}
    assert company.refused("create", "customerPayment", {"customer": customer, "apply": apply, **more})


def test_more_than_is_open_cannot_be_applied(company, customer, european):
    billed = company.transform("salesOrder", order(company, customer, line(REPAIR)), "invoice")
    over = {"customer": customer, "payment": 90, "apply": {"items": [{"doc": billed, "apply": True, "amount": 50.01}]}}
    assert company.refused("create", "customerPayment", over)[0][0] == "apply.items[0].amount"
    other = {"customer": european, "payment": 50, "apply": {"items": [{"doc": billed, "apply": True}]}}
    assert ("apply.items[0].doc") in [path for path, _ in company.refused("create", "customerPayment", other)]


def test_one_payment_settles_several_invoices_and_its_deletion_opens_them_again(company, customer):
    bills = [company.transform("salesOrder", order(company, customer, line(REPAIR, n)), "invoice") for n in (1, 2)]
    items = [{"doc": {"id": each}, "apply": True} for each in bills]
    paid = company.create("customerPayment", {"customer": customer, "payment": 120, "apply": {"items": items}})
    assert [company.status(each) for each in bills] == ["B", "A"]
    company.refused("delete", "invoice", bills[0])
    company.delete("customerPayment", paid)
    assert [company.status(each) for each in bills] == ["A", "A"]
    check_books(company)


def test_deleting_backwards_leaves_the_order_as_it_was(company, customer):
    made = order(company, customer, line(WIDGET, 2), line(REPAIR))
    before = company.get("salesOrder", made, expand=True)
    shipped = company.transform("salesOrder", made, "itemFulfillment")
    billed = company.transform("salesOrder", made, "invoice")
    company.refused("delete", "salesOrder", made)
    company.delete("invoice", billed)
    assert company.status(made) == "F"
    company.delete("itemFulfillment", shipped)
    assert company.get("salesOrder", made, expand=True) == before
    assert company.stock(WIDGET) == (10, 8, 2, 0, 0, 60_000)
    assert company.value("SELECT COUNT(*) FROM deletedrecord") == 2
    check_books(company)
