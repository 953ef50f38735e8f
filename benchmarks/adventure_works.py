"""AdventureWorks as an input: products, customers and orders, written into NetSuite over REST and compared.

The files are read where they lie and are not part of this project. What is written is real data of a real shape: names
with accents and apostrophes, addresses of six countries, orders of several lines.
"""

from __future__ import annotations

import asyncio
import csv
import gzip
import io
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from suitebridge import AsyncNetSuite

CENT = Decimal("0.01")
IN_FLIGHT = 8


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    product: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Order:
    number: str
    date: str
    customer: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """Products and customers by key, and orders with their lines."""

    products: dict[str, dict[str, str]]
    customers: dict[str, dict[str, str]]
    orders: list[Order]

    def sample(self, orders: int) -> Data:
        """Every n-th order, with just the products and customers that these orders name."""
        step = max(1, len(self.orders) // orders)
        chosen = self.orders[::step][:orders]
        customers = {order.customer for order in chosen}
        products = {line.product for order in chosen for line in order.lines}
        return Data(
            {key: value for key, value in self.products.items() if key in products},
            {key: value for key, value in self.customers.items() if key in customers},
            chosen,
        )

    def price(self, product: str) -> Decimal:
        return Decimal(self.products[product]["ProductPrice"])

    def amount(self, line: Line) -> Decimal:
        """Price × quantity, rounded to cents as the document does."""
        return (self.price(line.product) * line.quantity).quantize(CENT, ROUND_HALF_UP)


def folder() -> Path | None:
    """Where the files lie: ADVENTUREWORKS_DIR, or beside this project; None where they are not at hand."""
    given = os.environ.get("ADVENTUREWORKS_DIR")
    beside = Path(__file__).resolve().parents[2] / "shared/reference/data-model/business-data/adventureworks"
    found = Path(given) if given else beside
    return found if (found / "order_lines.csv.gz").is_file() else None


def read(where: Path) -> Data:
    products = {_key(row["ProductKey"]): row for row in _rows(where / "products.csv")}
    customers = {row["CustomerKey"]: row for row in _rows(where / "customers.csv.gz")}
    lines: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(where / "order_lines.csv.gz"):
        lines[row["OrderNumber"]].append(row)
    orders = [
        Order(
            number=number,
            date=rows[0]["OrderDate"],
            customer=rows[0]["CustomerKey"],
            lines=tuple(
                Line(int(row["OrderLineItem"]), _key(row["ProductKey"]), int(row["OrderQuantity"])) for row in rows
            ),
        )
        for number, rows in lines.items()
        if rows[0]["CustomerKey"] in customers
    ]
    return Data(products, customers, orders)


async def write(netsuite: AsyncNetSuite, data: Data, told: Callable[[str, int, float], None] | None = None) -> None:
    """Write all of it over REST, eight calls at once. `told` gets kind, count and seconds."""
    for kind, calls in (
        ("items", [_item(netsuite, key, row) for key, row in data.products.items()]),
        ("customers", [_customer(netsuite, key, row) for key, row in data.customers.items()]),
        ("orders", [_order(netsuite, data, order) for order in data.orders]),
    ):
        started = time.perf_counter()
        await _all(calls)
        if told is not None:
            told(kind, len(calls), time.perf_counter() - started)


def _item(netsuite: AsyncNetSuite, key: str, row: dict[str, str]) -> Any:
    values = {
        "itemId": row["ProductSKU"],
        "displayName": row["ProductName"],
        "purchaseDescription": row["ProductDescription"],
        "cost": Decimal(row["ProductCost"]),
        "subsidiary": {"items": [{"id": "1"}]},
    }
    return netsuite.records.upsert("inventoryItem", external_id=f"AW-P-{key}", values=values)


def _customer(netsuite: AsyncNetSuite, key: str, row: dict[str, str]) -> Any:
    address = {
        "addressee": f"{row['FirstName']} {row['LastName']}",
        "addr1": row["AddressLine1"],
        "addr2": row["AddressLine2"] or None,
        "city": row["City"],
        "zip": row["PostalCode"],
        "country": {"id": row["CountryRegionCode"]},
    }
    values = {
        "entityId": f"AW{key}",
        "isPerson": True,
        "firstName": row["FirstName"],
        "lastName": row["LastName"],
        "email": row["EmailAddress"],
        "phone": row["PhoneNumber"],
        "subsidiary": {"id": "1"},
        "addressBook": {
            "items": [{"defaultBilling": True, "defaultShipping": True, "addressBookAddress": _present(address)}]
        },
    }
    return netsuite.records.upsert(
        "customer", external_id=f"AW-{key}", values=_present(values), replace=["addressBook"]
    )


def _order(netsuite: AsyncNetSuite, data: Data, order: Order) -> Any:
    values = {
        "entity": {"externalId": f"AW-{order.customer}"},
        "tranDate": order.date,
        "otherRefNum": order.number,
        "orderStatus": {"id": "B"},
        "item": {
            "items": [
                {
                    "item": {"externalId": f"AW-P-{line.product}"},
                    "quantity": line.quantity,
                    "price": {"id": "-1"},
                    "rate": data.price(line.product),
                }
                for line in order.lines
            ]
        },
    }
    return netsuite.records.upsert("salesOrder", external_id=f"AW-{order.number}", values=values, replace=["item"])


def compare(warehouse: Path, data: Data) -> list[str]:
    """What differs between the files and an exported warehouse: quantities as they stand, amounts to the cent."""
    import duckdb

    differences: list[str] = []
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        differences += _differing(
            "customer",
            {
                f"AW-{key}": (row["FirstName"], row["LastName"], row["EmailAddress"])
                for key, row in data.customers.items()
            },
            {
                external: (first, last, email)
                for external, first, last, email in connection.execute(
                    "SELECT externalid, firstname, lastname, email FROM customer WHERE externalid LIKE 'AW-%'"
                ).fetchall()
            },
        )
        differences += _differing(
            "item",
            {f"AW-P-{key}": (row["ProductSKU"], row["ProductName"]) for key, row in data.products.items()},
            {
                external: (sku, name)
                for external, sku, name in connection.execute(
                    "SELECT externalid, itemid, displayname FROM item WHERE externalid LIKE 'AW-P-%'"
                ).fetchall()
            },
        )
        expected = {
            (order.number, line.product): (Decimal(0), Decimal(0)) for order in data.orders for line in order.lines
        }
        for order in data.orders:
            for line in order.lines:
                quantity, amount = expected[order.number, line.product]
                expected[order.number, line.product] = (quantity + line.quantity, amount + data.amount(line))
        found = {
            (number, product.removeprefix("AW-P-")): (-quantity, -amount)
            for number, product, quantity, amount in connection.execute(
                """
                SELECT t.otherrefnum, i.externalid, SUM(l.quantity), SUM(l.foreignamount)
                FROM transaction t JOIN transactionline l ON l.transaction = t.id JOIN item i ON i.id = l.item
                WHERE t.type = 'SalesOrd' AND t.externalid LIKE 'AW-%' GROUP BY ALL
                """
            ).fetchall()
        }
        differences += _differing("order line", expected, found)
        totals = dict(
            connection.execute(
                "SELECT otherrefnum, foreigntotal FROM transaction WHERE externalid LIKE 'AW-%'"
            ).fetchall()
        )
        differences += _differing(
            "order total",
            {order.number: sum((data.amount(line) for line in order.lines), Decimal(0)) for order in data.orders},
            totals,
        )
    return differences


def _differing(what: str, expected: dict[Any, Any], found: dict[Any, Any]) -> list[str]:
    missing = [f"{what} {key}: not in the warehouse" for key in expected if key not in found]
    extra = [f"{what} {key}: only in the warehouse" for key in found if key not in expected]
    unequal = [
        f"{what} {key}: {expected[key]} in the files, {found[key]} in the warehouse"
        for key in expected
        if key in found and expected[key] != found[key]
    ]
    return [*missing, *extra, *unequal]


async def _all(calls: Iterable[Any]) -> None:
    queue = list(calls)
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(IN_FLIGHT):
                group.create_task(_drain(queue))
    finally:
        for call in queue:
            call.close()


async def _drain(queue: list[Any]) -> None:
    while queue:
        await queue.pop()


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _key(text: str) -> str:
    return text.removesuffix(".0")


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""))


__all__ = ["Data", "Line", "Order", "compare", "folder", "read", "write"]
