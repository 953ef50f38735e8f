"""The last rows of a sales order: written once it is billed, closed or cancelled, or when the history ends."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.business import Business, Order
from suitebridge.sandbox.netsuite.company.rows import Row
from suitebridge.sandbox.netsuite.posting import Line, SalesOrder, post_sales_order
from suitebridge.sandbox.netsuite.posting.money import convert


def posting_lines(order: Order) -> tuple[Line, ...]:
    """The lines of an order as posting takes them, with what was shipped, billed and committed by now."""
    return tuple(
        Line(
            line.number,
            line.item,
            line.kind,
            quantity=line.quantity,
            rate=line.rate,
            ratepercent=line.percent,
            amount=line.amount,
            tax=line.tax,
            shipped=line.shipped,
            billed=line.billed,
            available=line.committed,
            closed=line.closed,
            price=order.party.level if line.good is not None else None,
            cost_estimate=line.estimate,
            class_=line.good.kind_class if line.good is not None else None,
        )
        for line in order.lines
    )


def finish_order(business: Business, order: Order) -> None:
    """Write the order: it is billed, closed or cancelled, or this is the end of the history."""
    document = order.document
    del business.orders[document.id]
    posted = post_sales_order(
        SalesOrder(
            order.header,
            posting_lines(order),
            business.world.chart["sales_orders"],
            order.approved,
            order.cancelled,
        )
    )
    facts: dict[int, Row] = {
        line.number: (line.ref, line.engraving) for line in order.lines if line.ref or line.engraving
    }
    document.line_facts = facts or None
    business.desk.write(document, order.header, posted)
    if posted.status in ("B", "D", "E", "F"):
        party = order.party
        left = sum(
            line.amount - line.amount * line.billed // line.quantity
            for line in order.lines
            if line.quantity and not line.closed
        )
        base = convert(left, order.header.exchangerate, order.header.books[0].unit)
        key = order.header.subsidiary
        party.unbilled[key] = party.unbilled.get(key, 0) + base
