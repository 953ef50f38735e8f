"""Filling an empty store with many rows: indexes, counts, sequences and the mirrored table come at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import apsw

from suitebridge.sandbox.netsuite.schema.model import Kind, Table
from suitebridge.sandbox.netsuite.store.counting import recount
from suitebridge.sandbox.netsuite.store.errors import InvalidValue
from suitebridge.sandbox.netsuite.store.layout import EXTRA, indexes, names, quoted
from suitebridge.sandbox.netsuite.store.mirror import mirror_statement
from suitebridge.sandbox.netsuite.store.plans import Plans
from suitebridge.sandbox.netsuite.store.statements import Value, run, run_many, whole

_TEXTS = frozenset({Kind.TEXT, Kind.CODE})
_SAMPLE_FOR_STATISTICS = 1_000


def drop_indexes(connection: apsw.Connection, plans: Plans) -> None:
    """Removes every index beside the keys."""
    for name in indexes(plans.schema):
        run(connection, f"DROP INDEX IF EXISTS {quoted(name)}")


def insert_statement(table: Table, *, with_extra: bool) -> str:
    """The INSERT for whole rows; the empty text becomes null in it."""
    columns = [column.name for column in table.columns]
    marks = ["nullif(?, '')" if column.kind in _TEXTS else "?" for column in table.columns]
    if with_extra:
        columns.append(EXTRA)
        marks.append("?")
    return f"INSERT INTO {quoted(table.name)} ({names(tuple(columns))}) VALUES ({', '.join(marks)})"


def insert_rows(connection: apsw.Connection, table: Table, rows: Iterable[tuple[Value, ...]]) -> None:
    """Inserts rows as they come, never holding more than one. All have one width: with `extra` or without."""
    remaining: Iterator[tuple[Value, ...]] = iter(rows)
    first = next(remaining, None)
    if first is None:
        return
    width = len(table.columns)
    if len(first) not in (width, width + 1):
        raise InvalidValue(f"a row of {table.name} has {width} values, and one more for {EXTRA}; not {len(first)}")
    statement = insert_statement(table, with_extra=len(first) > width)
    run_many(connection, statement, chain((first,), remaining))


def complete(connection: apsw.Connection, plans: Plans) -> dict[str, int]:
    """Makes all that follows from the rows; gives the last id of each sequence."""
    for query in plans.mirrored.values():
        run(connection, mirror_statement(plans.schema, query))
    for statement in indexes(plans.schema).values():
        run(connection, statement)
    recount(connection, plans.all_counters)
    last_ids = _last_ids(connection, plans)
    run_many(connection, "INSERT OR REPLACE INTO _sequence (name, last) VALUES (?, ?)", list(last_ids.items()))
    run(connection, f"PRAGMA analysis_limit = {_SAMPLE_FOR_STATISTICS}; ANALYZE")
    return last_ids


def _last_ids(connection: apsw.Connection, plans: Plans) -> dict[str, int]:
    last = stored_last_ids(connection)
    for table, (sequence, column) in plans.numbered.items():
        highest = whole(connection, f"SELECT coalesce(max({quoted(column)}), 0) FROM {quoted(table)}")
        if highest > last.get(sequence, 0):
            last[sequence] = highest
    return last


def stored_last_ids(connection: apsw.Connection) -> dict[str, int]:
    """The last id of each sequence, as stored."""
    last: dict[str, int] = {}
    for name, number in run(connection, "SELECT name, last FROM _sequence"):
        assert isinstance(name, str)
        assert isinstance(number, int)
        last[name] = number
    return last
