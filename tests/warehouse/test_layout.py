"""Which columns an export takes, and under which names and types."""

from __future__ import annotations

import pytest

from suitebridge.errors import UsageError
from suitebridge.netsuite import tables
from suitebridge.warehouse.layout import choice, extras, field

CUSTOMER, EMPLOYEE, TERM = (tables.load(name) for name in ("customer", "employee", "term"))
ALL = [CUSTOMER, EMPLOYEE, TERM]


def names(wanted: object, table: tables.Table) -> list[str]:
    return [column.name for column in wanted.columns(table)]  # type: ignore[attr-defined]


def test_without_a_wish_all_columns_are_taken() -> None:
    assert choice().columns(CUSTOMER) == CUSTOMER.columns


def test_wanted_columns_come_with_the_key() -> None:
    assert names(choice(["customer.email"]), CUSTOMER) == ["id", "email"]


def test_a_wish_for_one_table_leaves_the_others_whole() -> None:
    assert choice(["customer.email"]).columns(TERM) == TERM.columns


def test_a_column_without_a_table_is_meant_wherever_it_is() -> None:
    wanted = choice(exclude=["email"])
    assert "email" not in names(wanted, CUSTOMER)
    assert "email" not in names(wanted, EMPLOYEE)
    assert wanted.columns(TERM) == TERM.columns


def test_patterns_leave_out_custom_columns() -> None:
    wanted = choice(exclude=["custentity_*"])
    assert wanted.leaves_out(CUSTOMER, "custentity_anything")
    wanted.check([CUSTOMER])


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        pytest.param(choice(["customer.emial"]), "email", id="misspelt column"),
        pytest.param(choice(exclude=["custmer.email"]), "customer", id="misspelt table"),
        pytest.param(choice(hash=["customer.adress"]), "customer.adress", id="no column like it"),
        pytest.param(choice(hash=["customer.id"]), "is a key", id="a key cannot be hashed"),
        pytest.param(choice(exclude=["customer.id"]), "is a key", id="a key cannot be left out"),
    ],
)
def test_what_cannot_be_meant_is_refused(wanted: object, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        wanted.check(ALL)  # type: ignore[attr-defined]
    assert told in f"{caught.value.message} {caught.value.remedy}"


def test_plain_flags_are_real_and_fivetran_flags_stay_as_they_came() -> None:
    column = CUSTOMER.column("isinactive")
    assert column is not None
    assert field(column, "plain").type.name == "boolean"
    assert field(column, "fivetran").type.name == "text"


def test_the_fivetran_layout_adds_its_bookkeeping() -> None:
    assert [extra.name for extra in extras("fivetran")] == ["_fivetran_synced", "_fivetran_deleted", "_fivetran_active"]
    assert extras("plain") == ()
