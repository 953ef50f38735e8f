"""Exports of a company in the sandbox: the warehouse equals it, whatever happens on the way."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from suitebridge.errors import UsageError
from suitebridge.netsuite import tables
from suitebridge.netsuite.errors import LoginError
from suitebridge.sandbox.netsuite.schema import SCHEMA
from suitebridge.warehouse.events import Event, Note, RowsWritten, TableStarted
from suitebridge.warehouse.layout import choice
from suitebridge.warehouse.options import ExportOptions

if TYPE_CHECKING:
    from conftest import Company

ZONE = ZoneInfo("America/Los_Angeles")
UNLISTED = [name for name in tables.names() if not tables.load(name).listed]
GROWS = {"loginaudit"}
"""Tables that the export itself adds to."""


RARE = 0.01
"""Columns of the account's own that so few rows fill may be missed by the sample that looks for them."""


def assert_equal(company: Company, target: Path, table: str) -> int:
    """The table in the warehouse is the company's, row by row. Returns how many rows it has."""
    names, expected = company.rows(table)
    present = set(company.warehouse_columns(target, table))
    for at, name in enumerate(names):
        filled = sum(row[at] is not None for row in expected)
        own = name.startswith("cust") and filled < RARE * len(expected)
        assert name in present or filled == 0 or own, f"{table}.{name} is missing"
    compared = [at for at, name in enumerate(names) if name in present]
    found = company.warehouse_rows(target, table, [names[at] for at in compared], SCHEMA[table].key)
    assert found == [tuple(row[at] for at in compared) for row in expected]
    return len(found)


def test_every_table_of_the_warehouse_equals_the_company_row_by_row(company: Company, tmp_path: Path) -> None:
    target = tmp_path / "w.duckdb"
    result = company.export(target)
    assert result.failures == ()
    more = company.export(target, *UNLISTED)
    assert more.failures == ()
    exported = {entry.table for entry in (*result.results, *more.results)}
    assert set(tables.names()) <= exported
    rows = {name: assert_equal(company, target, name) for name in sorted(exported - GROWS)}
    assert rows["transactionline"] > 1_000
    assert any(name.startswith("customrecord_") for name in exported)


def test_the_books_in_the_warehouse_balance_in_every_period_and_subsidiary(company: Company, tmp_path: Path) -> None:
    target = tmp_path / "w.duckdb"
    company.export(target, "transaction", "transactionline", "transactionaccountingline")
    with duckdb.connect(str(target)) as connection:
        open_books = connection.execute(
            """SELECT t.postingperiod, m.subsidiary, a.accountingbook,
                sum(coalesce(debit, 0) - coalesce(credit, 0)) AS open
            FROM transactionaccountingline AS a JOIN transaction AS t ON t.id = a.transaction
            JOIN transactionline AS m ON m.transaction = t.id AND m.id = 0 WHERE a.posting
            GROUP BY ALL HAVING open <> 0"""
        ).fetchall()
        posted = connection.execute("SELECT count(*) FROM transactionaccountingline WHERE posting").fetchone()
    assert open_books == []
    assert posted is not None
    assert posted[0] > 1_000


def test_columns_that_the_role_may_not_see_are_left_out_and_said_once(company: Company, tmp_path: Path) -> None:
    notes: list[str] = []

    def listen(event: Event) -> None:
        if isinstance(event, Note):
            notes.append(event.text)

    result = company.export(tmp_path / "w.duckdb", "employee", role="integration", display=listen)
    assert set(result.results[0].hidden) == {"socialsecuritynumber", "birthdate"}
    assert len([text for text in notes if "socialsecuritynumber" in text]) == 1
    assert "socialsecuritynumber" not in company.warehouse_columns(tmp_path / "w.duckdb", "employee")


def test_the_proof_says_rows_and_sums_of_both_sides(company: Company, tmp_path: Path) -> None:
    _, rows = company.rows("customer")
    result = company.export(tmp_path / "w.duckdb", "customer", "transactionaccountingline")
    customer, posting = result.results
    assert (customer.rows, customer.key_sums) == (len(rows), {"id": sum(row[0] for row in rows)})
    assert posting.sums["debit"] == posting.sums["credit"]


