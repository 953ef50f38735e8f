from __future__ import annotations

import pytest

from suitebridge.sandbox.netsuite.records import RecordRefused

from .company import ADMINISTRATOR, Company, make_company

PEOPLE = (
    {"companyName": "Alpha", "email": "info@alpha.example", "comments": "100% wool_"},
    {"companyName": "Beta", "email": "INFO@BETA.example", "isInactive": True, "terms": {"id": 1}},
    {"companyName": "Gamma", "creditLimit": 1000.5, "terms": {"id": "1"}},
    {"companyName": "Delta & Sons", "creditLimit": 200, "externalId": "D|1", "custentity_sb_since": "2024-02-29"},
)


@pytest.fixture
def listed(company: Company) -> tuple[Company, dict[str, int]]:
    ids = {
        each["companyName"].split()[0].lower(): company.create("customer", {**each, "subsidiary": 1}) for each in PEOPLE
    }
    return company, ids


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("email START_WITH info", "alpha beta"),
        ("email IS info@beta.example", "beta"),
        ("email CONTAIN alpha", "alpha"),
        ("email CONTAIN_NOT alpha", "beta gamma delta"),
        ("email END_WITH beta.example", "beta"),
        ("email ENDWITH beta.example", "beta"),
        ("email EMPTY", "gamma delta"),
        ("email EMPTY_NOT", "alpha beta"),
        ("comments CONTAIN %", "alpha"),
        ("comments CONTAIN l_", "alpha"),
        ('companyName IS "Delta & Sons"', "delta"),
        ("COMPANYNAME IS gamma", "gamma"),
        ("isInactive IS true", "beta"),
        ("isinactive IS_NOT true", "alpha gamma delta"),
        ("creditLimit GREATER 200", "gamma"),
        ("creditLimit GREATER_OR_EQUAL 200", "gamma delta"),
        ("creditLimit LESS_NOT 500", "alpha beta gamma"),
        ("creditLimit EQUAL 1000.50", "gamma"),
        ("creditLimit EQUAL 1000.501", ""),
        ("creditLimit BETWEEN [100, 300]", "delta"),
        ("creditLimit WITHIN_NOT [100, 300]", "alpha beta gamma"),
        ("terms ANY_OF [1]", "beta gamma"),
        ("terms ANY_OF_NOT [1]", "alpha delta"),
        ("subsidiary ANY_OF [1]", "alpha beta gamma delta"),
        ("subsidiary ANY_OF [2]", ""),
        ('externalId IS "D|1"', "delta"),
        ('dateCreated ON "7/1/2026"', "alpha beta gamma delta"),
        ('dateCreated ON_OR_AFTER "7/2/2026"', ""),
        ('dateCreated BEFORE "7/1/2026"', ""),
        ('dateCreated AFTER_NOT "7/1/2026"', "alpha beta gamma delta"),
        ("dateCreated ON_OR_BEFORE 2026-07-01", "alpha beta gamma delta"),
        ('custentity_sb_since ON "2/29/2024"', "delta"),
        ('custentity_sb_since ON_NOT "2/29/2024"', "alpha beta gamma"),
        ("companyName IS alpha OR companyName IS beta AND isInactive IS false", "alpha"),
        ("(companyName IS alpha OR companyName IS beta) AND isInactive IS false", "alpha"),
        ("balance EQUAL 0", "alpha beta gamma delta"),
    ],
)
def test_a_filter_finds_its_records(listed, q, names):
    company, ids = listed
    assert company.ids("customer", q) == sorted(ids[name] for name in names.split())


def test_ids_can_be_filtered_as_numbers(listed):
    company, ids = listed
    every = sorted(ids.values())
    assert company.ids("customer", f"id BETWEEN [{every[1]}, {every[2]}]") == every[1:3]
    assert company.ids("customer", f"id ANY_OF [{every[0]}, {every[3]}]") == [every[0], every[3]]
    assert company.ids("customer", f"id ANY_OF_NOT [{every[0]}]") == every[1:]


