"""invoice: bills what an order has shipped, or goods and services without an order (section_159795516182)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import Account, Header, Invoice, Line, Posted, PostingError, post_invoice
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.addresses import write_addresses
from suitebridge.sandbox.netsuite.records.documents.billing import billed_lines, drafts, mark_billed
from suitebridge.sandbox.netsuite.records.documents.chart import RECEIVABLE, chosen, special
from suitebridge.sandbox.netsuite.records.documents.entering import enter, with_costs
from suitebridge.sandbox.netsuite.records.documents.estimate import mark_processed, take_estimate
from suitebridge.sandbox.netsuite.records.documents.frame import check_currency, check_subsidiary, frame
from suitebridge.sandbox.netsuite.records.documents.orders import Source, follow_up, load
from suitebridge.sandbox.netsuite.records.documents.picking import pick_lines
from suitebridge.sandbox.netsuite.records.documents.rows import (
    APPROVED,
    PENDING,
    day_of,
    period_of,
    refused,
    write_document,
)
from suitebridge.sandbox.netsuite.records.documents.terms import due_date
from suitebridge.sandbox.netsuite.records.errors import invalid_value, user_detail
from suitebridge.sandbox.netsuite.records.order_draft import Draft
from suitebridge.sandbox.netsuite.records.order_header import OrderHeader, find_party
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

OVER = "You cannot bill more than what remains to be billed on the order."
_OPEN = frozenset("BDEF")
_CARRIED = (
    "terms",
    "employee",
    "otherrefnum",
    "nexus",
    "email",
    "memo",
    "custbody_sb_channel",
    "custbody_sb_source_id",
    "custbody_sb_gift",
    "custbody_sb_promised",
    "custbody_sb_margin",
)
"""Columns that an order hands on to what bills it."""


def carried(parsed: Parsed, row: Row) -> Row:
    """What the new document has from the one before it, where the body says nothing else."""
    return {
        name: row[name]
        for name in _CARRIED
        if name in row and name not in parsed.values and not (name == "employee" and "salesrep" in parsed.values)
    }


def billable(work: Work, source: Source, line: OrderLine) -> int:
    """How much of an order line can be billed: what has shipped, all of what needs no shipping."""
    advance = work.quirks["invoice-in-advance"] == "accept"
    ready = line.shipped if source.moves(line) and not advance else line.quantity or 0
    return max(0, ready - line.billed)


def from_order(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """Bills what is billable of an approved order, or what the body names of it."""
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
    receivable, approved = account_and_approval(work, parsed)

    def ready(line: OrderLine) -> int:
        return billable(work, source, line)

    picks = pick_lines(work, bound, parsed, source, ready, ready, OVER)
    work.refuse()
    billed = billed_lines(work, source, picks, header.unit)
    posted = post(header, tuple(each.posting for each in billed), receivable, approved)
    party = find_party(work, row["entity"])
    number = work.tx.next_id("transaction")
    facts: Row = {"id": number, "trandate": day, "postingperiod": period, **carried(parsed, row)}
    facts["approvalstatus"] = APPROVED if approved else PENDING
    facts["duedate"] = parsed.get("duedate") or due_date(work, day, parsed.get("terms") or facts.get("terms"))
    facts.update(write_addresses(work, bound, parsed, number, party.row if party else {}, row))
    made = write_document(work, bound, parsed, header, posted, facts, drafts(bound, billed))
    mark_billed(work, source, billed, made, posted.foreigntotal)
    follow_up(work, source)
    if party is not None:
        mark_sale(work, party.row, day)
    return number


def account_and_approval(work: Work, parsed: Parsed) -> tuple[Account, bool]:
    """The receivable that is debited, and whether the invoice posts at once."""
    receivable = None
    if parsed.has("account"):
        receivable = chosen(work, parsed.get("account"), frozenset({"AcctRec"}), "account")
    approval = parsed.get("approvalstatus")
    if approval not in (None, PENDING, APPROVED):
        work.faults.append(invalid_value(approval, "approvalStatus", "approvalStatus"))
    return receivable or special(work, RECEIVABLE), approval != PENDING


def post(header: Header, lines: tuple[Line, ...], receivable: Account, approved: bool) -> Posted:
    """The posted invoice. RecordRefused where it cannot be posted."""
    try:
        return post_invoice(Invoice(header, lines, receivable, approved))
    except PostingError as error:
        raise refused(error, "item") from error


def mark_sale(work: Work, party: Row, day: str) -> None:
    """The customer's first and last day of sale."""
    changes: Row = {}
    if party.get("firstsaledate") is None:
        changes["firstsaledate"] = day
    if str(party.get("lastsaledate") or "") < day:
        changes["lastsaledate"] = day
    if changes:
        work.tx.update("customer", (party["id"],), changes)


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """An invoice without an order: what it sells from stock leaves the stock with it."""
    return _enter(work, bound, parsed, None)


def from_estimate(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """Bills an estimate directly."""
    source = take_estimate(work, bound, row, parsed)
    number = _enter(work, bound, parsed, row)
    mark_processed(work, source, number)
    return number


def _enter(work: Work, bound: BoundType, parsed: Parsed, source: Row | None) -> int:
    receivable, approved = account_and_approval(work, parsed)

    def post_it(head: OrderHeader, lines: tuple[Line, ...]) -> Posted:
        goods = with_costs(work, head, lines) if approved else lines
        return post_invoice(Invoice(head.header, goods, receivable, approved, ships=approved))

    def more(draft: Draft) -> Row:
        day = day_of(work, parsed)
        terms = parsed.get("terms") if parsed.sent("terms") else draft.head.party.row.get("terms")
        return {
            "approvalstatus": APPROVED if approved else PENDING,
            "duedate": parsed.get("duedate") or due_date(work, day, terms),
        }

    made, draft = enter(work, bound, parsed, post_it, source=source, on_credit=True, more=more)
    mark_sale(work, draft.head.party.row, str(made["trandate"]))
    number = made["id"]
    assert isinstance(number, int)
    return number
