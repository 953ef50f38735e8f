"""Cost of goods: the pairs of lines by which goods leave or return to stock, and the stock moves that go with them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.balance import Leg, needed
from suitebridge.sandbox.netsuite.posting.errors import IncompleteError
from suitebridge.sandbox.netsuite.posting.model import Account, Header, Item, Line, PostedLine, StockMove
from suitebridge.sandbox.netsuite.posting.money import QUANTITY_ONE, convert, convert_back, divide, extend

LEAVE = -1
RETURN = 1


class Costs(Struct, frozen=True, gc=False):
    """Legs with their lines, and the stock moves."""

    pairs: tuple[tuple[Leg, PostedLine], ...]
    moves: tuple[StockMove, ...]


class Moved(Struct, frozen=True, gc=False):
    """One item of a line that moves: the line itself, or a component of a kit."""

    line: Line
    item: Item
    quantity: int
    cost: int
    kit: int | None = None


def moved_items(lines: Iterable[Line], unit: int) -> list[Moved]:
    """What moves when these lines are shipped or received; kits are replaced by their components."""
    found: list[Moved] = []
    for line in lines:
        item = line.item
        quantity = line.quantity
        if item is None or not quantity:
            continue
        if item.itemtype == "Kit":
            for part in line.components or item.components:
                amount = divide(quantity * part.quantity, QUANTITY_ONE)
                cost = part.cost if part.cost is not None else extend(amount, part.unit_cost, unit)
                found.append(Moved(line, part.item, amount, cost, line.id))
        else:
            cost = line.cost if line.cost is not None else extend(quantity, line.unit_cost, unit)
            found.append(Moved(line, item, quantity, cost))
    return found


def cost_lines(
    header: Header,
    moved: Iterable[Moved],
    direction: int,
    next_line: int,
    counter: Account | None = None,
    write_off: Account | None = None,
    *,
    item_lines: bool = True,
) -> Costs:
    """Two lines for each stocked item: the asset account and against it cost of goods sold, or `counter`.

    `direction` -1 takes goods out of stock. Goods that return without restocking are written off to `write_off`.
    With `item_lines` False the asset line of an item is marked as a cost line too, because the document has an item
    line of its own for the sale.
    """
    pairs: list[tuple[Leg, PostedLine]] = []
    moves: list[StockMove] = []
    books = header.books
    single = len(books) == 1
    rate = header.exchangerate
    unit = header.unit
    for part in moved:
        item = part.item
        if not item.stocked:
            continue
        line = part.line
        value = direction * part.cost
        location = line.location if line.location is not None else header.location
        if location is None:
            raise IncompleteError(f"no location for line {line.id}")
        against = counter if counter is not None else needed(item.expense, "the cost of goods sold")
        asset = needed(item.asset, "the stock")
        restock = line.restock or direction == LEAVE
        if not restock:
            asset = needed(write_off, "goods that are not restocked")
        fixed = (value,) if single else tuple(convert(value, book.cost_rate, book.unit) for book in books)
        opposite = (-value,) if single else tuple(-amount for amount in fixed)
        foreign = convert_back(value, rate, unit)
        quantity = direction * part.quantity
        pairs.append(
            (
                Leg(next_line, asset, foreign, fixed),
                PostedLine(
                    next_line,
                    foreign,
                    value,
                    "ASSET",
                    "ITEM",
                    iscogs=None if item_lines else True,
                    inventory=restock,
                    item=item,
                    quantity=quantity,
                    kitmemberof=part.kit,
                    source=line,
                ),
            )
        )
        pairs.append(
            (
                Leg(next_line + 1, against, -foreign, opposite),
                PostedLine(
                    next_line + 1,
                    -foreign,
                    -value,
                    "COGS",
                    "ITEM",
                    iscogs=True,
                    item=item,
                    quantity=-quantity,
                    kitmemberof=part.kit,
                    source=line,
                )
                if counter is None
                else PostedLine(next_line + 1, -foreign, -value, "EXPENSE", source=line),
            )
        )
        if restock:
            moves.append(StockMove(item.id, location, quantity, value, next_line))
        next_line += 2
    return Costs(tuple(pairs), tuple(moves))
