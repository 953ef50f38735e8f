"""An engine over a small company, and short ways to ask it."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.clock import FixedClock
from suitebridge.sandbox.netsuite.schema import FEATURES, SCHEMA
from suitebridge.sandbox.netsuite.suiteql import Engine, Page


def _module(name: str) -> ModuleType:
    full = f"suiteql_tests_{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, Path(__file__).with_name(f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[full] = module
        spec.loader.exec_module(module)
    return sys.modules[full]


NOW = datetime(2024, 5, 7, 5, 30, tzinfo=UTC)  # 6 May 2024, 22:30 in Los Angeles
ADMINISTRATOR = Caller("1234567", "integration", 3, 50, FEATURES)


class Asked:
    """An engine with one caller: `rows`, `row`, `value` answer a query without params or with them."""

    def __init__(self, store: Any, schema: Any, quirks: Mapping[str, str], caller: Caller = ADMINISTRATOR) -> None:
        self.store = store
        self.schema = schema
        self.caller = caller
        self.clock = FixedClock(NOW)
        self.engine = Engine(schema, store, quirks, self.clock)

    def page(self, sql: str, *params: object, limit: int = 1000, offset: int = 0) -> Page:
        return self.engine.run(sql, params, limit, offset, self.caller)

    def rows(self, sql: str, *params: object) -> list[dict[str, str]]:
        found = json.loads(self.page(sql, *params).items)
        for row in found:
            assert row.pop("links") == []
        return found

    def value(self, sql: str, *params: object) -> str | None:
        """The first column (by key order: use one column) of the first row; None if it is NULL."""
        rows = self.rows(sql, *params)
        assert rows, "no row"
        return next(iter(rows[0].values()), None)

    def values(self, sql: str, *params: object) -> list[str | None]:
        return [next(iter(row.values()), None) for row in self.rows(sql, *params)]


@pytest.fixture(scope="session")
def company() -> Any:
    return _module("small_store").SmallStore(SCHEMA, _module("company").ROWS), SCHEMA


@pytest.fixture
def asked(company: Any) -> Asked:
    return Asked(*company, {})


@pytest.fixture
def asked_with(company: Any) -> Callable[..., Asked]:
    """The same company under other quirks or for another caller."""

    def build(quirks: Mapping[str, str] | None = None, caller: Caller = ADMINISTRATOR) -> Asked:
        return Asked(*company, quirks or {}, caller)

    return build


@pytest.fixture(scope="session")
def make_asked() -> type[Asked]:
    """What asks: a store, a schema, quirks and perhaps a caller."""
    return Asked


@pytest.fixture(scope="session")
def new_store() -> Callable[..., Any]:
    """A store of its own for a test: schema and rows by table."""
    return _module("small_store").SmallStore
