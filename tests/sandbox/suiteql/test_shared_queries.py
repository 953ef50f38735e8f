"""Queries and values collected outside the project, where they are at hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from suitebridge.sandbox.netsuite.schema.model import Column, Kind, Schema, Table
from suitebridge.sandbox.netsuite.suiteql import SuiteQLRefused

_FOLDER = next(
    (folder for parent in Path(__file__).parents if (folder := parent / "shared" / "reference" / "suiteql").is_dir()),
    None,
)
pytestmark = pytest.mark.skipif(_FOLDER is None, reason="the collection is not at hand")
_KINDS = {"i": Kind.INTEGER, "t": Kind.TEXT, "n": Kind.DECIMAL, "d": Kind.DATE}


def _read(name: str) -> Any:
    return json.loads((_FOLDER / name).read_text()) if _FOLDER is not None else {}


def _queries(kind: str) -> list[Any]:
    return _read("queries.json").get(kind, [])


@pytest.mark.parametrize("sql", _queries("accept"))
def test_a_query_that_must_be_answered_is(asked: Any, sql: str) -> None:
    assert asked.page(sql).count >= 0


@pytest.mark.parametrize("case", _queries("refuse"), ids=lambda case: case["why"])
def test_a_query_that_must_be_refused_is(asked: Any, case: dict[str, str]) -> None:
    sql = case["sql"].replace("1, 2, ... 1001 values", ", ".join(map(str, range(1001))))
    with pytest.raises(SuiteQLRefused) as refused:
        asked.page(sql)
    assert refused.value.status == 400


@pytest.fixture(scope="module")
def small(new_store: Any, make_asked: Callable[..., Any]) -> Any:
    tables: list[Table] = [Table("dual", (Column("dummy", Kind.TEXT),), ("dummy",))]
    rows: dict[str, list[dict[str, object]]] = {}
    for name, table in _read("value-checks.json")["tables"].items():
        names = [entry.replace('"', "").split()[0] for entry in table["columns"]]
        kinds = [_KINDS[entry.split()[-1]] for entry in table["columns"]]
        columns = [
            Column(each, kind, scale=2 if kind is Kind.DECIMAL else 0) for each, kind in zip(names, kinds, strict=True)
        ]
        tables.append(Table(name, tuple(columns), ("id",)))
        money = {each for each, kind in zip(names, kinds, strict=True) if kind is Kind.DECIMAL}
        rows[name] = [
            {
                each: value * 100 if each in money and value is not None else value
                for each, value in zip(names, row, strict=True)
            }
            for row in table["rows"]
        ]
    schema = Schema.of(tables)
    return make_asked(new_store(schema, rows), schema, {})


@pytest.mark.parametrize("check", _read("value-checks.json").get("checks", []), ids=lambda check: check["name"])
def test_a_value_is_as_worked_out(small: Any, check: dict[str, Any]) -> None:
    if check["expect"] == "error":
        with pytest.raises(SuiteQLRefused) as refused:
            small.rows(check["sql"])
        assert refused.value.status == 400
        return
    found = small.value(check["sql"])
    if isinstance(check["expect"], str):
        assert found == check["expect"]
    else:
        assert Decimal(found) == Decimal(str(check["expect"]))
