"""A document of a sale or a return by its body alone: priced, taxed and posted like an order, then written."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from suitebridge.sandbox.netsuite.posting import Line, Posted
from suitebridge.sandbox.netsuite.posting.money import convert
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.addresses import write_addresses
from suitebridge.sandbox.netsuite.records.documents.credit import check_credit
from suitebridge.sandbox.netsuite.records.documents.rows import day_of, period_of, write_document
from suitebridge.sandbox.netsuite.records.documents.stock import Costing, available
from suitebridge.sandbox.netsuite.records.errors import missing_values, user_detail, user_error
from suitebridge.sandbox.netsuite.records.order_draft import MANDATORY, Draft, draft_order
from suitebridge.sandbox.netsuite.records.order_header import OrderHeader
from suitebridge.sandbox.netsuite.records.validation import Parsed, missing, missing_in_lines
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

NOT_THERE = "The quantity is more than what is available at this location."
_FROM_CUSTOMER = (("terms", "terms", "terms"), ("salesrep", "employee", "salesrep"))

Post = Callable[[OrderHeader, tuple[Line, ...]], Posted]


def enter(
    work: Work,
    bound: BoundType,
    parsed: Parsed,
    post: Post,
    *,
    source: Row | None = None,
    returns: bool = False,
    on_credit: bool = False,
    more: Callable[[Draft], Row] | None = None,
) -> tuple[Row, Draft]:
    """Writes the document; gives its row and its draft. RecordRefused with every fault there is.

    `source` is the document it was made from, `more` gives further columns. `on_credit` asks whether the customer may
    owe that much.
    """
    labels = missing(bound.fields, parsed, work.caller)
    if labels:
        work.faults.append(missing_values(labels))
    work.faults.extend(missing_in_lines(bound.sublists["item"], parsed.sublists.get("item") or (), work.caller))
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    if returns:
        _turn(parsed)
    origin = source["id"] if source is not None else None
    draft = draft_order(
        work, bound, parsed, None, [], day, post, created_from=origin if isinstance(origin, int) else None
    )
    work.refuse()
    if draft is None:
        raise user_error(MANDATORY, "item")
    header, party = draft.head.header, draft.head.party.row
    if on_credit:
        check_credit(work, party, convert(abs(draft.posted.foreigntotal), header.exchangerate))
        work.refuse()
    number = work.tx.next_id("transaction")
    facts: Row = {"id": number, "trandate": day, "postingperiod": period}
    for name, column, origin_column in _FROM_CUSTOMER:
        if name in bound.by_name and not parsed.sent(name):
            facts[column] = party.get(origin_column)
    facts.update(write_addresses(work, bound, parsed, number, party, source))
    if more is not None:
        facts.update(more(draft))
    for line in draft.lines:
        line.stored = {}
    made = write_document(work, bound, parsed, header, draft.posted, facts, {line.id: line for line in draft.lines})
    return made, draft


def with_costs(work: Work, head: OrderHeader, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with what their goods cost, for a document that ships them itself; faults for what is not there."""
    costing = Costing(work, head.header.books[0].unit)
    taken: dict[tuple[int, int], int] = {}
    result: list[Line] = []
    for line in lines:
        item, quantity = line.item, line.quantity
        if item is None or not item.stocked or not quantity:
            result.append(line)
            continue
        location = line.location if line.location is not None else head.header.location
        if location is None:
            work.faults.append(missing_values(["Location"], "item"))
            break
        place = (item.id, location)
        taken[place] = taken.get(place, 0) + quantity
        if quantity < 0 or taken[place] > available(work, place):
            work.faults.append(user_detail(NOT_THERE, "item"))
            break
        result.append(replace(line, cost=costing.take(place, quantity)))
    work.refuse()
    return tuple(result)


def _turn(parsed: Parsed) -> None:
    """Lines of a return are stored the other way round than those of a sale; the draft thinks of sales."""
    for each in parsed.sublists.get("item") or ():
        for name in ("quantity", "amount"):
            value = each.body.values.get(name)
            if isinstance(value, int):
                each.body.values[name] = -value
