"""Section 7, but for its interactive flow and SOAP: signatures, headers, and what a refusal looks like."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread
from suitebridge.sandbox.netsuite.login import signature

TIME_PATH = "/services/rest/system/v1/serverTime"
RESTLET_PATH = "/app/site/hosting/restlet.nl?script=1&deploy=1"

# The inputs of Oracle's own example, "The Signature for Web Services and RESTlets".
CONSUMER = "ef40afdd8abaac111b13825dd5e5e2ddddb44f86d5a0dd6dcf38c20aae6b67e4"
CONSUMER_SECRET = "d26ad321a4b2f23b0741c8d38392ce01c3e23e109df6c96eac6d099e9ab9e8b5"
TOKEN = "2b0ce516420110bcbd36b69e99196d1b7f6de3c6234c5afb799b73d87569f5cc"
TOKEN_SECRET = "c29a677df7d5439a458c063654187e3d678d73aca8e3c9d8bea1478a3eb0d295"
NONCE = "fjaLirsIcCGVZWzBX0pg"
TIMESTAMP = 1508242306
RESTLET_SIGNATURE = "+KK4SKNgz4ZiILGLwOMtfYlgcXSy1eis8ldE9X90azQ="
REST_SIGNATURE = "B5OIWznZ2YP0OB7VrJrGkYsTh+8H+5T9Hag+o92q0zY="
SOAP_SIGNATURE = "tIcC5zyKUmycB5Ml/cNxOHDusw03Y5KPQiXVNUHHp4U="


def header(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return {"Authorization": "OAuth " + ", ".join(f'{name}="{quote(value, safe="")}"' for name, value in pairs)}


def signed(driver: Any, method: str, path: str, *, in_base: str | None = None, **changes: str) -> dict[str, str]:
    """A header that is right but for what is given; `in_base` signs the realm too."""
    env = driver.sandbox.env
    given = {
        "realm": env["NETSUITE_ACCOUNT"],
        "oauth_consumer_key": env["NETSUITE_CONSUMER_KEY"],
        "oauth_token": env["NETSUITE_TOKEN_ID"],
        "oauth_nonce": secrets.token_hex(10),
        "oauth_timestamp": str(int(time.time())),
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_version": "1.0",
        **changes,
    }
    secret = given.pop("token_secret", env["NETSUITE_TOKEN_SECRET"])
    address = urlsplit(driver.sandbox.rest_url + path)
    pairs = list(given.items())
    text = signature.base_string(
        method, address.scheme, address.netloc, address.path, [*pairs, *signature.parse_query(address.query)]
    )
    if in_base is not None:
        text += quote(f"&realm={quote(in_base, safe='')}", safe="")
    return header([*pairs, ("oauth_signature", signature.sign(text, env["NETSUITE_CONSUMER_SECRET"], secret))])


def faults(driver: Any) -> list[str]:
    """What the audit trail says of refusals; of calls let in it notes the first of each token only."""
    return [detail for detail in driver.audited() if detail is not None]


def published(pairs: dict[str, str]) -> dict[str, str]:
    return header(
        [
            ("realm", "123456"),
            ("oauth_token", TOKEN),
            ("oauth_consumer_key", CONSUMER),
            ("oauth_nonce", NONCE),
            ("oauth_timestamp", str(TIMESTAMP)),
            ("oauth_signature_method", "HMAC-SHA256"),
            ("oauth_version", "1.0"),
            *pairs.items(),
        ]
    )


@pytest.fixture
def of_the_example(
    tmp_path: Path, server: SandboxThread, driver_of: Callable[[SandboxThread], Any]
) -> Iterator[tuple[Any, httpx.Client]]:
    """The account, keys and moment of Oracle's example, over TLS."""
    options = SandboxOptions(
        account="123456", state=tmp_path / "state", tls_port=0, cache_dir=server.sandbox.options.cache_dir
    )
    with SandboxThread(options):
        pass
    file = tmp_path / "state.login" / "credentials.json"
    saved = json.loads(file.read_text())
    saved["client_id"], saved["client_secret"] = CONSUMER, CONSUMER_SECRET
    saved["roles"]["administrator"] |= {"token_id": TOKEN, "token_secret": TOKEN_SECRET}
    file.write_text(json.dumps(saved))
    with SandboxThread(options) as running:
        driver = driver_of(running)
        running.change(clock_offset=TIMESTAMP - time.time())
        # The certificate is for NetSuite's names, the socket is this machine's.
        with httpx.Client(base_url=f"https://127.0.0.1:{running.tls_port}", verify=False, trust_env=False) as http:
            yield driver, http


