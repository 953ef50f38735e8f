"""What an account's own columns are taken for, and how hidden ones are found."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from suitebridge.netsuite import tables
from suitebridge.netsuite.errors import QueryError, UnexpectedError, UnknownColumnError, UnknownTableError
from suitebridge.netsuite.tables import Column
from suitebridge.warehouse.columns import Columns, discovered, guess

VENDOR = tables.load("vendor")


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        pytest.param(["T", "F"], "boolean", id="flags"),
        pytest.param(["1", "-20", "300"], "integer", id="whole numbers"),
        pytest.param(["1", "2.5"], "decimal", id="numbers"),
        pytest.param(["007", "123"], "text", id="codes with leading zeros"),
        pytest.param(["0", "10"], "integer", id="zero is a number"),
        pytest.param(["1/2/2026", "12/31/2025"], "date", id="dates of one style"),
        pytest.param(["2026-01-02"], "date", id="dates of another style"),
        pytest.param(["1" * 30], "text", id="too long for a number"),
        pytest.param(["1e400"], "text", id="too large"),
        pytest.param(["12", "n/a"], "text", id="mixed"),
        pytest.param(["NaN"], "text", id="no finite number"),
    ],
)
def test_a_column_is_typed_by_the_values_of_a_sample(texts: list[str], kind: str) -> None:
    assert guess(texts).name == kind


def test_only_unknown_custom_columns_are_discovered() -> None:
    rows = [{"id": "1", "custentity_a": "x", "newcolumn": "1"}, {"custentity_b": "T", "custentity_c": ""}]
    found = discovered(VENDOR, rows)
    assert [(column.name, column.type.name, column.origin) for column in found] == [
        ("custentity_a", "text", "discovered"),
        ("custentity_b", "boolean", "discovered"),
    ]


class Account:
    """Answers probes as an account does in which some columns cannot be read."""

    def __init__(self, *silent: str) -> None:
        self.silent = set(silent)
        self.probes = 0
        self.hidden: list[str] = []

    async def probe(self, columns: Sequence[Column]) -> None:
        self.probes += 1
        if self.silent & {column.name for column in columns}:
            raise UnexpectedError("something went wrong", status=500)

    async def hide(self, column: Column) -> None:
        self.hidden.append(column.name)

    def columns(self) -> Columns:
        return Columns(VENDOR, VENDOR.columns, self.probe, self.hide)


def unknown(name: str) -> UnknownColumnError:
    error = UnknownColumnError("no such column", status=400)
    error.column, error.tables = name, ("vendor",)
    return error


def test_a_hidden_column_that_is_named_is_left_out_without_a_probe() -> None:
    account = Account()
    columns = account.columns()
    asyncio.run(columns.settle(0, unknown("email")))
    assert (columns.hidden, account.probes) == (["email"], 0)
    assert "email" not in [column.name for column in columns.current]


def test_columns_that_are_hidden_without_a_name_are_found_by_halving() -> None:
    account = Account("email", "comments")
    columns = account.columns()
    asyncio.run(columns.settle(0, UnexpectedError("something went wrong", status=500)))
    assert sorted(columns.hidden) == ["comments", "email"]
    assert len(columns.current) == len(VENDOR.columns) - 2
    assert account.probes < 30


def test_calls_side_by_side_find_a_hidden_column_once() -> None:
    account = Account()
    columns = account.columns()

    async def both() -> None:
        await asyncio.gather(columns.settle(0, unknown("email")), columns.settle(0, unknown("email")))

    asyncio.run(both())
    assert (account.hidden, columns.version) == (["email"], 1)


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(UnknownTableError("no such table", status=400), id="the table is not there"),
        pytest.param(unknown("id"), id="the key is hidden"),
        pytest.param(QueryError("Invalid or unsupported search.", status=400), id="no column is to blame"),
    ],
)
def test_what_is_no_fault_of_a_column_is_raised(error: QueryError) -> None:
    with pytest.raises(type(error)):
        asyncio.run(Account().columns().settle(0, error))
