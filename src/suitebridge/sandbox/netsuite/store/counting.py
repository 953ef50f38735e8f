"""How many rows lie in a range of ids, from counts per bucket of ids and the rows of the two buckets at its ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import apsw

from suitebridge.sandbox.netsuite.store.layout import BUCKET_SHIFT, Counter, quoted
from suitebridge.sandbox.netsuite.store.statements import run, run_many, whole

ADD_TO_BUCKET = (
    "INSERT INTO _count (counter, bucket, rows) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (counter, bucket) DO UPDATE SET rows = rows + ?3"
)

_WIDTH = 1 << BUCKET_SHIFT
_LOWEST = -(1 << 63) >> BUCKET_SHIFT
_HIGHEST = ((1 << 63) - 1) >> BUCKET_SHIFT


def recount(connection: apsw.Connection, counters: Iterable[Counter]) -> None:
    """Counts everything anew."""
    run(connection, "DELETE FROM _count")
    for counter in counters:
        run(
            connection,
            "INSERT INTO _count (counter, bucket, rows) "
            f"SELECT ?, {quoted(counter.column)} >> {BUCKET_SHIFT}, count(*) "
            f"FROM {quoted(counter.table)} GROUP BY 2",
            (counter.number,),
        )


def rows_in_range(connection: apsw.Connection, counter: Counter, after: int | None, upto: int | None) -> int:
    """Rows with after < column <= upto; None leaves that end open."""
    first = _LOWEST if after is None else (after + 1) >> BUCKET_SHIFT
    last = _HIGHEST if upto is None else upto >> BUCKET_SHIFT
    if after is not None and upto is not None:
        if after >= upto:
            return 0
        if first == last:
            return _rows_between(connection, counter, after, upto)
    total = _in_buckets(connection, counter, first, last)
    if after is not None:
        total -= _part_of_bucket(connection, counter, first, upto=after)
    if upto is not None:
        total -= _part_of_bucket(connection, counter, last, after=upto)
    return total


def _part_of_bucket(
    connection: apsw.Connection,
    counter: Counter,
    bucket: int,
    *,
    after: int | None = None,
    upto: int | None = None,
) -> int:
    """Rows of one bucket up to, or after, an id: the shorter side is read, the other is what remains."""
    start = (bucket << BUCKET_SHIFT) - 1
    end = start + _WIDTH
    boundary = upto if upto is not None else after
    assert boundary is not None
    lower_is_shorter = boundary - start <= end - boundary
    lower_is_wanted = upto is not None
    shorter = (
        _rows_between(connection, counter, start, boundary)
        if lower_is_shorter
        else _rows_between(connection, counter, boundary, end)
    )
    if lower_is_shorter == lower_is_wanted:
        return shorter
    return _in_buckets(connection, counter, bucket, bucket) - shorter


def _in_buckets(connection: apsw.Connection, counter: Counter, first: int, last: int) -> int:
    return whole(
        connection,
        "SELECT coalesce(sum(rows), 0) FROM _count WHERE counter = ? AND bucket BETWEEN ? AND ?",
        (counter.number, first, last),
    )


def _rows_between(connection: apsw.Connection, counter: Counter, after: int, upto: int) -> int:
    if after >= upto:
        return 0
    column = quoted(counter.column)
    return whole(
        connection, f"SELECT count(*) FROM {quoted(counter.table)} WHERE {column} > ? AND {column} <= ?", (after, upto)
    )


class Changes:
    """What one transaction adds to the counts and takes from them."""

    def __init__(self, by_table: Mapping[str, tuple[Counter, ...]]) -> None:
        self._by_table = by_table
        self._changes: dict[tuple[int, int], int] = {}

    def add(self, table: str, values: Mapping[str, object]) -> None:
        """One row more, with these values in its counted columns."""
        for counter in self._by_table[table]:
            self._note(counter.number, values[counter.column], 1)

    def remove(self, table: str, values: Iterable[object]) -> None:
        """One row less; its counted columns in the order of the counters."""
        for counter, value in zip(self._by_table[table], values, strict=True):
            self._note(counter.number, value, -1)

    def _note(self, number: int, value: object, change: int) -> None:
        assert isinstance(value, int)
        bucket = (number, value >> BUCKET_SHIFT)
        self._changes[bucket] = self._changes.get(bucket, 0) + change

    def write(self, connection: apsw.Connection) -> None:
        """Puts the changes into the table of counts."""
        if self._changes:
            run_many(
                connection,
                ADD_TO_BUCKET,
                ((number, bucket, change) for (number, bucket), change in self._changes.items() if change),
            )
