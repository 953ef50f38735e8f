"""Sales orders, from estimates or fresh: who orders what, approval, commitment, closing, and their final rows."""

from __future__ import annotations

from collections import deque

from suitebridge.sandbox.netsuite.company.billing import bill_order
from suitebridge.sandbox.netsuite.company.business import Business, Order, OrderLine
from suitebridge.sandbox.netsuite.company.collecting import take_deposit
from suitebridge.sandbox.netsuite.company.documents import Document, tax_lines
from suitebridge.sandbox.netsuite.company.entities import Party
from suitebridge.sandbox.netsuite.company.finishing import finish_order, posting_lines
from suitebridge.sandbox.netsuite.company.shipping import ship_order
from suitebridge.sandbox.netsuite.company.statuses import note_status
from suitebridge.sandbox.netsuite.posting import Estimate, post_estimate
from suitebridge.sandbox.netsuite.posting.money import QUANTITY_ONE, convert, extend, percent_of

_LINE_COUNTS = (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4, 7)
_QUANTITIES = (1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12)
_CHANNELS = (1, 1, 1, 2, 2, 3, 4, 5)
_TRADE_DISCOUNT = -100_000


def choose_customer(business: Business, day: int) -> Party | None:
    """A customer who is there on that day; the older half of them order more."""
    customers = business.customers
    while business.active < len(customers) and customers[business.active].day < day:
        business.active += 1
    random = business.world.random
    count = business.active
    for _ in range(6):
        if not count:
            return None
        roll = random()
        customer = customers[int(count * roll * roll)]
        if (customer.until is None or customer.until > day) and customer.stage == "Customer":
            return customer
    return None


def choose_lines(business: Business, day: int, customer: Party, place: int) -> list[OrderLine]:
    """What a customer orders: goods, now and then a discount, now and then shipping."""
    world = business.world
    random = world.random
    catalog = business.catalog
    choices = catalog.choices
    total_choices = len(choices)
    stock = business.stock
    currency = customer.currency
    level = customer.level
    tax = customer.tax
    unit = currency.unit
    lines: list[OrderLine] = []
    goods_amount = 0
    physical = False
    base = customer.subsidiary.currency
    for _ in range(_LINE_COUNTS[int(random() * 20)]):
        good = choices[int(random() * total_choices)]
        if good.day > day:
            continue
        item = good.item
        roll = random()
        count = _QUANTITIES[int(roll * 16)]
        if good.base > 40_000:
            count = 1 + (count > 8)
        quantity = count * QUANTITY_ONE
        if item.itemtype == "Service" and count == 5:
            quantity = 250_000
        rate = good.prices[level, currency.id]
        amount = extend(quantity, rate, unit)
        goods_amount += amount
        slot = good.place * stock.locations + place if item.asset is not None else -1
        estimate = None
        if roll < 0.5:
            cents = quantity * good.cost // QUANTITY_ONE
            estimate = convert(cents, world.rates.at(world.subsidiaries[0].currency, base, day), base.unit)
        line = OrderLine(
            len(lines) + 1, item, "ITEM", quantity, rate, amount, tax, good=good, slot=slot, estimate=estimate
        )
        if roll < 0.06:
            line.ref = f"P{int(roll * 1e6)}"
        elif roll < 0.075:
            line.engraving = customer.name
        physical = physical or item.fulfillable
        lines.append(line)
    if not lines:
        return lines
    roll = random()
    if roll < 0.05:
        amount = percent_of(goods_amount, _TRADE_DISCOUNT, unit)
        lines.append(
            OrderLine(
                len(lines) + 1,
                catalog.discount,
                "DISCOUNT",
                None,
                None,
                amount,
                tax,
                percent=_TRADE_DISCOUNT,
            )
        )
    if physical and roll > 0.7:
        cents = 990 if goods_amount < 20_000 else 2_490 if roll < 0.9 else 5_900
        amount = cents if unit == 1 else cents * 100
        lines.append(OrderLine(len(lines) + 1, catalog.shipping, "SHIPPING", None, None, amount, tax))
    return lines


