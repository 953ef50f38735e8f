"""Goods on hand by item and location: quantity, value, what is committed, back-ordered and on order, and lots."""

from __future__ import annotations

from collections import deque
from typing import Any

from suitebridge.sandbox.netsuite.posting.money import divide


class Stock:
    """Figures by slot; a slot is item place × number of locations + location place. Quantities at scale 5.

    Values are in the base currency of the location's subsidiary (scale 2). Nothing goes below zero.
    """

    __slots__ = (
        "backordered",
        "committed",
        "last_price",
        "locations",
        "lots",
        "need",
        "needed",
        "on_hand",
        "on_order",
        "reorder",
        "stocked",
        "target",
        "units",
        "value",
        "waiting",
    )

    def __init__(self, items: int, locations: int, units: list[int]) -> None:
        count = items * locations
        self.locations = locations
        self.units = units
        self.on_hand = [0] * count
        self.value = [0] * count
        self.committed = [0] * count
        self.backordered = [0] * count
        self.on_order = [0] * count
        self.last_price = [0] * count
        self.reorder = [0] * count
        self.target = [0] * count
        self.stocked = [False] * count
        self.waiting: dict[int, deque[tuple[Any, Any]]] = {}
        self.lots: dict[int, deque[list[int]]] = {}
        self.need: list[int] = []
        self.needed = [False] * count

    def available(self, slot: int) -> int:
        """What can still be committed."""
        return self.on_hand[slot] - self.committed[slot]

    def cost(self, slot: int, quantity: int, fallback: int) -> int:
        """The value of that quantity at average cost; at `fallback` (scale 8) where there is nothing on hand."""
        on_hand = self.on_hand[slot]
        unit = self.units[slot % self.locations]
        if on_hand <= 0:
            return divide(quantity * fallback, 10**11 * unit) * unit
        if quantity == on_hand:
            return self.value[slot]
        return divide(self.value[slot] * quantity, on_hand * unit) * unit

    def move(self, slot: int, quantity: int, value: int) -> None:
        """Goods come (positive) or go; asks for more where too little is left."""
        self.on_hand[slot] += quantity
        self.value[slot] += value
        if quantity < 0:
            self.ask(slot)

    def ask(self, slot: int) -> None:
        """Note the slot for the next purchase where it has fallen below its reorder point."""
        if not self.needed[slot] and (
            self.on_hand[slot] - self.committed[slot] - self.backordered[slot] + self.on_order[slot]
            < max(self.reorder[slot], 1)
        ):
            self.needed[slot] = True
            self.need.append(slot)

    def take_lots(self, slot: int, quantity: int) -> list[tuple[int, int]]:
        """(lot, quantity) taken, oldest first."""
        taken: list[tuple[int, int]] = []
        queue = self.lots[slot]
        while quantity:
            lot = queue[0]
            part = min(quantity, lot[1])
            taken.append((lot[0], part))
            lot[1] -= part
            quantity -= part
            if not lot[1]:
                queue.popleft()
        return taken