def test_a_few_thousand_rows_cost_few_calls(company: Company, tmp_path: Path) -> None:
    rows = len(company.rows("transactionline")[1])
    company.server.reset()
    company.export(
        tmp_path / "w.duckdb", "transactionline", options=ExportOptions(custom=False, zone="America/Los_Angeles")
    )
    statistics = company.server.statistics(calls=True)
    queries = [call for call in statistics["each"] if "suiteql" in str(call)]
    assert len(queries) == -(-rows // 1_000) + 2


def test_the_fivetran_layout_keeps_flags_as_text_and_adds_its_columns(company: Company, tmp_path: Path) -> None:
    target = tmp_path / "w.duckdb"
    company.export(target, "customer", options=ExportOptions(layout="fivetran", schema="netsuite2"))
    with duckdb.connect(str(target)) as connection:
        flags = connection.execute("SELECT DISTINCT isinactive FROM netsuite2.customer ORDER BY 1").fetchall()
        kept = connection.execute(
            "SELECT count(*) FILTER (NOT _fivetran_deleted AND _fivetran_active AND _fivetran_synced IS NOT NULL), "
            "count(*) FROM netsuite2.customer"
        ).fetchone()
    assert flags == [("F",), ("T",)]
    assert kept is not None
    assert kept[0] == kept[1] > 0


def test_a_condition_and_a_choice_of_columns_make_a_smaller_table(company: Company, tmp_path: Path) -> None:
    target = tmp_path / "w.duckdb"
    options = ExportOptions(
        where={"customer": "isinactive = 'F'"}, choice=choice(["customer.email", "customer.isinactive"], hash=["email"])
    )
    company.export(target, "customer", options=options)
    names, rows = company.rows("customer")
    email, inactive = names.index("email"), names.index("isinactive")
    expected = [
        (row[0], None if row[email] is None else hashlib.sha256(row[email].encode()).hexdigest(), False)
        for row in rows
        if row[inactive] is False
    ]
    assert company.warehouse_columns(target, "customer") == ["id", "email", "isinactive"]
    assert company.warehouse_rows(target, "customer", ["id", "email", "isinactive"], ["id"]) == expected


def test_since_takes_only_rows_that_changed_since(company: Company, tmp_path: Path) -> None:
    names, rows = company.rows("customer")
    at = names.index("lastmodifieddate")
    middle = sorted(row[at] for row in rows)[len(rows) // 2].astimezone(ZONE).date()
    company.export(tmp_path / "w.duckdb", "customer", options=ExportOptions(since=middle))
    begin = datetime(middle.year, middle.month, middle.day, tzinfo=ZONE).astimezone(UTC)
    expected = [(row[0],) for row in rows if row[at] >= begin]
    assert 0 < len(expected) < len(rows)
    assert company.warehouse_rows(tmp_path / "w.duckdb", "customer", ["id"], ["id"]) == expected


def test_a_second_export_replaces_the_first(own_company: Company, tmp_path: Path) -> None:
    target = tmp_path / "w.duckdb"
    own_company.export(target, "customer")
    first = own_company.rows("customer")[1][0]

    def rename(transaction: Any) -> None:
        transaction.update("customer", (first[0],), {"email": "new@example.com"})

    own_company.write(rename)
    own_company.export(target, "customer")
    assert_equal(own_company, target, "customer")


def test_rows_that_change_go_and_come_while_reading_are_read_again(own_company: Company, tmp_path: Path) -> None:
    names, rows = own_company.rows("transactionline")
    header_names, headers = own_company.rows("transaction")
    last = max(row[header_names.index("lastmodifieddate")] for row in headers)
    later = (last + timedelta(days=1)).astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")
    done: list[str] = []

    def disturb(event: Event) -> None:
        if not (isinstance(event, RowsWritten) and event.table not in done):
            return
        done.append(event.table)
        if event.table == "transactionline":
            gone = [row[0] for row in rows[:: len(rows) // 7]]
            own_company.write(lambda tx: [tx.delete("transactionline", _line_key(names, rows, key)) for key in gone])
        if event.table == "transaction":
            moved = [row[0] for row in headers[:: len(headers) // 5]]
            own_company.write(
                lambda tx: [
                    tx.update("transaction", (key,), {"memo": "changed meanwhile", "lastmodifieddate": later})
                    for key in moved
                ]
            )

    target = tmp_path / "w.duckdb"
    result = own_company.export(target, "transaction", "transactionline", display=disturb)
    assert result.failures == ()
    assert sum(entry.reread for entry in result.results) > 0
    assert set(done) == {"transaction", "transactionline"}
    for table in done:
        assert_equal(own_company, target, table)


def _line_key(names: list[str], rows: list[tuple[Any, ...]], unique: int) -> tuple[Any, ...]:
    row = next(row for row in rows if row[names.index("uniquekey")] == unique)
    return tuple(row[names.index(name)] for name in SCHEMA["transactionline"].key)


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(lambda server: server.change(slots=2), id="far fewer slots than we think"),
        pytest.param(lambda server: server.fault("concurrency", every=5, count=None), id="bursts of rejections"),
        pytest.param(lambda server: server.fault("cut_during", every=7, count=None), id="connections that are cut"),
        pytest.param(lambda server: server.change(clock_offset=240), id="a clock that is four minutes off"),
    ],
)
def test_the_warehouse_is_equal_after_trouble(company: Company, tmp_path: Path, trouble: Any) -> None:
    trouble(company.server)
    target = tmp_path / "w.duckdb"
    result = company.export(target, "customer", "transaction")
    assert result.failures == ()
    assert_equal(company, target, "customer")
    assert_equal(company, target, "transaction")


def test_a_token_that_dies_in_mid_run_is_renewed(company: Company, tmp_path: Path) -> None:
    revoked: list[int] = []

    def kill_tokens(event: Event) -> None:
        if isinstance(event, TableStarted) and not revoked:
            revoked.append(company.server.revoke_tokens())

    target = tmp_path / "w.duckdb"
    company.export(target, "customer", "transaction", display=kill_tokens)
    assert revoked[0] >= 1
    assert_equal(company, target, "customer")
    assert_equal(company, target, "transaction")


def test_an_unknown_table_is_refused_before_anything_is_written(company: Company, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        company.export(tmp_path / "w.duckdb", "custmer")
    assert "customer" in (caught.value.remedy or "")
    assert not (tmp_path / "w.duckdb").exists()


def test_a_refused_login_leaves_no_table(company: Company, tmp_path: Path) -> None:
    with pytest.raises(LoginError):
        company.export(tmp_path / "w.duckdb", "customer", NETSUITE_CERTIFICATE_ID="nobody")
    assert company.warehouse_columns(tmp_path / "w.duckdb", "customer") == []


def test_a_custom_table_is_found_by_a_pattern_with_its_own_fields(company: Company, tmp_path: Path) -> None:
    result = company.export(tmp_path / "w.duckdb", "customrecord_*")
    assert [entry.table for entry in result.results]
    for entry in result.results:
        assert assert_equal(company, tmp_path / "w.duckdb", entry.table) == entry.rows


def test_an_own_field_that_hardly_any_row_fills_comes_when_it_is_named(company: Company, tmp_path: Path) -> None:
    names, rows = company.rows("transactionline")
    at = names.index("custcol_sb_engraving")
    wanted = choice(["transactionline.memo", "transactionline.custcol_sb_engraving"])
    company.export(tmp_path / "w.duckdb", "transactionline", options=ExportOptions(choice=wanted))
    found = company.warehouse_rows(tmp_path / "w.duckdb", "transactionline", ["custcol_sb_engraving"], ["uniquekey"])
    assert sorted(value for (value,) in found if value) == sorted(row[at] for row in rows if row[at])


def test_columns_of_an_own_date_field_come_as_dates(company: Company, tmp_path: Path) -> None:
    company.export(tmp_path / "w.duckdb", "customer")
    found = company.warehouse_rows(tmp_path / "w.duckdb", "customer", ["custentity_sb_since"], ["id"])
    values = [value for (value,) in found if value is not None]
    assert values
    assert all(type(value) is date for value in values)
