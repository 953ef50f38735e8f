"""Calls over HTTP apart from logins: SuiteQL's envelope, the system service, verbs, addresses, odd headers."""

from __future__ import annotations

import http.client
import re
import uuid
from datetime import datetime
from typing import Any

import pytest

SUITEQL = "/services/rest/query/v1/suiteql"


def details(answer: Any) -> dict[str, str]:
    return answer.json()["o:errorDetails"][0]


def test_a_query_is_answered_in_netsuites_envelope(driver: Any) -> None:
    answer = driver.suiteql("SELECT id, symbol FROM currency ORDER BY id")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.oracle.resource+json; type=collection"
    body = answer.json()
    assert list(body) == ["links", "count", "hasMore", "items", "offset", "totalResults"]
    assert body["links"] == [{"rel": "self", "href": driver.sandbox.rest_url + SUITEQL}]
    assert body["count"] == body["totalResults"] == len(body["items"]) > 1
    assert (body["hasMore"], body["offset"]) == (False, 0)
    assert list(body["items"][0]) == ["links", "id", "symbol"]


def test_pages_follow_each_other_without_gap_or_repeat(driver: Any) -> None:
    headers = driver.bearer()
    sql = "SELECT id FROM customer ORDER BY id"
    whole = driver.suiteql(sql, headers).json()
    seen: list[str] = []
    query = "?limit=50&offset=0"
    while query:
        body = driver.suiteql(sql, headers, query).json()
        seen.extend(row["id"] for row in body["items"])
        assert body["totalResults"] == whole["totalResults"]
        following = [link["href"] for link in body["links"] if link["rel"] == "next"]
        assert body["hasMore"] == bool(following)
        query = following[0].removeprefix(driver.sandbox.rest_url + SUITEQL) if following else ""
    assert seen == [row["id"] for row in whole["items"]]


def test_parameters_fill_the_marks(driver: Any) -> None:
    answer = driver.http.post(
        SUITEQL,
        headers={"Prefer": "transient", **driver.bearer()},
        json={"q": "SELECT id FROM currency WHERE id = ?", "params": ["1"]},
    )
    assert [row["id"] for row in answer.json()["items"]] == ["1"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"q":"SELECT id FROM currency","p":["1"]}', "application/json"),
        (b'{"query":"SELECT id FROM currency"}', "application/json"),
        (b'{"q":1}', "application/json"),
        (b'{"q":"SELECT id FROM currency","params":"1"}', "application/json"),
        (b'{"q":"SELECT id FROM currency","params":[{}]}', "application/json"),
        (b"[]", "application/json"),
        (b"SELECT id FROM currency", "application/json"),
        (b"", "application/json"),
        (b"\xff", "application/json"),
        (b'{"q":"SELECT id FROM currency"}', "text/plain"),
    ],
)
def test_a_query_in_another_form_is_invalid_content(driver: Any, body: bytes, content_type: str) -> None:
    answer = driver.http.post(
        SUITEQL,
        content=body,
        headers={"Prefer": "transient", "Content-Type": content_type, **driver.bearer()},
    )
    assert answer.status_code == 400
    assert details(answer) == {
        "detail": "Invalid content in the request body.",
        "o:errorCode": "INVALID_CONTENT",
    }


def test_a_query_needs_prefer_transient(driver: Any) -> None:
    answer = driver.http.post(SUITEQL, headers=driver.bearer(), json={"q": "SELECT id FROM currency"})
    assert answer.status_code == 400
    assert details(answer)["o:errorHeader"] == "Prefer"


def test_a_refused_query_points_at_q(driver: Any) -> None:
    answer = driver.suiteql("SELECT id FROM no_such_table")
    assert answer.status_code == 400
    assert details(answer) == {
        "detail": "Invalid search query. Detailed unprocessed description follows. Invalid search type: no_such_table.",
        "o:errorQueryParam": "q",
        "o:errorCode": "INVALID_PARAMETER",
    }


@pytest.mark.parametrize(
    ("query", "place"),
    [("?limit=1001", "limit"), ("?limit=0", "limit"), ("?limit=10&offset=5", "offset"), ("?offset=x", "offset")],
)
def test_a_page_out_of_bounds_points_at_its_parameter(driver: Any, query: str, place: str) -> None:
    answer = driver.suiteql("SELECT id FROM currency", query=query)
    assert (answer.status_code, details(answer)["o:errorQueryParam"]) == (400, place)


def test_page_one_thousand_and_one_is_refused(driver: Any) -> None:
    answer = driver.suiteql("SELECT id FROM customer", query="?limit=1&offset=1000")
    assert (answer.status_code, details(answer)["o:errorCode"]) == (400, "INVALID_PARAMETER")


def test_without_the_workbook_permission_lists_and_queries_are_refused_but_not_reads(driver: Any) -> None:
    headers = driver.bearer()
    found = driver.http.get("/services/rest/record/v1/currency?limit=1", headers=headers).json()["items"][0]["id"]
    driver.sandbox.change(roles={"integration": {"lacks": ["SuiteAnalytics Workbook"]}})
    for answer in (
        driver.suiteql("SELECT id FROM currency", headers),
        driver.http.get("/services/rest/record/v1/currency", headers=headers),
    ):
        assert answer.status_code == 400
        assert details(answer) == {
            "detail": "Your current role does not have permission to perform this action. "
            "Please contact your account administrator.",
            "o:errorCode": "USER_ERROR",
        }
    assert driver.http.get(f"/services/rest/record/v1/currency/{found}", headers=headers).status_code == 200


