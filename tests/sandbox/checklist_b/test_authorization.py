"""Section 6.2: what the authorization address takes, what it refuses, and what the browser brings back."""

from __future__ import annotations

from typing import Any

import pytest

from .browser import STATE, Page, Visit, callback


def test_b_002_a_plain_http_redirect_is_an_error_page_and_never_a_redirect(driver: Any, visit: Visit) -> None:
    for address in ("http://client.example/callback", "http://localhost/callback", "https://client.example/other"):
        answer = visit.open(redirect_uri=address)
        assert answer.status_code == 400
        assert "location" not in answer.headers
        assert Page(answer.text).texts["error"]
    assert driver.audited() == ["InvalidRedirectURI"] * 3
    with pytest.raises(Exception, match="not https"):
        visit.change(redirect_uris=["http://client.example/callback"])


@pytest.mark.parametrize("length", [21, 1025])
def test_b_003_a_state_too_short_or_too_long_is_invalid(driver: Any, visit: Visit, length: int) -> None:
    assert callback(visit.open(state="s" * length))["error"] == "invalid_request"
    assert driver.audited() == ["InvalidState"]


@pytest.mark.parametrize("length", [22, 1024])
def test_b_003_a_state_at_its_bounds_comes_back(visit: Visit, length: int) -> None:
    back = visit.allow(state="s" * length)
    assert back["state"] == "s" * length
    assert back["code"]


def test_b_004_the_plain_challenge_is_refused(driver: Any, visit: Visit) -> None:
    back = callback(visit.open(code_challenge_method="plain"))
    assert back == {"state": STATE, "error": "invalid_request"}
    assert callback(visit.open(code_challenge_method=None))["error"] == "invalid_request"
    assert driver.audited() == ["InvalidRequest"] * 2


@pytest.mark.parametrize("length", [42, 129])
def test_b_004_a_verifier_too_short_or_too_long_is_refused(driver: Any, visit: Visit, length: int) -> None:
    visit.verifier = "v" * length
    answer = visit.exchange(visit.code())
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert driver.audited()[-1] == "InvalidGrant"


@pytest.mark.parametrize("length", [43, 128])
def test_b_004_a_verifier_at_its_bounds_passes(visit: Visit, length: int) -> None:
    visit.verifier = "v" * length
    assert visit.exchange(visit.code()).status_code == 200


def test_b_005_a_public_client_must_send_a_challenge_a_confidential_one_need_not(
    driver: Any, visit: Visit, public: Visit
) -> None:
    bare: dict[str, str | None] = {"code_challenge": None, "code_challenge_method": None}
    assert callback(public.open(**bare))["error"] == "invalid_request"
    assert driver.audited() == ["InvalidRequest"]
    code = visit.code(**bare)
    assert visit.exchange(code, code_verifier=None).status_code == 200


def test_b_006_mcp_is_not_mixed_with_other_scopes(visit: Visit) -> None:
    visit.change(scopes=["mcp", "rest_webservices"])
    assert callback(visit.open(scope="mcp rest_webservices"))["error"] == "invalid_scope"
    assert visit.open(scope="mcp").status_code == 200


def test_b_007_a_scope_that_is_not_ticked_is_mismatched(driver: Any, visit: Visit) -> None:
    assert callback(visit.open(scope="rest_webservices suite_analytics"))["error"] == "invalid_scope"
    assert driver.audited() == ["ScopeMismatched"]


def test_b_008_the_callback_says_who_and_which_role(driver: Any, visit: Visit) -> None:
    asked = visit.log_in(visit.open())
    assert Page(asked.text).roles == {
        "3": "Administrator",
        "1000": "suitebridge integration",
        "1001": "suitebridge limited",
    }
    answer = visit.browser.click(asked, "allow", role="1000")
    assert answer.headers["location"].startswith(visit.redirect_uri + "?")
    back = callback(answer)
    assert set(back) == {"state", "role", "entity", "company", "code"}
    assert (back["state"], back["role"], back["company"]) == (STATE, "1000", "1234567_SB1")
    assert len(back["code"]) == 64
    assert driver.audited() == [None]


def test_b_008_a_denial_has_an_error_in_the_place_of_the_code(driver: Any, visit: Visit) -> None:
    back = callback(visit.browser.click(visit.log_in(visit.open()), "deny", role="1000"))
    assert back["error"] == "access_denied"
    assert set(back) == {"state", "role", "entity", "company", "error"}
    assert driver.audited() == ["AuthorizationExplicitlyDenied"]


def test_b_009_always_ask_asks_whatever_the_prompt(visit: Visit) -> None:
    visit.allow()
    for prompt in (None, "none", "consent"):
        answer = visit.open(prompt=prompt)
        assert answer.status_code == 200, prompt
        assert "allow" in Page(answer.text).buttons


def test_b_031_a_role_without_oauth2_logins_is_refused_at_authorization(driver: Any, visit: Visit) -> None:
    driver.sandbox.change(roles={"integration": {"lacks": ["Log in using OAuth 2.0 Access Tokens"]}})
    back = visit.allow(role="1000")
    assert (back["error"], back["role"]) == ("access_denied", "1000")
    assert driver.audited() == ["EntityOrRoleDisabled"]
    assert "code" in visit.allow(role="1001")
