"""Lot numbers: which lots a receipt brought and a shipment took, as inventoryassignment rows."""

from __future__ import annotations

from collections import deque

from suitebridge.sandbox.netsuite.company.business import Business
from suitebridge.sandbox.netsuite.company.documents import Document
from suitebridge.sandbox.netsuite.company.rows import shape
from suitebridge.sandbox.netsuite.posting import Posted

_LOT = shape(
    "inventorynumber",
    ("id", "inventorynumber", "item", "expirationdate", "memo", "datecreated", "lastmodifieddate"),
    {"units": 1},
)
_ASSIGNMENT = shape(
    "inventoryassignment",
    ("id", "transaction", "transactionline", "inventorynumber", "quantity"),
    {"inventorystatus": 1},
)


def assign_lots(business: Business, document: Document, posted: Posted, slots: dict[int, int]) -> None:
    """Write the lots of a document's stock moves; `slots` gives the stock slot of each move's line, lot items only.

    What comes in is a new lot, what goes out is taken from the oldest.
    """
    world = business.world
    stock = business.stock
    for move in posted.stock:
        slot = slots.get(move.line)
        if slot is None:
            continue
        if move.quantity > 0:
            business.lot_id += 1 + (business.lot_id % 19 == 0)
            lot = business.lot_id
            later = min(document.day + 700, len(world.calendar.iso) - 1)
            world.rows["inventorynumber"].append(
                _LOT(
                    (
                        lot,
                        f"L{world.calendar.iso[document.day][2:].replace('-', '')}-{lot}",
                        move.item,
                        world.calendar.iso[later] if lot % 3 == 0 else None,
                        None,
                        document.created,
                        document.created,
                    )
                )
            )
            stock.lots.setdefault(slot, deque()).append([lot, move.quantity])
            parts = [(lot, move.quantity)]
        else:
            parts = [(lot, -quantity) for lot, quantity in stock.take_lots(slot, -move.quantity)]
        for lot, quantity in parts:
            business.assignment_id += 1 + (business.assignment_id % 43 == 0)
            world.rows["inventoryassignment"].append(
                _ASSIGNMENT((business.assignment_id, document.id, move.line, lot, quantity))
            )
