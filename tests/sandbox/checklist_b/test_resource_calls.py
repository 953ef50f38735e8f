"""Sections 6.7 to 6.10: what a bearer token opens, what a refusal looks like, and discovery."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from .browser import Visit

TIME_PATH = "/services/rest/system/v1/serverTime"
RESTLET_PATH = "/app/site/hosting/restlet.nl?script=1&deploy=1"


def test_b_028_an_expired_token_is_an_invalid_login_with_a_challenge(driver: Any) -> None:
    headers = driver.bearer()
    driver.sandbox.change(clock_offset=3601)
    answer = driver.http.get(TIME_PATH, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_LOGIN"
    assert answer.headers["www-authenticate"] == (
        'Bearer realm="1234567_SB1", error="invalid_token", error_description="Invalid login attempt."'
    )
    assert driver.audited()[-1] == "AccessTokenExpired"


@pytest.mark.parametrize("value", ["Bearer", "Bearer two words", "Nonsense abc"])
def test_b_029_a_malformed_header_is_a_bad_request(driver: Any, value: str) -> None:
    answer = driver.http.get(TIME_PATH, headers={"Authorization": value})
    assert answer.status_code == 400
    assert answer.headers["www-authenticate"] == (
        'Bearer realm="1234567_SB1", error="invalid_request", '
        'error_description="The request could not be understood by the server due to malformed syntax."'
    )


def test_b_030_a_refresh_token_opens_nothing(driver: Any, visit: Visit) -> None:
    tokens = visit.tokens()
    answer = driver.http.get(TIME_PATH, headers={"Authorization": f"Bearer {tokens['refresh_token']}"})
    assert answer.status_code == 401
    assert driver.audited()[-1] == "TokenRejected"
    answer = visit.refresh(tokens["access_token"])
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})
    assert driver.audited()[-1] == "InvalidRefreshToken"


def test_b_032_a_web_services_only_role_calls_no_restlet(driver: Any) -> None:
    driver.sandbox.change(roles={"integration": {"web_services_only": True}})
    assert driver.http.get(TIME_PATH, headers=driver.bearer()).status_code == 200
    for headers in (driver.bearer(), driver.signed("GET", RESTLET_PATH)):
        answer = driver.http.get(RESTLET_PATH, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "INVALID_LOGIN_ATTEMPT")


@pytest.mark.parametrize("query", ["account=1234567_SB1", "account=1234567_SB1&c=1234567_SB1"])
def test_b_033_the_domains_of_an_account_are_told_without_a_login(driver: Any, query: str) -> None:
    address = f"/rest/datacenterurls?{query}"
    answer = driver.http.get(address, headers={"Host": "rest.netsuite.com"})
    assert answer.json() == {
        "webservicesDomain": "https://1234567-sb1.suitetalk.api.netsuite.com",
        "restDomain": "https://1234567-sb1.restlets.api.netsuite.com",
        "systemDomain": "https://1234567-sb1.app.netsuite.com",
    }
    here = driver.http.get(address).json()
    assert set(here.values()) == {driver.sandbox.rest_url}


def nlauth(driver: Any, who: str, **changes: str) -> dict[str, str]:
    given = {
        "nlauth_account": "1234567_SB1",
        "nlauth_email": driver.sandbox.env[f"SUITEBRIDGE_SANDBOX_{who}_EMAIL"],
        "nlauth_signature": driver.sandbox.env[f"SUITEBRIDGE_SANDBOX_{who}_PASSWORD"],
        **changes,
    }
    parts = ", ".join(f"{name}={quote(value, safe='')}" for name, value in given.items())
    return {"Authorization": f"NLAuth {parts}"}


def test_b_034_roles_lists_the_roles_of_a_user_with_their_domains(driver: Any) -> None:
    host = {"Host": "rest.netsuite.com"}
    answer = driver.http.get("/rest/roles", headers={**nlauth(driver, "ADMINISTRATOR"), **host})
    assert [entry["role"]["internalId"] for entry in answer.json()] == [3, 1000, 1001]
    first = answer.json()[0]
    assert set(first) == {"account", "role", "dataCenterURLs"}
    assert first["account"]["internalId"] == "1234567_SB1"
    assert first["account"]["type"] == "SANDBOX"
    assert first["dataCenterURLs"]["restDomain"] == "https://1234567-sb1.restlets.api.netsuite.com"
    one = driver.http.get("/rest/roles", headers={**nlauth(driver, "LIMITED"), **host}).json()
    assert [entry["role"] for entry in one] == [{"internalId": 1001, "name": "suitebridge limited"}]


def test_b_034_roles_refuses_a_wrong_password_in_its_own_words(driver: Any) -> None:
    answer = driver.http.get("/rest/roles", headers=nlauth(driver, "LIMITED", nlauth_signature="wrong"))
    assert answer.json()["error"]["code"] == "INVALID_LOGIN_CREDENTIALS"
    assert driver.http.get("/rest/roles").status_code == 401
    assert driver.http.get("/rest/roles", headers={"Authorization": "NLAuth nonsense"}).status_code == 400
