"""The course from order to money as a client sees it: status codes, addresses and bodies on the wire."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

RECORDS = "/services/rest/record/v1"
TOKEN = "/services/rest/auth/oauth2/v1/token"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxThread]:
    cache: Path = tmp_path_factory.mktemp("cache")
    with SandboxThread(SandboxOptions(data="small", tls_port=0, cache_dir=cache)) as running:
        yield running


@pytest.fixture
def client(sandbox: SandboxThread) -> Iterator[httpx.Client]:
    now = int(time.time())
    prefix = "SUITEBRIDGE_SANDBOX_ADMINISTRATOR_"
    claims = {
        "iss": sandbox.env["NETSUITE_CLIENT_ID"],
        "scope": ["rest_webservices"],
        "aud": sandbox.rest_url + TOKEN,
        "iat": now,
        "exp": now + 300,
    }
    key = ECKey.import_key(Path(sandbox.env[f"{prefix}PRIVATE_KEY_FILE"]).read_text())
    header = {"alg": "ES256", "typ": "JWT", "kid": sandbox.env[f"{prefix}CERTIFICATE_ID"]}
    with httpx.Client(base_url=sandbox.rest_url, trust_env=False, timeout=60) as http:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": jwt.encode(header, claims, key, algorithms=["ES256"]),
        }
        token = http.post(TOKEN, data=form).json()["access_token"]
        http.headers["Authorization"] = f"Bearer {token}"
        yield http


def made(answer: httpx.Response) -> str:
    assert (answer.status_code, answer.content) == (204, b""), answer.text
    return answer.headers["location"]


def ordered(client: httpx.Client, **more: Any) -> str:
    customer = made(client.post(f"{RECORDS}/customer", json={"companyName": f"Shop {time.time_ns()}", "subsidiary": 1}))
    item = made(
        client.post(
            f"{RECORDS}/serviceSaleItem",
            json={
                "itemId": f"advice {time.time_ns()}",
                "incomeAccount": {"id": account(client)},
                "subsidiary": {"items": [{"id": 1}]},
            },
        )
    )
    body = {
        "entity": {"id": customer.rsplit("/", 1)[1]},
        "orderStatus": {"id": "B"},
        "item": {"items": [{"item": {"id": item.rsplit("/", 1)[1]}, "quantity": 2, "rate": 50}]},
        **more,
    }
    return made(client.post(f"{RECORDS}/salesOrder", json=body))


def account(client: httpx.Client) -> str:
    found = client.get(f"{RECORDS}/account", params={"q": 'acctNumber IS "4010"'}).json()
    return found["items"][0]["id"]


def test_a_047_an_order_becomes_an_invoice(client: httpx.Client, sandbox: SandboxThread) -> None:
    order = ordered(client, externalId="shop-1")
    invoice = made(client.post(f"{order}/!transform/invoice", json={}))
    assert invoice.startswith(f"{sandbox.rest_url}{RECORDS}/invoice/")
    read = client.get(invoice).json()
    assert (read["total"], read["amountRemaining"], read["status"]["id"]) == (100, 100, "A")
    assert client.get(order).json()["status"]["id"] == "G"
    payment = made(client.post(f"{invoice}/!transform/customerPayment", json={}))
    assert client.get(payment).json()["payment"] == 100
    assert client.get(invoice).json()["status"]["id"] == "B"
    again = client.post(f"{RECORDS}/salesOrder/eid:shop-1/!transform/invoice")
    assert again.status_code == 400
    assert again.json()["o:errorDetails"][0]["o:errorCode"] == "USER_ERROR"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("salesOrder/999999999/!transform/invoice", 404, "NONEXISTENT_ID"),
        ("salesOrder/1/!transform/parcel", 404, "NOT_FOUND"),
        ("customer/1/!transform/invoice", 404, "NONEXISTENT_ID"),
        ("itemFulfillment", 400, "USER_ERROR"),
    ],
)
def test_what_cannot_be_made_is_refused(client: httpx.Client, path: str, status: int, code: str) -> None:
    answer = client.post(f"{RECORDS}/{path}", json={})
    assert (answer.status_code, answer.json()["o:errorDetails"][0]["o:errorCode"]) == (status, code)
