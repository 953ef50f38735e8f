"""The pool, deadlines, statistics, settings and faults, seen from outside."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from suitebridge.sandbox.netsuite.thread import AdminError

TIME = "/services/rest/system/v1/serverTime"
RESTLET = "/app/site/hosting/restlet.nl?script=1&deploy=1"


def at_once(driver: Any, calls: int, path: str = TIME) -> list[httpx.Response]:
    """Send several calls on connections of their own, together."""
    headers = driver.bearer()
    together = threading.Barrier(calls)

    def call(_: int) -> httpx.Response:
        with httpx.Client(base_url=driver.sandbox.rest_url, trust_env=False, timeout=60) as http:
            http.get("/sandbox/settings")  # the connection is up before the race begins
            together.wait()
            return http.get(path, headers=headers)

    with ThreadPoolExecutor(calls) as threads:
        return list(threads.map(call, range(calls)))


def test_the_sixth_call_of_five_is_rejected_at_once(driver: Any) -> None:
    driver.sandbox.change(slots=5, latency={"other": 1.0})
    answers = at_once(driver, 6)
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [429]
    rejected = next(answer for answer in answers if answer.status_code == 429)
    assert rejected.json() == {
        "type": "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1",
        "title": "Bad Request",
        "status": 429,
        "o:errorDetails": [
            {
                "detail": "Concurrent request limit exceeded. Request blocked.",
                "o:errorCode": "CONCURRENCY_LIMIT_EXCEEDED",
            }
        ],
    }
    assert "retry-after" not in rejected.headers
    counted = driver.sandbox.statistics()
    assert (counted["max_slots_used"], counted["rejected"], counted["slots_in_use"]) == (5, 1, 0)


def test_a_restlet_over_the_limit_has_its_own_form(driver: Any) -> None:
    driver.sandbox.change(slots=1, latency={"other": 1.0})
    headers = driver.bearer()
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(driver.http.get, TIME, headers=headers)
        while driver.sandbox.statistics()["slots_in_use"] == 0:
            pass
        with httpx.Client(base_url=driver.sandbox.rest_url, trust_env=False) as other:
            answer = other.get(RESTLET, headers=headers)
        assert slow.result().status_code == 200
    assert answer.status_code == 400
    assert answer.json() == {"error": {"code": "SSS_REQUEST_LIMIT_EXCEEDED", "message": "Request Limit Exceeded!"}}


def test_a_client_that_keeps_to_the_limit_is_never_rejected(driver: Any) -> None:
    driver.sandbox.change(slots=2)
    headers = driver.bearer()

    def many(_: int) -> set[int]:
        with httpx.Client(base_url=driver.sandbox.rest_url, trust_env=False) as http:
            return {http.get(TIME, headers=headers).status_code for _ in range(100)}

    with ThreadPoolExecutor(2) as threads:
        assert set().union(*threads.map(many, range(2))) == {200}


def test_token_calls_are_outside_the_pool(driver: Any) -> None:
    driver.sandbox.change(slots=1, latency={"other": 1.0})
    headers = driver.bearer()
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(driver.http.get, TIME, headers=headers)
        while driver.sandbox.statistics()["slots_in_use"] == 0:
            pass
        with httpx.Client(base_url=driver.sandbox.rest_url, trust_env=False) as other:
            token = type(driver)(driver.sandbox, other).log_in()
        assert slow.result().status_code == 200
    assert token.status_code == 200


def test_a_share_is_kept_apart(driver: Any) -> None:
    driver.sandbox.change(slots=5, shares={"suitebridge": 2}, latency={"other": 1.0})
    assert sorted(answer.status_code for answer in at_once(driver, 3)) == [200, 200, 429]
    limits = driver.http.get(
        "/services/rest/system/v1/governanceLimits", headers=driver.as_role("administrator").bearer()
    )
    assert limits.json()["integrationLimitType"] == "integrationSpecific"
    assert limits.json()["integrationConcurrencyLimit"] == 2


def test_an_answer_leaves_at_its_deadline_and_not_before(driver: Any) -> None:
    driver.sandbox.change(latency={"suiteql_page": 0.2})
    driver.suiteql("SELECT id FROM currency")
    (call,) = (one for one in driver.sandbox.statistics(calls=True)["each"] if one["kind"] == "suiteql")
    assert call["seconds"] >= 0.2


def test_a_sandbox_that_is_slower_than_its_deadline_says_so(driver: Any) -> None:
    driver.sandbox.change(latency={"suiteql_page": 0.000001})
    slow = "SELECT COUNT(*) FROM transactionline a, transactionline b WHERE a.id + b.id < 0"
    answer = driver.suiteql(slow)
    assert answer.status_code == 200
    assert float(answer.headers["x-sandbox-late"]) > 0
    assert driver.sandbox.statistics()["late"] == 1


def test_without_a_profile_nothing_is_late(driver: Any) -> None:
    assert "x-sandbox-late" not in driver.suiteql("SELECT id FROM currency").headers


def test_every_call_is_counted_with_its_path_and_size(driver: Any) -> None:
    headers = driver.bearer()
    answer = driver.suiteql("SELECT id FROM currency", headers)
    driver.http.get("/services/rest/record/v1/currency/1", headers=headers)
    driver.http.get("/services/rest/record/v1/currency/2", headers=headers)
    counted = driver.sandbox.statistics()
    assert counted["calls"] == 4
    assert counted["calls_by_kind"] == {"token": 1, "suiteql": 1, "read": 2}
    by_path = {total["path"]: total for total in counted["totals"]}
    assert by_path["/services/rest/record/v1/currency/{id}"]["calls"] == 2
    query = by_path["/services/rest/query/v1/suiteql"]
    assert query["bytes_out"] == len(answer.content)
    assert query["bytes_in"] == len(answer.request.content)


def test_refused_logins_are_counted_too(driver: Any) -> None:
    driver.http.get(TIME)
    (total,) = driver.sandbox.statistics()["totals"]
    assert (total["status"], total["calls"]) == (401, 1)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"slots": 0}, "at least 1"),
        ({"slots": 3, "shares": {"a": 3}}, "unallocated"),
        ({"features": ["onewrold"]}, "onewrold"),
        ({"latency": "fast"}, "fast"),
        ({"roles": {"boss": {}}}, "boss"),
        ({"roles": {"integration": {"lacks": ["Everything"]}}}, "Everything"),
        ({"slosts": 3}, "slosts"),
    ],
    ids=str,
)
def test_settings_that_make_no_sense_change_nothing(driver: Any, settings: dict[str, object], complaint: str) -> None:
    before = driver.sandbox.admin("GET", "settings")
    with pytest.raises(AdminError, match=complaint):
        driver.sandbox.change(**settings)
    assert driver.sandbox.admin("GET", "settings") == before


def test_reset_brings_the_start_back(driver: Any) -> None:
    before = driver.sandbox.admin("GET", "settings")
    driver.sandbox.change(
        slots=3, latency="typical", features=["-crm"], clock_offset=5, roles={"integration": {"disabled": True}}
    )
    driver.sandbox.fault("error")
    driver.sandbox.reset()
    assert driver.sandbox.admin("GET", "settings") == before
    assert driver.sandbox.faults() == []
    assert driver.sandbox.statistics()["calls"] == 0


def test_an_admin_address_that_is_not_there_lists_those_that_are(driver: Any) -> None:
    with pytest.raises(AdminError, match="GET /sandbox/statistics"):
        driver.sandbox.admin("GET", "nonsense")


# Faults


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("concurrency", 429, "CONCURRENCY_LIMIT_EXCEEDED"),
        ("error", 500, "UNEXPECTED_ERROR"),
        ("error_after", 500, "UNEXPECTED_ERROR"),
        ("unavailable", 503, "SERVICE_UNAVAILABLE"),
        ("token_expired", 401, "INVALID_LOGIN"),
        ("slow_invalid_login", 401, "INVALID_LOGIN"),
    ],
)
def test_a_fault_befalls_the_next_call_and_only_that(driver: Any, kind: str, status: int, code: str) -> None:
    headers = driver.bearer()
    driver.sandbox.fault(kind, types=["other"])
    answer = driver.http.get(TIME, headers=headers)
    assert (answer.status_code, answer.json()["o:errorDetails"][0]["o:errorCode"]) == (status, code)
    assert driver.http.get(TIME, headers=driver.bearer()).status_code == 200
    (fault,) = driver.sandbox.faults()
    assert fault["fired"] == 1
    each = driver.sandbox.statistics(calls=True)["each"]
    assert [call["fault"] for call in each if call["fault"]] == [kind]


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "cut_during"])
def test_a_cut_connection_has_no_whole_answer(driver: Any, kind: str) -> None:
    headers = driver.bearer()
    driver.sandbox.fault(kind)
    with pytest.raises(httpx.TransportError):
        driver.http.get(TIME, headers=headers)
    assert driver.http.get(TIME, headers=headers).status_code == 200


def customers(driver: Any, name: str) -> int:
    found = driver.suiteql(f"SELECT id FROM customer WHERE companyname = '{name}'")
    return found.json()["totalResults"]


@pytest.mark.parametrize(("kind", "written"), [("cut_before", 0), ("cut_after", 1), ("error", 0), ("error_after", 1)])
def test_a_fault_comes_before_or_after_the_effect(driver: Any, kind: str, written: int) -> None:
    name = f"Faulty {kind} {driver.sandbox.rest_url}"
    headers = driver.bearer()
    driver.sandbox.fault(kind, types=["write"])
    body = {"companyName": name, "subsidiary": {"id": "1"}}
    try:
        driver.http.post("/services/rest/record/v1/customer", headers=headers, json=body)
    except httpx.TransportError:
        pass
    assert customers(driver, name) == written


def test_admin_calls_are_not_counted_and_take_no_slot(driver: Any) -> None:
    driver.sandbox.statistics()
    driver.sandbox.audit()
    assert driver.sandbox.statistics()["calls"] == 0
