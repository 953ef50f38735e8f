"""Token-based authentication: the published signatures, and every refusal by the words of the audit trail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oauthlib.oauth1.rfc5849 import signature as reference

from suitebridge.sandbox.netsuite.login import signature
from suitebridge.sandbox.netsuite.login.refusal import LoginRefused
from suitebridge.sandbox.netsuite.login.registry import AccessToken, Integration, Registry
from suitebridge.sandbox.netsuite.login.tba import SignedRequest, TokenLogin
from suitebridge.sandbox.netsuite.quirks import Quirks

# The inputs of Oracle's own example, "The Signature for Web Services and RESTlets".
CONSUMER = "ef40afdd8abaac111b13825dd5e5e2ddddb44f86d5a0dd6dcf38c20aae6b67e4"
CONSUMER_SECRET = "d26ad321a4b2f23b0741c8d38392ce01c3e23e109df6c96eac6d099e9ab9e8b5"
TOKEN = "2b0ce516420110bcbd36b69e99196d1b7f6de3c6234c5afb799b73d87569f5cc"
TOKEN_SECRET = "c29a677df7d5439a458c063654187e3d678d73aca8e3c9d8bea1478a3eb0d295"
NONCE = "fjaLirsIcCGVZWzBX0pg"
TIMESTAMP = 1508242306

RESTLET = (
    "https://123456.restlets.api.netsuite.com/app/site/hosting/restlet.nl"
    "?script=6&deploy=1&customParam=someValue&testParam=someOtherValue"
)
EMPLOYEE = "https://123456.suitetalk.api.netsuite.com/services/rest/record/v1/employee/40"
THEN = datetime.fromtimestamp(TIMESTAMP, UTC)


def oauth(url: str, method: str = "GET", *, secret: str = TOKEN_SECRET, **changes: str | None) -> list[tuple[str, str]]:
    """Signed parameters, right but for what is given; the signature covers the changes."""
    parameters = {
        "realm": "123456",
        "oauth_consumer_key": CONSUMER,
        "oauth_token": TOKEN,
        "oauth_nonce": NONCE,
        "oauth_timestamp": str(TIMESTAMP),
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_version": "1.0",
        **changes,
    }
    pairs = [(name, value) for name, value in parameters.items() if value is not None]
    parts = urlsplit(url)
    signed = signature.base_string(
        method, parts.scheme, parts.netloc, parts.path, [*pairs, *signature.parse_query(parts.query)]
    )
    return [*pairs, ("oauth_signature", signature.sign(signed, CONSUMER_SECRET, secret))]


def header(pairs: list[tuple[str, str]]) -> str:
    return "OAuth " + ", ".join(f'{name}="{quote(value, safe="")}"' for name, value in pairs)


def request(authorization: str, url: str = EMPLOYEE, method: str = "GET") -> SignedRequest:
    parts = urlsplit(url)
    surface = "restlet" if "restlet.nl" in url else "rest"
    return SignedRequest(method, parts.scheme, parts.netloc, parts.path, parts.query, authorization, surface)


@pytest.fixture
def registry() -> Registry:
    registry = Registry("123456")
    registry.add(Integration("example", CONSUMER, CONSUMER_SECRET, "APP"))
    registry.add(AccessToken(TOKEN, TOKEN_SECRET, CONSUMER, 40, 3, "example token"))
    return registry


@pytest.fixture
def login(registry: Registry) -> TokenLogin:
    return TokenLogin(registry, Quirks())


def refusal(login: TokenLogin, signed: SignedRequest, now: datetime = THEN) -> LoginRefused:
    with pytest.raises(LoginRefused) as caught:
        login.check(signed, now)
    return caught.value


@pytest.mark.parametrize(
    ("method", "url", "expected"),
    [
        ("POST", RESTLET, "+KK4SKNgz4ZiILGLwOMtfYlgcXSy1eis8ldE9X90azQ="),
        ("GET", EMPLOYEE, "B5OIWznZ2YP0OB7VrJrGkYsTh+8H+5T9Hag+o92q0zY="),
    ],
    ids=["a RESTlet call", "a REST call"],
)
def test_the_published_signatures_come_out(login: TokenLogin, method: str, url: str, expected: str) -> None:
    pairs = oauth(url, method)
    assert dict(pairs)["oauth_signature"] == expected
    integration, token = login.check(request(header(pairs), url, method), THEN)
    assert (integration.name, token.entity_id) == ("example", 40)


def test_the_token_passport_of_soap_has_the_published_signature() -> None:
    passport = "&".join(["123456", CONSUMER, TOKEN, NONCE, str(TIMESTAMP)])
    signed = signature.sign(passport, CONSUMER_SECRET, TOKEN_SECRET)
    assert signed == "tIcC5zyKUmycB5Ml/cNxOHDusw03Y5KPQiXVNUHHp4U="


@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8"))),
        max_size=6,
    )
)
def test_any_query_is_normalised_as_an_independent_library_does(pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
    ours = signature.base_string("GET", "https", "h.example", "/p", signature.parse_query(query))
    decoded = reference.collect_parameters(uri_query=query, exclude_oauth_signature=True)
    theirs = reference.signature_base_string("GET", "https://h.example/p", reference.normalize_parameters(decoded))
    if not any(name in ("realm", "oauth_signature") or name.startswith("oauth_") for name, _ in pairs):
        assert ours == theirs


@pytest.mark.parametrize(
    "query",
    ["q=a%20b", "q=a+b", "q=1%2B1", "q=*", "q='x'", "q=", "a=2&a=1", "q=%C3%A9&q=~-._"],
)
def test_odd_query_parameters_are_signed_over(login: TokenLogin, query: str) -> None:
    url = f"{EMPLOYEE}?{query}"
    assert login.check(request(header(oauth(url)), url), THEN)


def test_a_port_belongs_to_the_address_unless_it_is_the_usual_one(login: TokenLogin) -> None:
    assert login.check(request(header(oauth("http://127.0.0.1:8080/a")), "http://127.0.0.1:8080/a"), THEN)
    usual = oauth("https://123456.suitetalk.api.netsuite.com/a", oauth_nonce="another")
    url = "https://123456.suitetalk.api.netsuite.com:443/a"
    assert login.check(request(header(usual), url), THEN)


def test_unknown_oauth_parameters_are_signed_over(login: TokenLogin) -> None:
    assert login.check(request(header(oauth(EMPLOYEE, oauth_body_hash="2jmj7l5rSw0yVb/vlWAYkK/YBwk="))), THEN)


def test_both_spellings_of_the_algorithm_are_taken(login: TokenLogin) -> None:
    assert login.check(request(header(oauth(EMPLOYEE, oauth_signature_method="HMAC_SHA256"))), THEN)


def test_the_version_may_be_left_out(login: TokenLogin) -> None:
    assert login.check(request(header(oauth(EMPLOYEE, oauth_version=None))), THEN)


@pytest.mark.parametrize(
    ("changes", "rest", "restlet"),
    [
        ({"oauth_consumer_key": "f" * 64}, "consumer_key_unknown", "consumer_key_unknown"),
        ({"oauth_token": "f" * 64}, "token_rejected", "token_rejected"),
        ({"realm": "123456_SB1"}, "token_rejected", "token_rejected"),
        ({"oauth_nonce": None}, "MissingTokenPassportRequiredFields", "MissingTokenPassportRequiredFields"),
        ({"realm": None}, "MissingTokenPassportRequiredFields", "MissingTokenPassportRequiredFields"),
        ({"oauth_nonce": ""}, "parameter_rejected", "parameter_rejected"),
        ({"oauth_signature_method": "HMAC-SHA1"}, "UnknownAlgorithm", "UnknownAlgorithm"),
        ({"oauth_version": "2.0"}, "VersionRejected", "VersionRejected"),
        ({"oauth_timestamp": "soon"}, "InvalidTimestamp", "InvalidTimestamp"),
        ({"oauth_timestamp": "-5"}, "InvalidTimestamp", "InvalidTimestamp"),
        ({"secret": "wrong"}, "InvalidSignature", "InvalidSignature"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value),
)
def test_a_wrong_header_is_refused(login: TokenLogin, changes: dict[str, str | None], rest: str, restlet: str) -> None:
    on_rest = oauth(EMPLOYEE, **changes)  # pyright: ignore[reportArgumentType]
    assert refusal(login, request(header(on_rest))).detail == rest
    on_restlet = oauth(RESTLET, "POST", **changes)  # pyright: ignore[reportArgumentType]
    assert refusal(login, request(header(on_restlet), RESTLET, "POST")).detail == restlet


def test_the_realm_is_the_account_in_capitals() -> None:
    registry = Registry("1234567_SB1")
    registry.add(Integration("example", CONSUMER, CONSUMER_SECRET, "APP"))
    registry.add(AccessToken(TOKEN, TOKEN_SECRET, CONSUMER, 40, 3, "example token"))
    login = TokenLogin(registry, Quirks())
    assert login.check(request(header(oauth(EMPLOYEE, realm="1234567_SB1"))), THEN)
    for realm in ("1234567_sb1", "1234567-sb1", "1234567-SB1"):
        wrong = oauth(EMPLOYEE, realm=realm, oauth_nonce=f"nonce for {realm}")
        assert refusal(login, request(header(wrong))).detail == "token_rejected"


def test_a_realm_inside_the_base_string_makes_the_signature_wrong(login: TokenLogin) -> None:
    pairs = oauth(EMPLOYEE)
    parts = urlsplit(EMPLOYEE)
    named = [(name if name != "realm" else "realm ", value) for name, value in pairs[:-1]]
    text = signature.base_string("GET", parts.scheme, parts.netloc, parts.path, named)
    text = text.replace("realm%2520", "realm")
    wrong = [*pairs[:-1], ("oauth_signature", signature.sign(text, CONSUMER_SECRET, TOKEN_SECRET))]
    assert refusal(login, request(header(wrong))).detail == "InvalidSignature"


@pytest.mark.parametrize("text", ["OAuth", 'OAuth realm=123456, oauth_nonce="x"', 'OAuth realm="1" nonsense'])
def test_a_header_that_cannot_be_read_is_malformed(login: TokenLogin, text: str) -> None:
    refused = refusal(login, request(text))
    assert refused.malformed
    assert refused.detail == "parameter_rejected"


def test_a_parameter_given_twice_is_rejected(login: TokenLogin) -> None:
    twice = [*oauth(EMPLOYEE), ("oauth_nonce", "another")]
    assert refusal(login, request(header(twice))).detail == "parameter_rejected"


def test_the_clock_may_be_five_minutes_off(login: TokenLogin) -> None:
    assert login.check(request(header(oauth(EMPLOYEE))), THEN + timedelta(seconds=299))
    early = request(header(oauth(EMPLOYEE, oauth_nonce="another")))
    assert login.check(early, THEN - timedelta(seconds=299))
    for off in (301, -301):
        late = request(header(oauth(EMPLOYEE, oauth_nonce="a third")))
        assert refusal(login, late, THEN + timedelta(seconds=off)).detail == "InvalidTimestamp"


def test_a_nonce_works_once(login: TokenLogin) -> None:
    assert login.check(request(header(oauth(EMPLOYEE))), THEN)
    assert refusal(login, request(header(oauth(EMPLOYEE)))).detail == "NonceUsed"
    again = request(header(oauth(RESTLET, "POST")), RESTLET, "POST")
    assert refusal(login, again).detail == "nonce_used"


def test_a_nonce_with_another_timestamp_is_another_nonce(login: TokenLogin) -> None:
    assert login.check(request(header(oauth(EMPLOYEE))), THEN)
    later = oauth(EMPLOYEE, oauth_timestamp=str(TIMESTAMP + 1))
    assert login.check(request(header(later)), THEN)


def test_a_short_nonce_is_rejected_on_restlets_only(login: TokenLogin) -> None:
    short = oauth(RESTLET, "POST", oauth_nonce="12345")
    assert refusal(login, request(header(short), RESTLET, "POST")).detail == "nonce_rejected"
    assert login.check(request(header(oauth(EMPLOYEE, oauth_nonce="12345"))), THEN)


def test_a_blocked_integration_is_refused(login: TokenLogin, registry: Registry) -> None:
    registry.integrations[CONSUMER].blocked = True
    assert refusal(login, request(header(oauth(EMPLOYEE)))).detail == "consumer_key_refused"


def test_five_bad_signatures_lock_the_user_for_half_an_hour(login: TokenLogin) -> None:
    for number in range(5):
        bad = oauth(EMPLOYEE, secret="wrong", oauth_nonce=f"nonce {number}")
        assert refusal(login, request(header(bad))).detail == "InvalidSignature"
    good = request(header(oauth(EMPLOYEE)))
    assert refusal(login, good).detail == "temporary_locked"
    later = THEN + timedelta(minutes=30, seconds=1)
    fresh = oauth(EMPLOYEE, oauth_timestamp=str(int(later.timestamp())))
    assert login.check(request(header(fresh)), later)


def test_a_good_login_ends_the_count_of_bad_ones(login: TokenLogin) -> None:
    for number in range(8):
        good = number % 4 == 3
        pairs = oauth(EMPLOYEE, secret=TOKEN_SECRET if good else "wrong", oauth_nonce=f"nonce {number}")
        if good:
            assert login.check(request(header(pairs)), THEN)
        else:
            assert refusal(login, request(header(pairs))).detail == "InvalidSignature"


def test_an_earlier_timestamp_is_refused_only_where_the_quirk_says_so(registry: Registry) -> None:
    strict = TokenLogin(registry, Quirks.parse(["timestamp-order=refuse"]))
    assert strict.check(request(header(oauth(EMPLOYEE))), THEN)
    earlier = request(header(oauth(EMPLOYEE, oauth_timestamp=str(TIMESTAMP - 10))))
    assert refusal(strict, earlier).detail == "InvalidTimestamp"
