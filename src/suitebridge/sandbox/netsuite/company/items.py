"""The catalogue: items of all types with prices by level and currency, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.sandbox.netsuite.company.entities import Party, moment
from suitebridge.sandbox.netsuite.company.geography import CURRENCIES
from suitebridge.sandbox.netsuite.company.lists import BRANDS, PRICE_LEVELS
from suitebridge.sandbox.netsuite.company.names import ITEM_KINDS, ITEM_SIZES, SERVICE_KINDS
from suitebridge.sandbox.netsuite.company.stock import Stock
from suitebridge.sandbox.netsuite.company.world import World
from suitebridge.sandbox.netsuite.posting import Component, Item
from suitebridge.sandbox.netsuite.posting.money import QUANTITY_ONE, divide

_FACTORS = {"USD": 100, "GBP": 84, "CAD": 134, "EUR": 96, "JPY": 14_800, "CHF": 95, "AUD": 149}
"""List prices in other currencies, in hundredths of the dollar price: set once, not by the day's rate."""


@dataclass(slots=True)
class CatalogItem:
    """An item that is sold. `prices` are unit prices (scale 8) by (level, currency), `cost` is in US dollars."""

    item: Item
    place: int
    code: str
    name: str
    day: int
    stamp: str
    base: int
    cost: int
    kind_class: int | None
    brand: int | None
    vendor: Party | None
    prices: dict[tuple[int, int], int]
    lot: bool = False
    popular: bool = False
    parts: tuple[tuple[CatalogItem, int], ...] = ()
    inactive: bool = False


class Catalog:
    """The items for sale, and the ones that stand for shipping, discounts and fees."""

    __slots__ = ("choices", "discount", "fee", "items", "shipping", "special")

    def __init__(self) -> None:
        self.items: list[CatalogItem] = []
        self.choices: list[CatalogItem] = []
        self.special: list[tuple[int, str, str, str, int]] = []
        self.shipping: Item
        self.discount: Item
        self.fee: Item


def _round_price(cents: int) -> int:
    """A price as shops set them: ending in 9 below 100, in 90 cents above."""
    return cents // 10 * 10 + 9 if cents < 10_000 else cents // 100 * 100 + 90


def _prices(base: int, percents: list[tuple[int, int]]) -> dict[tuple[int, int], int]:
    prices: dict[tuple[int, int], int] = {}
    for currency in CURRENCIES:
        listed = base * _FACTORS[currency.symbol] // 100
        listed = listed // 1_000 * 1_000 if currency.precision == 0 else _round_price(listed)
        listed = max(listed, currency.unit)
        for level, percent in percents:
            price = divide(listed * (1_000_000 + percent), 1_000_000 * currency.unit) * currency.unit
            prices[level, currency.id] = price * 10**6
    return prices


