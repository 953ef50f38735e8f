"""Sections 6.1, 6.5 and 6.6: the grant of machines, and the certificates it stands on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

from .browser import TOKEN_PATH, Visit
from .certificates import Made, made, rsa_key

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@pytest.fixture
def own(driver_of: Callable[[SandboxThread], Any], server: SandboxThread) -> Iterator[Any]:
    """A sandbox of the test's own, as certificates stay."""
    cache = server.sandbox.options.cache_dir
    with SandboxThread(SandboxOptions(data="small", cache_dir=cache)) as running:
        yield driver_of(running)


def certificates(driver: Any) -> str:
    return f"/services/rest/auth/oauth2/v1/clients/{driver.sandbox.env['NETSUITE_CLIENT_ID']}/certificates"


def entity_of(driver: Any) -> int:
    """Whose keys the integration role's are."""
    listed = driver.http.get(certificates(driver), headers=driver.bearer()).json()
    return next(one["entity"]["id"] for one in listed if one["role"]["id"] == 1000)


def upload(driver: Any, certificate: Made, role: int = 1000) -> httpx.Response:
    body = {"fileContent": certificate.certificate, "role": role, "entity": str(entity_of(driver))}
    return driver.http.post(certificates(driver) + "?c=", headers=driver.bearer(), json=body)


def assertion(driver: Any, key: RSAKey | ECKey, algorithm: str, key_id: str) -> str:
    now = int(time.time())
    claims = {
        "iss": driver.sandbox.env["NETSUITE_CLIENT_ID"],
        "scope": ["rest_webservices"],
        "aud": driver.sandbox.rest_url + TOKEN_PATH,
        "iat": now,
        "exp": now + 300,
    }
    return jwt.encode({"alg": algorithm, "typ": "JWT", "kid": key_id}, claims, key, algorithms=[algorithm])


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["o:errorDetails"][0]["o:errorCode"]


@pytest.mark.parametrize("service", ["suitetalk", "restlets"])
def test_b_001_the_token_path_answers_on_both_hosts(driver: Any, service: str) -> None:
    host = {"Host": f"1234567-sb1.{service}.api.netsuite.com"}
    address = f"https://{host['Host']}{TOKEN_PATH}"
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": driver.assertion(aud=address),
    }
    assert driver.http.post(TOKEN_PATH, data=form, headers=host).status_code == 200
    elsewhere = {"Host": "1234567-sb1.app.netsuite.com"}
    assert driver.http.post(TOKEN_PATH, data=form, headers=elsewhere).status_code == 404


def test_b_019_machines_get_no_refresh_token_and_a_capital_bearer(driver: Any, visit: Visit) -> None:
    body = driver.log_in().json()
    assert set(body) == {"access_token", "expires_in", "token_type"}
    assert body["token_type"] == "Bearer"
    assert visit.tokens()["token_type"] == "bearer"


def test_b_020_rs256_is_refused_ps256_and_es256_pass(own: Any) -> None:
    pair = made(rsa_key(3072))
    identifier = upload(own, pair).json()["certificate_id"]
    key = RSAKey.import_key(pair.private)
    refused = own.log_in(client_assertion=assertion(own, key, "RS256", identifier))
    assert (refused.status_code, refused.json()) == (401, {"error": "invalid_client"})
    assert own.audited()[-1] == "UnsupportedAlgo"
    assert own.log_in(client_assertion=assertion(own, key, "PS256", identifier)).status_code == 200
    assert own.log_in().status_code == 200  # the sandbox's own key is for ES256


def test_b_021_an_assertion_must_name_a_known_key(driver: Any) -> None:
    assert driver.log_in(client_assertion=driver.assertion({"kid": None})).status_code == 401
    assert driver.log_in(client_assertion=driver.assertion({"kid": "unknown"})).status_code == 401
    assert driver.audited() == ["MissingKeyId", "MissingKey"]


def test_b_022_an_hour_is_valid_and_more_than_two_are_too_broad(driver: Any) -> None:
    now = int(time.time())
    assert driver.log_in(client_assertion=driver.assertion(iat=now, exp=now + 3600)).status_code == 200
    assert driver.log_in(client_assertion=driver.assertion(iat=now, exp=now + 7201)).status_code == 401
    assert driver.audited() == [None, "TokenValidityTooBroad"]


@pytest.mark.parametrize(
    ("scope", "opened"),
    [
        (["restlets", "rest_webservices"], {"restlets", "rest_webservices"}),
        ("restlets,rest_webservices", {"restlets", "rest_webservices"}),
        ("rest_webservices", {"rest_webservices"}),
    ],
    ids=["array", "comma string", "single string"],
)
def test_b_023_every_form_of_the_scope_passes(driver: Any, scope: object, opened: set[str]) -> None:
    token = driver.log_in(client_assertion=driver.assertion(scope=scope)).json()["access_token"]
    keys = driver.http.get("/services/rest/auth/oauth2/v1/keys").json()["keys"]
    claims = jwt.decode(token, RSAKey.import_key(keys[0]), algorithms=["PS256"]).claims
    assert set(claims["scope"]) == opened


