"""estimate: offers prices, posts nothing, and becomes an order or an invoice (section_157901123882)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import Estimate, Line, Posted, post_estimate
from suitebridge.sandbox.netsuite.records import sales_order
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.chart import nonposting
from suitebridge.sandbox.netsuite.records.documents.entering import enter
from suitebridge.sandbox.netsuite.records.documents.links import FROM_ESTIMATE, link
from suitebridge.sandbox.netsuite.records.documents.orders import Source, load, set_status
from suitebridge.sandbox.netsuite.records.documents.picking import pick_lines
from suitebridge.sandbox.netsuite.records.documents.seeding import seed
from suitebridge.sandbox.netsuite.records.errors import user_detail
from suitebridge.sandbox.netsuite.records.order_header import OrderHeader
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

OPEN, PROCESSED = "A", "B"
DONE = "This estimate was processed already, or is closed."
OVER = "The quantity is not valid."
_MOST = 10**14


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """An open estimate."""
    account = nonposting(work, "Estimates")

    def post(head: OrderHeader, lines: tuple[Line, ...]) -> Posted:
        return post_estimate(Estimate(head.header, lines, account))

    made, _ = enter(work, bound, parsed, post)
    number = made["id"]
    assert isinstance(number, int)
    return number


def to_order(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """Makes the sales order that the estimate offered."""
    source = take_estimate(work, bound, row, parsed)
    number = sales_order.create(work, bound, parsed)
    mark_processed(work, source, number)
    for line in work.rows("SELECT id FROM transactionline WHERE \"transaction\" = ? AND taxline = 'F'", number):
        work.tx.update("transactionline", (number, line["id"]), {"createdfrom": row["id"]})
    return number


def take_estimate(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> Source:
    """Puts the lines of an open estimate into the body, with the quantities that it names."""
    if row["status"] != OPEN:
        work.faults.append(user_detail(DONE))
        work.refuse()
    source = load(work, row)

    def whole(line: OrderLine) -> int:
        return line.quantity or 0

    def most(line: OrderLine) -> int:
        return _MOST

    picks = pick_lines(work, bound, parsed, source, whole, most, OVER)
    work.refuse()
    seed(bound, parsed, source, picks, extras=True)
    return source


def mark_processed(work: Work, source: Source, number: int) -> None:
    """The estimate has become another document."""
    made = work.tx.get("transaction", (number,)) or {}
    total = made["foreigntotal"]
    link(work, source.row, made, FROM_ESTIMATE, total if isinstance(total, int) else None)
    set_status(work, source.row, PROCESSED)
