"""A small NetSuite on the loopback, written from Oracle's pages, that fails on command and notes what it saw."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote

import hypothesis
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from suitebridge.http.redaction import Secret
from suitebridge.http.retry import RetryPolicy
from suitebridge.netsuite.account import Account
from suitebridge.netsuite.client import AsyncNetSuite
from suitebridge.netsuite.settings import NetSuiteSettings

hypothesis.settings.register_profile("client", deadline=None)
hypothesis.settings.load_profile("client")

CLIENT_ID = "client-7f"
CERTIFICATE_ID = "NPMnRyPg-WDWhPiAbisjKiH0fqnBpjOZ367wDTe0pqA"
CONSUMER_SECRET = "consumer-secret-4711"
TOKEN_SECRET = "token-secret-0815"
PROBLEM = "application/vnd.oracle.resource+json; type=error"


def problem(status: int, code: str | None, detail: str, title: str = "Bad Request", **locators: str) -> web.Response:
    """A refusal as NetSuite's REST services print it."""
    section = {400: "15.5.1", 401: "15.5.2", 403: "15.5.4", 404: "15.5.5"}.get(status, "15.6.1")
    reason = {"detail": detail, **{f"o:{name}": value for name, value in locators.items()}}
    if code is not None:
        reason["o:errorCode"] = code
    body = {
        "type": f"https://www.rfc-editor.org/rfc/rfc9110.html#section-{section}",
        "title": title,
        "status": status,
        "o:errorDetails": [reason],
    }
    return web.Response(status=status, text=json.dumps(body), headers={"Content-Type": PROBLEM})


def busy() -> web.Response:
    return problem(429, "CONCURRENCY_LIMIT_EXCEEDED", "Concurrent request limit exceeded. Request blocked.")


def bad_login() -> web.Response:
    return problem(401, "INVALID_LOGIN", "Invalid login attempt. For more details, see the Login Audit Trail.")


class CutBefore(Exception):
    """The connection breaks before the request is worked on."""


class CutAfter(Exception):
    """The connection breaks after the work is done and before the answer."""


Fault = Callable[[], web.Response] | type[CutBefore] | type[CutAfter]


