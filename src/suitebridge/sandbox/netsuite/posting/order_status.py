"""The letter that sales orders, purchase orders and return authorizations derive from what became of their lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from suitebridge.sandbox.netsuite.posting.model import Item

PENDING_APPROVAL = "A"
PENDING_SHIPMENT = "B"
CANCELLED = "C"
PARTIALLY_SHIPPED = "D"
PARTIALLY_SHIPPED_AND_BILLABLE = "E"
PENDING_BILLING = "F"
BILLED = "G"
CLOSED = "H"


class OrderedLine(Protocol):
    """What of a line decides about its order's status; `model.Line` has all of it."""

    @property
    def kind(self) -> str: ...
    @property
    def item(self) -> Item | None: ...
    @property
    def quantity(self) -> int | None: ...
    @property
    def shipped(self) -> int: ...
    @property
    def billed(self) -> int: ...
    @property
    def closed(self) -> bool: ...


def order_status(lines: Iterable[OrderedLine], *, approved: bool = True, cancelled: bool = False) -> str:
    """The status letter of an order; the three kinds of order share the letters' meaning.

    Stock and fulfillable items are shipped (or received) and billed, all others only billed. A line without a
    quantity (an expense line) is billed as soon as `billed` is not zero.
    """
    if cancelled:
        return CANCELLED
    if not approved:
        return PENDING_APPROVAL
    any_closed = False
    any_open = False
    any_shipped = False
    all_shipped = True
    billable = False
    for line in lines:
        if line.kind != "ITEM" and line.kind != "EXPENSE":
            continue
        quantity = line.quantity or 0
        item = line.item
        moves = item is not None and (item.fulfillable or item.stocked)
        if moves and line.shipped:
            any_shipped = True
        if line.closed:
            any_closed = True
            continue
        if line.billed < quantity or (line.quantity is None and not line.billed):
            any_open = True
        if moves:
            if line.shipped < quantity:
                all_shipped = False
                any_open = True
            if line.shipped > line.billed:
                billable = True
    if not any_open:
        return CLOSED if any_closed else BILLED
    if all_shipped:
        return PENDING_BILLING
    if not any_shipped:
        return PENDING_SHIPMENT
    return PARTIALLY_SHIPPED_AND_BILLABLE if billable else PARTIALLY_SHIPPED
