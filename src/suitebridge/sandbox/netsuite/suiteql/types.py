"""What the compiler knows of an expression: its SQLite text, its type and scale, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from suitebridge.sandbox.netsuite.schema.model import Column, Kind


class Class(StrEnum):
    """Oracle's data types as far as SuiteQL shows them."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"  # 'YYYY-MM-DD'
    MOMENT = "moment"  # 'YYYY-MM-DD HH:MM:SS', wall clock of the company
    ZONED = "zoned"  # 'YYYY-MM-DD HH:MM:SS+HH:MM'
    INTERVAL = "interval"
    NULL = "null"


@dataclass(frozen=True, slots=True)
class Type:
    """A class, and for numbers the scale: values are integers × 10**-scale; None: floating point."""

    kind: Class
    scale: int | None = None

    @property
    def exact(self) -> bool:
        """Whether values are scaled integers."""
        return self.scale is not None

    @property
    def temporal(self) -> bool:
        """Whether values are dates of any kind."""
        return self.kind in (Class.DATE, Class.MOMENT, Class.ZONED)


INTEGER = Type(Class.NUMBER, 0)
REAL = Type(Class.NUMBER, None)
TEXT = Type(Class.TEXT)
DATE = Type(Class.DATE)
MOMENT = Type(Class.MOMENT)
ZONED = Type(Class.ZONED)
INTERVAL = Type(Class.INTERVAL)
NULL = Type(Class.NULL)


def number(scale: int) -> Type:
    """Exact numbers of this many decimals."""
    return Type(Class.NUMBER, scale)


def type_of(column: Column) -> Type:
    """The type of a stored column."""
    match column.kind:
        case Kind.ID | Kind.REF | Kind.INTEGER:
            return INTEGER
        case Kind.DECIMAL:
            return number(column.scale)
        case Kind.DATE:
            return DATE
        case Kind.DATETIME:
            return MOMENT
        case _:
            return TEXT


@dataclass(frozen=True, slots=True)
class Interval:
    """A literal span of time: months, or seconds."""

    months: int = 0
    seconds: int = 0

    def times(self, factor: int) -> Interval:
        """The span repeated."""
        return Interval(self.months * factor, self.seconds * factor)


@dataclass(frozen=True, slots=True)
class Value:
    """A compiled expression.

    `literal` is its value where it is a constant of the text, `param` its place among the bound values where it
    is a `?`. `column` is the stored column it shows unchanged, also through derived tables; `alias` the alias of
    the stored table it is read from, if directly, and `table` that table's name.
    """

    sql: str
    type: Type
    nullable: bool = True
    literal: Decimal | str | Interval | None = None
    param: int | None = None
    column: Column | None = None
    alias: str | None = None
    table: str | None = None
    aggregate: bool = False

    @property
    def constant(self) -> bool:
        """Whether it is the same for every row, known now or when the query is bound."""
        return self.literal is not None or self.param is not None or self.type is NULL

    @property
    def plain(self) -> bool:
        """Whether it is a bare stored column, which an index may cover."""
        return self.alias is not None


def derived(value: Value, sql: str, type_: Type | None = None) -> Value:
    """Another expression computed from this one: the type stays unless given, the origin does not."""
    return Value(sql, type_ or value.type, nullable=value.nullable)


def renamed(value: Value, sql: str) -> Value:
    """The same values under another SQL name (a derived table's column)."""
    return replace(value, sql=sql, literal=None, param=None, alias=None, table=None, aggregate=False)


NULL_VALUE = Value("NULL", NULL)
