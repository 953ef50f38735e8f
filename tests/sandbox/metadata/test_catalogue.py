"""The metadata catalogue, JSON Schema and OpenAPI over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

from .conftest import RECORDS, ROOT, Api, detail

SWAGGER = "application/swagger+json"
SCHEMA = "application/schema+json"
METADATA = f"{RECORDS}/metadata-catalog"
MALFORMED = "The request could not be understood by the server due to malformed syntax."


def names(api: Api) -> set[str]:
    return {each["name"] for each in api.get("metadata-catalog")["items"]}


def properties(api: Api, schema: str) -> dict[str, Any]:
    return api.get(f"metadata-catalog/{schema}", SCHEMA)["properties"]


def test_a_090_the_catalogue_lists_four_links_a_record_and_one_selected_is_a_single_object(api: Api) -> None:
    entries = api.get("metadata-catalog")["items"]
    assert {"account", "customer", "salesOrder", "customrecord_sb_machine"} <= {each["name"] for each in entries}
    for entry in entries:
        address = f"{api.sandbox.rest_url}{METADATA}/{entry['name']}"
        assert entry["links"] == [
            {"rel": "canonical", "href": address, "mediaType": "application/json"},
            {"rel": "alternate", "href": address, "mediaType": SWAGGER},
            {"rel": "alternate", "href": address, "mediaType": SCHEMA},
            {"rel": "describes", "href": address},
        ]
    customer = next(each for each in entries if each["name"] == "customer")
    assert api.get("metadata-catalog", select="customer") == customer
    assert api.get("metadata-catalog/CUSTOMER") == customer


def test_several_selected_names_give_one_object_of_links(api: Api) -> None:
    found = api.get("metadata-catalog", select="customer,salesorder")
    assert list(found) == ["links"]
    assert {link["href"] for link in found["links"]} == {f"{api.sandbox.rest_url}{METADATA}?select=customer,salesOrder"}


def test_a_091_swagger_is_openapi_and_schema_is_draft_6(api: Api) -> None:
    document = api.get("metadata-catalog", SWAGGER, select="customer,invoice")
    assert document["openapi"].startswith("3.0")
    assert set(document["paths"]["/customer"]) == {"get", "post"}
    assert set(document["paths"]["/customer/{id}"]) == {"get", "patch", "put", "delete"}
    assert "/invoice/{id}" in document["paths"]
    assert not any(path.startswith("/vendor") for path in document["paths"])
    assert document["components"]["schemas"]["vendor"] == {"type": "object"}
    customer = document["components"]["schemas"]["customer"]
    assert customer["properties"]["salesRep"]["$ref"] == "#/components/schemas/employee"

    schema = api.get("metadata-catalog/customer", SCHEMA)
    assert schema["$schema"] == "https://json-schema.org/draft-06/hyper-schema#"
    assert schema["properties"]["custentity_sb_vip"]["x-ns-custom-field"] is True
    assert "x-ns-custom-field" not in schema["properties"]["companyName"]
    assert {"id", "companyName", "lastModifiedDate"} <= set(schema["x-ns-filterable"])
    assert "addressBook" not in schema["x-ns-filterable"]


def test_the_media_type_follows_what_was_accepted(api: Api) -> None:
    for accept, given in ((SWAGGER, SWAGGER), (SCHEMA, SCHEMA), ("application/json", "application/json")):
        answer = api.call("GET", "metadata-catalog/customer", accept=accept)
        assert answer.headers["content-type"] == given


def test_openapi_names_media_types_forms_and_the_error_of_every_operation(api: Api) -> None:
    document = api.get("metadata-catalog", SWAGGER, select="customer")
    resource = "application/vnd.oracle.resource+json; type="
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["tags"] == ["customer"]
            error = operation["responses"]["default"]["content"][f"{resource}error"]
            assert error == {"schema": {"$ref": "#/components/schemas/nsError"}}, path
    answers = {
        name: document["paths"][path][name]["responses"]
        for path, name in (("/customer", "get"), ("/customer", "post"), ("/customer/{id}", "patch"))
    }
    assert list(answers["get"]["200"]["content"]) == [f"{resource}collection"]
    assert set(answers["post"]["200"]["content"]) == {f"{resource}create-form", f"{resource}select-options"}
    assert set(answers["patch"]["200"]["content"]) == {f"{resource}edit-form", f"{resource}select-options"}


def test_every_reference_of_a_document_leads_somewhere_in_it(api: Api) -> None:
    document = api.get("metadata-catalog", SWAGGER)

    def references(value: Any) -> Any:
        if isinstance(value, dict):
            if "$ref" in value:
                yield value["$ref"]
            for each in value.values():
                yield from references(each)
        elif isinstance(value, list):
            for each in value:
                yield from references(each)

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


def test_properties_say_what_fields_are(api: Api) -> None:
    customer = properties(api, "customer")
    assert customer["companyName"] == {
        "title": "Company Name",
        "type": "string",
        "maxLength": 83,
        "nullable": True,
    }
    assert (customer["creditLimit"]["type"], customer["creditLimit"]["format"]) == ("number", "double")
    assert (customer["reminderDays"]["type"], customer["reminderDays"]["format"]) == ("integer", "int64")
    assert (customer["startDate"]["type"], customer["startDate"]["format"]) == ("string", "date")
    assert customer["lastModifiedDate"]["format"] == "date-time"
    assert customer["lastModifiedDate"]["readOnly"] is True
    assert customer["email"]["format"] == "email"
    assert customer["currency"]["$ref"] == f"{METADATA}/nsLink"
    assert customer["emailPreference"]["properties"]["id"]["enum"] == ["DEFAULT", "HTML", "PDF"]
    assert customer["addressBook"]["$ref"] == f"{METADATA}/customer-addressBookCollection"
    assert "nullable" not in customer["subsidiary"]


def test_sublists_subrecords_and_references_have_schemas_of_their_own(api: Api) -> None:
    collection = properties(api, "customer-addressBookCollection")
    assert set(collection) == {"links", "count", "hasMore", "items", "offset", "totalResults"}
    assert collection["items"]["items"] == {"$ref": f"{METADATA}/customer-addressBookElement"}
    line = properties(api, "customer-addressBookElement")
    address = line["addressBookAddress"]["$ref"].rpartition("/")[2]
    assert {"addr1", "city", "country"} <= set(properties(api, address))
    assert set(properties(api, "nsLink")) == {"id", "refName", "externalId", "links"}
    assert properties(api, "nsLink")["links"]["readOnly"] is True


def test_a_092_a_feature_that_is_off_takes_records_and_fields_out_of_catalogue_and_suiteql(api: Api) -> None:
    assert {"subsidiary", "customrecord_sb_machine"} <= names(api)
    assert "subsidiary" in properties(api, "customer")
    api.sandbox.change(features=["-oneworld", "-customrecords"])
    assert not {"subsidiary", "customrecord_sb_machine"} & names(api)
    assert "subsidiary" not in properties(api, "customer")
    assert "subsidiary" not in api.get("metadata-catalog/customer", SCHEMA)["x-ns-filterable"]
    assert api.call("GET", "metadata-catalog/subsidiary").status_code == 404
    answer = api.call(
        "POST", f"{ROOT}/query/v1/suiteql", json={"q": "SELECT id FROM subsidiary"}, headers={"Prefer": "transient"}
    )
    assert answer.status_code == 400


def test_what_the_role_may_not_use_is_not_described(api: Api) -> None:
    lesser = api.as_role("INTEGRATION")
    assert "socialSecurityNumber" in properties(api, "employee")
    assert "socialSecurityNumber" not in properties(lesser, "employee")
    api.sandbox.change(roles={"integration": {"lacks": ["LIST_VENDOR"]}})
    assert "vendor" in names(api)
    assert "vendor" not in names(lesser)
    assert lesser.call("GET", "metadata-catalog/vendor", accept=SCHEMA).status_code == 404
    document = lesser.get("metadata-catalog", SWAGGER, select="salesTaxItem")
    assert document["components"]["schemas"]["salesTaxItem"]["properties"]["taxAgency"]["$ref"].endswith("/nsResource")


@pytest.mark.parametrize(
    "path",
    [
        f"{ROOT}/query/v1/metadata-catalog",
        f"{ROOT}/query/v1/suiteql/metadata-catalog",
        f"{METADATA}/transaction",
        f"{METADATA}/transactionline",
    ],
)
def test_a_093_suiteql_tables_have_no_metadata(api: Api, path: str) -> None:
    answer = api.call("GET", path, accept=SCHEMA)
    assert answer.status_code == 404


@pytest.mark.parametrize("listed", ["customer,salesOrder", "customer,%20salesOrder"])
def test_a_list_of_names_in_the_path_is_malformed(api: Api, listed: str) -> None:
    answer = api.call("GET", f"{METADATA}/{listed}")
    assert (answer.status_code, detail(answer)["o:errorCode"]) == (400, "INVALID_REQUEST")
    assert detail(answer)["detail"] == MALFORMED


def test_a_name_that_cannot_be_selected_is_named(api: Api) -> None:
    answer = api.call("GET", "metadata-catalog", {"select": "customer,nonsense"})
    assert answer.status_code == 400
    assert detail(answer)["o:errorQueryParam"] == "select"
    assert "nonsense" in detail(answer)["detail"]


def test_quirks_choose_where_describes_leads_and_what_several_names_give(tmp_path_factory: Any, client: Any) -> None:
    quirks = ("metadata-describes=record", "metadata-select-several=items")
    cache = tmp_path_factory.getbasetemp() / "cache0"
    with SandboxThread(SandboxOptions(data="empty", quirks=quirks, cache_dir=cache)) as running:
        api = Api(running, client)
        found = api.get("metadata-catalog", select="term,customer")["items"]
        assert [each["name"] for each in found] == ["term", "customer"]
        assert found[0]["links"][3] == {"rel": "describes", "href": f"{running.rest_url}{RECORDS}/term"}


def test_the_latency_profile_has_a_time_for_metadata(api: Api) -> None:
    api.sandbox.change(latency={"metadata": 0.2})
    answer = api.call("GET", "metadata-catalog")
    assert answer.status_code == 200
    assert answer.elapsed.total_seconds() >= 0.2
