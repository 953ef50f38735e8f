"""Sections 6.3 and 6.4: codes, access tokens, refresh tokens and their clocks."""

from __future__ import annotations

from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import KeySet

from .browser import Visit

TIME_PATH = "/services/rest/system/v1/serverTime"
HOUR = 3600
INVALID_GRANT = (400, {"error": "invalid_grant"})


def seen(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json()


def opens(visit: Visit, token: str) -> int:
    return visit.browser.http.get(TIME_PATH, headers={"Authorization": f"Bearer {token}"}).status_code


def test_b_010_a_code_works_once(driver: Any, visit: Visit) -> None:
    code = visit.code()
    assert visit.exchange(code).status_code == 200
    assert seen(visit.exchange(code)) == INVALID_GRANT
    assert driver.audited()[-1] == "InvalidGrant"


def test_b_011_basic_and_a_client_id_in_the_body_are_two_ways_at_once(visit: Visit) -> None:
    code = visit.code()
    assert seen(visit.exchange(code, client_id=visit.client_id)) == (400, {"error": "invalid_request"})
    assert visit.exchange(code).status_code == 200


def test_b_012_the_answer_to_a_code(visit: Visit) -> None:
    answer = visit.exchange(visit.code())
    assert list(answer.json()) == ["access_token", "refresh_token", "expires_in", "token_type"]
    assert (answer.json()["expires_in"], answer.json()["token_type"]) == (3600, "bearer")
    assert " " not in answer.text
    assert opens(visit, answer.json()["access_token"]) == 200


def test_b_013_a_confidential_client_keeps_its_refresh_token(visit: Visit) -> None:
    tokens = visit.tokens()
    for _ in range(2):
        answer = visit.refresh(tokens["refresh_token"])
        assert answer.status_code == 200
        assert list(answer.json()) == ["access_token", "expires_in", "token_type"]
        assert opens(visit, answer.json()["access_token"]) == 200


def test_b_014_a_public_client_gets_a_new_pair_and_the_old_token_is_dead(driver: Any, public: Visit) -> None:
    first = public.tokens()
    second = public.refresh(first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert seen(public.refresh(first["refresh_token"])) == INVALID_GRANT
    assert driver.audited()[-1] == "TokenNotAcceptable"
    assert public.refresh(second["refresh_token"]).status_code == 200


def test_b_015_a_public_chain_ends_after_a_week_though_its_last_token_is_fresh(driver: Any, public: Visit) -> None:
    token = public.tokens()["refresh_token"]
    for hours in (40, 80, 120, 160):
        driver.sandbox.change(clock_offset=hours * HOUR)
        token = public.refresh(token).json()["refresh_token"]
    driver.sandbox.change(clock_offset=167 * HOUR)
    token = public.refresh(token).json()["refresh_token"]
    driver.sandbox.change(clock_offset=168 * HOUR + 60)
    assert seen(public.refresh(token)) == INVALID_GRANT
    assert driver.audited()[-1] == "RefreshTokenExpired"


def test_b_016_a_confidential_refresh_token_lives_seven_days_whatever_it_is_used_for(driver: Any, visit: Visit) -> None:
    token = visit.tokens()["refresh_token"]
    for hours in (100, 7 * 24 - 1):
        driver.sandbox.change(clock_offset=hours * HOUR)
        assert visit.refresh(token).status_code == 200
    driver.sandbox.change(clock_offset=7 * 24 * HOUR + 60)
    assert seen(visit.refresh(token)) == INVALID_GRANT
    assert driver.audited()[-1] == "RefreshTokenExpired"


def test_b_016_a_public_refresh_token_lives_48_hours_unless_the_record_says_otherwise(
    driver: Any, public: Visit
) -> None:
    token = public.tokens()["refresh_token"]
    driver.sandbox.change(clock_offset=48 * HOUR + 60)
    assert seen(public.refresh(token)) == INVALID_GRANT
    public.change(refresh_hours=1)
    token = public.tokens()["refresh_token"]
    driver.sandbox.change(clock_offset=50 * HOUR)
    assert seen(public.refresh(token)) == INVALID_GRANT
    assert driver.audited()[-1] == "RefreshTokenExpired"


def test_b_017_revoking_kills_the_refresh_token_and_its_access_tokens(driver: Any, visit: Visit) -> None:
    dead, alive = visit.tokens(), visit.tokens()
    later = visit.refresh(dead["refresh_token"]).json()["access_token"]
    answer = visit.revoke(dead["refresh_token"])
    assert (answer.status_code, answer.content) == (200, b"")
    assert [opens(visit, token) for token in (dead["access_token"], later)] == [401, 401]
    assert driver.audited()[-1] == "TokenBlocked"
    assert seen(visit.refresh(dead["refresh_token"])) == INVALID_GRANT
    assert opens(visit, alive["access_token"]) == 200
    assert visit.refresh(alive["refresh_token"]).status_code == 200


def test_b_018_access_tokens_are_signed_and_say_role_entity_and_audience(visit: Visit) -> None:
    back = visit.allow(role="1000")
    token = visit.exchange(back["code"]).json()["access_token"]
    keys = KeySet.import_key_set(visit.browser.http.get("/services/rest/auth/oauth2/v1/keys").json())
    decoded = jwt.decode(token, keys, algorithms=["PS256", "RS256"])
    claims = decoded.claims
    assert decoded.header["kid"].startswith("c.1234567_SB1.")
    assert claims["sub"] == f"1000;{back['entity']}"
    assert claims["aud"][1] == visit.client_id
    assert claims["aud"][0].endswith(";1234567_SB1")
    assert claims["scope"] == ["rest_webservices", "restlets"]
    assert claims["iss"] == "https://system.netsuite.com"
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["jti"].startswith("1234567_SB1.a-a.")
