"""Vendors: those of goods, those of services, and the tax agencies."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.addresses import make_address, write_entity_address
from suitebridge.sandbox.netsuite.company.entities import Party, moment
from suitebridge.sandbox.netsuite.company.geography import NEXUSES
from suitebridge.sandbox.netsuite.company.names import REGIONS, address_part
from suitebridge.sandbox.netsuite.company.rows import shape
from suitebridge.sandbox.netsuite.company.world import World

_EXPENSES = (
    "utilities",
    "travel",
    "marketing",
    "freight",
    "software",
    "insurance",
    "repairs",
    "legal",
    "rent",
    "subcontract",
)


def plan_vendors(world: World) -> list[Party]:
    """The tax agencies, then the vendors of goods, then all others, each with a day of entry."""
    if world.size.vendors == 0:
        return []
    random = world.people_chance.random
    vendors: list[Party] = []
    for nexus in NEXUSES:
        subsidiary = next(each for each in world.subsidiaries if each.country == nexus.country)
        agency = Party(len(vendors), subsidiary, subsidiary.currency)
        agency.name = nexus.agency
        agency.day = -690 + nexus.id
        vendors.append(agency)
    goods = max(6, world.size.items // 12)
    shares = [each for each in world.subsidiaries for _ in range(each.share)]
    for number in range(len(vendors), world.size.vendors):
        subsidiary = shares[int(random() * len(shares))]
        vendor = Party(number, subsidiary, subsidiary.currency)
        vendor.goods = number < len(NEXUSES) + goods
        if vendor.goods:
            # Goods come from vendors that all subsidiaries buy from.
            vendor.subsidiaries = (
                subsidiary,
                *(each for each in world.subsidiaries if each is not subsidiary),
            )
        early = vendor.goods or number < world.size.vendors // 2
        vendor.day = -650 + int(random() * 600) if early else int(random() * world.calendar.today)
        vendors.append(vendor)
    return vendors


def describe_vendors(world: World, vendors: list[Party]) -> None:
    """Give vendors their names, addresses and terms; ids and stamps are given already."""
    random = world.people_chance.random
    namer = world.namer
    for vendor in vendors:
        region = REGIONS[vendor.subsidiary.country]
        vendor.person = not vendor.name and not vendor.goods and random() < 0.1
        if vendor.name:
            vendor.company = vendor.name = namer.unique(vendor.name)
        elif vendor.person:
            vendor.first, vendor.last = namer.person(region)
            vendor.name = namer.unique(f"{vendor.first} {vendor.last}")
        else:
            vendor.company = vendor.name = namer.company(region)
        vendor.email = f"ar{vendor.number}@{address_part(vendor.name, 'vendor')}.example"
        vendor.phone = namer.phone(region) if random() < 0.8 else None
        vendor.terms = (2, 2, 3, 1, 6)[int(random() * 5)]
        account = world.chart[_EXPENSES[int(random() * len(_EXPENSES))]]
        vendor.expense = None if vendor.number < len(NEXUSES) else account
        vendor.tax = next(
            (
                world.purchase_taxes[each.id]
                for each in NEXUSES
                if each.country == vendor.subsidiary.country and each.id in world.purchase_taxes
            ),
            None,
        )
        vendor.inactive = not vendor.goods and vendor.number > len(NEXUSES) and random() < 0.04
        vendor.address = make_address(namer, random, region, vendor.name)
        key = world.address_keys.next()
        vendor.default_keys = (key, key)
        write_entity_address(
            world.rows,
            "vendor",
            key,
            vendor.id,
            vendor.address,
            vendor.stamp,
            billing=True,
            shipping=True,
            residential=False,
        )


_VENDOR = shape(
    "vendor",
    (
        "id",
        "externalid",
        "entityid",
        "entitynumber",
        "altname",
        "entitytitle",
        "isperson",
        "companyname",
        "legalname",
        "firstname",
        "lastname",
        "email",
        "phone",
        "url",
        "comments",
        "isinactive",
        "category",
        "terms",
        "currency",
        "expenseaccount",
        "creditlimit",
        "accountnumber",
        "printoncheckas",
        "is1099eligible",
        "balanceprimary",
        "defaultbillingaddress",
        "defaultshippingaddress",
        "datecreated",
        "lastmodifieddate",
        "custentity_sb_rating",
        "custentity_sb_lead_days",
    ),
    {"emailpreference": "DEFAULT", "giveaccess": "F", "isjobresourcevend": "F", "duplicate": "F"},
)
_RELATION = shape(
    "vendorsubsidiaryrelationship",
    (
        "id",
        "name",
        "entity",
        "subsidiary",
        "isprimarysub",
        "primarycurrency",
        "balance",
        "balancebase",
        "lastmodifieddate",
    ),
)


def write_vendors(world: World, vendors: list[Party]) -> None:
    """Rows of vendors and their subsidiaries, once all their documents are known.

    `balances` of a vendor are in base currency by subsidiary, `deposits` the same in the vendor's currency.
    """
    random = world.people_chance.random
    out = world.rows["vendor"]
    relations = world.rows["vendorsubsidiaryrelationship"]
    calendar = world.calendar
    relation = 0
    for vendor in vendors:
        number = vendor.number
        modified = vendor.stamp
        sparse = random()
        if sparse < 0.25 and vendor.day < calendar.today - 10:
            edited = vendor.day + int(random() * (calendar.today - vendor.day))
            modified = max(modified, moment(calendar.text(edited), 33_000 + number % 20_000))
        agency = number < len(NEXUSES)
        out.append(
            _VENDOR(
                (
                    vendor.id,
                    f"srm-{4_000 + number}" if sparse < 0.3 else None,
                    vendor.name,
                    number + 1,
                    vendor.name,
                    vendor.name,
                    "T" if vendor.person else "F",
                    vendor.company,
                    vendor.company if sparse < 0.5 else None,
                    vendor.first,
                    vendor.last,
                    vendor.email,
                    vendor.phone,
                    f"www.{address_part(vendor.name, 'vendor')}.example" if sparse > 0.7 else None,
                    'Minimum order 250, "no exceptions"' if sparse > 0.97 else None,
                    "T" if vendor.inactive else "F",
                    3 if agency else 1 if vendor.goods else (2, 4, 6, 2)[number % 4],
                    vendor.terms,
                    vendor.currency.id,
                    vendor.expense.id if vendor.expense and not vendor.goods and not agency else None,
                    1_000_000 if vendor.goods else None,
                    f"K-{number * 31 % 100_000:05d}" if sparse < 0.5 else None,
                    vendor.name if sparse < 0.15 else None,
                    "T" if vendor.person and vendor.subsidiary.country == "US" else "F",
                    vendor.deposits.get(vendor.subsidiary.id, 0),
                    vendor.default_keys[0],
                    vendor.default_keys[1],
                    vendor.stamp,
                    modified,
                    1 + number % 4 if sparse < 0.2 or vendor.goods else None,
                    5 + number % 20 if vendor.goods else None,
                )
            )
        )
        for place, each in enumerate(vendor.subsidiaries):
            relation += 1 + (relation % 89 == 0)
            relations.append(
                _RELATION(
                    (
                        relation,
                        f"{vendor.name} : {each.name}",
                        vendor.id,
                        each.id,
                        "T" if place == 0 else "F",
                        vendor.currency.id,
                        vendor.deposits.get(each.id, 0),
                        vendor.balances.get(each.id, 0),
                        modified,
                    )
                )
            )