def _header_facts(business: Business, document: Document, customer: Party) -> None:
    random = business.world.random
    roll = random()
    document.channel = _CHANNELS[int(roll * 8)]
    if document.channel == 1:
        document.source = "Web Services"
        document.source_id = f"W{document.id * 7 % 900_000 + 100_000}"
        document.external = f"shop-{document.source_id}-{document.id}"
    if roll < 0.2 or not customer.person:
        document.other_ref = f"PO-{document.id % 9_973:04d}/{customer.number % 89}"
    if roll > 0.97:
        document.gift = "T"
    if 0.6 < roll < 0.64:
        document.memo = "Deliver to gate 3, ask for Ms. O'Neill"
    document.rep = customer.rep.id if customer.rep else None
    document.terms = customer.terms
    if customer.tax is not None and customer.tax.rate:
        document.nexus = customer.tax.taxtype


def create_order(
    business: Business,
    day: int,
    customer: Party,
    lines: list[OrderLine],
    place: int,
    estimate: Document | None = None,
) -> None:
    """Enter a sales order; what happens to it later is scheduled."""
    world = business.world
    random = world.random
    desk = business.desk
    subsidiary = customer.subsidiary
    document = desk.enter("SalesOrd", day, subsidiary.id, 1 + len(lines) + tax_lines(lines))
    location = world.stock_locations[place].id
    roll = random()
    header = world.header(
        subsidiary,
        customer.id,
        customer.currency,
        day,
        department=(2, 3, 2, 7)[int(roll * 4)],
        class_=lines[0].good.kind_class if lines[0].good else None,
        location=location,
        memo=None,
        created_from=estimate.id if estimate else None,
    )
    order = Order(document, header, customer, lines, place)
    _header_facts(business, document, customer)
    desk.bill_to(document, customer.address)
    desk.ship_to(document, customer.ship_address)
    document.approval = 2
    document.line_dates = (world.calendar.text(day + 3), None)
    text = world.calendar.iso[day]
    if customer.first_order is None:
        customer.first_order = text
    customer.last_order = text
    unit = header.unit
    for line in lines:
        order.total += line.amount + (percent_of(line.amount, line.tax.rate, unit) if line.tax else 0)
    if random() < 0.05:
        document.promised = world.calendar.text(day + 10)
    if random() < 0.04:
        document.margin = 150_000 + int(random() * 300_000)
    desk.note(document, "RECORD.CREATED", None, document.tranid, 1)
    if estimate is not None:
        desk.link(estimate, document, "EstInvc", order.total)
    business.orders[document.id] = order
    roll = random()
    if roll < 0.05:
        # Waits for approval, and now and then in vain.
        order.approved = False
        order.status = "A"
        document.approval = 1
        if roll < 0.047:
            wait = 1 + int(random() * 4)
            world.at(day + wait, cancel_order if roll < 0.006 else approve_order, order)
        return
    _commit(business, day, order)
    if roll > 0.985:
        world.at(day + 4 + int(random() * 25), close_order, order)
    if 0.5 < roll < 0.525 and order.total > 20_000:
        take_deposit(business, day, order)


def approve_order(business: Business, day: int, order: Order) -> None:
    """Approval: from now on the order holds goods."""
    order.approved = True
    order.document.approval = 2
    business.desk.touch(order.document, day)
    note_status(business, order, day)
    _commit(business, day, order)


def cancel_order(business: Business, day: int, order: Order) -> None:
    """An order that is never approved."""
    order.cancelled = True
    for line in order.lines:
        line.closed = True
    order.document.closed = business.world.calendar.iso[day]
    business.desk.touch(order.document, day)
    note_status(business, order, day)
    finish_order(business, order)


