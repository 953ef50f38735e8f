# ruff: noqa: E501 - a query in a table reads best on one line
"""Clauses: joins, ROWNUM, limits, grouping, windows, set operations, subqueries, order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

VALUES = [
    # joins
    ("t.entity=c.id(+)", "SELECT COUNT(*) FROM transaction t, customer c WHERE t.entity = c.id(+)", "3"),
    ("(+) const", "SELECT COUNT(*) FROM transaction t, customer c WHERE t.entity=c.id(+) AND c.isinactive(+)='F'", "3"),
    ("(+) filter after", "SELECT COUNT(*) FROM transaction t, customer c WHERE t.entity=c.id(+) AND c.isinactive='F'", "1"),
    (
        "(+) two tables",
        "SELECT COUNT(*) FROM transaction t, transactionline l, customer c WHERE t.id=l.transaction(+) AND t.entity=c.id(+)",
        "5",
    ),
    (
        "(+) chain named before its need",
        "SELECT COUNT(*) FROM employee e, customer c, transaction t WHERE t.entity = c.id(+) AND c.id = e.id(+)",
        "3",
    ),
    (
        "(+) on a table joined inside",
        "SELECT COUNT(*) FROM transaction t, transactionline l, item i WHERE t.id = l.transaction AND l.item = i.id(+)",
        "5",
    ),
    ("(+) between", "SELECT COUNT(*) FROM customer c, transaction t WHERE t.id(+) BETWEEN c.id AND c.id", "3"),
    ("(+) mark written left", "SELECT COUNT(*) FROM transaction t, customer c WHERE c.id(+) = t.entity", "3"),
    ("(+) unqualified", "SELECT COUNT(*) FROM transaction, customer WHERE transaction.entity = customer.id(+)", "3"),
    ("(+) with expression", "SELECT COUNT(*) FROM transaction t, customer c WHERE NVL(t.entity, 99) = c.id(+) + 0", "3"),
    (
        "(+) in a subquery",
        "SELECT COUNT(*) FROM (SELECT t.id FROM transaction t, customer c WHERE t.entity = c.id(+))",
        "3",
    ),
    (
        "(+) is null",
        "SELECT t.id FROM transaction t, customer c WHERE t.entity = c.id(+) AND c.id IS NULL",
        "2",
    ),
    ("inner", "SELECT COUNT(*) FROM transaction t JOIN customer c ON c.id = t.entity", "2"),
    ("left", "SELECT COUNT(*) FROM transaction t LEFT JOIN customer c ON c.id = t.entity", "3"),
    ("right", "SELECT COUNT(*) FROM transaction t RIGHT JOIN customer c ON c.id = t.entity", "3"),
    ("full", "SELECT COUNT(*) FROM transaction t FULL OUTER JOIN customer c ON c.id = t.entity", "4"),
    ("cross", "SELECT COUNT(*) FROM transaction t CROSS JOIN customer c", "9"),
    ("comma", "SELECT COUNT(*) FROM transaction, customer", "9"),
    ("using", "SELECT COUNT(*) FROM customer JOIN transaction USING (id)", "3"),
    ("using shows one", "SELECT id FROM customer JOIN transaction USING (id) WHERE id = 2", "2"),
    (
        "comma binds looser than right join",
        "SELECT COUNT(*) FROM item i, transaction t RIGHT JOIN customer c ON c.id = t.entity",
        "6",
    ),
    (
        "parenthesised join",
        "SELECT COUNT(*) FROM transaction t LEFT JOIN (customer c JOIN entity e ON e.id = c.id) ON c.id = t.entity",
        "3",
    ),
    # ROWNUM
    ("rownum le", "SELECT COUNT(*) FROM transaction WHERE ROWNUM <= 2", "2"),
    ("rownum lt", "SELECT COUNT(*) FROM transaction WHERE ROWNUM < 2", "1"),
    ("rownum eq 1", "SELECT COUNT(*) FROM transaction WHERE ROWNUM = 1", "1"),
    ("rownum eq 2", "SELECT COUNT(*) FROM transaction WHERE ROWNUM = 2", "0"),
    ("rownum gt 1", "SELECT COUNT(*) FROM transaction WHERE ROWNUM > 1", "0"),
    ("rownum gt 0", "SELECT COUNT(*) FROM transaction WHERE ROWNUM > 0", "3"),
    ("rownum ge 1", "SELECT COUNT(*) FROM transaction WHERE ROWNUM >= 1", "3"),
    ("rownum ge 2", "SELECT COUNT(*) FROM transaction WHERE ROWNUM >= 2", "0"),
    ("rownum mirrored", "SELECT COUNT(*) FROM transaction WHERE 2 >= ROWNUM", "2"),
    ("rownum between", "SELECT COUNT(*) FROM transaction WHERE ROWNUM BETWEEN 1 AND 2", "2"),
    ("rownum between 2", "SELECT COUNT(*) FROM transaction WHERE ROWNUM BETWEEN 2 AND 3", "0"),
    ("rownum ne", "SELECT COUNT(*) FROM transaction WHERE ROWNUM <> 3", "2"),
    ("rownum fraction", "SELECT COUNT(*) FROM transaction WHERE ROWNUM < 2.5", "2"),
    ("rownum sum", "SELECT COUNT(*) FROM transaction WHERE ROWNUM <= 1 + 1", "2"),
    ("rownum and filter", "SELECT COUNT(*) FROM transaction WHERE type = 'SalesOrd' AND ROWNUM <= 5", "2"),
    ("rownum before order", "SELECT SUM(id) FROM (SELECT id FROM transaction WHERE ROWNUM <= 2 ORDER BY id DESC)", "3"),
    ("rownum after order", "SELECT SUM(id) FROM (SELECT id FROM transaction ORDER BY id DESC) WHERE ROWNUM <= 2", "5"),
    ("rownum sum of limited", "SELECT SUM(foreigntotal) FROM transaction WHERE ROWNUM <= 2", "30"),
    ("rownum max", "SELECT MAX(ROWNUM) FROM transaction", "3"),
    (
        "classic paging",
        "SELECT id FROM (SELECT a.*, ROWNUM rn FROM (SELECT id FROM transaction ORDER BY id DESC) a WHERE ROWNUM <= 2) WHERE rn > 1",
        "2",
    ),
    ("rownum numbers in order", "SELECT n FROM (SELECT id, ROWNUM n FROM (SELECT id FROM transaction ORDER BY id DESC)) WHERE id = 3", "1"),
    ("numbered le", "SELECT COUNT(*) FROM (SELECT id, ROWNUM rn FROM transaction) WHERE rn <= 2", "2"),
    ("numbered between", "SELECT SUM(id) FROM (SELECT x.*, ROWNUM rn FROM (SELECT id FROM transaction ORDER BY id DESC) x) p WHERE p.rn BETWEEN 2 AND 3", "3"),
    ("numbered eq", "SELECT id FROM (SELECT id, ROWNUM rn FROM transaction) WHERE 2 = rn", "2"),
    ("numbered lt and filter", "SELECT COUNT(*) FROM (SELECT type, ROWNUM rn FROM transaction WHERE id > 1) WHERE rn < 3 AND type = 'CustInvc'", "1"),
    ("numbered or", "SELECT COUNT(*) FROM (SELECT id, ROWNUM rn FROM transaction) WHERE rn <= 1 OR id = 3", "2"),
    ("numbered gt", "SELECT id FROM (SELECT id, ROWNUM rn FROM transaction) WHERE rn > 2", "3"),
    ("numbered text", "SELECT COUNT(*) FROM (SELECT id, ROWNUM rn FROM transaction) WHERE rn <= '2'", "2"),
    ("rownum distinct", "SELECT COUNT(*) FROM (SELECT DISTINCT type FROM transaction WHERE ROWNUM <= 2)", "1"),
    ("rownum in exists", "SELECT COUNT(*) FROM customer c WHERE EXISTS (SELECT 1 FROM transaction t WHERE t.entity = c.id AND ROWNUM = 1)", "2"),
    ("rownum scalar", "SELECT (SELECT t.id FROM transaction t WHERE t.entity = c.id AND ROWNUM = 1) FROM customer c WHERE c.id = 2", "3"),
    ("rownum grouped", "SELECT COUNT(*) FROM (SELECT type, COUNT(*) n FROM transaction WHERE ROWNUM <= 2 GROUP BY type)", "1"),
    ("rownum joined", "SELECT COUNT(*) FROM transaction t, transactionline l WHERE t.id = l.transaction AND ROWNUM <= 4", "4"),
    # limits
    ("fetch", "SELECT id FROM transaction ORDER BY id DESC FETCH FIRST 1 ROWS ONLY", "3"),
    ("fetch row", "SELECT COUNT(*) FROM (SELECT id FROM transaction FETCH FIRST ROW ONLY)", "1"),
    ("offset fetch", "SELECT id FROM transaction ORDER BY id OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY", "2"),
    ("offset alone", "SELECT id FROM transaction ORDER BY id OFFSET 2 ROWS", "3"),
    ("offset without order is ignored", "SELECT COUNT(*) FROM (SELECT id FROM transaction OFFSET 2 ROWS)", "3"),
    ("top", "SELECT COUNT(*) FROM (SELECT TOP 2 id FROM transaction)", "2"),
    ("top ordered", "SELECT TOP 1 id FROM transaction ORDER BY foreigntotal DESC", "3"),
    ("with ties", "SELECT COUNT(*) FROM (SELECT id FROM transaction ORDER BY type DESC FETCH FIRST 1 ROWS WITH TIES)", "2"),
    ("percent", "SELECT COUNT(*) FROM (SELECT id FROM transaction ORDER BY id FETCH FIRST 50 PERCENT ROWS ONLY)", "2"),
    ("rownum and fetch", "SELECT COUNT(*) FROM (SELECT id FROM transaction WHERE ROWNUM <= 2 ORDER BY id FETCH FIRST 1 ROWS ONLY)", "1"),
    # grouping
    ("count column skips null", "SELECT COUNT(entity) FROM transaction", "2"),
    ("count distinct", "SELECT COUNT(DISTINCT type) FROM transaction", "2"),
    ("sum of nothing", "SELECT NVL(SUM(foreigntotal), -1) FROM transaction WHERE id > 99", "-1"),
    ("count of nothing", "SELECT COUNT(*) FROM transaction WHERE id > 99", "0"),
    ("avg", "SELECT AVG(foreigntotal) FROM transaction", "20"),
    ("avg fraction", "SELECT AVG(id) FROM transaction WHERE id < 3", "1.5"),
    ("sum distinct", "SELECT SUM(DISTINCT posting_n) FROM (SELECT DECODE(posting,'T',1,0) posting_n FROM transaction)", "1"),
    ("min text", "SELECT MIN(companyname) FROM customer", "Acme"),
    ("max date", "SELECT MAX(trandate) FROM transaction", "2/1/2024"),
    ("median", "SELECT MEDIAN(foreigntotal) FROM transaction", "20"),
    ("median of two", "SELECT MEDIAN(foreigntotal) FROM transaction WHERE id < 3", "15"),
    ("median date", "SELECT MEDIAN(trandate) FROM transaction", "1/16/2024"),
    ("stddev", "SELECT STDDEV(foreigntotal) FROM transaction", "10"),
    ("stddev of one", "SELECT STDDEV(foreigntotal) FROM transaction WHERE id = 1", "0"),
    ("stddev_samp of one", "SELECT NVL(STDDEV_SAMP(foreigntotal), -1) FROM transaction WHERE id = 1", "-1"),
    ("variance", "SELECT VARIANCE(foreigntotal) FROM transaction", "100"),
    ("var_pop", "SELECT VAR_POP(id) FROM transaction", "0.6666666667"),
    ("corr", "SELECT CORR(id, foreigntotal) FROM transaction", "1"),
    ("covar", "SELECT COVAR_POP(id, foreigntotal) FROM transaction", "6.6666666667"),
    ("approx", "SELECT APPROX_COUNT_DISTINCT(type) FROM transaction", "2"),
    ("having", "SELECT type FROM transaction GROUP BY type HAVING COUNT(*) > 1", "SalesOrd"),
    ("having without group", "SELECT COUNT(*) FROM transaction HAVING COUNT(*) > 2", "3"),
    ("group by expression", "SELECT COUNT(*) FROM (SELECT SUBSTR(tranid,1,2) FROM transaction GROUP BY SUBSTR(tranid,1,2))", "2"),
    ("group by wrapped key", "SELECT MAX(UPPER(type)) FROM transaction GROUP BY type ORDER BY 1 FETCH FIRST 1 ROWS ONLY", "CUSTINVC"),
    ("wrapped group key in select", "SELECT LOWER(type) || '!' FROM transaction GROUP BY type ORDER BY type FETCH FIRST 1 ROWS ONLY", "custinvc!"),
    ("order by aggregate", "SELECT type FROM transaction GROUP BY type ORDER BY COUNT(*) DESC FETCH FIRST 1 ROWS ONLY", "SalesOrd"),
    ("order by alias of aggregate", "SELECT type FROM (SELECT type, COUNT(*) n FROM transaction GROUP BY type ORDER BY n DESC) FETCH FIRST 1 ROWS ONLY", "SalesOrd"),
    ("null is one group", "SELECT COUNT(*) FROM (SELECT item FROM transactionline GROUP BY item)", "3"),
    ("group by position", "SELECT COUNT(*) FROM (SELECT type, COUNT(*) FROM transaction GROUP BY 1)", "2"),
    ("case sum", "SELECT SUM(CASE WHEN type = 'SalesOrd' THEN foreigntotal ELSE 0 END) FROM transaction", "30"),
    ("case sum null", "SELECT SUM(CASE WHEN type = 'SalesOrd' THEN foreigntotal END) FROM transaction", "30"),
    ("rollup rows", "SELECT COUNT(*) FROM (SELECT type, SUM(foreigntotal) FROM transaction GROUP BY ROLLUP(type))", "3"),
    ("rollup two", "SELECT COUNT(*) FROM (SELECT type, status, COUNT(*) FROM transaction GROUP BY ROLLUP(type, status))", "6"),
    ("rollup total", "SELECT SUM(CASE WHEN g = 1 THEN s END) FROM (SELECT GROUPING(type) g, SUM(foreigntotal) s FROM transaction GROUP BY ROLLUP(type))", "60"),
    ("cube", "SELECT COUNT(*) FROM (SELECT type, status, COUNT(*) FROM transaction GROUP BY CUBE(type, status))", "8"),
    ("grouping sets", "SELECT COUNT(*) FROM (SELECT type, status FROM transaction GROUP BY GROUPING SETS ((type), (status), ()))", "5"),
    ("part rollup", "SELECT COUNT(*) FROM (SELECT type, status FROM transaction GROUP BY type, ROLLUP(status))", "5"),
    ("rollup having", "SELECT COUNT(*) FROM (SELECT type FROM transaction GROUP BY ROLLUP(type) HAVING SUM(foreigntotal) > 30)", "1"),
    ("rollup ordered", "SELECT type FROM transaction GROUP BY ROLLUP(type) ORDER BY type DESC NULLS LAST FETCH FIRST 1 ROWS ONLY", "SalesOrd"),
    ("rollup label", "SELECT MAX(k) FROM (SELECT DECODE(GROUPING(type), 1, 'zz total', type) k FROM transaction GROUP BY ROLLUP(type))", "zz total"),
    ("keep last", "SELECT MAX(id) KEEP (DENSE_RANK LAST ORDER BY trandate) FROM transaction", "3"),
    ("keep first", "SELECT MIN(id) KEEP (DENSE_RANK FIRST ORDER BY type DESC) FROM transaction", "1"),
    ("keep sum of ties", "SELECT SUM(foreigntotal) KEEP (DENSE_RANK LAST ORDER BY type) FROM transaction", "30"),
    ("keep money", "SELECT MAX(foreigntotal) KEEP (DENSE_RANK FIRST ORDER BY id) FROM transaction", "10"),
    ("listagg", "SELECT LISTAGG(entityid, ', ') WITHIN GROUP (ORDER BY id DESC) FROM customer", "C3, C2, C1"),
    ("listagg skips null", "SELECT LISTAGG(firstname, '/') WITHIN GROUP (ORDER BY id) FROM customer", "Zed/Ann"),
    ("listagg distinct", "SELECT LISTAGG(DISTINCT type, ',') WITHIN GROUP (ORDER BY type) FROM transaction", "CustInvc,SalesOrd"),
    ("listagg bare", "SELECT LISTAGG(id) WITHIN GROUP (ORDER BY id) FROM customer", "123"),
    ("ratio of aggregates", "SELECT SUM(foreigntotal) / COUNT(*) FROM transaction", "20"),
    ("max of counts", "SELECT MAX(n) FROM (SELECT COUNT(*) n FROM transaction GROUP BY type)", "2"),
    ("max of count nested", "SELECT MAX(COUNT(*)) FROM transaction GROUP BY type", "2"),
    ("sum of max nested", "SELECT SUM(MAX(foreigntotal)) FROM transaction GROUP BY type", "50"),
    ("avg of sums nested", "SELECT ROUND(AVG(SUM(foreigntotal)), 1) FROM transaction WHERE id > 0 GROUP BY type HAVING COUNT(*) > 0", "30"),
    ("grouping_id", "SELECT MAX(GROUPING_ID(type, status)) FROM transaction GROUP BY ROLLUP(type, status)", "3"),
    ("constant having", "SELECT 'x' FROM transaction HAVING COUNT(*) > 1", "x"),
    ("empty rollup has its total", "SELECT COUNT(*) FROM (SELECT type, COUNT(*) FROM transaction WHERE id > 99 GROUP BY ROLLUP(type))", "1"),
    # windows
    ("row_number", "SELECT rn FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY foreigntotal DESC) rn FROM transaction) WHERE id = 1", "3"),
    ("rank ties", "SELECT MAX(r) FROM (SELECT RANK() OVER (ORDER BY type DESC) r FROM transaction)", "3"),
    ("dense_rank ties", "SELECT MAX(r) FROM (SELECT DENSE_RANK() OVER (ORDER BY type) r FROM transaction)", "2"),
    ("running sum", "SELECT s FROM (SELECT id, SUM(foreigntotal) OVER (ORDER BY id) s FROM transaction) WHERE id = 2", "30"),
    ("sum partition", "SELECT s FROM (SELECT id, SUM(foreigntotal) OVER (PARTITION BY type) s FROM transaction) WHERE id = 1", "30"),
    ("avg over", "SELECT MAX(a) FROM (SELECT AVG(foreigntotal) OVER () a FROM transaction)", "20"),
    ("count over", "SELECT MAX(n) FROM (SELECT COUNT(*) OVER () n FROM transaction)", "3"),
    ("count distinct over", "SELECT MAX(n) FROM (SELECT COUNT(DISTINCT type) OVER () n FROM transaction)", "2"),
    ("lag", "SELECT p FROM (SELECT id, LAG(foreigntotal) OVER (ORDER BY id) p FROM transaction) WHERE id = 2", "10"),
    ("lag default", "SELECT p FROM (SELECT id, LAG(foreigntotal, 1, 0) OVER (ORDER BY id) p FROM transaction) WHERE id = 1", "0"),
    ("lead two", "SELECT p FROM (SELECT id, LEAD(id, 2) OVER (ORDER BY id) p FROM transaction) WHERE id = 1", "3"),
    ("first_value", "SELECT MAX(f) FROM (SELECT FIRST_VALUE(tranid) OVER (ORDER BY id) f FROM transaction)", "SO1"),
    ("last_value", "SELECT MIN(f) FROM (SELECT LAST_VALUE(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) f FROM transaction)", "3"),
    ("frame", "SELECT s FROM (SELECT id, SUM(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) s FROM transaction) WHERE id = 3", "5"),
    ("range frame of money", "SELECT s FROM (SELECT id, SUM(foreigntotal) OVER (ORDER BY foreigntotal RANGE BETWEEN 10 PRECEDING AND CURRENT ROW) s FROM transaction) WHERE id = 3", "50"),
    ("range frame of days", "SELECT n FROM (SELECT id, COUNT(*) OVER (ORDER BY trandate RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) n FROM transaction) WHERE id = 2", "2"),
    ("range frame of an interval", "SELECT n FROM (SELECT id, COUNT(*) OVER (ORDER BY trandate RANGE BETWEEN INTERVAL '16' DAY PRECEDING AND CURRENT ROW) n FROM transaction) WHERE id = 3", "2"),
    ("rows unbounded", "SELECT s FROM (SELECT id, SUM(id) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) s FROM transaction) WHERE id = 3", "6"),
    ("group by a list in brackets", "SELECT COUNT(*) FROM (SELECT type, status FROM transaction GROUP BY (type, status))", "3"),
    ("ntile", "SELECT MAX(n) FROM (SELECT NTILE(2) OVER (ORDER BY id) n FROM transaction)", "2"),
    ("ratio_to_report", "SELECT r FROM (SELECT id, RATIO_TO_REPORT(foreigntotal) OVER () r FROM transaction) WHERE id = 3", "0.5"),
    ("median over", "SELECT MAX(m) FROM (SELECT MEDIAN(id) OVER (PARTITION BY type) m FROM transaction)", "3"),
    ("rank of aggregate", "SELECT t FROM (SELECT type t, RANK() OVER (ORDER BY SUM(foreigntotal) DESC, type DESC) r FROM transaction GROUP BY type) WHERE r = 1", "SalesOrd"),
    ("sum of sums over", "SELECT MAX(s) FROM (SELECT SUM(SUM(foreigntotal)) OVER () s FROM transaction GROUP BY type)", "60"),
    ("share of total", "SELECT MAX(s) FROM (SELECT SUM(foreigntotal) / SUM(SUM(foreigntotal)) OVER () s FROM transaction GROUP BY type)", "0.5"),
    ("listagg over", "SELECT MAX(l) FROM (SELECT LISTAGG(id, '-') WITHIN GROUP (ORDER BY id) OVER (PARTITION BY type) l FROM transaction)", "3"),
    ("window in order", "SELECT id FROM transaction ORDER BY ROW_NUMBER() OVER (ORDER BY id DESC) FETCH FIRST 1 ROWS ONLY", "3"),
    # set operations
    ("union", "SELECT COUNT(*) FROM (SELECT id FROM customer UNION SELECT id FROM transaction)", "3"),
    ("union all", "SELECT COUNT(*) FROM (SELECT id FROM customer UNION ALL SELECT id FROM transaction)", "6"),
    ("intersect", "SELECT COUNT(*) FROM (SELECT id FROM customer INTERSECT SELECT entity FROM transaction)", "2"),
    ("minus", "SELECT id FROM customer MINUS SELECT entity FROM transaction", "3"),
    ("left to right", "SELECT COUNT(*) FROM (SELECT 1 a FROM dual UNION SELECT 2 FROM dual INTERSECT SELECT 2 FROM dual)", "1"),
    ("union scales", "SELECT SUM(a) FROM (SELECT foreigntotal a FROM transaction UNION ALL SELECT 0.125 FROM dual)", "60.125"),
    ("union null", "SELECT COUNT(a) FROM (SELECT NULL a FROM dual UNION ALL SELECT 5 FROM dual)", "1"),
    ("union dates", "SELECT COUNT(*) FROM (SELECT trandate a FROM transaction UNION SELECT lastmodifieddate FROM transaction)", "6"),
    ("union ordered by name", "SELECT a FROM (SELECT id a FROM customer UNION SELECT 9 FROM dual ORDER BY a DESC) WHERE ROWNUM = 1", "9"),
    ("union with inner order", "SELECT SUM(id) FROM (SELECT id FROM customer UNION ALL (SELECT id FROM customer ORDER BY id DESC FETCH FIRST 1 ROWS ONLY))", "9"),
    # subqueries
    ("exists", "SELECT COUNT(*) FROM customer c WHERE EXISTS (SELECT 1 FROM transaction t WHERE t.entity = c.id)", "2"),
    ("not exists", "SELECT id FROM customer c WHERE NOT EXISTS (SELECT 1 FROM transaction t WHERE t.entity = c.id)", "3"),
    ("in select", "SELECT COUNT(*) FROM customer WHERE id IN (SELECT entity FROM transaction)", "2"),
    ("not in null", "SELECT COUNT(*) FROM transaction WHERE id NOT IN (SELECT entity FROM transaction)", "0"),
    ("tuple in select", "SELECT COUNT(*) FROM transaction WHERE (type, status) IN (SELECT type, status FROM transaction WHERE id = 2)", "1"),
    ("scalar", "SELECT (SELECT MAX(id) FROM transaction) FROM dual", "3"),
    ("scalar none", "SELECT NVL((SELECT id FROM transaction WHERE id = 99), -1) FROM dual", "-1"),
    ("correlated", "SELECT (SELECT SUM(l.foreignamount) FROM transactionline l WHERE l.transaction = t.id AND l.mainline = 'F') FROM transaction t WHERE t.id = 1", "-10"),
    ("compared with scalar", "SELECT id FROM transaction WHERE foreigntotal = (SELECT MAX(foreigntotal) FROM transaction)", "3"),
    ("any select", "SELECT COUNT(*) FROM customer WHERE id = ANY (SELECT entity FROM transaction)", "2"),
    ("all select", "SELECT COUNT(*) FROM customer WHERE id >= ALL (SELECT id FROM transaction)", "1"),
    ("nested derived", "SELECT n FROM (SELECT COUNT(*) n FROM (SELECT id FROM (SELECT id FROM customer)))", "3"),
    ("money through subquery", "SELECT SUM(x) FROM (SELECT foreigntotal + 0.005 x FROM transaction)", "60.015"),
    ("in text number", "SELECT COUNT(*) FROM customer WHERE id IN ('1', '2')", "2"),
    ("text number equals", "SELECT COUNT(*) FROM (SELECT MAX(id) m FROM transaction) WHERE m = '3'", "1"),
    ("cte twice", "WITH x AS (SELECT id FROM customer) SELECT COUNT(*) FROM x a JOIN x b ON a.id = b.id", "3"),
    ("cte in subquery", "WITH x AS (SELECT 2 n FROM dual) SELECT COUNT(*) FROM customer WHERE id IN (SELECT n FROM x)", "1"),
    ("inner with", "SELECT COUNT(*) FROM (WITH x AS (SELECT id FROM customer) SELECT id FROM x)", "3"),
    # order
    ("nulls last asc", "SELECT firstname FROM customer ORDER BY firstname FETCH FIRST 1 ROWS ONLY", "Ann"),
    ("nulls first desc", "SELECT id FROM customer ORDER BY firstname DESC FETCH FIRST 1 ROWS ONLY", "2"),
    ("nulls first said", "SELECT id FROM customer ORDER BY firstname NULLS FIRST FETCH FIRST 1 ROWS ONLY", "2"),
    ("nulls last said", "SELECT id FROM customer ORDER BY firstname DESC NULLS LAST FETCH FIRST 1 ROWS ONLY", "1"),
    ("order by position", "SELECT entityid FROM customer ORDER BY 1 DESC FETCH FIRST 1 ROWS ONLY", "C3"),
    ("order by alias", "SELECT -id AS k FROM customer ORDER BY k FETCH FIRST 1 ROWS ONLY", "-3"),
    ("alias before column", "SELECT -id AS id FROM customer ORDER BY id FETCH FIRST 1 ROWS ONLY", "-3"),
    ("order by expression", "SELECT id FROM customer ORDER BY -id FETCH FIRST 1 ROWS ONLY", "3"),
    ("order by constant alias", "SELECT id, 2 AS k FROM customer ORDER BY k, id DESC FETCH FIRST 1 ROWS ONLY", "3"),
    ("order by number text", "SELECT x FROM (SELECT 10 x FROM dual UNION SELECT 9 FROM dual) ORDER BY x FETCH FIRST 1 ROWS ONLY", "9"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), [each[1:] for each in VALUES], ids=[each[0] for each in VALUES])
def test_a_query_gives_what_oracle_gives(asked: Any, sql: str, expected: str) -> None:
    row = asked.rows(sql)[0]
    assert row.get("id", next(iter(row.values()))) == expected


def test_transactions_without_an_order_come_by_date_then_id(company: Any, asked: Any) -> None:
    asked.store.connection.execute("SAVEPOINT s")
    try:
        row = {"id": 9, "type": "SalesOrd", "trandate": "2023-12-31", "status": "A"}
        asked.store.add("transaction", [row, {**row, "id": 8, "trandate": "2024-01-16"}])
        assert asked.values("SELECT id FROM transaction") == ["9", "1", "2", "8", "3"]
        assert asked.values("SELECT id FROM transaction ORDER BY id") == ["1", "2", "3", "8", "9"]
    finally:
        asked.store.connection.execute("ROLLBACK TO s; RELEASE s")


def test_the_default_order_can_be_the_key(asked_with: Callable[..., Any]) -> None:
    asked = asked_with({"default-order": "key"})
    assert asked.values("SELECT id FROM transaction") == ["1", "2", "3"]


def test_ties_of_the_default_order_can_change_from_page_to_page(new_store: Any, asked_with: Any) -> None:
    asked = asked_with({"default-order-ties": "unstable"})
    rows = [{"id": n, "type": "SalesOrd", "trandate": "2024-01-01", "status": "A"} for n in range(1, 201)]
    asked.store = new_store(asked.schema, {"transaction": rows})
    asked.engine._store = asked.store
    pages = [asked.page("SELECT id FROM transaction", limit=10, offset=offset) for offset in range(0, 200, 10)]
    seen = b"".join(page.items for page in pages)
    ids = [n for n in range(1, 201) if b'"id":"%d"' % n in seen]
    assert len(ids) < 200


def plan_of(asked: Any, sql: str) -> str:
    from suitebridge.sandbox.netsuite.suiteql.compiled import compile_text

    compiled = compile_text(sql, sql, [], [], asked.schema, asked.caller, {})
    bindings = [None] * (len(compiled.slots) + 2)
    rows = asked.store.connection.execute("EXPLAIN QUERY PLAN " + compiled.page_sql, bindings).fetchall()
    return " / ".join(row[3] for row in rows)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM transaction WHERE id > 5 ORDER BY id",
        "SELECT id FROM transaction WHERE id > 5 AND id <= 10 ORDER BY id",
        "SELECT id FROM transaction WHERE id > '5' ORDER BY id",
        "SELECT id FROM transaction WHERE lastmodifieddate >= TO_DATE('2024-01-01', 'YYYY-MM-DD') ORDER BY lastmodifieddate, id",
        "SELECT id FROM transaction WHERE trandate > SYSDATE - 30 ORDER BY trandate, id",
        "SELECT uniquekey FROM transactionline WHERE item = 7 ORDER BY item",
    ],
)
def test_key_and_date_walks_use_an_index_and_do_not_sort(asked: Any, sql: str) -> None:
    plan = plan_of(asked, sql)
    assert "SEARCH" in plan
    assert "TEMP B-TREE" not in plan
