"""What is known of one SuiteQL table: the six facts by which it is read, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal

Way = Literal["dated", "set", "open-periods", "small", "snapshot", "link"]
"""How changes and deletes of a table are seen: by its own date; with its parent; with its parent and by sums of open
periods; by comparing all of it; by comparing ranges of it; with either end of the link."""

Amount = Literal["few", "many"]
"""Whether a table usually fits one page (it is read at once) or not (bounds are asked for first)."""

Bounds = Literal["rows", "keys", "none"]
"""How a table can be cut: by row number, by lowest and highest key, or not at all."""

Origin = Literal["defined", "discovered"]


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A type. Decimals have a precision (digits in all) and a scale (digits after the point)."""

    name: str
    precision: int = 0
    scale: int = 0

    @property
    def is_decimal(self) -> bool:
        return self.precision > 0


INTEGER: Final = ColumnType("integer")
TEXT: Final = ColumnType("text")
BOOLEAN: Final = ColumnType("boolean")
DATE: Final = ColumnType("date")
DATETIME: Final = ColumnType("datetime")
DECIMAL: Final = ColumnType("decimal", 38, 12)

TYPES: Final[Mapping[str, ColumnType]] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            INTEGER,
            TEXT,
            BOOLEAN,
            DATE,
            DATETIME,
            DECIMAL,
            ColumnType("money", 18, 2),
            ColumnType("quantity", 18, 5),
            ColumnType("rate", 20, 8),
            ColumnType("exchangerate", 24, 12),
            ColumnType("number", 18, 4),
        )
    }
)
"""Types by their name in the files. A ``rate`` is a price or cost of one unit; a ``number`` is a percentage, a weight
or any other plain number; a ``decimal`` is a number of a custom field, of which only samples are known."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: as SuiteQL spells it, in lower case.
        to: the table whose key it refers to.
        feature, permission: what must be on or given for the column to exist.
        rest: the field of the REST record that it mirrors, with `factor` between the two (lines of sales: -1).
        fivetran: its name in the ``fivetran`` layout, where that differs.
    """

    name: str
    type: ColumnType
    to: str | None = None
    feature: str | None = None
    permission: str | None = None
    rest: str | None = None
    factor: int = 1
    fivetran: str | None = None
    origin: Origin = "defined"


@dataclass(frozen=True, slots=True)
class Parent:
    """The rows belong to rows of `table`: `column` here equals `of` there."""

    table: str
    column: str
    of: str


@dataclass(frozen=True, slots=True)
class Changed:
    """How a change is seen: the own date `by`, the parent's date, or the date of other tables' rows."""

    by: str | None = None
    with_parent: bool = False
    with_tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deleted:
    """How a delete is seen: in ``deletedrecord`` under these record types, with the parent, by absence, or never."""

    records: tuple[str, ...] = ()
    with_parent: bool = False
    absent: bool = False
    never: bool = False


@dataclass(frozen=True, slots=True)
class Silent:
    """Columns that move without moving any date, and what betrays it."""

    columns: tuple[str, ...]
    betrayed_by: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `key` identifies a row, and its first column can be ranged over.

    `listed` tells whether an export of everything takes it; `proof` names columns whose sums are compared besides the
    key's; `custom` tells whether the columns of the account's custom fields are to be looked for.
    """

    name: str
    about: str
    way: Way
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Amount = "many"
    bounds: Bounds = "rows"
    listed: bool = True
    custom: bool = False
    feature: str | None = None
    record: str | None = None
    parent: Parent | None = None
    changed: Changed = field(default_factory=Changed)
    deleted: Deleted = field(default_factory=Deleted)
    silent: Silent | None = None
    proof: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    def with_columns(self, columns: tuple[Column, ...]) -> Table:
        """The same table with other columns."""
        return replace(self, columns=columns)