def test_b_035_the_published_signatures_verify(of_the_example: tuple[Any, httpx.Client]) -> None:
    driver, http = of_the_example
    answer = http.get(
        "/services/rest/record/v1/employee/40",
        headers={"Host": "123456.suitetalk.api.netsuite.com", **published({"oauth_signature": REST_SIGNATURE})},
    )
    assert answer.status_code in (200, 404)
    assert driver.audited() == [None]
    restlet = "/app/site/hosting/restlet.nl?script=6&deploy=1&customParam=someValue&testParam=someOtherValue"
    host = {"Host": "123456.restlets.api.netsuite.com"}
    wrong = published({"oauth_signature": REST_SIGNATURE})
    assert http.post(restlet, headers={**host, **wrong}).json()["error"]["code"] == "INVALID_LOGIN_ATTEMPT"
    assert driver.audited()[-1] == "InvalidSignature"
    right = published({"oauth_signature": RESTLET_SIGNATURE})
    # The nonce was the REST call's too, so only the order of the checks tells that the signature is right.
    assert http.post(restlet, headers={**host, **right}).json()["error"]["code"] == "INVALID_LOGIN_ATTEMPT"
    assert driver.audited()[-1] == "nonce_used"
    passport = "&".join(["123456", CONSUMER, TOKEN, NONCE, str(TIMESTAMP)])
    assert signature.sign(passport, CONSUMER_SECRET, TOKEN_SECRET) == SOAP_SIGNATURE


def test_b_036_a_body_hash_that_is_signed_over_is_accepted(driver: Any) -> None:
    headers = signed(driver, "GET", TIME_PATH, oauth_body_hash="2jmj7l5rSw0yVb/vlWAYkK/YBwk=")
    assert driver.http.get(TIME_PATH, headers=headers).status_code == 200


@pytest.mark.parametrize("query", ["q=a%20b", "q=a+b", "q=1%2B1", "q=*", "q='x'", "q=", "a=2&a=1", "q=%C3%A9&q=~-._"])
def test_b_037_odd_query_parameters_are_signed_by_rfc_3986(driver: Any, query: str) -> None:
    # oauthlib decides what is signed here, not the sandbox's own code.
    path = f"{RESTLET_PATH}&{query}"
    address = httpx.URL(driver.sandbox.rest_url + path)
    answer = driver.http.get(address, headers=driver.signed("GET", path.replace("'", "%27").replace("*", "%2A")))
    assert answer.json()["error"]["code"] == "SSS_INVALID_SCRIPTLET_ID"
    assert faults(driver) == []


def test_b_038_a_realm_in_the_base_string_makes_the_signature_wrong(driver: Any) -> None:
    headers = signed(driver, "GET", TIME_PATH, in_base="1234567_SB1")
    assert driver.http.get(TIME_PATH, headers=headers).status_code == 401
    assert driver.audited() == ["InvalidSignature"]
    assert driver.http.get(TIME_PATH, headers=signed(driver, "GET", TIME_PATH)).status_code == 200


def test_b_039_sha1_is_an_unknown_algorithm(driver: Any) -> None:
    headers = signed(driver, "GET", TIME_PATH, oauth_signature_method="HMAC-SHA1")
    assert driver.http.get(TIME_PATH, headers=headers).status_code == 401
    assert driver.audited() == ["UnknownAlgorithm"]


@pytest.mark.parametrize(("realm", "status"), [("1234567_sb1", 401), ("1234567-sb1", 401), ("1234567_SB1", 200)])
def test_b_040_the_realm_is_the_account_in_capitals(driver: Any, realm: str, status: int) -> None:
    assert driver.http.get(TIME_PATH, headers=signed(driver, "GET", TIME_PATH, realm=realm)).status_code == status


def test_b_041_unquoted_values_on_a_restlet_are_malformed(driver: Any) -> None:
    quoted = signed(driver, "GET", RESTLET_PATH)["Authorization"]
    answer = driver.http.get(RESTLET_PATH, headers={"Authorization": quoted.replace('"', "")})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize("way", [1, -1], ids=["fast", "slow"])
