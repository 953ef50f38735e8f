"""Goods on hand: what they cost on average, and how documents move, commit and order them (inventoryitemlocations)."""

from __future__ import annotations

from collections.abc import Iterable

from suitebridge.sandbox.netsuite.posting import StockMove
from suitebridge.sandbox.netsuite.posting.money import divide, extend
from suitebridge.sandbox.netsuite.records.order_rows import Place
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

TABLE = "inventoryitemlocations"


class Costing:
    """Average costs while the lines of one document take their goods in turn; `unit` is that of the base currency."""

    def __init__(self, work: Work, unit: int) -> None:
        self._work = work
        self._unit = unit
        self._left: dict[Place, tuple[int, int]] = {}

    def take(self, place: Place, quantity: int) -> int:
        """The value of goods that leave."""
        on_hand, value = self._at(place)
        cost = self._value(place, quantity, on_hand, value)
        self._left[place] = (on_hand - quantity, value - cost)
        return cost

    def give(self, place: Place, quantity: int) -> int:
        """The value of goods that come back."""
        on_hand, value = self._at(place)
        if on_hand > 0:
            cost = divide(value * quantity, on_hand * self._unit) * self._unit
        else:
            cost = self._fallback(place, quantity)
        self._left[place] = (on_hand + quantity, value + cost)
        return cost

    def _value(self, place: Place, quantity: int, on_hand: int, value: int) -> int:
        if quantity == on_hand:
            return value
        if on_hand <= 0:
            return self._fallback(place, quantity)
        return divide(value * quantity, on_hand * self._unit) * self._unit

    def _fallback(self, place: Place, quantity: int) -> int:
        row = self._work.tx.get(TABLE, place) or {}
        item = self._work.one("SELECT averagecost, lastpurchaseprice, cost FROM item WHERE id = ?", place[0]) or {}
        rates = (
            row.get("averagecostmli"),
            row.get("lastpurchasepricemli"),
            *(item.get(name) for name in ("averagecost", "lastpurchaseprice", "cost")),
        )
        rate = next((each for each in rates if isinstance(each, int) and each > 0), 0)
        return extend(quantity, rate, self._unit)

    def _at(self, place: Place) -> tuple[int, int]:
        if place not in self._left:
            row = self._work.tx.get(TABLE, place) or {}
            on_hand = _int(row.get("quantityonhand"))
            value = row.get("onhandvaluemli")
            if not isinstance(value, int):
                value = self._fallback(place, on_hand)
            self._left[place] = (on_hand, value)
        return self._left[place]


def shift(
    work: Work,
    place: Place,
    *,
    on_hand: int = 0,
    value: int = 0,
    committed: int = 0,
    backordered: int = 0,
    on_order: int = 0,
    last_price: int | None = None,
) -> None:
    """Changes what lies at a place by these quantities; what is available is what is on hand and not committed."""
    if not work.has_table(TABLE):
        return
    stored = work.tx.get(TABLE, place)
    row: Row = stored or {}
    now = _int(row.get("quantityonhand")) + on_hand
    held = _int(row.get("quantitycommitted")) + committed
    changes: Row = {
        "quantityonhand": now,
        "quantitycommitted": held,
        "quantityavailable": now - held,
        "quantitybackordered": _int(row.get("quantitybackordered")) + backordered,
        "quantityonorder": _int(row.get("quantityonorder")) + on_order,
    }
    if on_hand or value:
        before = row.get("onhandvaluemli")
        if not isinstance(before, int):
            before = extend(_int(row.get("quantityonhand")), _int(row.get("averagecostmli")))
        worth = before + value
        changes["onhandvaluemli"] = worth
        if now > 0:
            changes["averagecostmli"] = divide(worth * 10**11, now)
        _shift_item(work, place[0], on_hand, value)
    if last_price is not None:
        changes["lastpurchasepricemli"] = last_price
    if stored is None:
        work.tx.insert(TABLE, {"item": place[0], "location": place[1], **changes})
    else:
        work.tx.update(TABLE, place, changes)


def move(work: Work, moves: Iterable[StockMove]) -> None:
    """Goods come and go as a document says; what comes is committed to those who wait for it."""
    came: list[Place] = []
    for each in moves:
        place = (each.item, each.location)
        shift(work, place, on_hand=each.quantity, value=each.value)
        if each.quantity > 0 and place not in came:
            came.append(place)
    for place in came:
        commit_waiting(work, place)


def commit_waiting(work: Work, place: Place) -> None:
    """Commits what is available to back-ordered lines of sales orders, first come first served."""
    left = available(work, place)
    if left <= 0:
        return
    waiting = work.rows(
        'SELECT l."transaction" AS document, l.id, l.quantitycommitted, l.quantitybackordered FROM transactionline l'
        ' JOIN "transaction" t ON t.id = l."transaction" AND t.type = \'SalesOrd\''
        " WHERE l.item = ? AND l.location = ? AND l.quantitybackordered > 0"
        ' ORDER BY t.trandate, l."transaction", l.id',
        *place,
    )
    given = 0
    for line in waiting:
        part = min(left - given, _int(line["quantitybackordered"]))
        if part <= 0:
            break
        given += part
        work.tx.update(
            "transactionline",
            (line["document"], line["id"]),
            {
                "quantitycommitted": _int(line["quantitycommitted"]) + part,
                "quantitybackordered": _int(line["quantitybackordered"]) - part,
                "linelastmodifieddate": work.now,
            },
        )
    if given:
        shift(work, place, committed=given, backordered=-given)


def available(work: Work, place: Place) -> int:
    """What lies there and is not committed."""
    row = work.tx.get(TABLE, place) or {}
    return _int(row.get("quantityonhand")) - _int(row.get("quantitycommitted"))


def _shift_item(work: Work, item: int, quantity: int, value: int) -> None:
    row = work.one("SELECT totalquantityonhand, totalvalue FROM item WHERE id = ?", item)
    if row is None:
        return
    count, worth = _int(row["totalquantityonhand"]) + quantity, _int(row["totalvalue"]) + value
    changes: Row = {"totalquantityonhand": count, "totalvalue": worth}
    if count > 0 and worth >= 0:
        changes["averagecost"] = divide(worth * 10**11, count)
    work.tx.update("item", (item,), changes)


def _int(value: Stored) -> int:
    return value if isinstance(value, int) else 0
