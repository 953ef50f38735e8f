"""One page from the wire to Arrow: types, nulls, spelling, and values that do not fit."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from suitebridge.netsuite import tables
from suitebridge.netsuite.errors import AnswerError
from suitebridge.netsuite.rows import Field, MisfitError, Page, PageReader
from suitebridge.netsuite.tables import Column

LINE = tables.load("transactionline")
NAMES = ("uniquekey", "mainline", "quantity", "netamount", "memo", "cleareddate", "linelastmodifieddate")


def reader(zone: str = "America/Los_Angeles", **changes: bool) -> PageReader:
    columns = [column for name in NAMES if (column := LINE.column(name)) is not None]
    return PageReader(
        LINE.name, LINE.key, [Field(column, column.name, column.name, **changes) for column in columns], zone
    )


def read(rows: list[dict[str, object]], **options: str) -> Page:
    items = json.dumps([{"links": [], **row} for row in rows]).encode()
    return reader(**options).read(items, has_more=False)


FULL = {
    "uniquekey": "42",
    "mainline": "F",
    "quantity": "-3",
    "netamount": "-1234.5",
    "memo": "Räder",
    "cleareddate": "2026-02-28",
    "linelastmodifieddate": "2026-07-01 09:30:00",
}


def test_each_column_has_its_real_type() -> None:
    batch = read([FULL]).batch
    assert batch.schema.types == [
        pa.int64(), pa.bool_(), pa.decimal128(18, 5), pa.decimal128(18, 2), pa.string(), pa.date32(),
        pa.timestamp("us", tz="UTC"),
    ]  # fmt: skip
    assert batch.to_pylist() == [
        {
            "uniquekey": 42,
            "mainline": False,
            "quantity": Decimal("-3.00000"),
            "netamount": Decimal("-1234.50"),
            "memo": "Räder",
            "cleareddate": date(2026, 2, 28),
            "linelastmodifieddate": datetime(2026, 7, 1, 16, 30, tzinfo=UTC),
        }
    ]


def test_a_missing_key_is_null() -> None:
    assert read([{"uniquekey": "1"}]).batch.to_pylist()[0] == {**dict.fromkeys(NAMES), "uniquekey": 1}


def test_keys_may_come_in_any_order_and_case() -> None:
    shouted = {name.upper(): value for name, value in reversed(FULL.items())}
    assert read([FULL]).batch.equals(read([shouted]).batch)


def test_values_may_come_as_numbers_too() -> None:
    assert read([{"uniquekey": 7, "netamount": 1.5, "mainline": True}]).batch.to_pylist()[0]["netamount"] == Decimal(
        "1.50"
    )


def test_an_empty_text_is_null_where_the_type_has_no_empty_text() -> None:
    row = read([{**FULL, "netamount": "", "mainline": "", "memo": ""}]).batch.to_pylist()[0]
    assert (row["netamount"], row["mainline"], row["memo"]) == (None, None, "")


def test_the_last_key_is_where_the_next_page_begins() -> None:
    page = read([{"uniquekey": "5"}, {"uniquekey": "90"}])
    assert (page.rows, page.last_key) == (2, (90,))


def test_an_empty_page_has_no_last_key() -> None:
    page = read([])
    assert (page.rows, page.last_key, page.batch.num_columns) == (0, None, len(NAMES))


@pytest.mark.parametrize(
    ("wall", "instant"),
    [
        pytest.param("2026-01-15 12:00:00", "2026-01-15T11:00:00+00:00", id="winter"),
        pytest.param("2026-07-15 12:00:00", "2026-07-15T10:00:00+00:00", id="summer"),
        pytest.param("2026-10-25 02:30:00", "2026-10-25T00:30:00+00:00", id="the hour that comes twice is the first"),
        pytest.param(
            "2026-03-29 02:30:00", "2026-03-29T01:00:00+00:00", id="the hour that never was is the next that is"
        ),
    ],
)
def test_wall_clocks_become_utc(wall: str, instant: str) -> None:
    row = read([{**FULL, "linelastmodifieddate": wall}], zone="Europe/Berlin").batch.to_pylist()[0]
    assert row["linelastmodifieddate"].isoformat() == instant


@pytest.mark.parametrize(
    ("column", "value"),
    [
        pytest.param("netamount", "5.333", id="too many decimals"),
        pytest.param("netamount", "12345678901234567.00", id="too many digits"),
        pytest.param("quantity", "three", id="no number"),
        pytest.param("mainline", "yes", id="no flag"),
        pytest.param("cleareddate", "2026-02-30", id="no such day"),
        pytest.param("linelastmodifieddate", "07/01/2026", id="another date format"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_table_key_and_column(column: str, value: str) -> None:
    rows = [{**FULL, "uniquekey": "41"}, {**FULL, column: value}]
    with pytest.raises(MisfitError) as caught:
        read(rows)
    for word in ("transactionline", column, "uniquekey 42", value):
        assert word in caught.value.message
    assert caught.value.column == column


@pytest.mark.parametrize("keys", [("5", "5"), ("6", "5")], ids=["twice", "falling"])
def test_keys_that_do_not_rise_are_refused_because_rows_would_be_lost(keys: tuple[str, str]) -> None:
    with pytest.raises(MisfitError, match="do not rise"):
        read([{"uniquekey": key} for key in keys])


def test_a_row_without_its_key_is_refused() -> None:
    with pytest.raises(MisfitError, match="is empty in row 2"):
        read([{"uniquekey": "1"}, {"memo": "x"}])


def test_hashed_columns_show_the_same_mark_for_the_same_text() -> None:
    field = Field(LINE.column("memo") or Column("memo", tables.TEXT), "memo", "memo", hashed=True)
    key = Field(LINE.column("uniquekey") or Column("uniquekey", tables.INTEGER), "uniquekey", "uniquekey")
    page = PageReader("transactionline", ("uniquekey",), [key, field], "UTC").read(
        b'[{"links":[],"uniquekey":"1","memo":"abc"},{"links":[],"uniquekey":"2"}]', has_more=True
    )
    assert page.batch.column(1).to_pylist() == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        None,
    ]
    assert page.has_more


@pytest.mark.parametrize("items", [b"nonsense", b'{"items": 1}', b"[1, 2]"], ids=["no JSON", "no list", "no rows"])
def test_what_is_no_page_is_refused(items: bytes) -> None:
    with pytest.raises(AnswerError):
        reader().read(items, has_more=False)
