"""pytest fixtures of suitebridge: `netsuite_sandbox`, a NetSuite on this machine for any project's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from suitebridge.sandbox.netsuite import SandboxThread


@pytest.fixture(scope="session")
def netsuite_sandbox_server() -> Iterator[SandboxThread]:
    """One sandbox with a small company for the whole session; tests use `netsuite_sandbox`."""
    from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

    with SandboxThread(SandboxOptions(data="small")) as server:
        yield server


@pytest.fixture
def netsuite_sandbox(
    netsuite_sandbox_server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SandboxThread]:
    """A sandbox of NetSuite, with what a client needs in the environment.

    ``.env`` and ``.rest_url`` lead to it, ``.statistics()`` counts calls, ``.change(...)`` sets slots, roles and
    so on, ``.fault(...)`` orders failures. Settings, faults and counts begin anew with each test; the company's
    data are shared by all tests of the session.
    """
    netsuite_sandbox_server.reset()
    for name, value in netsuite_sandbox_server.env.items():
        monkeypatch.setenv(name, value)
    yield netsuite_sandbox_server
    netsuite_sandbox_server.reset()
