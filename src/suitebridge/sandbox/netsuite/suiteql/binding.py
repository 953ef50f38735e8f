"""Values bound to a compiled query: lifted literals, `?` marks, and what only the moment of the call knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from suitebridge.sandbox.netsuite.suiteql.errors import invalid_params

SQLiteValue = int | float | str | None
BoundValue = Decimal | str | None


@dataclass(frozen=True, slots=True)
class Environment:
    """What a call brings besides its text: the time, the zones, and where its page begins."""

    now: datetime
    company_zone: ZoneInfo
    server_zone: ZoneInfo
    offset: int = 0

    def company_now(self) -> datetime:
        """The company's wall clock."""
        return self.now.astimezone(self.company_zone).replace(tzinfo=None)

    def server_now(self) -> datetime:
        """The database server's wall clock (SYSDATE)."""
        return self.now.astimezone(self.server_zone).replace(tzinfo=None)


Converter = Callable[[BoundValue, Environment], SQLiteValue]


@dataclass(frozen=True, slots=True)
class Slot:
    """One SQLite parameter: which bound value (-1: none) and how it becomes what SQLite compares with."""

    source: int
    convert: Converter

    def value(self, bound: Sequence[BoundValue], environment: Environment) -> SQLiteValue:
        """The SQLite value for this call."""
        return self.convert(bound[self.source] if self.source >= 0 else None, environment)


def bound_value(value: object) -> BoundValue:
    """A parameter as the compiler knows it: text, a number, or nothing. Other types are refused."""
    match value:
        case None | "":
            return None
        case bool():
            return "T" if value else "F"
        case str() | Decimal():
            return value
        case int():
            return Decimal(value)
        case float():
            return Decimal(repr(value))
        case _:
            raise invalid_params("Invalid value in params: only strings, numbers and booleans can be bound.")


def kind_of(value: BoundValue) -> str:
    """What of a bound value the compiled form depends on: its class, and a number's decimals."""
    if value is None:
        return "z"
    if isinstance(value, str):
        return "s"
    exponent = value.as_tuple().exponent
    return f"n{-exponent if isinstance(exponent, int) and exponent < 0 else 0}"


def sqlite_number(value: Decimal, scale: int) -> int | float:
    """A number at a scale: an integer where it has no more decimals, otherwise a float between two integers."""
    scaled = value.scaleb(scale)
    whole = int(scaled)
    return whole if whole == scaled and abs(whole) < 2**63 else float(scaled)


def sqlite_integer_text(value: int | float) -> str:
    """A number as SQLite source text."""
    return str(value) if isinstance(value, int) else repr(value)
