"""Logging in: by certificate, by token, by the first of several ways that works."""

from __future__ import annotations

import asyncio
import time

import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from suitebridge.errors import ConfigError
from suitebridge.http.exchange import Answer
from suitebridge.http.redaction import Secret
from suitebridge.netsuite.auth import CertificateLogin, ServerClock, TokenLogin, load_private_key
from suitebridge.netsuite.errors import LoginError

TOKEN_URL = "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token"


@pytest.mark.parametrize(
    ("method", "url", "signature"),
    [
        pytest.param(
            "POST",
            "https://123456.restlets.api.netsuite.com/app/site/hosting/restlet.nl"
            "?script=6&deploy=1&customParam=someValue&testParam=someOtherValue",
            "+KK4SKNgz4ZiILGLwOMtfYlgcXSy1eis8ldE9X90azQ=",
            id="restlet",
        ),
        pytest.param(
            "GET",
            "https://123456.suitetalk.api.netsuite.com/services/rest/record/v1/employee/40",
            "B5OIWznZ2YP0OB7VrJrGkYsTh+8H+5T9Hag+o92q0zY=",
            id="rest",
        ),
    ],
)
def test_signatures_are_those_that_oracle_prints(method, url, signature):
    login = TokenLogin(
        realm="123456",
        consumer_key="ef40afdd8abaac111b13825dd5e5e2ddddb44f86d5a0dd6dcf38c20aae6b67e4",
        consumer_secret=Secret("d26ad321a4b2f23b0741c8d38392ce01c3e23e109df6c96eac6d099e9ab9e8b5"),
        token_id="2b0ce516420110bcbd36b69e99196d1b7f6de3c6234c5afb799b73d87569f5cc",
        token_secret=Secret("c29a677df7d5439a458c063654187e3d678d73aca8e3c9d8bea1478a3eb0d295"),
        clock=ServerClock(lambda: 1508242306.4),
        nonce=lambda: "fjaLirsIcCGVZWzBX0pg",
    )
    header = asyncio.run(login.sign(method, url)).headers["Authorization"]
    quoted = signature.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
    assert header.startswith('OAuth realm="123456", ')
    assert f'oauth_signature="{quoted}"' in header


def _pem(key, encryption=None):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


@pytest.mark.parametrize(
    ("make", "algorithm"),
    [
        pytest.param(lambda: rsa.generate_private_key(65537, 2048), "PS256", id="rsa"),
        pytest.param(lambda: ec.generate_private_key(ec.SECP256R1()), "ES256", id="p256"),
        pytest.param(lambda: ec.generate_private_key(ec.SECP384R1()), "ES384", id="p384"),
        pytest.param(lambda: ec.generate_private_key(ec.SECP521R1()), "ES512", id="p521"),
    ],
)
def test_the_assertion_carries_what_netsuite_asks_for(tmp_path, make, algorithm):
    file = tmp_path / "key.pem"
    file.write_bytes(_pem(make()))
    forms = []

    async def post(url, form):
        forms.append((url, form.decode()))
        return Answer(200, {}, b'{"access_token":"abc","expires_in":"3600","token_type":"bearer"}')

    login = CertificateLogin(
        client_id="cid",
        certificate_id="kid-1",
        private_key=load_private_key(file),
        token_url=TOKEN_URL,
        clock=ServerClock(lambda: 1_000_000.0),
        post=post,
    )
    signed = asyncio.run(login.sign("GET", "x"))
    assert signed.headers == {"Authorization": "Bearer abc"}
    assertion = forms[0][1].partition("client_assertion=")[2].partition("&")[0]
    key = (RSAKey if algorithm == "PS256" else ECKey).import_key(file.read_bytes())
    token = jwt.decode(assertion, key, algorithms=[algorithm])
    assert token.header == {"alg": algorithm, "typ": "JWT", "kid": "kid-1"}
    assert token.claims == {
        "iss": "cid",
        "scope": ["rest_webservices", "restlets"],
        "aud": TOKEN_URL,
        "iat": 1_000_000,
        "exp": 1_000_300,
    }


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        pytest.param(None, "cannot be read", id="missing"),
        pytest.param(b"hello", "no private key", id="no key"),
        pytest.param(
            _pem(ec.generate_private_key(ec.SECP256R1()), BestAvailableEncryption(b"pw")), "encrypted", id="encrypted"
        ),
        pytest.param(_pem(ed25519.Ed25519PrivateKey.generate()), "does not take", id="ed25519"),
    ],
)
def test_a_key_file_that_is_of_no_use_is_told_by_its_path(tmp_path, content, hint):
    file = tmp_path / "key.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=hint) as caught:
        load_private_key(file)
    assert caught.value.record == str(file)
    assert caught.value.remedy


