from __future__ import annotations

from datetime import timedelta

import pytest

from suitebridge.sandbox.netsuite.records import RecordRefused

from .company import ADMINISTRATOR, Company, make_company

ACME = {"companyName": "Acme", "subsidiary": {"id": "1"}}
ADDRESS = {"addr1": "1 Main St", "city": "Reno", "state": "NV", "zip": "89501", "country": {"id": "US"}}


def refusal(company: Company, record_type: str, body: dict, **options: object) -> RecordRefused:
    with pytest.raises(RecordRefused) as refused:
        company.create(record_type, body, **options)
    return refused.value


def details(refused: RecordRefused) -> list[tuple[str, str | None, str]]:
    return [(each.code, each.path, each.detail) for each in refused.details]


def test_a_customer_needs_a_name_and_a_subsidiary_and_gets_the_rest(company):
    made = company.create("customer", ACME)
    document = company.get("customer", made)
    assert document["entityId"] == "Acme"
    assert document["currency"]["refName"] == "US Dollar"
    assert document["entityStatus"]["refName"] == "Customer-Closed Won"
    assert document["searchStage"] == "Customer"
    assert document["subsidiary"]["id"] == "1"
    assert document["balance"] == 0.0
    assert company.rows("SELECT type, entityid, altname FROM entity WHERE id = ?", made) == [
        ("CustJob", "Acme", "Acme")
    ]
    assert company.rows(
        "SELECT subsidiary, isprimarysub, primarycurrency FROM customersubsidiaryrelationship WHERE entity = ?", made
    ) == [(1, "T", 1)]


def test_the_currency_of_a_customer_is_that_of_its_subsidiary(company):
    made = company.create("customer", {**ACME, "subsidiary": 2})
    assert company.get("customer", made)["currency"]["refName"] == "Euro"


@pytest.mark.parametrize(
    ("record_type", "body", "labels"),
    [
        ("customer", {}, "Company Name, Subsidiary"),
        ("customer", {"companyName": "Acme"}, "Subsidiary"),
        ("customer", {"isPerson": True, "firstName": "Ann", "subsidiary": 1}, "Last Name"),
        ("customer", {**ACME, "autoName": False}, "Customer ID"),
        ("vendor", {"subsidiary": 1}, "Company Name"),
        ("employee", {"firstName": "Ann", "subsidiary": 1}, "First Name, Last Name"),
        ("contact", {"lastName": "Lee"}, "Subsidiary"),
        ("inventoryItem", {}, "Item Name/Number"),
        ("department", {}, "Name"),
        ("currency", {"name": "Pound"}, "Symbol, Exchange Rate"),
        ("customlist_sb_segment", {}, "Name"),
    ],
)
def test_missing_mandatory_fields_are_named_in_one_user_error(company, record_type, body, labels):
    wanted = [label for label in labels.split(", ") if label != "First Name" or "firstName" not in body]
    refused = refusal(company, record_type, body)
    assert refused.status == 400
    (code, _, text) = details(refused)[0]
    assert code == "USER_ERROR"
    assert text.startswith("Error while accessing a resource. Please enter value(s) for: ")
    for label in wanted:
        assert label in text


def test_the_text_for_a_missing_subsidiary_is_netsuites_own(company):
    refused = refusal(company, "customer", {"companyName": "Acme"})
    assert [text for _, _, text in details(refused)] == [
        "Error while accessing a resource. Please enter value(s) for: Subsidiary."
    ]


def test_a_person_is_named_by_first_and_last_name(company):
    made = company.create("customer", {"isPerson": True, "firstName": "Ann", "lastName": "Lee", "subsidiary": 1})
    assert company.get("customer", made)["entityId"] == "Ann Lee"


@pytest.mark.parametrize(
    "reference", [{"id": "1"}, {"id": 1}, {"externalId": "net-30"}, "1", 1, {"id": "1", "refName": "whatever"}]
)
def test_a_reference_is_taken_by_id_by_external_id_or_bare(company, reference):
    company.update("term", 1, {"externalId": "net-30"})
    made = company.create("customer", {**ACME, "terms": reference})
    assert company.get("customer", made)["terms"]["id"] == "1"


