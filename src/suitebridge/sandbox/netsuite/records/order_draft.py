"""From a body and what is stored to a posted order: lines merged, priced, numbered and posted, or faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec.structs import replace as replace_fields

from suitebridge.sandbox.netsuite.posting import (
    Account,
    IncompleteError,
    Line,
    Posted,
    PostingError,
    SalesOrder,
    post_sales_order,
)
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.errors import Detail, invalid_value, user_detail, user_error
from suitebridge.sandbox.netsuite.records.order_amounts import header_discount, price_lines
from suitebridge.sandbox.netsuite.records.order_header import OrderHeader, find_party, order_header
from suitebridge.sandbox.netsuite.records.order_lines import (
    ItemFacts,
    OrderLine,
    apply,
    item_facts,
    taxes,
)
from suitebridge.sandbox.netsuite.records.order_rows import Held, Place, available, held_by
from suitebridge.sandbox.netsuite.records.rowvalues import extra
from suitebridge.sandbox.netsuite.records.shapes import Stored, json_number
from suitebridge.sandbox.netsuite.records.sublists import merge
from suitebridge.sandbox.netsuite.records.validation import Line as SentLine
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

PENDING_APPROVAL, CANCELLED = "A", "C"
MAX_AMOUNT = 10**15
"""Ten trillions, in cents."""

TOO_LARGE = "An amount on this transaction is too large."
MANDATORY = "You must enter at least one line item for this transaction."


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that can be written; `held` is what it held of the stock before."""

    head: OrderHeader
    lines: list[OrderLine]
    posted: Posted
    held: Held


Post = Callable[[OrderHeader, tuple[Line, ...]], Posted]
"""Posts a document of another type than a sales order from its header and lines."""


def draft_order(
    work: Work,
    bound: BoundType,
    parsed: Parsed,
    current: Row | None,
    stored: list[OrderLine],
    day: str,
    post: Post | None = None,
    created_from: int | None = None,
) -> Draft | None:
    """The order after the body. Faults are added to the work; without a draft nothing more can be said.

    `post` makes another document of the same shape of it.

    Raises RecordRefused where what was found so far keeps the order from being posted.
    """
    main = None
    if current is not None:
        main = work.one('SELECT * FROM transactionline WHERE "transaction" = ? AND id = 0', current["id"])
    held = held_by(stored, _int((main or {}).get("location")))
    entity = parsed.get("entity") or (current or {}).get("entity")
    party = find_party(work, entity) if entity is not None else None
    head = order_header(work, parsed, party, current, main, day) if party is not None else None
    lines = _merge_lines(work, bound, parsed, stored)
    goods = [line for line in lines if line.kind == "ITEM"]
    if not goods:
        work.faults.append(user_detail(MANDATORY, "item"))
    if head is None:
        return None
    if created_from is not None:
        head = replace(head, header=replace_fields(head.header, created_from=created_from))
    _shipping(parsed, lines)
    discounted = _discount_line(parsed, lines)
    _number(work, lines, current)
    facts = item_facts(
        work,
        sorted({line.item for line in lines if line.item is not None}),
        head.header.subsidiary if work.has_table("subsidiary") else None,
    )
    _check_items(work, goods, facts)
    price_lines(work, goods, facts, head.header.currency, head.party.level, head.header.unit)
    if discounted is not None:
        rate = parsed.get("discountrate")
        total = sum(line.amount or 0 for line in goods)
        header_discount(work, discounted, None if rate is None else str(rate), total, head.header.unit)
        _tax_with_goods(discounted, goods)
    approval = _approval(work, parsed, current, lines)
    _check_amounts(work, lines)
    work.refuse()
    posted = _post(work, head, lines, facts, held, approval, post)
    if any(abs(entry.amount) > MAX_AMOUNT * 100 for entry in posted.entries):
        raise user_error(TOO_LARGE, "exchangeRate")
    return Draft(head, lines, posted, held)


def _check_amounts(work: Work, lines: Sequence[OrderLine]) -> None:
    """Sums over many orders must stay within what can be counted."""
    for line in lines:
        if line.amount is not None and abs(line.amount) > MAX_AMOUNT:
            work.faults.append(user_detail(TOO_LARGE, f"{line.path}.amount" if line.path else None))


