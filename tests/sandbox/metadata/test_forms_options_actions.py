"""Forms, select options, actions, attachments and datasets over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import RECORDS, RESOURCE, ROOT, Api, detail

CREATE_FORM, EDIT_FORM, SELECT_OPTIONS = (
    f"{RESOURCE}{kind}" for kind in ("create-form", "edit-form", "select-options")
)
DATASETS = f"{ROOT}/query/v1/dataset"


def options(api: Api, record_type: str, fields: str, body: Any = None, **params: Any) -> Any:
    answer = api.call("POST", record_type, {"fields": fields, **params}, body, SELECT_OPTIONS)
    assert answer.status_code == 200, answer.text
    return answer.json()


def names(found: Any, field: str) -> list[str]:
    return [each["refName"] for each in found[field]["_selectOptions"]["items"]]


def total(api: Api, record_type: str) -> int:
    return api.get(record_type, limit=1)["totalResults"]


def rels(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["rel"], each["method"], each["mediaType"]) for each in document["links"]]


def test_a_046_a_language_that_is_not_the_companys_is_refused(api: Api) -> None:
    answer = api.call("GET", "customer", {"limit": 1}, headers={"Accept-Language": "zh"})
    assert (answer.status_code, detail(answer)["o:errorCode"]) == (400, "INVALID_HEADER")
    assert detail(answer)["o:errorHeader"] == "Accept-Language"
    assert api.call("GET", "customer", {"limit": 1}, headers={"Accept-Language": "en"}).status_code == 200


def test_a_048_a_transformation_as_a_form_saves_nothing_and_says_how_to_go_on(api: Api) -> None:
    orders = api.get("salesOrder", q='status ANY_OF ["B"]', limit=1)["items"]
    path = f"salesOrder/{orders[0]['id']}/!transform/itemFulfillment"
    before = (total(api, "itemFulfillment"), api.suiteql("SELECT MAX(id) AS id FROM transaction"))
    answer = api.call("POST", path, accept=CREATE_FORM)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == CREATE_FORM
    document = answer.json()
    assert rels(document) == [("self", "POST", CREATE_FORM), ("transform", "POST", f"{RESOURCE}singular")]
    assert {link["href"] for link in document["links"]} == {f"{api.sandbox.rest_url}{RECORDS}/{path}"}
    assert document["entity"]["id"] == api.get(f"salesOrder/{orders[0]['id']}")["entity"]["id"]
    assert "id" not in document
    assert (total(api, "itemFulfillment"), api.suiteql("SELECT MAX(id) AS id FROM transaction")) == before


def test_a_create_form_shows_what_a_save_would_compute(api: Api) -> None:
    customer = api.first("customer", "isInactive IS false")
    item = api.first("serviceSaleItem", "isInactive IS false")
    line = {"item": {"id": item}, "quantity": 2, "rate": 50}
    body = {"entity": {"id": customer}, "memo": "tried", "item": {"items": [line]}}
    before = total(api, "salesOrder")
    answer = api.call("POST", "salesOrder", {"expand": "item"}, body, CREATE_FORM)
    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert rels(document) == [("self", "POST", CREATE_FORM), ("create", "POST", f"{RESOURCE}singular")]
    assert (document["memo"], document["subtotal"]) == ("tried", 100)
    assert document["currency"]["id"] == api.get(f"customer/{customer}")["currency"]["id"]
    assert document["item"]["items"][0]["amount"] == 100
    assert list(document["taxDetails"]) == ["links"]
    assert not {"id", "tranId", "createdDate"} & set(document)
    assert total(api, "salesOrder") == before
    # A form that was only looked at uses up no number.
    numbers = [
        int(
            api.get(api.call("POST", "salesOrder", json=body).headers["location"].partition(RECORDS)[2][1:])["tranId"][
                2:
            ]
        )
        for _ in range(2)
    ]
    api.call("POST", "salesOrder", json=body, accept=CREATE_FORM)
    location = api.call("POST", "salesOrder", json=body).headers["location"]
    assert int(api.get(location.partition(RECORDS)[2][1:])["tranId"][2:]) == numbers[1] + 1


def test_a_create_form_without_what_is_mandatory_shows_the_seeds_and_the_defaults(api: Api) -> None:
    answer = api.call("POST", "customer", json={"companyName": "Ångström", "terms": 2}, accept=CREATE_FORM)
    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert (document["companyName"], document["emailPreference"]["id"]) == ("Ångström", "DEFAULT")
    assert document["terms"]["refName"] == api.get("term/2")["name"]
    assert document["addressBook"] == {
        "links": [{"rel": "self", "href": f"{api.sandbox.rest_url}{RECORDS}/customer/addressBook"}]
    }
    only = api.call("POST", "customer", {"fields": "companyName"}, {"companyName": "x"}, CREATE_FORM).json()
    assert set(only) == {"links", "companyName"}


def test_a_form_refuses_what_no_save_could_take(api: Api) -> None:
    answer = api.call("POST", "customer", json={"currency": {"id": 999999}}, accept=CREATE_FORM)
    assert (answer.status_code, detail(answer)["o:errorPath"]) == (400, "currency")
    assert api.call("GET", "customer", accept=CREATE_FORM).status_code == 400


def test_an_edit_form_shows_the_change_and_makes_none(api: Api) -> None:
    customer = api.first("customer")
    before = api.get(f"customer/{customer}")
    answer = api.call("PATCH", f"customer/{customer}", json={"comments": "only a thought"}, accept=EDIT_FORM)
    assert (answer.status_code, answer.headers["content-type"]) == (200, EDIT_FORM)
    document = answer.json()
    assert [each["rel"] for each in document["links"]] == ["self", "edit", "create", "create-form"]
    assert (document["comments"], document["id"]) == ("only a thought", customer)
    assert api.get(f"customer/{customer}") == before


def test_a_049_select_options_have_numeric_ids_and_the_keys_of_a_page(api: Api) -> None:
    found = options(api, "customer", "entitystatus")
    assert list(found) == ["links", "entitystatus"]
    page = found["entitystatus"]["_selectOptions"]
    assert set(page) == {"links", "items", "count", "offset", "hasMore", "totalResults"}
    assert page["count"] == page["totalResults"] == len(page["items"]) > 1
    for each in page["items"]:
        assert isinstance(each["id"], int)
        assert isinstance(each["refName"], str)
    chosen = page["items"][0]["id"]
    body = {"companyName": "Options Ltd", "subsidiary": 1, "entityStatus": chosen}
    created = api.call("POST", "customer", json=body).headers["location"].rpartition("/")[2]
    assert api.get(f"customer/{created}")["entityStatus"]["id"] == str(chosen)


def test_paging_is_shared_by_all_fields_and_links_are_per_field(api: Api) -> None:
    found = options(api, "customer", "currency,terms", limit=2, offset=2)
    for field in ("currency", "terms"):
        page = found[field]["_selectOptions"]
        assert (page["count"], page["offset"], page["hasMore"]) == (2, 2, True)
        following = next(link["href"] for link in page["links"] if link["rel"] == "next")
        assert following.endswith(f"?fields={field}&limit=2&offset=4")
        after = api.call("POST", following.removeprefix(api.sandbox.rest_url), accept=SELECT_OPTIONS).json()
        assert after[field]["_selectOptions"]["offset"] == 4


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("currency CONTAIN dollar", ["Australian Dollar", "Canadian Dollar", "US Dollar"]),
        ('currency IS "us dollar"', ["US Dollar"]),
        ("currency START_WITH E", ["Euro"]),
    ],
)
def test_the_filter_looks_at_the_name_of_one_field(api: Api, condition: str, expected: list[str]) -> None:
    found = options(api, "customer", "currency,terms", q=condition)
    assert names(found, "currency") == expected
    assert len(names(found, "terms")) > 1


def test_each_field_has_a_condition_of_its_own(api: Api) -> None:
    found = options(api, "customer", "currency,emailPreference", q='currency IS Euro, emailPreference IS "PDF"')
    assert (names(found, "currency"), names(found, "emailPreference")) == (["Euro"], ["PDF"])


@pytest.mark.parametrize(
    "q", ["currency END_WITH o", "currency IS", "currency IS a, currency IS b", "terms IS x", "currency IS Euro Pound"]
)
def test_a_filter_that_cannot_be_understood_names_q(api: Api, q: str) -> None:
    answer = api.call("POST", "customer", {"fields": "currency", "q": q}, accept=SELECT_OPTIONS)
    assert (answer.status_code, detail(answer)["o:errorQueryParam"]) == (400, "q")


@pytest.mark.parametrize("fields", [None, "companyName", "nonsense", "item.item", "addressBook.label"])
def test_fields_without_options_are_refused(api: Api, fields: str | None) -> None:
    answer = api.call("POST", "customer", {"fields": fields} if fields else None, accept=SELECT_OPTIONS)
    assert (answer.status_code, detail(answer)["o:errorQueryParam"]) == (400, "fields")


def test_options_depend_on_the_subsidiary_in_the_body(api: Api) -> None:
    everywhere = names(options(api, "salesOrder", "location"), "location")
    subsidiary = api.get(f"location/{api.first('location')}/subsidiary", expandSubResources="true")["items"][0]["id"]
    rows = api.suiteql(f"SELECT fullname AS name FROM location WHERE subsidiary = '{subsidiary}' AND isinactive = 'F'")
    found = names(options(api, "salesOrder", "location", {"subsidiary": {"id": subsidiary}}), "location")
    assert {row["name"] for row in rows} <= set(found)
    assert len(found) < len(everywhere)


def test_options_of_a_line_are_those_of_the_kind_of_record(api: Api) -> None:
    found = options(api, "salesOrder", "item.item,item.taxCode", limit=5)
    for field, record_type in (("item.item", None), ("item.taxCode", "salesTaxItem")):
        page = found[field]["_selectOptions"]
        assert page["count"] == 5
        if record_type is not None:
            shown = {api.get(f"{record_type}/{each['id']}")["itemId"] for each in page["items"]}
            assert shown == set(names(found, field))


def test_a_sale_offers_customers_and_projects_and_a_purchase_vendors(api: Api) -> None:
    for record_type, kinds in (("salesOrder", {"customer", "job"}), ("vendorBill", {"vendor"})):
        page = options(api, record_type, "entity")["entity"]["_selectOptions"]
        known = {int(each["id"]) for kind in kinds for each in api.get(kind)["items"]}
        assert {each["id"] for each in page["items"]} <= known
        assert page["totalResults"] > 20


def test_options_of_a_stored_record_follow_its_subsidiary(api: Api) -> None:
    order = api.first("salesOrder")
    subsidiary = api.get(f"salesOrder/{order}")["subsidiary"]["id"]
    fields = {"fields": "location"}
    stored = api.call("PATCH", f"salesOrder/{order}", fields, {}, SELECT_OPTIONS).json()
    named = options(api, "salesOrder", "location", {"subsidiary": subsidiary})
    assert names(stored, "location") == names(named, "location")


def test_a_050_an_action_answers_true_and_an_exclamation_mark_is_none(api: Api) -> None:
    payment = api.first("vendorPayment", 'status ANY_OF ["F"]')
    assert api.call("POST", f"vendorPayment/{payment}/!confirm").status_code == 404
    answer = api.call("POST", f"vendorPayment/{payment}/@confirm")
    assert (answer.status_code, answer.headers["content-type"]) == (200, f"{RESOURCE}singular")
    address = f"{api.sandbox.rest_url}{RECORDS}/vendorPayment/{payment}/@confirm"
    assert answer.json() == {"links": [{"rel": "self", "href": address}], "result": True}
    assert api.get(f"vendorPayment/{payment}")["status"]["refName"] == "Confirmed"


def test_an_action_that_fails_answers_in_the_older_form(api: Api) -> None:
    payment = api.first("vendorPayment", 'status ANY_OF ["F"]')
    assert api.call("POST", f"vendorPayment/{payment}/@confirm").status_code == 200
    answer = api.call("POST", f"vendorPayment/{payment}/@confirm")
    body = answer.json()
    assert (answer.status_code, body["status"], body["title"], body["o:errorCode"]) == (
        400,
        400,
        "Bad Request",
        "USER_ERROR",
    )
    assert isinstance(body["detail"], str)
    assert "o:errorDetails" not in body
    assert api.call("POST", f"vendorPayment/{payment}/@decline").json()["o:errorCode"] == "USER_ERROR"
    assert api.call("POST", "vendorPayment/999999999/@confirm").json()["o:errorCode"] == "NONEXISTENT_ID"
    assert api.call("POST", f"vendorPayment/{payment}/@nonsense").status_code == 404


def test_invoices_are_marked_for_grouping_and_not_in_any_group(api: Api) -> None:
    invoice = api.first("invoice")
    for action, marked in (("markForGrouping", True), ("unmarkforgrouping", False)):
        assert api.call("POST", f"invoice/{invoice}/@{action}").json()["result"] is True
        assert api.get(f"invoice/{invoice}")["forInvoiceGrouping"] is marked
    assert api.call("POST", f"invoice/{invoice}/@removeinvoicefromgroup").status_code == 400


@pytest.mark.parametrize("body", [None, {}, {"role": {"id": "-10"}}, {"role": {"id": -20}}])
def test_a_051_contacts_are_attached_and_detached(api: Api, body: dict[str, Any] | None) -> None:
    customer = api.first("customer")
    created = api.call("POST", "contact", json={"entityId": f"Attached {body}", "subsidiary": 1})
    contact = created.headers["location"].rpartition("/")[2]
    path = f"customer/{customer}/{{}}/contact/{contact}"

    def attached() -> list[dict[str, Any]]:
        lines = api.get(f"customer/{customer}/contactRoles", expandSubResources="true")["items"]
        return [each for each in lines if each["contact"]["id"] == contact]

    answer = api.call("POST", path.format("!attach"), json=body)
    assert (answer.status_code, answer.content) == (204, b"")
    role = body["role"]["id"] if body and "role" in body else None
    assert [each.get("role", {}).get("id") for each in attached()] == [None if role is None else str(role)]
    assert api.get(f"contact/{contact}")["company"]["id"] == customer
    answer = api.call("POST", path.format("!detach"), json=body)
    assert (answer.status_code, answer.content) == (204, b"")
    assert attached() == []
    assert "company" not in api.get(f"contact/{contact}")


def test_contacts_are_attached_by_external_ids_and_to_vendors(api: Api) -> None:
    body = {"entityId": "Vera External", "externalId": "vera-1", "subsidiary": 1}
    assert api.call("POST", "contact", json=body).status_code == 204
    body = {"companyName": "Attachable", "externalId": "attachable-1", "subsidiary": 1}
    assert api.call("POST", "vendor", json=body).status_code == 204
    answer = api.call("POST", "vendor/eid:attachable-1/!attach/contact/eid:vera-1")
    assert answer.status_code == 204, answer.text
    lines = api.get("vendor/eid:attachable-1/contactRoles", expandSubResources="true")["items"]
    assert [each["contact"]["refName"] for each in lines] == ["Vera External"]
    # What is attached stands in nobody's way when it goes.
    assert api.call("DELETE", "contact/eid:vera-1").status_code == 204
    assert api.call("DELETE", "vendor/eid:attachable-1").status_code == 204


def test_a_company_has_one_primary_contact(api: Api) -> None:
    customer = api.first("customer")
    contacts = [each["id"] for each in api.get("contact", limit=2)["items"]]
    for contact in contacts:
        path = f"customer/{customer}/!attach/contact/{contact}"
        assert api.call("POST", path, json={"role": {"id": "-10"}}).status_code == 204
    lines = api.get(f"customer/{customer}/contactRoles", expandSubResources="true")["items"]
    assert [each["contact"]["id"] for each in lines if each.get("role", {}).get("id") == "-10"] == contacts[1:]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("customer/{}/!attach/employee/1", None, 400),
        ("customer/{}/!attach/file/1", None, 404),
        ("customer/{}/!attach/contact/99999999", None, 404),
        ("customer/99999999/!attach/contact/1", None, 404),
        ("customer/{}/!attach/contact", None, 404),
        ("customer/{}/!attach/contact/{contact}", {"role": {"id": "7"}}, 400),
        ("customer/{}/!attach/contact/{contact}", {"colour": "red"}, 400),
        ("term/1/!attach/contact/{contact}", None, 400),
    ],
)
def test_what_cannot_be_attached_is_refused(api: Api, path: str, body: Any, status: int) -> None:
    whole = path.format(api.first("customer"), contact=api.first("contact"))
    assert api.call("POST", whole, json=body).status_code == status


def test_datasets_are_listed_and_run_with_what_a_person_reads(api: Api) -> None:
    listed = api.get(f"{DATASETS}/", limit=2, offset=0)
    assert (listed["count"], listed["hasMore"]) == (2, True)
    found = api.get(f"{DATASETS}/custdataset_sb_open_invoices/result", limit=3)
    assert (found["count"], found["offset"]) == (3, 0)
    row = found["items"][0]
    assert row["links"] == []
    assert row["trandate"].count("/") == 2
    assert not row["entity"].isdigit()
    assert not row["postingperiod"].isdigit()
    following = next(link["href"] for link in found["links"] if link["rel"] == "next")
    assert api.get(following.removeprefix(api.sandbox.rest_url).partition("?")[0], limit=3, offset=3)["offset"] == 3


def test_every_dataset_runs_with_few_features_and_is_gone_without_its_permission(api: Api) -> None:
    api.sandbox.change(features=["-oneworld", "-multicurrency", "-crm", "-customrecords", "-multiprice"])
    for each in api.get(DATASETS)["items"]:
        assert api.get(f"{DATASETS}/{each['id']}/result", limit=1)["count"] == 1
    assert api.call("GET", f"{DATASETS}/custdataset_sb_machines/result").status_code == 404
    lesser = api.as_role("INTEGRATION")
    api.sandbox.change(roles={"integration": {"lacks": ["LIST_CUSTJOB"]}})
    assert "custdataset_sb_customers" not in {each["id"] for each in lesser.get(DATASETS)["items"]}
    assert lesser.call("GET", f"{DATASETS}/custdataset_sb_customers/result").status_code == 404
    api.sandbox.change(roles={"integration": {"lacks": ["SuiteAnalytics Workbook"]}})
    assert detail(lesser.call("GET", DATASETS))["o:errorCode"] == "USER_ERROR"


def test_custom_lists_and_records_are_written_by_their_script_ids(api: Api) -> None:
    created = api.call("POST", "customlist_sb_segment", json={"name": "Boatyards", "externalId": "yards"})
    segment = created.headers["location"].rpartition("/")[2]
    machine = {"name": "Lathe", "owner": api.first("employee")}
    assert api.call("POST", "customrecord_sb_machine", json=machine).status_code == 204
    customer = api.first("customer")
    change = {"custentity_sb_segment": {"externalId": "yards"}}
    assert api.call("PATCH", f"customer/{customer}", json=change).status_code == 204
    assert api.get(f"customer/{customer}")["custentity_sb_segment"]["id"] == segment
    assert "Boatyards" in names(options(api, "customer", "custentity_sb_segment"), "custentity_sb_segment")
