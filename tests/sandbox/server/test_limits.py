"""The limits of the account as a client meets them."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

TIME = "/services/rest/system/v1/serverTime"
LIMITS = "/services/rest/system/v1/governanceLimits"
RESTLET = "/app/site/hosting/restlet.nl?script=1&deploy=1"
CURRENCY = "/services/rest/record/v1/currency/1"
HELD_SECONDS = 2.0


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "company-cache"


@contextmanager
def held(driver: Any, headers: dict[str, str], *paths: str) -> Iterator[None]:
    """Calls of these addresses are under way in the block, and each is answered in the end."""
    driver.sandbox.fault("delay", count=len(paths), seconds=HELD_SECONDS)
    with ThreadPoolExecutor(len(paths)) as threads:
        calls = [threads.submit(driver.http.get, path, headers=headers) for path in paths]
        while driver.sandbox.statistics()["slots_in_use"] < len(paths):
            time.sleep(0.005)
        yield
        assert all(call.result().status_code != 429 for call in calls)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["o:errorDetails"][0]["o:errorCode"]


def test_a_094_the_sixth_call_is_rejected_in_the_form_of_its_surface(driver: Any) -> None:
    headers = driver.bearer()
    driver.sandbox.change(slots=5)
    with held(driver, headers, TIME, RESTLET, TIME, RESTLET, CURRENCY):
        assert code(driver.http.get(TIME, headers=headers)) == (429, "CONCURRENCY_LIMIT_EXCEEDED")
        restlet = driver.http.get(RESTLET, headers=headers)
        assert (restlet.status_code, restlet.json()["error"]["code"]) == (400, "SSS_REQUEST_LIMIT_EXCEEDED")
    assert driver.http.get(TIME, headers=headers).status_code == 200


def test_a_095_an_integration_with_a_share_has_that_share_and_no_more(driver: Any) -> None:
    headers = driver.bearer()
    driver.sandbox.change(slots=5, shares={"suitebridge": 2})
    with held(driver, headers, TIME, TIME):
        assert driver.http.get(TIME, headers=headers).status_code == 429


def test_a_095_others_cannot_use_a_share(driver: Any) -> None:
    headers = driver.bearer()
    driver.sandbox.change(slots=5, shares={"shop": 2})
    with held(driver, headers, TIME, TIME, TIME):
        assert driver.http.get(TIME, headers=headers).status_code == 429


def test_a_096_an_administrator_sees_the_limits_in_three_forms(driver: Any) -> None:
    headers = driver.as_role("administrator").bearer()

    def limits() -> Any:
        return driver.http.get(LIMITS, headers=headers).json()

    driver.sandbox.change(slots=5)
    plain = {"accountConcurrencyLimit": 5, "accountUnallocatedConcurrencyLimit": 5}
    assert limits() == {**plain, "integrationLimitType": "accountLimit"}
    driver.sandbox.change(shares={"suitebridge": 2})
    assert limits() == {
        "accountConcurrencyLimit": 5,
        "accountUnallocatedConcurrencyLimit": 3,
        "integrationConcurrencyLimit": 2,
        "integrationLimitType": "integrationSpecific",
    }
    driver.sandbox.change(shares={}, integration_internal=True)
    assert limits() == {**plain, "integrationLimitType": "internal"}
    assert code(driver.http.get(LIMITS, headers=driver.bearer())) == (403, "INSUFFICIENT_PERMISSION")


def test_a_097_a_rejection_is_a_bad_request_and_says_not_when_to_come_back(driver: Any) -> None:
    headers = driver.bearer()
    driver.sandbox.change(slots=1)
    with held(driver, headers, TIME):
        rejected = driver.http.get(TIME, headers=headers)
    body = rejected.json()
    assert (rejected.status_code, body["title"], body["status"]) == (429, "Bad Request", 429)
    assert "retry-after" not in rejected.headers
    assert not any("ratelimit" in name for name in rejected.headers)


def test_a_099_a_body_over_104_megabytes_is_refused(driver: Any) -> None:
    host, _, port = driver.sandbox.rest_url.removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    try:
        connection.putrequest("POST", "/services/rest/record/v1/customer")
        connection.putheader("Content-Length", str(104 * 1024 * 1024 + 1))
        connection.endheaders()
        assert connection.getresponse().status == 413
    finally:
        connection.close()


def test_a_099_a_call_that_takes_too_long_is_ended(driver: Any) -> None:
    headers = driver.bearer()
    assert driver.sandbox.admin("GET", "settings")["call_seconds"] == 15 * 60
    driver.sandbox.change(call_seconds=0.1, latency={"record_read": 3600.0})
    answer = driver.http.get(CURRENCY, headers=headers)
    assert (answer.status_code, answer.json()["title"]) == (504, "Gateway Timeout")
    assert driver.http.get(TIME, headers=headers).status_code == 200
    assert driver.sandbox.statistics()["slots_in_use"] == 0


def test_a_099_and_its_connection_is_cut_by_quirk(cache: Path, driver_of: Callable[[SandboxThread], Any]) -> None:
    with SandboxThread(SandboxOptions(quirks=("call-timeout=cut",), cache_dir=cache)) as sandbox:
        driver = driver_of(sandbox)
        headers = driver.bearer()
        sandbox.change(call_seconds=0.1, latency={"record_read": 3600.0})
        with pytest.raises(httpx.RemoteProtocolError):
            driver.http.get(CURRENCY, headers=headers)


def test_a_100_a_call_over_the_limit_looks_like_a_bad_login_by_quirk(
    cache: Path, driver_of: Callable[[SandboxThread], Any]
) -> None:
    with SandboxThread(SandboxOptions(slots=1, quirks=("over-limit=0.2",), cache_dir=cache)) as sandbox:
        driver = driver_of(sandbox)
        headers = driver.bearer()
        with held(driver, headers, TIME):
            began = time.monotonic()
            assert code(driver.http.get(TIME, headers=headers)) == (401, "INVALID_LOGIN")
            assert time.monotonic() - began >= 0.2
        assert driver.http.get(TIME, headers=headers).status_code == 200
        assert [call["rejected"] for call in sandbox.statistics(calls=True)["each"] if call["status"] == 401] == [True]
