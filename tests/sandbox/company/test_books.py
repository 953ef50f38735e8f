"""The books of a generated company add up, in integers, to the cent."""

from __future__ import annotations

import pytest

LEDGER = """
    transactionaccountingline a
    JOIN "transaction" t ON t.id = a."transaction"
    JOIN transactionline m ON m."transaction" = a."transaction" AND m.id = 0
"""


def test_debits_equal_credits_per_period_subsidiary_currency_and_book(query):
    rows = query(
        f"""SELECT t.postingperiod, m.subsidiary, t.currency, a.accountingbook, a.posting,
                   sum(coalesce(a.debit, 0)), sum(coalesce(a.credit, 0))
            FROM {LEDGER} GROUP BY 1, 2, 3, 4, 5"""
    )
    assert len(rows) > 200
    assert [row for row in rows if row[5] != row[6]] == []


def test_each_document_balances_in_base_and_in_its_own_currency(query):
    assert (
        query('SELECT "transaction" FROM transactionaccountingline GROUP BY 1, accountingbook HAVING sum(amount) <> 0')
        == []
    )
    assert (
        query('SELECT "transaction" FROM transactionline GROUP BY 1 HAVING sum(coalesce(foreignamount, 0)) <> 0') == []
    )
    assert query('SELECT "transaction" FROM transactionline GROUP BY 1 HAVING sum(coalesce(netamount, 0)) <> 0') == []


def test_an_accounting_line_has_one_side_and_its_amount_is_debit_less_credit(query):
    assert query(
        """SELECT count(*) FROM transactionaccountingline
           WHERE amount <> coalesce(debit, 0) - coalesce(credit, 0)
              OR (debit IS NOT NULL AND credit IS NOT NULL) OR debit <= 0 OR credit <= 0"""
    ) == [(0,)]


def test_net_amounts_of_lines_are_those_of_the_primary_book(query):
    assert query(
        """SELECT count(*) FROM transactionline l JOIN transactionaccountingline a
           ON a."transaction" = l."transaction" AND a.transactionline = l.id AND a.accountingbook = 1
           WHERE l.netamount <> a.amount"""
    ) == [(0,)]


def test_orders_do_not_post_and_the_rest_does_when_approved(query):
    kinds = dict(query('SELECT type, group_concat(DISTINCT posting) FROM "transaction" GROUP BY type'))
    for kind in ("SalesOrd", "PurchOrd", "RtnAuth", "Estimate"):
        assert kinds[kind] == "F"
    for kind in ("CustInvc", "CashSale", "CustPymt", "ItemShip", "ItemRcpt", "CustCred", "VendPymt"):
        assert kinds[kind] == "T"
    assert query(
        """SELECT count(*) FROM "transaction" t JOIN transactionaccountingline a ON a."transaction" = t.id
           WHERE a.posting <> t.posting"""
    ) == [(0,)]


def test_a_customers_unpaid_amount_is_invoices_less_what_was_applied(query):
    unequal = query(
        """SELECT t.id, t.foreigntotal, t.foreignamountpaid, t.foreignamountunpaid, coalesce(sum(k.foreignamount), 0)
           FROM "transaction" t LEFT JOIN nexttransactionlink k ON k.previousdoc = t.id AND k.linktype = 'Payment'
           WHERE t.type IN ('CustInvc', 'VendBill') AND t.voided = 'F' AND t.posting = 'T'
           GROUP BY t.id
           HAVING abs(t.foreigntotal) <> t.foreignamountpaid + t.foreignamountunpaid
               OR t.foreignamountpaid <> coalesce(sum(k.foreignamount), 0)
               OR t.status <> CASE WHEN t.foreignamountunpaid = 0 THEN 'B' ELSE 'A' END"""
    )
    assert unequal == []


@pytest.mark.parametrize(
    ("account_type", "debtor", "sign"), [("AcctRec", "CustInvc", 1), ("AcctPay", "VendBill", -1)], ids=["AR", "AP"]
)
def test_the_control_account_is_the_sum_of_open_documents(query, account_type, debtor, sign):
    balances = query(
        f"""SELECT m.subsidiary, sum(a.amount) FROM {LEDGER}
            WHERE a.accounttype = ? AND a.posting = 'T' GROUP BY 1 ORDER BY 1""",
        account_type,
    )
    open_documents = query(
        f"""SELECT m.subsidiary,
                   sum(CASE WHEN t.type = ? THEN coalesce(a.amountunpaid, 0)
                            ELSE -coalesce(a.paymentamountunused, 0) END)
            FROM {LEDGER} WHERE a.accounttype = ? AND a.posting = 'T' GROUP BY 1 ORDER BY 1""",
        debtor,
        account_type,
    )
    assert len(balances) == 5
    assert [(subsidiary, sign * amount) for subsidiary, amount in balances] == open_documents


