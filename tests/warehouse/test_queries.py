"""The SuiteQL that the bulk plane writes."""

from __future__ import annotations

import itertools
import re
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.netsuite import tables
from suitebridge.warehouse import queries
from suitebridge.warehouse.queries import Rows
from suitebridge.warehouse.ranges import Range

VENDOR = tables.load("vendor")
POSTING = tables.load("transactionaccountingline")


def test_dates_are_asked_for_with_an_explicit_format() -> None:
    column = VENDOR.column("lastmodifieddate")
    assert column is not None
    text = queries.page(Rows(VENDOR), [column])
    assert text == (
        "SELECT TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') AS lastmodifieddate FROM vendor ORDER BY id"
    )


def test_a_range_and_a_condition_are_joined() -> None:
    column = VENDOR.column("id")
    assert column is not None
    text = queries.page(Rows(VENDOR, "isinactive = 'F' OR id = 1", Range((5,), (9,))), [column])
    assert text == "SELECT id FROM vendor WHERE id > 5 AND id <= 9 AND (isinactive = 'F' OR id = 1) ORDER BY id"


def test_a_column_with_a_reserved_name_is_qualified_and_gets_another_alias() -> None:
    note = tables.load("systemnote")
    column = note.column("date")
    assert column is not None
    assert queries.page(Rows(note), [column]).startswith(
        "SELECT TO_CHAR(systemnote.date, 'YYYY-MM-DD HH24:MI:SS') AS date_ FROM systemnote"
    )


def test_a_quote_in_a_text_key_stays_inside_its_literal() -> None:
    assert queries.literal("O'Neil' OR 1=1 --") == "'O''Neil'' OR 1=1 --'"


@pytest.mark.parametrize("name", tables.names())
def test_every_table_asks_for_its_columns_by_name(name: str) -> None:
    table = tables.load(name)
    text = queries.page(Rows(table), table.columns)
    selected = text.removeprefix("SELECT ").partition(f" FROM {name}")[0]
    assert "*" not in selected
    assert all(column.name in selected for column in table.columns)


triples = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))


@given(triples | st.none(), triples | st.none())
def test_the_condition_on_a_composite_key_is_what_tuples_compare_to(
    after: tuple[int, int, int] | None, upto: tuple[int, int, int] | None
) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE TABLE transactionaccountingline ("transaction", transactionline, accountingbook)')
    everything = list(itertools.product(range(5), repeat=3))
    connection.executemany("INSERT INTO transactionaccountingline VALUES (?, ?, ?)", everything)
    columns = [column for name in POSTING.key if (column := POSTING.column(name)) is not None]
    text = queries.page(Rows(POSTING, None, Range(after, upto)), columns)
    # SQLite reserves the word that SuiteQL uses as a column's name.
    text = re.sub(r"\btransaction\b", '"transaction"', text)
    found = connection.execute(text).fetchall()
    assert found == [key for key in everything if (after is None or key > after) and (upto is None or key <= upto)]
