"""The third role: no employees, no journal entries, one subsidiary."""

from __future__ import annotations

from typing import Any

import pytest

RECORDS = "/services/rest/record/v1"


@pytest.fixture
def limited(driver: Any) -> Any:
    return driver.as_role("limited")


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["o:errorDetails"][0]["o:errorCode"]


@pytest.mark.parametrize("record_type", ["employee", "journalEntry"])
def test_it_has_no_permission_for_these_records(driver: Any, limited: Any, record_type: str) -> None:
    address = f"{RECORDS}/{record_type}?limit=1"
    assert driver.http.get(address, headers=driver.as_role("administrator").bearer()).status_code == 200
    assert code_of(driver.http.get(address, headers=limited.bearer()))[0] == 403
    assert code_of(driver.http.get(address, headers=limited.signed("GET", address)))[0] == 403


def test_it_sees_the_orders_of_one_subsidiary_only(driver: Any, limited: Any) -> None:
    sql = "SELECT DISTINCT l.subsidiary FROM transactionline l WHERE l.mainline = 'T' ORDER BY 1"
    everywhere = driver.as_role("administrator").suiteql(sql).json()["items"]
    here = limited.suiteql(sql, limited.bearer()).json()["items"]
    assert len(everywhere) > 1
    assert [row["subsidiary"] for row in here] == ["2"]
    counted = "SELECT COUNT(id) AS n FROM transaction WHERE type = 'SalesOrd'"
    total = int(driver.suiteql(counted).json()["items"][0]["n"])
    assert 0 < int(limited.suiteql(counted, limited.bearer()).json()["items"][0]["n"]) < total


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT COUNT(id) AS n FROM transaction WHERE type = 'Journal'",
        "SELECT COUNT(*) AS n FROM transactionline l JOIN transaction t ON t.id = l.transaction "
        "WHERE t.type = 'Journal'",
        "SELECT COUNT(*) AS n FROM transactionaccountingline a LEFT JOIN transaction t ON t.id = a.transaction "
        "WHERE t.type IS NULL",
    ],
    ids=["heads", "lines", "postings without a head"],
)
def test_journal_entries_are_not_there_for_it_in_suiteql(driver: Any, limited: Any, sql: str) -> None:
    assert int(limited.suiteql(sql, limited.bearer()).json()["items"][0]["n"]) == 0
    if "IS NULL" not in sql:
        assert int(driver.suiteql(sql).json()["items"][0]["n"]) > 0


def test_the_integration_role_holds_the_permission_of_every_transaction_type(driver: Any) -> None:
    sql = "SELECT type, COUNT(id) AS n FROM transaction GROUP BY type ORDER BY type"
    everything = driver.as_role("administrator").suiteql(sql).json()["items"]
    assert driver.suiteql(sql).json()["items"] == everything


def test_an_employee_is_no_table_to_it(limited: Any) -> None:
    assert limited.suiteql("SELECT id FROM employee", limited.bearer()).status_code == 400


def test_its_logins_are_rows_of_the_audit_trail_for_others(driver: Any, limited: Any) -> None:
    limited.bearer()
    rows = driver.as_role("administrator").suiteql(
        "SELECT role, status FROM loginaudit ORDER BY id DESC FETCH FIRST 2 ROWS ONLY"
    )
    assert {str(row["role"]) for row in rows.json()["items"]} == {"3", "1001"}
