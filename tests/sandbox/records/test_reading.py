from __future__ import annotations

import pytest

from suitebridge.sandbox.netsuite.records import RecordRefused

from .company import ADMINISTRATOR, BASE, Company, make_company

ADDRESS = {"addr1": "1 Main St", "city": "Reno", "state": "NV", "zip": "89501", "country": {"id": "US"}}


@pytest.fixture
def customer(company: Company) -> int:
    return company.create(
        "customer",
        {
            "companyName": "Acme",
            "subsidiary": {"id": "1"},
            "externalId": "C-1",
            "email": "a@acme.example",
            "creditLimit": 1234.5,
            "terms": 1,
            "custentity_sb_segment": {"id": 1},
            "language": {"refName": "German"},
            "salutation": "",
            "addressBook": {"items": [{"defaultBilling": True, "label": "HQ", "addressBookAddress": ADDRESS}]},
        },
    )


@pytest.fixture
def order(company: Company, customer: int) -> int:
    return company.create(
        "salesOrder",
        {
            "entity": {"id": customer},
            "location": "1",
            "orderStatus": {"id": "B"},
            "tranDate": "2026-03-05",
            "item": {"items": [{"item": {"id": 10}, "quantity": 2, "taxCode": 1}, {"item": 12, "quantity": 1.5}]},
        },
    )


def test_links_come_first_and_the_other_keys_in_alphabetical_order(company, customer, order):
    for record_type, record in (("customer", customer), ("salesOrder", order)):
        keys = list(company.get(record_type, record))
        assert keys[0] == "links"
        assert keys[1:] == sorted(keys[1:])


def test_the_self_link_names_the_type_in_camel_case_and_the_host_that_was_asked(company, order):
    document = company.service.get(ADMINISTRATOR, "SALESORDER", str(order), None, False, False, "http://localhost:9/x")
    assert document["links"] == [{"rel": "self", "href": f"http://localhost:9/x/salesOrder/{order}"}]


def test_empty_fields_are_absent(company, customer):
    document = company.get("customer", customer)
    assert "salutation" not in document
    assert "fax" not in document
    assert None not in document.values()


def test_empty_fields_can_be_null_by_choice():
    company = make_company("empty-fields=null")
    assert company.get("department", 1)["parent"] is None


def test_the_type_in_links_can_be_spelt_as_the_request_does_and_keys_come_as_defined():
    company = make_company("link-type-case=request", "record-key-order=definition")
    document = company.get("DEPARTMENT", 1)
    assert document["links"][0]["href"] == f"{BASE}/DEPARTMENT/1"
    assert list(document) == ["links", "id", "name", "fullName", "isInactive"]


def test_values_have_the_shapes_of_their_kinds(company, customer, order):
    document = company.get("customer", customer)
    assert document["id"] == str(customer)
    assert document["creditLimit"] == 1234.5
    assert document["isInactive"] is False
    assert document["dateCreated"] == "2026-07-01T19:00:00Z"
    assert document["terms"] == {
        "links": [{"rel": "self", "href": f"{BASE}/term/1"}],
        "id": "1",
        "refName": "Net 30",
    }
    assert document["emailPreference"] == {"id": "DEFAULT", "refName": "Default"}
    assert document["language"] == {"id": "de_DE", "refName": "German"}
    assert document["custentity_sb_segment"]["refName"] == "Industry"
    assert document["custentity_sb_segment"]["links"][0]["href"] == f"{BASE}/customlist_sb_segment/1"
    assert company.get("salesOrder", order)["tranDate"] == "2026-03-05"


def test_enums_are_bare_strings_in_the_simple_format(company, customer):
    document = company.service.get(ADMINISTRATOR, "customer", str(customer), None, False, True, BASE)
    assert document["emailPreference"] == "DEFAULT"
    assert document["terms"]["id"] == "1"