def test_b_042_the_clock_may_be_off_by_five_minutes(driver: Any, way: int) -> None:
    # A second of leeway, as the test's own clock goes on.
    near, far = (str(int(time.time()) + way * seconds) for seconds in (297, 303))
    answer = driver.http.get(TIME_PATH, headers=signed(driver, "GET", TIME_PATH, oauth_timestamp=near))
    assert answer.status_code == 200
    assert driver.http.get(TIME_PATH, headers=signed(driver, "GET", TIME_PATH, oauth_timestamp=far)).status_code == 401
    assert faults(driver) == ["InvalidTimestamp"]


def test_b_043_a_nonce_of_five_characters_is_rejected_on_a_restlet(driver: Any) -> None:
    answer = driver.http.get(RESTLET_PATH, headers=signed(driver, "GET", RESTLET_PATH, oauth_nonce="12345"))
    assert answer.json()["error"]["code"] == "INVALID_LOGIN_ATTEMPT"
    assert driver.audited() == ["nonce_rejected"]
    answer = driver.http.get(RESTLET_PATH, headers=signed(driver, "GET", RESTLET_PATH, oauth_nonce="123456"))
    assert answer.json()["error"]["code"] == "SSS_INVALID_SCRIPTLET_ID"


@pytest.mark.parametrize(("path", "word"), [(RESTLET_PATH, "nonce_used"), (TIME_PATH, "NonceUsed")])
def test_b_044_a_repeated_call_is_used_up_in_the_words_of_its_surface(driver: Any, path: str, word: str) -> None:
    headers = signed(driver, "GET", path)
    for _ in range(2):
        driver.http.get(path, headers=headers)
    assert faults(driver) == [word]


def test_b_045_the_sixth_bad_login_in_half_an_hour_finds_the_user_locked(driver: Any) -> None:
    for _ in range(6):
        driver.http.get(TIME_PATH, headers=signed(driver, "GET", TIME_PATH, token_secret="wrong"))
    assert driver.audited() == ["InvalidSignature"] * 5 + ["temporary_locked"]
    driver.sandbox.change(clock_offset=1801)
    later = str(int(time.time()) + 1801)
    assert driver.http.get(TIME_PATH, headers=signed(driver, "GET", TIME_PATH, oauth_timestamp=later)).is_success


def test_b_046_a_bad_signature_over_rest_is_an_invalid_login_without_a_reason(driver: Any) -> None:
    answer = driver.http.get(TIME_PATH, headers=signed(driver, "GET", TIME_PATH, token_secret="wrong"))
    assert answer.status_code == 401
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_LOGIN"
    assert "ignature" not in answer.text + str(answer.headers)


def test_b_047_a_bad_signature_on_a_restlet_is_a_403(driver: Any) -> None:
    answer = driver.http.get(RESTLET_PATH, headers=signed(driver, "GET", RESTLET_PATH, token_secret="wrong"))
    assert answer.status_code == 403
    assert answer.text == '{"error" : {"code" : "INVALID_LOGIN_ATTEMPT", "message" : "Invalid login attempt."}}'


def test_b_047_the_quirk_makes_it_a_401(server: SandboxThread, driver_of: Callable[[SandboxThread], Any]) -> None:
    options = SandboxOptions(
        data="empty", quirks=("restlet-login-status=401",), cache_dir=server.sandbox.options.cache_dir
    )
    with SandboxThread(options) as running:
        driver = driver_of(running)
        answer = driver.http.get(RESTLET_PATH, headers=signed(driver, "GET", RESTLET_PATH, token_secret="wrong"))
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "INVALID_LOGIN_ATTEMPT")


def test_b_050_the_host_and_the_account_are_one_tenant(driver: Any) -> None:
    host = "1234567-sb1.suitetalk.api.netsuite.com"
    bearer = driver.bearer()
    assert driver.http.get(TIME_PATH, headers={"Host": host, **bearer}).status_code == 200
    other = {"Host": "7654321-sb1.suitetalk.api.netsuite.com", **bearer}
    assert driver.http.get(TIME_PATH, headers=other).status_code == 404
