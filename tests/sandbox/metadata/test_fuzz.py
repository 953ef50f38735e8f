"""Random requests from the sandbox's own OpenAPI: whatever is sent, nothing fails that was not asked to."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suitebridge.sandbox.netsuite import SandboxThread

from .conftest import Api

SWAGGER = "application/swagger+json"
LOOSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@pytest.fixture(scope="module")
def api_of_module(server: SandboxThread, client: httpx.Client) -> Api:
    server.reset()
    return Api(server, client)


@pytest.fixture(scope="module")
def document(api_of_module: Api) -> dict[str, Any]:
    return api_of_module.get("metadata-catalog", SWAGGER)


def _identifiers(api: Api, path: str) -> st.SearchStrategy[str]:
    record_type = path.split("/")[1]
    known = [each["id"] for each in api.get(record_type, limit=5)["items"]] or ["1"]
    return st.one_of(st.sampled_from(known), st.sampled_from(["0", "-1", "999999999", "eid:x", "eid:", "abc", "@x"]))


def _parameter(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"]) | WORDS
    match schema["type"]:
        case "boolean":
            return st.sampled_from(["true", "false", "maybe"])
        case "integer":
            return st.integers(-5, 2000).map(str) | WORDS
        case _:
            return WORDS | st.sampled_from(["companyName", "item", "id", "id EQUAL 1", 'memo CONTAIN "a"', "currency"])


def _body(document: dict[str, Any], operation: dict[str, Any]) -> st.SearchStrategy[Any]:
    schema = next(iter(operation["requestBody"]["content"].values()))["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    names = sorted(schema.get("properties", {})) or ["memo"]
    return st.dictionaries(st.sampled_from(names) | WORDS, LOOSE, max_size=6) | LOOSE


def _requests(draw: st.DataObject, api: Api, document: dict[str, Any]) -> dict[str, Any]:
    path = draw.draw(st.sampled_from(sorted(document["paths"])))
    method = draw.draw(st.sampled_from(sorted(document["paths"][path])))
    operation = document["paths"][path][method]
    whole = path
    for name in ("{id}", "{contactId}"):
        if name in whole:
            whole = whole.replace(name, draw.draw(_identifiers(api, path if name == "{id}" else "/contact")))
    params: dict[str, str] = {}
    headers: dict[str, str] = {}
    for each in operation["parameters"]:
        if each["in"] != "path" and draw.draw(st.integers(0, 4)) == 0:
            value = draw.draw(_parameter(each["schema"]))
            if each["in"] == "query":
                params[each["name"]] = value
            else:
                # What is no header at all never reaches the sandbox's own code.
                headers[each["name"]] = "".join(sign for sign in value if " " < sign <= "~")
    accepts = [media for answer in operation["responses"].values() for media in answer.get("content", {})]
    request: dict[str, Any] = {"method": method.upper(), "path": whole[1:], "params": params, "headers": headers}
    request["accept"] = draw.draw(st.none() | st.sampled_from(accepts))
    if "requestBody" in operation:
        request["json"] = draw.draw(_body(document, operation))
    return request


def _fuzz(api: Api, document: dict[str, Any], examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        answer = api.call(**_requests(data, api, document))
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            body = answer.json()
            assert body["status"] == answer.status_code
            assert all(each["o:errorCode"] and each["detail"] for each in body["o:errorDetails"])

    run()


def test_no_request_from_the_openapi_makes_the_sandbox_fail(api_of_module: Api, document: dict[str, Any]) -> None:
    _fuzz(api_of_module, document, 200)


@pytest.mark.chaos
def test_no_request_of_many_from_the_openapi_makes_the_sandbox_fail(
    api_of_module: Api, document: dict[str, Any]
) -> None:
    _fuzz(api_of_module, document, 20_000)


@pytest.mark.parametrize(
    "number", ["1e999999999", "1e99999999999999999999", "-1e400", "9" * 5000, "1e41", "1e-999999999"]
)
@pytest.mark.parametrize("field", ["creditLimit", "reminderDays", "salesRep", "companyName", "isPerson", "startDate"])
def test_a_number_beyond_all_bounds_is_refused_at_once(api: Api, field: str, number: str) -> None:
    answer = api.call("POST", "customer", content=f'{{"subsidiary": 1, "companyName": "N", "{field}": {number}}}')
    assert answer.status_code in (204, 400), answer.text


def test_a_warning_of_a_name_with_control_characters_is_a_good_header(api: Api) -> None:
    customer = api.first("customer")
    answer = api.call("PATCH", f"customer/{customer}", json={"a\x00b\x1f\u2028\n": 1})
    assert answer.status_code == 204
    assert answer.headers["x-netsuite-propertyvalidation"].startswith("Unknown property: a")