def test_the_integration_role_does_not_see_social_security_numbers(driver: Any) -> None:
    sql = "SELECT id, socialsecuritynumber FROM employee"
    assert driver.suiteql(sql).status_code == 400
    assert driver.as_role("administrator").suiteql(sql).status_code == 200


def test_a_feature_that_is_off_hides_its_columns(driver: Any) -> None:
    assert driver.suiteql("SELECT id FROM subsidiary").status_code == 200
    driver.sandbox.change(features=["-oneworld"])
    assert driver.suiteql("SELECT id FROM subsidiary").status_code == 400


def test_the_server_tells_its_time_in_utc_with_milliseconds(driver: Any) -> None:
    answer = driver.http.get("/services/rest/system/v1/serverTime", headers=driver.bearer())
    assert list(answer.json()) == ["serverTime"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", answer.json()["serverTime"])


def test_every_clock_of_the_server_moves_together(driver: Any) -> None:
    headers = driver.bearer()
    driver.sandbox.change(clock_offset=-240)
    answer = driver.http.get("/services/rest/system/v1/serverTime", headers=headers)
    told = datetime.fromisoformat(answer.json()["serverTime"])
    dated = datetime.strptime(answer.headers["date"], "%a, %d %b %Y %H:%M:%S %Z")
    assert abs((told.replace(tzinfo=None) - dated).total_seconds()) <= 1
    assert (datetime.now(told.tzinfo) - told).total_seconds() > 200


def test_options_of_the_root_is_empty_and_good(driver: Any) -> None:
    answer = driver.http.options("/services/rest/", headers=driver.bearer())
    assert (answer.status_code, answer.content) == (204, b"")
    assert driver.http.options("/services/rest/").status_code == 401


def test_every_resource_answer_has_an_operation_id_of_its_own(driver: Any) -> None:
    headers = driver.bearer()
    answers = [driver.http.get("/services/rest/system/v1/serverTime", headers=headers) for _ in range(2)]
    first, second = (uuid.UUID(answer.headers["x-n-operationid"]) for answer in answers)
    assert first != second


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/services/rest/record/v1/custo%20mer", 400, "INVALID_REQUEST"),
        ("GET", "/services/rest/nonsense/v1/x", 404, "NOT_FOUND"),
        ("GET", "/nonsense", 404, "NOT_FOUND"),
        ("GET", SUITEQL, 405, "METHOD_NOT_ALLOWED"),
        ("DELETE", "/services/rest/system/v1/serverTime", 405, "METHOD_NOT_ALLOWED"),
        ("DELETE", "/services/rest/record/v1/salesOrder/1/item/1", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/services/rest/auth/oauth2/v1/token", 405, "METHOD_NOT_ALLOWED"),
    ],
)
def test_addresses_and_verbs_that_lead_nowhere(driver: Any, method: str, path: str, status: int, code: str) -> None:
    answer = driver.http.request(method, path, headers=driver.bearer())
    assert (answer.status_code, details(answer)["o:errorCode"]) == (status, code)
    assert (status == 405) == ("allow" in answer.headers)


def test_the_space_in_a_path_is_named(driver: Any) -> None:
    answer = driver.http.get("/services/rest/record/v1/custo%20mer", headers=driver.bearer())
    assert details(answer)["detail"] == (
        "Error while accessing a resource. Invalid url. Spaces are not allowed in the URL."
    )


def test_head_is_not_allowed(driver: Any) -> None:
    assert driver.http.head("/services/rest/system/v1/serverTime", headers=driver.bearer()).status_code == 405


@pytest.mark.parametrize(
    ("language", "status"),
    [("en", 200), ("en-US,en;q=0.9", 200), ("*", 200), ("de", 400), ("zh-CN", 400)],
)
def test_only_the_companys_language_is_spoken(driver: Any, language: str, status: int) -> None:
    answer = driver.http.get(
        "/services/rest/system/v1/serverTime", headers={"Accept-Language": language, **driver.bearer()}
    )
    assert answer.status_code == status
    if status == 400:
        assert details(answer)["o:errorCode"] == "INVALID_HEADER"
        assert details(answer)["o:errorHeader"] == "Accept-Language"
        assert "'en'" in details(answer)["detail"]


def test_a_body_over_104_megabytes_is_refused_unread(driver: Any) -> None:
    host = driver.sandbox.rest_url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.putrequest("POST", SUITEQL)
    for name, value in {"Prefer": "transient", **driver.bearer()}.items():
        connection.putheader(name, value)
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(104 * 1024 * 1024 + 1))
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    connection.close()


def test_another_accounts_host_is_nowhere(driver: Any) -> None:
    answer = driver.http.get(
        "/services/rest/system/v1/serverTime",
        headers={"Host": "7654321.suitetalk.api.netsuite.com", **driver.bearer()},
    )
    assert answer.status_code == 404


def test_links_carry_the_host_that_was_asked(driver: Any) -> None:
    host = "1234567-sb1.suitetalk.api.netsuite.com"
    answer = driver.suiteql("SELECT id FROM currency", {"Host": host, **driver.bearer()})
    assert answer.json()["links"][0]["href"] == f"http://{host}{SUITEQL}"
