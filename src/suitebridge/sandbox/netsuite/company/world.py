"""What the generator knows while it makes a company: lists, people, goods, stock and what is still to happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from suitebridge.sandbox.netsuite.company.chart import Chart
from suitebridge.sandbox.netsuite.company.exchange import Rates
from suitebridge.sandbox.netsuite.company.geography import (
    LOCATIONS,
    SUBSIDIARIES,
    CurrencySpec,
    LocationSpec,
    SubsidiarySpec,
)
from suitebridge.sandbox.netsuite.company.lists import purchase_taxes, sales_taxes
from suitebridge.sandbox.netsuite.company.names import Namer
from suitebridge.sandbox.netsuite.company.organization import BOOK
from suitebridge.sandbox.netsuite.company.periods import Calendar
from suitebridge.sandbox.netsuite.company.rows import Rows
from suitebridge.sandbox.netsuite.company.sequences import Sequence as Ids
from suitebridge.sandbox.netsuite.company.sizes import Size
from suitebridge.sandbox.netsuite.posting import Book, Header
from suitebridge.sandbox.netsuite.posting.money import ONE

Picked = TypeVar("Picked")
Handler = Callable[..., None]


class World:
    """The state of the generation. `at` schedules what happens on a later day; days after today never come."""

    def __init__(self, size: Size, seed: int, calendar: Calendar, rows: Rows) -> None:
        # One stream of chance for each concern, so that a change in one leaves the others as they were.
        def stream(name: str) -> Random:
            return Random(f"{seed}/{size.name}/{name}")

        self.size = size
        self.calendar = calendar
        self.rows = rows
        self.chance = stream("documents")
        self.random: Callable[[], float] = self.chance.random
        self.people_chance = stream("people")
        self.goods_chance = stream("goods")
        self.namer = Namer(self.people_chance.random)
        self.chart = Chart()
        self.rates = Rates(stream("rates"), calendar, daily=size.daily_rates)
        self.sales_taxes = sales_taxes(self.chart)
        self.purchase_taxes = purchase_taxes(self.chart)
        self.subsidiaries: tuple[SubsidiarySpec, ...] = tuple(each for each in SUBSIDIARIES if not each.elimination)
        self.subsidiary_by_id = {each.id: each for each in SUBSIDIARIES}
        self.stock_locations: tuple[LocationSpec, ...] = tuple(each for each in LOCATIONS if each.stock)
        self.location_places = {
            each.id: [place for place, at in enumerate(self.stock_locations) if at.subsidiary == each.id]
            for each in self.subsidiaries
        }
        ids = stream("ids")
        self.entity_ids = Ids(ids, 3, run=60, hole=25)
        self.item_ids = Ids(ids, 5, run=25, hole=40)
        self.transaction_ids = Ids(ids, 1_004, run=55, hole=90)
        self.line_keys = Ids(ids, 2_310, run=90, hole=200)
        self.address_keys = Ids(ids, 101, run=200, hole=9)
        self.transaction_address_keys = Ids(ids, 5_001, run=200, hole=9)
        self.note_id = 0
        self.tax_detail_id = 0
        self.days: list[list[tuple[Handler, Any]]] = [[] for _ in range(calendar.today + 1)]
        self._headers: dict[tuple[int, int, int, int], tuple[Book, ...]] = {}

    def at(self, day: int, handler: Handler, subject: Any) -> None:
        """Have `handler(business, day, subject)` called on that day's turn, if that day comes."""
        if day < len(self.days):
            self.days[day].append((handler, subject))

    def pick(self, choices: Sequence[Picked]) -> Picked:
        """One of them, all alike."""
        return choices[int(self.random() * len(choices))]

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.random() * (high - low + 1))

    def header(
        self,
        subsidiary: SubsidiarySpec,
        entity: int | None,
        currency: CurrencySpec,
        day: int,
        *,
        department: int | None = None,
        class_: int | None = None,
        location: int | None = None,
        memo: str | None = None,
        created_from: int | None = None,
    ) -> Header:
        """A document's header, at that day's exchange rate."""
        base = subsidiary.currency
        rate = ONE if currency.id == base.id else self.rates.at(currency, base, day)
        key = (rate, base.unit, 0, 0)
        books = self._headers.get(key)
        if books is None:
            books = self._headers[key] = (Book(BOOK, rate, base.unit),)
        return Header(
            subsidiary.id,
            entity,
            currency.id,
            rate,
            currency.unit,
            books,
            department,
            class_,
            location,
            memo,
            created_from,
        )
