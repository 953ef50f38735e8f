"""Integer arithmetic on scaled amounts: money has 2 decimals, quantities 5, unit prices 8, exchange rates 12."""

from __future__ import annotations

from typing import Final

ONE: Final = 10**12
"""The exchange rate 1, at scale 12."""

QUANTITY_ONE: Final = 10**5
"""The quantity 1, at scale 5."""

_RATE_TO_MONEY: Final = 10 ** (5 + 8 - 2)
_PERCENT: Final = 100 * 10**4


def divide(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero; the denominator must be positive."""
    if numerator >= 0:
        return (2 * numerator + denominator) // (2 * denominator)
    return -((denominator - 2 * numerator) // (2 * denominator))


def to_unit(amount: int, unit: int) -> int:
    """Round an amount (scale 2) to the currency's smallest unit: 1 for cents, 100 for a currency without decimals."""
    return amount if unit == 1 else divide(amount, unit) * unit


def convert(amount: int, rate: int, unit: int = 1) -> int:
    """Amount (scale 2) times an exchange rate (scale 12), rounded to `unit`."""
    if rate == ONE:
        return amount if unit == 1 else to_unit(amount, unit)
    return divide(amount * rate, ONE * unit) * unit


def convert_back(amount: int, rate: int, unit: int = 1) -> int:
    """Amount (scale 2) divided by an exchange rate (scale 12), rounded to `unit`."""
    if rate == ONE:
        return amount if unit == 1 else to_unit(amount, unit)
    return divide(amount * ONE, rate * unit) * unit


def extend(quantity: int, rate: int, unit: int = 1) -> int:
    """Quantity (scale 5) times unit price (scale 8) as money (scale 2), rounded to `unit`."""
    return divide(quantity * rate, _RATE_TO_MONEY * unit) * unit


def percent_of(amount: int, percent: int, unit: int = 1) -> int:
    """A percentage (20 % is 200000 at scale 4) of an amount (scale 2), rounded to `unit`."""
    return divide(amount * percent, _PERCENT * unit) * unit


def share(total: int, part: int, whole: int, unit: int = 1) -> int:
    """What `part` of `whole` is of `total`, rounded to `unit`; all of it where part equals whole."""
    if part == whole:
        return total
    return divide(total * part, whole * unit) * unit
