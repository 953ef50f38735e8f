"""purchaseOrder: posts nothing; says what is on order, what was received and billed, and its status A to H."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.model import Account, Commitment, Header, Line, Posted
from suitebridge.sandbox.netsuite.posting.order_status import order_status
from suitebridge.sandbox.netsuite.posting.purchase import purchase_account
from suitebridge.sandbox.netsuite.posting.trade import PURCHASE, trade

TYPE = "PurchOrd"


class PurchaseOrder(Struct, frozen=True, gc=False):
    """A purchase order; `nonposting` is "Purchase Orders" of type NonPosting, `shipped` what was received."""

    header: Header
    lines: tuple[Line, ...]
    nonposting: Account
    accrual: Account | None = None
    approved: bool = True
    rejected: bool = False


def post_purchase_order(document: PurchaseOrder) -> Posted:
    """Lines with posting F, quantities on order where the order is approved and open, and the status letter."""
    header = document.header

    def account_of(line: Line) -> Account:
        return purchase_account(line, document.accrual)

    result = trade(header, document.lines, PURCHASE, document.nonposting, account_of, posting=False, order=True)
    status = order_status(document.lines, approved=document.approved, cancelled=document.rejected)
    on_order: list[Commitment] = []
    if status not in "ACGH":
        for line in document.lines:
            item = line.item
            location = line.location if line.location is not None else header.location
            if item is None or not item.stocked or line.closed or location is None:
                continue
            left = (line.quantity or 0) - line.shipped
            if left > 0:
                on_order.append(Commitment(item.id, location, on_order=left, line=line.id))
    return Posted(
        TYPE,
        status,
        False,
        -result.total,
        tuple(result.lines),
        result.entries,
        taxes=result.taxes,
        commitments=tuple(on_order),
    )
