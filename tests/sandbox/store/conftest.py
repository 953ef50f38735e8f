"""Stores to test with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from suitebridge.sandbox.netsuite.store import Store

NOW = "2026-03-02 08:15:00"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.create(now=lambda: NOW) as made:
        yield made
