from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records import PERMISSIONS, RecordRefused
from suitebridge.sandbox.netsuite.roles import WORKBOOK
from suitebridge.sandbox.netsuite.schema import PERMISSIONS as COLUMNS

from .company import ADMINISTRATOR, BASE, Company

ALL = PERMISSIONS | COLUMNS | {WORKBOOK}


def without(*lacks: str) -> Caller:
    return replace(ADMINISTRATOR, permissions=ALL - set(lacks))


def get(company: Company, caller: Caller, record_type: str, record: int) -> dict:
    return company.service.get(caller, record_type, str(record), None, False, False, BASE)


@pytest.mark.parametrize(
    ("lacks", "record_type", "record", "named"),
    [
        ("LIST_ITEM", "inventoryItem", 10, "Lists -> Items"),
        ("LIST_EMPLOYEE", "employee", 1, "Lists -> Employees"),
        ("TRAN_SALESORD", "salesOrder", 1, "Transactions -> Sales Order"),
    ],
)
def test_a_role_without_the_permission_is_told_which_it_needs(company, lacks, record_type, record, named):
    with pytest.raises(RecordRefused) as refused:
        get(company, without(lacks), record_type, record)
    assert (refused.value.status, refused.value.details[0].code) == (403, "INSUFFICIENT_PERMISSION")
    assert refused.value.details[0].detail == (
        f"Permission Violation: You need a higher level of the '{named}' permission to access this page."
        " Please contact your account administrator."
    )


def test_a_role_without_workbook_cannot_list_or_filter_but_can_read_by_id(company):
    caller = without(WORKBOOK)
    for q in (None, "itemId IS widget"):
        with pytest.raises(RecordRefused) as refused:
            company.service.list(caller, "inventoryItem", q, None, None)
        assert (refused.value.status, refused.value.details[0].code) == (400, "USER_ERROR")
        assert refused.value.details[0].detail == (
            "Your current role does not have permission to perform this action."
            " Please contact your account administrator."
        )
    assert get(company, caller, "inventoryItem", 10)["itemId"] == "widget"


def test_a_field_the_role_may_not_see_is_absent_and_silently_not_written(company):
    company.update("employee", 1, {"socialSecurityNumber": "900-11"})
    caller = without("employee_ssn")
    assert get(company, ADMINISTRATOR, "employee", 1)["socialSecurityNumber"] == "900-11"
    assert "socialSecurityNumber" not in get(company, caller, "employee", 1)
    result = company.service.update(caller, "employee", "1", {"socialSecurityNumber": "0", "phone": "1"})
    assert result.warnings == ()
    assert get(company, ADMINISTRATOR, "employee", 1)["socialSecurityNumber"] == "900-11"
    with pytest.raises(RecordRefused):
        company.service.list(caller, "employee", "socialSecurityNumber EMPTY", None, None)


def test_a_feature_that_is_off_takes_its_records_and_fields_away(company):
    caller = replace(ADMINISTRATOR, features=ADMINISTRATOR.features - {"departments", "oneworld"})
    with pytest.raises(RecordRefused) as refused:
        get(company, caller, "department", 1)
    assert refused.value.status == 404
    assert "subsidiary" not in get(company, caller, "inventoryItem", 10)
    made = company.service.create(caller, "customer", {"companyName": "Acme"}).internal_id
    assert company.value("SELECT count(*) FROM customersubsidiaryrelationship WHERE entity = ?", made) == 0


def test_a_role_confined_to_subsidiaries_sees_no_others(company):
    ours = company.create("customer", {"companyName": "Ours", "subsidiary": 2})
    theirs = company.create("customer", {"companyName": "Theirs", "subsidiary": 3})
    caller = replace(ADMINISTRATOR, subsidiaries=frozenset({2}))
    found = company.service.list(caller, "customer", None, None, None)
    assert (found.ids, found.total) == ((ours,), 1)
    with pytest.raises(RecordRefused) as refused:
        get(company, caller, "customer", theirs)
    assert refused.value.status == 404
    with pytest.raises(RecordRefused):
        company.service.update(caller, "customer", str(theirs), {"phone": "1"})
