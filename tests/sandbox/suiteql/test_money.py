"""Money is exact: in sums, differences, comparisons, HAVING, and however it is written."""

from __future__ import annotations

import json
import random
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def books(company: Any, new_store: Any, make_asked: Any) -> Any:
    """5,000 entries, each one debit against credits split in three."""
    _, schema = company
    random.seed(7)
    lines = []
    for entry in range(1, 5001):
        total = random.randint(1, 10**7)
        first, second = total // 3, total // 3
        parts = [first, second, total - first - second]
        lines.append({"transaction": entry, "transactionline": 0, "accountingbook": 1, "debit": total, "amount": total})
        lines.extend(
            {"transaction": entry, "transactionline": n, "accountingbook": 1, "credit": part, "amount": -part}
            for n, part in enumerate(parts, 1)
        )
    return make_asked(new_store(schema, {"transactionaccountingline": lines}), schema, {})


@pytest.mark.parametrize(
    "having",
    [
        "SUM(amount) <> 0",
        "SUM(debit) - SUM(credit) <> 0",
        "SUM(debit) <> SUM(credit)",
        "NOT SUM(debit) = SUM(credit)",
        "SUM(NVL(debit, 0)) - SUM(NVL(credit, 0)) <> 0",
        "SUM(NVL(debit, 0) - NVL(credit, 0)) <> 0",
        "SUM(CASE WHEN debit IS NOT NULL THEN debit ELSE -credit END) <> 0",
        "SUM(amount * -1) <> 0",
        "SUM(-amount) > 0",
        "ABS(SUM(amount)) >= 0.01",
        "ROUND(SUM(amount), 2) <> 0",
        "SUM(amount / 3) <> 0",
        "SUM(amount * 0.1) <> 0",
        "SUM(COALESCE(debit, 0)) - SUM(COALESCE(credit, 0)) <> '0'",
        "SUM(DECODE(transactionline, 0, debit, -credit)) <> 0",
        "SUM(TO_NUMBER(TO_CHAR(amount))) <> 0",
    ],
)
def test_five_thousand_split_entries_balance(books: Any, having: str) -> None:
    grouped = f"SELECT transaction FROM transactionaccountingline GROUP BY transaction HAVING {having}"
    assert books.rows(grouped) == []


def test_a_cent_too_much_is_found(books: Any) -> None:
    sql = (
        "SELECT transaction, SUM(debit) - SUM(credit) AS diff FROM transactionaccountingline "
        "WHERE NOT (transaction = 17 AND transactionline = 3) GROUP BY transaction HAVING SUM(debit) - SUM(credit) <> 0"
    )
    rows = books.rows(sql)
    assert [row["transaction"] for row in rows] == ["17"]


def test_totals_over_everything_are_exact(books: Any) -> None:
    sql = "SELECT SUM(debit) d, SUM(credit) c, SUM(debit) - SUM(credit) z, SUM(amount) a FROM transactionaccountingline"
    row = books.rows(sql)[0]
    assert row["d"] == row["c"]
    assert (row["z"], row["a"]) == ("0", "0")


def test_windows_and_rollups_of_money_are_exact(books: Any) -> None:
    running = (
        "SELECT COUNT(*) n FROM (SELECT transactionline, SUM(amount) OVER (PARTITION BY transaction ORDER BY "
        "transactionline) s FROM transactionaccountingline) WHERE transactionline = 3 AND s <> 0"
    )
    assert books.value(running) == "0"
    rollup = (
        "SELECT SUM(s) FROM (SELECT GROUPING(transaction) g, SUM(amount) s FROM transactionaccountingline "
        "GROUP BY ROLLUP(transaction)) WHERE g = 1"
    )
    assert books.value(rollup) == "0"


AMOUNTS = st.integers(min_value=-(10**12), max_value=10**12)


