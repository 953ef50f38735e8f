"""purchaseOrder, vendorBill, vendorCredit: ordered, billed and credited by vendors (help: Purchase Orders, Bills)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from suitebridge.sandbox.netsuite.posting import (
    Account,
    Header,
    Posted,
    PostingError,
    PurchaseOrder,
    VendorBill,
    VendorCredit,
    post_purchase_order,
    post_vendor_bill,
    post_vendor_credit,
)
from suitebridge.sandbox.netsuite.posting.money import share
from suitebridge.sandbox.netsuite.posting.trade import document_total
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents import stock
from suitebridge.sandbox.netsuite.records.documents.addresses import write_addresses
from suitebridge.sandbox.netsuite.records.documents.applying import check_chosen, chosen_documents, share_out
from suitebridge.sandbox.netsuite.records.documents.billing import Billed, billed_lines, drafts, mark_billed
from suitebridge.sandbox.netsuite.records.documents.chart import (
    ACCRUED,
    COST,
    GAIN_LOSS,
    PAYABLE,
    chosen,
    named_account,
    nonposting,
    special,
)
from suitebridge.sandbox.netsuite.records.documents.frame import check_currency, check_subsidiary, frame
from suitebridge.sandbox.netsuite.records.documents.money_header import money_header
from suitebridge.sandbox.netsuite.records.documents.orders import Source, follow_up, load
from suitebridge.sandbox.netsuite.records.documents.picking import pick_lines
from suitebridge.sandbox.netsuite.records.documents.purchase_lines import purchase_lines, with_goods
from suitebridge.sandbox.netsuite.records.documents.rows import (
    APPROVED,
    PENDING,
    day_of,
    period_of,
    refused,
    write_document,
)
from suitebridge.sandbox.netsuite.records.documents.settling import Open, record, settle
from suitebridge.sandbox.netsuite.records.documents.terms import due_date
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values, user_detail
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine, special_account
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

RELATIONS = "vendorsubsidiaryrelationship"
OVER = "You cannot bill more than what remains to be billed on the order."
_OPEN = frozenset("BDEF")


def find_vendor(work: Work, parsed: Parsed) -> Row:
    """The vendor in the body. RecordRefused where there is none or it is none."""
    if not parsed.has("entity"):
        if "entity" not in parsed.refused:
            work.faults.append(missing_values(["Vendor"]))
        work.refuse()
    found = work.tx.get("vendor", (parsed.get("entity"),))
    if found is None:
        work.faults.append(invalid_value(parsed.get("entity"), "entity", "entity"))
        work.refuse()
    return found or {}


def order(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A purchase order, approved unless `orderStatus` or `approvalStatus` says it waits."""
    vendor, header, _, facts = _begin(work, bound, parsed)
    lines = purchase_lines(work, bound, parsed, header)
    work.refuse()
    approved = parsed.get("orderstatus") != "A" and parsed.get("approvalstatus") != PENDING
    document = PurchaseOrder(header, lines, nonposting(work, "Purchase Orders"), None, approved)
    try:
        posted = post_purchase_order(document)
    except PostingError as error:
        raise refused(error, "item") from error
    facts["approvalstatus"] = APPROVED if approved else PENDING
    made = _write(work, bound, parsed, header, vendor, posted, facts)
    for each in posted.commitments:
        stock.shift(work, (each.item, each.location), on_order=each.on_order)
    return _id(made)


