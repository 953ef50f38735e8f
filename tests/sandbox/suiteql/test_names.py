"""Names: tables, columns, aliases, and what a caller may not see, in NetSuite's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.schema import FEATURES
from suitebridge.sandbox.netsuite.suiteql import SuiteQLRefused

PREFIX = "Invalid search query. Detailed unprocessed description follows. "
ANYONE = Caller("1234567", "integration", 3, 50, FEATURES)


def detail(asked: Any, sql: str) -> str:
    with pytest.raises(SuiteQLRefused) as refused:
        asked.rows(sql)
    assert (refused.value.status, refused.value.code, refused.value.query_param) == (400, "INVALID_PARAMETER", "q")
    assert refused.value.detail.startswith(PREFIX)
    return refused.value.detail.removeprefix(PREFIX)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT id FROM nosuchtable", "Invalid search type: nosuchtable."),
        (
            "SELECT nosuch FROM customer",
            "Search error occurred: Unknown identifier 'nosuch'. Available identifiers are: {customer=customer}.",
        ),
        (
            'SELECT "nosuch" FROM customer',
            "Search error occurred: Unknown identifier 'nosuch'. Available identifiers are: {customer=customer}.",
        ),
        (
            "SELECT T.nosuch FROM transaction T JOIN transactionline Tl ON Tl.transaction = T.id",
            "Search error occurred: Unknown identifier 'nosuch'. "
            "Available identifiers are: {T=transaction, Tl=transactionline}.",
        ),
        (
            "SELECT c.id FROM customer x",
            "Search error occurred: Unknown identifier 'c.id'. Available identifiers are: {x=customer}.",
        ),
        (
            "SELECT customer.balance FROM customer",
            "Search error occurred: Unknown identifier 'balance'. Available identifiers are: {customer=customer}.",
        ),
        (
            "SELECT location FROM transaction",
            "Search error occurred: Field 'location' for record 'transaction' was not found. "
            "Reason: REMOVED - Field is removed",
        ),
        (
            "SELECT t.id FROM transaction t WHERE t.createdfrom = 1",
            "Search error occurred: Field 'createdfrom' for record 'transaction' was not found. "
            "Reason: REMOVED - Field is removed",
        ),
        (
            "SELECT BUILTIN.DF(subsidiary) FROM transaction",
            "Search error occurred: Field 'subsidiary' for record 'transaction' was not found. "
            "Reason: REMOVED - Field is removed",
        ),
        ("SELECT id FROM itemlocationconfiguration", "Invalid search type: itemlocationconfiguration."),
        (
            "WITH r AS (SELECT 1 AS n FROM dual UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",
            "Invalid search type: r.",
        ),
    ],
)
def test_an_unknown_name_is_refused_in_netsuites_words(asked: Any, sql: str, expected: str) -> None:
    assert detail(asked, sql) == expected


def test_a_column_of_a_feature_that_is_off_does_not_exist(asked_with: Callable[..., Any]) -> None:
    asked = asked_with(caller=replace(ANYONE, features=FEATURES - {"oneworld"}))
    assert detail(asked, "SELECT subsidiary FROM transactionline").startswith(
        "Search error occurred: Unknown identifier 'subsidiary'."
    )
    assert "subsidiary" not in asked.rows("SELECT * FROM transactionline")[0]


def test_a_table_of_a_feature_that_is_off_does_not_exist(asked_with: Callable[..., Any]) -> None:
    asked = asked_with(caller=replace(ANYONE, features=FEATURES - {"oneworld"}))
    assert detail(asked, "SELECT id FROM subsidiary") == "Invalid search type: subsidiary."


def test_a_column_without_the_permission_does_not_exist(asked_with: Callable[..., Any]) -> None:
    permissions = frozenset({"LIST_EMPLOYEE", "TRAN_FIND"})
    asked = asked_with(caller=replace(ANYONE, permissions=permissions))
    if asked.schema["employee"].permission not in (None, *permissions):
        asked = asked_with(caller=replace(ANYONE, permissions=permissions | {asked.schema["employee"].permission}))
    assert "Unknown identifier 'birthdate'" in detail(asked, "SELECT birthdate FROM employee")


def test_a_table_without_the_permission_was_not_found(asked_with: Callable[..., Any]) -> None:
    asked = asked_with(caller=replace(ANYONE, permissions=frozenset()))
    assert detail(asked, "SELECT id FROM transaction") == "Search error occurred: Record 'transaction' was not found."


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT ID FROM CUSTOMER WHERE Id = 1", [{"id": "1"}]),
        ('SELECT "CUSTOMER"."ID" FROM "CUSTOMER" WHERE "CUSTOMER".ID = 1', [{"id": "1"}]),
        ('SELECT id AS "MixedCase" FROM customer WHERE id = 1', [{"mixedcase": "1"}]),
        ("SELECT c.id theid FROM customer c WHERE c.id = 1", [{"theid": "1"}]),
        ("SELECT id left, entityid AS class FROM customer WHERE id = 1", [{"class": "C1", "left": "1"}]),
        ("SELECT COUNT(*), MAX(id), 'x' FROM customer", [{"expr1": "3", "expr2": "3", "expr3": "x"}]),
        ("SELECT id, id FROM customer WHERE id = 1", [{"id": "1", "id_1": "1"}]),
        (
            "SELECT c.id, t.id FROM customer c, transaction t WHERE t.entity = c.id AND c.id = 2",
            [{"id": "2", "id_1": "3"}],
        ),
        ("SELECT x.n FROM (SELECT id AS n FROM customer) x WHERE x.n = 2", [{"n": "2"}]),
        ("SELECT n FROM (SELECT id n FROM customer) WHERE n = 2", [{"n": "2"}]),
        ("SELECT * FROM (SELECT id, entityid FROM customer WHERE id = 2)", [{"entityid": "C2", "id": "2"}]),
        (
            "WITH x AS (SELECT id FROM customer), y AS (SELECT id FROM x WHERE id > 1) SELECT COUNT(*) n FROM y",
            [{"n": "2"}],
        ),
        ("WITH x(a, b) AS (SELECT id, entityid FROM customer) SELECT b FROM x WHERE a = 3", [{"b": "C3"}]),
        ("SELECT 1 AS one -- a comment\nFROM dual /* another */", [{"one": "1"}]),
        ("SELECT /*+ FIRST_ROWS */ dummy FROM dual", [{"dummy": "X"}]),
    ],
)
def test_names_are_found_without_regard_to_case(asked: Any, sql: str, expected: list[dict[str, str]]) -> None:
    assert asked.rows(sql) == expected


def test_keys_come_in_alphabetical_order_after_links(asked: Any) -> None:
    items = asked.page("SELECT id, companyname, entityid FROM customer WHERE id = 1").items
    assert items == b'[{"links":[],"companyname":"Acme","entityid":"C1","id":"1"}]'


def test_a_null_is_left_out_and_text_is_escaped(asked: Any) -> None:
    items = asked.page("SELECT memo, duedate, id FROM transaction WHERE id = 3").items
    assert items == b'[{"links":[],"id":"3","memo":"first \\"quoted\\" \\\\ line\\n2"}]'


def test_expression_names_can_begin_at_zero(asked_with: Callable[..., Any]) -> None:
    asked = asked_with({"expr-names": "expr0"})
    assert asked.rows("SELECT COUNT(*), MAX(id) FROM customer") == [{"expr0": "3", "expr1": "3"}]


def test_some_accounts_answer_500_to_an_unknown_column(asked_with: Callable[..., Any]) -> None:
    asked = asked_with({"unknown-column": "transaction.approveddate,item"})
    for sql in ("SELECT approveddate FROM transaction", "SELECT type FROM item"):
        with pytest.raises(SuiteQLRefused) as refused:
            asked.rows(sql)
        assert (refused.value.status, refused.value.code) == (500, "UNEXPECTED_ERROR")
    assert "Unknown identifier" in detail(asked, "SELECT other FROM transaction")


def test_fractions_can_come_without_their_zero(asked_with: Callable[..., Any]) -> None:
    asked = asked_with({"number-text": ".5"})
    assert asked.rows("SELECT 0.5 a, -1/8 b, 12 c FROM dual") == [{"a": ".5", "b": "-.125", "c": "12"}]


def test_a_restricted_caller_gets_fewer_rows_in_silence(asked_with: Callable[..., Any]) -> None:
    asked = asked_with(caller=replace(ANYONE, subsidiaries=frozenset({2})))
    assert asked.values("SELECT id FROM transaction ORDER BY id") == ["2"]
    assert asked.values("SELECT uniquekey FROM transactionline ORDER BY uniquekey") == ["21"]
    assert asked.values("SELECT id FROM employee") == ["51"]
    assert asked.value("SELECT COUNT(*) n FROM transactionaccountingline") == "0"
    assert asked.page("SELECT id FROM transaction WHERE id > 0 ORDER BY id", limit=1).total == 1
    assert asked.values("SELECT e.id FROM customer c LEFT JOIN employee e ON e.id = 50 WHERE c.id = 1") == [None]