@pytest.fixture(scope="module")
def one_line(company: Any, new_store: Any, make_asked: Any) -> Any:
    line = {"uniquekey": 1, "transaction": 1, "id": 0, "foreignamount": 0, "netamount": 0, "quantity": 0, "rate": 0}
    return make_asked(new_store(company[1], {"transactionline": [line]}), company[1], {})


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=AMOUNTS, second=AMOUNTS, quantity=st.integers(-(10**9), 10**9), rate=st.integers(0, 10**13))
def test_arithmetic_agrees_with_decimals(one_line: Any, first: int, second: int, quantity: int, rate: int) -> None:
    one_line.store.connection.execute(
        "UPDATE transactionline SET foreignamount=?, netamount=?, quantity=?, rate=?", (first, second, quantity, rate)
    )
    a, b, q, r = Decimal(first) / 100, Decimal(second) / 100, Decimal(quantity) / 10**5, Decimal(rate) / 10**8
    row = one_line.rows(
        "SELECT foreignamount a, netamount b, quantity q, rate r, foreignamount + netamount s, "
        "foreignamount - netamount d, foreignamount * 2 m, foreignamount + quantity x, quantity - rate y, "
        "ROUND(foreignamount * 0.0725, 2) tax, ROUND(foreignamount) whole, TRUNC(quantity, 1) cut, "
        "CEIL(quantity) up, FLOOR(rate) down, MOD(foreignamount, 7) rest, ABS(netamount) pos, -foreignamount neg, "
        "CASE WHEN foreignamount - netamount = 0 THEN 'T' ELSE 'F' END same "
        "FROM transactionline"
    )[0]
    cent, tenth = Decimal("0.01"), Decimal("0.1")
    remainder = abs(a) % 7
    expected = {
        "a": a, "b": b, "q": q, "r": r, "s": a + b, "d": a - b, "m": a * 2, "x": a + q, "y": q - r,
        "tax": (a * Decimal("0.0725")).quantize(cent, ROUND_HALF_UP),
        "whole": a.quantize(Decimal(1), ROUND_HALF_UP),
        "cut": Decimal(int(q / tenth)) * tenth,
        "up": q.__ceil__(), "down": r.__floor__(), "rest": -remainder if a < 0 else remainder, "pos": abs(b), "neg": -a,
    }  # fmt: skip
    assert row.pop("same") == ("T" if first == second else "F")
    assert row == {key: _plain(Decimal(value)) for key, value in expected.items()}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=AMOUNTS, literal=st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_literal_of_any_scale_compares_exactly(one_line: Any, value: int, literal: Decimal) -> None:
    one_line.store.connection.execute("UPDATE transactionline SET foreignamount=?", (value,))
    amount = Decimal(value) / 100
    for operator, holds in {"<": amount < literal, "=": amount == literal, ">=": amount >= literal}.items():
        for written in (f"{literal:f}", f"'{literal:f}'", f"({literal:f})"):
            found = one_line.rows(f"SELECT id FROM transactionline WHERE foreignamount {operator} {written}")
            assert bool(found) == holds
        assert bool(one_line.rows(f"SELECT id FROM transactionline WHERE foreignamount {operator} ?", literal)) == holds
        assert (
            bool(one_line.rows(f"SELECT id FROM transactionline WHERE foreignamount {operator} ?", f"{literal:f}"))
            == holds
        )


@pytest.mark.parametrize(
    ("scaled", "shown"),
    [
        (0, "0"),
        (1, "0.01"),
        (-1, "-0.01"),
        (10, "0.1"),
        (100, "1"),
        (12345678901234567, "123456789012345.67"),
        (-250, "-2.5"),
    ],
)
def test_money_is_printed_plainly(one_line: Any, scaled: int, shown: str) -> None:
    one_line.store.connection.execute("UPDATE transactionline SET foreignamount=?", (scaled,))
    assert json.loads(one_line.page("SELECT foreignamount f FROM transactionline").items)[0]["f"] == shown


def test_products_beyond_64_bits_do_not_fail(one_line: Any) -> None:
    one_line.store.connection.execute("UPDATE transactionline SET foreignamount=?, quantity=?", (10**15, 10**15))
    row = one_line.rows(
        "SELECT foreignamount * quantity p, SUM(foreignamount * quantity * 1000) s FROM transactionline GROUP BY "
        "foreignamount * quantity"
    )[0]
    assert float(row["p"]) == pytest.approx(1e23)
    assert float(row["s"]) == pytest.approx(1e26)
    assert "e" not in row["p"].lower()