def test_chosen_fields_come_alone_with_an_encoded_self_link(company, customer):
    document = company.get("customer", customer, fields="companyName,email")
    assert list(document) == ["links", "companyName", "email"]
    assert document["links"][0]["href"] == f"{BASE}/customer/{customer}?fields=companyName%2Cemail"


def test_fields_do_not_count_where_sub_resources_are_expanded(company, customer):
    document = company.get("customer", customer, fields="email", expand=True)
    assert document["companyName"] == "Acme"
    assert document["links"][0]["href"] == f"{BASE}/customer/{customer}"


def test_an_unknown_field_in_fields_is_refused(company, customer):
    with pytest.raises(RecordRefused) as refused:
        company.get("customer", customer, fields="companyName,shoeSize")
    assert refused.value.details[0].query_param == "fields"


def test_without_expansion_sublists_and_subrecords_are_links_alone(company, customer, order):
    document = company.get("customer", customer)
    assert document["addressBook"] == {"links": [{"rel": "self", "href": f"{BASE}/customer/{customer}/addressBook"}]}
    document = company.get("salesOrder", order)
    assert document["item"] == {"links": [{"rel": "self", "href": f"{BASE}/salesOrder/{order}/item"}]}
    assert document["billingAddress"] == {
        "links": [{"rel": "self", "href": f"{BASE}/salesOrder/{order}/billingAddress"}]
    }


def test_with_expansion_they_are_inlined_and_every_line_has_its_link(company, customer, order):
    book = company.get("customer", customer, expand=True)["addressBook"]
    assert list(book) == ["links", "count", "hasMore", "items", "offset", "totalResults"]
    (line,) = book["items"]
    assert line["links"][0]["href"] == f"{BASE}/customer/{customer}/addressBook/{line['id']}"
    assert line["addressBookAddress"]["country"] == {"id": "US", "refName": "United States"}
    assert line["addressBookAddress"]["addrText"] == "Acme\n1 Main St\nReno NV 89501\nUnited States"
    items = company.get("salesOrder", order, expand=True)["item"]["items"]
    assert [each["links"][0]["href"] for each in items] == [f"{BASE}/salesOrder/{order}/item/{n}" for n in (1, 2)]


def test_amounts_and_quantities_of_an_order_are_positive_though_stored_negative(company, order):
    (first, second) = company.get("salesOrder", order, expand=True)["item"]["items"]
    assert (first["quantity"], first["rate"], first["amount"]) == (2.0, 19.99, 39.98)
    assert (second["quantity"], second["amount"]) == (1.5, 150.0)
    stored = company.rows(
        'SELECT quantity, foreignamount FROM transactionline WHERE "transaction" = ? AND id = 1', order
    )
    assert stored == [(-200_000, -3998)]


def test_an_item_reference_links_to_its_own_type(company, order):
    items = company.get("salesOrder", order, expand=True)["item"]["items"]
    assert [each["item"]["links"][0]["href"] for each in items] == [
        f"{BASE}/inventoryItem/10",
        f"{BASE}/serviceSaleItem/12",
    ]


def test_a_reference_to_a_type_that_is_not_shown_links_to_the_bare_service(company):
    item = company.create("inventoryItem", {"itemId": "box", "taxSchedule": {"id": "1"}})
    assert company.get("inventoryItem", item)["taxSchedule"]["links"] == [{"rel": "self", "href": f"{BASE}/"}]


def test_external_ids_work_for_reading_updating_deleting_and_below_records(company, customer):
    assert company.get("customer", "eid:C-1")["id"] == str(customer)
    company.update("customer", "eid:C-1", {"phone": "555"})
    assert company.get("customer", customer)["phone"] == "555"
    below = company.service.get_sub(ADMINISTRATOR, "customer", "eid:C-1", ["addressBook"], False, False, BASE)
    assert below["totalResults"] == 1
    company.service.delete(ADMINISTRATOR, "customer", "eid:C-1")
    assert company.ids("customer") == []


