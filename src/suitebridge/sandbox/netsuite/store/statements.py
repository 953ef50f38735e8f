"""Running SQL with the types that a store holds; the driver's own annotations need a newer Python than ours."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import apsw

from suitebridge.sandbox.netsuite.store.errors import StoreError

Value = int | str | None
"""A value in storage form."""


def run(connection: apsw.Connection, sql: str, bindings: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
    """All rows of one statement, or of several that take no values."""
    return cast("list[tuple[Value, ...]]", connection.execute(sql, bindings or None).fetchall())


def run_many(connection: apsw.Connection, sql: str, bindings: Iterable[Sequence[Value]]) -> None:
    """One statement for each sequence of values, taken as they come."""
    connection.executemany(sql, bindings)


def whole(connection: apsw.Connection, sql: str, bindings: Sequence[Value] = ()) -> int:
    """The one whole number that a query gives."""
    value = run(connection, sql, bindings)[0][0]
    assert isinstance(value, int)
    return value


def queried(connection: apsw.Connection, sql: str, bindings: Sequence[Value] = ()) -> list[dict[str, Value]]:
    """The rows of a query by column name. StoreError, before anything is done, for a statement that writes."""
    cursor = connection.cursor()
    cursor.exec_trace = _only_reading
    found: list[dict[str, Value]] = []
    columns: tuple[str, ...] = ()
    for row in cursor.execute(sql, bindings or None):
        if not columns:
            columns = tuple(part[0] for part in cursor.get_description())
        found.append(dict(zip(columns, cast("tuple[Value, ...]", row), strict=True)))
    return found


def tuples(connection: apsw.Connection, sql: str, bindings: Mapping[str, Value]) -> list[tuple[Value, ...]]:
    """The rows of a query with named values. StoreError for a statement that writes."""
    cursor = connection.cursor()
    cursor.exec_trace = _only_reading
    return cast("list[tuple[Value, ...]]", cursor.execute(sql, dict(bindings)).fetchall())


def _only_reading(cursor: apsw.Cursor, *_: object) -> bool:
    if not cursor.is_readonly:
        raise StoreError("a query may not write")
    return True
