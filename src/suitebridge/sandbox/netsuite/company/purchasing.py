"""Purchase orders for goods that run low, their receipts, and the bills for what was received."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.arrivals import goods_arrived
from suitebridge.sandbox.netsuite.company.business import Business, Order, OrderLine
from suitebridge.sandbox.netsuite.company.documents import tax_lines
from suitebridge.sandbox.netsuite.company.entities import Party
from suitebridge.sandbox.netsuite.company.lots import assign_lots
from suitebridge.sandbox.netsuite.company.payables import enter_bill
from suitebridge.sandbox.netsuite.company.statuses import note_status
from suitebridge.sandbox.netsuite.posting import (
    ItemReceipt,
    Line,
    PurchaseOrder,
    VendorBill,
    post_item_receipt,
    post_purchase_order,
    post_vendor_bill,
)
from suitebridge.sandbox.netsuite.posting.money import QUANTITY_ONE, convert, extend

_LINES = 12
"""Goods on one purchase order at most."""


def stock_up(business: Business, day: int) -> None:
    """At the very beginning: order all that is kept."""
    stock = business.stock
    for slot, kept in enumerate(stock.stocked):
        if kept:
            stock.ask(slot)
    order_goods(business, day)


def order_goods(business: Business, day: int) -> None:
    """Order what fell below its reorder point, from each item's vendor for each location."""
    stock = business.stock
    count = stock.locations
    wanted: dict[tuple[int, int], list[tuple[int, int]]] = {}
    parties: dict[int, Party] = {}
    items = business.catalog.items
    for slot in sorted(stock.need):
        stock.needed[slot] = False
        good = items[slot // count]
        vendor = good.vendor
        if vendor is None or good.inactive:
            continue
        expected = stock.on_hand[slot] - stock.committed[slot] - stock.backordered[slot] + stock.on_order[slot]
        missing = max(stock.target[slot], QUANTITY_ONE) - expected
        if missing > 0:
            parties[vendor.id] = vendor
            wanted.setdefault((vendor.id, slot % count), []).append((slot, missing))
    stock.need.clear()
    for (vendor_id, place), goods in wanted.items():
        for start in range(0, len(goods), _LINES):
            _order(business, day, parties[vendor_id], place, goods[start : start + _LINES])


def _order(business: Business, day: int, vendor: Party, place: int, goods: list[tuple[int, int]]) -> None:
    world = business.world
    desk = business.desk
    stock = business.stock
    location = world.stock_locations[place]
    subsidiary = world.subsidiary_by_id[location.subsidiary]
    header = world.header(subsidiary, vendor.id, vendor.currency, day, department=6, class_=None, location=location.id)
    # Tax is charged only by vendors of the country.
    tax = vendor.tax if vendor.subsidiary is subsidiary else None
    lines: list[OrderLine] = []
    dollars = world.rates.at(world.subsidiaries[0].currency, vendor.currency, day)
    for slot, missing in goods:
        good = business.catalog.items[slot // stock.locations]
        quantity = -(-missing // QUANTITY_ONE) * QUANTITY_ONE
        cents = max(convert(good.cost * (98 + int(world.random() * 5)) // 100, dollars, header.unit), header.unit)
        rate = cents * 10**6
        lines.append(
            OrderLine(
                len(lines) + 1,
                good.item,
                "ITEM",
                quantity,
                rate,
                extend(quantity, rate, header.unit),
                tax,
                good=good,
                slot=slot,
            )
        )
    document = desk.enter("PurchOrd", day, subsidiary.id, 1 + len(lines) + tax_lines(lines))
    document.terms = vendor.terms
    document.approval = 2
    lead = 4 + int(world.random() * 18)
    document.due = world.calendar.text(day + lead)
    order = Order(document, header, vendor, lines, place)
    order.total = sum(line.amount for line in lines)
    business.purchases[document.id] = order
    desk.note(document, "RECORD.CREATED", None, document.tranid, 1)
    roll = world.random()
    if roll < 0.04 and day > 60:
        order.approved = False
        order.status = "A"
        document.approval = 1
        if roll < 0.035:
            world.at(day + 2, _reject if roll < 0.005 else _approve, order)
        return
    _place(business, day, order, lead)


def _place(business: Business, day: int, order: Order, lead: int) -> None:
    world = business.world
    for line in order.lines:
        business.stock.on_order[line.slot] += line.quantity or 0
    world.at(world.calendar.business_day(day + lead), _receive, order)


def _approve(business: Business, day: int, order: Order) -> None:
    order.approved = True
    order.document.approval = 2
    note_status(business, order, day, business.desk.moment(day))
    _place(business, day, order, 10)


def _reject(business: Business, day: int, order: Order) -> None:
    order.cancelled = True
    order.document.approval = 3
    note_status(business, order, day, business.desk.moment(day))
    for line in order.lines:
        line.closed = True
        business.stock.ask(line.slot)
    write_purchase(business, order)


def _receive(business: Business, day: int, order: Order) -> None:
    """Goods arrive: all of them, or at first only a part of each line."""
    world = business.world
    desk = business.desk
    stock = business.stock
    vendor = order.party
    location = world.stock_locations[order.place]
    subsidiary = world.subsidiary_by_id[location.subsidiary]
    first = not any(line.shipped for line in order.lines)
    partial = first and order.document.id % 6 == 1
    arrived: list[tuple[OrderLine, int]] = []
    for line in order.lines:
        left = (line.quantity or 0) - line.shipped
        if partial:
            left = left * 6 // 10 // QUANTITY_ONE * QUANTITY_ONE
        if left > 0 and not line.closed:
            arrived.append((line, left))
    if not arrived:
        partial = False
        arrived = [
            (line, (line.quantity or 0) - line.shipped) for line in order.lines if (line.quantity or 0) > line.shipped
        ]
        if not arrived:
            return
    rate = world.header(subsidiary, vendor.id, vendor.currency, day).exchangerate
    unit = subsidiary.currency.unit
    lines: list[Line] = []
    lots: dict[int, int] = {}
    for place, (line, quantity) in enumerate(arrived, start=1):
        assert line.good is not None
        amount = extend(quantity, line.rate or 0, order.header.unit)
        value = convert(amount, rate, unit)
        stock.move(line.slot, quantity, value)
        stock.on_order[line.slot] -= quantity
        stock.last_price[line.slot] = convert(line.rate or 0, rate)
        if line.good.lot:
            lots[2 * place - 1] = line.slot
        line.shipped += quantity
        line.received_value += value
        lines.append(Line(place, line.item, quantity=quantity, rate=line.rate, cost=value, source_line=line.number))
    header = world.header(
        subsidiary,
        vendor.id,
        subsidiary.currency,
        day,
        department=6,
        location=location.id,
        created_from=order.document.id,
    )
    posted = post_item_receipt(ItemReceipt(header, tuple(lines), accrual=world.chart["accrued_purchases"]))
    document = desk.enter("ItemRcpt", day, subsidiary.id, len(posted.lines))
    desk.link(order.document, document, "ShipRcpt", 0)
    for place, (line, _) in enumerate(arrived, start=1):
        desk.link_lines(order.document, line.number, document, 2 * place - 1, "ShipRcpt")
    if lots:
        assign_lots(business, document, posted, lots)
    desk.write(document, header, posted)
    note_status(business, order, day, document.created)
    for line, _ in arrived:
        goods_arrived(business, day, line.slot)
    if partial:
        if order.document.id % 30 == 1:
            world.at(day + 20, _close_rest, order)
        else:
            world.at(world.calendar.business_day(day + 5 + int(world.random() * 10)), _receive, order)
    if not order.billing_due:
        order.billing_due = True
        world.at(world.calendar.business_day(day + 1 + int(world.random() * 9)), _bill, order)


def _close_rest(business: Business, day: int, order: Order) -> None:
    """The vendor cannot deliver the rest."""
    for line in order.lines:
        left = (line.quantity or 0) - line.shipped
        if left > 0:
            line.closed = True
            business.stock.on_order[line.slot] -= left
            business.stock.ask(line.slot)
    if note_status(business, order, day, business.desk.moment(day)) and order.status in "GH":
        write_purchase(business, order)


def _bill(business: Business, day: int, order: Order) -> None:
    """The vendor's bill for all that was received and not yet billed."""
    order.billing_due = False
    world = business.world
    desk = business.desk
    vendor = order.party
    subsidiary = world.subsidiary_by_id[world.stock_locations[order.place].subsidiary]
    lines: list[Line] = []
    for line in order.lines:
        part = line.shipped - line.billed
        if part <= 0:
            continue
        lines.append(
            Line(
                len(lines) + 1,
                line.item,
                quantity=part,
                rate=line.rate,
                amount=extend(part, line.rate or 0, order.header.unit),
                tax=line.tax,
                accrued=line.received_value,
                source_line=line.number,
            )
        )
        line.billed += part
        line.received_value = 0
    if not lines:
        return
    header = world.header(
        subsidiary,
        vendor.id,
        vendor.currency,
        day,
        department=9,
        location=order.header.location,
        created_from=order.document.id,
    )
    posted = post_vendor_bill(
        VendorBill(
            header,
            tuple(lines),
            world.chart["payable"],
            world.chart["accrued_purchases"],
            world.chart["variance"],
        )
    )
    bill = enter_bill(business, day, header, vendor, posted, subsidiary)
    desk.link(order.document, bill.document, "OrdBill", bill.total)
    for line in lines:
        desk.link_lines(order.document, line.source_line or 0, bill.document, line.id, "OrdBill", line.amount)
    if note_status(business, order, day, bill.document.created) and order.status in "GH":
        order.document.closed = world.calendar.iso[day]
        write_purchase(business, order)


def write_purchase(business: Business, order: Order) -> None:
    """Write a purchase order as it stands."""
    if business.purchases.pop(order.document.id, None) is None:
        return
    world = business.world
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
        )
        for line in order.lines
    )
    posted = post_purchase_order(
        PurchaseOrder(
            order.header,
            lines,
            world.chart["purchase_orders"],
            world.chart["stock"],
            order.approved,
            order.cancelled,
        )
    )
    business.desk.write(order.document, order.header, posted)
