"""itemReceipt: goods come in, for a return at average cost, for a purchase order at what they were ordered for."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import Account, Item, ItemReceipt, Line, PostingError, post_item_receipt
from suitebridge.sandbox.netsuite.posting.money import convert, extend
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents import stock
from suitebridge.sandbox.netsuite.records.documents.chart import ACCRUED, COST, STOCK, named_account, special
from suitebridge.sandbox.netsuite.records.documents.frame import check_subsidiary, frame
from suitebridge.sandbox.netsuite.records.documents.links import SHIPPED, link, link_lines
from suitebridge.sandbox.netsuite.records.documents.orders import Source, follow_up, load
from suitebridge.sandbox.netsuite.records.documents.picking import Pick, pick_lines
from suitebridge.sandbox.netsuite.records.documents.rows import day_of, period_of, refused, write_document
from suitebridge.sandbox.netsuite.records.errors import missing_values, user_detail
from suitebridge.sandbox.netsuite.records.order_header import check_location, rate_on
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine, special_account
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

OVER = "You cannot receive more than what remains to be received on the order."
_OPEN = frozenset("BDEF")


def from_order(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """Receives what remains of an approved return or purchase order, or what the body names of it."""
    if row["status"] not in _OPEN:
        work.faults.append(user_detail("This order cannot be received in its present status."))
        work.refuse()
    source = load(work, row)
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    check_subsidiary(work, parsed, source.main)
    header = frame(work, parsed, source.main, entity=row["entity"], currency=None, day=day, created_from=row["id"])
    purchase = row["type"] == "PurchOrd"

    def left(line: OrderLine) -> int:
        return (line.quantity or 0) - line.shipped if source.moves(line) else 0

    picks = pick_lines(work, bound, parsed, source, left, left, OVER)
    places = [_place(work, source, pick, header.subsidiary) for pick in picks]
    work.refuse()
    costing = stock.Costing(work, header.books[0].unit)
    order_currency = row["currency"] if isinstance(row["currency"], int) else header.currency
    rate = rate_on(work, order_currency, header.currency, day)
    lines: list[Line] = []
    for number, (pick, location) in enumerate(zip(picks, places, strict=True), start=1):
        item = _with_accounts(work, source.item(pick.line))
        restock = pick.sent is None or pick.sent.get("restock") != "F"
        cost = None
        if item.stocked and location is not None:
            if purchase:
                amount = extend(pick.quantity, pick.line.rate or 0)
                cost = convert(amount, rate, header.books[0].unit)
            else:
                cost = costing.give((item.id, location), pick.quantity)
        lines.append(
            Line(
                number,
                item,
                quantity=pick.quantity,
                rate=pick.line.rate if purchase else None,
                cost=cost,
                restock=restock,
                source_line=pick.line.id,
                department=pick.line.department,
                class_=pick.line.class_,
                location=location,
                memo=pick.line.description,
            )
        )
    accrual = special(work, ACCRUED) if purchase else None
    write_off = named_account(work, "Stock Written Off") or special_account(work, COST)
    try:
        posted = post_item_receipt(ItemReceipt(header, tuple(lines), accrual, write_off))
    except PostingError as error:
        raise refused(error, "item") from error
    for pick in picks:
        pick.line.shipped += pick.quantity
    made = write_document(work, bound, parsed, header, posted, {"trandate": day, "postingperiod": period})
    link(work, row, made, SHIPPED, 0)
    first: dict[int, int] = {}
    for each in posted.lines:
        if each.source is not None and each.iscogs is None:
            first.setdefault(each.source.source_line or 0, each.id)
    for pick in picks:
        link_lines(work, row, pick.line.id, made, first[pick.line.id], SHIPPED)
    if purchase:
        for line, location in zip(lines, places, strict=True):
            if line.item is not None and line.item.stocked and location is not None:
                price = convert(line.rate or 0, rate)
                stock.shift(work, (line.item.id, location), last_price=price)
    follow_up(work, source)
    number = made["id"]
    assert isinstance(number, int)
    return number


def _place(work: Work, source: Source, pick: Pick, subsidiary: int) -> int | None:
    sent = pick.sent.get("location") if pick.sent is not None else None
    location = sent if isinstance(sent, int) else source.location(pick.line)
    if sent is not None:
        check_location(work, sent, subsidiary, f"{pick.path}.location")
    item = source.item(pick.line)
    if location is None and item is not None and item.stocked:
        work.faults.append(missing_values(["Location"], pick.path or "item"))
    return location


def _with_accounts(work: Work, item: Item | None) -> Item:
    assert item is not None
    if not item.stocked or (item.expense is not None and item.asset is not None):
        return item
    expense: Account | None = item.expense or special_account(work, COST)
    asset: Account | None = item.asset or special_account(work, STOCK)
    return Item(item.id, item.itemtype, item.income, expense, asset, item.fulfillable)
