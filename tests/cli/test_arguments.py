from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from suitebridge.cli.app import global_options_first
from suitebridge.cli.query import read_parameter
from suitebridge.cli.records import read_values
from suitebridge.errors import UsageError


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["export", "--json"], ["--json", "export"]),
        (["export", "--config", "x.toml", "vendor"], ["--config", "x.toml", "export", "vendor"]),
        (["export", "--profile=p", "--quiet"], ["--profile=p", "--quiet", "export"]),
        (["query", "--", "--json"], ["query", "--", "--json"]),
        (["records", "get", "customer", "1"], ["records", "get", "customer", "1"]),
    ],
    ids=["flag", "with value", "with equals", "after two dashes", "none"],
)
def test_global_options_may_stand_anywhere(given: list[str], expected: list[str]) -> None:
    assert global_options_first(given) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("n=42", 42),
        ("n=-7", -7),
        ("n=12.50", Decimal("12.50")),
        ("n=0.5", Decimal("0.5")),
        ("n=007", "007"),
        ('n="42"', "42"),
        ("n=true", True),
        ("n=2024-02-29", date(2024, 2, 29)),
        ("n=2024-02-30", "2024-02-30"),
        ("n=O'Brien", "O'Brien"),
        ("n=a=b", "a=b"),
        ("n=", ""),
    ],
)
def test_a_parameter_is_typed_by_how_it_is_written(text: str, value: object) -> None:
    name, found = read_parameter(text)
    assert name == "n"
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["n", "=1", "a b=1"])
def test_a_parameter_without_a_name_or_value_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="NAME=VALUE"):
        read_parameter(text)


def test_values_keep_amounts_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "order.json"
    path.write_text('{"rate": 0.10, "quantity": 3}')
    assert read_values(f"@{path}") == {"rate": Decimal("0.10"), "quantity": 3}


@pytest.mark.parametrize(
    ("text", "about"),
    [("{", "line 1"), ("[1]", "object"), ("@/not/there.json", "cannot read")],
    ids=["broken", "list", "no file"],
)
def test_values_that_cannot_be_read_say_where(text: str, about: str) -> None:
    with pytest.raises(UsageError, match=about):
        read_values(text)
