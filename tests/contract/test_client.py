"""Our client against the sandbox: both were written from the same pages by different hands."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from suitebridge import NetSuite
from suitebridge.netsuite.errors import (
    DuplicateError,
    LoginError,
    NotFoundError,
    OutcomeUnknown,
    QueryError,
    UnavailableError,
    UnknownColumnError,
    UnknownTableError,
    ValidationError,
)

NASTY = [
    "O'Brien & Söhne",
    "a''b'c\"d",
    "x' OR '1'='1",
    "-- no comment /* here */ :mark ? %s {0}",
    "line\nbreak\tand \\ slash",
    "漢字 emoji 🚀",
    "trailing quote'",
]


def fresh(prefix="t"):
    return f"{prefix}-{uuid4().hex[:12]}"


@pytest.mark.parametrize("auth", ["certificate", "tba"])
def test_both_ways_of_logging_in_work(company, auth):
    async def test(ns):
        assert abs(await ns.server_time() - datetime.now(UTC)) < timedelta(minutes=1)
        rows = await ns.suiteql("SELECT id, name FROM currency ORDER BY id").fetch_all()
        assert rows
        assert all(list(row) == ["id", "name"] for row in rows)

    company.run(test, NETSUITE_AUTH=auth)


@pytest.mark.parametrize("auth", ["certificate", "tba"])
def test_a_wrong_secret_is_a_login_error_with_a_remedy(company, auth):
    async def test(ns):
        with pytest.raises(LoginError) as caught:
            await ns.server_time()
        assert caught.value.remedy
        assert not caught.value.retryable

    wrong = {"certificate": {"NETSUITE_CERTIFICATE_ID": "nobody"}, "tba": {"NETSUITE_TOKEN_SECRET": "wrong"}}
    company.run(test, NETSUITE_AUTH=auth, **wrong[auth])


def test_every_row_comes_once_by_pages_and_by_key(company):
    async def test(ns):
        sql = "SELECT uniquekey, transaction, foreignamount FROM transactionline"
        count = await ns.suiteql("SELECT COUNT(uniquekey) AS n FROM transactionline").typed({"n": int}).fetch_one()
        paged = [row async for row in ns.suiteql(f"{sql} ORDER BY uniquekey")]
        keyed = [row async for row in ns.suiteql(sql).by_key("uniquekey")]
        assert len(paged) == count["n"] > 1000
        assert paged == keyed
        keys = [int(row["uniquekey"]) for row in paged]
        assert keys == sorted(set(keys))

    company.run(test)


def test_types_from_the_definitions_fit_the_answers(company):
    async def test(ns):
        query = ns.suiteql("SELECT id, companyname, isinactive, isperson FROM customer ORDER BY id").typed()
        rows = await query.fetch_all()
        assert {type(row["id"]) for row in rows} == {int}
        assert {type(row["isinactive"]) for row in rows} == {bool}
        lines = await ns.suiteql("SELECT quantity, foreignamount FROM transactionline WHERE id = 1").typed().fetch_all()
        assert {type(row["foreignamount"]) for row in lines} <= {Decimal, type(None)}

    company.run(test)


def test_arrow_batches_hold_the_same_as_rows(company):
    async def test(ns):
        query = ns.suiteql("SELECT id, email, isinactive FROM customer ORDER BY id").typed(
            {"id": int, "isinactive": bool}
        )
        rows = await query.fetch_all()
        batches = [batch async for batch in query.arrow()]
        assert [row for batch in batches for row in batch.to_pylist()] == rows

    company.run(test)


def test_awkward_texts_are_written_by_rest_and_found_by_suiteql(company):
    async def test(ns):
        subsidiary = await any_subsidiary(ns)
        for text in NASTY:
            external_id = fresh()
            await ns.records.create(
                "customer", {"companyName": f"{external_id} {text}", **subsidiary}, external_id=external_id
            )
            sql = "SELECT companyname FROM customer WHERE companyname = :name AND externalid = :key"
            found = await ns.suiteql(sql, name=f"{external_id} {text}", key=external_id).fetch_all()
            assert found == [{"companyname": f"{external_id} {text}"}]

    company.run(test)


async def any_subsidiary(ns):
    """The subsidiary field for a create where the account has subsidiaries."""
    try:
        row = await ns.suiteql("SELECT id FROM subsidiary ORDER BY id").fetch_one()
    except QueryError:
        return {}
    return {"subsidiary": {"id": row["id"]}} if row else {}


def test_lists_longer_than_a_thousand_find_their_rows(company):
    async def test(ns):
        ids = await ns.suiteql("SELECT id FROM transaction ORDER BY id").typed({"id": int}).fetch_all()
        wanted = [row["id"] for row in ids][:2500]
        assert 1000 < len(wanted) < len(ids)
        found = await ns.suiteql("SELECT id FROM transaction WHERE id IN :ids ORDER BY id", ids=wanted).fetch_all()
        assert [int(row["id"]) for row in found] == wanted
        rest = await ns.suiteql("SELECT id FROM transaction WHERE id NOT IN :ids", ids=wanted).fetch_all()
        assert len(rest) == len(ids) - len(wanted)
        assert await ns.suiteql("SELECT id FROM transaction WHERE id IN :ids", ids=[]).fetch_all() == []

    company.run(test)


def test_moments_are_compared_in_the_companys_zone(company):
    async def test(ns):
        external_id = fresh()
        before = await ns.server_time()
        internal_id = await ns.records.create(
            "customer", {"companyName": external_id, **await any_subsidiary(ns)}, external_id=external_id
        )
        sql = "SELECT id FROM customer WHERE id = :id AND lastmodifieddate >= :since"
        early, late = before - timedelta(seconds=2), before + timedelta(hours=1)
        assert await ns.suiteql(sql, id=int(internal_id), since=early).fetch_one() == {"id": internal_id}
        assert await ns.suiteql(sql, id=int(internal_id), since=late).fetch_one() is None
        assert str(await ns.company_zone()) == "America/Los_Angeles"
        shown = "SELECT TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') AS at FROM customer WHERE id = :id"
        row = await ns.suiteql(shown, id=int(internal_id)).typed({"at": datetime}).fetch_one()
        assert abs(row["at"] - before) < timedelta(minutes=1)

    company.run(test)


def test_dates_and_numbers_are_compared_as_what_they_are(company):
    async def test(ns):
        row = (
            await ns.suiteql(
                "SELECT id, TO_CHAR(trandate, 'YYYY-MM-DD') AS day, foreigntotal FROM transaction "
                "WHERE type = :type AND foreigntotal > :least ORDER BY id",
                type="SalesOrd",
                least=Decimal("0.01"),
            )
            .typed({"id": int, "day": date, "foreigntotal": Decimal})
            .fetch_one()
        )
        again = await ns.suiteql(
            "SELECT id FROM transaction WHERE trandate = :day AND foreigntotal = :total AND id = :id AND -:id < 0",
            day=row["day"],
            total=row["foreigntotal"],
            id=row["id"],
        ).fetch_all()
        assert again == [{"id": str(row["id"])}]

    company.run(test)


def test_refused_queries_name_what_is_unknown(company):
    async def test(ns):
        with pytest.raises(UnknownColumnError) as column:
            await ns.suiteql("SELECT companyname, emial FROM customer").fetch_all()
        assert column.value.column == "emial"
        assert column.value.tables == ("customer",)
        with pytest.raises(UnknownTableError) as table:
            await ns.suiteql("SELECT id FROM custmer").fetch_all()
        assert table.value.table == "custmer"
        for sql in ("SELECT id FROM customer LIMIT 5", "SELECT id FROM", "SELECT [id] FROM customer"):
            with pytest.raises(QueryError) as caught:
                await ns.suiteql(sql).fetch_all()
            assert type(caught.value) is QueryError
            assert caught.value.code == "INVALID_PARAMETER"

    company.run(test)


def test_a_record_lives_its_life(company):
    async def test(ns):
        external_id = fresh()
        values = {"companyName": external_id, "creditLimit": Decimal("1234.50"), **await any_subsidiary(ns)}
        internal_id = await ns.records.create("customer", values, external_id=external_id)
        record = await ns.records.get("customer", internal_id)
        assert record["companyName"] == external_id
        assert Decimal(record["creditLimit"]) == Decimal("1234.50")
        assert (await ns.records.get("customer", external_id=external_id))["id"] == internal_id
        await ns.records.update("customer", internal_id, {"creditLimit": Decimal("0.10"), "email": "a@example.com"})
        await ns.records.update("customer", external_id=external_id, values={"email": None})
        record = await ns.records.get("customer", internal_id, fields=("creditLimit", "email"))
        assert Decimal(record["creditLimit"]) == Decimal("0.10")
        assert "email" not in record
        await ns.records.upsert("customer", external_id=external_id, values={"comments": "seen"})
        assert (await ns.records.get("customer", internal_id, expand=True))["comments"] == "seen"
        found = [i async for i in ns.records.list("customer", q=f'companyName IS "{external_id}"')]
        assert found == [internal_id]
        with pytest.raises(DuplicateError) as caught:
            await ns.records.create("customer", values, external_id=external_id)
        assert caught.value.record == f"customer {internal_id}"
        await ns.records.delete("customer", internal_id)
        with pytest.raises(NotFoundError):
            await ns.records.get("customer", internal_id)
        with pytest.raises(NotFoundError):
            await ns.records.get("customer", external_id=external_id)

    company.run(test)


def test_an_upsert_creates_once(company):
    async def test(ns):
        external_id = fresh()
        values = {"companyName": external_id, **await any_subsidiary(ns)}
        await ns.records.upsert("customer", external_id=external_id, values=values)
        await ns.records.upsert("customer", external_id=external_id, values={"companyName": f"{external_id} 2"})
        rows = await ns.suiteql("SELECT companyname FROM customer WHERE externalid = :key", key=external_id).fetch_all()
        assert rows == [{"companyname": f"{external_id} 2"}]

    company.run(test)


def test_faulty_values_are_refused_by_their_place(company):
    async def test(ns):
        with pytest.raises(ValidationError):
            await ns.records.create("customer", {"companyName": fresh(), "noSuchField": 1, **await any_subsidiary(ns)})
        with pytest.raises(ValidationError):
            await ns.records.create("customer", {"companyName": fresh(), "subsidiary": {"id": "99999"}})
        with pytest.raises(NotFoundError):
            await ns.records.get("customer", 99999999)
        with pytest.raises(NotFoundError):
            await ns.records.get("nosuchtype", 1)

    company.run(test)


def test_all_ids_of_a_type_are_listed(company):
    async def test(ns):
        listed = [i async for i in ns.records.list("customer")]
        rows = await ns.suiteql("SELECT id FROM customer").fetch_all()
        assert Counter(listed) == Counter(row["id"] for row in rows)

    company.run(test)


def test_more_calls_than_slots_all_succeed_and_both_sides_count_the_same_rejections(company):
    async def test(ns):
        await ns.server_time()
        sql = "SELECT id FROM customer ORDER BY id"
        rows = await asyncio.gather(*(ns.suiteql(sql).fetch_one() for _ in range(60)))
        assert len({row["id"] for row in rows}) == 1
        assert ns.slots.in_use == 0
        return ns.counters

    company.admin("/settings", {"slots": 3})
    try:
        counters = company.run(test, NETSUITE_SLOTS="20")
    finally:
        company.admin("/settings", {"slots": 15})
    statistics = company.admin("/statistics")
    assert statistics["max_slots_used"] <= 3
    assert counters.calls - counters.rejections == 61
    assert statistics["rejected"] == counters.rejections > 0


@pytest.mark.parametrize(
    "kind", ["concurrency", "error", "unavailable", "cut_before", "cut_after", "cut_during", "token_expired"]
)
def test_reads_survive_every_fault(company, kind):
    async def test(ns):
        sql = "SELECT uniquekey FROM transactionline ORDER BY uniquekey"
        whole = await ns.suiteql(sql).fetch_all()
        company.admin("/faults", {"kind": kind, "count": 3, "every": 2, "types": ["suiteql"]})
        assert await ns.suiteql(sql).fetch_all() == whole
        assert [fault["fired"] for fault in company.admin("/faults")] == [3]
        assert ns.slots.in_use == 0

    company.run(test)


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "unavailable", "error", "error_after"])
def test_a_create_under_a_fault_is_in_doubt_and_looking_tells(company, kind):
    async def test(ns):
        external_id = fresh()
        values = {"companyName": external_id, **await any_subsidiary(ns)}
        company.admin("/faults", {"kind": kind, "method": "POST", "types": ["write"]})
        with pytest.raises(OutcomeUnknown) as caught:
            await ns.records.create("customer", values, external_id=external_id)
        assert caught.value.record == f"customer {external_id}"
        try:
            await ns.records.get("customer", external_id=external_id)
            there = True
        except NotFoundError:
            there = False
        assert there is kind.endswith("after")

    company.run(test)


@pytest.mark.parametrize("kind", ["concurrency", "token_expired", "cut_after", "unavailable", "error_after"])
def test_an_upsert_under_a_fault_writes_one_record(company, kind):
    async def test(ns):
        external_id = fresh()
        values = {"companyName": external_id, **await any_subsidiary(ns)}
        company.admin("/faults", {"kind": kind, "method": "PUT", "types": ["write"]})
        await ns.records.upsert("customer", external_id=external_id, values=values)
        rows = await ns.suiteql("SELECT id FROM customer WHERE externalid = :key", key=external_id).fetch_all()
        assert len(rows) == 1
        assert [fault["fired"] for fault in company.admin("/faults")] == [1]

    company.run(test)


def test_a_slow_refusal_of_a_good_login_is_waited_out(company):
    async def test(ns):
        ns.transport.slow_login = 0.05
        await ns.server_time()
        company.admin("/faults", {"kind": "slow_invalid_login", "seconds": 0.2})
        await ns.server_time()
        assert ns.counters.rejections == 1
        assert company.admin("/statistics")["calls_by_kind"]["token"] == 1

    company.run(test, NETSUITE_SLOTS="5")


def test_a_service_that_stays_away_is_told(company):
    async def test(ns):
        company.admin("/faults", {"kind": "unavailable", "count": None})
        with pytest.raises(UnavailableError):
            await ns.server_time()

    company.run(test)


def test_the_synchronous_client_reads_the_same(company):
    with NetSuite.from_env(company.env) as ns:
        rows = list(ns.suiteql("SELECT id, companyname FROM customer ORDER BY id"))
        assert ns.records.get("customer", rows[0]["id"])["id"] == rows[0]["id"]
        assert sorted(ns.records.list("customer")) == sorted(row["id"] for row in rows)
