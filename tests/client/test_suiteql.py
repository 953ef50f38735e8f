"""SuiteQL queries stream their rows in every form, and never lose some of them silently."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from aiohttp import web

from suitebridge.errors import UsageError
from suitebridge.netsuite.errors import AnswerError, QueryError, RowLimitError
from suitebridge.netsuite.keyset import keyset_sql
from suitebridge.netsuite.pages import fetch_page


def numbered(count):
    return [{"id": str(number), "name": f"n{number}"} for number in range(1, count + 1)]


def test_rows_of_many_pages_come_in_order(running):
    async def body(server, ns):
        server.rows = numbered(4321)
        ids = [row["id"] async for row in ns.suiteql("SELECT id, name FROM customer ORDER BY id")]
        assert ids == [str(number) for number in range(1, 4322)]
        assert len(server.seen) == 5

    running(body)


def test_rows_have_the_order_of_the_select_list_and_none_for_null(running):
    async def body(server, ns):
        server.rows = [{"ID": "1", "Email": "a@b.c"}, {"ID": "2"}]
        rows = await ns.suiteql("SELECT c.Email, id FROM customer c").fetch_all()
        assert [list(row.items()) for row in rows] == [
            [("email", "a@b.c"), ("id", "1")],
            [("email", None), ("id", "2")],
        ]
        star = await ns.suiteql("SELECT * FROM customer").fetch_all()
        assert star == [{"id": "1", "email": "a@b.c"}, {"id": "2"}]

    running(body)


def test_fetch_one_asks_for_one_row(running):
    async def body(server, ns):
        server.rows = numbered(3000)
        assert await ns.suiteql("SELECT id FROM customer").fetch_one() == {"id": "1", "name": "n1"}
        assert server.seen == ["POST /services/rest/query/v1/suiteql?limit=1&offset=0"]
        server.rows = []
        assert await ns.suiteql("SELECT id FROM customer").fetch_one() is None

    running(body)


def test_pages_are_fetched_a_little_ahead_and_no_further(running):
    async def body(server, ns):
        server.rows = numbered(50_000)
        rows = aiter(ns.suiteql("SELECT id FROM customer ORDER BY id"))
        for _ in range(1001):
            await anext(rows)
        for _ in range(200):
            await asyncio.sleep(0.001)
            if len(server.seen) >= 4 and not server.running:
                break
        assert 2 <= len(server.seen) <= 5
        await rows.aclose()
        assert ns.slots.in_use == 0

    running(body)


def test_leaving_early_ends_the_calls_under_way(running):
    async def body(server, ns):
        server.rows = numbered(10_000)
        async for row in ns.suiteql("SELECT id FROM customer ORDER BY id").chunks():
            assert len(row) == 1000
            break
        await asyncio.sleep(0)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        assert not [task for task in others if "fetch_page" in repr(task)]

    running(body)


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("SELECT id FROM customer ORDER BY companyname", id="another order"),
        pytest.param("SELECT c.id FROM customer c JOIN vendor v ON c.id = v.id", id="a join"),
        pytest.param("SELECT c.id FROM customer c, vendor v", id="two tables"),
        pytest.param("SELECT id, COUNT(*) AS n FROM customer GROUP BY id", id="groups"),
        pytest.param("SELECT DISTINCT id FROM customer", id="distinct"),
        pytest.param("SELECT id FROM (SELECT id FROM customer)", id="a derived table"),
        pytest.param("SELECT id FROM unheardof", id="a table without a definition"),
        pytest.param("WITH x AS (SELECT id FROM customer) SELECT id FROM x", id="with"),
    ],
)
def test_a_result_past_the_wall_that_cannot_be_cut_is_an_error_before_its_first_row(running, sql):
    async def body(server, ns):
        server.rows = numbered(100_001)
        server.total_cap = 100_000
        with pytest.raises(RowLimitError) as caught:
            await anext(aiter(ns.suiteql(sql)))
        assert "by_key" in (caught.value.remedy or "")
        assert caught.value.exit_code == 2
        assert len(server.seen) == 1

    running(body)


@pytest.mark.parametrize(
    ("sql", "second"),
    [
        ("SELECT id, name FROM customer", "SELECT id, name FROM customer WHERE id > 1000 ORDER BY id"),
        ("SELECT id, name FROM customer ORDER BY id ASC", "SELECT id, name FROM customer WHERE id > 1000 ORDER BY id"),
        (
            "SELECT c.id AS k, c.name FROM Customer c -- all\nWHERE x = 1 OR y = 2 -- of them\nORDER BY c.id",
            "SELECT c.id AS k, c.name FROM Customer c WHERE (x = 1 OR y = 2) AND c.id > 1000 ORDER BY c.id",
        ),
        ("SELECT name FROM customer", "SELECT name, id AS sb_key_0 FROM customer WHERE id > 1000 ORDER BY id"),
        ("SELECT * FROM customer", "SELECT * FROM customer WHERE id > 1000 ORDER BY id"),
        (
            "SELECT name FROM customer WHERE id IN (SELECT x FROM item)",
            "SELECT name, id AS sb_key_0 FROM customer WHERE (id IN (SELECT x FROM item)) AND id > 1000 ORDER BY id",
        ),
    ],
)
def test_a_plain_query_on_a_known_table_goes_past_the_wall_by_itself(running, sql, second):
    async def body(server, ns):
        server.rows = [{**row, "k": row["id"], "sb_key_0": row["id"]} for row in numbered(3500)]
        server.total_cap = 100_000
        whole, server._work = server._work, None

        def capped(request, sent):
            answer = whole(request, sent)
            if len(server.queries) == 1:  # the query as it was given has more rows than can be reached
                page = json.loads(answer.text)
                return web.json_response({**page, "totalResults": 100_000, "hasMore": True})
            return answer

        server._work = capped
        rows = await ns.suiteql(sql).fetch_all()
        assert [row["name"] for row in rows] == [f"n{number}" for number in range(1, 3501)]
        assert ("sb_key_0" in rows[0]) is ("sb_key_0" not in second)
        assert server.queries[2].replace("\n", "") == second.replace("\n", "")

    running(body)


@pytest.mark.parametrize("explicit", [False, True])
def test_a_result_that_is_refused_as_too_large_is_read_by_key_with_a_row_count(running, faults, explicit):
    async def body(server, ns):
        server.rows = numbered(2500)
        real = server._suiteql

        def strict(request, sql):
            if "FETCH FIRST 1000 ROWS ONLY" not in sql:
                return faults.problem(400, "INVALID_PARAMETER", "Zu viele Zeilen.", errorQueryParam="q")
            page = json.loads(real(request, sql).text)
            return web.json_response({**page, "hasMore": False, "totalResults": page["count"]})

        server._suiteql = strict
        query = ns.suiteql("SELECT id FROM customer")
        rows = await (query.by_key("id") if explicit else query).fetch_all()
        assert [row["id"] for row in rows] == [str(number) for number in range(1, 2501)]
        assert len(server.seen) == 4

    running(body)


def test_a_refusal_that_a_row_count_does_not_help_is_told_as_it_was(running, faults):
    async def body(server, ns):
        refusals = ["Erste Absage.", "Zweite Absage."]
        server._suiteql = lambda request, sql: faults.problem(
            400, "INVALID_PARAMETER", refusals[len(server.seen) - 1], errorQueryParam="q"
        )
        with pytest.raises(QueryError, match="Erste"):
            await ns.suiteql("SELECT id FROM customer").fetch_all()
        assert len(server.seen) == 2

    running(body)


def test_by_key_goes_past_the_wall_page_by_page(running):
    async def body(server, ns):
        server.rows = numbered(2500)
        query = ns.suiteql("SELECT id, name FROM customer WHERE isinactive = 'F' OR x = :x", x="y").by_key("id")
        rows = await query.fetch_all()
        assert [row["id"] for row in rows] == [str(number) for number in range(1, 2501)]
        assert server.queries == [
            "SELECT id, name FROM customer WHERE (isinactive = 'F' OR x = 'y') ORDER BY id",
            "SELECT id, name FROM customer WHERE (isinactive = 'F' OR x = 'y') AND id > 1000 ORDER BY id",
            "SELECT id, name FROM customer WHERE (isinactive = 'F' OR x = 'y') AND id > 2000 ORDER BY id",
        ]

    running(body)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM t ORDER BY name",
        "SELECT DISTINCT id FROM t",
        "SELECT id, COUNT(*) AS n FROM t GROUP BY id",
        "SELECT id FROM t UNION SELECT id FROM u",
        "SELECT id FROM t FETCH FIRST 5 ROWS ONLY",
        "WITH x AS (SELECT id FROM t) SELECT id FROM x",
    ],
)
def test_by_key_refuses_what_cannot_be_cut(running, sql):
    async def body(server, ns):
        with pytest.raises(UsageError):
            ns.suiteql(sql).by_key("id")

    running(body)


def test_by_key_refuses_a_column_that_repeats(running):
    async def body(server, ns):
        server.rows = [{"id": "7"}] * 3000
        server_side = server._suiteql

        def stuck(request, sql):
            server.queries.append(sql)
            return server_side(request, "SELECT id FROM t")

        server._suiteql = stuck
        with pytest.raises(UsageError, match="unique"):
            await ns.suiteql("SELECT id FROM t").by_key("id").fetch_all()

    running(body)


def test_types_that_the_caller_names_are_applied(running):
    async def body(server, ns):
        server.rows = [{"id": "1", "total": "5.33333334", "day": "2026-01-31", "at": "2026-07-01 12:00:00", "ok": "T"}]
        types = {"id": int, "total": Decimal, "day": date, "at": datetime, "ok": bool, "memo": str}
        row = await ns.suiteql("SELECT id, total, day, at, ok, memo FROM t").typed(types).fetch_one()
        assert row == {
            "id": 1,
            "total": Decimal("5.33333334"),
            "day": date(2026, 1, 31),
            "at": datetime(2026, 7, 1, 19, 0, tzinfo=UTC),
            "ok": True,
            "memo": None,
        }

    running(body, zone="America/Los_Angeles")


@pytest.mark.parametrize(
    ("kind", "value"),
    [(int, "5.5"), (Decimal, "x"), (bool, "true"), (date, "31/01/2026"), (datetime, "1/1/2026"), (float, "")],
)
def test_a_value_that_is_not_of_its_type_is_named(running, kind, value):
    async def body(server, ns):
        server.rows = [{"x": value}]
        with pytest.raises(AnswerError, match="column x") as caught:
            await ns.suiteql("SELECT x FROM t").typed({"x": kind}).fetch_all()
        assert repr(value) in caught.value.message
        with pytest.raises(AnswerError, match="column x"):
            [batch async for batch in ns.suiteql("SELECT x FROM t").arrow({"x": kind})]

    running(body)


def test_arrow_batches_have_the_types_that_were_asked_for(running):
    async def body(server, ns):
        server.rows = [
            {"id": "1", "total": "5.25", "day": "2026-01-31", "at": "2026-07-01 12:00:00", "ok": "T", "name": "a"},
            {"id": "2", "ok": "F"},
        ]
        types = {"id": pa.int32(), "total": Decimal, "day": date, "at": datetime, "ok": bool}
        batches = [b async for b in ns.suiteql("SELECT id, total, day, at, ok, name FROM t").arrow(types)]
        table = pa.Table.from_batches(batches)
        assert table.schema.field("id").type == pa.int32()
        assert table.to_pylist() == [
            {
                "id": 1,
                "total": Decimal("5.250000000000"),
                "day": date(2026, 1, 31),
                "at": datetime(2026, 7, 1, 19, tzinfo=UTC),
                "ok": True,
                "name": "a",
            },
            {"id": 2, "total": None, "day": None, "at": None, "ok": False, "name": None},
        ]
        with pytest.raises(UsageError, match="name"):
            [b async for b in ns.suiteql("SELECT * FROM t").arrow()]
        with pytest.raises(UsageError, match="nme"):
            [b async for b in ns.suiteql("SELECT id FROM t").arrow({"nme": int})]
        walls = [b async for b in ns.suiteql("SELECT at FROM t").arrow({"at": pa.timestamp("us")})]
        assert walls[0].to_pydict() == {"at": [datetime(2026, 7, 1, 12), None]}

    running(body, zone="America/Los_Angeles")


def test_an_empty_result_has_a_schema_too(running):
    async def body(server, ns):
        batches = [b async for b in ns.suiteql("SELECT id, ok FROM t").arrow({"id": int, "ok": bool})]
        assert [batch.num_rows for batch in batches] == [0]
        assert batches[0].schema.names == ["id", "ok"]

    running(body)


@dataclass
class Customer:
    id: int
    companyname: str | None
    balance: Decimal | None = None


def test_rows_become_objects_of_a_dataclass(running):
    async def body(server, ns):
        server.rows = [{"id": "7", "companyname": "Acme", "balance": "1.50"}, {"id": "8"}]
        found = [c async for c in ns.suiteql("SELECT id, companyname, balance FROM customer").dataclasses(Customer)]
        assert found == [Customer(7, "Acme", Decimal("1.50")), Customer(8, None, None)]

    running(body)


def test_a_page_can_be_fetched_by_itself(running):
    async def body(server, ns):
        server.rows = numbered(1500)
        page = await fetch_page(ns.transport, "SELECT id, name FROM customer ORDER BY id")
        assert (page.count, page.has_more, page.total_results) == (1000, True, 1500)
        assert bytes(page.items).startswith(b"[{")
        assert page.rows()[0] == {"id": "1", "name": "n1"}
        assert server.seen == ["POST /services/rest/query/v1/suiteql"]

    running(body)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "SELECT a, b FROM t ORDER BY a"),
        ({"after": (5,)}, "SELECT a, b FROM t WHERE a > 5 ORDER BY a"),
        ({"after": (5,), "upto": 9}, "SELECT a, b FROM t WHERE a > 5 AND a <= 9 ORDER BY a"),
        (
            {"after": ("it's",), "where": "x = 1 OR y = 2"},
            "SELECT a, b FROM t WHERE a > 'it''s' AND (x = 1 OR y = 2) ORDER BY a",
        ),
        (
            {"key": ("a", "b"), "after": (1, 2), "upto": 9},
            "SELECT a, b FROM t WHERE (a > 1 OR (a = 1 AND b > 2)) AND a <= 9 ORDER BY a, b",
        ),
    ],
)
def test_a_keyset_page_is_one_query(more, expected):
    assert keyset_sql(**{"table": "t", "columns": ("a", "b"), "key": ("a",), **more}) == expected


def test_an_answer_of_another_form_is_an_error(running, faults):
    async def body(server, ns):
        server.faults = [faults.answer(200, {"rows": []})]
        with pytest.raises(AnswerError) as caught:
            await ns.suiteql("SELECT id FROM t").fetch_all()
        assert caught.value.request_id == "5f6a-trace"

    running(body)


def test_types_of_known_tables_come_from_their_definitions(running):
    async def body(server, ns):
        server.rows = [{"id": "7", "n": "Acme", "isinactive": "F", "lines": "-2.5", "x": "1"}]
        query = ns.suiteql(
            "SELECT c.id, c.companyname AS n, isinactive, l.quantity lines, 1 x FROM customer c, transactionline l"
        )
        assert await query.typed().fetch_one() == {
            "id": 7,
            "n": "Acme",
            "isinactive": False,
            "lines": Decimal("-2.5"),
            "x": "1",
        }

    running(body)


def test_the_companys_zone_is_found_out_once_when_a_moment_needs_it(running):
    async def body(server, ns):
        server.records["7"] = {"dateCreated": "2026-01-15T18:00:00Z", "lastModifiedDate": "2026-07-15T17:00:00Z"}
        server.rows = [{"id": "7", "created": "2026-01-15 10:00:00", "modified": "2026-07-15 10:00:00"}]
        noon = datetime(2026, 7, 1, 19, tzinfo=UTC)
        query = ns.suiteql("SELECT id, modified FROM customer WHERE lastmodifieddate > :since", since=noon)
        assert server.seen == []
        rows = await query.typed({"modified": datetime}).fetch_all()
        assert rows == [
            {"id": "7", "modified": datetime(2026, 7, 15, 17, tzinfo=UTC), "created": "2026-01-15 10:00:00"}
        ]
        assert "TO_TIMESTAMP('2026-07-01 12:00:00'" in server.queries[-1]
        before = len(server.seen)
        await ns.suiteql("SELECT id FROM customer WHERE lastmodifieddate > :since", since=noon).fetch_one()
        assert len(server.seen) == before + 1
        assert str(await ns.company_zone()) == "America/Los_Angeles"

    running(body)


def test_queries_without_moments_never_ask_for_the_zone(running):
    async def body(server, ns):
        await ns.suiteql(
            "SELECT id FROM customer WHERE d > :d AND e > :e", d=date(2026, 1, 1), e=datetime(2026, 1, 1)
        ).fetch_all()
        assert len(server.seen) == 1

    running(body)
