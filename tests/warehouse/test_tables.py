"""The table definitions, and what a newcomer is told who writes one wrong."""

from __future__ import annotations

import pytest

from suitebridge.errors import ConfigError, UsageError
from suitebridge.netsuite import tables

GOOD = """# Things.
way = "dated"
key = ["id"]
changed = { by = "lastmodifieddate" }
[columns]
id = "integer"
lastmodifieddate = "datetime"
owner = "-> employee"
total = { type = "money", feature = "multicurrency", rest = "total", factor = -1 }
"""


@pytest.mark.parametrize("name", tables.names())
def test_every_definition_can_be_read_and_says_what_it_holds(name: str) -> None:
    table = tables.load(name)
    assert table.about
    assert table.way in ("dated", "set", "open-periods", "small", "snapshot", "link")


def test_references_point_to_tables_that_are_there() -> None:
    targets = {column.to for name in tables.names() for column in tables.load(name).columns if column.to is not None}
    hidden = {"subsidiarymainaddress"}
    assert targets - hidden <= set(tables.names())


def test_parents_are_there_and_have_the_column_that_is_pointed_to() -> None:
    for name in tables.names():
        parent = tables.load(name).parent
        if parent is not None:
            assert tables.load(parent.table).column(parent.of) is not None


def test_no_definition_names_custom_fields_of_any_account() -> None:
    for name in tables.names():
        assert not [
            column.name for column in tables.load(name).columns if column.name.startswith("cust") and "_" in column.name
        ]


def test_a_good_definition_is_read() -> None:
    table = tables.parse("thing", GOOD)
    total = table.column("total")
    assert total is not None
    assert (total.type.precision, total.type.scale, total.feature, total.factor) == (18, 2, "multicurrency", -1)
    owner = table.column("owner")
    assert owner is not None
    assert (owner.type.name, owner.to) == ("integer", "employee")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(('"dated"', '"daily"'), "way must be one of", id="unknown way"),
        pytest.param(('key = ["id"]', 'key = ["nkey"]'), "key names 'nkey', which is no column", id="key not a column"),
        pytest.param(('id = "integer"', 'id = "number(10)"'), "is no type; known: integer", id="unknown type"),
        pytest.param(('key = ["id"]', 'kye = ["id"]'), "did you mean key?", id="misspelt fact"),
        pytest.param(("changed = { by", "changed = { on"), "changed.on is unknown", id="unknown fact inside"),
        pytest.param(("factor = -1", "factor = 2"), "factor must be 1 or -1", id="wrong factor"),
        pytest.param(('way = "dated"', 'way = "set"'), "parent must be there", id="set without parent"),
        pytest.param(("way =", "way"), "is not valid TOML", id="no TOML"),
    ],
)
def test_a_wrong_definition_is_named_with_its_fact(change: tuple[str, str], told: str) -> None:
    with pytest.raises(ConfigError, match=r".") as caught:
        tables.parse("thing", GOOD.replace(*change))
    assert told in caught.value.message
    assert "thing.toml" in caught.value.message


def test_a_misspelt_table_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UsageError) as caught:
        tables.load("tranactionline")
    assert "transactionline" in (caught.value.remedy or "")


def test_a_custom_record_has_the_columns_that_all_have() -> None:
    table = tables.load("customrecord_machine")
    assert table.key == ("id",)
    assert table.changed.by == "lastmodified"
    assert table.custom


def test_patterns_find_tables_and_custom_tables() -> None:
    known = [*tables.names(), "customrecord_machine", "customlist_colour"]
    assert tables.expand(["customrecord_*", "transaction", "trans*line"], known) == (
        "customrecord_machine",
        "transaction",
        "transactionaccountingline",
        "transactionline",
    )


def test_a_pattern_that_finds_nothing_is_refused() -> None:
    with pytest.raises(UsageError):
        tables.expand(["vendors_*"], tables.names())
