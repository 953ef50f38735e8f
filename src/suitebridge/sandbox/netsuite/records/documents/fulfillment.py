"""itemFulfillment: goods of a sales order leave at average cost (section_159795520083)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import ItemFulfillment, Line, PostingError, post_item_fulfillment
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.addresses import write_addresses
from suitebridge.sandbox.netsuite.records.documents.chart import COST, STOCK
from suitebridge.sandbox.netsuite.records.documents.frame import check_subsidiary, frame
from suitebridge.sandbox.netsuite.records.documents.links import SHIPPED, link, link_lines
from suitebridge.sandbox.netsuite.records.documents.orders import Source, follow_up, load, release
from suitebridge.sandbox.netsuite.records.documents.picking import Pick, pick_lines
from suitebridge.sandbox.netsuite.records.documents.rows import day_of, period_of, refused, write_document
from suitebridge.sandbox.netsuite.records.documents.stock import Costing, available
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values, user_detail
from suitebridge.sandbox.netsuite.records.order_header import check_location
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine, special_account
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

OVER = "You cannot fulfill more than what remains to be fulfilled on the order."
UNCOMMITTED = "The quantity to fulfill is more than what is committed to this line."
_OPEN = frozenset("BDEF")


def from_order(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """Ships what is committed of an approved order, or what the body names of it."""
    if row["status"] not in _OPEN:
        work.faults.append(user_detail("This sales order cannot be fulfilled in its present status."))
        work.refuse()
    source = load(work, row)
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    check_subsidiary(work, parsed, source.main)
    if parsed.get("shipstatus") not in (None, "C"):
        work.faults.append(invalid_value(parsed.get("shipstatus"), "shipStatus", "shipStatus"))
    header = frame(work, parsed, source.main, entity=row["entity"], currency=None, day=day, created_from=row["id"])

    def left(line: OrderLine) -> int:
        return (line.quantity or 0) - line.shipped if source.moves(line) else 0

    def ready(line: OrderLine) -> int:
        item = source.item(line)
        return min(left(line), line.committed) if item is not None and item.stocked else left(line)

    picks = pick_lines(work, bound, parsed, source, ready, left, OVER)
    places = [_place(work, source, pick, header.subsidiary) for pick in picks]
    work.refuse()
    _check_stock(work, source, picks, places)
    work.refuse()
    costing = Costing(work, header.books[0].unit)
    lines = [
        _line(work, source, pick, number, location, costing)
        for number, (pick, location) in enumerate(zip(picks, places, strict=True), start=1)
    ]
    try:
        posted = post_item_fulfillment(ItemFulfillment(header, tuple(lines)))
    except PostingError as error:
        raise refused(error, "item") from error
    number = work.tx.next_id("transaction")
    shipped = parsed.get("shipdate") or day
    facts: Row = {"id": number, "trandate": day, "postingperiod": period, "shipdate": shipped}
    facts.update(write_addresses(work, bound, parsed, number, {}, row))
    # Goods that leave are no longer held for the order, before they are off the shelf.
    for pick in picks:
        pick.line.shipped += pick.quantity
        release(work, source, pick.line, pick.quantity)
    made = write_document(work, bound, parsed, header, posted, facts)
    link(work, row, made, SHIPPED, 0)
    first: dict[int, int] = {}
    for each in posted.lines:
        if each.source is not None and each.iscogs is None:
            first.setdefault(each.source.source_line or 0, each.id)
    for pick in picks:
        link_lines(work, row, pick.line.id, made, first[pick.line.id], SHIPPED)
        work.tx.update("transactionline", (row["id"], pick.line.id), {"actualshipdate": day})
    follow_up(work, source)
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


def _check_stock(work: Work, source: Source, picks: list[Pick], places: list[int | None]) -> None:
    """A line ships what is committed to it where it is; from elsewhere, what nobody else holds there."""
    taken: dict[tuple[int, int], int] = {}
    for pick, location in zip(picks, places, strict=True):
        item = source.item(pick.line)
        if item is None or not item.stocked or location is None:
            continue
        more = pick.quantity
        if location == source.location(pick.line):
            more -= min(more, pick.line.committed)
        if more <= 0:
            continue
        place = (item.id, location)
        taken[place] = taken.get(place, 0) + more
        if taken[place] > available(work, place):
            work.faults.append(user_detail(UNCOMMITTED, f"{pick.path}.quantity" if pick.path else "item"))


def _line(work: Work, source: Source, pick: Pick, number: int, location: int | None, costing: Costing) -> Line:
    line = pick.line
    item = source.item(line)
    assert item is not None
    cost = None
    if item.stocked and location is not None:
        cost = costing.take((item.id, location), pick.quantity)
        if item.expense is None or item.asset is None:
            expense = item.expense or special_account(work, COST)
            asset = item.asset or special_account(work, STOCK)
            item = type(item)(item.id, item.itemtype, item.income, expense, asset, item.fulfillable)
    return Line(
        number,
        item,
        quantity=pick.quantity,
        cost=cost,
        source_line=line.id,
        department=line.department,
        class_=line.class_,
        location=location,
        memo=line.description,
    )
