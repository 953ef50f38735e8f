"""A posted sales order into its rows, and what it holds of the stock into the rows of the stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from suitebridge.sandbox.netsuite.posting import (
    ENTRY_COLUMNS,
    LINE_COLUMNS,
    Header,
    Posted,
    entry_values,
    line_values,
)
from suitebridge.sandbox.netsuite.posting.money import ONE, convert
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine
from suitebridge.sandbox.netsuite.records.rowvalues import changed
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

_CONSTANT: Row = {"blandedcost": "F", "commitmentfirm": "F"}
_OPEN = frozenset("BDEF")


def write_lines(
    work: Work, order: int, header: Header, posted: Posted, drafts: Mapping[int, OrderLine], stored: Mapping[int, Row]
) -> bool:
    """Inserts, changes and removes rows of transactionline; says whether anything changed."""
    movable = any(line.item is not None and line.item.fulfillable for line in posted.lines)
    moved = False
    for line in posted.lines:
        draft = drafts.get(line.id)
        row: Row = dict(zip(LINE_COLUMNS, line_values(header, line, has_fulfillable=movable), strict=True))
        if draft is not None:
            row.update(draft.facts)
            if draft.stored is None and line.quantity is not None:
                row.setdefault("commitinventory", "AVAILABLEQTY")
        old = stored.get(line.id)
        if old is None:
            key = work.tx.next_id("transactionline")
            work.tx.insert(
                "transactionline",
                {"uniquekey": key, "transaction": order, **_CONSTANT, **row, "linelastmodifieddate": work.now},
            )
            moved = True
            continue
        del row["id"]
        row.pop("linesequencenumber")
        difference = changed(row, old)
        if difference:
            moved = True
            work.tx.update("transactionline", (order, line.id), {**difference, "linelastmodifieddate": work.now})
    kept = {line.id for line in posted.lines}
    for number in stored:
        if number not in kept:
            moved = True
            work.tx.delete("transactionline", (order, number))
    return moved


def write_entries(work: Work, order: int, posted: Posted) -> None:
    """The accounting lines and tax details of an order, in place of those it had."""
    stored = {
        (each["transactionline"], each["accountingbook"]): each
        for each in work.rows('SELECT * FROM transactionaccountingline WHERE "transaction" = ?', order)
    }
    for entry in posted.entries:
        row: Row = dict(zip(ENTRY_COLUMNS, entry_values(entry), strict=True))
        old = stored.pop((entry.line, entry.book), None)
        if old is None:
            work.tx.insert("transactionaccountingline", {"transaction": order, **row})
        elif difference := changed(row, old):
            work.tx.update("transactionaccountingline", (order, entry.line, entry.book), difference)
    for line, book in stored:
        work.tx.delete("transactionaccountingline", (order, line, book))
    _write_taxes(work, order, posted)


def _write_taxes(work: Work, order: int, posted: Posted) -> None:
    rows: list[Row] = [
        {
            "transaction": order,
            "transactionline": detail.line,
            "taxtype": detail.taxtype,
            "taxcode": detail.code,
            "taxbasis": detail.basis,
            "taxrate": detail.rate,
            "taxamount": detail.amount,
            "linetype": detail.linetype,
        }
        for detail in posted.taxes
    ]
    stored = work.rows('SELECT * FROM transactiontaxdetail WHERE "transaction" = ? ORDER BY id', order)
    if len(stored) == len(rows) and all(not changed(row, old) for row, old in zip(rows, stored, strict=True)):
        return
    work.tx.delete_where("transactiontaxdetail", {"transaction": order})
    for row in rows:
        work.tx.insert("transactiontaxdetail", {"id": work.tx.next_id("transactiontaxdetail"), **row})


Place = tuple[int, int]
"""An item at a location."""

Held = dict[Place, tuple[int, int]]
"""What is committed and back-ordered, by place."""


def held_by(lines: Sequence[OrderLine], default_location: int | None) -> Held:
    """What the stored lines of an order hold."""
    found: Held = {}
    for line in lines:
        location = line.location if line.location is not None else default_location
        if line.item is None or location is None or not (line.committed or line.backordered):
            continue
        committed, backordered = found.get((line.item, location), (0, 0))
        found[line.item, location] = (committed + line.committed, backordered + line.backordered)
    return found


def available(work: Work, place: Place, held: Held) -> int:
    """What can be committed at a place, besides what this order holds there already."""
    found = work.number("SELECT quantityavailable FROM inventoryitemlocations WHERE item = ? AND location = ?", *place)
    return max(0, (found or 0) + held.get(place, (0, 0))[0])


def write_stock(work: Work, before: Held, posted: Posted) -> None:
    """Moves committed and back-ordered quantities from what was held to what is held now."""
    if not work.has_table("inventoryitemlocations"):
        return
    after: Held = {}
    for each in posted.commitments:
        committed, backordered = after.get((each.item, each.location), (0, 0))
        after[each.item, each.location] = (committed + each.committed, backordered + each.backordered)
    for place in {**before, **after}:
        was, now = before.get(place, (0, 0)), after.get(place, (0, 0))
        committed, backordered = now[0] - was[0], now[1] - was[1]
        if committed or backordered:
            _move_stock(work, place, committed, backordered)


def _move_stock(work: Work, place: Place, committed: int, backordered: int) -> None:
    row = work.tx.get("inventoryitemlocations", place)
    if row is None:
        work.tx.insert(
            "inventoryitemlocations",
            {
                "item": place[0],
                "location": place[1],
                "quantityonhand": 0,
                "quantityavailable": -committed,
                "quantitycommitted": committed,
                "quantitybackordered": backordered,
                "quantityonorder": 0,
            },
        )
        return
    work.tx.update(
        "inventoryitemlocations",
        place,
        {
            "quantityavailable": _sum(row["quantityavailable"], -committed),
            "quantitycommitted": _sum(row["quantitycommitted"], committed),
            "quantitybackordered": _sum(row["quantitybackordered"], backordered),
        },
    )


def _sum(value: Stored, more: int) -> int:
    return (value if isinstance(value, int) else 0) + more


def unbilled(lines: Sequence[OrderLine], status: Stored, exchange_rate: Stored) -> int:
    """What an order still has to bill, in base currency."""
    if status not in _OPEN:
        return 0
    left = 0
    for line in lines:
        if line.quantity and not line.closed:
            amount = line.amount or 0
            left += amount - amount * line.billed // line.quantity
    return convert(left, exchange_rate if isinstance(exchange_rate, int) else ONE)


def move_unbilled(work: Work, customer: Stored, subsidiary: int, difference: int) -> None:
    """Keeps the customer's unbilled orders in step."""
    if not difference or not work.has_table("customersubsidiaryrelationship"):
        return
    row = work.one(
        "SELECT id, unbilledorders FROM customersubsidiaryrelationship WHERE entity = ? AND subsidiary = ?",
        customer,
        subsidiary,
    )
    if row is not None:
        work.tx.update(
            "customersubsidiaryrelationship",
            (row["id"],),
            {"unbilledorders": _sum(row["unbilledorders"], difference)},
        )
