"""Invoices: what has shipped and what needs no shipping is billed, and a payment is expected."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.business import Business, Order, OrderLine, Owed
from suitebridge.sandbox.netsuite.company.collecting import apply_deposit, expect_payment, settle_invoice
from suitebridge.sandbox.netsuite.company.due_days import due_day
from suitebridge.sandbox.netsuite.company.finishing import finish_order
from suitebridge.sandbox.netsuite.company.returns import ask_return
from suitebridge.sandbox.netsuite.company.statuses import note_status
from suitebridge.sandbox.netsuite.posting import Invoice, Line, Posted, post_invoice, voided
from suitebridge.sandbox.netsuite.posting.money import extend, percent_of


def bill_order(business: Business, day: int, order: Order) -> None:
    """Bill what can be billed; shipping goes with the first invoice."""
    order.billing_due = False
    if order.document.id not in business.orders:
        return
    billable: list[tuple[OrderLine, int, int]] = []
    unit = order.header.unit
    goods = 0
    complete = True
    for line in order.lines:
        quantity = line.quantity
        item = line.item
        if line.kind != "ITEM" or line.closed or quantity is None or item is None:
            continue
        part = (line.shipped if item.fulfillable else quantity) - line.billed
        if part > 0:
            amount = line.amount if part == quantity else extend(part, line.rate or 0, unit)
            goods += amount
            billable.append((line, part, amount))
        complete = complete and line.billed + part == quantity
    if not billable:
        return
    for line in order.lines:
        if line.percent is not None:
            # A discount goes with the goods it is on; the last invoice takes what rounding left of it.
            left = line.amount - line.billed_amount
            billable.append((line, 0, left if complete else percent_of(goods, line.percent, unit)))
        elif line.kind != "ITEM" and not order.extras_billed:
            billable.append((line, 0, line.amount))
    if order.document.id % 331 == 5 and not order.invoices:
        # Somebody billed too early; that invoice was voided at once.
        _invoice(business, day, order, billable, void=True)
    order.extras_billed = True
    for line, part, amount in billable:
        line.billed += part
        line.billed_amount += amount
    _invoice(business, day, order, billable)


def _invoice(
    business: Business, day: int, order: Order, billable: list[tuple[OrderLine, int, int]], *, void: bool = False
) -> None:
    world = business.world
    desk = business.desk
    party = order.party
    lines = tuple(
        Line(
            place,
            line.item,
            line.kind,
            quantity=part if line.quantity is not None else None,
            rate=line.rate,
            ratepercent=line.percent,
            amount=amount,
            tax=line.tax,
            price=party.level if line.good is not None else None,
            cost_estimate=line.estimate if part == line.quantity else None,
            class_=line.good.kind_class if line.good is not None else None,
            source_line=line.number,
        )
        for place, (line, part, amount) in enumerate(billable, start=1)
    )
    header = world.header(
        party.subsidiary,
        party.id,
        party.currency,
        day,
        department=order.header.department,
        class_=order.header.class_,
        location=order.header.location,
        created_from=order.document.id,
    )
    posted = post_invoice(Invoice(header, lines, world.chart["receivable"]))
    document = desk.enter("CustInvc", day, header.subsidiary, len(posted.lines))
    document.terms = order.document.terms
    document.rep = order.document.rep
    document.nexus = order.document.nexus
    document.other_ref = order.document.other_ref
    document.channel = order.document.channel
    document.source_id = order.document.source_id
    document.approval = 2
    due = due_day(day, document.terms)
    document.due = world.calendar.text(due)
    desk.bill_to(document, party.address)
    desk.ship_to(document, party.ship_address)
    if void:
        document.memo = "VOID"
        desk.touch(document, day)
        desk.note(document, "TRANDOC.KSTATUS", "Open", "Voided")
        desk.write(document, header, voided(posted))
        return
    desk.link(order.document, document, "OrdBill", posted.foreigntotal)
    for line, (source, _, amount) in zip(lines, billable, strict=True):
        desk.link_lines(order.document, source.number, document, line.id, "OrdBill", amount)
    text = world.calendar.iso[day]
    if party.first_sale is None:
        party.first_sale = text
    party.last_sale = text
    invoice = _open(business, order, document.id, Owed(document, header, party, posted, due, order), posted)
    if note_status(business, order, day, document.created) and order.status in "GH":
        order.document.closed = text
        finish_order(business, order)
    if order.deposit is not None and not invoice.paid:
        world.at(day, apply_deposit, (order, invoice))
    expect_payment(business, day, invoice)
    if world.random() < 0.045 and any(line.slot >= 0 for line, _, _ in billable):
        world.at(day + 8 + int(world.random() * 40), ask_return, invoice)


def _open(business: Business, order: Order, number: int, invoice: Owed, posted: Posted) -> Owed:
    order.invoices.append(invoice)
    business.invoices[number] = invoice
    if posted.foreigntotal == 0:
        settle_invoice(business, invoice)
    else:
        invoice.party.open.append(invoice)
    return invoice
