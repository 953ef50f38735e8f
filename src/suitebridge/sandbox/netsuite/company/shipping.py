"""Item fulfillments: what is committed leaves, at average cost; the rest waits for goods."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.billing import bill_order
from suitebridge.sandbox.netsuite.company.business import Business, Order, OrderLine
from suitebridge.sandbox.netsuite.company.documents import Document
from suitebridge.sandbox.netsuite.company.lots import assign_lots
from suitebridge.sandbox.netsuite.company.statuses import note_status
from suitebridge.sandbox.netsuite.posting import Component, ItemFulfillment, Line, Posted, post_item_fulfillment
from suitebridge.sandbox.netsuite.posting.money import QUANTITY_ONE, convert


def ship_order(business: Business, day: int, order: Order) -> None:
    """Ship what can be shipped. A patient order waits until all of it can."""
    order.shipping_due = False
    if order.document.id not in business.orders or not order.approved:
        return
    world = business.world
    ready: list[tuple[OrderLine, int]] = []
    missing = kit = False
    for line in order.lines:
        item = line.item
        if line.kind != "ITEM" or item is None or not item.fulfillable or line.closed:
            continue
        left = (line.quantity or 0) - line.shipped
        if left <= 0:
            continue
        if item.itemtype == "Kit":
            # One kit a shipment: two could need the same component.
            if not kit and _kit_is_there(business, order, line, left):
                ready.append((line, left))
                kit = True
            else:
                missing = True
        elif line.slot < 0:
            ready.append((line, left))
        else:
            if line.committed:
                ready.append((line, line.committed))
            if line.committed < left:
                missing = True
    if not ready or (missing and order.patient):
        if missing:
            order.shipping_due = True
            world.at(world.calendar.business_day(day + 6), ship_order, order)
        return
    _ship(business, day, order, ready)
    if missing and any(line.item is not None and line.item.itemtype == "Kit" for line in order.lines):
        order.shipping_due = True
        world.at(world.calendar.business_day(day + 7), ship_order, order)
    if not order.billing_due:
        order.billing_due = True
        world.at(world.calendar.business_day(day + int(world.random() * 4)), bill_order, order)


def _kit_is_there(business: Business, order: Order, line: OrderLine, left: int) -> bool:
    stock = business.stock
    assert line.good is not None
    complete = True
    for part, number in line.good.parts:
        slot = part.place * stock.locations + order.place
        if stock.available(slot) < left * number:
            complete = False
            # Nobody commits to kits: what is missing must be asked for by name.
            stock.target[slot] = max(stock.target[slot], left * number)
            stock.reorder[slot] = max(stock.reorder[slot], left * number)
            stock.ask(slot)
    return complete


def kit_components(business: Business, line: OrderLine, quantity: int, place: int) -> tuple[Component, ...]:
    """The components of a kit line with what they cost now, taken from stock."""
    stock = business.stock
    assert line.good is not None
    components: list[Component] = []
    for part, number in line.good.parts:
        slot = part.place * stock.locations + place
        count = quantity * number
        cost = stock.cost(slot, count, part.cost * 10**6)
        stock.move(slot, -count, -cost)
        components.append(Component(part.item, number * QUANTITY_ONE, cost))
    return tuple(components)


def local_cost(business: Business, good_cost: int, place: int, day: int) -> int:
    """A catalogue cost (cents of a dollar) as a unit cost (scale 8) in the currency of a location."""
    world = business.world
    base = world.subsidiary_by_id[world.stock_locations[place].subsidiary].currency
    return convert(good_cost, world.rates.at(world.subsidiaries[0].currency, base, day), base.unit) * 10**6


def _ship(business: Business, day: int, order: Order, ready: list[tuple[OrderLine, int]]) -> None:
    world = business.world
    desk = business.desk
    stock = business.stock
    lines: list[Line] = []
    plain = 0
    lots: list[tuple[int, int]] = []
    stocked = 0
    for place, (line, quantity) in enumerate(ready, start=1):
        item = line.item
        assert item is not None
        components: tuple[Component, ...] = ()
        cost = None
        if line.slot >= 0:
            assert line.good is not None
            cost = stock.cost(line.slot, quantity, 0)
            line.committed -= quantity
            stock.committed[line.slot] -= quantity
            stock.move(line.slot, -quantity, -cost)
            if line.good.lot:
                lots.append((stocked, line.slot))
            stocked += 1
        else:
            plain += 1
            if item.itemtype == "Kit":
                components = kit_components(business, line, quantity, order.place)
                stocked += len(components)
        lines.append(
            Line(
                place,
                item,
                quantity=quantity,
                cost=cost,
                components=components,
                source_line=line.number,
                class_=line.good.kind_class if line.good else None,
            )
        )
        line.shipped += quantity
    document = desk.enter("ItemShip", day, order.header.subsidiary, 1 + plain + 2 * stocked)
    party = order.party
    header = world.header(
        party.subsidiary,
        party.id,
        party.subsidiary.currency,
        day,
        department=6,
        location=order.header.location,
        created_from=order.document.id,
    )
    posted = post_item_fulfillment(ItemFulfillment(header, tuple(lines)))
    document.ship_day = world.calendar.iso[day]
    document.line_dates = (None, document.ship_day)
    document.rep = order.document.rep
    desk.ship_to(document, party.ship_address)
    desk.link(order.document, document, "ShipRcpt", 0)
    _link_lines(business, order, document, posted, ready)
    if lots:
        first = 1 + plain
        assign_lots(business, document, posted, {first + 2 * place: slot for place, slot in lots})
    desk.write(document, header, posted)
    note_status(business, order, day, document.created)


def _link_lines(
    business: Business, order: Order, document: Document, posted: Posted, ready: list[tuple[OrderLine, int]]
) -> None:
    """Each order line leads to the item line it was shipped by; the components of kits have no line before them."""
    shipped: dict[int, int] = {}
    for line in posted.lines:
        source = line.source
        if source is not None and line.iscogs is None and line.kitmemberof is None:
            shipped.setdefault(source.source_line or 0, line.id)
    for line, _ in ready:
        business.desk.link_lines(order.document, line.number, document, shipped[line.number], "ShipRcpt")
