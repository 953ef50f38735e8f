"""Two questions a finance person would ask of the warehouse, and their answers drawn in the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

REVENUE = """
    SELECT p.startdate AS month, -SUM(l.amount) AS revenue
    FROM transactionaccountingline AS l
    JOIN transaction AS t ON t.id = l.transaction
    JOIN accountingperiod AS p ON p.id = t.postingperiod
    JOIN account AS a ON a.id = l.account
    JOIN accountingbook AS b ON b.id = l.accountingbook AND b.isprimary
    JOIN transactionline AS m ON m.transaction = t.id AND m.id = 0
    WHERE a.accttype = 'Income' AND l.posting AND m.subsidiary = ?
    GROUP BY p.startdate ORDER BY p.startdate DESC LIMIT 12
"""
"""Income of one subsidiary by month, in its own currency: amounts of different currencies are never added."""

OVERDUE = """
    WITH newest AS (SELECT MAX(trandate) AS today FROM transaction WHERE type = 'CustInvc')
    SELECT CASE WHEN t.duedate >= today THEN 'not due yet'
                WHEN today - t.duedate <= 30 THEN '1 to 30 days'
                WHEN today - t.duedate <= 60 THEN '31 to 60 days'
                WHEN today - t.duedate <= 90 THEN '61 to 90 days' ELSE 'over 90 days' END AS age,
           SUM(l.amountunpaid) AS unpaid, COUNT(*) AS invoices, MIN(today - t.duedate) AS position
    FROM transaction AS t
    CROSS JOIN newest
    JOIN transactionaccountingline AS l ON l.transaction = t.id AND l.transactionline = 0
    JOIN accountingbook AS b ON b.id = l.accountingbook AND b.isprimary
    JOIN transactionline AS m ON m.transaction = t.id AND m.id = 0
    WHERE t.type = 'CustInvc' AND l.amountunpaid > 0 AND m.subsidiary = ?
    GROUP BY age ORDER BY position
"""

BIGGEST = """
    SELECT m.subsidiary, s.name, c.symbol FROM transactionline AS m
    JOIN subsidiary AS s ON s.id = m.subsidiary JOIN currency AS c ON c.id = s.currency
    WHERE m.id = 0 GROUP BY ALL ORDER BY COUNT(*) DESC LIMIT 1
"""

BAR = 30


@dataclass(frozen=True, slots=True)
class Answers:
    """Income by month and unpaid invoices by age, of one subsidiary in its own currency."""

    subsidiary: str
    currency: str
    revenue: list[tuple[date, Decimal]]
    overdue: list[tuple[str, Decimal, int]]


def ask(warehouse: Path) -> Answers:
    """Ask the warehouse, read-only, about the subsidiary with the most documents."""
    import duckdb

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        biggest = connection.execute(BIGGEST).fetchone()
        assert biggest is not None
        subsidiary, name, currency = biggest
        revenue = connection.execute(REVENUE, [subsidiary]).fetchall()
        overdue = connection.execute(OVERDUE, [subsidiary]).fetchall()
    return Answers(name, currency, list(reversed(revenue)), [(age, amount, count) for age, amount, count, _ in overdue])


def draw(answers: Answers, console: Console) -> None:
    """Draw both answers as bars."""
    console.print(f"  [bold]Income of {answers.subsidiary} by month[/bold], {answers.currency}")
    _bars([(f"{month:%b %Y}", amount, "") for month, amount in answers.revenue], console, "green")
    console.print(f"\n  [bold]What its customers still owe, by age[/bold], {answers.currency}")
    _bars([(age, amount, f"{count:,} invoices") for age, amount, count in answers.overdue], console, "yellow")


def _bars(rows: list[tuple[str, Decimal, str]], console: Console, colour: str) -> None:
    most = max((amount for _, amount, _ in rows), default=Decimal(1)) or Decimal(1)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    for label, amount, note in rows:
        eighths = max(0, int(amount / most * BAR * 8))
        bar = "█" * (eighths // 8) + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[eighths % 8]
        table.add_row(f"  {label:<13}", Text(bar.ljust(BAR), style=colour), f"{amount:>16,.2f}", f"[dim]{note}[/dim]")
    console.print(table)
