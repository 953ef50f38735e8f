"""Writes an export into a DuckDB file: rows and progress in one transaction, finished tables swapped in at once.

A table is read into a staging table beside the one in use, so that a reader never sees half of it. All methods belong
to one thread. Progress, runs and the history of columns are kept in tables whose names begin with ``_suitebridge_``.
"""

# pyarrow brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from suitebridge.netsuite.rows import Batch
from suitebridge.warehouse.load.connection import MEMORY_LIMIT, Connection, one, quoted, where_range
from suitebridge.warehouse.load.schema import META_TABLES, PREFIX, sql_type, staging_name
from suitebridge.warehouse.load.staged import Staged
from suitebridge.warehouse.progress import (
    NumberedRange,
    Piece,
    TablePlan,
    TableProgress,
    TableResult,
    key_text,
    read_columns,
    read_key,
    store_columns,
)
from suitebridge.warehouse.ranges import Range


class DuckDBTarget:
    """An open DuckDB file. Use as a context manager, or call `close`."""

    def __init__(self, path: Path, schema: str = "main", memory_limit: str = MEMORY_LIMIT) -> None:
        """Open the file, make it if it is not there, and make the schema and the progress tables in it.

        Raises:
            TargetError: it cannot be opened or written to.
        """
        self.connection = Connection(path, schema, memory_limit)
        with self.connection.transaction() as run:
            for statement in META_TABLES:
                run(statement)

    def close(self) -> None:
        """Close the file. Does nothing the second time."""
        self.connection.close()

    def __enter__(self) -> DuckDBTarget:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open_run(self, run_id: str, fingerprint: str, account: str, most_hours: int) -> str | None:
        """The id of an unfinished run of the same command, to be resumed; else None, and `run_id` is begun.

        Runs that have stood still for `most_hours` are given up: what they read has aged.
        """
        with self.connection.transaction() as run:
            self._forget_stale(run, most_hours)
            row = run(
                f"SELECT run_id FROM {PREFIX}run WHERE fingerprint = ? AND state = 'running' "
                "ORDER BY started_at DESC LIMIT 1",
                [fingerprint],
            ).fetchone()
            if row is not None:
                return str(row[0])
            run(
                f"INSERT INTO {PREFIX}run VALUES (?, ?, ?, 'running', now(), NULL)",
                [run_id, fingerprint, account],
            )
            return None

    def close_run(self, run_id: str) -> None:
        """All tables of the run are done."""
        with self.connection.transaction() as run:
            run(f"UPDATE {PREFIX}run SET state = 'done', ended_at = now() WHERE run_id = ?", [run_id])

    def progress_of(self, run_id: str, staged: Staged) -> TableProgress | None:
        """How far the run has come with a table; None where it has not begun it, or its staging table is gone."""
        with self.connection.transaction() as run:
            row = run(
                f"SELECT state, highest_key, newest, total, columns, row_count FROM {PREFIX}table "
                "WHERE run_id = ? AND table_name = ?",
                [run_id, staged.name],
            ).fetchone()
            if row is None:
                return None
            state, highest, newest, total, columns, row_count = row
            ranges: list[NumberedRange] = []
            rows = row_count or 0
            if state == "reading":
                if not self.connection.columns_of(run, staging_name(staged.name)):
                    return None
                ranges = [
                    NumberedRange(number, Range(read_key(after), read_key(upto)))
                    for number, after, upto in run(
                        f"SELECT range_no, range_start, range_end FROM {PREFIX}progress "
                        "WHERE run_id = ? AND table_name = ? AND state = 'open' ORDER BY range_no",
                        [run_id, staged.name],
                    ).fetchall()
                ]
                rows = one(run, f"SELECT count(*) FROM {self._staging(staged.name)}")
            plan = TablePlan(read_key(highest), newest, total, tuple(ranges))
            return TableProgress(state, plan, rows, read_columns(columns))

    def highest_range(self, run_id: str, staged: Staged) -> int:
        """The highest range number in use."""
        with self.connection.transaction() as run:
            return one(
                run,
                f"SELECT coalesce(max(range_no), 0) FROM {PREFIX}progress WHERE run_id = ? AND table_name = ?",
                [run_id, staged.name],
            )

    def begin_table(self, run_id: str, staged: Staged, plan: TablePlan) -> None:
        """Make an empty staging table and note the plan."""
        with self.connection.transaction() as run:
            run(f"DELETE FROM {PREFIX}table WHERE table_name = ?", [staged.name])
            run(f"DELETE FROM {PREFIX}progress WHERE table_name = ?", [staged.name])
            run(f"DROP TABLE IF EXISTS {self._staging(staged.name)}")
            columns = [f"{quoted(column.name)} {sql_type(column.type)}" for column in staged.columns]
            columns += [f"{quoted(extra.name)} {extra.type}" for extra in staged.extras]
            run(f"CREATE TABLE {self._staging(staged.name)} ({', '.join(columns)})")
            run(
                f"INSERT INTO {PREFIX}table VALUES (?, ?, 'reading', ?, ?, ?, ?, NULL, NULL, NULL, now())",
                [
                    run_id,
                    staged.name,
                    key_text(plan.highest),
                    plan.newest,
                    plan.total,
                    store_columns([column.source for column in staged.columns]),
                ],
            )
            self._open_ranges(run, run_id, staged.name, plan.ranges)

    def fit_columns(self, run_id: str, staged: Staged) -> None:
        """Make the staging table have these columns: some turned out hidden, or of another type."""
        staging = staging_name(staged.name)
        with self.connection.transaction() as run:
            wanted = {column.name: sql_type(column.type) for column in staged.columns}
            wanted |= {extra.name: extra.type for extra in staged.extras}
            for name, kind in self.connection.columns_of(run, staging).items():
                if name not in wanted:
                    run(f"ALTER TABLE {self.connection.at(staging)} DROP COLUMN {quoted(name)}")
                elif wanted[name].replace(" ", "") != kind.replace(" ", ""):
                    run(f"ALTER TABLE {self.connection.at(staging)} ALTER COLUMN {quoted(name)} TYPE {wanted[name]}")
            run(
                f"UPDATE {PREFIX}table SET columns = ? WHERE run_id = ? AND table_name = ?",
                [store_columns([column.source for column in staged.columns]), run_id, staged.name],
            )

    def write(self, run_id: str, pieces: Sequence[tuple[Staged, Piece]]) -> None:
        """Rows and progress of all pieces, in one transaction."""
        with self.connection.transaction() as run:
            by_table: dict[str, list[tuple[Staged, Piece]]] = {}
            for staged, piece in pieces:
                by_table.setdefault(staged.name, []).append((staged, piece))
            for name, group in by_table.items():
                self._insert(run, group[0][0], [piece.batch for _, piece in group if piece.batch.num_rows])
                self._note_done(run, run_id, name, [piece for _, piece in group])
                self._open_ranges(run, run_id, name, [rest for _, piece in group for rest in piece.rest])

    def replace_range(self, staged: Staged, range_: Range, batches: Sequence[Batch]) -> int:
        """The rows of a range, instead of those that are there. Returns by how many rows the table has grown."""
        with self.connection.transaction() as run:
            gone = one(run, f"DELETE FROM {self._staging(staged.name)}{where_range(staged, range_)}")
            self._insert(run, staged, batches)
        return sum(batch.num_rows for batch in batches) - gone

    def replace_rows(self, staged: Staged, batches: Sequence[Batch]) -> None:
        """These rows, instead of those of the same keys."""
        with self.connection.transaction() as run:
            for batch in batches:
                same = " AND ".join(f"t.{quoted(column.name)} = b.{quoted(column.name)}" for column in staged.key)
                with self.connection.registered("_batch", pa.Table.from_batches([batch])):
                    run(f"DELETE FROM {self._staging(staged.name)} AS t USING _batch AS b WHERE {same}")
            self._insert(run, staged, batches)

    def finish_table(
        self, run_id: str, staged: Staged, result: TableResult, unwanted: Callable[[str], bool] = lambda column: False
    ) -> None:
        """Put the staging table in the place of the table in use, in one transaction.

        Args:
            unwanted: whether a column of the table in use is to go where it was not read this time; all others were
                merely out of reach (hidden, or not found), and stay as they are.
        """
        staging, place = self._staging(staged.name), self.connection.at(staged.name)
        with self.connection.transaction() as run:
            old = self.connection.columns_of(run, staged.name)
            new = self.connection.columns_of(run, staging_name(staged.name))
            same = " AND ".join(f"s.{quoted(column.name)} = o.{quoted(column.name)}" for column in staged.key)
            for column in old:
                if column not in new and not column.startswith("_fivetran_") and not unwanted(column):
                    kept_name = quoted(column)
                    run(f"ALTER TABLE {staging} ADD COLUMN {kept_name} {old[column]}")
                    run(f"UPDATE {staging} AS s SET {kept_name} = o.{kept_name} FROM {place} AS o WHERE {same}")
            run(f"DROP TABLE IF EXISTS {place}")
            run(f"ALTER TABLE {staging} RENAME TO {quoted(staged.name)}")
            run(
                f"UPDATE {PREFIX}table SET state = 'done', row_count = ?, sums = ?, proved_at = ? "
                "WHERE run_id = ? AND table_name = ?",
                [
                    result.rows,
                    msgspec.json.encode({**result.key_sums, **result.sums}).decode(),
                    result.at,
                    run_id,
                    staged.name,
                ],
            )
            self._note_columns(run, staged, result.hidden)

    def last_result(self, run_id: str, staged: Staged) -> tuple[int, dict[str, str | int], str]:
        """Rows, sums and moment of proof of a table that the run has done."""
        with self.connection.transaction() as run:
            row = run(
                f"SELECT row_count, sums, strftime(proved_at, '%Y-%m-%dT%H:%M:%SZ') FROM {PREFIX}table "
                "WHERE run_id = ? AND table_name = ?",
                [run_id, staged.name],
            ).fetchone()
        assert row is not None
        return row[0], msgspec.json.decode(row[1], type=dict[str, str | int]), row[2]

    def known_columns(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """What earlier runs knew of a table's columns: SuiteQL name to (type, origin, asked for and hidden today)."""
        with self.connection.transaction() as run:
            return {
                column: (kind, origin, hidden)
                for column, kind, origin, hidden in run(
                    f"SELECT column_name, suiteql_type, origin, "
                    "coalesce(hidden_at > now() - INTERVAL 1 DAY, FALSE) "
                    f"FROM {PREFIX}column WHERE table_name = ?",
                    [name],
                ).fetchall()
            }

    def _staging(self, table: str) -> str:
        """The table that is being read, for SQL."""
        return self.connection.at(staging_name(table))

    def _forget_stale(self, run: Any, most_hours: int) -> None:
        old = f"SELECT run_id FROM {PREFIX}run WHERE state = 'running' AND started_at < now() - to_hours({most_hours})"
        for (name,) in run(
            f"SELECT table_name FROM {PREFIX}table WHERE state = 'reading' AND run_id IN ({old})"
        ).fetchall():
            run(f"DROP TABLE IF EXISTS {self._staging(name)}")
        run(f"DELETE FROM {PREFIX}table WHERE state = 'reading' AND run_id IN ({old})")
        run(f"UPDATE {PREFIX}run SET state = 'given up' WHERE run_id IN ({old})")

    def _insert(self, run: Any, staged: Staged, batches: Sequence[Batch]) -> None:
        by_schema: dict[tuple[str, ...], list[Batch]] = {}
        for batch in batches:
            by_schema.setdefault(tuple(batch.schema.names), []).append(batch)
        for names, group in by_schema.items():
            into = [*(quoted(name) for name in names), *(quoted(extra.name) for extra in staged.extras)]
            values = [*(quoted(name) for name in names), *(extra.value for extra in staged.extras)]
            with self.connection.registered("_batch", pa.Table.from_batches(group)):
                run(
                    f"INSERT INTO {self._staging(staged.name)} ({', '.join(into)}) "
                    f"SELECT {', '.join(values)} FROM _batch"
                )

    def _note_done(self, run: Any, run_id: str, name: str, pieces: Sequence[Piece]) -> None:
        numbers = ", ".join(str(piece.number) for piece in pieces)
        run(
            f"DELETE FROM {PREFIX}progress WHERE run_id = ? AND table_name = ? AND range_no IN ({numbers})",
            [run_id, name],
        )
        rows = [
            [run_id, name, piece.number, key_text(piece.done.after), key_text(piece.done.upto), "done",
             piece.batch.num_rows, piece.key_sum]
            for piece in pieces
        ]  # fmt: skip
        self._many(run, rows)

    def _open_ranges(self, run: Any, run_id: str, name: str, ranges: Sequence[NumberedRange]) -> None:
        self._many(
            run,
            [
                [
                    run_id,
                    name,
                    entry.number,
                    key_text(entry.range.after),
                    key_text(entry.range.upto),
                    "open",
                    None,
                    None,
                ]
                for entry in ranges
            ],
        )

    def _many(self, run: Any, rows: list[list[Any]]) -> None:
        if not rows:
            return
        columns = list(zip(*rows, strict=True))
        types = (pa.string(), pa.string(), pa.int64(), pa.string(), pa.string(), pa.string(), pa.int64(), pa.string())
        sums = [None if value is None else str(value) for value in columns[7]]
        arrays = [pa.array(values, kind) for values, kind in zip([*columns[:7], sums], types, strict=True)]
        names = ["run_id", "table_name", "range_no", "range_start", "range_end", "state", "row_count", "key_sum"]
        with self.connection.registered("_progress", pa.Table.from_arrays(arrays, names=names)):
            run(
                f"INSERT INTO {PREFIX}progress SELECT run_id, table_name, range_no, range_start, range_end, state, "
                "row_count, CAST(key_sum AS HUGEINT), now() FROM _progress"
            )

    def _note_columns(self, run: Any, staged: Staged, hidden: Sequence[str]) -> None:
        seen = pa.table(
            {
                "column_name": [column.source.name for column in staged.columns],
                "target_type": [sql_type(column.type) for column in staged.columns],
                "suiteql_type": [column.source.type.name for column in staged.columns],
                "origin": [column.source.origin for column in staged.columns],
            }
        )
        with self.connection.registered("_columns", seen):
            run(
                f"INSERT INTO {PREFIX}column "
                "SELECT ?, column_name, target_type, suiteql_type, origin, now(), now(), NULL "
                "FROM _columns ON CONFLICT (table_name, column_name) DO UPDATE SET target_type = excluded.target_type, "
                "suiteql_type = excluded.suiteql_type, last_seen = now(), hidden_at = NULL, "
                "first_seen = coalesce(first_seen, now())",
                [staged.name],
            )
        for name in hidden:
            run(
                f"INSERT INTO {PREFIX}column VALUES (?, ?, NULL, NULL, 'defined', NULL, NULL, now()) "
                "ON CONFLICT (table_name, column_name) DO UPDATE SET hidden_at = coalesce(hidden_at, now())",
                [staged.name, name],
            )
