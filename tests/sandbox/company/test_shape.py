"""A generated company is one that a real account could be: whole, consistent in time, varied."""

from __future__ import annotations

from datetime import date

import pytest

from suitebridge.sandbox.netsuite.company import REFERENCE_DATE, generate
from suitebridge.sandbox.netsuite.schema import SCHEMA
from suitebridge.sandbox.netsuite.schema.model import Kind
from suitebridge.sandbox.netsuite.schema.statuses import STATUS_LABELS, TYPE_LABELS


class Kept:
    """A sink that keeps all rows."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple]] = {}
        self.finished = 0

    def load(self, table, rows):
        self.rows.setdefault(table, []).extend(rows)

    def finish_load(self):
        self.finished += 1


def _references():
    return [
        pytest.param(table.name, column.name, column.target, id=f"{table.name}.{column.name}")
        for table in SCHEMA.tables.values()
        if table.view_of is None
        for column in table.columns
        if column.kind is Kind.REF and column.target is not None
    ]


def test_every_reference_leads_to_a_row(query):
    dangling = []
    for parameters in _references():
        table, column, target = parameters.values
        key = SCHEMA[target].key[0]
        [(count,)] = query(
            f"""SELECT count(*) FROM "{table}" WHERE "{column}" IS NOT NULL
                AND "{column}" NOT IN (SELECT "{key}" FROM "{target}")"""
        )
        if count:
            dangling.append((table, column, count))
    assert dangling == []


def test_every_table_has_rows_but_those_that_only_live_companies_fill(query):
    empty = {table.name for table in SCHEMA.tables.values() if query(f'SELECT count(*) FROM "{table.name}"') == [(0,)]}
    assert empty == {"asyncjob", "asynctask", "companycontactrelationship", "loginaudit"}


def test_every_type_and_status_is_one_that_has_a_name(query):
    seen = query('SELECT DISTINCT type, status FROM "transaction"')
    assert {kind for kind, _ in seen} <= set(TYPE_LABELS)
    assert [f"{kind}:{status}" for kind, status in seen if f"{kind}:{status}" not in STATUS_LABELS] == []


def test_all_kinds_of_documents_occur(query):
    assert {kind for (kind,) in query('SELECT DISTINCT type FROM "transaction"')} == {
        *("Estimate", "SalesOrd", "ItemShip", "CustInvc", "CashSale", "CustPymt", "CustDep", "DepAppl", "CustCred"),
        *("CustRfnd", "RtnAuth", "ItemRcpt", "PurchOrd", "VendBill", "VendPymt", "VendCred", "Journal"),
    }


def test_numbers_are_unique_within_their_type_and_ids_have_holes(query):
    assert (
        query("SELECT type, tranid FROM \"transaction\" WHERE type <> 'VendBill' GROUP BY 1, 2 HAVING count(*) > 1")
        == []
    )
    [(low, high, count)] = query('SELECT min(id), max(id), count(*) FROM "transaction"')
    assert high - low + 1 > count


def test_ids_rise_with_the_time_of_entry(query):
    stamps = query('SELECT createddate FROM "transaction" ORDER BY id')
    assert stamps == sorted(stamps)


def test_nothing_happens_before_it_was_entered_or_after_today(query):
    end = f"{REFERENCE_DATE.isoformat()} 23:59:59"
    for table, created, modified in (
        ('"transaction"', "createddate", "lastmodifieddate"),
        ("customer", "datecreated", "lastmodifieddate"),
        ("vendor", "datecreated", "lastmodifieddate"),
        ("employee", "datecreated", "lastmodifieddate"),
        ("item", "createddate", "lastmodifieddate"),
        ("contact", "datecreated", "lastmodifieddate"),
        ("customrecord_sb_machine", "created", "lastmodified"),
    ):
        assert query(f"SELECT count(*) FROM {table} WHERE {modified} < {created} OR {modified} > ?", end) == [(0,)], (
            table
        )
    assert query(
        """SELECT count(*) FROM "transaction" t JOIN customer c ON c.id = t.entity
           WHERE t.createddate < c.datecreated"""
    ) == [(0,)]


def test_a_header_is_not_older_than_the_follow_up_that_changed_its_status(query):
    assert query(
        """SELECT count(*) FROM "transaction" i
           JOIN nexttransactionlink k ON k.previousdoc = i.id AND k.linktype = 'Payment'
           JOIN "transaction" p ON p.id = k.nextdoc WHERE i.type IN ('CustInvc', 'VendBill')
             AND i.lastmodifieddate < p.createddate"""
    ) == [(0,)]
    assert query(
        """SELECT count(*) FROM "transaction" o WHERE o.type = 'SalesOrd' AND o.status = 'G' AND o.lastmodifieddate <
             (SELECT max(n.createddate) FROM nexttransactionlink k JOIN "transaction" n ON n.id = k.nextdoc
              WHERE k.previousdoc = o.id AND k.linktype = 'OrdBill')"""
    ) == [(0,)]


def test_a_follow_up_is_entered_after_what_it_follows(query):
    assert query(
        """SELECT count(*) FROM nexttransactionlink k JOIN "transaction" a ON a.id = k.previousdoc
           JOIN "transaction" b ON b.id = k.nextdoc WHERE b.id <= a.id OR b.trandate < a.trandate"""
    ) == [(0,)]


def test_documents_post_into_the_period_of_their_date(query):
    assert query(
        """SELECT count(*) FROM "transaction" t JOIN accountingperiod p ON p.id = t.postingperiod
           WHERE t.trandate NOT BETWEEN p.startdate AND p.enddate OR p.isquarter = 'T' OR p.isyear = 'T'"""
    ) == [(0,)]
    assert query("""SELECT count(*) FROM "transaction" WHERE posting = 'T' AND postingperiod IS NULL""") == [(0,)]


def test_old_months_are_closed_and_the_last_ones_open(query):
    months = query(
        "SELECT startdate, closed FROM accountingperiod WHERE isyear = 'F' AND isquarter = 'F' ORDER BY startdate"
    )
    assert len(months) >= 36
    closed = [start for start, flag in months if flag == "T"]
    still_open = [start for start, flag in months if flag == "F"]
    assert len(closed) > 24
    assert max(closed) < min(still_open) <= REFERENCE_DATE.isoformat() < max(still_open)


def test_money_is_in_the_currency_the_customer_has_there(query):
    assert query(
        """SELECT count(*) FROM "transaction" t JOIN customer c ON c.id = t.entity
           WHERE t.type IN ('SalesOrd', 'CustInvc', 'CustPymt') AND t.currency <> c.currency"""
    ) == [(0,)]
    assert query(
        """SELECT count(*) FROM "transaction" t JOIN transactionline m ON m."transaction" = t.id AND m.id = 0
           JOIN customer c ON c.id = t.entity
           LEFT JOIN customersubsidiaryrelationship r ON r.entity = c.id AND r.subsidiary = m.subsidiary
           WHERE r.id IS NULL"""
    ) == [(0,)]


def test_names_are_unique_and_not_all_plain(query):
    assert query("SELECT entityid FROM entity GROUP BY entityid HAVING count(*) > 1") == []
    text = "".join(name for (name,) in query("SELECT entityid FROM entity"))
    assert {"'", ",", "ü", "é"} <= set(text)
    assert not text.isascii()
    assert any(ord(letter) > 0x3000 for letter in text)


def test_some_records_are_inactive_and_some_documents_voided_closed_cancelled_or_waiting(query):
    assert query("SELECT count(*) FROM customer WHERE isinactive = 'T'") != [(0,)]
    statuses = {f"{kind}:{status}" for kind, status in query('SELECT DISTINCT type, status FROM "transaction"')}
    assert {"SalesOrd:A", "SalesOrd:G", "CustInvc:A", "CustInvc:B", "Estimate:X"} <= statuses
    assert query("""SELECT count(*) FROM "transaction" WHERE voided = 'T'""") != [(0,)]


def test_some_payments_cover_several_invoices_and_some_only_a_part(query):
    covered = query(
        """SELECT nextdoc, count(*) FROM nexttransactionlink WHERE linktype = 'Payment' AND nexttype = 'CustPymt'
           GROUP BY 1"""
    )
    assert max(count for _, count in covered) > 1
    parts = query(
        """SELECT previousdoc FROM nexttransactionlink WHERE linktype = 'Payment' AND nexttype = 'CustPymt'
           GROUP BY 1 HAVING count(*) > 1"""
    )
    assert parts


def test_deleted_records_are_gone(query):
    assert query("SELECT count(*) FROM deletedrecord")[0][0] > 5
    assert query(
        """SELECT count(*) FROM deletedrecord d WHERE d.recordtypeid = -30
           AND d.recordid IN (SELECT id FROM "transaction")"""
    ) == [(0,)]


def test_custom_fields_are_filled_here_and_there(query):
    for table in SCHEMA.tables.values():
        if table.view_of is not None or table.feature == "customrecords":
            continue
        for column in table.columns:
            if column.custom:
                [(filled, count)] = query(f'SELECT count("{column.name}"), count(*) FROM "{table.name}"')
                assert filled > 0, f"{table.name}.{column.name}"
                assert filled < count, f"{table.name}.{column.name}"


def test_the_same_seed_gives_the_same_company_and_another_seed_another_one():
    first, again, other = Kept(), Kept(), Kept()
    assert generate(first, "small", seed=5) == generate(again, "small", seed=5)
    generate(other, "small", seed=6)
    assert first.rows == again.rows
    assert first.rows["transaction"] != other.rows["transaction"]
    assert first.finished == 1


def test_the_history_ends_on_the_day_that_was_asked_for():
    kept = Kept()
    generate(kept, "small", seed=5, today=date(2024, 2, 29))
    place = [column.name for column in SCHEMA["transaction"].columns].index("trandate")
    days = [row[place] for row in kept.rows["transaction"]]
    assert min(days) >= "2021-01-01"
    assert "2024-02-2" in max(days)


def test_the_numbers_of_small_are_as_promised(query):
    kept = Kept()
    counts = generate(kept, "small", seed=3)
    assert counts["customer"] == 120
    assert counts["vendor"] == 60
    kind = [column.name for column in SCHEMA["transaction"].columns].index("type")
    assert sum(row[kind] == "SalesOrd" for row in kept.rows["transaction"]) == pytest.approx(250, abs=3)


def test_an_empty_company_has_lists_and_an_administrator_and_nothing_else():
    kept = Kept()
    counts = generate(kept, "empty")
    for table in ("account", "subsidiary", "currency", "currencyrate", "accountingperiod", "term", "pricelevel"):
        assert counts[table] > 0
    assert counts["employee"] == 1
    for table in ("customer", "vendor", "item", "transaction", "transactionline", "deletedrecord"):
        assert counts.get(table, 0) == 0
    assert kept.finished == 1


def test_an_unknown_size_is_refused():
    with pytest.raises(ValueError, match="huge"):
        generate(Kept(), "huge")
