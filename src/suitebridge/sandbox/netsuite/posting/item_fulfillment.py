"""itemFulfillment: cost of goods sold against the stock, once it has shipped; kits leave as their components."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.balance import enter
from suitebridge.sandbox.netsuite.posting.model import Header, Line, Posted, PostedLine
from suitebridge.sandbox.netsuite.posting.stock_cost import LEAVE, cost_lines, moved_items

TYPE = "ItemShip"
PICKED, PACKED, SHIPPED = "A", "B", "C"


class ItemFulfillment(Struct, frozen=True, gc=False):
    """What is shipped of an order: only lines that ship, each with the quantity that ships now."""

    header: Header
    lines: tuple[Line, ...]
    ship_status: str = SHIPPED


def post_item_fulfillment(document: ItemFulfillment) -> Posted:
    """Two lines for each stocked item; for kits and goods not kept in stock, an item line without an account.

    Until it has shipped (status C) nothing is posted and nothing leaves the stock.
    """
    header = document.header
    shipped = document.ship_status == SHIPPED
    lines: list[PostedLine] = [PostedLine(0, 0, 0, mainline=True)]
    number = 1
    for line in document.lines:
        item = line.item
        if item is not None and not item.stocked:
            lines.append(
                PostedLine(
                    number,
                    None,
                    None,
                    None,
                    "ITEM",
                    item=item,
                    quantity=None if line.quantity is None else -line.quantity,
                    source=line,
                )
            )
            number += 1
    costs = cost_lines(header, moved_items(document.lines, header.books[0].unit), LEAVE, number, item_lines=True)
    if not costs.pairs:
        return Posted(TYPE, document.ship_status, shipped, 0, tuple(lines), ())
    _, entries = enter([leg for leg, _ in costs.pairs], header.books, shipped)
    lines.extend(line for _, line in costs.pairs)
    return Posted(
        TYPE,
        document.ship_status,
        shipped,
        0,
        tuple(lines),
        entries,
        stock=costs.moves if shipped else (),
    )