@pytest.mark.parametrize("record", ["999", "eid:nobody", "abc", "99999999999999999999"])
def test_an_unknown_id_is_a_404_nonexistent_id(company, record):
    with pytest.raises(RecordRefused) as refused:
        company.get("customer", record)
    assert refused.value.status == 404
    assert refused.value.details[0].code == "NONEXISTENT_ID"
    assert refused.value.details[0].detail == "The record instance does not exist. Provide a valid record instance ID."


def test_a_transaction_of_another_type_is_a_user_error(company, order):
    with pytest.raises(RecordRefused) as refused:
        company.get("vendorBill", order)
    assert (refused.value.status, refused.value.details[0].code) == (400, "USER_ERROR")
    assert refused.value.details[0].detail.endswith("Transaction type specified is incorrect.")
    with pytest.raises(RecordRefused) as refused:
        company.get("vendorBill", 999)
    assert refused.value.status == 404


def test_an_unknown_record_type_is_a_404_that_names_it(company):
    with pytest.raises(RecordRefused) as refused:
        company.get("bad-path", 1)
    assert refused.value.status == 404
    assert refused.value.details[0].detail == "Record type 'bad-path' does not exist."


def sub(company: Company, record_type: str, record: int, path: str, expand: bool = False) -> dict:
    return company.service.get_sub(ADMINISTRATOR, record_type, str(record), path.split("/"), expand, False, BASE)


def test_a_sublist_a_line_and_a_subrecord_can_be_read_by_their_own_paths(company, customer, order):
    lines = sub(company, "salesOrder", order, "item")
    assert (lines["count"], lines["totalResults"], lines["hasMore"]) == (2, 2, False)
    assert list(lines["items"][0]) == ["links"]
    assert sub(company, "salesOrder", order, "item/1")["amount"] == 39.98
    expanded = sub(company, "salesOrder", order, "item", expand=True)
    assert expanded["items"][1]["amount"] == 150.0
    book_line = sub(company, "customer", customer, "addressBook", expand=True)["items"][0]["id"]
    assert sub(company, "customer", customer, f"addressBook/{book_line}/addressBookAddress")["city"] == "Reno"
    assert sub(company, "salesOrder", order, "billingAddress")["city"] == "Reno"


def test_a_path_may_hop_along_references(company, customer, order):
    assert sub(company, "salesOrder", order, "entity")["id"] == str(customer)
    assert sub(company, "salesOrder", order, "entity/subsidiary")["name"] == "Parent"
    assert sub(company, "employee", 1, "subsidiary")["links"][0]["href"] == f"{BASE}/subsidiary/1"


def test_a_multi_select_is_links_then_items(company):
    assert company.get("inventoryItem", 10)["subsidiary"] == {
        "links": [{"rel": "self", "href": f"{BASE}/inventoryItem/10/subsidiary"}]
    }
    page = sub(company, "inventoryItem", 10, "subsidiary")
    assert [each["refName"] for each in page["items"]] == ["Parent"]
    assert company.get("inventoryItem", 10, expand=True)["subsidiary"] == page


@pytest.mark.parametrize("path", ["item/9", "item/1/nothing", "shoes", "item/1/item/1", "memo"])
def test_a_path_that_leads_nowhere_is_a_404(company, order, path):
    with pytest.raises(RecordRefused) as refused:
        sub(company, "salesOrder", order, path)
    assert refused.value.status == 404


def test_prices_of_an_item_are_lines_keyed_by_currency_level_and_quantity(company):
    prices = company.get("inventoryItem", 10, expand=True)["price"]["items"]
    assert [(each["currencyPage"]["id"], each["quantity"], each["price"]) for each in prices] == [
        ("1", 0.0, 19.99),
        ("1", 10.0, 15.0),
        ("4", 0.0, 18.0),
    ]
    assert sub(company, "inventoryItem", 10, "price/quantity=10,currencypage=1,pricelevel=1")["price"] == 15.0
