"""Makes a whole company and streams it, month by month, into a sink such as the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from suitebridge.sandbox.netsuite.company.business import Business, OrderLine
from suitebridge.sandbox.netsuite.company.cash_sales import sell_for_cash
from suitebridge.sandbox.netsuite.company.chart import write_chart
from suitebridge.sandbox.netsuite.company.collecting import settle_invoice, write_credit
from suitebridge.sandbox.netsuite.company.contacts import write_contact, write_job
from suitebridge.sandbox.netsuite.company.customers import describe_customers, plan_customers, write_customers
from suitebridge.sandbox.netsuite.company.documents import Desk
from suitebridge.sandbox.netsuite.company.entities import Employee, Party, moment
from suitebridge.sandbox.netsuite.company.exchange import write_consolidated, write_rates
from suitebridge.sandbox.netsuite.company.finishing import finish_order
from suitebridge.sandbox.netsuite.company.geography import CURRENCIES, NEXUSES, PARENT
from suitebridge.sandbox.netsuite.company.item_rows import write_items
from suitebridge.sandbox.netsuite.company.items import make_catalog, make_stock
from suitebridge.sandbox.netsuite.company.journals import close_month, open_books
from suitebridge.sandbox.netsuite.company.lists import write_lists
from suitebridge.sandbox.netsuite.company.machines import write_machines
from suitebridge.sandbox.netsuite.company.orders import (
    choose_customer,
    choose_lines,
    create_estimate,
    create_order,
    end_estimate,
)
from suitebridge.sandbox.netsuite.company.payables import enter_expense, settle_bill
from suitebridge.sandbox.netsuite.company.periods import Calendar, write_periods
from suitebridge.sandbox.netsuite.company.purchasing import order_goods, stock_up, write_purchase
from suitebridge.sandbox.netsuite.company.returns import write_return
from suitebridge.sandbox.netsuite.company.rows import Rows, Sink
from suitebridge.sandbox.netsuite.company.seasons import share_by_day
from suitebridge.sandbox.netsuite.company.shipping import ship_order
from suitebridge.sandbox.netsuite.company.sizes import size_named
from suitebridge.sandbox.netsuite.company.staff import plan_staff, write_partner, write_staff
from suitebridge.sandbox.netsuite.company.system import plan_entity_notes, write_deletions
from suitebridge.sandbox.netsuite.company.vendors import describe_vendors, plan_vendors, write_vendors
from suitebridge.sandbox.netsuite.company.world import World

GENERATOR_VERSION = 2
"""Goes up whenever the same seed gives another company than before."""

REFERENCE_DATE = date(2026, 10, 31)
"""The last day of a generated history unless another one is asked for."""

_FIRST_SALE = 40
"""Sales begin when the first goods are on the shelves."""

_FIRST_PURCHASE = 2
_TRIES = 20


def generate(sink: Sink, size: str = "small", seed: int = 1, today: date = REFERENCE_DATE) -> dict[str, int]:
    """Make a company of that size ("empty", "small", "medium" or "large") and load it into the sink.

    The same arguments give the same rows in the same order. Gives the number of rows by table. A ValueError tells of
    an unknown size.
    """
    calendar = Calendar(today)
    rows = Rows(sink)
    world = World(size_named(size), seed, calendar, rows)
    staff, customers, vendors = _people(world)
    since = calendar.text(-1_000)
    agencies = {nexus.id: vendor.id for nexus, vendor in zip(NEXUSES, vendors, strict=False)}
    write_periods(calendar, rows)
    write_chart(world.chart, rows, {each.symbol: each.id for each in CURRENCIES}, PARENT, since)
    write_lists(rows, calendar, world.rates, world.chart, agencies, since)
    write_rates(world.rates, calendar, rows)
    write_consolidated(world.rates, calendar, rows)
    write_staff(world, staff)
    if world.size.orders:
        _history(world, staff, customers, vendors)
    rows.flush()
    sink.finish_load()
    return rows.counts


def _people(world: World) -> tuple[list[Employee], list[Party], list[Party]]:
    """Plan all entities, give them ids in the order of their entry, then names and addresses."""
    staff = plan_staff(world)
    vendors = plan_vendors(world)
    customers = plan_customers(world) if world.size.customers else []
    random = world.people_chance.random
    today = world.calendar.today
    size = world.size
    contacts = [
        (customer.day + int(random() * 40), number, customer)
        for number in range(size.contacts)
        for customer in [customers[int(random() * len(customers))]]
    ]
    projects = [
        (max(customer.day, 0) + int(random() * 60), number, customer)
        for number in range(size.jobs)
        for customer in [customers[int(random() * len(customers))]]
    ]
    entered: list[tuple[int, int, int]] = []
    entered += [(each.day, 0, place) for place, each in enumerate(staff)]
    entered += [(each.day, 1, place) for place, each in enumerate(vendors)]
    entered += [(each.day, 2, place) for place, each in enumerate(customers)]
    entered += [(min(day, today), 3, place) for place, (day, _, _) in enumerate(contacts)]
    entered += [(-600 + 31 * number, 4, number) for number in range(size.partners)]
    entered += [(min(day, today), 5, place) for place, (day, _, _) in enumerate(projects)]
    entered.sort()
    stamps: list[tuple[int, int, int, int, str]] = []
    last, second = -10_000, 0
    for day, kind, place in entered:
        second = second + 37 if day == last else 30_600 + (day * 997) % 6_000
        last = day
        stamp = moment(world.calendar.text(day), min(second, 86_399))
        number = world.entity_ids.next()
        if kind == 0:
            staff[place].id, staff[place].stamp = number, stamp
        elif kind == 1:
            vendors[place].id, vendors[place].stamp = number, stamp
        elif kind == 2:
            customers[place].id, customers[place].stamp = number, stamp
        else:
            stamps.append((kind, place, number, day, stamp))
    describe_vendors(world, vendors)
    describe_customers(world, customers, staff)
    for kind, place, number, day, stamp in stamps:
        if kind == 3:
            company = contacts[place][2]
            write_contact(world, place, number, stamp, company if place % 9 else None)
        elif kind == 4:
            write_partner(world, place, number, stamp)
        else:
            write_job(world, place, number, day, stamp, projects[place][2])
    return staff, customers, vendors


def _history(world: World, staff: list[Employee], customers: list[Party], vendors: list[Party]) -> None:
    calendar = world.calendar
    catalog = make_catalog(world, vendors)
    stock = make_stock(world, catalog)
    desk = Desk(world, staff)
    business = Business(world, desk, staff, customers, vendors, catalog, stock, ship_order)
    size = world.size
    orders = share_by_day(calendar, size.orders, _FIRST_SALE)
    estimates = share_by_day(calendar, size.orders // 7, _FIRST_SALE - 20)
    counter = share_by_day(calendar, size.orders // 25, _FIRST_SALE)
    expenses = share_by_day(calendar, size.expense_bills, 0)
    month_ends = set(calendar.month_ends())
    plan_entity_notes(business)
    open_books(business, 0)
    for day in range(calendar.today + 1):
        _day(business, day, orders[day], estimates[day], counter[day], expenses[day])
        if day == _FIRST_PURCHASE:
            stock_up(business, day)
        if calendar.weekday[day] == 0 and stock.need and day > _FIRST_PURCHASE:
            order_goods(business, day)
        if day in month_ends:
            close_month(business, day)
            world.rows.flush()
    _finish(business)
    write_items(world, catalog, stock)
    write_customers(world, customers)
    write_vendors(world, vendors)
    write_machines(business)
    write_deletions(business)


def _day(business: Business, day: int, orders: int, estimates: int, counter: int, expenses: int) -> None:
    world = business.world
    for _ in range(expenses):
        enter_expense(business, day)
    for count, enter in ((estimates, create_estimate), (counter, sell_for_cash)):
        for _ in range(count):
            _visit(business, day, enter)
    # What was scheduled for today; more of it may come while it happens.
    for handler, subject in world.days[day]:
        handler(business, day, subject)
    world.days[day] = []
    while orders > 0:
        if business.converted:
            business.converted -= 1
        else:
            _visit(business, day, create_order)
        orders -= 1


def _visit(business: Business, day: int, enter: Callable[[Business, int, Party, list[OrderLine], int], None]) -> None:
    """A customer comes and wants something; where one finds nothing, the next one is asked."""
    for _ in range(_TRIES):
        customer = choose_customer(business, day)
        if customer is None:
            continue
        places = business.world.location_places[customer.subsidiary.id]
        place = places[int(business.world.random() * len(places))] if len(places) > 1 else places[0]
        lines = choose_lines(business, day, customer, place)
        if lines:
            enter(business, day, customer, lines, place)
            return


def _finish(business: Business) -> None:
    """The history ends: write all that is still open, as it stands."""
    for order in list(business.orders.values()):
        finish_order(business, order)
    for back in list(business.returns.values()):
        write_return(business, back)
    for purchase in list(business.purchases.values()):
        write_purchase(business, purchase)
    for invoice in list(business.invoices.values()):
        settle_invoice(business, invoice)
    for bill in list(business.bills.values()):
        settle_bill(business, bill)
    for credit in list(business.credits.values()):
        write_credit(business, credit)
    for estimate in list(business.estimates.values()):
        end_estimate(business, business.world.calendar.today, (estimate, "A"))