def make_catalog(world: World, vendors: list[Party]) -> Catalog:
    """The items in the order of their ids, with their prices; kits are of items before them."""
    catalog = Catalog()
    size = world.size.items
    if size == 0:
        return catalog
    random = world.goods_chance.random
    chart = world.chart
    goods_vendors = [vendor for vendor in vendors if vendor.goods]
    percents = [(number, percent or 0) for number, _, percent in PRICE_LEVELS]
    calendar = world.calendar
    seen: dict[str, int] = {}

    def internal() -> int:
        return world.item_ids.next()

    catalog.shipping = Item(internal(), "ShipItem", chart["shipping_income"])
    catalog.special.append((catalog.shipping.id, "ShipItem", "Standard Shipping", "shipping_income", 0))
    catalog.special.append((internal(), "ShipItem", "Express 24h", "shipping_income", 0))
    catalog.discount = Item(internal(), "Discount", chart["discounts"])
    catalog.special.append((catalog.discount.id, "Discount", "10% Trade Discount", "discounts", -100_000))
    catalog.special.append((internal(), "Discount", "Promotion 5%", "discounts", -50_000))
    catalog.fee = Item(internal(), "OthCharge", chart["other_charges"])
    catalog.special.append((catalog.fee.id, "OthCharge", "Handling Fee", "other_charges", 0))
    for kind, name in (
        ("Subtotal", "Subtotal"),
        ("Description", "Note"),
        ("Markup", "Rush 8%"),
        ("Payment", "Prepaid"),
    ):
        catalog.special.append((internal(), kind, name, "other_charges", 0))

    for place in range(size):
        share = (place * 37 + 11) % 100
        kind = (
            "InvtPart"
            if share < 66
            else "NonInvtPart"
            if share < 74
            else "Service"
            if share < 87
            else "Assembly"
            if share < 94 or place < 12
            else "Kit"
        )
        brand = 1 + int(random() * len(BRANDS))
        if kind == "Service":
            label, code, cents = SERVICE_KINDS[int(random() * len(SERVICE_KINDS))]
            name, group = label, 4
        else:
            label, short, group, cents = ITEM_KINDS[int(random() * len(ITEM_KINDS))]
            dimension = ITEM_SIZES[int(random() * len(ITEM_SIZES))]
            name = f"{BRANDS[brand - 1]} {label} {dimension}"
            code = f"{short}-{dimension.split()[0].replace('/', '').strip(chr(34))}".upper()
            cents = cents * (70 + int(random() * 90)) // 100
        parts: tuple[tuple[CatalogItem, int], ...] = ()
        if kind == "Kit":
            name = f"{name} Set"
            stocked = [each for each in catalog.items if each.item.itemtype == "InvtPart" and not each.lot]
            first = stocked[int(random() * len(stocked))]
            second = stocked[int(random() * len(stocked))]
            parts = ((first, 1),) if first is second else ((first, 1), (second, 2))
            code = f"KIT-{code}"
            cents = sum(part.base * number for part, number in parts) * 92 // 100
        count = seen.get(code, 0) + 1
        seen[code] = count
        code = code if count == 1 else f"{code}-{count:02d}"
        cents = max(_round_price(cents), 190)
        stocked_kind = kind in ("InvtPart", "Assembly")
        day = -640 + place % 90 if place < size * 3 // 4 else int(random() * calendar.today * 0.8)
        item = Item(
            internal(),
            kind,
            chart["service_income"] if kind == "Service" else chart["goods_income"],
            None if kind == "Kit" else chart["subcontract"] if kind == "Service" else chart["cogs"],
            chart["stock"] if stocked_kind else None,
            kind != "Service",
            tuple(Component(part.item, number * QUANTITY_ONE) for part, number in parts),
        )
        catalog.items.append(
            CatalogItem(
                item,
                place,
                code,
                name,
                day,
                moment(calendar.text(day), 30_000 + place * 61 % 30_000),
                cents,
                cents * (48 + int(random() * 18)) // 100,
                group,
                None if kind == "Service" else brand,
                goods_vendors[int(random() * len(goods_vendors))] if kind != "Kit" and goods_vendors else None,
                _prices(cents, percents),
                lot=kind == "InvtPart" and place % 17 == 5,
                popular=place % 5 == 0,
                parts=parts,
                inactive=place > 20 and random() < 0.03,
            )
        )
    used = {part.place for each in catalog.items for part, _ in each.parts}
    for each in catalog.items:
        if each.inactive and each.place in used:
            each.inactive = False
        if not each.inactive:
            # The popular fifth is sold as much as all the rest.
            weight = 4 if each.popular else 1
            catalog.choices.extend([each] * weight)
    return catalog


def make_stock(world: World, catalog: Catalog) -> Stock:
    """Empty shelves with the levels at which goods are ordered again."""
    places = world.stock_locations
    units = [world.subsidiary_by_id[each.subsidiary].currency.unit for each in places]
    stock = Stock(len(catalog.items), len(places), units)
    scale = world.size.orders // 20_000 + 1
    for each in catalog.items:
        if each.item.asset is None or each.inactive:
            continue
        for place in range(len(places)):
            slot = each.place * len(places) + place
            # The two American warehouses keep everything, the others what sells.
            if place < 2 or each.popular or (each.place + place) % 3 == 0:
                stock.stocked[slot] = True
                stock.reorder[slot] = (16 if each.popular else 4) * scale * QUANTITY_ONE
                stock.target[slot] = (110 if each.popular else 24) * scale * QUANTITY_ONE
            else:
                stock.target[slot] = 4 * QUANTITY_ONE
    return stock
