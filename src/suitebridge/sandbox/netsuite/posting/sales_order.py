"""salesOrder: posts nothing; says what it commits, what is shipped and billed, and its status A to H."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.model import Account, Commitment, Header, Line, Posted, PostedLine
from suitebridge.sandbox.netsuite.posting.order_status import order_status
from suitebridge.sandbox.netsuite.posting.trade import SALE, income_of, trade

TYPE = "SalesOrd"


class SalesOrder(Struct, frozen=True, gc=False):
    """A sales order. `nonposting` is the company's account "Sales Orders" of type NonPosting."""

    header: Header
    lines: tuple[Line, ...]
    nonposting: Account
    approved: bool = True
    cancelled: bool = False


def post_sales_order(document: SalesOrder) -> Posted:
    """Lines with posting F, committed and back-ordered quantities, and the status letter."""
    header = document.header
    status = order_status(document.lines, approved=document.approved, cancelled=document.cancelled)
    result = trade(header, document.lines, SALE, document.nonposting, income_of, posting=False, order=True)
    commitments: list[Commitment] = []
    lines = result.lines
    if status not in "ACGH":
        lines = list(lines)
        for place, line in enumerate(document.lines, start=1):
            held = commitment_of(line, header.location)
            if held is not None:
                commitments.append(held)
                lines[place] = _with_commitment(lines[place], held)
    return Posted(
        TYPE,
        status,
        False,
        result.total,
        tuple(lines),
        result.entries,
        taxes=result.taxes,
        commitments=tuple(commitments),
    )


def commitment_of(line: Line, default_location: int | None) -> Commitment | None:
    """What an approved line holds: of its open quantity, what is available is committed, the rest back-ordered."""
    item = line.item
    if item is None or not item.stocked or line.closed or not line.quantity:
        return None
    location = line.location if line.location is not None else default_location
    if location is None:
        return None
    open_quantity = line.quantity - line.shipped
    if open_quantity <= 0:
        return Commitment(item.id, location, line=line.id)
    available = line.available
    committed = open_quantity if available is None else max(0, min(open_quantity, available))
    return Commitment(item.id, location, committed, open_quantity - committed, 0, line.id)


def _with_commitment(line: PostedLine, held: Commitment) -> PostedLine:
    return PostedLine(
        line.id,
        line.foreignamount,
        line.netamount,
        line.accountinglinetype,
        line.transactionlinetype,
        item=line.item,
        quantity=line.quantity,
        quantityshiprecv=line.quantityshiprecv,
        quantitybilled=line.quantitybilled,
        quantitycommitted=held.committed,
        quantitybackordered=held.backordered,
        source=line.source,
    )
