"""Exchange rates over the history: a walk for each currency against the dollar, crossed between all pairs."""

from __future__ import annotations

from random import Random

from suitebridge.sandbox.netsuite.company.geography import (
    CURRENCIES,
    PARENT,
    SUBSIDIARIES,
    USD,
    CurrencySpec,
)
from suitebridge.sandbox.netsuite.company.periods import Calendar
from suitebridge.sandbox.netsuite.company.rows import Rows, shape
from suitebridge.sandbox.netsuite.posting.money import ONE, divide

_GRAIN = 10**4
"""Rates are kept to eight decimals."""


class Rates:
    """Rates by day; a rate is what one unit of the first currency is worth in the second, at scale 12."""

    __slots__ = ("_known", "_place", "_steps", "_walks")

    def __init__(self, random: Random, calendar: Calendar, *, daily: bool) -> None:
        self._steps = _steps(calendar, daily)
        count = self._steps[-1] + 1
        size = 4_000 if daily else 17_000
        self._walks: dict[int, list[int]] = {}
        for currency in CURRENCIES:
            if currency is USD:
                self._walks[currency.id] = [ONE] * count
                continue
            start = currency.dollars * 10**6
            value = start
            walk: list[int] = []
            for _ in range(count):
                walk.append(value)
                # A pull towards the start keeps the walk in sight of it.
                pull = (start - value) * 4_000 // start
                value += value * (random.randint(-size, size) + pull) // 10**6
            self._walks[currency.id] = walk
        self._known: dict[tuple[int, int, int], int] = {}

    def at(self, currency: CurrencySpec, base: CurrencySpec, day: int) -> int:
        """The rate on a day of the history."""
        if currency.id == base.id:
            return ONE
        step = self._steps[min(max(day, 0), len(self._steps) - 1)]
        key = (currency.id, base.id, step)
        found = self._known.get(key)
        if found is None:
            exact = divide(self._walks[currency.id][step] * ONE, self._walks[base.id][step])
            found = self._known[key] = max(divide(exact, _GRAIN) * _GRAIN, _GRAIN)
        return found

    def change_days(self) -> list[int]:
        """The days on which rates change."""
        return [day for day, step in enumerate(self._steps) if day == 0 or step != self._steps[day - 1]]


def _steps(calendar: Calendar, daily: bool) -> list[int]:
    """The place in the walks that holds for each day: a new one each day but Sundays, or each month."""
    if not daily:
        return calendar.month[: calendar.today + 1]
    steps: list[int] = []
    step = -1
    for day in range(calendar.today + 1):
        if calendar.weekday[day] != 6 or day == 0:
            step += 1
        steps.append(step)
    return steps


_RATE = shape(
    "currencyrate",
    ("id", "basecurrency", "transactioncurrency", "exchangerate", "effectivedate", "lastmodifieddate"),
)
_CONSOLIDATED = shape(
    "consolidatedexchangerate",
    (
        "id",
        "postingperiod",
        "fromsubsidiary",
        "tosubsidiary",
        "fromcurrency",
        "tocurrency",
        "currentrate",
        "averagerate",
        "historicalrate",
        "isderived",
        "isperiodclosed",
    ),
    {"accountingbook": 1},
)


def write_rates(rates: Rates, calendar: Calendar, rows: Rows) -> None:
    """Rates into every base currency, on each day they changed."""
    bases: dict[int, CurrencySpec] = {each.currency.id: each.currency for each in SUBSIDIARIES}
    number = 0
    out = rows["currencyrate"]
    for day in rates.change_days():
        text = calendar.iso[day]
        stamp = f"{text} 03:05:{10 + day % 50}"
        for base in bases.values():
            for currency in CURRENCIES:
                if currency.id != base.id:
                    number += 1
                    out.append(_RATE((number, base.id, currency.id, rates.at(currency, base, day), text, stamp)))


def write_consolidated(rates: Rates, calendar: Calendar, rows: Rows) -> None:
    """For each month of the history, from each subsidiary to the parent: end, average and historical rate."""
    parent = next(each for each in SUBSIDIARIES if each.id == PARENT)
    ends = {calendar.period[day]: day for day in range(calendar.today + 1)}
    starts = {calendar.period[day]: day for day in range(calendar.today, -1, -1)}
    number = 0
    for year, month in calendar.history_months():
        period = calendar.period_ids[year, (month - 1) // 3 + 1, month]
        first, last = starts[period], ends[period]
        for each in SUBSIDIARIES:
            if each.parent is None:
                continue
            number += 1
            days = range(first, last + 1)
            average = divide(sum(rates.at(each.currency, parent.currency, day) for day in days), len(days) * _GRAIN)
            rows["consolidatedexchangerate"].append(
                _CONSOLIDATED(
                    (
                        number,
                        period,
                        each.id,
                        parent.id,
                        each.currency.id,
                        parent.currency.id,
                        rates.at(each.currency, parent.currency, last),
                        average * _GRAIN,
                        rates.at(each.currency, parent.currency, 0),
                        "F",
                        "T" if calendar.closed(year, month) else "F",
                    )
                )
            )
