"""The body of a document that takes over the lines of another one: what was sent on top of what the other one has."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.orders import Source
from suitebridge.sandbox.netsuite.records.documents.picking import Pick
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine
from suitebridge.sandbox.netsuite.records.validation import Line, Parsed

_BODY = {
    "entity": "entity",
    "currency": "currency",
    "terms": "terms",
    "salesrep": "employee",
    "otherrefnum": "otherrefnum",
    "memo": "memo",
}
_MAIN = ("subsidiary", "department", "class", "location")


def seed(bound: BoundType, parsed: Parsed, source: Source, picks: Sequence[Pick], *, extras: bool = False) -> None:
    """Fills `parsed` in place. `extras` takes discount and shipping over too, where all of the source is taken."""
    for name, column in _BODY.items():
        if name in bound.by_name and name not in parsed.values and source.row.get(column) is not None:
            parsed.values[name] = source.row[column]
    for name in _MAIN:
        if name in bound.by_name and name not in parsed.values and source.main.get(name) is not None:
            parsed.values[name] = source.main[name]
    sign = bound.sublists["item"].by_name["quantity"].field.sign
    chosen = {pick.line.id: pick for pick in picks}
    result: list[Line] = []
    for line in source.lines:
        pick = chosen.get(line.id)
        if line.kind == "ITEM" and (pick is not None or (extras and line.quantity is None)):
            result.append(_line(line, pick, sign))
        elif extras and line.kind == "DISCOUNT" and "discountitem" not in parsed.values:
            parsed.values["discountitem"] = line.item
            amount = line.amount or 0
            parsed.values["discountrate"] = (
                f"{line.ratepercent / 10_000}%" if line.ratepercent is not None else f"{amount / 100:.2f}"
            )
        elif extras and line.kind == "SHIPPING" and "shippingcost" not in parsed.values:
            parsed.values["shippingcost"] = line.amount
            parsed.values["shipmethod"] = line.item
    parsed.sublists["item"] = result


def _line(line: OrderLine, pick: Pick | None, sign: int) -> Line:
    quantity = pick.quantity if pick is not None else None
    body = Parsed()
    body.values.update(
        {
            "item": line.item,
            "price": line.price,
            "description": line.description,
            "taxcode": line.taxcode,
            "department": line.department,
            "class": line.class_,
            "location": line.location,
        }
    )
    if line.rate is not None and quantity is not None:
        body.values["price"] = line.price if line.price is not None else -1
        body.values["rate"] = line.rate
    if quantity is not None:
        body.values["quantity"] = sign * quantity
    if quantity == line.quantity and line.amount is not None:
        body.values["amount"] = sign * line.amount
    for name, value in (line.stored or {}).items():
        if name.startswith("custcol") and value is not None:
            body.values[name] = value
    sent = pick.sent if pick is not None else None
    if sent is not None:
        if {"rate", "amount"} & sent.values.keys():
            for name in ("rate", "amount"):
                body.values.pop(name, None)
        body.values.update(
            {name: value for name, value in sent.values.items() if name not in ("orderline", "line", "itemreceive")}
        )
    return Line(pick.path if pick is not None and pick.path else "item", body)
