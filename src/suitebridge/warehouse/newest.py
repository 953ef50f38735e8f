"""The newest page of a table, read with every column there is: it shows the fields that the account has added, and its
rows are data at the same time, so that looking for such fields costs no call of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from suitebridge.netsuite.tables import DATE, Column, Table
from suitebridge.warehouse import queries
from suitebridge.warehouse.queries import wire_name
from suitebridge.warehouse.ranges import PAGE, Key, Range, from_bounds

NEWEST_SUFFICES: Final = 10 * PAGE
"""Rows up to which the newest page alone is looked through for the account's own fields."""

CREATED, MODIFIED = "datecreated", "lastmodifieddate"


@dataclass(frozen=True, slots=True)
class Newest:
    """The rows as they came, highest key first.

    Attributes:
        table: what was read; its key is one whole number.
        columns: the columns that were asked for by name; the others come as NetSuite shows them.
        has_more: whether the table has more rows than these.
    """

    table: Table
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, object]]
    has_more: bool

    @property
    def highest(self) -> Key | None:
        """The highest key; None where there are no rows."""
        return self._key(0)

    @property
    def lowest(self) -> Key | None:
        """The lowest key of the page."""
        return self._key(-1)

    def items(self, wanted: Sequence[Column]) -> bytes | None:
        """The rows as a page of these columns in rising order, as JSON.

        None where a column among them was not asked for in a form that can be read without doubt: a date of a field
        that nobody knew of comes in the user's format.
        """
        marks = {column.name: mark for column, mark in zip(self.columns, queries.marks(self.columns), strict=True)}
        places: list[tuple[str, str]] = []
        for column in wanted:
            if column.name not in marks and column.type is DATE:
                return None
            places.append((wire_name(column), marks.get(column.name, column.name)))
        return msgspec.json.encode(
            [{name: row[place] for name, place in places if place in row} for row in reversed(self.rows)]
        )

    def dates(self) -> list[dict[str, object]]:
        """Of each row its id and its dates as wall clocks: id, created, modified. Empty where it has no such dates."""
        marks = {column.name: mark for column, mark in zip(self.columns, queries.marks(self.columns), strict=True)}
        if not {"id", CREATED, MODIFIED} <= set(marks):
            return []
        names = {"id": marks["id"], "created": marks[CREATED], "modified": marks[MODIFIED]}
        return [{name: row[mark] for name, mark in names.items() if mark in row} for row in self.rows]

    def ranges(self, bounds: Sequence[Range], highest: Key | None, total: int) -> list[Range] | None:
        """The table cut so that this page is the last range; None where the table has changed since the bounds.

        Args:
            bounds: exact pages of the table, the last of them as far as its highest key.
            total: how many rows there are.
        """
        low, high = self.lowest, self.highest
        if low is None or high is None or high != highest:
            return None
        if not self.has_more:
            return [Range(None, high)]
        edge = (int(low[0]) - 1,)
        below = [range_.upto for range_ in bounds if range_.upto is not None and range_.upto < edge]
        if below and total - len(self.rows) == len(below) * PAGE:
            # Nothing lies between the last bound and this page.
            below.pop()
        return [*from_bounds(Range(None, edge), [*below, edge]), Range(edge, high)]

    def _key(self, place: int) -> Key | None:
        if not self.rows:
            return None
        mark = queries.marks(self.columns)[[column.name for column in self.columns].index(self.table.key[0])]
        return (int(str(self.rows[place][mark])),)
