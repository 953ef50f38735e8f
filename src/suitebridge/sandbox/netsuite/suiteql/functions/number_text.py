"""Numbers to text and back, in Oracle's way: no exponent, no needless zeros, nothing but digits taken."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused
from suitebridge.sandbox.netsuite.suiteql.limits import REAL_PLACES

_NUMBER = re.compile(r"[ \t]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[ \t]*")
_REAL_QUANTUM = Decimal(1).scaleb(-REAL_PLACES)


def plain(number: Decimal) -> str:
    """A decimal without exponent and without trailing zeros, `0.5` with its zero."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def decimal_of(value: int | float) -> Decimal:
    """The shortest decimal that a floating point number stands for, at the places that count."""
    if isinstance(value, int):
        return Decimal(value)
    number = Decimal(repr(value))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > REAL_PLACES and abs(number) < Decimal(10) ** 20:
        number = number.quantize(_REAL_QUANTUM, ROUND_HALF_UP)
    return number


def exact_text(value: int | float, scale: int) -> str:
    """A scaled integer as NetSuite prints it."""
    if isinstance(value, int) and not scale:
        return str(value)
    return plain(decimal_of(value).scaleb(-scale))


def real_text(value: int | float) -> str:
    """A floating point number as NetSuite prints it."""
    return str(value) if isinstance(value, int) else plain(decimal_of(value))


def oracle_text(text: str) -> str:
    """A printed number as Oracle's own conversion writes it: `.5`, `-.5`."""
    if text.startswith("0."):
        return text[1:]
    return "-" + text[2:] if text.startswith("-0.") else text


def parse_number(text: str) -> Decimal:
    """The number a text is; a text that is none raises ValueRefused."""
    if not _NUMBER.fullmatch(text):
        raise ValueRefused(f"Invalid number: {text}")
    return Decimal(text.strip())
