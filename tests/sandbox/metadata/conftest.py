"""A sandbox over a real socket and a client that signs each call with token-based authentication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from oauthlib.oauth1 import Client

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

ROOT = "/services/rest"
RECORDS = f"{ROOT}/record/v1"
RESOURCE = "application/vnd.oracle.resource+json; type="


@dataclass
class Api:
    """Calls the sandbox in one of its roles."""

    sandbox: SandboxThread
    http: httpx.Client
    role: str = "ADMINISTRATOR"

    def as_role(self, role: str) -> Api:
        return Api(self.sandbox, self.http, role)

    def call(
        self,
        method: str,
        path: str,
        params: dict[str, Any] | None = None,
        json: Any = None,
        accept: str | None = None,
        headers: dict[str, str] | None = None,
        content: str | None = None,
    ) -> httpx.Response:
        """One call; a path that does not begin with / is below the record service."""
        whole = path if path.startswith("/") else f"{RECORDS}/{path}"
        url = self.sandbox.rest_url + whole + (f"?{urlencode(params)}" if params else "")
        sent = {**self._signed(method, url), **(headers or {}), **({"Accept": accept} if accept else {})}
        if content is not None:
            sent["Content-Type"] = "application/json"
            return self.http.request(method, url, headers=sent, content=content)
        return self.http.request(method, url, headers=sent, json=json)

    def get(self, path: str, accept: str | None = None, **params: Any) -> Any:
        """The body of an answer that must be good."""
        answer = self.call("GET", path, params, accept=accept)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def first(self, record_type: str, q: str | None = None) -> str:
        """The id of the first record of a type."""
        return self.get(record_type, **({"q": q} if q else {}), limit=1)["items"][0]["id"]

    def suiteql(self, sql: str) -> list[dict[str, Any]]:
        answer = self.call("POST", f"{ROOT}/query/v1/suiteql", json={"q": sql}, headers={"Prefer": "transient"})
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    def _signed(self, method: str, url: str) -> dict[str, str]:
        env = self.sandbox.env
        client = Client(
            env["NETSUITE_CONSUMER_KEY"],
            client_secret=env["NETSUITE_CONSUMER_SECRET"],
            resource_owner_key=env[f"SUITEBRIDGE_SANDBOX_{self.role}_TOKEN_ID"],
            resource_owner_secret=env[f"SUITEBRIDGE_SANDBOX_{self.role}_TOKEN_SECRET"],
            signature_method="HMAC-SHA256",
            realm=env["NETSUITE_ACCOUNT"],
        )
        return dict(client.sign(url, http_method=method)[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxThread]:
    cache = tmp_path_factory.mktemp("cache")
    with SandboxThread(SandboxOptions(data="small", cache_dir=cache)) as running:
        yield running


@pytest.fixture
def sandbox(server: SandboxThread) -> Iterator[SandboxThread]:
    server.reset()
    yield server
    server.reset()


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=60) as opened:
        yield opened


@pytest.fixture
def api(sandbox: SandboxThread, client: httpx.Client) -> Api:
    return Api(sandbox, client)


def detail(answer: httpx.Response) -> dict[str, str]:
    """The first detail of a refusal."""
    return answer.json()["o:errorDetails"][0]