def test_b_024_a_short_rsa_key_is_refused_and_a_long_validity_is_cut(own: Any) -> None:
    assert code_of(upload(own, made(rsa_key(2048)))) == (400, "USER_ERROR")
    begins = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    answer = upload(own, made(days=3650, begins=begins)).json()
    assert answer["valid_from"] == f"{begins:%Y-%m-%d}"
    assert datetime.fromisoformat(answer["valid_until"]).year == begins.year + 2


def test_b_024_a_certificate_that_was_cut_ends_two_years_later(own: Any) -> None:
    pair = made(days=3650)
    identifier = upload(own, pair).json()["certificate_id"]
    key = ECKey.import_key(pair.private)
    assert own.log_in(client_assertion=assertion(own, key, "ES256", identifier)).status_code == 200
    own.sandbox.change(clock_offset=2 * 366 * 86400)
    assert own.log_in(client_assertion=assertion(own, key, "ES256", identifier)).status_code == 401
    assert own.audited()[-1] == "MissingKey"


def test_b_025_a_sixth_active_certificate_is_refused_until_one_is_revoked(own: Any) -> None:
    address, headers = certificates(own), own.as_role("administrator").bearer()
    listed = own.http.get(address, headers=headers).json()
    assert len(listed) == 3
    added = [upload(own, made()) for _ in range(2)]
    assert [answer.status_code for answer in added] == [200, 200]
    assert code_of(upload(own, made())) == (400, "USER_ERROR")
    last = added[-1].json()["certificate_id"]
    assert own.http.post(f"{address}/{last}/revoke", headers=headers).status_code == 200
    assert upload(own, made()).status_code == 200


def test_b_026_the_keys_of_the_two_answers_differ_and_revoking_answers_a_text(own: Any) -> None:
    pair = made()
    posted = upload(own, pair).json()
    assert set(posted) == {
        "entity_role_id",
        "application_id",
        "certificate_id",
        "certificate",
        "algorithm",
        "created_at",
        "valid_from",
        "valid_until",
        "invalidated",
    }
    assert posted["entity_role_id"] == {"com": "1234567_SB1", "ent": entity_of(own), "rol": 1000}
    listed = own.http.get(certificates(own), headers=own.bearer()).json()
    shown = next(one for one in listed if one["certificate_id"] == posted["certificate_id"])
    assert set(shown) == {
        "application",
        "entity",
        "role",
        "created",
        "valid_from",
        "valid_until",
        "revoked",
        "certificate_id",
        "algorithm",
    }
    assert (shown["algorithm"], shown["revoked"]) == ("EC", False)
    answer = own.http.post(f"{certificates(own)}/{posted['certificate_id']}/revoke", headers=own.bearer())
    assert (answer.status_code, answer.text) == (200, "Successfully revoked")
    assert answer.headers["content-type"].startswith("text/plain")
    key = ECKey.import_key(pair.private)
    own.log_in(client_assertion=assertion(own, key, "ES256", posted["certificate_id"]))
    assert own.audited()[-1] == "MissingKey"
    assert code_of(upload(own, pair)) == (400, "USER_ERROR")


def test_b_026_certificates_need_their_permission_and_are_ones_own(own: Any) -> None:
    address = certificates(own)
    others = own.as_role("limited")
    assert {one["role"]["id"] for one in own.http.get(address, headers=others.bearer()).json()} == {1001}
    body = {"fileContent": made().certificate, "role": 1000, "entity": entity_of(own)}
    refused = own.http.post(address, headers=others.bearer(), json=body)
    assert code_of(refused) == (403, "INSUFFICIENT_PERMISSION")
    own.sandbox.change(roles={"integration": {"lacks": ["Manage own OAuth 2.0 Client Credentials Certificates"]}})
    assert code_of(own.http.get(address, headers=own.bearer())) == (403, "INSUFFICIENT_PERMISSION")


def test_b_027_a_client_that_does_not_prove_itself_is_challenged(driver: Any, visit: Visit) -> None:
    code = visit.code()
    wrong = {"Authorization": httpx.BasicAuth(visit.client_id, "wrong")._auth_header}
    for headers in (wrong, {}):
        answer = visit.exchange(code, headers=headers)
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
        assert answer.headers["www-authenticate"] == 'Basic realm="1234567_SB1"'
        assert driver.audited()[-1] == "ClientAuthenticationFailed"
    assert visit.exchange(code).status_code == 200
