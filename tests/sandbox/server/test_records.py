"""Record calls over HTTP: media types, links, locations, headers, and the calls that are refused as a kind."""

from __future__ import annotations

from typing import Any

import pytest

RECORDS = "/services/rest/record/v1"
SINGULAR = "application/vnd.oracle.resource+json; type=singular"
COLLECTION = "application/vnd.oracle.resource+json; type=collection"


@pytest.fixture
def headers(driver: Any) -> dict[str, str]:
    return driver.bearer()


def test_a_list_holds_ids_and_links_only(driver: Any, headers: dict[str, str]) -> None:
    answer = driver.http.get(f"{RECORDS}/customer", params={"limit": 2, "offset": 2}, headers=headers)
    address = f"{driver.sandbox.rest_url}{RECORDS}/customer"
    assert answer.headers["content-type"] == COLLECTION
    body = answer.json()
    assert list(body) == ["links", "count", "hasMore", "offset", "totalResults", "items"]
    assert [link["rel"] for link in body["links"]] == ["first", "prev", "next", "last", "self"]
    assert body["links"][2]["href"] == f"{address}?limit=2&offset=4"
    assert (body["count"], body["offset"], body["hasMore"]) == (2, 2, True)
    for item in body["items"]:
        assert item == {"links": [{"rel": "self", "href": f"{address}/{item['id']}"}], "id": item["id"]}


def test_the_self_link_of_a_list_names_the_page_nobody_asked_for(driver: Any, headers: dict[str, str]) -> None:
    body = driver.http.get(f"{RECORDS}/currency", headers=headers).json()
    assert body["links"][-1]["href"] == f"{driver.sandbox.rest_url}{RECORDS}/currency?limit=1000&offset=0"


def test_following_next_keeps_the_filter(driver: Any, headers: dict[str, str]) -> None:
    params: dict[str, Any] = {"q": "id GREATER 3 AND isInactive IS false", "limit": 5}
    body = driver.http.get(f"{RECORDS}/customer", params=params, headers=headers).json()
    seen = [item["id"] for item in body["items"]]
    while body["hasMore"]:
        (following,) = (link["href"] for link in body["links"] if link["rel"] == "next")
        body = driver.http.get(following, headers=headers).json()
        seen.extend(item["id"] for item in body["items"])
    assert len(seen) == len(set(seen)) == body["totalResults"]


def test_a_record_is_written_read_changed_and_removed(driver: Any, headers: dict[str, str]) -> None:
    http = driver.http
    made = http.post(
        f"{RECORDS}/customer", headers=headers, json={"companyName": "Round trip", "subsidiary": {"id": "1"}}
    )
    assert (made.status_code, made.content) == (204, b"")
    address = made.headers["location"]
    assert address.startswith(f"{driver.sandbox.rest_url}{RECORDS}/customer/")
    read = http.get(address, headers=headers)
    assert read.headers["content-type"] == SINGULAR
    assert read.json()["companyName"] == "Round trip"
    changed = http.patch(address, headers=headers, json={"companyName": "Round trip, changed"})
    assert (changed.status_code, changed.headers["location"]) == (204, address)
    assert http.get(address, headers=headers).json()["companyName"] == "Round trip, changed"
    removed = http.delete(address, headers=headers)
    assert (removed.status_code, removed.content) == (204, b"")
    assert "location" not in removed.headers
    gone = http.get(address, headers=headers)
    assert (gone.status_code, gone.json()["o:errorDetails"][0]["o:errorCode"]) == (404, "NONEXISTENT_ID")


def test_an_external_id_creates_and_then_updates(driver: Any, headers: dict[str, str]) -> None:
    address = f"{RECORDS}/customer/eid:server-upsert-1"
    body = {"companyName": "Upserted", "subsidiary": {"id": "1"}}
    first = driver.http.put(address, headers=headers, json=body)
    second = driver.http.put(address, headers=headers, json={"companyName": "Upserted again"})
    assert (first.status_code, second.status_code) == (204, 204)
    assert first.headers["location"] == second.headers["location"]
    assert driver.http.get(address, headers=headers).json()["companyName"] == "Upserted again"


def test_an_unknown_field_is_a_warning_unless_errors_are_asked_for(driver: Any, headers: dict[str, str]) -> None:
    body = {"companyName": "Warned", "subsidiary": {"id": "1"}, "noSuchField": 1}
    strict = {**headers, "X-NetSuite-PropertyNameValidation": "error"}
    refused = driver.http.post(f"{RECORDS}/customer", headers=strict, json=body)
    assert refused.status_code == 400
    made = driver.http.post(f"{RECORDS}/customer", headers=headers, json=body)
    assert made.status_code == 204
    assert "noSuchField" in made.headers["x-netsuite-propertyvalidation"]


