"""The other side of every open choice that the server makes: one sandbox with all of them turned round."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

TIME = "/services/rest/system/v1/serverTime"
RECORDS = "/services/rest/record/v1"
SUITEQL = "/services/rest/query/v1/suiteql"

TURNED = (
    "error-type-uri=w3",
    "error-content-type=resource",
    "company-language=de",
    "accept-language=check",
    "suiteql-transient=ignore",
    "suiteql-respond-async=refuse",
    "page-limit-error=clamp",
    "page-offset-error=limit",
    "filtered-links=drop",
    "link-type-case=request",
    "put-internal-id=405",
    "upsert-location=created",
    "token-type-case=bearer",
    "assertion-minutes=120",
    "unauthorized-client-status=401",
    "cookie-with-bearer=refuse",
    "restlet-login-status=401",
    "token-calls-in-pool=yes",
    "concurrency-form=429",
    "concurrency-top-code=present",
    "governance-refusal=400",
    "large-body=400",
)


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxThread]:
    cache = tmp_path_factory.getbasetemp() / "shared cache"
    with SandboxThread(SandboxOptions(data="small", quirks=TURNED, cache_dir=cache)) as running:
        yield running


@pytest.fixture
def driver(turned: SandboxThread, driver_of: Any) -> Any:
    turned.reset()
    return driver_of(turned)


def code(answer: Any) -> str:
    return answer.json()["o:errorDetails"][0]["o:errorCode"]


def test_errors_have_the_older_form(driver: Any) -> None:
    answer = driver.http.get(TIME)
    assert answer.headers["content-type"] == "application/vnd.oracle.resource; type=error"
    assert answer.json()["type"] == "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec10.4.2"


def test_the_companys_language_is_another(driver: Any) -> None:
    headers = driver.bearer()
    german = driver.http.get(TIME, headers={"Accept-Language": "de-AT", **headers})
    english = driver.http.get(TIME, headers={"Accept-Language": "en", **headers})
    assert (german.status_code, english.status_code) == (200, 400)


def test_a_query_needs_no_preference_but_may_not_ask_for_async(driver: Any) -> None:
    headers, body = driver.bearer(), {"q": "SELECT id FROM currency"}
    assert driver.http.post(SUITEQL, headers=headers, json=body).status_code == 200
    refused = driver.http.post(SUITEQL, headers={"Prefer": "respond-async", **headers}, json=body)
    assert (refused.status_code, code(refused)) == (400, "INVALID_HEADER")


def test_a_large_limit_is_a_thousand_and_an_odd_offset_is_the_limits_fault(driver: Any) -> None:
    assert driver.suiteql("SELECT id FROM currency", query="?limit=5000").status_code == 200
    refused = driver.suiteql("SELECT id FROM currency", query="?limit=10&offset=5")
    assert refused.json()["o:errorDetails"][0]["o:errorQueryParam"] == "limit"


def test_links_forget_the_filter_and_spell_as_the_caller_did(driver: Any) -> None:
    answer = driver.http.get(f"{RECORDS}/CUSTOMER", params={"q": "id GREATER 0", "limit": 2}, headers=driver.bearer())
    following = next(link["href"] for link in answer.json()["links"] if link["rel"] == "next")
    assert following == f"{driver.sandbox.rest_url}{RECORDS}/CUSTOMER?limit=2&offset=2"


def test_put_by_internal_id_is_not_a_method(driver: Any) -> None:
    assert driver.http.put(f"{RECORDS}/customer/1", headers=driver.bearer(), json={}).status_code == 405


def test_an_upsert_names_only_what_it_created(driver: Any) -> None:
    address, body = f"{RECORDS}/vendor/eid:turned", {"companyName": "Turned", "subsidiary": {"id": "1"}}
    headers = driver.bearer()
    made, changed = (driver.http.put(address, headers=headers, json=body) for _ in range(2))
    assert (made.status_code, "location" in made.headers) == (204, True)
    assert (changed.status_code, "location" in changed.headers) == (204, False)


def test_the_token_answer_is_spelled_small_and_two_hours_are_allowed(driver: Any) -> None:
    assert driver.log_in().json()["token_type"] == "bearer"
    now = int(time.time())
    long = driver.assertion(exp=now + 7000, iat=now)
    assert driver.log_in(client_assertion=long).status_code == 200


def test_a_blocked_integration_is_a_401(driver: Any) -> None:
    driver.sandbox.change(integration_blocked=True)
    answer = driver.log_in()
    assert (answer.status_code, answer.json()) == (401, {"error": "unauthorized_client"})


def test_a_cookie_spoils_a_good_token(driver: Any) -> None:
    headers = driver.bearer()
    assert driver.http.get(TIME, headers={"Cookie": "a=b", **headers}).status_code == 401
    assert driver.http.get(TIME, headers=headers).status_code == 200
    signed = driver.http.get(TIME, headers={"Cookie": "a=b", **driver.signed("GET", TIME)})
    assert signed.status_code == 200


def test_a_bad_restlet_login_is_a_401(driver: Any) -> None:
    path = "/app/site/hosting/restlet.nl?script=1&deploy=1"
    assert driver.http.get(path, headers=driver.signed("GET", path, secret="wrong")).status_code == 401


def test_the_rejection_has_a_code_at_its_top_too(driver: Any) -> None:
    headers = driver.bearer()
    driver.sandbox.fault("concurrency")
    assert driver.http.get(TIME, headers=headers).json()["o:errorCode"] == "USER_ERROR"


def test_the_limits_are_refused_as_a_bad_request(driver: Any) -> None:
    answer = driver.http.get("/services/rest/system/v1/governanceLimits", headers=driver.bearer())
    assert answer.status_code == 400


def test_a_token_call_takes_a_slot(driver: Any) -> None:
    assert driver.log_in().status_code == 200
    assert driver.sandbox.statistics()["max_slots_used"] == 1
