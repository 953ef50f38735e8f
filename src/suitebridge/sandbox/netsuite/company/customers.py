"""Customers: who they are, how they pay, and their rows."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.addresses import make_address, write_entity_address
from suitebridge.sandbox.netsuite.company.entities import Employee, Party, moment
from suitebridge.sandbox.netsuite.company.geography import (
    EXEMPT_CODE,
    NEXUSES,
    REVERSE_CHARGE_CODE,
    SubsidiarySpec,
)
from suitebridge.sandbox.netsuite.company.names import REGIONS, address_part
from suitebridge.sandbox.netsuite.company.rows import shape
from suitebridge.sandbox.netsuite.company.world import World
from suitebridge.sandbox.netsuite.posting import Tax

PROMPT, LATE, VERY_LATE, NEVER = 0, 1, 2, 3


def plan_customers(world: World) -> list[Party]:
    """The customers, each with the day it was entered; more of them come in later years."""
    random = world.people_chance.random
    shares = [each for each in world.subsidiaries for _ in range(each.share)]
    before = world.size.customers * 2 // 5
    customers: list[Party] = []
    for number in range(world.size.customers):
        subsidiary = shares[int(random() * len(shares))]
        currency = subsidiary.currency
        roll = random()
        if roll < 0.1 and subsidiary.foreign:
            currency = subsidiary.foreign[int(roll * 10 * len(subsidiary.foreign))]
        customer = Party(number, subsidiary, currency)
        customer.day = -680 + int(random() * 680) if number < before else int(random() * world.calendar.today)
        customers.append(customer)
    customers.sort(key=lambda each: each.day)
    for number, customer in enumerate(customers):
        customer.number = number
    return customers


def _tax_of(world: World, subsidiary: SubsidiarySpec, state: str | None, foreign: bool) -> Tax | None:
    codes = world.sales_taxes
    if subsidiary.country == "US":
        for nexus in NEXUSES:
            if nexus.country == "US" and nexus.state == state and not foreign:
                return codes[nexus.id]
        return None
    if foreign:
        return codes[REVERSE_CHARGE_CODE] if subsidiary.country == "DE" else codes[EXEMPT_CODE]
    for nexus in NEXUSES:
        if nexus.country == subsidiary.country:
            return codes[nexus.id]
    return None


def describe_customers(world: World, customers: list[Party], staff: list[Employee]) -> None:
    """Give customers their names, addresses, terms and habits; ids and stamps are given already."""
    random = world.people_chance.random
    namer = world.namer
    reps: dict[int, list[Employee]] = {}
    for employee in staff:
        if employee.sales and not employee.left:
            reps.setdefault(employee.subsidiary.id, []).append(employee)
    everyone = [employee for employee in staff if employee.sales] or staff
    for customer in customers:
        subsidiary = customer.subsidiary
        region = REGIONS[subsidiary.country]
        roll = random()
        customer.person = roll < 0.2
        if customer.person:
            customer.first, customer.last = namer.person(region)
            customer.name = namer.unique(f"{customer.first} {customer.last}")
            domain = "mail.example"
            customer.email = (
                f"{address_part(customer.first, 'c')}.{address_part(customer.last, 'x')}{customer.number}@{domain}"
            )
        else:
            customer.name = customer.company = namer.company(region)
            customer.email = f"info@{address_part(customer.name, f'c{customer.number}')}.example"
            if 0.2 <= roll < 0.26 and customer.number > 10:
                parent = customers[int(random() * customer.number)]
                if not parent.person and parent.parent is None and parent.subsidiary is subsidiary:
                    customer.parent = parent
        if random() < 0.06:
            customer.email = None
        customer.phone = namer.phone(region) if random() < 0.85 else None
        customer.address = make_address(namer, random, region, customer.name)
        customer.ship_address = customer.address
        key = world.address_keys.next()
        separate = random() < 0.2
        customer.default_keys = (key, key)
        write_entity_address(
            world.rows,
            "customer",
            key,
            customer.id,
            customer.address,
            customer.stamp,
            billing=True,
            shipping=not separate,
            residential=customer.person,
        )
        if separate:
            customer.ship_address = make_address(namer, random, region, customer.name)
            ship_key = world.address_keys.next()
            customer.default_keys = (key, ship_key)
            write_entity_address(
                world.rows,
                "customer",
                ship_key,
                customer.id,
                customer.ship_address,
                customer.stamp,
                billing=False,
                shipping=True,
                residential=customer.person,
            )
        if customer.number % 19 == 4:
            # Some may also be sold to by a second subsidiary, and so far never were.
            other = world.subsidiaries[(customer.number // 19) % len(world.subsidiaries)]
            if other is not subsidiary:
                customer.subsidiaries = (subsidiary, other)
        foreign = customer.currency.id != subsidiary.currency.id
        customer.tax = _tax_of(world, subsidiary, customer.address.state, foreign)
        roll = random()
        customer.terms = 4 if customer.person else (2, 2, 2, 1, 3, 5, 6, 8)[int(roll * 8)]
        customer.level = 5 if customer.person else (1, 1, 1, 2, 2, 5)[int(roll * 5.99)]
        roll = random()
        customer.payer = PROMPT if roll < 0.62 else LATE if roll < 0.88 else VERY_LATE if roll < 0.975 else NEVER
        own = reps.get(subsidiary.id) or everyone
        customer.rep = own[int(random() * len(own))] if random() < 0.8 else None
        roll = random()
        customer.segment = 1 + int(roll * 6)
        roll = random()
        customer.stage = "Customer" if roll < 0.9 else "Prospect" if roll < 0.96 else "Lead"
        if random() < 0.05 and customer.day < world.calendar.today - 200:
            customer.inactive = True
            customer.until = customer.day + 100 + int(random() * 600)
            if customer.until >= world.calendar.today:
                customer.until = world.calendar.today - 30


_CUSTOMER = shape(
    "customer",
    (
        "id",
        "externalid",
        "entityid",
        "entitynumber",
        "altname",
        "entitytitle",
        "isperson",
        "companyname",
        "salutation",
        "firstname",
        "lastname",
        "email",
        "phone",
        "fax",
        "url",
        "comments",
        "parent",
        "isinactive",
        "category",
        "entitystatus",
        "searchstage",
        "salesrep",
        "terms",
        "pricelevel",
        "currency",
        "creditlimit",
        "creditholdoverride",
        "accountnumber",
        "resalenumber",
        "taxable",
        "defaultbillingaddress",
        "defaultshippingaddress",
        "firstorderdate",
        "lastorderdate",
        "firstsaledate",
        "lastsaledate",
        "datecreated",
        "dateclosed",
        "lastmodifieddate",
        "custentity_sb_region",
        "custentity_sb_segment",
        "custentity_sb_score",
        "custentity_sb_vip",
        "custentity_sb_since",
    ),
    {
        "isbudgetapproved": "F",
        "emailpreference": "DEFAULT",
        "giveaccess": "F",
        "duplicate": "F",
        "shipcomplete": "F",
        "oncredithold": "F",
    },
)
_RELATION = shape(
    "customersubsidiaryrelationship",
    (
        "id",
        "name",
        "entity",
        "subsidiary",
        "isprimarysub",
        "primarycurrency",
        "balance",
        "depositbalance",
        "unbilledorders",
        "lastmodifieddate",
    ),
)
_STATUS_OF = {"Customer": 13, "Prospect": 8, "Lead": 7}


def write_customers(world: World, customers: list[Party]) -> None:
    """Rows of customers and their subsidiaries, once all their documents are known."""
    random = world.people_chance.random
    out = world.rows["customer"]
    relations = world.rows["customersubsidiaryrelationship"]
    calendar = world.calendar
    relation = 0
    for customer in customers:
        number = customer.number
        region = customer.subsidiary.country
        stage = "Customer" if customer.first_order else customer.stage
        modified = customer.stamp
        if customer.until is not None:
            modified = moment(calendar.text(customer.until), 54_000 + number % 3_600)
        elif random() < 0.3:
            edited = customer.day + int(random() * (calendar.today - customer.day))
            modified = max(modified, moment(calendar.text(edited), 36_000 + number % 20_000))
        sparse = random()
        out.append(
            _CUSTOMER(
                (
                    customer.id,
                    f"shop-{70_000 + number * 3}" if sparse < 0.35 else None,
                    customer.name,
                    number + 1,
                    customer.name,
                    customer.name,
                    "T" if customer.person else "F",
                    customer.company,
                    "Ms." if customer.person and number % 7 == 0 else None,
                    customer.first,
                    customer.last,
                    customer.email,
                    customer.phone,
                    customer.phone if customer.phone and number % 11 == 0 else None,
                    None
                    if customer.person or sparse > 0.5
                    else f"https://{address_part(customer.name, 'www')}.example",
                    None if sparse < 0.9 else f'Prefers delivery before noon, says "{customer.name}"',
                    customer.parent.id if customer.parent else None,
                    "T" if customer.inactive else "F",
                    2 if customer.person else (1, 3, 1, 4, 6)[number % 5],
                    _STATUS_OF[stage],
                    stage,
                    customer.rep.id if customer.rep else None,
                    customer.terms,
                    customer.level,
                    customer.currency.id,
                    None if customer.person else (500_000, 1_000_000, 2_500_000)[number % 3],
                    "AUTO",
                    f"{region}{10_000 + number}" if sparse < 0.6 else None,
                    f"R{number:06d}" if region == "US" and customer.tax is None else None,
                    "T" if customer.tax is not None and customer.tax.rate else "F",
                    customer.default_keys[0],
                    customer.default_keys[1],
                    customer.first_order,
                    customer.last_order,
                    customer.first_sale,
                    customer.last_sale,
                    customer.stamp,
                    customer.first_order,
                    modified,
                    ("North", "South", "East", "West")[number % 4] if sparse < 0.25 else None,
                    customer.segment if sparse < 0.6 else None,
                    int(sparse * 1_000_000) if 0.2 < sparse < 0.3 else None,
                    "T" if sparse < 0.05 else "F" if sparse < 0.2 else None,
                    calendar.text(customer.day) if sparse > 0.8 else None,
                )
            )
        )
        for place, each in enumerate(customer.subsidiaries):
            relation += 1 + (relation % 97 == 0)
            relations.append(
                _RELATION(
                    (
                        relation,
                        f"{customer.name} : {each.name}",
                        customer.id,
                        each.id,
                        "T" if place == 0 else "F",
                        customer.currency.id,
                        customer.balances.get(each.id, 0),
                        customer.deposits.get(each.id, 0),
                        customer.unbilled.get(each.id, 0),
                        modified,
                    )
                )
            )