@pytest.mark.parametrize("ahead", [-240, 240], ids=["behind", "ahead"])
@pytest.mark.parametrize("auth", ["certificate", "tba"])
def test_a_clock_that_is_four_minutes_off_does_not_matter(running, ahead, auth):
    async def body(server, ns):
        server.ahead = ahead
        await ns.server_time()
        assert len(server.seen) == 1

    running(body, auth=(auth,))


@pytest.mark.parametrize("ahead", [-7200, 7200], ids=["behind", "ahead"])
@pytest.mark.parametrize("auth", ["certificate", "tba"])
def test_a_clock_that_is_two_hours_off_is_set_by_the_refusal(running, ahead, auth):
    async def body(server, ns):
        server.ahead = ahead
        await ns.server_time()
        assert abs(ns.transport.server_clock.offset - ahead) < 3
        await ns.server_time()
        assert len(server.seen) == (2 if auth == "certificate" else 3)

    running(body, auth=(auth,))


def test_every_try_by_token_has_a_new_nonce(running, faults):
    async def body(server, ns):
        server.faults = [faults.busy, faults.cut_before]
        await ns.server_time()
        await ns.suiteql("SELECT id FROM customer").fetch_all()
        assert len(server.nonces) == 2
        assert set(server.nonces.values()) == {1}
        headers = [each["Authorization"] for each in server.headers]
        assert len(set(headers)) == 4

    running(body, auth=("tba",))


def test_signatures_hold_for_awkward_queries(running):
    async def body(server, ns):
        answer = await ns.request(
            "GET", "/services/rest/other", query={"q": 'name IS "Ä & b=c+d/e?"', "empty": "", "flag": True}
        )
        assert b"name%20IS%20%22%C3%84%20%26%20b%3Dc%2Bd%2Fe%3F%22" in answer.body

    running(body, auth=("tba",))


def test_a_token_login_that_is_refused_with_a_right_clock_is_not_repeated(running, faults):
    async def body(server, ns):
        server.faults = [faults.bad_login] * 5
        with pytest.raises(LoginError):
            await ns.server_time()
        assert len(server.seen) == 1

    running(body, auth=("tba",))


@pytest.mark.parametrize(
    ("error", "status", "hint"),
    [
        ("invalid_client", 401, "private key"),
        ("invalid_request", 400, "clock"),
        ("invalid_grant", 400, "mapped"),
        ("unauthorized_client", 400, "Machine to Machine"),
        ("invalid_scope", 400, "Scope"),
    ],
)
def test_a_refused_certificate_says_what_to_check(running, error, status, hint):
    async def body(server, ns):
        server.token_faults = [lambda: web.json_response({"error": error}, status=status)] * 5
        with pytest.raises(LoginError, match=error) as caught:
            await ns.server_time()
        assert hint in (caught.value.remedy or "")
        assert caught.value.code == error
        assert server.logins == 1

    running(body)


def test_a_token_endpoint_that_is_down_or_full_for_a_moment_is_waited_out(running, faults):
    async def body(server, ns):
        server.token_faults = [faults.html(503), faults.busy]
        await ns.server_time()
        assert server.logins == 3

    running(body)


def test_of_several_ways_the_first_that_works_is_kept_and_the_refused_is_reported(running):
    async def body(server, ns):
        server.token_faults = [lambda: web.json_response({"error": "invalid_client"}, status=401)]
        await ns.server_time()
        await ns.server_time()
        assert ns.transport.authorizer.method == "tba"
        assert set(ns.transport.authorizer.refused) == {"certificate"}
        assert server.logins == 1

    running(body, auth=("certificate", "tba"))


def test_the_server_clock_follows_date_headers_and_ignores_their_grain():
    local = [1_000_000.0]
    clock = ServerClock(lambda: local[0])
    clock.observe({"Date": "Mon, 12 Jan 1970 13:46:41 GMT"})
    assert clock.offset == 0.0
    clock.observe({"Date": "Mon, 12 Jan 1970 14:46:40 GMT"})
    assert clock.now() == pytest.approx(1_003_600.5)
    clock.observe({"Date": "nonsense"})
    clock.observe({})
    assert clock.settings == 1
    assert time.time() - ServerClock().now() < 1
