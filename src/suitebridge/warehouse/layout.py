"""How a table looks in the warehouse: names, types and extra columns, in the layout ``plain`` or ``fivetran``. Pure.

``plain``: SuiteQL's own names with real types. ``fivetran``: the names and conventions of Fivetran's netsuite2
connector, so that models written for it run: flags stay T or F, and three columns of bookkeeping are added.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from suitebridge.errors import UsageError
from suitebridge.netsuite.rows import Field
from suitebridge.netsuite.tables import Column, Table, nearest
from suitebridge.warehouse.queries import wire_name

Layout = Literal["plain", "fivetran"]


@dataclass(frozen=True, slots=True)
class Extra:
    """A column that the warehouse adds: its name, its SQL type and the SQL expression of its value."""

    name: str
    type: str
    value: str


_FIVETRAN = (
    Extra("_fivetran_synced", "TIMESTAMP WITH TIME ZONE", "now()"),
    Extra("_fivetran_deleted", "BOOLEAN", "FALSE"),
    Extra("_fivetran_active", "BOOLEAN", "TRUE"),
)


def extras(layout: Layout) -> tuple[Extra, ...]:
    """The columns that the layout adds to every table."""
    return _FIVETRAN if layout == "fivetran" else ()


def field(column: Column, layout: Layout, hashed: bool = False) -> Field:
    """A column as it is read and named under the layout."""
    fivetran = layout == "fivetran"
    return Field(
        column=column,
        wire=wire_name(column),
        name=(column.fivetran or column.name) if fivetran else column.name,
        hashed=hashed,
        as_text=fivetran and column.type.name == "boolean",
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """Which columns are wanted, as patterns ``column`` or ``table.column``; both parts may have wildcards.

    Without `only` all columns are wanted. The key is always read.
    """

    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hash: tuple[str, ...] = ()

    def check(self, tables: Sequence[Table]) -> None:
        """Refuse what cannot be meant.

        Raises:
            UsageError: a pattern finds no column of the tables (with the nearest names), or a key would be left out
                or hashed.
        """
        for option, patterns in (("--columns", self.only), ("--exclude", self.exclude), ("--hash", self.hash)):
            for pattern in patterns:
                found = [(table, column) for table in tables for column in _found(table, pattern)]
                if not found and not _may_be_custom(pattern, tables):
                    raise _unknown(option, pattern, tables)
                keys = [f"{table.name}.{column}" for table, column in found if column in table.key]
                exact = not any(mark in pattern for mark in "*?[")
                if keys and exact and option == "--hash":
                    raise UsageError(f"{option}: {keys[0]} is a key, which must stay as it is", record=pattern)
                if keys and exact and option == "--exclude" and "." in pattern:
                    raise UsageError(
                        f"{option}: {keys[0]} is a key, without which nothing can be proved", record=pattern
                    )

    def columns(self, table: Table) -> tuple[Column, ...]:
        """The columns of a table that are wanted, the key among them."""
        return tuple(column for column in table.columns if column.name in table.key or self._wants(table, column.name))

    def may_want(self, table: Table, beginning: str) -> bool:
        """Whether columns that no definition tells, with names of this beginning, can be wanted."""
        for_table = [pattern for pattern in self.only if _about(table, pattern)]
        if not for_table:
            return True
        names = [pattern.rpartition(".")[2] for pattern in for_table]
        return any(name.startswith((beginning, "*", "?", "[")) for name in names)

    def named(self, table: Table, beginning: str) -> tuple[str, ...]:
        """Columns of this beginning that are wanted by their exact names under the table's."""
        pairs = [pattern.rpartition(".") for pattern in (*self.only, *self.hash)]
        names = [column for name, _, column in pairs if name == table.name and column.startswith(beginning)]
        return tuple(name for name in dict.fromkeys(names) if not any(mark in name for mark in "*?["))

    def leaves_out(self, table: Table, column: str) -> bool:
        """Whether a column that the table may have is not wanted."""
        return column not in table.key and not self._wants(table, column)

    def hashes(self, table: Table, column: str) -> bool:
        """Whether a column is to be hashed."""
        return column not in table.key and any(_fits(table, column, pattern) for pattern in self.hash)

    def _wants(self, table: Table, column: str) -> bool:
        for_table = [pattern for pattern in self.only if _about(table, pattern)]
        if for_table and not any(_fits(table, column, pattern) for pattern in for_table):
            return False
        return not any(_fits(table, column, pattern) for pattern in self.exclude)


def choice(
    columns: Iterable[str] = (),
    exclude: Iterable[str] = (),
    hash: Iterable[str] = (),
    by_table: Mapping[str, Sequence[str]] | None = None,
) -> Choice:
    """A choice from lists of patterns; `by_table` names wanted columns under their table."""
    only = [*columns, *(f"{table}.{name}" for table, names in (by_table or {}).items() for name in names)]
    return Choice(*(tuple(text.strip().lower() for text in texts) for texts in (only, exclude, hash)))


def _about(table: Table, pattern: str) -> bool:
    name, dot, _ = pattern.rpartition(".")
    # A plain column name speaks of the tables that have such a column, and leaves the others whole.
    return fnmatch.fnmatchcase(table.name, name) if dot else bool(_found(table, pattern))


def _fits(table: Table, column: str, pattern: str) -> bool:
    name, dot, wanted = pattern.rpartition(".")
    return (not dot or fnmatch.fnmatchcase(table.name, name)) and fnmatch.fnmatchcase(column, wanted)


def _found(table: Table, pattern: str) -> list[str]:
    return [column.name for column in table.columns if _fits(table, column.name, pattern)]


def _may_be_custom(pattern: str, tables: Sequence[Table]) -> bool:
    # Custom columns are known only once the account has been asked.
    name, dot, column = pattern.rpartition(".")
    custom = [table for table in tables if table.custom and (not dot or fnmatch.fnmatchcase(table.name, name))]
    return column.startswith("cust") and bool(custom)


def _unknown(option: str, pattern: str, tables: Sequence[Table]) -> UsageError:
    name, dot, column = pattern.rpartition(".")
    if dot and not any(fnmatch.fnmatchcase(table.name, name) for table in tables):
        near = nearest(name, [table.name for table in tables])
        what = f"{option}: the table {name!r} is not exported"
    else:
        known = {
            found.name
            for table in tables
            if not dot or fnmatch.fnmatchcase(table.name, name)
            for found in table.columns
        }
        near = nearest(column, known)
        what = f"{option}: there is no column {pattern!r}"
    return UsageError(what, record=pattern, remedy=f"did you mean {' or '.join(near)}?" if near else None)
