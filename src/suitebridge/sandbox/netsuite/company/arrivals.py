"""When goods arrive: those who wait for them get them, first come first served, and are shipped to."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.business import Business


def goods_arrived(business: Business, day: int, slot: int) -> None:
    """Commit what is available at this slot to the lines that are back-ordered."""
    stock = business.stock
    waiting = stock.waiting.get(slot)
    if not waiting:
        return
    world = business.world
    while waiting:
        order, line = waiting[0]
        left = (line.quantity or 0) - line.shipped - line.committed
        if line.closed or left <= 0 or order.document.id not in business.orders:
            waiting.popleft()
            continue
        part = min(left, stock.available(slot))
        if part <= 0:
            return
        line.committed += part
        stock.committed[slot] += part
        stock.backordered[slot] -= part
        if part == left:
            waiting.popleft()
        if not order.shipping_due:
            order.shipping_due = True
            world.at(world.calendar.business_day(day + 1 + int(world.random() * 2)), business.ship_order, order)
