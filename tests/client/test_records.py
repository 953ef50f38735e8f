"""Single records: addressed rightly, written once, read back with the right types."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.errors import UsageError
from suitebridge.netsuite.errors import AnswerError, DuplicateError, NotFoundError, RowLimitError, ValidationError
from suitebridge.netsuite.records import FieldWarning, created_id
from suitebridge.netsuite.restvalues import decode, encode


@pytest.mark.parametrize("relative", [True, False])
def test_a_record_is_created_read_updated_and_deleted(running, relative):
    async def body(server, ns):
        server.relative_location = relative
        internal_id = await ns.records.create("customer", {"companyName": "Acme", "creditLimit": Decimal("10.50")})
        assert internal_id == "101"
        record = await ns.records.get("customer", internal_id)
        assert record["creditLimit"] == Decimal("10.50")
        await ns.records.update("customer", internal_id, {"companyName": "Acme Inc.", "memo": None})
        assert (await ns.records.get("customer", 101))["companyName"] == "Acme Inc."
        await ns.records.delete("customer", internal_id)
        with pytest.raises(NotFoundError):
            await ns.records.get("customer", internal_id)

    running(body)


def test_an_upsert_creates_and_then_updates_the_same_record(running):
    async def body(server, ns):
        first = await ns.records.upsert("customer", external_id="sf-001", values={"companyName": "Acme"})
        second = await ns.records.upsert("customer", external_id="sf-001", values={"companyName": "Acme 2"})
        assert first == second
        assert (await ns.records.get("customer", external_id="sf-001"))["companyName"] == "Acme 2"
        assert server.seen[0] == "PUT /services/rest/record/v1/customer/eid:sf-001"

    running(body)


def test_a_taken_external_id_is_told_with_the_record_that_has_it(running):
    async def body(server, ns):
        first = await ns.records.create("customer", {"companyName": "Acme"}, external_id="sf-001")
        with pytest.raises(DuplicateError) as caught:
            await ns.records.create("customer", {"companyName": "Acme"}, external_id="sf-001")
        assert caught.value.record == f"customer {first}"
        assert first in caught.value.message

    running(body)


def test_a_create_that_a_rule_refuses_is_not_called_a_duplicate(running, faults):
    async def body(server, ns):
        server.faults = [lambda: faults.problem(400, "USER_ERROR", "Bitte Werte eingeben: Firma.")]
        with pytest.raises(ValidationError) as caught:
            await ns.records.create("customer", {}, external_id="sf-002")
        assert type(caught.value) is ValidationError
        assert caught.value.message == "Bitte Werte eingeben: Firma."

    running(body)


def test_options_of_a_call_become_netsuites_parameters(running):
    async def body(server, ns):
        server.records["7"] = {}
        await ns.records.get("salesOrder", 7, expand=True, simple_enums=True)
        await ns.records.get("salesOrder", 7, fields=("tranId", "memo"))
        await ns.records.update("salesOrder", 7, {"item": {"items": []}}, replace=("item", "apply"))
        await ns.records.update("salesOrder", 7, {"memo": None}, replace=("memo",), replace_selected_fields=True)
        assert [line.partition("?")[2] for line in server.seen] == [
            "expandSubResources=true&simpleEnumFormat=true",
            "fields=tranId%2Cmemo",
            "replace=item%2Capply",
            "replace=memo&replaceSelectedFields=true",
        ]
        assert server.headers[-1]["X-NetSuite-PropertyNameValidation"] == "error"

    running(body)


def test_warnings_about_fields_are_shown(running):
    async def body(server, ns):
        server.property_warning = "unknown property: fooo"
        with pytest.warns(FieldWarning, match="fooo"):
            await ns.records.create("customer", {"fooo": 1}, unknown_fields="warning")
        assert server.headers[-1]["X-NetSuite-PropertyNameValidation"] == "warning"

    running(body)


def test_a_list_goes_through_all_pages_and_keeps_its_filter(running):
    async def body(server, ns):
        server.records = {str(number): {} for number in range(2500)}
        ids = [internal_id async for internal_id in ns.records.list("customer", q='companyName START_WITH "A & B"')]
        assert ids == [str(number) for number in range(2500)]
        assert all("q=companyName%20START_WITH%20%22A%20%26%20B%22" in line for line in server.seen)
        assert len(server.seen) == 3

    running(body)


def test_a_list_can_be_cut_short(running):
    async def body(server, ns):
        server.records = {str(number): {} for number in range(2500)}
        assert len([i async for i in ns.records.list("customer", limit=1500)]) == 1500
        assert len(server.seen) == 2

    running(body)


def test_a_list_past_the_wall_is_an_error_before_its_first_id(running):
    async def body(server, ns):
        server.records = {str(number): {} for number in range(1500)}
        server.total_cap = 100_000
        with pytest.raises(RowLimitError):
            await anext(ns.records.list("customer"))
        assert len([i async for i in ns.records.list("customer", limit=10)]) == 10

    running(body)


@pytest.mark.parametrize("external_id", ["A|B", "a b", "a/b", "ä", "", "a.b", "../x", "a%20b", "a?b"])
def test_external_ids_outside_of_the_alphabet_are_refused_with_the_way_round(running, external_id):
    async def body(server, ns):
        calls = (
            lambda: ns.records.get("customer", external_id=external_id),
            lambda: ns.records.upsert("customer", external_id=external_id, values={"a": 1}),
            lambda: ns.records.create("customer", {}, external_id=external_id),
        )
        for call in calls:
            with pytest.raises(UsageError) as caught:
                await call()
            assert "externalId IS" in (caught.value.remedy or "")
        assert server.seen == []

    running(body)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param({"record_type": "customer"}, id="no id"),
        pytest.param({"record_type": "customer", "internal_id": 1, "external_id": "x"}, id="two ids"),
        pytest.param({"record_type": "customer", "internal_id": "1/x"}, id="a path as id"),
        pytest.param({"record_type": "customer", "internal_id": "eid:x"}, id="an external id as id"),
        pytest.param({"record_type": "customer/1", "internal_id": 1}, id="a path as type"),
        pytest.param({"record_type": "sales order", "internal_id": 1}, id="a space in the type"),
        pytest.param({"record_type": "customer", "internal_id": 1, "expand": True, "fields": ("a",)}, id="both"),
    ],
)
def test_a_record_that_is_not_named_rightly_is_refused_before_any_call(running, arguments):
    async def body(server, ns):
        with pytest.raises(UsageError):
            await ns.records.get(**arguments)
        assert server.seen == []

    running(body)


def test_an_empty_update_is_refused(running):
    async def body(server, ns):
        with pytest.raises(UsageError):
            await ns.records.update("customer", 1, {})

    running(body)


@pytest.mark.parametrize(
    ("location", "internal_id"),
    [
        ("https://1234567.suitetalk.api.netsuite.com/services/rest/record/v1/customer/647", "647"),
        ("/services/rest/record/v1/customer/647", "647"),
        ("/services/rest/record/v1/customer/647/", "647"),
        ("/services/rest/record/v1/employee/-5", "-5"),
        ("/services/rest/record/v1/customer/eid:x", None),
        ("", None),
        (None, None),
    ],
)
def test_a_location_is_read_relative_or_absolute(location, internal_id):
    assert created_id(location) == internal_id


class Colour(Enum):
    RED = "3"


def test_python_values_are_sent_as_netsuite_wants_them():
    values = {
        "amount": Decimal("10.50"),
        "rate": Decimal("1E-8"),
        "weight": 0.1,
        "tranDate": date(2026, 1, 31),
        "at": datetime(2026, 7, 1, 14, 0, tzinfo=timezone(timedelta(hours=2))),
        "hour": time(9, 5),
        "isInactive": False,
        "memo": None,
        "color": Colour.RED,
        "item": {"items": [{"item": {"id": 7}, "quantity": 2, "rate": Decimal("99.95")}]},
    }
    assert encode(values).decode() == (
        '{"amount":10.50,"rate":0.00000001,"weight":0.1,"tranDate":"2026-01-31","at":"2026-07-01T12:00:00Z",'
        '"hour":"09:05:00","isInactive":false,"memo":null,"color":"3",'
        '"item":{"items":[{"item":{"id":7},"quantity":2,"rate":99.95}]}}'
    )


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**15), max_value=10**15))
def test_money_comes_back_as_it_was_sent(amount):
    assert decode(encode({"amount": amount}))["amount"] == amount


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
        lambda s: st.lists(s) | st.dictionaries(st.text(), s),
    )
)
def test_plain_json_is_sent_unchanged(value):
    assert json.loads(encode({"x": value})) == {"x": value}


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (datetime(2026, 1, 1), "customer.x.y[0]"),
        (float("nan"), "customer.x.y[0]"),
        (Decimal("Infinity"), "customer.x.y[0]"),
        (b"bytes", "customer.x.y[0]"),
        ({1, 2}, "customer.x.y[0]"),
    ],
)
def test_a_value_that_cannot_be_sent_is_named_by_its_place(value, where):
    with pytest.raises(UsageError) as caught:
        encode({"x": {"y": [value]}}, "customer")
    assert caught.value.record == where


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'"x"'])
def test_a_body_that_is_no_record_is_an_error(body):
    with pytest.raises(AnswerError):
        decode(body)