def close_order(business: Business, day: int, order: Order) -> None:
    """The customer does not want the rest: what is still open is closed and sets its goods free."""
    if order.document.id not in business.orders or not order.approved:
        return
    stock = business.stock
    changed = False
    for line in order.lines:
        if line.kind != "ITEM" or line.closed or line.quantity is None:
            continue
        # What has shipped must still be billed.
        if line.billed < line.quantity and line.shipped == line.billed:
            line.closed = changed = True
            if line.slot >= 0:
                stock.committed[line.slot] -= line.committed
                stock.backordered[line.slot] -= line.quantity - line.shipped - line.committed
                line.committed = 0
    if changed:
        business.desk.touch(order.document, day)
        note_status(business, order, day)
        if order.status in "GH":
            order.document.closed = business.world.calendar.iso[day]
            finish_order(business, order)


def _commit(business: Business, day: int, order: Order) -> None:
    stock = business.stock
    world = business.world
    moves = False
    ready = False
    for line in order.lines:
        item = line.item
        if line.kind != "ITEM" or item is None or not item.fulfillable:
            continue
        moves = True
        slot = line.slot
        if slot < 0:
            ready = True
            continue
        quantity = line.quantity or 0
        take = min(max(stock.available(slot), 0), quantity)
        line.committed = take
        stock.committed[slot] += take
        if take < quantity:
            stock.backordered[slot] += quantity - take
            waiting = stock.waiting.get(slot)
            if waiting is None:
                waiting = stock.waiting[slot] = deque()
            waiting.append((order, line))
        if take:
            ready = True
        stock.ask(slot)
    order.patient = order.document.id % 6 == 0
    wait = 1 + int(world.random() * 5)
    if not moves:
        order.billing_due = True
        world.at(world.calendar.business_day(day + wait), bill_order, order)
    elif ready:
        order.shipping_due = True
        world.at(world.calendar.business_day(day + wait), ship_order, order)


def create_estimate(business: Business, day: int, customer: Party, lines: list[OrderLine], place: int) -> None:
    """Enter an estimate, which becomes an order, expires, or is closed."""
    world = business.world
    random = world.random
    document = business.desk.enter("Estimate", day, customer.subsidiary.id, 1 + len(lines) + tax_lines(lines))
    header = world.header(
        customer.subsidiary,
        customer.id,
        customer.currency,
        day,
        department=2,
        location=world.stock_locations[place].id,
    )
    _header_facts(business, document, customer)
    document.external = document.source_id = document.source = None
    document.due = world.calendar.text(day + 30)
    order = Order(document, header, customer, lines, place)
    order.status = "A"
    business.estimates[document.id] = order
    roll = random()
    if roll < 0.6:
        world.at(day + 2 + int(random() * 20), accept_estimate, order)
    elif roll < 0.8:
        world.at(day + 31, end_estimate, (order, "X"))
    elif roll < 0.9:
        world.at(day + 5 + int(random() * 20), end_estimate, (order, "C"))


def accept_estimate(business: Business, day: int, estimate: Order) -> None:
    """The customer orders what was offered."""
    business.converted += 1
    lines: list[OrderLine] = []
    for line in estimate.lines:
        assert line.item is not None
        lines.append(
            OrderLine(
                line.number,
                line.item,
                line.kind,
                line.quantity,
                line.rate,
                line.amount,
                line.tax,
                good=line.good,
                slot=line.slot,
                percent=line.percent,
                estimate=line.estimate,
            )
        )
    create_order(business, day, estimate.party, lines, estimate.place, estimate.document)
    end_estimate(business, day, (estimate, "B"))


def end_estimate(business: Business, day: int, ending: tuple[Order, str]) -> None:
    """Write an estimate with its last status."""
    estimate, status = ending
    business.estimates.pop(estimate.document.id, None)
    if status != "A":
        business.desk.touch(estimate.document, day)
    posted = post_estimate(
        Estimate(
            estimate.header,
            posting_lines(estimate),
            business.world.chart["estimates"],
            processed=status == "B",
            closed=status == "C",
            expired=status == "X",
        )
    )
    business.desk.write(estimate.document, estimate.header, posted)
