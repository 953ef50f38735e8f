"""The sandbox and a client of each kind, for tests that hold one against the other."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from suitebridge.blocking import BackgroundLoop
from suitebridge.http.retry import RetryPolicy
from suitebridge.netsuite import AsyncNetSuite
from suitebridge.sandbox.netsuite.sandbox import Sandbox, SandboxOptions


class Company:
    """A running sandbox: ``env`` for clients, and its admin address."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.env = sandbox.env

    def admin(self, path: str, body: object = None) -> Any:
        """Calls the admin address: reads without a body, orders with one."""
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.env['SUITEBRIDGE_SANDBOX_ADMIN']}{path}", data=data) as answer:
            return json.loads(answer.read())

    def run(self, test: Callable[[AsyncNetSuite], Any], policy: RetryPolicy | None = None, **environ: str) -> Any:
        """Runs ``async def test(ns)`` with a client of its own."""

        async def body() -> Any:
            quick = policy or RetryPolicy(base=0.005, cap=0.1)
            async with AsyncNetSuite.from_env({**self.env, **environ}, policy=quick) as ns:
                return await test(ns)

        return asyncio.run(body())


@pytest.fixture(scope="session")
def _company() -> Iterator[Company]:
    loop = BackgroundLoop("sandbox")
    sandbox = Sandbox(SandboxOptions(data="small"))
    loop.run(sandbox.start())
    yield Company(sandbox)
    loop.run(sandbox.stop())
    loop.stop()


@pytest.fixture
def company(_company: Company) -> Iterator[Company]:
    """The small company, without faults; what a test writes stays for the next."""
    _company.admin("/statistics/reset", {})
    yield _company
    _company.admin("/faults/reset", {})
