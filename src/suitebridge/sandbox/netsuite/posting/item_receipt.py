"""itemReceipt: goods into stock, against the accrual for a purchase order, against cost of goods sold for a return."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.balance import enter
from suitebridge.sandbox.netsuite.posting.model import Account, Header, Line, Posted, PostedLine
from suitebridge.sandbox.netsuite.posting.stock_cost import RETURN, cost_lines, moved_items

TYPE = "ItemRcpt"
UNDEFINED = "Y"


class ItemReceipt(Struct, frozen=True, gc=False):
    """What is received: each line with the quantity that arrives now and its cost in base currency.

    `accrual` is given for a purchase order; without it the receipt is of a return and reverses cost of goods sold.
    `write_off` takes the value of returned goods that are not restocked.
    """

    header: Header
    lines: tuple[Line, ...]
    accrual: Account | None = None
    write_off: Account | None = None


def post_item_receipt(document: ItemReceipt) -> Posted:
    """Two lines for each stocked item; an item line without an account for what is not kept in stock."""
    header = document.header
    lines: list[PostedLine] = [PostedLine(0, 0, 0, mainline=True)]
    number = 1
    for line in document.lines:
        item = line.item
        if item is not None and not item.stocked:
            lines.append(PostedLine(number, None, None, None, "ITEM", item=item, quantity=line.quantity, source=line))
            number += 1
    costs = cost_lines(
        header,
        moved_items(document.lines, header.books[0].unit),
        RETURN,
        number,
        document.accrual,
        document.write_off,
    )
    if not costs.pairs:
        return Posted(TYPE, UNDEFINED, True, 0, tuple(lines), ())
    _, entries = enter([leg for leg, _ in costs.pairs], header.books, True)
    lines.extend(line for _, line in costs.pairs)
    return Posted(TYPE, UNDEFINED, True, 0, tuple(lines), entries, stock=costs.moves)
