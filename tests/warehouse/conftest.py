"""A company in a sandbox, clients for it, and what the sandbox's own store says its tables hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from suitebridge.netsuite import AsyncNetSuite, NetSuiteSettings
from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread
from suitebridge.sandbox.netsuite.schema import SCHEMA
from suitebridge.sandbox.netsuite.schema.model import Kind
from suitebridge.warehouse.events import Display
from suitebridge.warehouse.options import ExportOptions
from suitebridge.warehouse.run import ExportResult, export

ZONE = ZoneInfo("America/Los_Angeles")


class Company:
    """A sandbox and what a test asks of it."""

    def __init__(self, server: SandboxThread) -> None:
        self.server = server

    def environment(self, role: str = "administrator") -> dict[str, str]:
        """What a client of that role needs."""
        env = self.server.env
        prefix = f"SUITEBRIDGE_SANDBOX_{role.upper()}"
        return {
            **env,
            "NETSUITE_CERTIFICATE_ID": env[f"{prefix}_CERTIFICATE_ID"],
            "NETSUITE_PRIVATE_KEY_FILE": env[f"{prefix}_PRIVATE_KEY_FILE"],
            "NETSUITE_TOKEN_ID": env[f"{prefix}_TOKEN_ID"],
            "NETSUITE_TOKEN_SECRET": env[f"{prefix}_TOKEN_SECRET"],
            "NETSUITE_SLOTS": "10",
            "NETSUITE_RESERVE": "0",
        }

    def export(
        self,
        target: Path,
        *tables: str,
        options: ExportOptions | None = None,
        display: Display = lambda event: None,
        role: str = "administrator",
        **environment: str,
    ) -> ExportResult:
        """An export, run to its end."""

        async def run() -> ExportResult:
            settings = NetSuiteSettings.from_env({**self.environment(role), **environment})
            async with AsyncNetSuite(settings, work="bulk") as netsuite:
                return await export(netsuite, target, tables, options, display)

        return asyncio.run(run())

    def rows(self, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Names of all columns of a table, and its rows as real values, in the order of its key."""
        definition = SCHEMA[table]
        names = [column.name for column in definition.columns]
        order = ", ".join(f'"{name}"' for name in definition.key)
        listed = ", ".join(f'"{name}"' for name in names)
        with self.server.sandbox.store.reading() as connection:
            found = list(connection.execute(f'SELECT {listed} FROM "{table}" ORDER BY {order}'))
        real = [_real(column.kind, column.scale) for column in definition.columns]
        return names, [tuple(make(value) for make, value in zip(real, row, strict=True)) for row in found]

    def write(self, change: Callable[[Any], None]) -> None:
        """Change the company behind the API's back, in one transaction."""
        with self.server.sandbox.store.writing() as transaction:
            change(transaction)

    @staticmethod
    def warehouse_rows(path: Path, table: str, columns: Sequence[str], key: Sequence[str]) -> list[tuple[Any, ...]]:
        """Rows of a table of the warehouse, in the order of its key; instants in UTC."""
        listed = ", ".join(f'"{name}"' for name in columns)
        order = ", ".join(f'"{name}"' for name in key)
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute(f'SELECT {listed} FROM "{table}" ORDER BY {order}').fetchall()
        return [
            tuple(value.astimezone(UTC) if isinstance(value, datetime) else value for value in row) for row in found
        ]

    @staticmethod
    def warehouse_columns(path: Path, table: str) -> list[str]:
        """Names of the columns of a table of the warehouse."""
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute(
                "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [table]
            ).fetchall()
        return [name for (name,) in found]


def _real(kind: Kind, scale: int) -> Callable[[Any], Any]:
    if kind is Kind.DECIMAL:
        return lambda value: None if value is None else Decimal(value).scaleb(-scale)
    if kind is Kind.BOOL:
        return lambda value: None if value is None else value == "T"
    if kind is Kind.DATE:
        return lambda value: None if value is None else date.fromisoformat(value)
    if kind is Kind.DATETIME:
        return lambda value: None if value is None else _instant(value)
    return lambda value: value


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def company(netsuite_sandbox: SandboxThread) -> Company:
    """The small company that all tests share; it must not be changed."""
    return Company(netsuite_sandbox)


@pytest.fixture(scope="session")
def shared_company(netsuite_sandbox_server: SandboxThread) -> Company:
    """The same, for fixtures that last for several tests."""
    return Company(netsuite_sandbox_server)


@pytest.fixture
def own_company() -> Iterator[Company]:
    """A small company of this test alone, to be changed at will."""
    with SandboxThread(SandboxOptions(data="small")) as server:
        yield Company(server)
