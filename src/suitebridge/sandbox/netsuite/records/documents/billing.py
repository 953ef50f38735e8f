"""What a follower bills of an order: its goods, and with them discounts, shipping and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.posting import Line
from suitebridge.sandbox.netsuite.posting.money import extend, percent_of, share, to_unit
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.links import BILLED, link, link_lines
from suitebridge.sandbox.netsuite.records.documents.orders import Source, billed_so_far
from suitebridge.sandbox.netsuite.records.documents.picking import Pick
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row


@dataclass(slots=True)
class Billed:
    """A line of the new document, positive as REST has it, and the order line it bills."""

    posting: Line
    source: OrderLine
    pick: Pick | None = None


def billed_lines(work: Work, source: Source, picks: Sequence[Pick], unit: int) -> list[Billed]:
    """Lines for what was picked; the last one to bill a line takes what rounding left of its amount.

    Discounts by percentage go with the goods they are on, other lines without a quantity with the first bill.
    """
    chosen = {pick.line.id: pick for pick in picks}
    complete = all(_is_complete(line, chosen) for line in source.lines if line.kind in ("ITEM", "EXPENSE"))
    result: list[Billed] = []
    goods = 0
    previous: tuple[int, int] | None = None
    for line in source.lines:
        pick = chosen.get(line.id)
        if line.quantity is not None:
            amount = 0
            if pick is not None:
                amount = _goods_amount(work, source, pick, unit)
                result.append(_billed(source, line, amount, pick, len(result) + 1))
            previous = (amount, line.amount or 0)
            goods += amount
            continue
        before = billed_so_far(work, source, line)
        left = (line.amount or 0) - before
        if line.closed:
            continue
        if line.kind == "DISCOUNT" and line.ratepercent is not None:
            amount = left if complete else percent_of(goods, line.ratepercent, unit)
        elif line.kind == "ITEM":
            part, whole = previous or (0, 0)
            amount = left if complete else share(line.amount or 0, part, whole, unit) if whole and part else 0
            if not amount and not complete:
                continue
            goods += amount
        else:
            amount = left
        if amount or complete:
            result.append(_billed(source, line, amount, None, len(result) + 1))
    return result


def mark_billed(work: Work, source: Source, billed: Sequence[Billed], made: Row, total: int) -> None:
    """Links the new document to the order, and tells the order's lines how much of them is billed now."""
    link(work, source.row, made, BILLED, total)
    for each in billed:
        link_lines(work, source.row, each.source.id, made, each.posting.id, BILLED, each.posting.amount)
        if each.source.quantity is None:
            each.source.billed = 1
        else:
            each.source.billed += each.posting.quantity or 0


def drafts(bound: BoundType, billed: Sequence[Billed]) -> dict[int, OrderLine]:
    """Custom columns of the new lines: as the body has them, else as the order has them."""
    fields = bound.sublists["item"].fields
    names = [each.column for each in fields if each.column is not None and each.column.startswith("custcol")]
    found: dict[int, OrderLine] = {}
    for each in billed:
        values = each.pick.sent.values if each.pick is not None and each.pick.sent is not None else {}
        stored = each.source.stored or {}
        facts: dict[str, Stored] = {
            name: values[name] if name in values else stored.get(name) for name in (*names, "units")
        }
        found[each.posting.id] = OrderLine(each.posting.id, each.source.kind, each.source.item, facts=facts, stored={})
    return found


def _is_complete(line: OrderLine, chosen: dict[int, Pick]) -> bool:
    if line.quantity is None or line.closed:
        return True
    pick = chosen.get(line.id)
    return line.billed + (pick.quantity if pick is not None else 0) >= line.quantity


def _goods_amount(work: Work, source: Source, pick: Pick, unit: int) -> int:
    line = pick.line
    sent = pick.sent
    if sent is not None and isinstance(amount := sent.get("amount"), int):
        return to_unit(abs(amount), unit)
    if sent is not None and isinstance(rate := sent.get("rate"), int):
        return extend(pick.quantity, rate, unit)
    if pick.quantity == line.quantity:
        return line.amount or 0
    if line.billed + pick.quantity == line.quantity:
        return (line.amount or 0) - billed_so_far(work, source, line)
    if line.rate is None:
        return share(line.amount or 0, pick.quantity, line.quantity or 1, unit)
    return extend(pick.quantity, line.rate, unit)


def _billed(source: Source, line: OrderLine, amount: int, pick: Pick | None, number: int) -> Billed:
    sent = pick.sent if pick is not None else None
    rate = sent.get("rate") if sent is not None else None
    location = sent.get("location") if sent is not None else None
    text = sent.get("description") if sent is not None else None
    found = source.facts.get(line.item) if line.item is not None else None
    posting = Line(
        number,
        None if found is None else found.item,
        line.kind,
        account=None if found is not None and found.item.income is not None else source.accounts.get(line.id),
        quantity=pick.quantity if pick is not None else None,
        rate=rate if isinstance(rate, int) else line.rate,
        ratepercent=line.ratepercent,
        amount=amount,
        tax=source.taxes.get(line.taxcode) if line.taxcode is not None else None,
        price=line.price,
        cost_estimate=line.cost_estimate if pick is not None and pick.quantity == line.quantity else None,
        department=line.department,
        class_=line.class_,
        location=location if isinstance(location, int) else line.location,
        memo=str(text) if text is not None else line.description,
        source_line=line.id,
    )
    return Billed(posting, line, pick)
