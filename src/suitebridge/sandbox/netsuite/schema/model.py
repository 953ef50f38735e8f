"""What a SuiteQL table and its columns are, for storage, for the compiler and for REST records alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a column's values are stored in SQLite and shown by SuiteQL."""

    ID = "id"  # INTEGER; internal id
    REF = "ref"  # INTEGER; internal id in the table `target`
    INTEGER = "integer"  # INTEGER
    DECIMAL = "decimal"  # INTEGER, value × 10**scale: sums are exact
    TEXT = "text"  # TEXT; empty text is stored as NULL
    CODE = "code"  # TEXT from a fixed list; BUILTIN.DF refuses it unless it has `labels`
    BOOL = "bool"  # TEXT 'T' or 'F'
    DATE = "date"  # TEXT 'YYYY-MM-DD'
    DATETIME = "datetime"  # TEXT 'YYYY-MM-DD HH:MM:SS', wall clock of the company's zone


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `feature` and `permission` say what must be there for it to exist for a caller."""

    name: str
    kind: Kind
    scale: int = 0
    target: str | None = None
    labels: Mapping[str, str] | None = None
    nullable: bool = True
    feature: str | None = None
    permission: str | None = None
    custom: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One SuiteQL table.

    `key` identifies a row; its first column is what a keyset page orders by. `display` is the column that
    BUILTIN.DF shows for a reference to this table. `view_of` names the base table of a table that only
    shows another one. `removed` are columns that answer "REMOVED - Field is removed". `indexes` are column lists
    beside the key. `record_type_id` is what `deletedrecord` and `systemnote` call a record of this table.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    display: str | None = None
    feature: str | None = None
    permission: str | None = None
    view_of: str | None = None
    default_order: tuple[str, ...] = ()
    removed: frozenset[str] = frozenset()
    indexes: tuple[tuple[str, ...], ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    record_type_id: int | None = None
    hidden: bool = False  # stored, but not a SuiteQL table

    def column(self, name: str) -> Column | None:
        """The column of that lower-case name, or None."""
        return _columns_of(self).get(name)


@dataclass(frozen=True, slots=True)
class Schema:
    """All tables by lower-case name."""

    tables: Mapping[str, Table] = field(default_factory=dict[str, Table])

    @classmethod
    def of(cls, tables: Iterable[Table]) -> Schema:
        """Build from tables; a name that occurs twice is a ValueError."""
        by_name: dict[str, Table] = {}
        for table in tables:
            if table.name in by_name:
                raise ValueError(f"table {table.name} is defined twice")
            by_name[table.name] = table
        return cls(by_name)

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def get(self, name: str) -> Table | None:
        """The table of that lower-case name, or None."""
        return self.tables.get(name)


_index: dict[int, tuple[Table, dict[str, Column]]] = {}


def _columns_of(table: Table) -> dict[str, Column]:
    found = _index.get(id(table))
    if found is None or found[0] is not table:
        found = (table, {column.name: column for column in table.columns})
        _index[id(table)] = found
    return found[1]