@pytest.mark.parametrize("value", ["ON", {"id": "ON"}, {"refName": "On"}, {"refName": "on"}])
def test_an_enum_is_taken_by_id_or_by_its_name(company, value):
    made = company.create("customer", {**ACME, "creditHoldOverride": value})
    assert company.get("customer", made)["creditHoldOverride"] == {"id": "ON", "refName": "On"}


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("terms", {"id": "9999"}, "9999"),
        ("terms", {"externalId": "none"}, "none"),
        ("terms", "net 30", "net 30"),
        ("terms", {"id": 2}, "2"),
        ("terms", {"refName": "Net 30"}, "Net 30"),
        ("creditHoldOverride", "MAYBE", "MAYBE"),
        ("creditLimit", "much", "much"),
        ("isInactive", "maybe", "maybe"),
        ("email", {"a": 1}, "{}"),
        ("custentity_sb_since", "1/2/2019", "1/2/2019"),
    ],
)
def test_a_value_that_cannot_be_is_invalid_content_that_points_at_the_field(company, field, value, shown):
    refused = refusal(company, "customer", {**ACME, field: value})
    assert details(refused) == [
        (
            "INVALID_CONTENT",
            field,
            f"Error while accessing resource: You have entered an Invalid Field Value {shown}"
            f" for the following field: {field}",
        )
    ]


def test_several_faults_come_in_one_answer_and_nothing_is_written(company):
    refused = refusal(
        company, "customer", {"companyName": "Acme", "terms": 9999, "creditLimit": "x", "email": "y" * 300}
    )
    assert [(code, path) for code, path, _ in details(refused)] == [
        ("INVALID_CONTENT", "terms"),
        ("INVALID_CONTENT", "creditLimit"),
        ("USER_ERROR", "email"),
        ("USER_ERROR", None),
    ]
    assert company.ids("customer") == []
    assert company.value("SELECT count(*) FROM systemnote") == 0


@pytest.mark.parametrize("record_type", ["customer", "vendor", "employee"])
def test_an_external_id_is_unique_among_all_entities(company, record_type):
    company.create("customer", {**ACME, "externalId": "E1"})
    body = {"companyName": "Other", "firstName": "O", "lastName": "T", "subsidiary": 1, "externalId": "E1"}
    refused = refusal(company, record_type, body)
    assert details(refused)[0][0] == "USER_ERROR"
    assert details(refused)[0][2] == "Error while accessing a resource. This entity already exists."


def test_external_ids_of_other_groups_are_their_own(company):
    company.create("customer", {**ACME, "externalId": "E1"})
    company.create("inventoryItem", {"itemId": "box", "externalId": "E1"})
    company.create("department", {"name": "Shop", "externalId": "E1"})
    company.create("location", {"name": "Shop", "externalId": "E1"})
    refused = refusal(company, "serviceSaleItem", {"itemId": "help", "externalId": "E1"})
    assert refused.details[0].detail.endswith("This entity already exists.")


def test_an_entity_name_is_unique_among_all_entities_unless_told_otherwise(company):
    company.create("customer", ACME)
    assert refusal(company, "vendor", ACME).details[0].detail.endswith("This entity already exists.")
    lenient = make_company("duplicate-name=accept")
    lenient.create("customer", ACME)
    lenient.create("customer", ACME)
    assert len(lenient.ids("customer")) == 2


def test_an_id_in_a_body_changes_nothing(company):
    made = company.create("customer", {**ACME, "id": "777", "links": [], "refName": "x"})
    assert made != 777
    company.update("customer", made, {"id": 778, "phone": "1"})
    assert company.get("customer", made)["phone"] == "1"


def test_read_only_fields_are_passed_over(company):
    made = company.create("customer", {**ACME, "balance": 5, "dateCreated": "2001-01-01T00:00:00Z"})
    assert company.get("customer", made)["balance"] == 0.0
    assert company.get("customer", made)["dateCreated"] == "2026-07-01T19:00:00Z"


def test_an_unknown_field_is_dropped_with_a_warning_refused_or_ignored(company):
    body = {**ACME, "shoeSize": 9}
    assert company.service.create(ADMINISTRATOR, "customer", body).warnings == ("Unknown property: shoeSize",)
    refused = refusal(company, "customer", body, name_validation="Error")
    assert (refused.details[0].code, refused.details[0].path) == ("INVALID_CONTENT", "shoeSize")
    quiet = company.service.create(ADMINISTRATOR, "customer", {**body, "companyName": "B"}, name_validation="ignore")
    assert quiet.warnings == ()