def _check_items(work: Work, goods: Sequence[OrderLine], facts: Mapping[int, ItemFacts]) -> None:
    for line in goods:
        found = facts.get(line.item) if line.item is not None else None
        if line.stored is None and found is not None and not found.allowed:
            work.faults.append(invalid_value(line.item, "item", f"{line.path}.item"))


def _merge_lines(work: Work, bound: BoundType, parsed: Parsed, lines: list[OrderLine]) -> list[OrderLine]:
    if "item" not in parsed.sublists:
        return lines
    sublist = bound.sublists["item"]
    custom = [each.name.lower() for each in sublist.fields if each.name.startswith("custcol")]
    goods = {line.id: line for line in lines if line.kind == "ITEM"}
    replace = "item" in work.options.replace
    plan = merge(parsed.sublists["item"], [(number,) for number in goods], sublist.definition.key, replace)
    for (number,) in plan.removed:
        if goods.pop(_int(number) or 0).touched:
            fault = "A line that is fulfilled or billed in part cannot be removed."
            work.faults.append(user_detail(fault, "item"))
    kept = list(goods.values())
    for sent, key in plan.lines:
        line = OrderLine(0, "ITEM", None) if key is None else goods[_int(key[0]) or 0]
        if key is None:
            kept.append(line)
        line.path = sent.path
        item = line.item
        if lines:
            work.faults.extend(_chosen_inactive(line, sent))
        apply(line, sent.body, custom)
        stored = (line.stored or {}).get("extra")
        extras = extra(sublist.fields, sent.body.values, stored)
        if extras != stored:
            line.facts["extra"] = extras
        if line.touched and (line.item != item or (line.quantity or 0) < max(line.shipped, line.billed)):
            shown = json_number(line.quantity or 0, 5)
            work.faults.append(invalid_value(shown, "quantity", f"{sent.path}.quantity"))
    return [*kept, *(line for line in lines if line.kind != "ITEM")]


def _chosen_inactive(line: OrderLine, sent: SentLine) -> list[Detail]:
    """Faults for inactive records that the line does not name already."""
    held = {**(line.stored or {}), "taxcode": line.taxcode}
    return [
        each.fault()
        for each in sent.body.inactive
        if held.get((each.field.column or each.field.name).lower()) != each.internal_id
    ]


def _shipping(parsed: Parsed, lines: list[OrderLine]) -> None:
    if not parsed.sent("shippingcost") and not parsed.sent("shipmethod"):
        return
    line = next((each for each in lines if each.kind == "SHIPPING"), None)
    if parsed.sent("shippingcost") and not parsed.get("shippingcost"):
        if line is not None:
            lines.remove(line)
        return
    if line is None:
        if not parsed.sent("shippingcost"):
            return
        line = OrderLine(0, "SHIPPING", None)
        lines.append(line)
    if parsed.has("shipmethod"):
        line.item = _int(parsed.get("shipmethod"))
    if parsed.sent("shippingcost"):
        line.amount = _int(parsed.get("shippingcost"))


def _discount_line(parsed: Parsed, lines: list[OrderLine]) -> OrderLine | None:
    line = next((each for each in lines if each.kind == "DISCOUNT"), None)
    if parsed.sent("discountitem"):
        if not parsed.has("discountitem"):
            if line is not None:
                lines.remove(line)
            return None
        if line is None:
            line = OrderLine(0, "DISCOUNT", None)
            lines.append(line)
        if line.item != parsed.get("discountitem"):
            line.item = _int(parsed.get("discountitem"))
            line.ratepercent = line.amount = None
    return line


def _tax_with_goods(line: OrderLine, goods: Sequence[OrderLine]) -> None:
    """A discount on goods that are all taxed alike lowers their tax too."""
    codes = {each.taxcode for each in goods}
    if line.stored is None and len(codes) == 1:
        line.taxcode = codes.pop()