def test_customer_deposits_owed_are_the_deposits_not_yet_used(query):
    owed = query(
        f"""SELECT -sum(a.amount) FROM {LEDGER} JOIN account c ON c.id = a.account
            WHERE c.sspecacct = 'CustDep' AND a.posting = 'T'"""
    )
    left = query(
        f"""SELECT sum(a.paymentamountunused) FROM {LEDGER} JOIN account c ON c.id = a.account
            WHERE c.sspecacct = 'CustDep' AND t.type = 'CustDep'"""
    )
    assert owed == left


@pytest.mark.parametrize("party", ["customer", "vendor"])
def test_balances_of_parties_are_their_open_documents(query, party):
    column, kind, sign = ("balance", "AcctRec", 1) if party == "customer" else ("balancebase", "AcctPay", -1)
    unequal = query(
        f"""SELECT r.entity, r.subsidiary, r.{column}, coalesce(sum(a.amount), 0)
            FROM {party}subsidiaryrelationship r
            LEFT JOIN ("transaction" t JOIN transactionaccountingline a ON a."transaction" = t.id
                  AND a.accounttype = ? AND a.posting = 'T'
                JOIN transactionline m ON m."transaction" = t.id AND m.id = 0)
              ON t.entity = r.entity AND m.subsidiary = r.subsidiary
            GROUP BY 1, 2, 3 HAVING r.{column} <> ? * coalesce(sum(a.amount), 0)""",
        kind,
        sign,
    )
    assert unequal == []


def test_goods_received_and_not_billed_are_what_the_accrual_account_owes(query):
    rows = query(
        f"""SELECT m.subsidiary, -sum(a.amount) FROM {LEDGER} JOIN account c ON c.id = a.account
            WHERE c.sspecacct = 'InvtRecNotBilled' AND a.posting = 'T' GROUP BY 1"""
    )
    waiting = dict(
        query(
            """SELECT l.subsidiary, sum(l.quantityshiprecv - l.quantitybilled) FROM transactionline l
               JOIN "transaction" t ON t.id = l."transaction" WHERE t.type = 'PurchOrd' GROUP BY 1"""
        )
    )
    for subsidiary, owed in rows:
        assert owed >= 0
        assert (owed > 0) == (waiting[subsidiary] > 0)