def test_a_bad_value_can_be_dropped_but_not_a_reference_to_nothing(company):
    body = {**ACME, "creditLimit": "much", "email": "a@b.example"}
    result = company.service.create(ADMINISTRATOR, "customer", body, value_validation="warning")
    assert result.warnings == ("Invalid value: creditLimit",)
    assert company.get("customer", result.internal_id)["email"] == "a@b.example"
    refused = refusal(company, "customer", {**ACME, "terms": 9999}, value_validation="ignore")
    assert refused.details[0].code == "INVALID_CONTENT"


def test_omitted_fields_stay_and_null_clears(company):
    made = company.create("customer", {**ACME, "phone": "1", "comments": "x", "creditLimit": 5, "language": "de_DE"})
    company.update("customer", made, {"comments": None, "creditLimit": None, "language": None})
    document = company.get("customer", made)
    assert document["phone"] == "1"
    assert not {"comments", "creditLimit", "language"}.intersection(document)


def test_with_replace_selected_fields_only_the_named_ones_are_cleared(company):
    made = company.create("customer", {**ACME, "phone": "1", "comments": "x"})
    company.update("customer", made, {"phone": None, "comments": None}, replace=["phone"], replace_selected=True)
    document = company.get("customer", made)
    assert "phone" not in document
    assert document["comments"] == "x"


def test_a_mandatory_field_cannot_be_cleared(company):
    made = company.create("customer", ACME)
    for field, label in (("entityId", "Customer ID"), ("subsidiary", "Subsidiary")):
        with pytest.raises(RecordRefused) as refused:
            company.update("customer", made, {field: None})
        assert label in refused.value.details[0].detail


def test_a_change_moves_the_date_and_leaves_a_note(company):
    made = company.create("customer", ACME)
    company.clock.moment += timedelta(hours=1)
    company.update("customer", made, {"phone": "555", "terms": 1})
    assert company.get("customer", made)["lastModifiedDate"] == "2026-07-01T20:00:00Z"
    notes = company.rows(
        "SELECT field, oldvalue, newvalue, type, name FROM systemnote WHERE recordid = ? ORDER BY id", made
    )
    assert notes == [
        ("RECORD.CREATED", None, "Acme", 1, 1),
        ("ENTITY.SPHONE", None, "555", 2, 1),
        ("ENTITY.KTERMS", None, "Net 30", 2, 1),
    ]


def test_a_change_to_the_same_values_moves_nothing(company):
    made = company.create("customer", {**ACME, "phone": "1"})
    company.clock.moment += timedelta(hours=1)
    company.update("customer", made, {"phone": "1"})
    assert company.get("customer", made)["lastModifiedDate"] == "2026-07-01T19:00:00Z"


def test_an_upsert_creates_when_absent_and_updates_when_present(company):
    first = company.service.upsert(ADMINISTRATOR, "customer", "X", {**ACME, "phone": "1"})
    second = company.service.upsert(ADMINISTRATOR, "customer", "eid:X", {"phone": "2", "externalId": "Y"})
    assert (first.created, second.created) == (True, False)
    assert first.internal_id == second.internal_id
    document = company.get("customer", "eid:X")
    assert (document["phone"], document["externalId"]) == ("2", "X")


def test_an_upsert_onto_another_kind_of_entity_is_refused(company):
    company.create("vendor", {**ACME, "externalId": "X"})
    with pytest.raises(RecordRefused) as refused:
        company.service.upsert(ADMINISTRATOR, "customer", "X", {"companyName": "B", "subsidiary": 1})
    assert refused.value.details[0].detail.endswith("This entity already exists.")


def test_an_external_id_with_a_bar_is_found_by_filter_but_not_by_address(company):
    made = company.create("customer", {**ACME, "externalId": "A|B"})
    assert company.ids("customer", 'externalId IS "A|B"') == [made]
    with pytest.raises(RecordRefused) as refused:
        company.get("customer", "eid:A|B")
    assert refused.value.status == 400


def test_address_book_lines_merge_by_their_id(company):
    lines = [{"label": "HQ", "defaultBilling": True, "addressBookAddress": ADDRESS}, {"label": "Shop"}]
    made = company.create("customer", {**ACME, "addressBook": {"items": lines}})
    first, second = company.get("customer", made, expand=True)["addressBook"]["items"]
    change = {"id": second["id"], "defaultBilling": True, "addressBookAddress": {"city": "Elko"}}
    company.update("customer", made, {"addressBook": {"items": [change, {"label": "New"}]}})
    book = company.get("customer", made, expand=True)["addressBook"]["items"]
    assert [(each["label"], each["defaultBilling"]) for each in book] == [
        ("HQ", False),
        ("Shop", True),
        ("New", False),
    ]
    assert book[1]["addressBookAddress"]["city"] == "Elko"
    assert "Elko" in company.get("customer", made)["defaultAddress"]
    company.update("customer", made, {"addressBook": {"items": [{"internalId": first["id"]}]}}, replace=["addressBook"])
    assert [each["label"] for each in company.get("customer", made, expand=True)["addressBook"]["items"]] == ["HQ"]
    assert company.value("SELECT count(*) FROM entityaddress") == 1