def test_lines_are_below_their_record(driver: Any, headers: dict[str, str]) -> None:
    order = driver.http.get(f"{RECORDS}/salesOrder?limit=1", headers=headers).json()["items"][0]["id"]
    lines = driver.http.get(f"{RECORDS}/salesOrder/{order}/item", headers=headers)
    assert lines.headers["content-type"] == COLLECTION
    line = driver.http.get(lines.json()["items"][0]["links"][0]["href"], headers=headers)
    assert (line.status_code, line.headers["content-type"]) == (200, SINGULAR)


@pytest.mark.parametrize(
    ("method", "path", "more", "body", "status", "code"),
    [
        ("GET", "no-such-type", {}, None, 404, "NOT_FOUND"),
        ("GET", "no-such-type/1", {}, None, 404, "NOT_FOUND"),
        ("GET", "customer/99999999", {}, None, 404, "NONEXISTENT_ID"),
        ("GET", "customer?q=nonsense", {}, None, 400, "INVALID_PARAMETER"),
        ("GET", "customer?limit=1001", {}, None, 400, "INVALID_PARAMETER"),
        ("GET", "customer/1?expandSubResources=perhaps", {}, None, 400, "INVALID_PARAMETER"),
        ("GET", "customer?expandRecords=true&ids=1,2", {}, None, 400, "INVALID_PARAMETER"),
        ("POST", "customer", {}, b'{"items":[{"companyName":"A"}]}', 400, "INVALID_CONTENT"),
        ("POST", "customer", {}, b"nonsense", 400, "INVALID_CONTENT"),
        ("POST", "customer", {}, b"[]", 400, "INVALID_CONTENT"),
        ("POST", "customer", {}, b"", 400, "INVALID_CONTENT"),
        ("POST", "customer", {"Content-Type": COLLECTION}, b'{"items":[]}', 400, "INVALID_CONTENT"),
        ("POST", "customer", {"Content-Type": "text/plain"}, b"{}", 400, "INVALID_CONTENT"),
        (
            "GET",
            "customer",
            {"Accept": "application/vnd.oracle.resource+json; type=create-form"},
            None,
            400,
            "INVALID_HEADER",
        ),
        ("POST", "customer", {"X-NetSuite-PropertyNameValidation": "maybe"}, b"{}", 400, "INVALID_HEADER"),
        ("PATCH", "customer", {}, b"{}", 400, "INVALID_REQUEST"),
        ("DELETE", "customer?ids=1", {}, None, 400, "INVALID_REQUEST"),
        ("PUT", "customer/107", {}, b"{}", 400, "INVALID_REQUEST"),
        ("POST", "customer/99999999/!attach/file/1", {}, b"{}", 404, "NONEXISTENT_ID"),
        ("POST", "vendorPayment/1/!confirm", {}, b"{}", 404, "NOT_FOUND"),
        ("POST", "customer/1", {}, b"{}", 405, "METHOD_NOT_ALLOWED"),
    ],
)
def test_a_call_that_cannot_be_is_refused_by_kind(
    driver: Any,
    headers: dict[str, str],
    method: str,
    path: str,
    more: dict[str, str],
    body: bytes | None,
    status: int,
    code: str,
) -> None:
    given = {**({} if body is None else {"Content-Type": "application/json"}), **headers, **more}
    answer = driver.http.request(method, f"{RECORDS}/{path}", headers=given, content=body)
    assert (answer.status_code, answer.json()["o:errorDetails"][0]["o:errorCode"]) == (status, code)


def test_several_faults_come_in_one_answer_with_their_places(driver: Any, headers: dict[str, str]) -> None:
    body = {"companyName": "Faulty", "subsidiary": {"id": "99999"}, "terms": {"id": "88888"}}
    answer = driver.http.post(f"{RECORDS}/customer", headers=headers, json=body)
    assert answer.status_code == 400
    places = {detail.get("o:errorPath") for detail in answer.json()["o:errorDetails"]}
    assert {"subsidiary", "terms"} <= places


def test_a_write_of_more_lines_takes_longer(driver: Any, headers: dict[str, str]) -> None:
    driver.sandbox.change(latency={"record_write": 0.05, "record_write_line": 0.1})
    lines = {"entity": {"id": "0"}, "item": {"items": [{}, {}, {}]}}
    driver.http.post(f"{RECORDS}/salesOrder", headers=headers, json=lines)
    (call,) = (one for one in driver.sandbox.statistics(calls=True)["each"] if one["kind"] == "write")
    assert call["seconds"] >= 0.35
