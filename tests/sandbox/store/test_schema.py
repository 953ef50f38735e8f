from __future__ import annotations

import pytest

from suitebridge.sandbox.netsuite.schema import FEATURES, SCHEMA, Kind, Table
from suitebridge.sandbox.netsuite.schema.define import identity, table, text
from suitebridge.sandbox.netsuite.schema.entities import ENTITY_KINDS
from suitebridge.sandbox.netsuite.schema.statuses import STATUS_LABELS, TRANSACTION_TYPES, TYPE_LABELS

TABLES = list(SCHEMA.tables.values())
EACH_TABLE = pytest.mark.parametrize("definition", TABLES, ids=lambda definition: definition.name)


@EACH_TABLE
def test_a_reference_names_a_table_with_one_integer_key_and_something_to_show(definition: Table) -> None:
    for column in definition.columns:
        assert (column.kind is Kind.REF) == (column.target is not None)
        if column.target is not None:
            target = SCHEMA[column.target]
            assert len(target.key) == 1
            assert target.column(target.key[0]).kind is Kind.ID
            assert target.display is not None


@EACH_TABLE
def test_the_key_and_what_identifies_a_row_are_never_null(definition: Table) -> None:
    for columns in (definition.key, *definition.unique):
        for name in columns:
            assert not definition.column(name).nullable


@EACH_TABLE
def test_names_are_lower_case_and_gates_are_known_features(definition: Table) -> None:
    assert definition.feature is None or definition.feature in FEATURES
    for column in definition.columns:
        assert column.name == column.name.lower()
        assert column.feature is None or column.feature in FEATURES


@EACH_TABLE
def test_custom_fields_are_marked_by_their_prefix(definition: Table) -> None:
    for column in definition.columns:
        prefixed = column.name.startswith(("custbody_", "custcol_", "custentity_", "custitem_", "custrecord_"))
        assert column.custom == prefixed


@EACH_TABLE
def test_removed_columns_are_not_columns(definition: Table) -> None:
    assert all(definition.column(name) is None for name in definition.removed)


@EACH_TABLE
def test_a_view_has_columns_and_key_of_the_table_it_shows(definition: Table) -> None:
    if definition.view_of is None:
        return
    base = SCHEMA[definition.view_of]
    assert definition.key == base.key
    for column in definition.columns:
        assert base.column(column.name).kind is column.kind


def test_record_type_ids_are_unique_and_custom_ones_positive() -> None:
    numbers = {each.name: each.record_type_id for each in TABLES if each.record_type_id is not None}
    assert len(set(numbers.values())) == len(numbers)
    assert numbers["transaction"] == -30
    assert all((number > 0) == name.startswith("custom") for name, number in numbers.items() if name[:8] != "customer")


def test_every_kind_of_entity_is_a_table() -> None:
    assert all(kind in SCHEMA.tables for kind in ENTITY_KINDS)


@pytest.mark.parametrize(
    ("table_name", "column"),
    [
        ("customer", "balance"),
        ("customer", "subsidiary"),
        ("vendor", "subsidiary"),
        ("transaction", "total"),
        ("transaction", "datecreated"),
        ("transactionline", "amount"),
        ("transactionline", "account"),
    ],
)
def test_what_only_the_rest_record_knows_is_no_column(table_name: str, column: str) -> None:
    assert SCHEMA[table_name].column(column) is None
    assert column not in SCHEMA[table_name].removed


@pytest.mark.parametrize(
    ("table_name", "column", "scale"),
    [
        ("transaction", "foreigntotal", 2),
        ("transactionline", "quantity", 5),
        ("transactionline", "rate", 8),
        ("transaction", "exchangerate", 12),
        ("salestaxitem", "rate", 4),
    ],
)
def test_decimals_have_the_scale_of_what_they_measure(table_name: str, column: str, scale: int) -> None:
    found = SCHEMA[table_name].column(column)
    assert (found.kind, found.scale) == (Kind.DECIMAL, scale)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("SalesOrd:B", "Sales Order : Pending Fulfillment"),
        ("CustInvc:A", "Invoice : Open"),
        ("PurchOrd:B", "Purchase Order : Pending Receipt"),
        ("VendBill:B", "Bill : Paid In Full"),
    ],
)
def test_a_status_is_shown_with_its_type(code: str, shown: str) -> None:
    assert STATUS_LABELS[code] == shown


def test_every_type_has_statuses_and_a_record_type_of_its_own() -> None:
    assert set(TYPE_LABELS) == set(TRANSACTION_TYPES)
    assert all(each.statuses for each in TRANSACTION_TYPES.values())
    assert len({each.record_type for each in TRANSACTION_TYPES.values()}) == len(TRANSACTION_TYPES)


def test_a_definition_that_names_no_column_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="thing has no column colour"):
        table("thing", identity(), text("name"), indexes=("colour",))


def test_a_definition_that_names_a_column_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="thing names a column twice"):
        table("thing", identity(), text("name", "name"))
