"""cashSale: sold and paid at once, from an order or over the counter."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import CashSale, Line, Posted, PostingError, post_cash_sale
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.addresses import write_addresses
from suitebridge.sandbox.netsuite.records.documents.billing import billed_lines, drafts, mark_billed
from suitebridge.sandbox.netsuite.records.documents.entering import enter, with_costs
from suitebridge.sandbox.netsuite.records.documents.estimate import mark_processed, take_estimate
from suitebridge.sandbox.netsuite.records.documents.frame import check_currency, check_subsidiary, frame
from suitebridge.sandbox.netsuite.records.documents.invoice import OVER, billable, carried, mark_sale
from suitebridge.sandbox.netsuite.records.documents.money_header import fund_of
from suitebridge.sandbox.netsuite.records.documents.orders import follow_up, load
from suitebridge.sandbox.netsuite.records.documents.picking import pick_lines
from suitebridge.sandbox.netsuite.records.documents.rows import day_of, period_of, refused, write_document
from suitebridge.sandbox.netsuite.records.errors import user_detail
from suitebridge.sandbox.netsuite.records.order_header import OrderHeader, find_party
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

_OPEN = frozenset("BDEF")


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A sale over the counter: goods leave the stock with it."""
    return _enter(work, bound, parsed, None)


def from_estimate(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """Sells what an estimate offered."""
    source = take_estimate(work, bound, row, parsed)
    number = _enter(work, bound, parsed, row)
    mark_processed(work, source, number)
    return number


def from_order(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """Bills what is billable of an order, paid at once."""
    if row["status"] not in _OPEN:
        work.faults.append(user_detail("This sales order cannot be billed in its present status."))
        work.refuse()
    source = load(work, row)
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    check_subsidiary(work, parsed, source.main)
    check_currency(work, parsed, row["currency"])
    header = frame(
        work, parsed, source.main, entity=row["entity"], currency=row["currency"], day=day, created_from=row["id"]
    )
    fund, deposited = fund_of(work, parsed, header.currency)

    def ready(line: OrderLine) -> int:
        return billable(work, source, line)

    picks = pick_lines(work, bound, parsed, source, ready, ready, OVER)
    work.refuse()
    billed = billed_lines(work, source, picks, header.unit)
    try:
        posted = post_cash_sale(
            CashSale(header, tuple(each.posting for each in billed), fund, deposited=deposited, ships=False)
        )
    except PostingError as error:
        raise refused(error, "item") from error
    party = find_party(work, row["entity"])
    number = work.tx.next_id("transaction")
    facts: Row = {"id": number, "trandate": day, "postingperiod": period, **carried(parsed, row)}
    facts.update(write_addresses(work, bound, parsed, number, party.row if party else {}, row))
    made = write_document(work, bound, parsed, header, posted, facts, drafts(bound, billed))
    mark_billed(work, source, billed, made, posted.foreigntotal)
    follow_up(work, source)
    if party is not None:
        mark_sale(work, party.row, day)
    return number


def _enter(work: Work, bound: BoundType, parsed: Parsed, source: Row | None) -> int:
    def post(head: OrderHeader, lines: tuple[Line, ...]) -> Posted:
        fund, deposited = fund_of(work, parsed, head.header.currency)
        return post_cash_sale(CashSale(head.header, with_costs(work, head, lines), fund, deposited))

    made, draft = enter(work, bound, parsed, post, source=source)
    mark_sale(work, draft.head.party.row, str(made["trandate"]))
    number = made["id"]
    assert isinstance(number, int)
    return number
