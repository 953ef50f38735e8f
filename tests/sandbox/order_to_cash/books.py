"""What must hold of a company's books at any time, worked out from the rows themselves."""

from __future__ import annotations

from .company import Company


def check_books(company: Company) -> None:
    """Debits equal credits by document, period, subsidiary and book; ledgers equal what the documents say."""
    assert not company.rows(
        'SELECT a."transaction", a.accountingbook FROM transactionaccountingline a'
        " GROUP BY 1, 2 HAVING COALESCE(SUM(debit), 0) <> COALESCE(SUM(credit), 0) OR SUM(amount) <> 0"
    )
    assert not company.rows(
        "SELECT t.postingperiod, m.subsidiary, t.currency, a.accountingbook FROM transactionaccountingline a"
        ' JOIN "transaction" t ON t.id = a."transaction"'
        ' JOIN transactionline m ON m."transaction" = t.id AND m.id = 0'
        " WHERE a.posting = 'T' GROUP BY 1, 2, 3, 4 HAVING SUM(a.amount) <> 0"
    )
    assert not company.rows(
        'SELECT "transaction" FROM transactionline GROUP BY 1'
        ' HAVING SUM(foreignamount) <> 0 AND MAX("transaction") NOT IN'
        " (SELECT id FROM \"transaction\" WHERE voided = 'T')"
    )
    _check_stock(company)
    _check_receivables(company)
    _check_customers(company)


def _check_stock(company: Company) -> None:
    moved = {
        (item, location): (quantity, value)
        for item, location, quantity, value in company.rows(
            "SELECT item, location, SUM(quantity), SUM(netamount) FROM transactionline"
            " WHERE isinventoryaffecting = 'T' GROUP BY item, location"
        )
    }
    opening = {(10, 1): (10 * 10**5, 60_000)}
    committed = {
        (item, location): (held, waiting)
        for item, location, held, waiting in company.rows(
            "SELECT l.item, l.location, SUM(COALESCE(l.quantitycommitted, 0)), SUM(COALESCE(l.quantitybackordered, 0))"
            ' FROM transactionline l JOIN "transaction" t ON t.id = l."transaction" AND t.type = \'SalesOrd\''
            " WHERE l.item IS NOT NULL GROUP BY 1, 2"
        )
    }
    ordered = {
        (item, location): left
        for item, location, left in company.rows(
            "SELECT l.item, l.location, SUM(l.quantity - l.quantityshiprecv) FROM transactionline l"
            ' JOIN "transaction" t ON t.id = l."transaction" AND t.type = \'PurchOrd\''
            " WHERE t.status IN ('B', 'D', 'E', 'F') AND l.itemtype = 'InvtPart' AND l.isclosed = 'F'"
            " AND l.quantity > l.quantityshiprecv GROUP BY 1, 2"
        )
    }
    for item, location, on_hand, available, held, waiting, on_order, value in company.rows(
        "SELECT item, location, quantityonhand, quantityavailable, quantitycommitted, quantitybackordered,"
        " quantityonorder, COALESCE(onhandvaluemli, 0) FROM inventoryitemlocations"
    ):
        place = (item, location)
        first, came = opening.get(place, (0, 0)), moved.get(place, (0, 0))
        assert (on_hand, value) == (first[0] + came[0], first[1] + came[1])
        assert (held, waiting) == committed.get(place, (0, 0))
        assert available == on_hand - held >= 0
        assert on_order == ordered.get(place, 0)
        assert value >= 0


def _check_receivables(company: Company) -> None:
    for book, kind, ledger in company.rows(
        "SELECT accountingbook, accounttype, SUM(amount) FROM transactionaccountingline"
        " WHERE posting = 'T' AND accounttype IN ('AcctRec', 'AcctPay') GROUP BY 1, 2"
    ):
        open_, unused = company.rows(
            "SELECT COALESCE(SUM(a.amountunpaid), 0), COALESCE(SUM(a.paymentamountunused), 0)"
            " FROM transactionaccountingline a WHERE a.accountingbook = ? AND a.accounttype = ? AND a.posting = 'T'",
            book,
            kind,
        )[0]
        assert ledger == (open_ - unused if kind == "AcctRec" else unused - open_)
    assert not company.rows(
        "SELECT id FROM \"transaction\" WHERE type IN ('CustInvc', 'VendBill') AND posting = 'T' AND voided = 'F'"
        " AND (foreignamountpaid + foreignamountunpaid <> ABS(foreigntotal)"
        " OR (status = 'B') <> (foreignamountunpaid = 0))"
    )
    assert not company.rows(
        'SELECT t.id FROM "transaction" t LEFT JOIN nexttransactionlink k ON k.previousdoc = t.id'
        " AND k.linktype = 'Payment' WHERE t.type IN ('CustInvc', 'VendBill') AND t.posting = 'T'"
        " GROUP BY t.id HAVING COALESCE(SUM(k.foreignamount), 0) <> MAX(t.foreignamountpaid)"
    )


def _check_customers(company: Company) -> None:
    for entity, subsidiary, balance, deposits in company.rows(
        "SELECT entity, subsidiary, balance, depositbalance FROM customersubsidiaryrelationship"
    ):
        for expected, condition in ((balance, "a.accounttype = 'AcctRec'"), (-deposits, "a.account = 21")):
            assert expected == company.value(
                "SELECT COALESCE(SUM(a.amount), 0) FROM transactionaccountingline a"
                ' JOIN transactionline l ON l."transaction" = a."transaction" AND l.id = a.transactionline'
                f" WHERE a.accountingbook = 1 AND a.posting = 'T' AND {condition}"
                " AND l.entity = ? AND l.subsidiary = ?",
                entity,
                subsidiary,
            )
