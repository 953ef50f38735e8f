"""What NetSuite does not run: refused with a 400, in its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from suitebridge.sandbox.netsuite.suiteql import SuiteQLRefused

UNPARSABLE = [
    "SELECT id FROM customer LIMIT 10",
    "SELECT id FROM customer ORDER BY id LIMIT 10 OFFSET 5",
    "SELECT id FROM account START WITH parent IS NULL CONNECT BY PRIOR id = parent",
    "SELECT id FROM account CONNECT BY PRIOR id = parent",
    "DROP TABLE customer",
    "CREATE TABLE x (id NUMBER)",
    "ALTER TABLE customer ADD x NUMBER",
    "TRUNCATE TABLE customer",
    "INSERT INTO customer (id) VALUES (1)",
    "UPDATE customer SET id = 1",
    "DELETE FROM customer",
    "MERGE INTO customer c USING dual ON (1 = 1) WHEN MATCHED THEN UPDATE SET id = 1",
    "GRANT SELECT ON customer TO x",
    "BEGIN NULL; END",
    "EXPLAIN PLAN FOR SELECT 1 FROM dual",
    "DESCRIBE customer",
    "SHOW TABLES",
    "SELECT [id] FROM customer",
    "SELECT id FROM [customer]",
    "SELECT id FROM transaction WHERE trandate > DATE '2024-01-01'",
    "SELECT id FROM transaction WHERE createddate > TIMESTAMP '2024-01-01 00:00:00'",
    "SELECT 1 FROM dual;",
    "SELECT 1 FROM dual; SELECT 2 FROM dual",
    "SELECT * FROM (SELECT type, foreigntotal FROM transaction) PIVOT (SUM(foreigntotal) FOR type IN ('A','B'))",
    "SELECT * FROM x UNPIVOT (a FOR b IN (c, d))",
    "SELECT id FROM customer@remote",
    "SELECT id FROM customer QUALIFY ROW_NUMBER() OVER (ORDER BY id) = 1",
    "SELECT id FROM customer WHERE entityid ILIKE 'a%'",
    "SELECT `id` FROM customer",
    "SELECT id FROM customer // comment",
    "SELECT id FROM customer WHERE id = :id",
    "SELECT id::text FROM customer",
    "SELECT id FROM customer FETCH FIRST 5 ROWS ONLY OFFSET 5 ROWS",
    "SELECT id FROM",
    "SELECT",
    "",
    "   ",
    "hello",
    "SELECT id FROM customer WHERE",
    "SELECT id customer x y",
    "SELECT 'open FROM dual",
    "SELECT id FROM customer WHERE (id = 1",
    'SELECT "open FROM customer',
    "SELECT {fn NOW()} FROM dual",
    "SELECT id, FROM customer",
    "FROM customer SELECT id",
    "VALUES (1)",
]


@pytest.mark.parametrize("sql", UNPARSABLE)
def test_a_text_that_is_no_suiteql_fails_to_parse(asked: Any, sql: str) -> None:
    with pytest.raises(SuiteQLRefused) as refused:
        asked.rows(sql)
    assert refused.value.status == 400
    assert refused.value.code == "INVALID_PARAMETER"
    assert "Failed to parse SQL" in refused.value.detail
    assert sql in refused.value.detail


UNSUPPORTED = [
    "SELECT id FROM customer FOR UPDATE",
    "SELECT id INTO x FROM customer",
    "SELECT DISTINCT ON (id) id FROM customer",
    "SELECT id FROM customer SAMPLE (10)",
    "SELECT id FROM customer TABLESAMPLE (10)",
    "SELECT c.id FROM customer c NATURAL JOIN transaction t",
    "SELECT c.id FROM customer c CROSS APPLY (SELECT 1 FROM dual) x",
    "SELECT c.id FROM customer c, LATERAL (SELECT 1 FROM dual) x",
    "SELECT COUNT(id) FILTER (WHERE id > 1) FROM customer",
    "SELECT id FROM ns.customer",
    "SELECT a.b.c FROM customer",
    "SELECT 1",
    "SELECT id, COUNT(*) FROM customer",
    "SELECT entity, id, COUNT(*) FROM transaction GROUP BY entity",
    "SELECT entity FROM transaction GROUP BY entity HAVING id > 1",
    "SELECT entity FROM transaction GROUP BY entity ORDER BY id",
    "SELECT id FROM transaction WHERE SUM(foreigntotal) > 1",
    "SELECT id FROM transaction WHERE COUNT(*) > 1",
    "SELECT SUM(COUNT(*)) OVER () FROM transaction WHERE ROW_NUMBER() OVER (ORDER BY id) = 1",
    "SELECT COUNT(*) FROM transaction GROUP BY SUM(foreigntotal)",
    "SELECT id FROM customer HAVING id > 1",
    "SELECT id FROM customer WHERE id",
    "SELECT id FROM customer WHERE 1",
    "SELECT id = 1 FROM customer",
    "SELECT id FROM customer WHERE id IN ()",
    "SELECT id FROM customer, customer",
    "SELECT id FROM customer c, employee e",
    "SELECT id FROM customer ORDER BY 5",
    "SELECT id FROM customer ORDER BY 0",
    "SELECT DISTINCT entityid FROM customer ORDER BY id",
    "SELECT id FROM customer UNION SELECT id, entityid FROM customer",
    "SELECT id FROM customer UNION SELECT entityid FROM customer",
    "SELECT id FROM customer INTERSECT ALL SELECT id FROM customer",
    "SELECT (SELECT id, entityid FROM customer WHERE id = 1) FROM dual",
    "SELECT (SELECT id FROM customer) FROM dual",
    "SELECT id FROM customer WHERE id = (SELECT id FROM customer)",
    "SELECT id FROM customer WHERE entityid > 5",
    "SELECT id FROM customer WHERE id = 'abc'",
    "SELECT id FROM customer WHERE companyname = 5",
    "SELECT id FROM customer WHERE id > 'x'",
    "SELECT entityid + companyname FROM customer",
    "SELECT 'a' + 'b' FROM dual",
    "SELECT -companyname FROM customer",
    "SELECT SUM(companyname) FROM customer",
    "SELECT trandate * 2 FROM transaction",
    "SELECT id FROM transaction WHERE trandate > 5",
    "SELECT id FROM customer WHERE ROWNUM <= id",
    "SELECT id FROM customer WHERE ROWNUM <= 5 OR id = 1",
    "SELECT id FROM customer WHERE MOD(ROWNUM, 2) = 0",
    "SELECT LEVEL FROM dual",
    "SELECT BUILTIN.NOSUCH(id) FROM customer",
    "SELECT BUILTIN.DF(id, 1) FROM customer",
    "SELECT BUILTIN.DF(MAX(entity)) FROM transaction",
    "SELECT OTHER.DF(id) FROM customer",
    "SELECT BUILTIN.HIERARCHY(location, 'NO') FROM transactionline",
    "SELECT BUILTIN.RELATIVE_RANGES('NOPE', 'START') FROM dual",
    "SELECT BUILTIN.RELATIVE_RANGES('TM', 'MIDDLE') FROM dual",
    "SELECT BUILTIN.NAMED_GROUP('subsidiary', 'mine') FROM dual",
    "SELECT t.id FROM transaction t, customer c WHERE t.entity(+) = c.id",
    "SELECT t.id FROM transaction t, customer c WHERE t.entity = c.id(+) OR t.id = 1",
    "SELECT t.id FROM transaction t, customer c WHERE (t.entity = c.id(+) OR c.id(+) = 1)",
    "SELECT t.id FROM transaction t, customer c WHERE c.id(+) IN (1, 2)",
    "SELECT t.id FROM transaction t, customer c WHERE c.id(+) = (SELECT MAX(id) FROM customer)",
    "SELECT t.id FROM transaction t, customer c WHERE t.entity(+) = c.id(+)",
    "SELECT a.id FROM customer a, customer b WHERE a.id = b.id(+) AND b.parent = a.parent(+)",
    "SELECT t.id FROM transaction t, customer c JOIN employee e ON e.id = 1 WHERE t.entity = c.id(+)",
    "SELECT t.id, c.id(+) FROM transaction t, customer c",
    "SELECT name FROM systemnote GROUP BY name",
    "SELECT id, 'constant' FROM systemnote",
    "SELECT id, 1 AS k FROM systemnote",
    "SELECT LAG(id) IGNORE NULLS OVER (ORDER BY id) FROM customer",
    "SELECT ROW_NUMBER() OVER () FROM customer",
    "SELECT RANK() FROM customer",
    "SELECT JSON_VALUE(memo, '$.a') FROM customer",
    "SELECT XMLELEMENT(a) FROM dual",
    "SELECT SYS_CONNECT_BY_PATH(id, '/') FROM account",
    "SELECT * FROM TABLE(x)",
]
FUNCTIONS = [
    "BIT_LENGTH('a')", "CEILING(1.5)", "CHAR(65)", "CHARINDEX('a', 'b')", "CHAR_LENGTH('a')", "CHARACTER_LENGTH('a')",
    "CONVERT('a', 'b')", "COT(1)", "DATEDIFF(SYSDATE, SYSDATE)", "LCASE('a')", "LEFT('abc', 2)", "LOCATE('a', 'b')",
    "POSITION('a', 'b')", "REPEAT('a', 2)", "RIGHT('abc', 2)", "SUBSTRING('abc', 1, 2)", "UCASE('a')", "NOW()",
    "GETDATE()", "ISNULL(1, 2)", "DATE('2024-01-01')", "IFNULL(1, 2)", "IF(1, 2, 3)", "IIF(1, 2, 3)", "LEN('a')",
    "DATEADD(1, 2, 3)", "STR_TO_DATE('a', 'b')", "DATE_TRUNC('month', SYSDATE)", "STRING_AGG('a', ',')",
    "GROUP_CONCAT('a')", "ARRAY_AGG(1)", "UUID()", "RANDOM()", "abs2(1)", "sb_number('5')", "load_extension('x')",
    "sqlite_version()", "BIT_XOR_AGG(1)", "TO_JSON('a')", "DBMS_RANDOM.VALUE", "UTL_RAW.CAST_TO_RAW('a')",
]  # fmt: skip


@pytest.mark.parametrize("sql", [*UNSUPPORTED, *(f"SELECT {call} FROM dual" for call in FUNCTIONS)])
def test_a_shape_netsuite_does_not_run_is_refused(asked: Any, sql: str) -> None:
    with pytest.raises(SuiteQLRefused) as refused:
        asked.rows(sql)
    assert refused.value.status == 400
    assert refused.value.code == "INVALID_PARAMETER"
    assert refused.value.detail.startswith("Invalid search query. Detailed unprocessed description follows. ")


def test_a_thousand_tuples_and_conditions_are_taken(asked: Any) -> None:
    tuples = ", ".join(f"({n}, 'C{n}')" for n in range(1000))
    assert len(asked.rows(f"SELECT id FROM customer WHERE (id, entityid) IN ({tuples})")) == 3
    conditions = " OR ".join(f"id = {n}" for n in range(600))
    assert len(asked.rows(f"SELECT id FROM customer WHERE {conditions}")) == 3


def answered_or_refused(asked: Any, sql: str) -> int:
    try:
        asked.rows(sql)
    except SuiteQLRefused as refused:
        return refused.status
    return 200


@pytest.mark.parametrize("depth", [300, 3000])
def test_deep_nesting_is_answered_or_refused_but_breaks_nothing(asked: Any, depth: int) -> None:
    for sql in (
        f"SELECT {'(' * depth}1{')' * depth} v FROM dual",
        f"SELECT 1 v FROM dual WHERE {'NOT ' * depth}1 = 1",
        f"SELECT {' + '.join(['1'] * depth)} v FROM dual",
        f"SELECT {' || '.join(['dummy'] * depth)} v FROM dual",
        f"SELECT 1 v FROM dual WHERE {' AND '.join(['1 = 1'] * depth)}",
    ):
        assert answered_or_refused(asked, sql) in (200, 400)


def test_a_list_of_a_thousand_is_taken_and_one_more_is_refused(asked: Any) -> None:
    def query(count: int) -> str:
        return f"SELECT id FROM customer WHERE id IN ({', '.join(map(str, range(1, count + 1)))})"

    assert len(asked.rows(query(1000))) == 3
    with pytest.raises(SuiteQLRefused):
        asked.rows(query(1001))


@pytest.mark.parametrize(
    ("quirks", "sql", "taken"),
    [
        ({}, "WITH x AS (SELECT 1 a FROM dual) SELECT a FROM x", True),
        ({"suiteql-with": "refuse"}, "WITH x AS (SELECT 1 a FROM dual) SELECT a FROM x", False),
        ({}, "SELECT LISTAGG(entityid, ',') WITHIN GROUP (ORDER BY id) FROM customer", True),
        (
            {"suiteql-listagg": "refuse"},
            "SELECT LISTAGG(entityid, ',') WITHIN GROUP (ORDER BY id) FROM customer",
            False,
        ),
        ({"suiteql-limit": "accept"}, "SELECT id FROM customer LIMIT 1", True),
        ({"suiteql-date-literals": "refuse"}, "SELECT id FROM transaction WHERE trandate > '1/1/2024'", False),
        ({"suiteql-current-date": "refuse"}, "SELECT CURRENT_DATE FROM dual", False),
        ({"suiteql-in-select": "refuse"}, "SELECT id FROM customer WHERE id IN (SELECT 1 FROM dual)", False),
        ({"suiteql-count-star": "refuse"}, "SELECT COUNT(*) FROM transaction", False),
        ({"suiteql-count-star": "refuse"}, "SELECT COUNT(id) FROM transaction", True),
        ({"suiteql-count-star": "refuse"}, "SELECT type, COUNT(*) FROM transaction GROUP BY type", True),
        (
            {"suiteql-mixed-joins": "accept"},
            "SELECT t.id FROM transaction t JOIN currency y ON y.id = t.currency, customer c WHERE t.entity = c.id(+)",
            True,
        ),
    ],
)
def test_where_sources_conflict_a_quirk_decides(
    asked_with: Callable[..., Any], quirks: dict[str, str], sql: str, taken: bool
) -> None:
    asked = asked_with(quirks)
    if taken:
        assert asked.rows(sql)
    else:
        with pytest.raises(SuiteQLRefused):
            asked.rows(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT limit FROM (SELECT 1 AS limit FROM dual)",
        "SELECT 'a;b' v FROM dual",
        "SELECT 'a // b [c] `d` @e' v FROM dual",
        'SELECT entityid "a;b" FROM customer',
        "SELECT id offset FROM customer",
        "SELECT 1 AS date FROM dual",
        "SELECT date FROM systemnote",
    ],
)
def test_words_and_signs_that_only_look_forbidden_are_taken(asked: Any, sql: str) -> None:
    assert asked.rows(sql)