@pytest.mark.parametrize("emptied", [None, {"items": None}, {"items": []}])
def test_a_sublist_is_emptied_by_null_or_by_replacing_it_with_nothing(company, emptied):
    made = company.create("customer", {**ACME, "addressBook": {"items": [{"label": "HQ"}]}})
    company.update("customer", made, {"addressBook": emptied}, replace=["addressBook"])
    assert company.value("SELECT count(*) FROM customeraddressbook") == 0


def test_a_bad_address_points_at_its_line(company):
    lines = [{"label": "HQ"}, {"addressBookAddress": {"country": {"id": "Atlantis"}}}]
    refused = refusal(company, "customer", {**ACME, "addressBook": {"items": lines}})
    assert refused.details[0].path == "addressBook.items[1].addressBookAddress.country"


@pytest.mark.parametrize("shape", ["x", 3, [1], {"items": "x"}, {"items": [1]}])
def test_a_sublist_of_another_shape_is_invalid_content(company, shape):
    refused = refusal(company, "customer", {**ACME, "addressBook": shape})
    assert refused.details[0].code == "INVALID_CONTENT"


def test_a_deleted_customer_is_gone_with_all_it_owned_and_leaves_a_deletedrecord(company):
    made = company.create("customer", {**ACME, "addressBook": {"items": [{"addressBookAddress": ADDRESS}]}})
    company.service.delete(ADMINISTRATOR, "customer", str(made))
    for table in ("customer", "entityaddress", "customeraddressbook", "customersubsidiaryrelationship"):
        assert company.value(f"SELECT count(*) FROM {table}") == 0
    assert company.value("SELECT count(*) FROM entity WHERE id = ?", made) == 0
    assert company.rows("SELECT recordtypeid, recordid, type, name, deletedby FROM deletedrecord") == [
        (-2, made, "Customer", "Acme", 1)
    ]
    with pytest.raises(RecordRefused) as refused:
        company.get("customer", made)
    assert refused.value.details[0].code == "NONEXISTENT_ID"


def test_a_customer_that_others_refer_to_cannot_be_deleted(company):
    made = company.create("customer", ACME)
    company.create("contact", {"firstName": "Cy", "lastName": "Lo", "company": made, "subsidiary": 1})
    with pytest.raises(RecordRefused) as refused:
        company.service.delete(ADMINISTRATOR, "customer", str(made))
    assert refused.value.details[0].code == "USER_ERROR"
    assert company.ids("customer") == [made]


def test_vendors_employees_contacts_partners_and_projects_can_be_written(company):
    vendor = company.create("vendor", {**ACME, "custentity_sb_lead_days": 3, "payablesAccount": 2})
    employee = company.create(
        "employee", {"firstName": "Ed", "lastName": "Fox", "subsidiary": 1, "supervisor": 1, "hireDate": "2026-01-02"}
    )
    customer = company.create("customer", {**ACME, "companyName": "Cust", "salesRep": employee})
    contact = company.create("contact", {"firstName": "G", "lastName": "H", "company": customer, "subsidiary": 1})
    partner = company.create("partner", {"companyName": "Part", "subsidiary": 1})
    job = company.create("job", {"companyName": "Refit", "parent": customer})
    assert company.get("vendor", vendor)["custentity_sb_lead_days"] == 3
    assert company.get("employee", employee)["hireDate"] == "2026-01-02"
    assert company.get("customer", customer)["salesRep"]["refName"] == "Ed Fox"
    assert company.get("contact", contact)["entityId"] == "G H"
    assert company.get("partner", partner)["partnerCode"] == "Part"
    assert company.get("job", job)["customer"]["id"] == str(customer)
    roles = company.get("customer", customer, expand=True)["contactRoles"]["items"]
    assert [each["contact"]["id"] for each in roles] == [str(contact)]
    kinds = company.rows("SELECT type FROM entity ORDER BY id")
    assert [kind for (kind,) in kinds] == ["Employee", "Vendor", "Employee", "CustJob", "Contact", "Partner", "Job"]
