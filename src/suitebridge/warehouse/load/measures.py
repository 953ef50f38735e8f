"""What a table of a DuckDB file holds: rows and sums, of all of it and of parts of its key."""

# duckdb's rows have no types of their own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import itertools
from collections.abc import Sequence

from suitebridge.warehouse.load.connection import Connection, literal, quoted, where_range
from suitebridge.warehouse.load.schema import staging_name
from suitebridge.warehouse.load.staged import Local, Staged
from suitebridge.warehouse.ranges import Key, Range


def measure(
    connection: Connection,
    staged: Staged,
    sums: Sequence[str],
    since: tuple[str, str] | None,
    upto: Key | None = None,
    staging: bool = True,
) -> Local:
    """Rows and sums of the table.

    Args:
        sums: columns by their names in the target.
        since: a date column and an instant, as an ISO date-time of UTC.
        upto: only rows up to this key.
        staging: the table being read, else the one in use.
    """
    added = [f"CAST(coalesce(sum({quoted(name)}), 0) AS VARCHAR)" for name in sums]
    moved = "0"
    if since is not None:
        column, moment = since
        moved = f"count(*) FILTER ({quoted(column)} >= {literal(moment)}::TIMESTAMP WITH TIME ZONE)"
    source = connection.at(staging_name(staged.name) if staging else staged.name)
    inside = where_range(staged, Range(None, upto))
    with connection.transaction() as run:
        row = run(f"SELECT count(*), {moved}{''.join(f', {text}' for text in added)} FROM {source}{inside}").fetchone()
    assert row is not None
    return Local(row[0], tuple(row[2:]), row[1])


def edges(connection: Connection, staged: Staged, range_: Range, parts: int) -> list[int]:
    """Values of the key's first column that cut the rows of a range into about equal parts, ends left out."""
    key = quoted(staged.key[0].name)
    with connection.transaction() as run:
        rows = run(
            f"SELECT DISTINCT max({key}) OVER (PARTITION BY part) FROM (SELECT {key}, ntile({parts}) OVER "
            f"(ORDER BY {key}) AS part FROM {connection.at(staging_name(staged.name))}{where_range(staged, range_)}) "
            "ORDER BY 1"
        ).fetchall()
    return [row[0] for row in rows[:-1]]


def bucket_measures(
    connection: Connection, staged: Staged, range_: Range, edges: Sequence[int], sums: Sequence[str]
) -> list[tuple[int, tuple[str, ...]]]:
    """Rows and sums of the parts of a range between the edges."""
    key = quoted(staged.key[0].name)
    added = "".join(f", CAST(coalesce(sum({quoted(name)}), 0) AS VARCHAR)" for name in sums)
    found: list[tuple[int, tuple[str, ...]]] = []
    inside = where_range(staged, range_) or " WHERE TRUE"
    ends: list[int | None] = [None, *edges, None]
    with connection.transaction() as run:
        for low, high in itertools.pairwise(ends):
            limits = f"{'' if low is None else f' AND {key} > {low}'}{'' if high is None else f' AND {key} <= {high}'}"
            row = run(
                f"SELECT count(*){added} FROM {connection.at(staging_name(staged.name))}{inside}{limits}"
            ).fetchone()
            assert row is not None
            found.append((row[0], tuple(row[1:])))
    return found


def highest_key(connection: Connection, staged: Staged) -> Key | None:
    """The highest key of the table in use; None where there is no such table or it is empty."""
    with connection.transaction() as run:
        if not connection.columns_of(run, staged.name):
            return None
        names = ", ".join(quoted(column.name) for column in staged.key)
        order = ", ".join(f"{quoted(column.name)} DESC" for column in staged.key)
        row = run(f"SELECT {names} FROM {connection.at(staged.name)} ORDER BY {order} LIMIT 1").fetchone()
    return None if row is None else tuple(row)


def has_table(connection: Connection, staged: Staged) -> bool:
    """Whether the table is in use."""
    with connection.transaction() as run:
        return bool(connection.columns_of(run, staged.name))
