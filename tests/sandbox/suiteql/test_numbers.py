"""Numbers as Oracle computes and NetSuite prints them. Expected values were worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from suitebridge.sandbox.netsuite.suiteql import SuiteQLRefused

VALUES = [
    ("7/2", "3.5"),
    ("1/3", "0.3333333333"),
    ("2/3", "0.6666666667"),
    ("10/2", "5"),
    ("1/8", "0.125"),
    ("-7/2", "-3.5"),
    ("1/4 + 1/4", "0.5"),
    ("0.1 + 0.2", "0.3"),
    ("1 - 0.9", "0.1"),
    (".5", "0.5"),
    ("-.5", "-0.5"),
    ("1.50", "1.5"),
    ("100.00", "100"),
    ("3 * 0.1", "0.3"),
    ("1.1 * 1.1", "1.21"),
    ("2 + 3 * 4", "14"),
    ("(2 + 3) * 4", "20"),
    ("-(2 - 5)", "3"),
    ("+5", "5"),
    ("1e3", "1000"),
    ("123456789012345678", "123456789012345678"),
    ("0.00000001", "0.00000001"),
    ("'5' + 1", "6"),
    ("'2.5' * 2", "5"),
    ("' 12 ' + 0", "12"),
    ("NULL + 1", None),
    ("1 / NULL", None),
    ("MOD(7, 3)", "1"),
    ("MOD(-7, 3)", "-1"),
    ("MOD(7, -3)", "1"),
    ("MOD(7.5, 2)", "1.5"),
    ("MOD(5, 0)", "5"),
    ("MOD(0.3, 0.1)", "0"),
    ("REMAINDER(7, 3)", "1"),
    ("REMAINDER(8, 3)", "-1"),
    ("ROUND(2.5)", "3"),
    ("ROUND(-2.5)", "-3"),
    ("ROUND(0.5)", "1"),
    ("ROUND(1.5)", "2"),
    ("ROUND(2.675, 2)", "2.68"),
    ("ROUND(1.005, 2)", "1.01"),
    ("ROUND(-1.005, 2)", "-1.01"),
    ("ROUND(1234.567, -2)", "1200"),
    ("ROUND(1250, -2)", "1300"),
    ("ROUND(1/3, 4)", "0.3333"),
    ("ROUND(10/4, 0)", "3"),
    ("ROUND('2.345', 2)", "2.35"),
    ("TRUNC(2.9)", "2"),
    ("TRUNC(-2.9)", "-2"),
    ("TRUNC(12.789, 1)", "12.7"),
    ("TRUNC(-12.789, 2)", "-12.78"),
    ("TRUNC(1299, -2)", "1200"),
    ("TRUNC(10/3, 2)", "3.33"),
    ("CEIL(1.2)", "2"),
    ("CEIL(-1.2)", "-1"),
    ("CEIL(5)", "5"),
    ("CEIL(10/3)", "4"),
    ("FLOOR(1.8)", "1"),
    ("FLOOR(-1.2)", "-2"),
    ("FLOOR(0.1 * 3 * 10)", "3"),
    ("ABS(-3.25)", "3.25"),
    ("SIGN(-7)", "-1"),
    ("SIGN(0)", "0"),
    ("SIGN(2.5)", "1"),
    ("POWER(2, 10)", "1024"),
    ("POWER(2, 62)", "4611686018427387904"),
    ("POWER(2, -1)", "0.5"),
    ("POWER(2.5, 2)", "6.25"),
    ("SQRT(2)", "1.4142135624"),
    ("SQRT(16)", "4"),
    ("EXP(0)", "1"),
    ("LN(1)", "0"),
    ("LOG(10, 1000)", "3"),
    ("LOG(2, 8)", "3"),
    ("SIN(0)", "0"),
    ("COS(0)", "1"),
    ("ATAN2(1, 1)", "0.7853981634"),
    ("BITAND(6, 3)", "2"),
    ("WIDTH_BUCKET(35, 0, 100, 10)", "4"),
    ("WIDTH_BUCKET(-1, 0, 100, 10)", "0"),
    ("WIDTH_BUCKET(100, 0, 100, 10)", "11"),
    ("GREATEST(1, 2.5, -3)", "2.5"),
    ("LEAST(1, 2.5, -3)", "-3"),
    ("GREATEST(1, NULL)", None),
    ("GREATEST('b', 'a')", "b"),
    ("GREATEST(2, '10')", "10"),
    ("NANVL(5, 0)", "5"),
    ("TO_NUMBER('12.5') + 1", "13.5"),
    ("TO_NUMBER('1,234.50', '9,999.99')", "1234.5"),
    ("TO_NUMBER('$99', '$99')", "99"),
    ("TO_NUMBER('-5')", "-5"),
    ("TO_NUMBER('1E2')", "100"),
    ("TO_NUMBER('FF', 'XX')", "255"),
    ("TO_NUMBER('')", None),
    ("TO_BINARY_DOUBLE('2.5')", "2.5"),
    ("CAST('12.345' AS NUMBER(10,2))", "12.35"),
    ("CAST(2.5 AS INTEGER)", "3"),
    ("CAST(7 AS VARCHAR2(10))", "7"),
    ("TO_CHAR(0.5)", ".5"),
    ("TO_CHAR(-0.25)", "-.25"),
    ("TO_CHAR(1234)", "1234"),
    ("0.5 || ''", ".5"),
    ("TO_CHAR(1234.5, 'FM999,990.00')", "1,234.50"),
    ("TO_CHAR(1234.5, '999,990.00')", "   1,234.50"),
    ("TO_CHAR(-1234.5, '9,999.99')", "-1,234.50"),
    ("TO_CHAR(0, '990.0')", "   0.0"),
    ("TO_CHAR(0.5, '9.99')", "  .50"),
    ("TO_CHAR(0.5, '0.99')", " 0.50"),
    ("TO_CHAR(5, '000')", " 005"),
    ("TO_CHAR(5, 'FM000')", "005"),
    ("TO_CHAR(1234, '999')", "####"),
    ("TO_CHAR(1234.567, '9999.9')", " 1234.6"),
    ("TO_CHAR(-5, '99MI')", " 5-"),
    ("TO_CHAR(-5, '99PR')", " <5>"),
    ("TO_CHAR(5, 'S99')", " +5"),
    ("TO_CHAR(1234.5, '$9,999.99')", " $1,234.50"),
    ("TO_CHAR(1234.5, 'FML9,999.00')", "$1,234.50"),
    ("TO_CHAR(12.3, 'FM99.99')", "12.3"),
    ("TO_CHAR(12, 'FM99.99')", "12."),
    ("TO_CHAR(12345, '9.99EEEE')", "  1.23E+04"),
    ("TO_CHAR(255, 'FMXX')", "FF"),
    ("TO_CHAR(14, 'FMRN')", "XIV"),
    ("TO_CHAR(1000000, 'FM9G999G999')", "1,000,000"),
    ("TO_CHAR(0.125, 'FM990.000')", "0.125"),
    ("TO_CHAR(TO_NUMBER('3.14159'), '9.99')", " 3.14"),
]


@pytest.mark.parametrize(("expression", "expected"), VALUES, ids=[each[0] for each in VALUES])
def test_a_number_is_what_oracle_says(asked: Any, expression: str, expected: str | None) -> None:
    assert asked.value(f"SELECT {expression} AS v FROM dual") == expected


ERRORS = [
    "1/0",
    "5/(2-2)",
    "SQRT(-1)",
    "LN(0)",
    "LOG(1, 5)",
    "ACOS(2)",
    "TO_NUMBER('abc')",
    "TO_NUMBER('1,234')",
    "TO_NUMBER('12345', '999')",
    "'abc' + 1",
    "'a' + 'b'",
    "REMAINDER(1, 0)",
    "TO_CHAR(1, 'bogus')",
    "POWER(0, -1)",
    "WIDTH_BUCKET(1, 5, 5, 3)",
    "MOD('x', 2)",
    "CASE WHEN 1 = 1 THEN 1 ELSE 'a' END",
    "COALESCE(1, 'a')",
    "DECODE(1, 1, 5, 'x')",
    "NVL(1, 'x')",
    "GREATEST(1, 'x')",
]


@pytest.mark.parametrize("expression", ERRORS)
def test_a_bad_number_is_a_400(asked: Any, expression: str) -> None:
    with pytest.raises(SuiteQLRefused) as refused:
        asked.value(f"SELECT {expression} AS v FROM dual")
    assert (refused.value.status, refused.value.code, refused.value.query_param) == (400, "INVALID_PARAMETER", "q")


TRUE = [
    "0.1 + 0.2 = 0.3",
    "1/3 + 1/3 + 1/3 = 1",
    "0.1 * 3 = 0.3",
    "7/2 = 3.5",
    "SQRT(2) * SQRT(2) = 2",
    "1 = 1.0",
    "'1.0' = 1",
    "'007' = 7",
    "10/4 > 2.49",
    "ROUND(2.345, 2) = 2.35",
    "2 BETWEEN 1 AND 3",
    "3 NOT BETWEEN 1 AND 2",
    "2 IN (1, '2', 3.0)",
    "5 <> 6",
    "5 != 6",
    "5 = ANY (4, 5)",
    "5 > ALL (1, 2.5)",
    "5 > SOME (9, 4)",
    "(1, 'a') IN ((1, 'b'), (1, 'a'))",
    "(1, 2) = ((1, 2))",
    "NOT 1 = 2",
    "1 = 1 OR 1 = 0 AND 1 = 0",
    "NULL IS NULL",
    "'' IS NULL",
    "'a' IS NOT NULL",
    "LENGTH('') IS NULL",
]


@pytest.mark.parametrize("condition", TRUE)
def test_a_condition_holds(asked: Any, condition: str) -> None:
    assert asked.values(f"SELECT 1 AS v FROM dual WHERE {condition}") == ["1"]


NOT_TRUE = [
    "NULL = NULL",
    "NULL <> NULL",
    "'' = ''",
    "'a' <> ''",
    "1 IN (NULL, 2)",
    "1 NOT IN (NULL, 2)",
    "NOT (NULL = 1)",
    "1 BETWEEN NULL AND 3",
    "'10' < '9' AND 1 = 2",
    "5 > ANY (9, 7)",
    "5 > ALL (1, NULL)",
    "'a' LIKE NULL",
    "'A' = 'a'",
    "'abc' LIKE 'ABC'",
]


@pytest.mark.parametrize("condition", NOT_TRUE)
def test_a_condition_does_not_hold(asked: Any, condition: str) -> None:
    assert asked.values(f"SELECT 1 AS v FROM dual WHERE {condition}") == []
