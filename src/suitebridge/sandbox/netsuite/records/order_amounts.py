"""Rates and amounts of order lines: from the price level, the rate or the amount sent, rounded to the currency."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from suitebridge.sandbox.netsuite.posting.money import divide, extend, percent_of, to_unit
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values
from suitebridge.sandbox.netsuite.records.order_lines import CUSTOM_PRICE, ItemFacts, OrderLine
from suitebridge.sandbox.netsuite.records.shapes import BadValue, stored_number
from suitebridge.sandbox.netsuite.records.work import Work

BASE_PRICE = 1

_UNPRICED = frozenset({"Description", "Subtotal"})
_ADJUSTING = frozenset({"Discount", "Markup"})
_PERCENT = re.compile(r"\s*([+-]?[\d.]+)\s*%\s*")


def price_lines(
    work: Work, lines: Sequence[OrderLine], facts: Mapping[int, ItemFacts], currency: int, level: int, unit: int
) -> None:
    """Gives every line its rate and amount; what cannot be priced is a fault."""
    before = 0
    running = 0
    for line in lines:
        if line.kind != "ITEM" or line.item is None or line.refused:
            continue
        found = facts.get(line.item)
        if found is None:
            continue
        kind = found.item.itemtype
        if kind == "Subtotal":
            line.quantity, line.amount = None, 0
            running, before = 0, running
            continue
        if kind in _UNPRICED:
            line.quantity, line.amount = None, 0
        elif kind in _ADJUSTING:
            _adjust(work, line, before, unit)
        else:
            _price(work, line, currency, level, unit)
        before = line.amount or 0
        running += before


def _price(work: Work, line: OrderLine, currency: int, level: int, unit: int) -> None:
    quantity = line.quantity
    if quantity is None:
        if line.stored is None:
            work.faults.append(missing_values(["Quantity"], line.path))
        return
    if line.amount is not None:
        line.amount = to_unit(line.amount, unit)
        if line.rate is None and quantity:
            line.rate = divide(line.amount * 10**11 * (1 if quantity > 0 else -1), abs(quantity))
        return
    if line.rate is None:
        chosen = line.price if line.price not in (None, CUSTOM_PRICE) else level
        if line.price != CUSTOM_PRICE and line.item is not None:
            line.rate = level_price(work, line.item, currency, chosen, quantity)
            line.price = chosen
        if line.rate is None:
            work.faults.append(missing_values(["Amount"], line.path))
            return
    line.amount = extend(quantity, line.rate, unit)


def level_price(work: Work, item: int, currency: int, level: int, quantity: int) -> int | None:
    """The unit price of an item at a price level; a level without prices of its own is a discount off the base."""
    found = work.number(
        "SELECT unitprice FROM pricing WHERE item = ? AND pricelevel = ? AND currency = ?"
        " AND COALESCE(quantity, 0) <= ? AND unitprice IS NOT NULL ORDER BY quantity DESC LIMIT 1",
        item,
        level,
        currency,
        max(quantity, 0),
    )
    if found is not None or level == BASE_PRICE:
        return found
    base = level_price(work, item, currency, BASE_PRICE, quantity)
    percent = work.number("SELECT discountpct FROM pricelevel WHERE id = ?", level)
    if base is None or percent is None:
        return base
    return base + divide(base * percent, 10**6)


def _adjust(work: Work, line: OrderLine, before: int, unit: int) -> None:
    line.quantity = None
    if line.amount is not None:
        return
    if line.rate is not None:
        line.amount = to_unit(divide(line.rate, 10**6), unit)
        line.rate = None
        return
    sent = work.value("SELECT json_extract(extra, '$.rate') FROM item WHERE id = ?", line.item)
    percent, amount = discount(str(sent)) if sent is not None else (None, None)
    if percent is not None:
        line.ratepercent, line.amount = percent, percent_of(before, percent, unit)
    elif amount is not None:
        line.amount = to_unit(amount, unit)
    else:
        work.faults.append(missing_values(["Rate"], line.path))


def discount(text: str) -> tuple[int | None, int | None]:
    """A discount rate as (percent at scale 4, None) for "-10%", else (None, amount at scale 2). Raises BadValue."""
    match = _PERCENT.fullmatch(text)
    if match is not None:
        return stored_number(match.group(1), 4), None
    return None, stored_number(text, 2)


def header_discount(work: Work, line: OrderLine, rate: str | None, goods: int, unit: int) -> None:
    """The amount of the document's discount line, over what its goods come to."""
    if rate is None and line.stored is None and line.amount is None:
        sent = work.value("SELECT json_extract(extra, '$.rate') FROM item WHERE id = ?", line.item)
        rate = None if sent is None else str(sent)
        if rate is None:
            work.faults.append(missing_values(["Discount Rate"]))
            line.amount = 0
            return
    if rate is not None:
        try:
            line.ratepercent, line.amount = discount(rate)
        except BadValue:
            work.faults.append(invalid_value(rate, "discountRate", "discountRate"))
            line.amount = 0
            return
    if line.ratepercent is not None:
        line.amount = percent_of(goods, line.ratepercent, unit)
    elif line.amount is not None:
        line.amount = to_unit(line.amount, unit)