def _number(work: Work, lines: Sequence[OrderLine], current: Row | None) -> None:
    """New lines get numbers that the order has not used, those of its tax lines included."""
    last = max((line.id for line in lines), default=0)
    if current is not None:
        used = work.number('SELECT MAX(id) FROM transactionline WHERE "transaction" = ?', current["id"])
        last = max(last, used or 0)
    for line in lines:
        if line.id == 0:
            last += 1
            line.id = last


def _approval(work: Work, parsed: Parsed, current: Row | None, lines: Sequence[OrderLine]) -> str:
    """A, B or C: what the posting function cannot derive from the lines."""
    before = PENDING_APPROVAL if current is None else str(current["status"])
    sent = parsed.get("orderstatus")
    if sent is None or before == CANCELLED:
        return before
    if sent == PENDING_APPROVAL and any(line.touched for line in lines):
        work.faults.append(
            user_detail("An order that is fulfilled or billed in part cannot be pending approval.", "orderStatus")
        )
    return str(sent)


def _post(
    work: Work,
    head: OrderHeader,
    lines: Sequence[OrderLine],
    facts: Mapping[int, ItemFacts],
    held: Held,
    approval: str,
    post: Post | None,
) -> Posted:
    known = {line.taxcode: line.taxtype for line in lines if line.taxtype is not None}
    codes = taxes(work, {line.taxcode for line in lines if line.taxcode is not None}, known)
    stock = _Stock(work, held)
    posting: list[Line] = []
    for line in lines:
        found = facts.get(line.item) if line.item is not None else None
        posting.append(
            Line(
                line.id,
                found.item if found is not None else None,
                line.kind,
                account=_own_account(work, line, found),
                quantity=line.quantity,
                rate=line.rate,
                ratepercent=line.ratepercent,
                amount=line.amount or 0,
                tax=codes.get(line.taxcode) if line.taxcode is not None else None,
                shipped=line.shipped,
                billed=line.billed,
                available=stock.take(line, found, head.header.location),
                closed=line.closed,
                price=line.price,
                cost_estimate=line.cost_estimate,
                department=line.department,
                class_=line.class_,
                location=line.location,
                memo=_description(line, found),
            )
        )
    try:
        if post is not None:
            return post(head, tuple(posting))
        return post_sales_order(
            SalesOrder(
                head.header,
                tuple(posting),
                head.nonposting,
                approved=approval != PENDING_APPROVAL,
                cancelled=approval == CANCELLED,
            )
        )
    except IncompleteError:
        raise user_error("An item on this order has no income account.", "item") from None
    except PostingError as error:
        raise user_error(str(error), "item") from error


class _Stock:
    """What is left to commit while the lines of one order take theirs in turn."""

    def __init__(self, work: Work, held: Held) -> None:
        self._work = work
        self._held = held
        self._left: dict[Place, int] = {}

    def take(self, line: OrderLine, found: ItemFacts | None, default_location: int | None) -> int | None:
        """How much the line may commit; None where nothing is kept in stock."""
        location = line.location if line.location is not None else default_location
        if found is None or not found.item.stocked or location is None:
            return None
        if line.facts.get("commitinventory", (line.stored or {}).get("commitinventory")) == "DONOTCOMMIT":
            return 0
        place = (found.item.id, location)
        if place not in self._left:
            self._left[place] = available(self._work, place, self._held)
        left = self._left[place]
        if not line.closed:
            self._left[place] -= max(0, min(left, (line.quantity or 0) - line.shipped))
        return left


def _own_account(work: Work, line: OrderLine, found: ItemFacts | None) -> Account | None:
    """The account of a line that does not post to its item's income account."""
    if found is not None and found.item.income is not None:
        return None
    if found is not None and found.discount is not None:
        return found.discount
    if line.kind == "ITEM":
        return None
    row = work.one(
        "SELECT id, accttype FROM account WHERE accttype = 'Income' AND isinactive = 'F' AND issummary = 'F'"
        " ORDER BY fullname NOT LIKE '%Shipping%', id LIMIT 1"
    )
    number = _int(row["id"]) if row is not None else None
    return None if number is None else Account(number, "Income")


def _description(line: OrderLine, found: ItemFacts | None) -> str | None:
    if line.description is None and line.stored is None and found is not None:
        return found.description
    return line.description


def _int(value: Stored) -> int | None:
    return value if isinstance(value, int) else None
