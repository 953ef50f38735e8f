"""The client `netsuite` from PyPI, unmodified, against the sandbox over TLS under NetSuite's own host names."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from netsuite import Config, NetSuite, TokenAuth
from netsuite.exceptions import NetsuiteAPIRequestError

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

# The client under test and its libraries are as they are.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxThread]:
    cache = tmp_path_factory.mktemp("cache")
    with SandboxThread(SandboxOptions(data="small", tls_port=0, cache_dir=cache)) as running:
        yield running


@pytest.fixture(autouse=True)
def _netsuites_hosts_are_here(sandbox: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hosts entry, a port forward and a trusted authority do on a machine of one's own."""
    connect = asyncio.BaseEventLoop.create_connection
    resolve = asyncio.BaseEventLoop.getaddrinfo

    async def getaddrinfo(loop: Any, host: Any, port: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        ours = name.endswith(".netsuite.com")
        return await resolve(loop, "127.0.0.1" if ours else host, port, **options)

    async def create_connection(loop: Any, factory: Any, host: Any, port: Any, **options: Any) -> Any:
        return await connect(loop, factory, host, sandbox.tls_port if port == 443 else port, **options)

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", create_connection)
    monkeypatch.setenv("SSL_CERT_FILE", sandbox.env["SUITEBRIDGE_SANDBOX_CA"])
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def client(sandbox: SandboxThread) -> NetSuite:
    env = sandbox.env
    return NetSuite(
        Config(
            account=env["NETSUITE_ACCOUNT"],
            auth=TokenAuth(
                consumer_key=env["NETSUITE_CONSUMER_KEY"],
                consumer_secret=env["NETSUITE_CONSUMER_SECRET"],
                token_id=env["NETSUITE_TOKEN_ID"],
                token_secret=env["NETSUITE_TOKEN_SECRET"],
            ),
        )
    )


def test_it_runs_suiteql(client: NetSuite) -> None:
    body = asyncio.run(client.rest_api.suiteql("SELECT id, entityid FROM vendor ORDER BY id", limit=5, offset=5))
    assert (body["count"], body["offset"], body["hasMore"]) == (5, 5, True)
    assert all(row["entityid"] for row in body["items"])
    (following,) = (link["href"] for link in body["links"] if link["rel"] == "next")
    assert following == (
        "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/query/v1/suiteql?limit=5&offset=10"
    )


def test_it_reads_a_record(client: NetSuite) -> None:
    async def read() -> tuple[Any, Any]:
        listed = await client.rest_api.get("/record/v1/customer", params={"limit": 1})
        return listed, await client.rest_api.get(f"/record/v1/customer/{listed['items'][0]['id']}")

    listed, record = asyncio.run(read())
    assert record["id"] == listed["items"][0]["id"]
    assert record["links"][0]["href"].startswith("https://1234567-sb1.suitetalk.api.netsuite.com/")


def test_it_creates_and_deletes_a_record(client: NetSuite) -> None:
    async def write() -> Any:
        api = client.rest_api
        made = {"companyName": "Written by a stranger", "subsidiary": {"id": "1"}}
        answer = await api.request("POST", "/record/v1/customer", json=made)
        assert answer.status_code == 204, answer.text
        address = answer.headers["location"]
        path = address.partition("/services/rest")[2]
        record = await api.get(path)
        assert await api.delete(path) is None
        with pytest.raises(NetsuiteAPIRequestError) as gone:
            await api.get(path)
        return record, gone.value

    record, gone = asyncio.run(write())
    assert record["companyName"] == "Written by a stranger"
    assert gone.status_code == 404


def test_it_reads_the_schema_of_a_record(client: NetSuite) -> None:
    schema = asyncio.run(client.rest_api.jsonschema("customer"))
    assert schema["type"] == "object"
    assert schema["properties"]["companyName"]["type"] == "string"


def test_it_reads_openapi_of_the_records_it_names(client: NetSuite) -> None:
    document = asyncio.run(client.rest_api.openapi(["customer", "salesOrder"]))
    assert document["openapi"].startswith("3.0")
    assert {"/customer", "/salesOrder/{id}"} <= set(document["paths"])
    assert document["servers"] == [{"url": "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/record/v1"}]


def test_its_errors_carry_netsuites_body(client: NetSuite) -> None:
    with pytest.raises(NetsuiteAPIRequestError) as caught:
        asyncio.run(client.rest_api.suiteql("SELECT nonsense FROM customer"))
    assert caught.value.status_code == 400
    assert "Unknown identifier 'nonsense'" in caught.value.response_text


def test_a_wrong_secret_is_an_invalid_login(client: NetSuite) -> None:
    client._config.auth.token_secret = "wrong"  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(NetsuiteAPIRequestError) as caught:
        asyncio.run(client.rest_api.suiteql("SELECT id FROM customer"))
    assert caught.value.status_code == 401
    assert "INVALID_LOGIN" in caught.value.response_text