def bill(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A bill without an order; goods on it come into stock with it."""
    vendor, header, day, facts = _begin(work, bound, parsed)
    lines = purchase_lines(work, bound, parsed, header)
    payable, approved = _payable(work, parsed)
    work.refuse()
    try:
        posted = post_vendor_bill(VendorBill(header, lines, payable, approved=approved))
    except PostingError as error:
        raise refused(error, "item") from error
    if approved:
        posted = with_goods(work, header, posted, 1)
    terms = parsed.get("terms") if parsed.sent("terms") else vendor.get("terms")
    facts["approvalstatus"] = APPROVED if approved else PENDING
    facts["duedate"] = parsed.get("duedate") or due_date(work, day, terms)
    return _id(_write(work, bound, parsed, header, vendor, posted, facts))


def bill_order(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """The vendor's bill for what was received and what needs no receipt; clears what the receipts accrued."""
    if row["status"] not in _OPEN:
        work.faults.append(user_detail("This purchase order cannot be billed in its present status."))
        work.refuse()
    source = load(work, row)
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    check_subsidiary(work, parsed, source.main)
    check_currency(work, parsed, row["currency"])
    header = frame(
        work, parsed, source.main, entity=row["entity"], currency=row["currency"], day=day, created_from=row["id"]
    )
    payable, approved = _payable(work, parsed)
    if not approved:
        work.faults.append(invalid_value(PENDING, "approvalStatus", "approvalStatus"))

    def ready(line: OrderLine) -> int:
        return max(0, (line.shipped if source.moves(line) else line.quantity or 0) - line.billed)

    picks = pick_lines(work, bound, parsed, source, ready, ready, OVER) if _has_goods(source) else []
    work.refuse()
    billed = [_accrued(work, source, each) for each in billed_lines(work, source, picks, header.unit)]
    if not billed:
        work.faults.append(user_detail(OVER))
        work.refuse()
    variance = named_account(work, "Purchase Price Variance") or special_account(work, COST)
    document = VendorBill(
        header, tuple(each.posting for each in billed), payable, special(work, ACCRUED), variance, approved
    )
    try:
        posted = post_vendor_bill(document)
    except PostingError as error:
        raise refused(error, "item") from error
    vendor = work.tx.get("vendor", (row["entity"],)) or {}
    number = work.tx.next_id("transaction")
    facts: Row = {"id": number, "trandate": day, "postingperiod": period, "approvalstatus": APPROVED}
    if not parsed.sent("terms"):
        facts["terms"] = row["terms"]
    facts["duedate"] = parsed.get("duedate") or due_date(work, day, parsed.get("terms") or facts.get("terms"))
    facts.update(write_addresses(work, bound, parsed, number, vendor, row))
    made = write_document(work, bound, parsed, header, posted, facts, drafts(bound, billed))
    mark_billed(work, source, billed, made, -posted.foreigntotal)
    follow_up(work, source)
    return number


def credit(work: Work, bound: BoundType, parsed: Parsed, first: Sequence[Open] = ()) -> int:
    """A vendor's credit; goods on it leave the stock, and it settles the bills that the body names."""
    vendor, header, _, facts = _begin(work, bound, parsed)
    lines = purchase_lines(work, bound, parsed, header)
    payable, _ = _payable(work, parsed)
    settled = chosen_documents(work, bound, parsed, "apply", frozenset({"VendBill"}), first)
    check_chosen(
        work,
        settled,
        belongs=lambda entity: entity == vendor["id"],
        subsidiary=header.subsidiary,
        currency=header.currency,
        account=payable.id,
    )
    parts = share_out(work, settled, document_total(lines, header.unit))
    work.refuse()
    applied = [(found, settle(work, found, amount, header.books)) for found, amount in parts]
    document = VendorCredit(
        header, lines, payable, None, tuple(each for _, each in applied), special_account(work, GAIN_LOSS)
    )
    try:
        posted = post_vendor_credit(document)
    except PostingError as error:
        raise refused(error, "item") from error
    posted = with_goods(work, header, posted, -1)
    made = _write(work, bound, parsed, header, vendor, posted, facts)
    record(work, made, 0, applied)
    return _id(made)


def _begin(work: Work, bound: BoundType, parsed: Parsed) -> tuple[Row, Header, str, Row]:
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    vendor = find_vendor(work, parsed)
    header = money_header(work, parsed, vendor, RELATIONS, (), day)
    return vendor, header, day, {"trandate": day, "postingperiod": period}


def _write(
    work: Work, bound: BoundType, parsed: Parsed, header: Header, vendor: Row, posted: Posted, facts: Row
) -> Row:
    number = work.tx.next_id("transaction")
    facts["id"] = number
    if "terms" in bound.by_name and not parsed.sent("terms"):
        facts["terms"] = vendor.get("terms")
    facts.update(write_addresses(work, bound, parsed, number, vendor, None))
    return write_document(work, bound, parsed, header, posted, facts)


def _payable(work: Work, parsed: Parsed) -> tuple[Account, bool]:
    payable = None
    if parsed.has("account"):
        payable = chosen(work, parsed.get("account"), frozenset({"AcctPay"}), "account")
    return payable or special(work, PAYABLE), parsed.get("approvalstatus") != PENDING


def _has_goods(source: Source) -> bool:
    return any(line.kind == "ITEM" for line in source.lines)


def _accrued(work: Work, source: Source, billed: Billed) -> Billed:
    """A line of goods clears its part of what receipts have accrued for the order line and no bill has cleared."""
    line = billed.source
    item = source.item(line)
    if item is None or not item.stocked or billed.posting.quantity is None:
        return billed
    sums = work.rows(
        "SELECT k.linktype AS kind, SUM(l.netamount) AS value FROM nexttransactionlinelink k"
        ' JOIN transactionline l ON l."transaction" = k.nextdoc AND l.id = k.nextline'
        " WHERE k.previousdoc = ? AND k.previousline = ? GROUP BY k.linktype",
        source.id,
        line.id,
    )
    values = {each["kind"]: each["value"] for each in sums}
    received, cleared = values.get("ShipRcpt"), values.get("OrdBill")
    left = (received if isinstance(received, int) else 0) - (cleared if isinstance(cleared, int) else 0)
    part = share(left, billed.posting.quantity, line.shipped - line.billed)
    return Billed(replace(billed.posting, accrued=part), line, billed.pick)


def _id(row: Row) -> int:
    number = row["id"]
    assert isinstance(number, int)
    return number
