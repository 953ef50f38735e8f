"""Logins over HTTP: what the caller sees, and that only the audit trail knows why."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

TIME_PATH = "/services/rest/system/v1/serverTime"
RESTLET_PATH = "/app/site/hosting/restlet.nl?script=1&deploy=1"
LOGIN_BODY = {
    "type": "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.2",
    "title": "Unauthorized",
    "status": 401,
    "o:errorDetails": [
        {
            "detail": "Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at "
            "Setup > Users/Roles > User Management > View Login Audit Trail.",
            "o:errorCode": "INVALID_LOGIN",
        }
    ],
}


def test_a_certificate_gives_a_token_for_an_hour(driver: Any) -> None:
    answer = driver.log_in()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert set(body) == {"access_token", "expires_in", "token_type"}
    assert body["expires_in"] == 3600
    assert body["token_type"] == "Bearer"
    header, payload, _ = (part + "=" * (-len(part) % 4) for part in body["access_token"].split("."))
    claims = json.loads(base64.urlsafe_b64decode(payload))
    assert json.loads(base64.urlsafe_b64decode(header))["typ"] == "JWT"
    assert claims["sub"].startswith("1000;")
    assert isinstance(claims["aud"], list)
    assert claims["exp"] - claims["iat"] == 3600
    assert driver.audited() == [None]


def test_the_token_opens_the_rest_service(driver: Any) -> None:
    assert driver.http.get(TIME_PATH, headers=driver.bearer()).status_code == 200


@pytest.mark.parametrize("service", ["suitetalk", "restlets"])
def test_the_assertion_may_name_the_hosts_of_the_account(driver: Any, service: str) -> None:
    address = f"https://1234567-sb1.{service}.api.netsuite.com/services/rest/auth/oauth2/v1/token"
    assert driver.log_in(client_assertion=driver.assertion(aud=address)).status_code == 200


def test_both_roles_log_in_with_their_own_certificate(driver: Any) -> None:
    limits = "/services/rest/system/v1/governanceLimits"
    assert driver.http.get(limits, headers=driver.bearer()).status_code == 403
    administrator = driver.as_role("administrator")
    answer = driver.http.get(limits, headers=administrator.bearer())
    assert answer.json() == {
        "accountConcurrencyLimit": 15,
        "accountUnallocatedConcurrencyLimit": 15,
        "integrationLimitType": "accountLimit",
    }


@pytest.mark.parametrize(
    ("form", "error", "status"),
    [
        ({"grant_type": ""}, "invalid_request", 400),
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
        ({"client_assertion_type": "jwt"}, "invalid_request", 400),
        ({"client_assertion": "nonsense"}, "invalid_request", 400),
        ({"client_secret": "secret"}, "invalid_request", 400),
    ],
    ids=str,
)
def test_a_malformed_token_request_names_its_kind_only(
    driver: Any, form: dict[str, str], error: str, status: int
) -> None:
    answer = driver.log_in(**form)
    assert answer.status_code == status
    assert answer.json() == {"error": error}


@pytest.mark.parametrize(
    ("header", "claims", "detail"),
    [
        ({"kid": None}, {}, "MissingKeyId"),
        ({"kid": "unknown"}, {}, "MissingKey"),
        ({}, {"iss": "nobody"}, "InvalidIntegration"),
        ({}, {"aud": "https://example.com/token"}, "TokenNotAcceptable"),
        ({}, {"exp": 1}, "TokenExpired"),
        ({}, {"exp": int(time.time()) + 90000}, "TokenValidityTooBroad"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_assertion_is_an_invalid_client(
    driver: Any, header: dict[str, object], claims: dict[str, object], detail: str
) -> None:
    answer = driver.log_in(client_assertion=driver.assertion(header, **claims))
    assert answer.status_code == 401
    assert answer.json() == {"error": "invalid_client"}
    assert answer.headers["www-authenticate"] == 'Basic realm="1234567_SB1"'
    assert driver.audited() == [detail]
    assert detail not in answer.text + str(answer.headers)


def test_a_token_request_with_an_authorization_header_is_two_logins_at_once(driver: Any) -> None:
    answer = driver.http.post(
        "/services/rest/auth/oauth2/v1/token",
        headers={"Authorization": "Basic eDp5"},
        data={
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": driver.assertion(),
        },
    )
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


def test_a_token_request_in_json_is_malformed(driver: Any) -> None:
    answer = driver.http.post("/services/rest/auth/oauth2/v1/token", json={"grant_type": "client_credentials"})
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


def _expire(driver: Any) -> dict[str, str]:
    headers = driver.bearer()
    driver.sandbox.change(clock_offset=3601)
    return headers


def _revoke(driver: Any) -> dict[str, str]:
    headers = driver.bearer()
    assert driver.sandbox.revoke_tokens() >= 1
    return headers


def _tamper(driver: Any) -> dict[str, str]:
    head, payload, signature = driver.bearer()["Authorization"].split(".")
    other = "B" if signature[10] == "A" else "A"
    return {"Authorization": f"{head}.{payload}.{signature[:10]}{other}{signature[11:]}"}


def _other_scope(driver: Any) -> dict[str, str]:
    return driver.bearer(scope=["restlets"])


def _disable_role(driver: Any) -> dict[str, str]:
    headers = driver.bearer()
    driver.sandbox.change(roles={"integration": {"disabled": True}})
    return headers


def _block(driver: Any) -> dict[str, str]:
    headers = driver.bearer()
    driver.sandbox.change(integration_blocked=True)
    return headers


def _feature_off(driver: Any) -> dict[str, str]:
    headers = driver.bearer()
    driver.sandbox.change(features=["-oauth2"])
    return headers


def _no_rest(driver: Any) -> dict[str, str]:
    headers = driver.bearer()
    driver.sandbox.change(roles={"integration": {"lacks": ["REST Web Services"]}})
    return headers


def _assertion_as_token(driver: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {driver.assertion()}"}


@pytest.mark.parametrize(
    ("prepare", "detail"),
    [
        (_expire, "AccessTokenExpired"),
        (_revoke, "TokenBlocked"),
        (_tamper, "InvalidSignature"),
        (_other_scope, "ScopeMismatched"),
        (_disable_role, "EntityOrRoleDisabled"),
        (_block, "IntegrationBlocked"),
        (_feature_off, "FeatureDisabled"),
        (_no_rest, "InsufficientPermissions"),
        (_assertion_as_token, "MissingKey"),
        (lambda driver: {"Authorization": "Bearer nonsense"}, "InvalidTokenType"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refused_bearer_token_is_an_invalid_login(
    driver: Any, prepare: Callable[[Any], dict[str, str]], detail: str
) -> None:
    answer = driver.http.get(TIME_PATH, headers=prepare(driver))
    assert answer.status_code == 401
    assert answer.json() == LOGIN_BODY
    assert answer.headers["content-type"] == "application/vnd.oracle.resource+json; type=error"
    assert answer.headers["www-authenticate"] == (
        'Bearer realm="1234567_SB1", error="invalid_token", error_description="Invalid login attempt."'
    )
    assert driver.audited()[-1] == detail
    assert detail not in answer.text + str(answer.headers)


@pytest.mark.parametrize("value", ["Bearer", "Bearer a b", "Basic eDp5", "NLAuth nlauth_account=1", "OAuth realm=1"])
def test_a_header_that_cannot_be_read_is_a_bad_request(driver: Any, value: str) -> None:
    answer = driver.http.get(TIME_PATH, headers={"Authorization": value})
    assert answer.status_code == 400
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_REQUEST"
    if not value.startswith("OAuth"):
        assert 'error="invalid_request"' in answer.headers["www-authenticate"]


def test_no_credentials_are_an_invalid_login(driver: Any) -> None:
    answer = driver.http.get(TIME_PATH)
    assert (answer.status_code, answer.json()) == (401, LOGIN_BODY)


def test_a_signed_call_is_let_in(driver: Any) -> None:
    path = "/services/rest/record/v1/currency?limit=1&offset=0"
    assert driver.http.get(path, headers=driver.signed("GET", path)).status_code == 200
    assert driver.audited() == [None]


def test_a_badly_signed_call_is_an_invalid_login_without_a_reason(driver: Any) -> None:
    for headers, detail in (
        (driver.signed("GET", TIME_PATH, secret="wrong"), "InvalidSignature"),
        (driver.signed("GET", TIME_PATH, realm="1234567_sb1"), "token_rejected"),
        (driver.signed("POST", TIME_PATH), "InvalidSignature"),
    ):
        answer = driver.http.get(TIME_PATH, headers=headers)
        assert (answer.status_code, answer.json()) == (401, LOGIN_BODY)
        assert driver.audited()[-1] == detail


def test_a_replayed_call_is_refused(driver: Any) -> None:
    headers = driver.signed("GET", TIME_PATH)
    assert driver.http.get(TIME_PATH, headers=headers).status_code == 200
    assert driver.http.get(TIME_PATH, headers=headers).status_code == 401
    assert driver.audited()[-1] == "NonceUsed"


def test_the_sixth_bad_signature_finds_the_user_locked_out(driver: Any) -> None:
    for _ in range(5):
        driver.http.get(TIME_PATH, headers=driver.signed("GET", TIME_PATH, secret="wrong"))
    assert driver.http.get(TIME_PATH, headers=driver.signed("GET", TIME_PATH)).status_code == 401
    assert driver.audited() == ["InvalidSignature"] * 5 + ["temporary_locked"]


def test_a_clock_that_is_six_minutes_off_refuses_signed_calls_and_tells_its_time(driver: Any) -> None:
    driver.sandbox.change(clock_offset=360)
    answer = driver.http.get(TIME_PATH, headers=driver.signed("GET", TIME_PATH))
    assert answer.status_code == 401
    assert driver.audited() == ["InvalidTimestamp"]
    driver.sandbox.change(clock_offset=240)
    assert driver.http.get(TIME_PATH, headers=driver.signed("GET", TIME_PATH)).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        (lambda driver: driver.signed("GET", RESTLET_PATH), 404, "SSS_INVALID_SCRIPTLET_ID"),
        (lambda driver: driver.bearer(), 404, "SSS_INVALID_SCRIPTLET_ID"),
        (lambda driver: driver.signed("GET", RESTLET_PATH, secret="wrong"), 403, "INVALID_LOGIN_ATTEMPT"),
        (lambda driver: driver.bearer(scope="rest_webservices"), 403, "INVALID_LOGIN_ATTEMPT"),
        (lambda driver: {}, 401, "INVALID_LOGIN_ATTEMPT"),
        (lambda driver: {"Authorization": "OAuth realm=1"}, 400, "INVALID_REQUEST"),
    ],
    ids=["signed", "bearer", "bad signature", "other scope", "nothing", "unquoted"],
)
def test_restlets_have_a_form_of_their_own(
    driver: Any, headers: Callable[[Any], dict[str, str]], status: int, code: str
) -> None:
    answer = driver.http.get(RESTLET_PATH, headers=headers(driver))
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.text.startswith('{"error" : {"code" : ')


def test_the_audit_trail_is_a_table_too(driver: Any) -> None:
    driver.log_in(client_assertion=driver.assertion({"kid": "unknown"}))
    answer = driver.as_role("administrator").suiteql(
        "SELECT status, detail, requesturi FROM loginaudit ORDER BY id DESC FETCH FIRST 2 ROWS ONLY"
    )
    rows = answer.json()["items"]
    assert [row.get("detail") for row in rows] == [None, "MissingKey"]
    assert rows[1]["status"] == "Failure"
    assert rows[1]["requesturi"] == "/services/rest/auth/oauth2/v1/token"
