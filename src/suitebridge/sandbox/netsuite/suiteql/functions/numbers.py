"""Oracle's numeric functions on plain numbers: exact where the inputs are, half away from zero, errors where
Oracle has them."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused
from suitebridge.sandbox.netsuite.suiteql.functions.number_text import decimal_of, parse_number

Number = int | float
_LARGEST = 2**63


def settle(number: Decimal | int) -> Number:
    """A number as SQLite keeps it: an integer where it is whole and fits, otherwise floating point."""
    whole = int(number)
    return whole if whole == number and abs(whole) < _LARGEST else float(number)


def to_number(text: str) -> Number:
    """The number a text is."""
    return settle(parse_number(text))


def divide_exact(left: Number, right: Number, shift: int) -> float:
    """left ÷ right × 10**shift, rounded once."""
    if right == 0:
        raise ValueRefused("Divisor is equal to zero.")
    if isinstance(left, float) or isinstance(right, float):
        return left / right * 10.0**shift
    return left * 10**shift / right if shift >= 0 else left / (right * 10**-shift)


def divide(left: Number, right: Number) -> float:
    """left ÷ right."""
    if right == 0:
        raise ValueRefused("Divisor is equal to zero.")
    return left / right


def _half_away(number: Decimal, places: int) -> Decimal:
    try:
        return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except ArithmeticError:
        return number


def _cut(number: Decimal, places: int) -> Decimal:
    shifted = number.scaleb(places)
    return Decimal(int(shifted)).scaleb(-places)


def round_exact(value: Number, unit: int) -> Number:
    """A scaled integer in units of `unit`, half away from zero."""
    if isinstance(value, float):
        return settle(_half_away(decimal_of(value) / unit, 0))
    half, sign = unit // 2, -1 if value < 0 else 1
    return sign * ((abs(value) + half) // unit)


def truncate_exact(value: Number, unit: int) -> Number:
    """A scaled integer in units of `unit`, toward zero."""
    if isinstance(value, float):
        return settle(int(value / unit))
    return (abs(value) // unit) * (-1 if value < 0 else 1)


def round_real(value: Number, places: int) -> Number:
    """A number × 10**places as an integer, half away from zero."""
    return settle(_half_away(decimal_of(value), places).scaleb(places))


def truncate_real(value: Number, places: int) -> Number:
    """A number × 10**places as an integer, toward zero."""
    return settle(Decimal(int(decimal_of(value).scaleb(places))))


def round_to(value: Number, places: Number) -> Number:
    """A number to so many places, which may be negative."""
    return settle(_half_away(decimal_of(value), int(places)))


def truncate_to(value: Number, places: Number) -> Number:
    """A number cut to so many places, which may be negative."""
    return settle(_cut(decimal_of(value), int(places)))


def ceil_exact(value: Number, unit: int) -> Number:
    """The least whole number not below a scaled integer."""
    return -((-value) // unit) if isinstance(value, int) else math.ceil(value / unit)


def floor_exact(value: Number, unit: int) -> Number:
    """The greatest whole number not above a scaled integer."""
    return value // unit if isinstance(value, int) else math.floor(value / unit)


def ceil_real(value: Number) -> Number:
    """The least whole number not below."""
    return settle(Decimal(math.ceil(decimal_of(value))))


def floor_real(value: Number) -> Number:
    """The greatest whole number not above."""
    return settle(Decimal(math.floor(decimal_of(value))))


def modulo(value: Number, divisor: Number) -> Number:
    """MOD: the sign of the dividend; by zero the dividend itself."""
    if divisor == 0:
        return value
    if isinstance(value, int) and isinstance(divisor, int):
        return (abs(value) % abs(divisor)) * (-1 if value < 0 else 1)
    return settle(decimal_of(value) % decimal_of(divisor))


def remainder(value: Number, divisor: Number) -> Number:
    """REMAINDER: the distance to the nearest multiple."""
    if divisor == 0:
        raise ValueRefused("Divisor is equal to zero.")
    left, right = decimal_of(value), decimal_of(divisor)
    quotient = left / right
    return settle(left - right * Decimal(round(quotient)))


def checked(function: Callable[..., float]) -> Callable[..., float]:
    """A function of `math` whose domain errors are errors of a value."""

    def call(*arguments: Number) -> float:
        try:
            return function(*arguments)
        except (ValueError, OverflowError, ZeroDivisionError) as error:
            raise ValueRefused("Numeric argument out of range.") from error

    return call


def power(base: Number, exponent: Number) -> Number:
    """POWER."""
    if isinstance(base, int) and isinstance(exponent, int) and 0 <= exponent <= 64 and abs(base) < 2**32:
        return settle(base**exponent)
    try:
        found = math.pow(base, exponent)
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise ValueRefused("Numeric argument out of range.") from error
    return found


def logarithm(base: Number, value: Number) -> float:
    """LOG with its base first."""
    if base <= 0 or base == 1 or value <= 0:
        raise ValueRefused("Numeric argument out of range.")
    exact = {10: math.log10, 2: math.log2}.get(int(base) if base == int(base) else 0)
    return exact(value) if exact is not None else math.log(value) / math.log(base)


def width_bucket(value: Number, low: Number, high: Number, count: Number) -> int:
    """WIDTH_BUCKET: 0 below, count + 1 above."""
    if count < 1 or low == high:
        raise ValueRefused("Numeric argument out of range.")
    if low < high:
        if value < low:
            return 0
        if value >= high:
            return int(count) + 1
    else:
        if value > low:
            return 0
        if value <= high:
            return int(count) + 1
    share = (decimal_of(value) - decimal_of(low)) / (decimal_of(high) - decimal_of(low))
    return math.floor(share * int(count)) + 1


def ora_hash(text: str, buckets: Number, seed: Number) -> int:
    """ORA_HASH: an even spread over 0 to `buckets`; not Oracle's own numbers."""
    return zlib.crc32(text.encode(), int(seed) & 0xFFFFFFFF) % (int(buckets) + 1)


def shuffled(key: int, offset: int) -> int:
    """A number that orders equal keys differently on every page."""
    return zlib.crc32(f"{key}/{offset}".encode())


def too_many_rows() -> None:
    """What a scalar subquery with more than one row is."""
    raise ValueRefused("Single-row subquery returns more than one row.")
