"""Follows an order's status: when it changes, the header is touched and a system note says so."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.business import Business, Order
from suitebridge.sandbox.netsuite.posting import order_status
from suitebridge.sandbox.netsuite.schema.statuses import TRANSACTION_TYPES


def note_status(business: Business, order: Order, day: int, stamp: str | None = None) -> bool:
    """Derive the status anew; whether it changed."""
    status = order_status(order.lines, approved=order.approved, cancelled=order.cancelled)
    before = order.status
    if status == before:
        return False
    order.status = status
    document = order.document
    business.desk.touch(document, day, stamp or document.modified)
    names = TRANSACTION_TYPES[document.kind].statuses
    business.desk.note(document, "TRANDOC.KSTATUS", names[before], names[status])
    return True
