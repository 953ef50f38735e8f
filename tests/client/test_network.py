"""TLS, proxies, compression and time-outs, over real sockets."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from suitebridge.errors import ConfigError, UsageError
from suitebridge.http.exchange import Broken, Line, NotSent
from suitebridge.netsuite.addresses import full_url, is_repeatable
from suitebridge.netsuite.client import make_slots
from suitebridge.netsuite.errors import OutcomeUnknown, UnavailableError


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A certificate for localhost that signs itself, with its key: paths of two PEM files."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder / "cert.pem", folder / "key.pem"


async def serve(handler, context=None):
    runner = web.ServerRunner(web.Server(handler, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    return runner, runner.addresses[0][1]


def with_line(handler, test, context=None, **options):
    async def body():
        runner, port = await serve(handler, context)
        line = Line(**options)
        try:
            return await test(line, port)
        finally:
            await line.close()
            await runner.cleanup()

    return asyncio.run(body())


async def hello(request):
    return web.Response(text=f"{request.method} {request.headers.get('Host')} {request.headers.get('Cookie')}")


def tls(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority)
    return context


def test_a_companys_own_authority_is_trusted_when_it_is_given(authority):
    async def test(line, port):
        answer = await line.exchange("GET", f"https://localhost:{port}/x", headers={})
        assert answer.status == 200

    with_line(hello, test, tls(authority), ca_file=authority[0])


def test_an_unknown_authority_is_a_lasting_refusal(authority):
    async def test(line, port):
        with pytest.raises(NotSent) as caught:
            await line.exchange("GET", f"https://localhost:{port}/x", headers={})
        assert caught.value.cause == "tls"
        assert caught.value.lasting

    with_line(hello, test, tls(authority))


def test_a_certificate_of_another_host_is_refused(authority):
    async def test(line, port):
        with pytest.raises(NotSent) as caught:
            await line.exchange("GET", f"https://127.0.0.1:{port}/x", headers={})
        assert caught.value.cause == "tls"

    with_line(hello, test, tls(authority), ca_file=authority[0])


def test_an_untrusted_certificate_ends_a_call_at_once_and_says_what_to_do(running, authority):
    async def body(server, ns):
        runner, port = await serve(hello, tls(authority))
        ns.transport.rest_url = f"https://localhost:{port}"
        ns.transport.authorizer._token_url = f"https://localhost:{port}/token"
        with pytest.raises(UnavailableError) as caught:
            await ns.server_time()
        assert "NETSUITE_CA_FILE" in (caught.value.remedy or "")
        assert not caught.value.retryable
        assert ns.counters.retries == 0
        await runner.cleanup()

    running(body)


@pytest.mark.parametrize("content", [None, b"no certificate"], ids=["missing", "no PEM"])
def test_an_authority_file_of_no_use_is_told(tmp_path, content):
    file = tmp_path / "ca.pem"
    if content:
        file.write_bytes(content)

    async def test(line, port):
        with pytest.raises(ConfigError) as caught:
            await line.exchange("GET", f"http://127.0.0.1:{port}/", headers={})
        assert caught.value.record == str(file)

    with_line(hello, test, ca_file=file)


def test_calls_go_through_the_proxy():
    seen = []

    async def proxy(request):
        seen.append(f"{request.method} {request.url} {request.headers.get('Proxy-Authorization', '')[:6]}")
        return web.Response(text="via")

    async def body():
        runner, port = await serve(proxy)
        line = Line(proxy=f"http://me:hush@127.0.0.1:{port}")
        answer = await line.exchange("GET", "http://1234567.suitetalk.api.netsuite.com/x?a=%20", headers={})
        await line.close()
        await runner.cleanup()
        assert answer.body == b"via"

    asyncio.run(body())
    assert len(seen) == 1
    assert "1234567.suitetalk.api.netsuite.com" in seen[0]


def test_a_proxy_that_is_away_is_told_without_its_password():
    async def body():
        line = Line(proxy="http://me:hush@127.0.0.1:1")
        with pytest.raises(NotSent) as caught:
            await line.exchange("GET", "http://example.invalid/", headers={})
        await line.close()
        assert caught.value.cause == "proxy"
        assert "hush" not in str(caught.value)

    asyncio.run(body())


def test_a_name_that_does_not_exist_is_told():
    async def body():
        line = Line()
        with pytest.raises(NotSent) as caught:
            await line.exchange("GET", "http://nowhere.invalid/", headers={})
        await line.close()
        assert caught.value.cause == "dns"

    asyncio.run(body())


def test_compressed_answers_are_unpacked_and_cookies_are_not_sent_back():
    async def zipped(request):
        assert "gzip" in request.headers["Accept-Encoding"]
        text = str(request.headers.get("Cookie")).encode()
        return web.Response(
            body=gzip.compress(text), headers={"Content-Encoding": "gzip", "Set-Cookie": "JSESSIONID=1"}
        )

    async def test(line, port):
        for _ in range(2):
            answer = await line.exchange("GET", f"http://127.0.0.1:{port}/", headers={})
            assert answer.body == b"None"

    with_line(zipped, test)


def test_urls_are_sent_as_they_were_signed():
    async def raw(request):
        return web.Response(text=request.raw_path)

    async def test(line, port):
        path = "/a%2Fb/eid:x?q=%22a%20b%22&c=%2B"
        answer = await line.exchange("GET", f"http://127.0.0.1:{port}{path}", headers={})
        assert answer.body.decode() == path

    with_line(raw, test)


def test_an_answer_that_does_not_come_in_time_is_a_broken_call():
    async def never(request):
        await asyncio.sleep(60)
        return web.Response()

    async def test(line, port):
        with pytest.raises(Broken):
            await line.exchange("GET", f"http://127.0.0.1:{port}/", headers={})

    with_line(never, test, timeout=0.05)


def test_an_answer_that_ends_in_its_middle_is_a_broken_call():
    async def half(request):
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"only this")
        request.transport.abort()
        return response

    async def test(line, port):
        with pytest.raises(Broken):
            await line.exchange("GET", f"http://127.0.0.1:{port}/", headers={})

    with_line(half, test)


def test_a_create_that_is_not_answered_in_time_is_in_doubt(running):
    async def body(server, ns):
        await ns.server_time()
        server.gate = asyncio.Event()
        with pytest.raises(OutcomeUnknown):
            await ns.records.create("customer", {})
        assert ns.slots.in_use == 0
        server.gate.set()

    running(body, timeout=0.2)


@pytest.mark.parametrize(
    ("path", "query", "surface", "url"),
    [
        ("/services/rest/x", None, "rest", "https://a/services/rest/x"),
        ("record/v1/customer/1", {"expand": True}, "rest", "https://a/services/rest/record/v1/customer/1?expand=true"),
        (
            "?script=1&deploy=2",
            {"a b": "c&d"},
            "restlet",
            "https://b/app/site/hosting/restlet.nl?script=1&deploy=2&a%20b=c%26d",
        ),
        ("https://b/app/x", [("a", 1), ("a", 2)], "rest", "https://b/app/x?a=1&a=2"),
        ("/a b/ä", None, "rest", "https://a/a%20b/%C3%A4"),
    ],
)
def test_addresses_are_made_from_paths(path, query, surface, url):
    base = "https://a" if surface == "rest" else "https://b"
    assert full_url(path, query, base, surface, own=("https://a", "https://b")) == url


@pytest.mark.parametrize("path", ["https://a.evil/x", "http://a/x", "https://evil/https://a/", "ftp://x"])
def test_addresses_elsewhere_are_refused(path):
    with pytest.raises(UsageError):
        full_url(path, None, "https://a", "rest", own=("https://a", "https://b"))


@pytest.mark.parametrize(
    ("method", "path", "headers", "repeatable"),
    [
        ("GET", "/services/rest/record/v1/customer/1", {}, True),
        ("POST", "/services/rest/query/v1/suiteql", {}, True),
        ("PUT", "/services/rest/record/v1/customer/eid:x", {}, True),
        ("PUT", "/services/rest/record/v1/customer/eid%3Ax", {}, True),
        ("POST", "/services/rest/record/v1/customer", {"x-netsuite-idempotency-key": "k"}, True),
        ("PUT", "/services/rest/record/v1/customer/1", {}, False),
        ("POST", "/services/rest/record/v1/customer", {}, False),
        ("PATCH", "/services/rest/record/v1/customer/eid:x", {}, False),
        ("DELETE", "/services/rest/record/v1/customer/1", {}, False),
        ("PUT", "/app/site/hosting/restlet.nl", {}, False),
    ],
)
def test_only_what_cannot_double_is_repeatable(method, path, headers, repeatable):
    assert is_repeatable(method, path, headers) is repeatable


def test_slots_that_are_not_given_are_learnt(running):
    async def body(server, ns):
        assert ns.slots.limit == 5
        assert await ns.learn_slots() == 11  # 12 that are not allocated, one of them left to others
        assert ns.slots.ceiling == 12

    running(body, slots="auto")


def test_slots_are_learnt_as_one_goes_where_the_role_may_not_ask(running, faults):
    async def body(server, ns):
        server.faults = [lambda: faults.problem(403, "INSUFFICIENT_PERMISSION", "Nein.", "Forbidden")]
        assert await ns.learn_slots() == 5

    running(body, slots="auto")


def test_slots_that_are_given_are_not_asked_for(running):
    async def body(server, ns):
        assert await ns.learn_slots() == 9
        assert server.seen == []
        assert make_slots(ns.settings).limit == 9

    running(body, slots=10)
