"""returnAuthorization: what a customer may give back of an order, an invoice or a cash sale."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import Line, Posted, ReturnAuthorization, post_return_authorization
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.chart import nonposting
from suitebridge.sandbox.netsuite.records.documents.entering import enter
from suitebridge.sandbox.netsuite.records.documents.links import RETURNED, link
from suitebridge.sandbox.netsuite.records.documents.orders import load
from suitebridge.sandbox.netsuite.records.documents.picking import pick_lines
from suitebridge.sandbox.netsuite.records.documents.rows import APPROVED, PENDING
from suitebridge.sandbox.netsuite.records.documents.seeding import seed
from suitebridge.sandbox.netsuite.records.errors import user_detail
from suitebridge.sandbox.netsuite.records.order_draft import Draft
from suitebridge.sandbox.netsuite.records.order_header import OrderHeader
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

OVER = "You cannot return more than what was sold."
NOTHING_SOLD = "Nothing of this transaction has been billed yet."
_PENDING = "A"


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A return by itself."""
    return _enter(work, bound, parsed, None)


def from_sale(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """A return of what an order, an invoice or a cash sale has billed, or as much of it as the body names."""
    source = load(work, row)

    def sold(line: OrderLine) -> int:
        return line.billed if row["type"] == "SalesOrd" else line.quantity or 0

    if row["type"] == "SalesOrd" and not any(line.billed for line in source.lines):
        work.faults.append(user_detail(NOTHING_SOLD))
        work.refuse()
    picks = pick_lines(work, bound, parsed, source, sold, sold, OVER)
    work.refuse()
    seed(bound, parsed, source, picks)
    number = _enter(work, bound, parsed, row)
    made = work.tx.get("transaction", (number,)) or {}
    total = made["foreigntotal"]
    link(work, row, made, RETURNED, -total if isinstance(total, int) else None)
    return number


def _enter(work: Work, bound: BoundType, parsed: Parsed, source: Row | None) -> int:
    account = nonposting(work, "Return Authorizations")
    approved = parsed.get("orderstatus") != _PENDING

    def post(head: OrderHeader, lines: tuple[Line, ...]) -> Posted:
        return post_return_authorization(ReturnAuthorization(head.header, lines, account, approved))

    def more(draft: Draft) -> Row:
        return {"approvalstatus": APPROVED if approved else PENDING}

    made, _ = enter(work, bound, parsed, post, source=source, returns=True, more=more)
    number = made["id"]
    assert isinstance(number, int)
    return number