@dataclass
class FakeNetSuite:
    """State and book of the server. ``faults`` are taken one a call, before the real answer."""

    public_key: ECKey
    url: str = ""
    faults: list[Fault] = field(default_factory=list)
    token_faults: list[Callable[[], web.Response]] = field(default_factory=list)
    token_life: int = 3600
    ahead: float = 0.0
    """Seconds by which this server's clock is ahead."""
    limit: int = 1000
    refuse_tokens: set[str] = field(default_factory=set)
    rows: list[dict[str, str]] = field(default_factory=list)
    total_cap: int | None = None
    records: dict[str, dict[str, object]] = field(default_factory=dict)
    by_external_id: dict[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    logins: int = 0
    running: int = 0
    peak: int = 0
    rejections: int = 0
    nonces: Counter[str] = field(default_factory=Counter)
    property_warning: str | None = None
    relative_location: bool = False
    gate: asyncio.Event | None = None
    on_call: Callable[[], None] | None = None
    full: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once five calls run at the same time."""
    _next_id: int = 100

    def now(self) -> float:
        return time.time() + self.ahead

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.endswith("/oauth2/v1/token"):
            return self._dated(await self._token(request))
        self.seen.append(f"{request.method} {request.path_qs}")
        self.headers.append(dict(request.headers))
        if self.running >= self.limit:
            self.rejections += 1
            return self._dated(busy())
        self.running += 1
        self.peak = max(self.peak, self.running)
        try:
            body = await request.read()
            if self.running == 5:
                self.full.set()
            if self.gate is not None:
                await self.gate.wait()
            if self.on_call is not None:
                self.on_call()
            fault = self.faults.pop(0) if self.faults else None
            if fault is CutBefore:
                self._cut(request)
            if fault is not None and fault is not CutAfter:
                return self._dated(fault())  # type: ignore[operator]
            refused = self._login(request)
            answer = refused or self._work(request, body)
            if fault is CutAfter:
                self._cut(request)
            return self._dated(answer)
        finally:
            self.running -= 1

    def _cut(self, request: web.BaseRequest) -> None:
        assert request.transport is not None
        request.transport.abort()
        raise ConnectionResetError

    def _dated(self, response: web.Response) -> web.Response:
        response.headers["Date"] = formatdate(self.now(), usegmt=True)
        response.headers["X-N-OperationId"] = "5f6a-trace"
        return response

    async def _token(self, request: web.BaseRequest) -> web.Response:
        self.logins += 1
        if self.token_faults:
            return self.token_faults.pop(0)()
        form = dict(parse_qsl((await request.read()).decode()))
        claims = jwt.decode(form["client_assertion"], self.public_key, algorithms=["ES256"])
        good = (
            form["grant_type"] == "client_credentials"
            and claims.header == {"alg": "ES256", "typ": "JWT", "kid": CERTIFICATE_ID}
            and claims.claims["iss"] == CLIENT_ID
            and claims.claims["aud"] == f"{self.url}{request.path}"
            and claims.claims["iat"] <= self.now() + 1 < claims.claims["exp"]
            and claims.claims["exp"] - claims.claims["iat"] < 3600
        )
        if not good:
            return web.json_response({"error": "invalid_request"}, status=400)
        token = {"access_token": f"token-{self.logins}", "expires_in": str(self.token_life), "token_type": "bearer"}
        return web.json_response(token)

    def _login(self, request: web.BaseRequest) -> web.Response | None:
        given = request.headers.get("Authorization", "")
        if given.startswith("Bearer "):
            token = given.removeprefix("Bearer ")
            known = re.fullmatch(r"token-(\d+)", token)
            return None if known and token not in self.refuse_tokens else bad_login()
        if given.startswith("OAuth "):
            return None if self._token_login(request, given) else bad_login()
        return bad_login()

    def _token_login(self, request: web.BaseRequest, header: str) -> bool:
        parts = {name: unquote(value) for name, value in re.findall(r'(\w+)="([^"]*)"', header)}
        self.nonces[parts["oauth_nonce"]] += 1
        if parts["realm"] != "1234567_SB1" or abs(int(parts["oauth_timestamp"]) - self.now()) > 300:
            return False
        signed = [(name, value) for name, value in parts.items() if name not in ("realm", "oauth_signature")]
        pairs = sorted(
            (quote(name, safe="-._~"), quote(value, safe="-._~"))
            for name, value in [*signed, *parse_qsl(request.rel_url.raw_query_string, keep_blank_values=True)]
        )
        text = "&".join(f"{name}={value}" for name, value in pairs)
        base = f"{request.method}&{quote(self.url + request.rel_url.raw_path, safe='-._~')}&{quote(text, safe='-._~')}"
        key = f"{quote(CONSUMER_SECRET, safe='-._~')}&{quote(TOKEN_SECRET, safe='-._~')}"
        digest = hmac.new(key.encode(), base.encode(), hashlib.sha256).digest()
        return base64.b64encode(digest).decode() == parts["oauth_signature"]

    def _work(self, request: web.BaseRequest, body: bytes) -> web.Response:
        path = request.path
        if path.endswith("/query/v1/suiteql"):
            return self._suiteql(request, json.loads(body)["q"])
        if path.endswith("/serverTime"):
            return web.json_response({"serverTime": "2026-03-26T16:21:00.000Z"})
        if path.endswith("/governanceLimits"):
            limits = {
                "accountConcurrencyLimit": 15,
                "accountUnallocatedConcurrencyLimit": 12,
                "integrationLimitType": "accountLimit",
            }
            return web.json_response(limits)
        if path.startswith("/services/rest/record/v1/"):
            return self._record(request, path.removeprefix("/services/rest/record/v1/"), body)
        return web.json_response({"path": request.path_qs, "body": body.decode()})

    def _suiteql(self, request: web.BaseRequest, sql: str) -> web.Response:
        self.queries.append(sql)
        if request.headers.get("Prefer") != "transient":
            return problem(400, "INVALID_HEADER", "Prefer must be transient.", errorHeader="Prefer")
        limit, offset = int(request.query.get("limit", "1000")), int(request.query.get("offset", "0"))
        after = re.search(r"\bid > (\d+)", sql)
        rows = [row for row in self.rows if not after or int(row["id"]) > int(after[1])]
        page = rows[offset : offset + limit]
        total = len(rows) if self.total_cap is None else min(len(rows), self.total_cap)
        answer = {
            "links": [],
            "count": len(page),
            "hasMore": offset + len(page) < total,
            "items": [{"links": [], **row} for row in page],
            "offset": offset,
            "totalResults": total,
        }
        return web.json_response(answer)

    def _record(self, request: web.BaseRequest, rest: str, body: bytes) -> web.Response:
        kind, _, name = rest.partition("/")
        if not name:
            return self._create(request, kind, body) if request.method == "POST" else self._list(request)
        internal_id = self.by_external_id.get(name.removeprefix("eid:")) if name.startswith("eid:") else name
        if request.method == "PUT":
            external_id = name.removeprefix("eid:")
            values = {**json.loads(body), "externalId": external_id}
            internal_id = internal_id or self._store(values)
            self.records[internal_id].update(values)
            return self._written(kind, internal_id)
        if internal_id is None or internal_id not in self.records:
            return problem(404, "NONEXISTENT_ID", "Der Datensatz existiert nicht.", "Not Found")
        if request.method == "PATCH":
            self.records[internal_id].update(json.loads(body))
            return self._written(kind, internal_id)
        if request.method == "DELETE":
            del self.records[internal_id]
            return web.Response(status=204)
        return web.Response(
            text=json.dumps({"links": [], "id": internal_id, **self.records[internal_id]}),
            headers={"Content-Type": "application/vnd.oracle.resource+json; type=singular"},
        )

    def _create(self, request: web.BaseRequest, kind: str, body: bytes) -> web.Response:
        values = json.loads(body)
        if values.get("externalId") in self.by_external_id:
            return problem(400, "USER_ERROR", "Fehler beim Zugriff auf eine Ressource.")
        return self._written(kind, self._store(values))

    def _store(self, values: dict[str, object]) -> str:
        self._next_id += 1
        internal_id = str(self._next_id)
        self.records[internal_id] = values
        if "externalId" in values:
            self.by_external_id[str(values["externalId"])] = internal_id
        return internal_id

    def _written(self, kind: str, internal_id: str) -> web.Response:
        base = "" if self.relative_location else self.url
        headers = {"Location": f"{base}/services/rest/record/v1/{kind}/{internal_id}"}
        if self.property_warning:
            headers["X-NetSuite-PropertyValidation"] = self.property_warning
        return web.Response(status=204, headers=headers)

    def _list(self, request: web.BaseRequest) -> web.Response:
        limit, offset = int(request.query.get("limit", "1000")), int(request.query.get("offset", "0"))
        ids = list(self.records)
        page = ids[offset : offset + limit]
        answer = {
            "links": [],
            "count": len(page),
            "hasMore": offset + len(page) < len(ids),
            "items": [{"links": [], "id": internal_id} for internal_id in page],
            "offset": offset,
            "totalResults": len(ids) if self.total_cap is None else self.total_cap,
        }
        return web.json_response(answer)


@pytest.fixture(scope="session")
def private_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "key.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file


class Running:
    """Runs coroutines of a test, and gives the server and clients that live in the same loop."""

    serving: type

    def __init__(self, private_key_file: Path) -> None:
        self.private_key_file = private_key_file

    def __call__(self, test: Callable[[FakeNetSuite, AsyncNetSuite], object], **settings: object) -> object:
        async def body() -> object:
            async with (
                serving(self.private_key_file) as server,
                AsyncNetSuite(self.settings(server, **settings), policy=QUICK) as ns,
            ):
                return await test(server, ns)  # type: ignore[misc]

        return asyncio.run(body())

    def settings(self, server: FakeNetSuite, **changes: object) -> NetSuiteSettings:
        given: dict[str, object] = {
            "account": Account.parse("1234567_SB1"),
            "rest_url": server.url,
            "restlet_url": server.url,
            "client_id": CLIENT_ID,
            "certificate_id": CERTIFICATE_ID,
            "private_key_file": self.private_key_file,
            "consumer_key": "consumer-key",
            "consumer_secret": Secret(CONSUMER_SECRET),
            "token_id": "token-id",
            "token_secret": Secret(TOKEN_SECRET),
            "slots": 5,
            "timeout": 20.0,
        }
        return NetSuiteSettings(**{**given, **changes})  # type: ignore[arg-type]


QUICK = RetryPolicy(base=0.001, cap=0.01)


class serving:
    """``async with serving(key) as server``: the server on a free port."""

    def __init__(self, private_key_file: Path) -> None:
        self._key = private_key_file
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> FakeNetSuite:
        server = FakeNetSuite(ECKey.import_key(self._key.read_bytes()))
        self._runner = web.ServerRunner(web.Server(server.handle, access_log=None), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        server.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return server

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()


Running.serving = serving


@pytest.fixture
def running(private_key_file: Path) -> Running:
    """``running(test)`` runs ``async def test(server, ns)`` with a server and a client that retries without waiting."""
    return Running(private_key_file)


@pytest.fixture
def faults() -> type:
    """The faults a server can be told: each is put into ``server.faults``."""

    class Faults:
        busy = staticmethod(busy)
        bad_login = staticmethod(bad_login)
        problem = staticmethod(problem)
        cut_before = CutBefore
        cut_after = CutAfter

        @staticmethod
        def html(status: int) -> Callable[[], web.Response]:
            return lambda: web.Response(
                status=status, text="<html><body>Service Unavailable</body></html>", content_type="text/html"
            )

        @staticmethod
        def answer(status: int, body: object, **headers: str) -> Callable[[], web.Response]:
            return lambda: web.json_response(body, status=status, headers=headers)

    return Faults