def test_stock_on_hand_is_the_sum_of_movements_in_quantity_and_value(query):
    moved = query(
        """SELECT l.item, l.location, sum(l.quantity), sum(l.netamount) FROM transactionline l
           WHERE l.isinventoryaffecting = 'T' GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    on_hand = query(
        """SELECT item, location, quantityonhand, onhandvaluemli FROM inventoryitemlocations
           WHERE EXISTS (SELECT 1 FROM transactionline l WHERE l.item = inventoryitemlocations.item
               AND l.location = inventoryitemlocations.location AND l.isinventoryaffecting = 'T')
           ORDER BY 1, 2"""
    )
    assert len(moved) > 50
    assert moved == on_hand
    assert query("SELECT count(*) FROM inventoryitemlocations WHERE quantityonhand < 0 OR onhandvaluemli < 0") == [(0,)]


def test_the_inventory_account_is_worth_what_lies_on_the_shelves(query):
    account = query(
        f"""SELECT m.subsidiary, sum(a.amount) FROM {LEDGER} JOIN account c ON c.id = a.account
            WHERE c.sspecacct = 'InvtAsset' AND a.posting = 'T' GROUP BY 1 ORDER BY 1"""
    )
    shelves = query(
        """SELECT cast(o.subsidiary AS INTEGER), sum(i.onhandvaluemli) FROM inventoryitemlocations i
           JOIN location o ON o.id = i.location GROUP BY 1 ORDER BY 1"""
    )
    assert account == shelves


def test_what_orders_hold_and_expect_is_what_the_shelves_say(query):
    wanted = query(
        """SELECT item, location, sum(c), sum(b), sum(o) FROM (
             SELECT l.item, l.location, coalesce(l.quantitycommitted, 0) c, coalesce(l.quantitybackordered, 0) b, 0 o
             FROM transactionline l JOIN "transaction" t ON t.id = l."transaction" WHERE t.type = 'SalesOrd'
             UNION ALL
             SELECT l.item, l.location, 0, 0, l.quantity - l.quantityshiprecv
             FROM transactionline l JOIN "transaction" t ON t.id = l."transaction"
             WHERE t.type = 'PurchOrd' AND t.status IN ('B', 'D', 'E') AND l.quantity IS NOT NULL AND l.isclosed = 'F'
           ) GROUP BY 1, 2 HAVING sum(c) + sum(b) + sum(o) <> 0 ORDER BY 1, 2"""
    )
    shelves = query(
        """SELECT item, location, quantitycommitted, quantitybackordered, quantityonorder FROM inventoryitemlocations
           WHERE quantitycommitted + quantitybackordered + quantityonorder <> 0 ORDER BY 1, 2"""
    )
    assert wanted == shelves
    assert query(
        "SELECT count(*) FROM inventoryitemlocations WHERE quantityavailable <> quantityonhand - quantitycommitted"
    ) == [(0,)]


def test_lots_add_up_to_the_stock_of_their_items(query):
    assert query("SELECT count(*) FROM inventoryassignment")[0][0] > 0
    unequal = query(
        """SELECT a."transaction", a.transactionline FROM inventoryassignment a
           JOIN transactionline l ON l."transaction" = a."transaction" AND l.id = a.transactionline
           GROUP BY 1, 2 HAVING sum(a.quantity) <> max(l.quantity)"""
    )
    assert unequal == []
    by_item = query(
        """SELECT n.item, sum(a.quantity) FROM inventoryassignment a JOIN inventorynumber n ON n.id = a.inventorynumber
           GROUP BY 1 ORDER BY 1"""
    )
    on_hand = dict(query("SELECT item, sum(quantityonhand) FROM inventoryitemlocations GROUP BY 1"))
    assert by_item == [(item, on_hand[item]) for item, _ in by_item]
    assert query("SELECT inventorynumber FROM inventoryassignment GROUP BY 1 HAVING sum(quantity) < 0") == []


def test_shipped_and_billed_quantities_are_those_of_the_documents_that_follow(query):
    for link, column in (("ShipRcpt", "quantityshiprecv"), ("OrdBill", "quantitybilled")):
        unequal = query(
            f"""SELECT l."transaction", l.id, l.{column}, sum(abs(f.quantity)) FROM transactionline l
                JOIN "transaction" t ON t.id = l."transaction" AND t.type IN ('SalesOrd', 'PurchOrd', 'RtnAuth')
                LEFT JOIN nexttransactionlinelink k ON k.previousdoc = t.id AND k.previousline = l.id AND k.linktype = ?
                LEFT JOIN transactionline f ON f."transaction" = k.nextdoc AND f.id = k.nextline
                WHERE l.quantity IS NOT NULL
                GROUP BY 1, 2, 3 HAVING l.{column} <> coalesce(sum(abs(f.quantity)), 0)""",
            link,
        )
        assert unequal == []


def test_tax_details_add_up_to_the_tax_lines(query):
    unequal = query(
        """SELECT d."transaction", sum(d.taxamount) FROM transactiontaxdetail d GROUP BY 1
           HAVING sum(d.taxamount) <> (SELECT abs(sum(l.foreignamount)) FROM transactionline l
               WHERE l."transaction" = d."transaction" AND l.taxline = 'T')"""
    )
    assert unequal == []


def test_amounts_in_yen_have_no_fractions(query):
    assert query(
        """SELECT count(*) FROM transactionline l JOIN "transaction" t ON t.id = l."transaction"
           JOIN currency c ON c.id = t.currency WHERE c.currencyprecision = 0 AND l.foreignamount % 100 <> 0"""
    ) == [(0,)]
    assert query(
        f"""SELECT count(*) FROM {LEDGER} JOIN subsidiary s ON s.id = m.subsidiary JOIN currency c ON c.id = s.currency
            WHERE c.currencyprecision = 0 AND a.amount % 100 <> 0"""
    ) == [(0,)]


def test_sales_show_negative_and_purchases_positive_lines(query):
    signs = dict(
        query(
            """SELECT t.type, group_concat(DISTINCT CASE WHEN l.foreignamount > 0 THEN '+' ELSE '-' END)
               FROM transactionline l JOIN "transaction" t ON t.id = l."transaction"
               WHERE l.mainline = 'T' AND l.foreignamount <> 0 GROUP BY 1"""
        )
    )
    for kind in ("SalesOrd", "CustInvc", "CashSale", "CustPymt", "Estimate"):
        assert signs[kind] == "+"
    for kind in ("PurchOrd", "VendBill", "VendPymt", "CustCred", "RtnAuth"):
        assert signs[kind] == "-"
    assert query(
        """SELECT count(*) FROM transactionline l JOIN "transaction" t ON t.id = l."transaction"
           WHERE t.type IN ('SalesOrd', 'CustInvc') AND l.quantity > 0"""
    ) == [(0,)]
