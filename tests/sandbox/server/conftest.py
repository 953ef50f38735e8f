"""A running sandbox and a plain client for it. The client signs with other libraries than the sandbox checks with."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from oauthlib.oauth1 import Client as OAuthClient

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

TOKEN_PATH = "/services/rest/auth/oauth2/v1/token"
SUITEQL_PATH = "/services/rest/query/v1/suiteql"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass
class Driver:
    """Calls one sandbox over HTTP."""

    sandbox: SandboxThread
    http: httpx.Client
    role: str = "INTEGRATION"

    def as_role(self, role: str) -> Driver:
        """The same with the keys of another role."""
        return Driver(self.sandbox, self.http, role.upper())

    def key(self, name: str) -> str:
        return self.sandbox.env[f"SUITEBRIDGE_SANDBOX_{self.role}_{name}"]

    def assertion(self, header: dict[str, object] | None = None, **claims: object | None) -> str:
        """An assertion that is right but for what is given."""
        now = int(time.time())
        pem = Path(self.key("PRIVATE_KEY_FILE")).read_text()
        payload: dict[str, object | None] = {
            "iss": self.sandbox.env["NETSUITE_CLIENT_ID"],
            "scope": ["rest_webservices", "restlets"],
            "aud": self.sandbox.rest_url + TOKEN_PATH,
            "iat": now,
            "exp": now + 300,
            **claims,
        }
        rsa = len(pem) > 1000
        algorithm = "PS256" if rsa else "ES256"
        parts = {"alg": algorithm, "typ": "JWT", "kid": self.key("CERTIFICATE_ID"), **(header or {})}
        return jwt.encode(
            {name: value for name, value in parts.items() if value is not None},
            {name: value for name, value in payload.items() if value is not None},
            RSAKey.import_key(pem) if rsa else ECKey.import_key(pem),
            algorithms=[algorithm],
        )

    def log_in(self, **form: str) -> httpx.Response:
        """A token call; `form` replaces fields of the right form."""
        fields = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": form.get("client_assertion") or self.assertion(),
            **form,
        }
        return self.http.post(TOKEN_PATH, data=fields)

    def bearer(self, **claims: object) -> dict[str, str]:
        """The header of a fresh token."""
        answer = self.log_in(client_assertion=self.assertion(**claims))  # pyright: ignore[reportArgumentType]
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def signed(self, method: str, path: str, realm: str | None = None, secret: str | None = None) -> dict[str, str]:
        """The header of token-based authentication for one call."""
        env = self.sandbox.env
        client = OAuthClient(
            env["NETSUITE_CONSUMER_KEY"],
            client_secret=env["NETSUITE_CONSUMER_SECRET"],
            resource_owner_key=self.key("TOKEN_ID"),
            resource_owner_secret=secret or self.key("TOKEN_SECRET"),
            signature_method="HMAC-SHA256",
            realm=realm or env["NETSUITE_ACCOUNT"],
        )
        _, headers, _ = client.sign(self.sandbox.rest_url + path, http_method=method)
        return dict(headers)

    def suiteql(self, sql: str, headers: dict[str, str] | None = None, query: str = "") -> httpx.Response:
        """One page of a query."""
        given = {"Prefer": "transient", **(self.bearer() if headers is None else headers)}
        return self.http.post(SUITEQL_PATH + query, headers=given, json={"q": sql})

    def audited(self) -> list[str | None]:
        """The audit trail's details since the last reset, successes as None."""
        return [entry["detail"] for entry in self.sandbox.audit()]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxThread]:
    cache = tmp_path_factory.mktemp("cache")
    with SandboxThread(SandboxOptions(data="small", tls_port=0, cache_dir=cache)) as running:
        yield running


@pytest.fixture
def sandbox(server: SandboxThread) -> Iterator[SandboxThread]:
    server.reset()
    yield server
    server.reset()


@pytest.fixture
def driver_of() -> Iterator[Callable[[SandboxThread], Driver]]:
    """Makes drivers for sandboxes that a test starts itself."""
    with ExitStack() as opened:

        def make(sandbox: SandboxThread) -> Driver:
            http = httpx.Client(base_url=sandbox.rest_url, trust_env=False, timeout=60)
            return Driver(sandbox, opened.enter_context(http))

        yield make


@pytest.fixture
def driver(sandbox: SandboxThread) -> Iterator[Driver]:
    with httpx.Client(base_url=sandbox.rest_url, trust_env=False, timeout=60) as http:
        yield Driver(sandbox, http)
