"""Sales over the counter: paid at once, taken from the shelf."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.business import Business, OrderLine
from suitebridge.sandbox.netsuite.company.entities import Party
from suitebridge.sandbox.netsuite.company.lots import assign_lots
from suitebridge.sandbox.netsuite.posting import CashSale, Line, post_cash_sale
from suitebridge.sandbox.netsuite.posting.trade import next_free_line


def sell_for_cash(business: Business, day: int, customer: Party, lines: list[OrderLine], place: int) -> None:
    """A cash sale of those lines that are on the shelf; kits are not sold over the counter."""
    world = business.world
    desk = business.desk
    stock = business.stock
    here: list[OrderLine] = []
    for line in lines:
        item = line.item
        if line.kind == "SHIPPING" or item is None or item.itemtype == "Kit":
            continue
        if line.slot >= 0:
            taken = sum(other.quantity or 0 for other in here if other.slot == line.slot)
            if stock.available(line.slot) - taken < (line.quantity or 0):
                continue
        here.append(line)
    if not any(line.kind == "ITEM" for line in here):
        return
    here = [line for line in here if line.kind == "ITEM"]
    posting: list[Line] = []
    slots: list[int] = []
    for number, line in enumerate(here, start=1):
        cost = None
        if line.slot >= 0:
            assert line.good is not None
            quantity = line.quantity or 0
            cost = stock.cost(line.slot, quantity, 0)
            stock.move(line.slot, -quantity, -cost)
            slots.append(line.slot if line.good.lot else -1)
        posting.append(
            Line(
                number,
                line.item,
                quantity=line.quantity,
                rate=line.rate,
                amount=line.amount,
                tax=line.tax,
                cost=cost,
                price=customer.level,
                class_=line.good.kind_class if line.good else None,
            )
        )
    header = world.header(
        customer.subsidiary,
        customer.id,
        customer.currency,
        day,
        department=3,
        location=world.stock_locations[place].id,
    )
    waiting = day > world.calendar.today - 3
    posted = post_cash_sale(
        CashSale(
            header,
            tuple(posting),
            world.chart["undeposited" if waiting else customer.subsidiary.bank],
            deposited=not waiting,
        )
    )
    document = desk.enter("CashSale", day, header.subsidiary, len(posted.lines))
    document.method = (1, 4, 5, 8)[document.id % 4]
    document.channel = 1
    desk.bill_to(document, customer.address)
    text = world.calendar.iso[day]
    if customer.first_sale is None:
        customer.first_sale = text
    customer.last_sale = text
    first = next_free_line(posting)
    lots = {first + 2 * place: slot for place, slot in enumerate(slots) if slot >= 0}
    if lots:
        assign_lots(business, document, posted, lots)
    desk.write(document, header, posted)
