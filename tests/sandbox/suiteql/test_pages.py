"""Pages, counts, walls, parameters, lifted literals, and the limit on running time."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitebridge.sandbox.netsuite.schema import SCHEMA
from suitebridge.sandbox.netsuite.store import Store
from suitebridge.sandbox.netsuite.suiteql import Engine, SuiteQLRefused, prepare
from suitebridge.sandbox.netsuite.suiteql.literals import lift


@pytest.fixture(scope="module")
def many(company: Any, new_store: Any) -> Any:
    """A store with 2,500 transactions, ids 10, 20, 30 …."""
    _, schema = company
    rows = [
        {"id": n * 10, "tranid": f"T{n}", "type": "SalesOrd", "trandate": "2024-01-01", "status": "A",
         "foreigntotal": n, "lastmodifieddate": "2024-01-01 00:00:00"}
        for n in range(1, 2501)
    ]  # fmt: skip
    return new_store(schema, {"transaction": rows}), schema


@pytest.fixture
def asked(many: Any, make_asked: Callable[..., Any]) -> Any:
    return make_asked(*many, {})


def test_pages_follow_each_other_without_gap(asked: Any) -> None:
    found: list[str] = []
    last, more = 0, True
    while more:
        page = asked.page(f"SELECT id FROM transaction WHERE id > {last} ORDER BY id")
        rows = json.loads(page.items)
        assert page.count == len(rows)
        assert page.total == 2500 - len(found)
        found.extend(row["id"] for row in rows)
        last, more = int(found[-1]), page.has_more
    assert found == [str(n * 10) for n in range(1, 2501)]


@pytest.mark.parametrize(
    ("limit", "offset", "count", "more"),
    [
        (1000, 0, 1000, True),
        (1000, 1000, 1000, True),
        (1000, 2000, 500, False),
        (1000, 3000, 0, False),
        (500, 2000, 500, False),
    ],
)
def test_a_page_says_how_many_and_whether_more(asked: Any, limit: int, offset: int, count: int, more: bool) -> None:
    for sql in (
        "SELECT id FROM transaction ORDER BY id",
        "SELECT id FROM transaction WHERE foreigntotal > 0 ORDER BY foreigntotal",
        "SELECT t.id FROM transaction t JOIN transaction u ON u.id = t.id ORDER BY t.id",
        "SELECT id FROM (SELECT id FROM transaction ORDER BY id FETCH FIRST 2500 ROWS ONLY)",
        "SELECT DISTINCT id FROM transaction ORDER BY id",
        "SELECT id, COUNT(*) FROM transaction GROUP BY id ORDER BY id",
        "SELECT id FROM transaction UNION SELECT id FROM transaction ORDER BY id",
        "WITH x AS (SELECT id FROM transaction) SELECT id FROM x ORDER BY id",
        "SELECT id FROM transaction WHERE ROWNUM <= 2500",
    ):
        page = asked.page(sql, limit=limit, offset=offset)
        assert (page.count, page.has_more, page.total) == (count, more, 2500), sql


@pytest.mark.parametrize(
    ("where", "total"),
    [
        ("", 2500),
        ("WHERE id > 1000", 2400),
        ("WHERE id >= 1000", 2401),
        ("WHERE id < 1000", 99),
        ("WHERE id <= 1000", 100),
        ("WHERE 1000 < id", 2400),
        ("WHERE id > 1000 AND id <= 2000", 100),
        ("WHERE (id > 1000) AND (id <= 2000)", 100),
        ("WHERE id BETWEEN 1000 AND 2000", 101),
        ("WHERE id > '1000'", 2400),
        ("WHERE id > 1000.5", 2400),
        ("WHERE id > 1000 AND id > 2000", 2300),
        ("WHERE id > 1000 AND tranid <> 'T150'", 2399),
        ("WHERE id > 1000 OR id < 500", 2449),
        ("WHERE id > 99999", 0),
        ("WHERE id > -5", 2500),
    ],
)
def test_the_total_is_right_for_every_form_of_range(asked: Any, where: str, total: int) -> None:
    page = asked.page(f"SELECT id FROM transaction {where} ORDER BY id", limit=10)
    assert page.total == total
    assert page.has_more == (total > 10)
    assert page.count == min(10, total)


@pytest.mark.parametrize(
    ("limit", "offset", "named"),
    [
        (0, 0, "limit"),
        (1001, 0, "limit"),
        (-1, 0, "limit"),
        (10, 5, "offset"),
        (10, -10, "offset"),
        (1000, 100000, "offset"),
        (10, 10000, "offset"),
    ],
)
def test_a_page_out_of_bounds_is_refused(asked: Any, limit: int, offset: int, named: str) -> None:
    with pytest.raises(SuiteQLRefused) as refused:
        asked.page("SELECT id FROM transaction", limit=limit, offset=offset)
    assert (refused.value.status, refused.value.code) == (400, "INVALID_PARAMETER")
    assert refused.value.query_param == named


BIG = (
    "SELECT a.id FROM (SELECT id FROM transaction WHERE id <= 3200) a "
    "CROSS JOIN (SELECT id FROM transaction WHERE id <= 3200) b ORDER BY a.id, b.id"
)


def test_the_wall_cuts_in_silence_by_default(asked: Any) -> None:
    assert asked.page(BIG).total == 100_000
    last = asked.page(BIG, offset=99_000)
    assert (last.count, last.has_more, last.total) == (1000, False, 100_000)


def test_the_wall_can_be_an_error(many: Any, make_asked: Callable[..., Any]) -> None:
    asked = make_asked(*many, {"wall": "error"})
    with pytest.raises(SuiteQLRefused):
        asked.page(BIG)
    assert asked.page("SELECT id FROM transaction ORDER BY id").total == 2500


def test_with_connect_the_wall_is_a_million(many: Any, make_asked: Callable[..., Any]) -> None:
    asked = make_asked(*many, {"wall": "connect"})
    assert asked.page(BIG).total == 102_400
    page = asked.page(BIG, offset=102_000)
    assert (page.count, page.has_more) == (400, False)


def test_the_thousandth_page_can_end_in_silence(many: Any, make_asked: Callable[..., Any]) -> None:
    asked = make_asked(*many, {"page-wall": "cap"})
    last = asked.page("SELECT id FROM transaction ORDER BY id", limit=1, offset=999)
    assert (last.count, last.has_more, last.total) == (1, False, 2500)
    beyond = asked.page("SELECT id FROM transaction ORDER BY id", limit=1, offset=1000)
    assert (beyond.count, beyond.has_more, beyond.items) == (0, False, b"[]")


@pytest.mark.parametrize(
    ("sql", "params", "expected"),
    [
        ("SELECT COUNT(*) FROM transaction WHERE id > ?", ["24900"], "10"),
        ("SELECT COUNT(*) FROM transaction WHERE id > ?", [24900], "10"),
        ("SELECT COUNT(*) FROM transaction WHERE id > ? AND id <= ?", [100, "200"], "10"),
        ("SELECT COUNT(*) FROM transaction WHERE id > 100 AND id <= ? AND foreigntotal < 0.15", [200], "4"),
        ("SELECT COUNT(*) FROM transaction WHERE foreigntotal = ?", [0.15], "1"),
        ("SELECT COUNT(*) FROM transaction WHERE foreigntotal = ?", ["0.15"], "1"),
        ("SELECT COUNT(*) FROM transaction WHERE tranid = ?", ["T5"], "1"),
        ("SELECT COUNT(*) FROM transaction WHERE tranid = ?", ["x' OR '1'='1"], "0"),
        ("SELECT COUNT(*) FROM transaction WHERE tranid IN (?, ?)", ["T5", "T6"], "2"),
        ("SELECT COUNT(*) FROM transaction WHERE tranid LIKE ?", ["T250%"], "2"),
        ("SELECT COUNT(*) FROM transaction WHERE trandate = ?", ["1/1/2024"], "2500"),
        ("SELECT COUNT(*) FROM transaction WHERE trandate = TO_DATE(?, 'YYYY-MM-DD')", ["2024-01-01"], "2500"),
        ("SELECT COUNT(*) FROM transaction WHERE trandate = TO_DATE('2024-01-01', ?)", ["YYYY-MM-DD"], "2500"),
        ("SELECT COUNT(*) FROM transaction WHERE ? = tranid OR ? IS NULL", ["T5", ""], "2500"),
        ("SELECT COUNT(*) FROM transaction WHERE ROWNUM <= ?", [7], "7"),
        ("SELECT COUNT(*) FROM (SELECT id FROM transaction FETCH FIRST ? ROWS ONLY)", [7], "7"),
        ("SELECT ? || '?' FROM dual -- ?", ["a"], "a?"),
        ("SELECT ? + 1 FROM dual", [1.25], "2.25"),
        ("SELECT ? + 1 FROM dual", ["1.25"], "2.25"),
        ("SELECT ROUND(?, 1) FROM dual", [2.25], "2.3"),
        ("SELECT NVL(?, 'none') FROM dual", [""], "none"),
        ("SELECT NVL(?, 'none') FROM dual", [True], "T"),
        ("SELECT LENGTH(?) FROM dual", [12345], "5"),
        ("SELECT CASE WHEN ? > 5 THEN 'big' ELSE 'small' END FROM dual", ["7"], "big"),
        ("SELECT id FROM transaction WHERE id > ? ORDER BY id FETCH FIRST 1 ROWS ONLY", [-7], "10"),
    ],
)
def test_parameters_fill_the_marks_in_order(asked: Any, sql: str, params: list[object], expected: str) -> None:
    assert asked.value(sql, *params) == expected
    assert asked.value(sql, *params) == expected


def test_the_same_text_answers_differently_for_other_parameters(asked: Any) -> None:
    sql = "SELECT TO_CHAR(TO_DATE('2024-01-02', 'YYYY-MM-DD'), ?) v FROM dual WHERE 1 = ?"
    assert asked.value(sql, "YYYY", 1) == "2024"
    assert asked.value(sql, "MM", 1) == "01"
    assert asked.value(sql, "DD", "1") == "02"
    assert asked.rows(sql, "DD", 2) == []


@pytest.mark.parametrize(
    ("sql", "params"),
    [
        ("SELECT id FROM transaction WHERE id > ?", []),
        ("SELECT id FROM transaction WHERE id > ?", [1, 2]),
        ("SELECT id FROM transaction", [1]),
        ("SELECT id FROM transaction WHERE id > ?", [[1]]),
        ("SELECT id FROM transaction WHERE id > ?", ["abc"]),
        ("SELECT id FROM transaction WHERE trandate > ?", ["2024-01-01"]),
        ("SELECT ? FROM transaction ORDER BY ?", [1]),
    ],
)
def test_parameters_that_do_not_fit_are_a_400(asked: Any, sql: str, params: list[object]) -> None:
    with pytest.raises(SuiteQLRefused) as refused:
        asked.page(sql, *params)
    assert refused.value.status == 400


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=30).filter(lambda text: "\0" not in text and text != ""))
def test_a_text_cannot_break_out_of_its_literal_or_its_parameter(loose: Any, text: str) -> None:
    written = text.replace("'", "''")
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert loose.value(f"SELECT '{written}' v FROM dual") == text
    assert loose.value("SELECT ? v FROM dual", text) == text
    assert loose.values(f"SELECT id FROM customer WHERE entityid = '{written}'") == []


@pytest.fixture(scope="module")
def loose(company: Any, make_asked: Callable[..., Any]) -> Any:
    return make_asked(*company, {})


def test_keyset_texts_share_one_compiled_query(asked: Any) -> None:
    for last in (10, 20, 30):
        asked.page(f"SELECT id FROM transaction WHERE id > {last} AND tranid <> 'x{last}' ORDER BY id")
    assert len(asked.engine._compiled) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM customer ORDER BY 1",
        "SELECT id FROM customer WHERE ROWNUM <= 5",
        "SELECT id FROM customer WHERE 5 >= ROWNUM",
        "SELECT TOP 5 id FROM customer",
        "SELECT id FROM customer FETCH FIRST 5 ROWS ONLY",
        "SELECT TO_CHAR(lastmodifieddate, 'YYYY') FROM customer",
        "SELECT BUILTIN.RELATIVE_RANGES('TM', 'START') FROM dual",
        "SELECT CASE WHEN id > 5 THEN 'a' END, COUNT(*) FROM customer GROUP BY CASE WHEN id > 5 THEN 'a' END",
        "SELECT id FROM customer WHERE entityid = ''",
        "SELECT id FROM customer WHERE id IN (1, 2)",
        "SELECT q'[it's]' FROM dual WHERE 'a' = 'b'",
    ],
)
def test_what_must_stay_in_the_text_is_not_lifted(sql: str) -> None:
    assert lift(sql).template == sql
    assert lift(sql).values == ()


def test_literals_and_marks_keep_their_order() -> None:
    lifted = lift("SELECT id FROM t WHERE a > 5 AND b = ? AND c <= 'it''s' AND d = TO_DATE('2024', 'YYYY') -- 'x' = 1")
    assert lifted.template == "SELECT id FROM t WHERE a > ? AND b = ? AND c <= ? AND d = TO_DATE(?, 'YYYY')  "
    assert lifted.values == (Decimal(5), 0, "it's", "2024")
    assert lifted.marks == 1


def test_a_query_that_runs_too_long_is_stopped(many: Any, make_asked: Callable[..., Any]) -> None:
    asked = make_asked(*many, {})
    asked.engine = Engine(asked.schema, asked.store, {}, asked.clock, seconds_to_run=0.05)
    endless = "SELECT COUNT(*) FROM transaction a, transaction b, transaction c WHERE a.id + b.id + c.id < 0"
    with pytest.raises(SuiteQLRefused) as refused:
        asked.page(endless)
    assert "0.05 seconds" in refused.value.detail
    assert asked.value("SELECT COUNT(*) FROM transaction") == "2500"


def test_threads_share_an_engine_over_the_sandboxes_own_store(make_asked: Callable[..., Any]) -> None:
    with Store.create(None, SCHEMA, prepare=prepare) as store:
        with store.writing() as tx:
            for n in range(1, 51):
                tx.insert(
                    "transaction",
                    {"id": n, "tranid": f"T{n}", "trandisplayname": f"T{n}", "type": "SalesOrd", "status": "A",
                     "recordtype": "salesorder", "trandate": "2024-01-01", "posting": "F", "voided": "F",
                     "createddate": "2024-01-01 00:00:00", "lastmodifieddate": "2024-01-01 00:00:00"},
                )  # fmt: skip
        asked = make_asked(store, SCHEMA, {})

        def total(last: int) -> int:
            return asked.page(f"SELECT id FROM transaction WHERE id > {last} ORDER BY id", limit=10).total

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(total, range(50))) == [50 - last for last in range(50)]


def test_no_rows_is_an_empty_array(asked: Any) -> None:
    page = asked.page("SELECT id FROM transaction WHERE id = 1")
    assert (page.items, page.count, page.has_more, page.total) == (b"[]", 0, False, 0)
