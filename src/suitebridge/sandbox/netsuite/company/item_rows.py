"""Items, their prices and their stock as rows."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.entities import moment
from suitebridge.sandbox.netsuite.company.geography import CURRENCIES, PARENT
from suitebridge.sandbox.netsuite.company.items import Catalog
from suitebridge.sandbox.netsuite.company.lists import BRANDS, PRICE_LEVELS
from suitebridge.sandbox.netsuite.company.names import COLORS
from suitebridge.sandbox.netsuite.company.rows import shape
from suitebridge.sandbox.netsuite.company.stock import Stock
from suitebridge.sandbox.netsuite.company.world import World
from suitebridge.sandbox.netsuite.posting.money import convert, divide

_ITEM = shape(
    "item",
    (
        "id",
        "externalid",
        "itemid",
        "fullname",
        "displayname",
        "itemtype",
        "subtype",
        "description",
        "purchasedescription",
        "parent",
        "isinactive",
        "isfulfillable",
        "isonline",
        "upccode",
        "mpn",
        "manufacturer",
        "vendorname",
        "vendor",
        "cost",
        "averagecost",
        "lastpurchaseprice",
        "costingmethod",
        "costestimatetype",
        "totalvalue",
        "totalquantityonhand",
        "incomeaccount",
        "expenseaccount",
        "assetaccount",
        "class",
        "department",
        "unitstype",
        "saleunit",
        "purchaseunit",
        "stockunit",
        "weight",
        "weightunit",
        "reorderpoint",
        "preferredstocklevel",
        "leadtime",
        "countryofmanufacture",
        "createddate",
        "lastmodifieddate",
        "custitem_sb_brand",
        "custitem_sb_color",
        "custitem_sb_weight_g",
        "custitem_sb_discontinued",
    ),
    {"subsidiary": str(PARENT), "includechildren": "T", "taxschedule": 1},
)
_SPECIAL = shape(
    "item",
    ("id", "itemid", "fullname", "displayname", "itemtype", "incomeaccount", "createddate", "lastmodifieddate"),
    {
        "subsidiary": str(PARENT),
        "includechildren": "T",
        "isinactive": "F",
        "isfulfillable": "F",
        "isonline": "F",
    },
)
_PRICE = shape("itemprice", ("internalid", "item", "pricelevel", "pricelevelname", "quantity", "price", "isinactive"))
_PRICING = shape("pricing", ("internalid", "item", "pricelevel", "currency", "quantity", "unitprice"))
_SUBSIDIARY_MAP = shape("itemsubsidiarymap", ("item", "subsidiary"))
_ON_HAND = shape(
    "inventoryitemlocations",
    (
        "item",
        "location",
        "quantityonhand",
        "quantityavailable",
        "quantitycommitted",
        "quantitybackordered",
        "quantityonorder",
        "averagecostmli",
        "lastpurchasepricemli",
        "onhandvaluemli",
        "reorderpoint",
        "preferredstocklevel",
    ),
    {"quantityintransit": 0},
)


def write_items(world: World, catalog: Catalog, stock: Stock) -> None:
    """Rows of items, prices and stock, as they stand at the end."""
    random = world.goods_chance.random
    rows = world.rows
    since = moment(world.calendar.text(-690), 40_000)
    subsidiaries = [each.id for each in world.subsidiaries]
    for number, kind, name, role, percent in catalog.special:
        account = world.chart[role].id if kind not in ("Subtotal", "Description") else None
        rows["item"].append(_SPECIAL((number, name, name, name, kind, account, since, since)))
        for subsidiary in subsidiaries:
            rows["itemsubsidiarymap"].append(_SUBSIDIARY_MAP((number, subsidiary)))
        if percent:
            rows["itemprice"].append(_PRICE((1_000_000 + number, number, 1, "Base Price", 0, percent * 10**4, "F")))
    names = {number: name for number, name, _ in PRICE_LEVELS}
    price_id = 3
    pricing_id = 7
    parents: dict[str, int] = {}
    today = world.calendar.today
    bases = [world.subsidiary_by_id[at.subsidiary].currency for at in world.stock_locations]
    parent_currency = world.subsidiaries[0].currency
    for each in catalog.items:
        item = each.item
        count = stock.locations
        first = each.place * count
        slots = range(first, first + count)
        on_hand = sum(stock.on_hand[slot] for slot in slots)
        # One value of all stock, in the parent's currency at today's rates.
        value = sum(
            convert(stock.value[first + place], world.rates.at(base, parent_currency, today))
            for place, base in enumerate(bases)
        )
        stocked = item.asset is not None
        sparse = random()
        modified = each.stamp
        if sparse < 0.6 and each.day < today - 5:
            edited = each.day + int(random() * (today - each.day))
            modified = max(modified, moment(world.calendar.text(edited), 34_000 + each.place % 9_000))
        parent = parents.get(each.code.split("-")[0]) if each.place % 23 == 7 and stocked else None
        if stocked:
            parents.setdefault(each.code.split("-")[0], item.id)
        if parent == item.id:
            parent = None
        parent_code = None
        if parent is not None:
            parent_code = next(other.code for other in catalog.items if other.item.id == parent)
        service = item.itemtype == "Service"
        last = next(
            (
                convert(stock.last_price[first + place], world.rates.at(base, parent_currency, today))
                for place, base in enumerate(bases)
                if stock.last_price[first + place]
            ),
            0,
        )
        rows["item"].append(
            _ITEM(
                (
                    item.id,
                    f"pim-{each.code.lower().replace('.', '_')}" if sparse < 0.5 else None,
                    each.code,
                    f"{parent_code} : {each.code}" if parent_code else each.code,
                    each.name,
                    item.itemtype,
                    "Sale" if item.itemtype == "Service" else "Resale" if item.itemtype == "NonInvtPart" else None,
                    f"{each.name}, made for daily work",
                    each.name if each.vendor else None,
                    parent,
                    "T" if each.inactive else "F",
                    "T" if item.fulfillable else "F",
                    "T" if sparse < 0.4 else "F",
                    f"40{each.place:08d}{each.place % 10}{each.place % 7}" if stocked and sparse < 0.8 else None,
                    f"M{each.place * 17:05d}" if sparse < 0.5 and stocked else None,
                    BRANDS[each.brand - 1] if each.brand and stocked else None,
                    each.code if each.vendor and sparse < 0.3 else None,
                    each.vendor.id if each.vendor else None,
                    each.cost * 10**6 if each.vendor else None,
                    divide(value * 10**11, on_hand) if stocked and on_hand else (0 if stocked else None),
                    last if stocked else None,
                    "AVG" if stocked else None,
                    "AVGCOST" if stocked else "ITEMDEFINED",
                    value if stocked else None,
                    on_hand if stocked else None,
                    item.income.id if item.income else None,
                    item.expense.id if item.expense else None,
                    item.asset.id if item.asset else None,
                    each.kind_class,
                    7 if service else None,
                    2 if service else 1,
                    5 if service else 1,
                    None if service else 1,
                    None if service else 1,
                    None if service else 3_000 + each.place * 77 % 90_000,
                    None if service else 1,
                    stock.reorder[first] if stocked else None,
                    stock.target[first] if stocked else None,
                    5 + each.place % 20 if stocked else None,
                    ("DE", "US", "JP", "TW")[each.place % 4] if stocked else None,
                    each.stamp,
                    modified,
                    each.brand if stocked else None,
                    COLORS[each.place % len(COLORS)] if stocked and sparse < 0.5 else None,
                    (each.place * 131 % 20_000 + 50) * 10**4 if stocked and sparse < 0.4 else None,
                    "T" if each.inactive else "F" if sparse < 0.3 else None,
                )
            )
        )
        for subsidiary in subsidiaries:
            rows["itemsubsidiarymap"].append(_SUBSIDIARY_MAP((item.id, subsidiary)))
        inactive = "T" if each.inactive else "F"
        for level, name in names.items():
            price_id += 1
            rows["itemprice"].append(_PRICE((price_id, item.id, level, name, 0, each.prices[level, 1], inactive)))
            for currency in CURRENCIES:
                pricing_id += 1
                rows["pricing"].append(
                    _PRICING((pricing_id, item.id, level, currency.id, 0, each.prices[level, currency.id]))
                )
        if not stocked:
            continue
        for place, at in enumerate(world.stock_locations):
            slot = first + place
            hand = stock.on_hand[slot]
            if not (
                stock.stocked[slot] or hand or stock.last_price[slot] or stock.on_order[slot] or stock.backordered[slot]
            ):
                continue
            rows["inventoryitemlocations"].append(
                _ON_HAND(
                    (
                        item.id,
                        at.id,
                        hand,
                        hand - stock.committed[slot],
                        stock.committed[slot],
                        stock.backordered[slot],
                        stock.on_order[slot],
                        divide(stock.value[slot] * 10**11, hand) if hand else 0,
                        stock.last_price[slot],
                        stock.value[slot],
                        stock.reorder[slot] or None,
                        stock.target[slot] if stock.stocked[slot] else None,
                    )
                )
            )
