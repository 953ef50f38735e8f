"""Text functions in Oracle's way. Expected values were worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from suitebridge.sandbox.netsuite.suiteql import SuiteQLRefused

VALUES = [
    ("NVL('', 'z')", "z"),
    ("'a' || '' || 'b'", "ab"),
    ("'a' || NULL", "a"),
    ("NULL || ''", None),
    ("1 || 2", "12"),
    ("CONCAT('a', NULL)", "a"),
    ("CONCAT('a', 'b')", "ab"),
    ("REPLACE('aaa', 'a')", None),
    ("REPLACE('banana', 'an', 'o')", "booa"),
    ("REPLACE('abc', '', 'x')", "abc"),
    ("REPLACE('abc', 'b', '')", "ac"),
    ("TRIM('  x  ')", "x"),
    ("TRIM('   ')", None),
    ("TRIM(LEADING '0' FROM '007')", "7"),
    ("TRIM(TRAILING 'x' FROM 'axx')", "a"),
    ("TRIM(BOTH '-' FROM '--a-b--')", "a-b"),
    ("LTRIM('xyxabc', 'xy')", "abc"),
    ("RTRIM('abc   ')", "abc"),
    ("RTRIM('1.500', '0')", "1.5"),
    ("SUBSTR('abcde', 2, 3)", "bcd"),
    ("SUBSTR('abcde', 0, 2)", "ab"),
    ("SUBSTR('abcde', -3, 2)", "cd"),
    ("SUBSTR('abcde', -3)", "cde"),
    ("SUBSTR('abcde', -9)", None),
    ("SUBSTR('abcde', 9)", None),
    ("SUBSTR('abcde', 2, 0)", None),
    ("SUBSTR('abcde', 2, -1)", None),
    ("SUBSTR('abcde', 2.9, 1)", "b"),
    ("SUBSTR(12345, 2, 2)", "23"),
    ("INSTR('banana', 'an')", "2"),
    ("INSTR('banana', 'an', 3)", "4"),
    ("INSTR('banana', 'a', 1, 2)", "4"),
    ("INSTR('banana', 'a', -1)", "6"),
    ("INSTR('banana', 'a', -1, 2)", "4"),
    ("INSTR('banana', 'x')", "0"),
    ("INSTR('banana', '')", None),
    ("LENGTH('abc')", "3"),
    ("LENGTH('')", None),
    ("LENGTH(1234)", "4"),
    ("LENGTHB('é')", "2"),
    ("UPPER('aé')", "AÉ"),
    ("LOWER('ÀB')", "àb"),
    ("INITCAP('hello wORLD o''neil x-ray')", "Hello World O'Neil X-Ray"),
    ("LPAD('7', 3, '0')", "007"),
    ("LPAD('abc', 2)", "ab"),
    ("LPAD('a', 5, 'xy')", "xyxya"),
    ("LPAD('a', 0)", None),
    ("RPAD('a', 3)", "a  "),
    ("RPAD('a', 4, 'xy')", "axyx"),
    ("RPAD('a', 3, '')", None),
    ("TRANSLATE('abcabc', 'ab', 'x')", "xcxc"),
    ("TRANSLATE('12-34', '0123456789-', '0123456789')", "1234"),
    ("TRANSLATE('abc', 'abc', '')", None),
    ("CHR(65)", "A"),
    ("ASCII('A')", "65"),
    ("ASCIISTR('é')", "\\00E9"),
    ("UNISTR('\\00e9')", "é"),
    ("SOUNDEX('Smith')", "S530"),
    ("SOUNDEX('Robert')", "R163"),
    ("VSIZE('abc')", "3"),
    ("NLS_UPPER('a')", "A"),
    ("TO_CHAR('abc')", "abc"),
    ("TO_CLOB('x')", "x"),
    ("NULLIF('a', 'a')", None),
    ("NULLIF('a', 'b')", "a"),
    ("NVL2('', 1, 2)", "2"),
    ("NVL2('x', 'y', 'z')", "y"),
    ("NVL('x', 1)", "x"),
    ("NVL('', 1)", "1"),
    ("COALESCE('', NULL, 'c')", "c"),
    ("DECODE(NULL, NULL, 'n', 'x')", "n"),
    ("DECODE(2, 1, 'a', 2, 'b')", "b"),
    ("DECODE(3, 1, 'a', 2, 'b')", None),
    ("DECODE(3, 1, 'a', 'other')", "other"),
    ("DECODE('1', 1, 'same')", "same"),
    ("DECODE('', '', 'empty is empty')", "empty is empty"),
    ("CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END", "b"),
    ("CASE NULL WHEN NULL THEN 'a' ELSE 'b' END", "b"),
    ("CASE WHEN '' IS NULL THEN 'null' ELSE 'text' END", "null"),
    ("REGEXP_REPLACE('a1b2', '[0-9]', '')", "ab"),
    ("REGEXP_REPLACE('a1b2', '[[:digit:]]')", "ab"),
    ("REGEXP_REPLACE('John Smith', '(\\w+) (\\w+)', '\\2, \\1')", "Smith, John"),
    ("REGEXP_REPLACE('aaa', 'a', 'b', 2, 1)", "aba"),
    ("REGEXP_REPLACE('aBc', 'b', 'x', 1, 0, 'i')", "axc"),
    ("REGEXP_REPLACE('111', '1', '')", None),
    ("REGEXP_SUBSTR('a,b,c', '[^,]+', 1, 2)", "b"),
    ("REGEXP_SUBSTR('a,b,c', '[^,]+', 1, 9)", None),
    ("REGEXP_SUBSTR('key=val', '(\\w+)=(\\w+)', 1, 1, '', 2)", "val"),
    ("REGEXP_SUBSTR('key=val', '(\\w+)=(\\w+)', 1, 1, NULL, 2)", "val"),
    ("REGEXP_INSTR('abc123', '[0-9]')", "4"),
    ("REGEXP_INSTR('abc123', '[0-9]+', 1, 1, 1)", "7"),
    ("REGEXP_INSTR('abc', '[0-9]')", "0"),
    ("REGEXP_COUNT('banana', 'an')", "2"),
    ("q'[it's]'", "it's"),
    ("'it''s'", "it's"),
    ("N'abc'", "abc"),
    ("COMPOSE('e' || UNISTR('\\0301'))", "é"),
    ("CAST('abcdef' AS VARCHAR2(3))", "abc"),
    ("CAST('ab' AS CHAR(4))", "ab  "),
    ("TO_NCHAR(5)", "5"),
]


@pytest.mark.parametrize(("expression", "expected"), VALUES, ids=[each[0] for each in VALUES])
def test_a_text_is_what_oracle_says(asked: Any, expression: str, expected: str | None) -> None:
    assert asked.value(f"SELECT {expression} AS v FROM dual") == expected


LIKES = [
    ("'abc' LIKE 'a%'", True),
    ("'abc' LIKE 'A%'", False),
    ("'abc' LIKE '_b_'", True),
    ("'abc' NOT LIKE 'x%'", True),
    ("'50%' LIKE '50!%' ESCAPE '!'", True),
    ("'50x' LIKE '50!%' ESCAPE '!'", False),
    ("'a_b' LIKE 'a\\_b' ESCAPE '\\'", True),
    ("12345 LIKE '123%'", True),
    ("REGEXP_LIKE('abc', '^a.c$')", True),
    ("REGEXP_LIKE('ABC', 'abc')", False),
    ("REGEXP_LIKE('ABC', 'abc', 'i')", True),
    ("NOT REGEXP_LIKE('abc', '[0-9]')", True),
    ("REGEXP_LIKE('a.b', 'a\\.b')", True),
    ("REGEXP_LIKE('x5', '[[:alpha:]][[:digit:]]')", True),
    ("'a' < 'b'", True),
    ("'B' < 'a'", True),
]


@pytest.mark.parametrize(("condition", "holds"), LIKES, ids=[each[0] for each in LIKES])
def test_texts_are_matched_with_regard_to_case(asked: Any, condition: str, holds: bool) -> None:
    assert len(asked.rows(f"SELECT 1 AS v FROM dual WHERE {condition}")) == int(holds)


@pytest.mark.parametrize(
    "expression",
    [
        "REGEXP_SUBSTR('a', '(')",
        "REGEXP_SUBSTR('a', 'a', 0)",
        "REGEXP_REPLACE('a', 'a', 'b', 1, 0, 'z')",
        "TRIM(BOTH 'ab' FROM 'abc')",
        "SUBSTR('abc')",
        "INSTR('abc', 'a', 1, 0)",
        "CHR(-1)",
        "UPPER('a', 'b')",
        "DECODE(1, 2)",
    ],
)
def test_a_bad_text_call_is_a_400(asked: Any, expression: str) -> None:
    with pytest.raises(SuiteQLRefused):
        asked.value(f"SELECT {expression} AS v FROM dual")
