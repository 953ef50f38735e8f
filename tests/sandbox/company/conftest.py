"""A generated company to ask. SUITEBRIDGE_TEST_COMPANY=medium asks a larger one than the small one."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator

import pytest

from suitebridge.sandbox.netsuite.company import generate
from suitebridge.sandbox.netsuite.store import Store

Query = Callable[..., list[tuple]]


@pytest.fixture(scope="session")
def company() -> Generator[Store]:
    with Store.create() as store:
        generate(store, os.environ.get("SUITEBRIDGE_TEST_COMPANY", "small"), seed=1)
        yield store


@pytest.fixture(scope="session")
def query(company: Store) -> Query:
    def ask(sql: str, *bindings: object) -> list[tuple]:
        with company.reading() as connection:
            return connection.execute(sql, bindings).fetchall()

    return ask
