"""Which lines of an order a follower takes, and how much of each: the defaults, and what the body says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.orders import Source
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values, user_detail
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine
from suitebridge.sandbox.netsuite.records.shapes import json_number
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work

NOTHING = "There is nothing left on this order that can be taken over by this transaction."


@dataclass(slots=True)
class Pick:
    """A quantity (scale 5, positive) of an order line; `sent` is what the body says of the line."""

    line: OrderLine
    quantity: int
    path: str = ""
    sent: Parsed | None = None


def pick_lines(
    work: Work,
    bound: BoundType,
    parsed: Parsed,
    source: Source,
    default: Callable[[OrderLine], int],
    limit: Callable[[OrderLine], int],
    excess: str,
) -> list[Pick]:
    """The lines that are taken, in the order of the source.

    `default` is what is taken of a line that the body does not name, `limit` the most that can be; more is the fault
    `excess`. `itemReceive` false and a quantity of 0 leave a line out; with `replace=item` so does silence.
    """
    sublist = bound.sublists["item"]
    sign = sublist.by_name["quantity"].field.sign
    lines = {line.id: line for line in source.lines if line.kind == "ITEM" and line.quantity is not None}
    sent = parsed.sublists.get("item") or []
    only = "item" in work.options.replace
    picks = {
        number: Pick(line, part)
        for number, line in lines.items()
        if not line.closed and not only and (part := default(line)) > 0
    }
    for each in sent:
        body = each.body
        number = body.get("orderline") if body.has("orderline") else body.get("line")
        if number is None:
            work.faults.append(missing_values(["orderLine"], each.path))
            continue
        line = lines.get(number) if isinstance(number, int) else None
        if line is None or line.closed:
            work.faults.append(invalid_value(number, "orderLine", f"{each.path}.orderLine"))
            continue
        if body.has("item") and body.get("item") != line.item:
            work.faults.append(invalid_value(body.get("item"), "item", f"{each.path}.item"))
            continue
        value = body.get("quantity")
        quantity = value * sign if isinstance(value, int) else max(default(line), 0)
        if body.get("itemreceive") == "F" or quantity == 0:
            picks.pop(line.id, None)
            continue
        if quantity < 0:
            shown = json_number(quantity, 5)
            work.faults.append(invalid_value(shown, "quantity", f"{each.path}.quantity"))
        elif quantity > limit(line):
            work.faults.append(user_detail(excess, f"{each.path}.quantity"))
        else:
            picks[line.id] = Pick(line, quantity, each.path, body)
    chosen = [picks[number] for number in lines if number in picks]
    if not chosen and not work.faults:
        work.faults.append(user_detail(NOTHING, "item"))
    return chosen
