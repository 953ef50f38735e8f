"""Goods that come back: return authorizations, their receipts, credit memos and what becomes of those."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.arrivals import goods_arrived
from suitebridge.sandbox.netsuite.company.business import Business, Credit, Order, OrderLine, Owed
from suitebridge.sandbox.netsuite.company.collecting import after_payment, apply_to, refund, write_credit
from suitebridge.sandbox.netsuite.company.documents import tax_lines
from suitebridge.sandbox.netsuite.company.lots import assign_lots
from suitebridge.sandbox.netsuite.company.statuses import note_status
from suitebridge.sandbox.netsuite.posting import (
    Application,
    CreditMemo,
    ItemReceipt,
    Line,
    ReturnAuthorization,
    post_credit_memo,
    post_item_receipt,
    post_return_authorization,
)
from suitebridge.sandbox.netsuite.posting.credit import STATUSES
from suitebridge.sandbox.netsuite.posting.credit_memo import LINE as CREDIT_LINE
from suitebridge.sandbox.netsuite.posting.money import QUANTITY_ONE, convert, extend, percent_of


def ask_return(business: Business, day: int, invoice: Owed) -> None:
    """A customer wants to give back some of what an invoice billed."""
    world = business.world
    desk = business.desk
    order = invoice.order
    assert order is not None
    party = invoice.party
    unit = invoice.header.unit
    lines: list[OrderLine] = []
    for line in order.lines:
        item = line.item
        if item is None or line.slot < 0 or line.billed < QUANTITY_ONE:
            continue
        quantity = QUANTITY_ONE if world.random() < 0.7 else line.billed // QUANTITY_ONE * QUANTITY_ONE
        lines.append(
            OrderLine(
                len(lines) + 1,
                item,
                "ITEM",
                quantity,
                line.rate,
                extend(quantity, line.rate or 0, unit),
                line.tax,
                good=line.good,
                slot=line.slot,
            )
        )
        if world.random() < 0.75:
            break
    if not lines:
        return
    document = desk.enter("RtnAuth", day, invoice.header.subsidiary, 1 + len(lines) + tax_lines(lines))
    header = world.header(
        party.subsidiary,
        party.id,
        party.currency,
        day,
        department=7,
        location=invoice.header.location,
        created_from=order.document.id,
    )
    document.memo = world.pick(("Damaged in transit", "Wrong size", "Doesn't fit", "Too noisy", "„falsch bestellt“"))
    document.rep = order.document.rep
    document.approval = 2
    back = Order(document, header, party, lines, order.place)
    back.total = sum(line.amount + (percent_of(line.amount, line.tax.rate, unit) if line.tax else 0) for line in lines)
    back.invoices = [invoice]
    business.returns[document.id] = back
    desk.link(order.document, document, "SaleRet", back.total)
    desk.note(document, "RECORD.CREATED", None, document.tranid, 1)
    roll = world.random()
    if roll < 0.05:
        back.approved = False
        back.status = "A"
        document.approval = 1
    elif roll < 0.09:
        world.at(day + 20, _give_up, back)
    else:
        world.at(world.calendar.business_day(day + 4 + int(roll * 10)), _receive, back)


def _give_up(business: Business, day: int, back: Order) -> None:
    for line in back.lines:
        line.closed = True
    note_status(business, back, day, business.desk.moment(day))
    write_return(business, back)


def _receive(business: Business, day: int, back: Order) -> None:
    world = business.world
    desk = business.desk
    stock = business.stock
    party = back.party
    lines: list[Line] = []
    lots: dict[int, int] = {}
    for place, line in enumerate(back.lines, start=1):
        quantity = line.quantity or 0
        assert line.good is not None
        restock = back.document.id % 9 != 4
        base = party.subsidiary.currency
        fallback = convert(line.good.cost, world.rates.at(world.subsidiaries[0].currency, base, day), base.unit) * 10**6
        on_hand = stock.on_hand[line.slot]
        cost = stock.cost(line.slot, quantity, fallback) if quantity < on_hand or not on_hand else None
        if cost is None:
            cost = stock.value[line.slot] * quantity // on_hand // base.unit * base.unit
        if restock:
            stock.move(line.slot, quantity, cost)
            if line.good.lot:
                lots[2 * place - 1] = line.slot
        lines.append(Line(place, line.item, quantity=quantity, cost=cost, restock=restock, source_line=line.number))
        line.shipped = quantity
    header = world.header(
        party.subsidiary,
        party.id,
        party.subsidiary.currency,
        day,
        department=6,
        location=back.header.location,
        created_from=back.document.id,
    )
    posted = post_item_receipt(ItemReceipt(header, tuple(lines), write_off=world.chart["write_off"]))
    document = desk.enter("ItemRcpt", day, header.subsidiary, len(posted.lines))
    desk.link(back.document, document, "ShipRcpt", 0)
    for place, line in enumerate(back.lines, start=1):
        desk.link_lines(back.document, line.number, document, 2 * place - 1, "ShipRcpt")
    if lots:
        assign_lots(business, document, posted, lots)
    desk.write(document, header, posted)
    note_status(business, back, day, document.created)
    for line in back.lines:
        goods_arrived(business, day, line.slot)
    world.at(world.calendar.business_day(day + 1 + int(world.random() * 4)), _credit, back)


def _credit(business: Business, day: int, back: Order) -> None:
    world = business.world
    desk = business.desk
    party = back.party
    invoice = back.invoices[0]
    lines = tuple(
        Line(
            line.number,
            line.item,
            quantity=line.quantity,
            rate=line.rate,
            amount=line.amount,
            tax=line.tax,
            price=party.level,
            source_line=line.number,
            class_=line.good.kind_class if line.good else None,
        )
        for line in back.lines
    )
    header = world.header(
        party.subsidiary,
        party.id,
        party.currency,
        day,
        department=7,
        location=back.header.location,
        created_from=back.document.id,
    )
    amount = min(back.total, invoice.total - invoice.paid)
    applications: tuple[Application, ...] = (apply_to(invoice, amount),) if amount else ()
    posted = post_credit_memo(
        CreditMemo(
            header,
            lines,
            world.chart["receivable"],
            applications,
            world.chart["gain_loss"],
            world.chart["returns"],
        )
    )
    document = desk.enter("CustCred", day, header.subsidiary, len(posted.lines))
    document.rep = back.document.rep
    desk.bill_to(document, party.address)
    desk.link(back.document, document, "OrdBill", back.total)
    for line in back.lines:
        line.billed = line.quantity or 0
        desk.link_lines(back.document, line.number, document, line.number, "OrdBill", line.amount)
    memo = Credit(document, header, party, posted, CREDIT_LINE, STATUSES)
    business.credits[document.id] = memo
    if amount:
        desk.link(invoice.document, document, "Payment", amount)
        desk.link_lines(invoice.document, 0, document, 0, "Payment", amount)
        after_payment(business, day, invoice, document.created)
    note_status(business, back, day, document.created)
    write_return(business, back)
    if memo.used == memo.total:
        write_credit(business, memo)
    elif world.random() < 0.7:
        world.at(world.calendar.business_day(day + 2 + int(world.random() * 9)), refund, memo)


def write_return(business: Business, back: Order) -> None:
    """Write a return as it stands."""
    del business.returns[back.document.id]
    lines = tuple(
        Line(
            line.number,
            line.item,
            quantity=line.quantity,
            rate=line.rate,
            amount=line.amount,
            tax=line.tax,
            shipped=line.shipped,
            billed=line.billed,
            closed=line.closed,
            price=back.party.level,
        )
        for line in back.lines
    )
    posted = post_return_authorization(
        ReturnAuthorization(back.header, lines, business.world.chart["return_authorizations"], back.approved)
    )
    business.desk.write(back.document, back.header, posted)
