"""Posting functions: each type's debits and credits, statuses, what is refused, and rounding to the cent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.sandbox.netsuite.posting import (
    ENTRY_COLUMNS,
    LINE_COLUMNS,
    Account,
    Application,
    Book,
    CashSale,
    Component,
    CreditMemo,
    CustomerDeposit,
    CustomerPayment,
    CustomerRefund,
    DepositApplication,
    Entry,
    Estimate,
    Header,
    IncompleteError,
    Invoice,
    Item,
    ItemFulfillment,
    ItemReceipt,
    JournalEntry,
    Line,
    OverAppliedError,
    PurchaseOrder,
    ReturnAuthorization,
    SalesOrder,
    Tax,
    UnbalancedError,
    VendorBill,
    VendorCredit,
    VendorPayment,
    check_balanced,
    entry_values,
    line_values,
    order_status,
    post_cash_sale,
    post_credit_memo,
    post_customer_deposit,
    post_customer_payment,
    post_customer_refund,
    post_deposit_application,
    post_estimate,
    post_invoice,
    post_item_fulfillment,
    post_item_receipt,
    post_journal_entry,
    post_purchase_order,
    post_return_authorization,
    post_sales_order,
    post_vendor_bill,
    post_vendor_credit,
    post_vendor_payment,
    released,
    restate_paid,
    restate_used,
    voided,
)
from suitebridge.sandbox.netsuite.posting.credit import STATUSES
from suitebridge.sandbox.netsuite.posting.invoice import STATUSES as INVOICE_STATUSES
from suitebridge.sandbox.netsuite.posting.money import ONE, convert
from suitebridge.sandbox.netsuite.schema import SCHEMA

BANK = Account(1000, "Bank")
AR = Account(1100, "AcctRec")
STOCK = Account(1200, "OthCurrAsset")
AP = Account(2000, "AcctPay")
ACCRUED = Account(2010, "OthCurrLiab")
DEPOSITS = Account(2100, "OthCurrLiab")
TAX_PAYABLE = Account(2200, "OthCurrLiab")
SALES = Account(4000, "Income")
SHIPPING_INCOME = Account(4100, "Income")
COGS = Account(5000, "COGS")
VARIANCE = Account(5100, "COGS")
RENT = Account(6100, "Expense")
GAIN_LOSS = Account(7100, "OthExpense")
ORDERS = Account(9000, "NonPosting")

WIDGET = Item(10, "InvtPart", SALES, COGS, STOCK, True)
BOLT = Item(11, "InvtPart", SALES, COGS, STOCK, True)
ADVICE = Item(12, "Service", SALES, RENT)
SHIP = Item(13, "ShipItem", SHIPPING_INCOME)
KIT = Item(14, "Kit", SALES, fulfillable=True, components=(Component(WIDGET, 100_000), Component(BOLT, 200_000)))
VAT = Tax(3, 1, 200_000, TAX_PAYABLE)


def header(rate: int = ONE, **more) -> Header:
    return Header(1, 7, 2, rate, books=(Book(1, rate),), location=4, **more)


def sides(posted):
    """(account, debit, credit) of the accounting lines."""
    return [(entry.account, entry.debit, entry.credit) for entry in posted.entries]


def dollars(rate: float) -> int:
    return round(rate * 100) * 10**10


TWO_WIDGETS = Line(1, WIDGET, quantity=200_000, rate=100 * 10**8, amount=20_000, tax=VAT, unit_cost=60 * 10**8)
SHIPPING = Line(2, SHIP, "SHIPPING", amount=1_000, tax=VAT)


class TestAnInvoiceInEurosOfADollarCompany:
    """Two units at 100.00, shipping 10.00, 20 % tax, at 1.10; costs 60 each; paid at 1.08."""

    invoice = post_invoice(Invoice(header(dollars(1.10)), (TWO_WIDGETS, SHIPPING), AR))

    def test_lines_and_accounting_lines(self):
        assert [
            (line.id, line.mainline, line.taxline, line.item and line.item.id, line.quantity, line.foreignamount)
            for line in self.invoice.lines
        ] == [
            (0, True, False, None, None, 25_200),
            (1, False, False, 10, -200_000, -20_000),
            (2, False, False, 13, None, -1_000),
            (3, False, True, None, None, -4_200),
        ]
        assert sides(self.invoice) == [
            (1100, 27_720, None),
            (4000, None, 22_000),
            (4100, None, 1_100),
            (2200, None, 4_620),
        ]
        assert [entry.amount for entry in self.invoice.entries] == [27_720, -22_000, -1_100, -4_620]

    def test_header(self):
        invoice = self.invoice
        assert (invoice.type, invoice.status, invoice.posting, invoice.foreigntotal) == ("CustInvc", "A", True, 25_200)
        assert (invoice.paid, invoice.unpaid) == (0, 25_200)
        assert invoice.entries[0].amountunpaid == 27_720

    def test_its_fulfillment_moves_cost_and_stock(self):
        shipped = post_item_fulfillment(ItemFulfillment(header(), (TWO_WIDGETS,)))
        assert sorted(sides(shipped)) == [(1200, None, 12_000), (5000, 12_000, None)]
        assert shipped.foreigntotal == 0
        [item_line] = [line for line in shipped.lines if line.item is not None and not line.iscogs]
        assert item_line.quantity == -200_000
        [move] = shipped.stock
        assert (move.item, move.location, move.quantity, move.value) == (10, 4, -200_000, -12_000)

    def test_a_payment_at_another_rate_realizes_a_loss(self):
        application = Application(1, 25_200, released(25_200, self.invoice.base_totals, 25_200))
        payment = post_customer_payment(
            CustomerPayment(header(dollars(1.08)), 25_200, BANK, AR, (application,), GAIN_LOSS)
        )
        assert sides(payment) == [(1000, 27_216, None), (1100, None, 27_720), (7100, 504, None)]
        paid = restate_paid(self.invoice, 25_200, application.base, INVOICE_STATUSES)
        assert (paid.status, paid.unpaid, paid.entries[0].amountunpaid) == ("B", 0, 0)


def application(posted, amount):
    return Application(1, amount, released(abs(posted.foreigntotal), posted.base_totals, amount))


BILL = post_vendor_bill(VendorBill(header(), (Line(1, kind="EXPENSE", account=RENT, amount=50_000),), AP))
DEPOSIT = post_customer_deposit(CustomerDeposit(header(), 8_000, BANK, DEPOSITS))
HOME_INVOICE = post_invoice(Invoice(header(), (TWO_WIDGETS, SHIPPING), AR))
MEMO = post_credit_memo(CreditMemo(header(), (TWO_WIDGETS,), AR))


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        pytest.param(
            post_cash_sale(CashSale(header(), (TWO_WIDGETS,), BANK)),
            [
                (1000, 24_000, None),
                (1200, None, 12_000),
                (2200, None, 4_000),
                (4000, None, 20_000),
                (5000, 12_000, None),
            ],
            id="cash sale takes the goods itself",
        ),
        pytest.param(
            post_cash_sale(CashSale(header(), (TWO_WIDGETS,), BANK, ships=False)),
            [(1000, 24_000, None), (2200, None, 4_000), (4000, None, 20_000)],
            id="cash sale of an order",
        ),
        pytest.param(
            post_customer_payment(CustomerPayment(header(), 30_000, BANK, AR, (application(HOME_INVOICE, 25_200),))),
            [(1000, 30_000, None), (1100, None, 30_000)],
            id="payment with a rest",
        ),
        pytest.param(DEPOSIT, [(1000, 8_000, None), (2100, None, 8_000)], id="deposit"),
        pytest.param(
            post_deposit_application(
                DepositApplication(
                    header(), Application(2, 8_000, (8_000,), 1), DEPOSITS, AR, (application(HOME_INVOICE, 8_000),)
                )
            ),
            [(1100, None, 8_000), (2100, 8_000, None)],
            id="deposit application",
        ),
        pytest.param(MEMO, [(1100, None, 24_000), (2200, 4_000, None), (4000, 20_000, None)], id="credit memo"),
        pytest.param(
            post_customer_refund(CustomerRefund(header(), 24_000, BANK, AR, (application(MEMO, 24_000),))),
            [(1000, None, 24_000), (1100, 24_000, None)],
            id="refund",
        ),
        pytest.param(
            post_item_receipt(ItemReceipt(header(), (TWO_WIDGETS,), accrual=ACCRUED)),
            [(1200, 12_000, None), (2010, None, 12_000)],
            id="receipt of a purchase",
        ),
        pytest.param(
            post_item_receipt(ItemReceipt(header(), (TWO_WIDGETS,))),
            [(1200, 12_000, None), (5000, None, 12_000)],
            id="receipt of a return",
        ),
        pytest.param(
            post_item_receipt(
                ItemReceipt(
                    header(),
                    (Line(1, WIDGET, quantity=100_000, unit_cost=60 * 10**8, restock=False),),
                    write_off=VARIANCE,
                )
            ),
            [(5000, None, 6_000), (5100, 6_000, None)],
            id="receipt of a return that is not restocked",
        ),
        pytest.param(
            post_vendor_bill(
                VendorBill(
                    header(),
                    (Line(1, WIDGET, quantity=200_000, amount=12_300, accrued=12_000),),
                    AP,
                    ACCRUED,
                    VARIANCE,
                )
            ),
            [(2000, None, 12_300), (2010, 12_000, None), (5100, 300, None)],
            id="bill of received goods at another price",
        ),
        pytest.param(BILL, [(2000, None, 50_000), (6100, 50_000, None)], id="bill of an expense"),
        pytest.param(
            post_vendor_payment(VendorPayment(header(), 50_000, BANK, AP, (application(BILL, 50_000),))),
            [(1000, None, 50_000), (2000, 50_000, None)],
            id="vendor payment",
        ),
        pytest.param(
            post_vendor_credit(
                VendorCredit(
                    header(),
                    (Line(1, kind="EXPENSE", account=RENT, amount=5_000),),
                    AP,
                    applications=(application(BILL, 5_000),),
                )
            ),
            [(2000, 5_000, None), (6100, None, 5_000)],
            id="vendor credit",
        ),
        pytest.param(
            post_journal_entry(
                JournalEntry(header(), (Line(0, account=RENT, amount=700), Line(1, account=BANK, amount=-700)))
            ),
            [(1000, None, 700), (6100, 700, None)],
            id="journal",
        ),
    ],
)
def test_who_debits_what(posted, expected):
    check_balanced(posted.entries)
    assert sorted(sides(posted)) == expected
    assert all(entry.posting for entry in posted.entries)


@pytest.mark.parametrize(
    ("posted", "total"),
    [
        pytest.param(post_sales_order(SalesOrder(header(), (TWO_WIDGETS,), ORDERS)), 24_000, id="sales order"),
        pytest.param(post_estimate(Estimate(header(), (TWO_WIDGETS,), ORDERS)), 24_000, id="estimate"),
        pytest.param(
            post_return_authorization(ReturnAuthorization(header(), (TWO_WIDGETS,), ORDERS)), -24_000, id="return"
        ),
        pytest.param(
            post_purchase_order(PurchaseOrder(header(), (TWO_WIDGETS,), ORDERS, ACCRUED)), -24_000, id="purchase order"
        ),
    ],
)
def test_orders_have_accounting_lines_that_do_not_post(posted, total):
    check_balanced(posted.entries)
    assert not posted.posting
    assert {entry.posting for entry in posted.entries} == {False}
    assert posted.foreigntotal == total
    assert posted.lines[0].foreignamount == total


def test_a_sales_order_commits_what_is_available_and_backorders_the_rest():
    lines = (
        Line(1, WIDGET, quantity=500_000, amount=1, shipped=100_000, available=150_000),
        Line(2, BOLT, quantity=100_000, amount=1),
        Line(3, ADVICE, quantity=100_000, amount=1),
    )
    posted = post_sales_order(SalesOrder(header(), lines, ORDERS))
    assert [(held.item, held.committed, held.backordered) for held in posted.commitments] == [
        (10, 150_000, 250_000),
        (11, 100_000, 0),
    ]
    assert (posted.lines[1].quantitycommitted, posted.lines[1].quantitybackordered) == (150_000, 250_000)
    unapproved = post_sales_order(SalesOrder(header(), lines, ORDERS, approved=False))
    assert unapproved.commitments == ()


def test_a_purchase_order_says_what_is_on_its_way():
    posted = post_purchase_order(
        PurchaseOrder(header(), (Line(1, WIDGET, quantity=500_000, amount=1, shipped=200_000),), ORDERS, ACCRUED)
    )
    assert [(held.item, held.on_order) for held in posted.commitments] == [(10, 300_000)]


def test_a_kit_ships_as_its_components():
    components = (Component(WIDGET, 100_000, cost=6_000), Component(BOLT, 200_000, unit_cost=10**8))
    posted = post_item_fulfillment(ItemFulfillment(header(), (Line(1, KIT, quantity=100_000, components=components),)))
    assert [(move.item, move.quantity, move.value) for move in posted.stock] == [
        (10, -100_000, -6_000),
        (11, -200_000, -200),
    ]
    assert [line.kitmemberof for line in posted.lines] == [None, None, 1, 1, 1, 1]


def test_a_fulfillment_that_is_only_packed_moves_nothing():
    posted = post_item_fulfillment(ItemFulfillment(header(), (TWO_WIDGETS,), ship_status="B"))
    assert (posted.status, posted.posting, posted.stock) == ("B", False, ())


def line(quantity=10, shipped=0, billed=0, closed=False, item=WIDGET):
    return Line(1, item, quantity=quantity, shipped=shipped, billed=billed, closed=closed)


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([line()], "B"),
        ([line(shipped=4), line()], "E"),
        ([line(shipped=4, billed=4), line()], "D"),
        ([line(shipped=10)], "F"),
        ([line(shipped=10, billed=4)], "F"),
        ([line(shipped=10, billed=10)], "G"),
        ([line(item=ADVICE)], "F"),
        ([line(item=ADVICE, billed=10)], "G"),
        ([line(item=ADVICE), line()], "B"),
        ([line(closed=True)], "H"),
        ([line(closed=True), line(shipped=10, billed=10)], "H"),
        ([line(closed=True), line(shipped=10)], "F"),
        ([line(closed=True), line()], "B"),
    ],
)
def test_the_status_of_an_order_follows_from_its_lines(lines, status):
    assert order_status(lines) == status


def test_an_order_waits_for_approval_or_is_cancelled_whatever_its_lines():
    assert order_status([line(shipped=1)], approved=False) == "A"
    assert order_status([line(shipped=1)], cancelled=True) == "C"


def test_an_unapproved_document_does_not_post():
    invoice = post_invoice(Invoice(header(), (TWO_WIDGETS,), AR, approved=False))
    assert (invoice.status, invoice.posting, {entry.posting for entry in invoice.entries}) == ("D", False, {False})
    bill = post_vendor_bill(
        VendorBill(header(), (Line(1, kind="EXPENSE", account=RENT, amount=1),), AP, approved=False)
    )
    assert (bill.status, bill.posting) == ("D", False)


def test_a_voided_document_keeps_its_lines_and_is_worth_nothing():
    gone = voided(HOME_INVOICE)
    assert (gone.status, gone.voided, gone.foreigntotal, gone.unpaid) == ("V", True, 0, 0)
    assert len(gone.lines) == len(HOME_INVOICE.lines)
    assert {entry.amount for entry in gone.entries} == {0}


def test_a_credit_memo_is_used_by_what_it_settles_at_the_invoices_rate():
    invoice = post_invoice(Invoice(header(dollars(1.10)), (TWO_WIDGETS,), AR))
    memo = post_credit_memo(
        CreditMemo(header(dollars(1.00)), (TWO_WIDGETS,), AR, (application(invoice, 24_000),), GAIN_LOSS)
    )
    check_balanced(memo.entries)
    assert (1100, None, 26_400) in sides(memo)
    assert (7100, 2_400, None) in sides(memo)
    assert memo.status == "B"
    half = post_credit_memo(CreditMemo(header(), (TWO_WIDGETS,), AR))
    half = restate_used(half, 0, 10_000, (10_000,), STATUSES)
    assert (half.status, half.entries[0].paymentamountunused) == ("A", 14_000)


def test_every_book_balances_in_its_own_currency():
    books = (Book(1, dollars(1.10)), Book(2, 163 * ONE, unit=100, cost_rate=148 * ONE))
    posted = post_invoice(Invoice(Header(1, 7, 2, dollars(1.10), books=books), (TWO_WIDGETS, SHIPPING), AR))
    check_balanced(posted.entries)
    assert next(entry.amount for entry in posted.entries if entry.book == 2) == 25_200 * 163
    assert len(posted.entries) == 2 * len(posted.lines)
    shipped = post_item_fulfillment(ItemFulfillment(Header(1, 7, 1, books=books, location=4), (TWO_WIDGETS,)))
    assert [entry.debit for entry in shipped.entries if entry.book == 2 and entry.debit] == [12_000 * 148]


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        pytest.param(
            lambda: post_journal_entry(
                JournalEntry(header(), (Line(0, account=RENT, amount=700), Line(1, account=BANK, amount=-600)))
            ),
            UnbalancedError,
            id="journal that does not balance",
        ),
        pytest.param(
            lambda: check_balanced([Entry(0, 1, 1, "Bank", 5, None, 5, True, ONE)]), UnbalancedError, id="one side only"
        ),
        pytest.param(
            lambda: check_balanced([Entry(0, 1, 1, "Bank", 5, None, 4, True, ONE)]), UnbalancedError, id="amount"
        ),
        pytest.param(lambda: released(40, (40,), 50), OverAppliedError, id="more than is left"),
        pytest.param(
            lambda: post_customer_payment(CustomerPayment(header(), 10, BANK, AR, (Application(1, 20, (20,)),))),
            OverAppliedError,
            id="more applied than paid",
        ),
        pytest.param(
            lambda: post_customer_refund(CustomerRefund(header(), 10, BANK, AR, ())),
            OverAppliedError,
            id="refund of nothing",
        ),
        pytest.param(
            lambda: post_invoice(Invoice(header(), (Line(1, Item(1, "Service"), amount=1),), AR)),
            IncompleteError,
            id="no income account",
        ),
        pytest.param(
            lambda: post_item_fulfillment(ItemFulfillment(Header(1, 7, 2), (Line(1, WIDGET, quantity=1, cost=1),))),
            IncompleteError,
            id="no location",
        ),
    ],
)
def test_what_is_refused(attempt, error):
    with pytest.raises(error):
        attempt()


AMOUNTS = st.lists(st.integers(1, 10**9), min_size=1, max_size=12)
RATES = st.integers(10**6, 300 * ONE)


@given(amounts=AMOUNTS, rate=RATES, unit=st.sampled_from([1, 100]), taxed=st.booleans())
def test_rounding_never_unbalances_a_document(amounts, rate, unit, taxed):
    tax = VAT if taxed else None
    lines = tuple(Line(place, ADVICE, quantity=1, amount=each, tax=tax) for place, each in enumerate(amounts, 1))
    books = (Book(1, rate, unit),)
    posted = post_invoice(Invoice(Header(1, 7, 2, rate, books=books), lines, AR))
    check_balanced(posted.entries)
    assert sum(entry.debit or 0 for entry in posted.entries) == sum(entry.credit or 0 for entry in posted.entries)
    assert posted.entries[0].amount == convert(posted.foreigntotal, rate, unit)
    assert all(entry.amount % unit == 0 for entry in posted.entries)
    assert -sum(each.foreignamount or 0 for each in posted.lines[1:]) == posted.foreigntotal


@given(amounts=AMOUNTS, rate=RATES, later=RATES, shares=st.lists(st.integers(0, 100), min_size=1, max_size=6))
def test_partial_payments_settle_exactly_the_invoices_base_amount(amounts, rate, later, shares):
    lines = tuple(Line(place, ADVICE, quantity=1, amount=each) for place, each in enumerate(amounts, 1))
    invoice = post_invoice(Invoice(header(rate), lines, AR))
    left = invoice.foreigntotal
    settled = 0
    receivable = invoice.entries[0].amount
    for share in [*shares, 100]:
        amount = left * share // 100
        applied = Application(1, amount, released(left, (invoice.entries[0].amount - settled,), amount))
        payment = post_customer_payment(CustomerPayment(header(later), amount, BANK, AR, (applied,), GAIN_LOSS))
        check_balanced(payment.entries)
        receivable += sum(entry.amount for entry in payment.entries if entry.account == AR.id)
        settled += applied.base[0]
        left -= amount
    assert left == 0
    assert receivable == 0
    paid = restate_paid(invoice, invoice.foreigntotal, (settled,), INVOICE_STATUSES)
    assert paid.entries[0].amountunpaid == 0


def test_columns_are_columns_of_the_tables_and_have_their_values():
    for table, names in (("transactionline", LINE_COLUMNS), ("transactionaccountingline", ENTRY_COLUMNS)):
        columns = {column.name for column in SCHEMA[table].columns}
        assert set(names) <= columns
    for each in HOME_INVOICE.lines:
        assert len(line_values(header(), each)) == len(LINE_COLUMNS)
    values = dict(zip(LINE_COLUMNS, line_values(header(), HOME_INVOICE.lines[1]), strict=True))
    assert (values["item"], values["quantity"], values["foreignamount"], values["mainline"]) == (
        10,
        -200_000,
        -20_000,
        "F",
    )
    entry = dict(zip(ENTRY_COLUMNS, entry_values(HOME_INVOICE.entries[0]), strict=True))
    assert (entry["debit"], entry["credit"], entry["amountunpaid"], entry["posting"]) == (25_200, None, 25_200, "T")
