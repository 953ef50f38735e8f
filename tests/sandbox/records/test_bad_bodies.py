from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitebridge.sandbox.netsuite.records import RecordRefused
from suitebridge.sandbox.netsuite.records.binding import bind
from suitebridge.sandbox.netsuite.schema import SCHEMA

from .company import ADMINISTRATOR, Company, make_company

CATALOGUE = bind(SCHEMA)
PERSON = {"firstName": "A", "lastName": "B", "subsidiary": 1}
GOOD = {
    "customer": {"companyName": "Acme", "subsidiary": 1},
    "vendor": {"companyName": "Acme", "subsidiary": 1},
    "employee": PERSON,
    "contact": PERSON,
    "partner": {"companyName": "Acme", "subsidiary": 1},
    "job": {"companyName": "Refit"},
    "inventoryItem": {"itemId": "box"},
    "serviceSaleItem": {"itemId": "box"},
    "discountItem": {"itemId": "box"},
    "salesOrder": {"entity": 2, "location": 1, "item": {"items": [{"item": 10, "quantity": 1}]}},
    "account": {"acctName": "x", "acctType": "Expense"},
    "location": {"name": "x"},
    "currency": {"name": "x", "symbol": "x", "exchangeRate": 1},
    "currencyRate": {"baseCurrency": 1, "transactionCurrency": 4, "exchangeRate": 1, "effectiveDate": "2026-01-01"},
    "salesTaxItem": {"itemId": "x", "rate": 1},
    "nexus": {"country": "US"},
    "customrecord_sb_machine": {"name": "x"},
    "unitsType": {"name": "x"},
}

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        ["1", "2", "-1", "eid:x", "2026-02-30", "2026-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "T", ""]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["id", "externalId", "refName", "items", "value", "links", "x"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


def names_of(record_type: str) -> list[str]:
    bound = CATALOGUE.types[record_type.lower()]
    sublists = [each.name for each in bound.sublists.values()]
    return [each.name for each in bound.fields] + sublists + [each.name for each in bound.subrecords.values()]


def line_names(record_type: str) -> list[str]:
    bound = CATALOGUE.types[record_type.lower()]
    return [field.name for sublist in bound.sublists.values() for field in sublist.fields]


@pytest.fixture(scope="module")
def lived_in() -> Iterator[Company]:
    company = make_company("duplicate-name=accept")
    assert company.create("customer", GOOD["customer"]) == 2
    yield company
    company.store.close()


def state(company: Company) -> list[object]:
    tables = ("customer", "item", '"transaction"', "transactionline", "account", "systemnote", "entityaddress")
    return [company.value(f"SELECT count(*) FROM {table}") for table in tables]


@pytest.mark.parametrize("record_type", list(GOOD))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_body_does_worse_than_being_refused_and_what_is_refused_leaves_nothing(lived_in, record_type, data):
    changes = data.draw(st.dictionaries(st.sampled_from(names_of(record_type)), values, max_size=4))
    lines = data.draw(
        st.lists(st.dictionaries(st.sampled_from(line_names(record_type) or ["x"]), values, max_size=4), max_size=2)
    )
    body = {**GOOD[record_type], **changes}
    for sublist in CATALOGUE.types[record_type.lower()].sublists.values():
        if lines and sublist.definition.writable:
            body[sublist.name] = {"items": lines}
    before = state(lived_in)
    made, status = outcome(lived_in, record_type, body)
    if made is None:
        assert status == 400
        assert state(lived_in) == before
        return
    assert lived_in.get(record_type, made, expand=True)["id"] == str(made)
    before = state(lived_in)
    try:
        lived_in.update(record_type, made, changes)
    except RecordRefused:
        assert state(lived_in) == before


def outcome(company: Company, record_type: str, body: dict) -> tuple[int | None, int | None]:
    try:
        return company.service.create(ADMINISTRATOR, record_type, body).internal_id, None
    except RecordRefused as refused:
        return None, refused.status
