"""Types and scales of expressions: what is known of a value before a row is read."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suitebridge.sandbox.netsuite.suiteql import SuiteQLRefused
from suitebridge.sandbox.netsuite.suiteql.compile.queries import compile_query
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.parse import parse

EXACT, REAL, TEXT, DATE, MOMENT, ZONED = "number", "real", "text", "date", "moment", "zoned"

TYPES = [
    ("id", "number 0"),
    ("foreigntotal", "number 2"),
    ("exchangerate", "number 12"),
    ("trandate", "date"),
    ("lastmodifieddate", "moment"),
    ("posting", "text"),
    ("status", "text"),
    ("-foreigntotal", "number 2"),
    ("foreigntotal + 1", "number 2"),
    ("foreigntotal + 0.125", "number 3"),
    ("foreigntotal - foreignamountpaid", "number 2"),
    ("foreigntotal * 2", "number 2"),
    ("foreigntotal * -1", "number 2"),
    ("foreigntotal * 0.0725", "number 6"),
    ("foreigntotal * foreigntotal", "number 4"),
    ("foreigntotal * exchangerate", "real"),
    ("foreigntotal / 2", "real"),
    ("NVL(foreigntotal, 0)", "number 2"),
    ("NVL(foreigntotal, 0.125)", "number 3"),
    ("NVL(foreigntotal, '0')", "number 2"),
    ("COALESCE(foreigntotal, 0)", "number 2"),
    ("NVL2(memo, foreigntotal, 0)", "number 2"),
    ("DECODE(type, 'SalesOrd', foreigntotal, 0)", "number 2"),
    ("CASE WHEN posting = 'T' THEN foreigntotal ELSE 0 END", "number 2"),
    ("CASE WHEN posting = 'T' THEN foreigntotal END", "number 2"),
    ("CASE WHEN posting = 'T' THEN trandate ELSE lastmodifieddate END", "moment"),
    ("NULLIF(foreigntotal, 0)", "number 2"),
    ("GREATEST(foreigntotal, 0.001)", "number 3"),
    ("ABS(foreigntotal)", "number 2"),
    ("SIGN(foreigntotal)", "number 0"),
    ("ROUND(foreigntotal)", "number 0"),
    ("ROUND(foreigntotal, 1)", "number 1"),
    ("ROUND(foreigntotal, 5)", "number 2"),
    ("ROUND(foreigntotal / 3, 2)", "number 2"),
    ("ROUND(foreigntotal, id)", "real"),
    ("TRUNC(foreigntotal / 3, 1)", "number 1"),
    ("CEIL(foreigntotal / 3)", "number 0"),
    ("MOD(foreigntotal, 7)", "number 2"),
    ("SQRT(foreigntotal)", "real"),
    ("TO_NUMBER(tranid)", "real"),
    ("LENGTH(memo)", "number 0"),
    ("INSTR(memo, 'x')", "number 0"),
    ("ASCII(memo)", "number 0"),
    ("memo || id", "text"),
    ("UPPER(memo)", "text"),
    ("SUBSTR(memo, 1, 2)", "text"),
    ("LPAD(id, 5, '0')", "text"),
    ("REGEXP_SUBSTR(memo, 'x')", "text"),
    ("REGEXP_INSTR(memo, 'x')", "number 0"),
    ("TO_CHAR(foreigntotal)", "text"),
    ("TO_CHAR(trandate, 'YYYY')", "text"),
    ("TO_DATE(memo, 'YYYY-MM-DD')", "date"),
    ("TO_DATE(memo, 'YYYY-MM-DD HH24:MI')", "moment"),
    ("TO_TIMESTAMP(memo, 'YYYY-MM-DD HH24:MI')", "moment"),
    ("TO_TIMESTAMP_TZ(memo, 'YYYY-MM-DD HH24:MI TZH')", "zoned"),
    ("SYSDATE", "moment"),
    ("CURRENT_TIMESTAMP", "zoned"),
    ("SYS_EXTRACT_UTC(createddate)", "moment"),
    ("trandate + 1", "date"),
    ("trandate + 0.5", "moment"),
    ("lastmodifieddate + 1", "moment"),
    ("trandate - duedate", "number 0"),
    ("lastmodifieddate - trandate", "real"),
    ("trandate + INTERVAL '1' DAY", "date"),
    ("trandate + INTERVAL '1' HOUR", "moment"),
    ("ADD_MONTHS(trandate, 1)", "date"),
    ("ADD_MONTHS(lastmodifieddate, 1)", "moment"),
    ("LAST_DAY(trandate)", "date"),
    ("TRUNC(lastmodifieddate)", "date"),
    ("TRUNC(lastmodifieddate, 'HH24')", "moment"),
    ("MONTHS_BETWEEN(SYSDATE, trandate)", "real"),
    ("EXTRACT(YEAR FROM trandate)", "number 0"),
    ("SUM(foreigntotal)", "number 2"),
    ("SUM(id)", "number 0"),
    ("SUM(foreigntotal * exchangerate)", "real"),
    ("SUM(foreigntotal) - SUM(foreignamountpaid)", "number 2"),
    ("AVG(foreigntotal)", "real"),
    ("COUNT(*)", "number 0"),
    ("MIN(trandate)", "date"),
    ("MAX(foreigntotal)", "number 2"),
    ("MEDIAN(foreigntotal)", "real"),
    ("STDDEV(id)", "real"),
    ("LISTAGG(id, ',') WITHIN GROUP (ORDER BY id)", "text"),
    ("MAX(foreigntotal) KEEP (DENSE_RANK LAST ORDER BY id)", "number 2"),
    ("ROW_NUMBER() OVER (ORDER BY id)", "number 0"),
    ("SUM(foreigntotal) OVER (ORDER BY id)", "number 2"),
    ("LAG(trandate) OVER (ORDER BY id)", "date"),
    ("(SELECT MAX(foreigntotal) FROM transaction)", "number 2"),
    ("BUILTIN.DF(entity)", "text"),
    ("BUILTIN.CF(status)", "text"),
    ("BUILTIN.CURRENCY(foreigntotal)", "text"),
    ("BUILTIN.RELATIVE_RANGES('TM', 'START')", "date"),
    ("BUILTIN_RESULT.TYPE_CURRENCY(foreigntotal)", "number 2"),
    ("CAST(memo AS NUMBER(10, 3))", "number 3"),
    ("CAST(foreigntotal AS VARCHAR2(20))", "text"),
    ("CAST(memo AS DATE)", "moment"),
    ("CAST(trandate AS TIMESTAMP)", "moment"),
    ("NULL", "null"),
    ("''", "null"),
    ("1.50", "number 1"),
    ("1e-20", "real"),
]


@pytest.mark.parametrize(("expression", "expected"), TYPES, ids=[each[0] for each in TYPES])
def test_the_type_of_an_expression_is_known(asked: Any, expression: str, expected: str) -> None:
    c = Compilation(asked.schema, asked.caller, {}, [], [], "M/D/YYYY")
    query = compile_query(c, parse(f"SELECT {expression} FROM transaction"), None, {}, True)
    found = query.columns[0].value.type
    shown = "real" if found.kind == "number" and found.scale is None else f"{found.kind} {found.scale}"
    assert shown.removesuffix(" None") == expected


def test_a_scale_goes_through_derived_tables_and_unions(asked: Any) -> None:
    sql = (
        "SELECT a FROM (SELECT foreigntotal a FROM transaction UNION ALL SELECT id FROM customer "
        "UNION ALL SELECT rate FROM transactionline)"
    )
    c = Compilation(asked.schema, asked.caller, {}, [], [], "M/D/YYYY")
    assert compile_query(c, parse(sql), None, {}, True).columns[0].value.type.scale == 8


_PIECES = st.sampled_from(
    [
        "SELECT",
        "FROM",
        "WHERE",
        "GROUP",
        "BY",
        "ORDER",
        "HAVING",
        "(",
        ")",
        ",",
        ".",
        "=",
        "<",
        ">",
        "+",
        "-",
        "*",
        "/",
        "||",
        "'a'",
        "''",
        "1",
        "0.5",
        "?",
        "id",
        "customer",
        "transaction",
        "t",
        "c",
        "COUNT",
        "SUM",
        "NVL",
        "TO_CHAR",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "AND",
        "OR",
        "NOT",
        "IN",
        "EXISTS",
        "NULL",
        "IS",
        "LIKE",
        "BETWEEN",
        "ROWNUM",
        "DISTINCT",
        "UNION",
        "ALL",
        "JOIN",
        "LEFT",
        "ON",
        "(+)",
        "OVER",
        "BUILTIN.DF",
        "BUILTIN",
        "dual",
        "AS",
        "FETCH",
        "FIRST",
        "ROWS",
        "ONLY",
        "INTERVAL",
        "DAY",
        "WITH",
        '"',
        "[",
        ";",
        "--",
        "ROLLUP",
    ]
)


def answered_or_refused(asked: Any, sql: str, params: list[str]) -> int:
    try:
        asked.page(sql, *params)
    except SuiteQLRefused as refused:
        return refused.status
    return 200


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(["", "SELECT id FROM customer ", "SELECT COUNT(*) FROM transaction t "]),
    rest=st.lists(_PIECES, max_size=14),
)
def test_any_text_is_answered_or_refused(asked: Any, head: str, rest: list[str]) -> None:
    sql = head + " ".join(rest)
    params = ["1"] * len(re.findall(r"\?", sql))
    assert answered_or_refused(asked, sql, params) in (200, 400)