@pytest.mark.parametrize(
    "q",
    [
        "nosuchfield IS x",
        "addressBook IS x",
        "addressBook.city IS x",
        "salesRep.email IS x",
        "email GREATER 3",
        "creditLimit CONTAIN 3",
        "creditLimit EQUAL much",
        "isInactive IS maybe",
        'dateCreated ON "31/12/2019"',
        'dateCreated AFTER "12/31/9999"',
        "terms ANY_OF [net]",
        "id EQUAL eid:x",
        "password IS x",
    ],
)
def test_a_filter_on_what_cannot_be_filtered_is_refused(company, q):
    with pytest.raises(RecordRefused) as refused:
        company.ids("customer", q)
    assert refused.value.status == 400
    assert [(each.code, each.query_param) for each in refused.value.details] == [("INVALID_PARAMETER", "q")]


@pytest.mark.parametrize(
    "q",
    [
        "email START_WITH info",
        "creditLimit LESS 500",
        "terms ANY_OF [1]",
        "isInactive IS true",
        'dateCreated ON "7/1/2026"',
        "comments EMPTY",
    ],
)
def test_a_condition_and_its_negation_divide_the_records(listed, q):
    company, ids = listed
    field, operator, rest = (*q.split(" ", 2), "")[:3]
    without = company.ids("customer", f"{field} {operator}_NOT {rest}")
    assert sorted(company.ids("customer", q) + without) == sorted(ids.values())


def test_with_another_date_format_the_day_comes_first():
    company = make_company("date-format=D/M/YYYY")
    made = company.create("customer", {"companyName": "Alpha", "subsidiary": 1})
    assert company.ids("customer", 'dateCreated ON "1/7/2026"') == [made]


def page(company: Company, limit: object = None, offset: object = None, q: str | None = None):
    return company.service.list(ADMINISTRATOR, "customer", q, limit, offset)


def test_count_total_and_has_more_agree_on_first_middle_and_last_page(listed):
    company, ids = listed
    extra = company.create("customer", {"companyName": "Epsilon", "subsidiary": 1})
    every = [*sorted(ids.values()), extra]
    pages = [page(company, 2, offset) for offset in (0, 2, 4)]
    assert [list(each.ids) for each in pages] == [every[:2], every[2:4], every[4:]]
    assert [each.has_more for each in pages] == [True, True, False]
    assert {each.total for each in pages} == {5}


def test_a_page_is_of_a_thousand_from_the_start_unless_told_otherwise(listed):
    company, _ = listed
    assert (page(company).limit, page(company).offset) == (1000, 0)
    assert page(company, "2", "2").limit == 2


def test_a_filtered_list_counts_what_the_filter_leaves(listed):
    company, _ = listed
    found = page(company, 1, 0, "terms ANY_OF [1]")
    assert (len(found.ids), found.total, found.has_more) == (1, 2, True)


def test_an_offset_past_the_end_gives_an_empty_page(listed):
    company, _ = listed
    found = page(company, 2, 100)
    assert (found.ids, found.total, found.has_more) == ((), 4, False)


@pytest.mark.parametrize(
    ("limit", "offset", "named"),
    [
        (1001, 0, "limit"),
        (0, 0, "limit"),
        (-1, 0, "limit"),
        ("many", 0, "limit"),
        (10, 5, "offset"),
        (10, -10, "offset"),
        (10, "x", "offset"),
        (10, 10_000, "offset"),
        (1, 1_000, "offset"),
        (10**12, 0, "limit"),
    ],
)
def test_a_page_outside_the_rules_is_refused(company, limit, offset, named):
    with pytest.raises(RecordRefused) as refused:
        page(company, limit, offset)
    assert [(each.code, each.query_param) for each in refused.value.details] == [("INVALID_PARAMETER", named)]


def test_the_thousandth_page_is_the_last_one_for_any_page_size(company):
    assert page(company, 10, 9_990).ids == ()
    assert page(company, 1, 999).ids == ()


@pytest.mark.parametrize(
    ("quirk", "limit", "offset"),
    [("page-limit-error=clamp", 5000, 0), ("page-offset-error=ignore", 10, 5), ("page-wall=cap", 1, 1_000)],
)
def test_each_of_these_rules_can_be_softened(quirk, limit, offset):
    company = make_company(quirk)
    assert page(company, limit, offset).limit == min(limit, 1000)


def test_a_list_is_of_one_type_alone(company):
    assert company.ids("inventoryItem") == [10, 11, 13]
    assert company.ids("serviceSaleItem") == [12, 16]
    assert company.ids("SERVICESALEITEM", "itemId IS repair") == [12]
