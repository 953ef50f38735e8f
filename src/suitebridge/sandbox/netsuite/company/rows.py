"""From named values to rows in the schema's column order, buffered by table until the sink takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Protocol

from suitebridge.sandbox.netsuite.schema import SCHEMA

Value = int | str | None
Row = tuple[Value, ...]


class Sink(Protocol):
    """Where a generated company goes: `Store` is one."""

    def load(self, table: str, rows: Iterable[Row]) -> None:
        """Take rows of a table, values in the order of its columns."""
        ...

    def finish_load(self) -> None:
        """All rows are there."""
        ...


def shape(table: str, names: Iterable[str], constants: Mapping[str, Value] | None = None) -> Callable[[Row], Row]:
    """A function from the values of `names`, in that order, to a whole row; other columns are constant or null."""
    given = tuple(names)
    fixed = dict(constants or {})
    columns = [column.name for column in SCHEMA[table].columns]
    unknown = [name for name in (*given, *fixed) if name not in columns]
    if unknown:
        raise ValueError(f"{table} has no column {', '.join(unknown)}")
    places = {name: place for place, name in enumerate((*given, *fixed))}
    nothing = len(places)
    pick: Callable[[Row], Row] = itemgetter(*(places.get(name, nothing) for name in columns))
    tail = (*fixed.values(), None)
    return lambda values: pick(values + tail)


class Rows:
    """Rows that wait for the sink, a list for each table. Append to `rows[table]`; `flush` hands them over."""

    __slots__ = ("_buffers", "_sink", "counts")

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._buffers: dict[str, list[Row]] = {}
        self.counts: dict[str, int] = {}

    def __getitem__(self, table: str) -> list[Row]:
        found = self._buffers.get(table)
        if found is None:
            found = self._buffers[table] = []
        return found

    def flush(self) -> None:
        """Hand all rows over, each table's sorted by its leading columns, which hold its key."""
        for table, rows in self._buffers.items():
            if rows:
                width = _KEY_WIDTH.get(table, 1)
                rows.sort(key=itemgetter(*range(width)))
                self.counts[table] = self.counts.get(table, 0) + len(rows)
                self._sink.load(table, rows)
                rows.clear()


_KEY_WIDTH = {
    "transactionaccountingline": 3,
    "nexttransactionlink": 2,
    "nexttransactionlinelink": 4,
    "deletedrecord": 2,
    "inventoryitemlocations": 2,
    "itemsubsidiarymap": 2,
}
