"""BUILTIN and BUILTIN_RESULT over the small company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.schema import FEATURES
from suitebridge.sandbox.netsuite.suiteql import SuiteQLRefused

VALUES = [
    ("BUILTIN.DF(entity)", "transaction WHERE id = 1", "C1 Acme"),
    ("BUILTIN.DF(entity)", "transaction WHERE id = 2", None),
    ("BUILTIN.DF(t.entity)", "transaction t WHERE t.id = 3", "C2 Beta"),
    ("BUILTIN.DF(type)", "transaction WHERE id = 1", "Sales Order"),
    ("BUILTIN.DF(status)", "transaction WHERE id = 1", "Sales Order : Pending Fulfillment"),
    ("BUILTIN.DF(status)", "transaction WHERE id = 3", "Invoice : Open"),
    ("BUILTIN.DF(approvalstatus)", "transaction WHERE id = 1", "Approved"),
    ("BUILTIN.DF(postingperiod)", "transaction WHERE id = 3", "Feb 2024"),
    ("BUILTIN.DF(currency)", "transaction WHERE id = 3", "Euro"),
    ("BUILTIN.DF(item)", "transactionline WHERE uniquekey = 12", "Bolt"),
    ("BUILTIN.DF(tranid)", "transaction WHERE id = 1", "SO1"),
    ("BUILTIN.DF(foreigntotal)", "transaction WHERE id = 1", "10"),
    ("BUILTIN.DF(trandate)", "transaction WHERE id = 1", "1/15/2024"),
    ("BUILTIN.DF(x.entity)", "(SELECT entity FROM transaction WHERE id = 1) x", "C1 Acme"),
    ("UPPER(BUILTIN.DF(entity))", "transaction WHERE id = 1", "C1 ACME"),
    ("BUILTIN.CF(status)", "transaction WHERE id = 1", "SalesOrd:B"),
    ("BUILTIN.CF(type)", "transaction WHERE id = 1", "SalesOrd"),
    ("COUNT(*)", "transaction WHERE status = 'SalesOrd:B'", "0"),
    ("COUNT(*)", "transaction WHERE BUILTIN.CF(status) = 'SalesOrd:B'", "1"),
    ("COUNT(*)", "transaction WHERE status IN ('B', 'SalesOrd:B')", "1"),
    ("COUNT(*)", "transaction WHERE BUILTIN.DF(entity) LIKE 'C1%'", "1"),
    ("BUILTIN.CURRENCY(foreigntotal)", "transaction WHERE id = 3", "EUR"),
    ("BUILTIN.CURRENCY(l.foreignamount)", "transactionline l WHERE l.uniquekey = 31", "EUR"),
    ("BUILTIN.CURRENCY(amount)", "transactionaccountingline WHERE transactionline = 0", "USD"),
    ("BUILTIN.CURRENCY_CONVERT(foreigntotal)", "transaction WHERE id = 3", "36"),
    ("BUILTIN.CURRENCY_CONVERT(foreigntotal, 2)", "transaction WHERE id = 3", "30"),
    (
        "BUILTIN.CURRENCY_CONVERT(foreigntotal, 1, TO_DATE('2024-01-15','YYYY-MM-DD'))",
        "transaction WHERE id = 3",
        "33",
    ),
    ("BUILTIN.HIERARCHY(location, 'DISPLAY_JOINED')", "transactionline WHERE uniquekey = 11", "Main : Shelf"),
    ("BUILTIN.HIERARCHY(location, 'IDENTIFIER')", "transactionline WHERE uniquekey = 11", "1 : 2"),
    ("BUILTIN.HIERARCHY(location, 'LEVEL')", "transactionline WHERE uniquekey = 11", "2"),
    ("BUILTIN.HIERARCHY(location, 'SELF_DISPLAY')", "transactionline WHERE uniquekey = 11", "Shelf"),
    ("BUILTIN.HIERARCHY(location, 'SELF_IDENTIFIER')", "transactionline WHERE uniquekey = 11", "2"),
    ("BUILTIN.HIERARCHY(location, 'DISPLAY_JOINED')", "transactionline WHERE uniquekey = 12", None),
    ("BUILTIN.HIERARCHY(location, 'DISPLAY')", "transaction WHERE id = 1", "Main : Shelf"),
    ("BUILTIN_RESULT.TYPE_INTEGER(id)", "transaction WHERE id = 1", "1"),
    ("BUILTIN_RESULT.TYPE_STRING(BUILTIN.DF(entity))", "transaction WHERE id = 1", "C1 Acme"),
    ("BUILTIN_RESULT.TYPE_DATE(trandate)", "transaction WHERE id = 1", "1/15/2024"),
    ("COUNT(*)", "transactionline WHERE subsidiary IN (BUILTIN.MNFILTER(2, 'MN_INCLUDE', '', 'FALSE', 3))", "2"),
    ("COUNT(*)", "transactionline WHERE BUILTIN.MNFILTER(subsidiary, 'MN_INCLUDE', '', 'FALSE', 1) = 'T'", "3"),
    ("COUNT(*)", "transactionline WHERE BUILTIN.MNFILTER(subsidiary, 'MN_EXCLUDE', '', 'FALSE', 1) = 'T'", "2"),
    ("COUNT(*)", "transactionline WHERE BUILTIN.MNFILTER(item, 'MN_INCLUDE', 'DF', 'FALSE', 'Bolt') = 'T'", "1"),
    ("COUNT(*)", "subsidiary WHERE id IN BUILTIN.NAMED_GROUP('subsidiary', 'mine')", "3"),
    ("COUNT(*)", "employee WHERE id IN BUILTIN.NAMED_GROUP('employee', 'me')", "1"),
    ("COUNT(*)", "employee WHERE department IN (BUILTIN.NAMED_GROUP('department', 'mine'))", "1"),
    ("BUILTIN.RELATIVE_RANGES('TODAY', 'START')", "dual", "5/6/2024"),
    ("BUILTIN.RELATIVE_RANGES('YESTERDAY', 'END')", "dual", "5/5/2024"),
    ("BUILTIN.RELATIVE_RANGES('TM', 'START')", "dual", "5/1/2024"),
    ("BUILTIN.RELATIVE_RANGES('LM', 'END')", "dual", "4/30/2024"),
    ("BUILTIN.RELATIVE_RANGES('TW', 'START')", "dual", "5/5/2024"),
    ("BUILTIN.RELATIVE_RANGES('LFQ', 'START')", "dual", "1/1/2024"),
    ("BUILTIN.RELATIVE_RANGES('TFY', 'END')", "dual", "12/31/2024"),
    ("BUILTIN.RELATIVE_RANGES('LY', 'START')", "dual", "1/1/2023"),
    ("BUILTIN.RELATIVE_RANGES('TMTD', 'END')", "dual", "5/6/2024"),
    ("BUILTIN.RELATIVE_RANGES('LFYTD', 'END')", "dual", "5/6/2023"),
    ("BUILTIN.RELATIVE_RANGES('DAGO10', 'START')", "dual", "4/26/2024"),
    ("BUILTIN.RELATIVE_RANGES('DFN5', 'START', 'DATE')", "dual", "5/11/2024"),
    ("BUILTIN.RELATIVE_RANGES('THIS_MONTH', 'START')", "dual", "5/1/2024"),
    ("TO_CHAR(BUILTIN.RELATIVE_RANGES('TODAY', 'END'), 'HH24:MI:SS')", "dual", "23:59:59"),
    ("COUNT(*)", "transaction WHERE trandate >= BUILTIN.RELATIVE_RANGES('TY', 'START')", "3"),
    ("COUNT(*)", "transaction WHERE postingperiod IN (BUILTIN.PERIOD('TY', 'START', 'ALL', '>='))", "3"),
    (
        "SUM(BUILTIN.CONSOLIDATE(a.amount,'LEDGER','DEFAULT','DEFAULT',1,t.postingperiod,'DEFAULT'))",
        "transactionaccountingline a JOIN transaction t ON t.id = a.transaction WHERE a.amount > 0",
        "33",
    ),
    (
        "SUM(BUILTIN.CONSOLIDATE(a.amount,'LEDGER','DEFAULT','AVERAGE',1,t.postingperiod,'DEFAULT'))",
        "transactionaccountingline a JOIN transaction t ON t.id = a.transaction WHERE a.amount > 0",
        "31.5",
    ),
]


@pytest.mark.parametrize(("expression", "source", "expected"), VALUES, ids=[f"{each[0]} {each[1]}" for each in VALUES])
def test_a_builtin_gives(asked: Any, expression: str, source: str, expected: str | None) -> None:
    assert asked.value(f"SELECT {expression} AS v FROM {source}") == expected


@pytest.mark.parametrize(
    "sql",
    ["SELECT BUILTIN.DF(linktype) FROM previoustransactionlink", "SELECT BUILTIN.DF(itemtype) FROM transactionline"],
)
def test_df_of_a_static_field_is_refused(asked: Any, sql: str) -> None:
    with pytest.raises(SuiteQLRefused) as refused:
        asked.rows(sql)
    assert "Cannot build builtin function" in refused.value.detail
    assert "Static field is not supported for Builtin.DF function" in refused.value.detail


def test_two_ids_of_one_name_fall_in_one_group(asked: Any, new_store: Any) -> None:
    asked.store = new_store(
        asked.schema,
        {
            "entity": [{"id": 1, "entitytitle": "Same"}, {"id": 2, "entitytitle": "Same"}],
            "transaction": [
                {"id": n, "entity": n % 2 + 1, "type": "SalesOrd", "foreigntotal": 5, "trandate": "2024-01-01"}
                for n in range(10)
            ],
        },
    )
    asked.engine._store = asked.store
    sql = "SELECT BUILTIN.DF(entity) c, COUNT(*) n, SUM(foreigntotal) s FROM transaction GROUP BY BUILTIN.DF(entity)"
    assert asked.rows(sql) == [{"c": "Same", "n": "10", "s": "0.5"}]
    by_id = asked.rows("SELECT BUILTIN.DF(entity) c, COUNT(*) n FROM transaction GROUP BY entity ORDER BY entity")
    assert by_id == [{"c": "Same", "n": "5"}, {"c": "Same", "n": "5"}]


def test_df_of_a_grouped_column_can_be_null(asked_with: Callable[..., Any]) -> None:
    asked = asked_with({"df-grouped": "null"})
    sql = "SELECT BUILTIN.DF(entity) c FROM transaction WHERE entity = 1 GROUP BY entity"
    assert asked.rows(sql) == [{}]


def test_a_status_is_shown_in_groups_with_and_without_its_type(asked: Any) -> None:
    with_type = asked.rows("SELECT BUILTIN.DF(status) s FROM transaction GROUP BY type, status ORDER BY type, status")
    assert [row["s"] for row in with_type] == [
        "Invoice : Open",
        "Sales Order : Pending Approval",
        "Sales Order : Pending Fulfillment",
    ]
    alone = asked.rows(
        "SELECT BUILTIN.DF(status) s FROM transaction WHERE type = 'SalesOrd' GROUP BY status ORDER BY status"
    )
    assert [row["s"] for row in alone] == ["Sales Order : Pending Approval", "Sales Order : Pending Fulfillment"]


def test_my_subsidiaries_are_those_of_the_role(asked_with: Callable[..., Any]) -> None:
    caller = Caller("1234567", "integration", 3, 50, FEATURES)
    asked = asked_with(caller=replace(caller, subsidiaries=frozenset({2, 3})))
    found = asked.values("SELECT id FROM subsidiary WHERE id IN BUILTIN.NAMED_GROUP('subsidiary','mine') ORDER BY id")
    assert found == ["2", "3"]
