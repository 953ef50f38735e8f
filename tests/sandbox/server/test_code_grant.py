"""The authorization code grant beyond the checklist: consent policies, prompts, the pages, identity, who may revoke."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from tests.sandbox.checklist_b.browser import AUTHORIZE_PATH, STATE, Page, Visit, callback
from tests.sandbox.checklist_b.conftest import Visiting, public, visit, visiting

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread
from suitebridge.sandbox.netsuite.login.id_token import access_token_hash

__all__ = ["public", "visit", "visiting"]

KEYS_PATH = "/services/rest/auth/oauth2/v1/keys"


@pytest.mark.parametrize(
    ("changes", "error", "detail"),
    [
        ({"response_type": "token"}, "unsupported_response_type", "UnsupportedResponseType"),
        ({"response_type": None}, "invalid_request", "InvalidRequest"),
        ({"state": None}, "invalid_request", "InvalidState"),
        ({"state": "not printable \n and long enough"}, "invalid_request", "InvalidState"),
        ({"scope": None}, "invalid_scope", "ScopeMismatched"),
        ({"scope": "everything"}, "invalid_scope", "ScopeMismatched"),
        ({"code_challenge": "short"}, "invalid_request", "InvalidRequest"),
        ({"code_challenge": None}, "invalid_request", "InvalidRequest"),
        ({"prompt": "maybe"}, "invalid_request", "InvalidRequest"),
    ],
    ids=str,
)
def test_a_wrong_address_is_told_to_the_client(
    driver: Any, visit: Visit, changes: dict[str, str | None], error: str, detail: str
) -> None:
    assert callback(visit.open(**changes))["error"] == error
    assert driver.audited() == [detail]


def test_an_unknown_client_is_told_to_nobody_but_the_browser(driver: Any, visit: Visit) -> None:
    answer = visit.open(client_id="0" * 64)
    assert (answer.status_code, "location" in answer.headers) == (400, False)
    assert driver.audited() == ["UnknownIntegration"]


@pytest.mark.parametrize(
    ("settings", "detail"),
    [
        ({"integrations": {"suitebridge": {"blocked": True}}}, "IntegrationBlocked"),
        ({"integrations": {"suitebridge": {"authorization_code": False}}}, "AuthorizationCodeGrantRequired"),
        ({"features": ["-oauth2"]}, "FeatureDisabled"),
    ],
    ids=["blocked", "not ticked", "feature off"],
)
def test_a_client_that_may_not_use_the_grant_is_unauthorized_at_every_step(
    driver: Any, visit: Visit, settings: dict[str, Any], detail: str
) -> None:
    code, token = visit.code(), visit.tokens()["refresh_token"]
    driver.sandbox.change(**settings)
    assert callback(visit.open())["error"] == "unauthorized_client"
    assert visit.exchange(code).json() == {"error": "unauthorized_client"}
    assert visit.refresh(token).json() == {"error": "unauthorized_client"}
    assert driver.audited()[-3:] == [detail] * 3


def test_each_redirect_uri_of_the_record_is_matched_whole(visit: Visit) -> None:
    visit.change(redirect_uris=["https://one.example/a?b=c", "myapp://callback"])
    location = visit.browser.click(visit.log_in(visit.open(redirect_uri="https://one.example/a?b=c")), "allow")
    assert location.headers["location"].startswith("https://one.example/a?b=c&state=")
    custom = visit.browser.click(visit.open(redirect_uri="myapp://callback"), "allow")
    assert custom.headers["location"].startswith("myapp://callback?state=")
    assert visit.open(redirect_uri="https://one.example/a").status_code == 400
    assert visit.open(redirect_uri="https://one.example/a?b=c&d").status_code == 400


def test_ask_first_time_asks_again_for_another_scope_only(visit: Visit) -> None:
    visit.change(consent="first")
    assert visit.open().status_code == 200
    visit.allow(scope="restlets", role="1000")
    assert "code" in callback(visit.open(scope="restlets"))
    assert "code" in callback(visit.open(scope="restlets", prompt="none"))
    assert "allow" in Page(visit.open(scope="rest_webservices").text).buttons
    assert callback(visit.open(scope="rest_webservices", prompt="none"))["error"] == "access_denied"
    assert "allow" in Page(visit.open(scope="restlets", prompt="consent").text).buttons


def test_never_ask_asks_for_prompt_consent_only(visit: Visit) -> None:
    visit.change(consent="never")
    back = callback(visit.log_in(visit.open(), "INTEGRATION"))
    assert (back["role"], len(back["code"])) == ("1000", 64)
    assert "allow" in Page(visit.open(prompt="consent").text).buttons


def test_never_ask_is_not_for_the_ai_connector(visit: Visit) -> None:
    visit.change(consent="never", scopes=["mcp"])
    asked = visit.log_in(visit.open(scope="mcp"), "ADMINISTRATOR")
    assert callback(visit.browser.click(asked, "allow", role="3"))["error"] == "access_denied"
    assert "code" in callback(visit.browser.click(visit.open(scope="mcp"), "allow", role="1000"))


def test_prompt_login_asks_for_the_password_again_on_the_accounts_own_host(driver: Any, visiting: Visiting) -> None:
    visit = visiting(driver)
    visit.allow()
    again = visit.open(prompt="login")
    assert "login" in Page(again.text).buttons
    assert "code" in callback(visit.browser.click(visit.log_in(again), "allow"))
    anywhere = visiting(driver, headers={"Host": "system.netsuite.com"})
    assert "login" in Page(anywhere.open().text).buttons
    assert callback(anywhere.open(prompt="login"))["error"] == "invalid_request"
    other = visiting(driver, headers={"Host": "1234567-sb1.suitetalk.api.netsuite.com"})
    assert other.open().status_code == 404


def test_prompt_none_without_a_session_is_an_error(visit: Visit) -> None:
    assert callback(visit.open(prompt="none")) == {"state": STATE, "error": "access_denied"}


def test_a_wrong_password_shows_the_form_again_and_five_lock_the_user_interface_alone(
    driver: Any, visit: Visit
) -> None:
    access = visit.tokens()["access_token"]
    driver.sandbox.change(clock_offset=4 * 3600 - 3600)
    visit.browser.http.cookies.clear()
    form = visit.open()
    for _ in range(5):
        form = visit.log_in(form, password="<wrong>")
        assert "invalid" in Page(form.text).texts["error"]
    assert "login" in Page(visit.log_in(form).text).buttons
    row = driver.sandbox.audit()[-1]
    assert (row["status"], row["email"]) == ("Failure", driver.sandbox.env["SUITEBRIDGE_SANDBOX_ADMINISTRATOR_EMAIL"])
    driver.sandbox.change(clock_offset=0)
    assert driver.http.get(
        "/services/rest/system/v1/serverTime", headers={"Authorization": f"Bearer {access}"}
    ).is_success


def test_what_is_typed_is_shown_as_text(visit: Visit) -> None:
    page = visit.browser.click(visit.open(login_hint="'><script>"), "login", email="'><script>", password="x")
    assert "<script>" not in page.text
    assert Page(page.text).forms["login-form"]["email"] == "'><script>"


def test_a_consent_form_of_another_browser_or_address_counts_for_nothing(driver: Any, visiting: Visiting) -> None:
    mine, theirs = visiting(driver), visiting(driver)
    asked = mine.log_in(mine.open())
    theirs.log_in(theirs.open())
    assert theirs.browser.click(asked, "allow").status_code == 200
    ticket = Page(asked.text).forms["consent-form"]["ticket"]
    query = str(mine.open(scope="restlets").url.query, "ascii")
    form = {"ticket": ticket, "role": "3", "action": "allow"}
    assert mine.browser.http.post(f"{AUTHORIZE_PATH}?{query}", data=form).status_code == 200
    once = mine.log_in(mine.open(prompt="login"))
    assert mine.browser.click(once, "allow").status_code == 302
    assert mine.browser.click(once, "allow").status_code == 200


def test_openid_gives_a_signed_identity(visit: Visit) -> None:
    answer = visit.exchange(visit.code(scope="openid email rest_webservices", nonce="n-0S6_WzA2Mj")).json()
    assert answer["expires_in"] == "3600"
    keys = KeySet.import_key_set(visit.browser.http.get(KEYS_PATH).json())
    decoded = jwt.decode(answer["id_token"], keys, algorithms=["RS256"])
    claims = decoded.claims
    assert claims["nonce"] == "n-0S6_WzA2Mj"
    assert claims["aud"] == [visit.client_id]
    assert claims["at_hash"] == access_token_hash(answer["access_token"])
    assert claims["exp"] - claims["iat"] == 3 * 3600
    assert claims["email"] == visit.driver.sandbox.env["SUITEBRIDGE_SANDBOX_ADMINISTRATOR_EMAIL"]
    assert claims["email_verified"] is False
    assert ".i." in claims["jti"]
    assert "email" not in jwt.decode(visit.tokens(scope="openid")["id_token"], keys, algorithms=["RS256"]).claims
    assert "id_token" not in visit.tokens()


def test_a_code_is_good_for_its_client_address_and_moment_only(driver: Any, visit: Visit, public: Visit) -> None:
    code = visit.code()
    public.verifier = visit.verifier
    assert public.exchange(code).json() == {"error": "invalid_grant"}
    assert driver.audited()[-1] == "ClientIdMismatch"
    assert visit.exchange(code).status_code == 200
    assert visit.exchange(visit.code(), redirect_uri="suitebridge://callback").json() == {"error": "invalid_grant"}
    assert visit.exchange(visit.code(), code_verifier="w" * 43).json() == {"error": "invalid_grant"}
    assert visit.exchange(visit.code(), code_verifier=None).json() == {"error": "invalid_request"}
    code = visit.code()
    driver.sandbox.change(clock_offset=601)
    assert visit.exchange(code).json() == {"error": "invalid_grant"}


def test_a_public_client_may_name_itself_either_way(public: Visit) -> None:
    assert public.exchange(public.code(), headers={}, client_id=public.client_id).status_code == 200
    assert public.exchange(public.code()).status_code == 200
    assert public.exchange(public.code(), headers={}, client_id=public.client_id, client_secret="x").status_code == 401


def test_a_confidential_client_may_send_its_secret_in_the_body(driver: Any, visit: Visit) -> None:
    secret = driver.sandbox.env["NETSUITE_CONSUMER_SECRET"]
    answer = visit.exchange(visit.code(), headers={}, client_id=visit.client_id, client_secret=secret)
    assert answer.status_code == 200


def test_only_its_own_client_revokes_a_token(driver: Any, visit: Visit, public: Visit) -> None:
    token = visit.tokens()["refresh_token"]
    assert public.revoke(token).status_code == 400
    assert visit.refresh(token).status_code == 200
    assert visit.revoke("nonsense").status_code == 200


def test_a_refresh_may_ask_for_less_but_not_for_more(driver: Any, visit: Visit) -> None:
    token = visit.tokens(scope="rest_webservices restlets")["refresh_token"]
    less = visit.refresh(token, scope="restlets").json()["access_token"]
    answer = driver.http.get("/services/rest/system/v1/serverTime", headers={"Authorization": f"Bearer {less}"})
    assert (answer.status_code, driver.audited()[-1]) == (401, "ScopeMismatched")
    assert visit.refresh(token, scope="suite_analytics").json() == {"error": "invalid_scope"}
    driver.sandbox.change(roles={"integration": {"disabled": True}})
    assert visit.refresh(token).json() == {"error": "invalid_grant"}
    assert driver.audited()[-1] == "EntityOrRoleDisabled"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"scopes": ["everything"]}, "unknown scope"),
        ({"refresh_hours": 721}, "1 to 720"),
        ({"redirect_uris": ["nowhere"]}, "redirect URI"),
    ],
    ids=["scope", "hours", "redirect"],
)
def test_a_setting_that_a_record_does_not_take_changes_nothing(
    driver: Any, visit: Visit, change: dict[str, object], fault: str
) -> None:
    before = driver.sandbox.admin("GET", "settings")
    with pytest.raises(Exception, match=fault):
        visit.change(**change)
    assert driver.sandbox.admin("GET", "settings") == before


def test_the_other_side_of_each_choice(
    server: SandboxThread, driver_of: Callable[[SandboxThread], Any], visiting: Visiting
) -> None:
    quirks = (
        "pkce=all",
        "redirect-http=localhost",
        "code-minutes=1",
        "prompt-none-error=login_required",
        "client-secret-in-body=refuse",
        "revoke-body=object",
        "openid-expires-in=number",
        "token-algorithm=RS256",
        "nlauth=refuse",
    )
    options = SandboxOptions(data="empty", quirks=quirks, cache_dir=server.sandbox.options.cache_dir)
    with SandboxThread(options) as running:
        driver = driver_of(running)
        visit = visiting(driver)
        assert callback(visit.open(code_challenge=None, code_challenge_method=None))["error"] == "invalid_request"
        assert callback(visit.open(prompt="none"))["error"] == "login_required"
        visit.change(redirect_uris=["http://localhost:8080/back", visit.redirect_uri])
        answer = visit.browser.click(visit.log_in(visit.open(redirect_uri="http://localhost:8080/back")), "allow")
        assert answer.headers["location"].startswith("http://localhost:8080/back?")
        code = visit.code()
        running.change(clock_offset=61)
        assert visit.exchange(code).json() == {"error": "invalid_grant"}
        secret = running.env["NETSUITE_CONSUMER_SECRET"]
        in_body = visit.exchange(visit.code(), headers={}, client_id=visit.client_id, client_secret=secret)
        assert in_body.status_code == 401
        tokens = visit.tokens(scope="openid")
        assert tokens["expires_in"] == 3600
        (key,) = visit.browser.http.get(KEYS_PATH).json()["keys"]
        assert key["alg"] == "RS256"
        assert jwt.decode(tokens["access_token"], KeySet.import_key_set({"keys": [key]}), algorithms=["RS256"])
        assert visit.revoke(tokens["refresh_token"]).content == b"{}"
        nlauth = {"Authorization": "NLAuth nlauth_email=a%40b.example, nlauth_signature=x"}
        assert driver.http.get("/rest/roles", headers=nlauth).status_code == 400
