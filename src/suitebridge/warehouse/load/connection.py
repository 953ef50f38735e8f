"""One DuckDB connection: opened with its limits set, transactions, and errors in our own words."""

# pyarrow and duckdb bring few types of their own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from suitebridge.errors import TargetError
from suitebridge.warehouse.load.staged import Staged
from suitebridge.warehouse.ranges import Range

MEMORY_LIMIT: Final = "64MB"
"""What DuckDB may hold; more than this makes an export no faster."""

THREADS: Final = 2


class Connection:
    """An open file and the schema in use. Belongs to one thread."""

    def __init__(self, path: Path, schema: str, memory_limit: str = MEMORY_LIMIT) -> None:
        """Open the file and make it and the schema if they are not there.

        Raises:
            TargetError: it cannot be opened or written to.
        """
        self.path = path
        self.schema = schema
        self._place = ""
        with told(path):
            if not path.parent.is_dir():
                raise TargetError(
                    f"the folder {path.parent} does not exist",
                    record=str(path),
                    remedy=f"make it (mkdir -p {path.parent}), or write elsewhere with --to",
                )
            self._connection = duckdb.connect(str(path))
            self._prepare(memory_limit)

    def _prepare(self, memory_limit: str) -> None:
        run = self._connection.execute
        for setting in (
            f"SET memory_limit = '{memory_limit}'",
            f"SET threads = {THREADS}",
            "SET preserve_insertion_order = false",
            "SET TimeZone = 'UTC'",
        ):
            run(setting)
        if self.schema != "main":
            run(f"CREATE SCHEMA IF NOT EXISTS {quoted(self.schema)}")
        catalog = run("SELECT current_database()").fetchone()
        assert catalog is not None
        # A file may be called as its schema is; with the file's name in front only the schema can be meant.
        self._place = f"{quoted(catalog[0])}.{quoted(self.schema)}"
        run(f"USE {self._place}")

    def at(self, table: str) -> str:
        """A table of the schema in use, for SQL. A bare name would also find a table of the schema ``main``."""
        return f"{self._place}.{quoted(table)}"

    def close(self) -> None:
        """Close the file. Does nothing the second time."""
        with contextlib.suppress(duckdb.Error):
            self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Generator[Any]:
        """All statements of the block, or none. Gives the function that runs one; raises TargetError."""
        with told(self.path):
            self._connection.execute("BEGIN TRANSACTION")
            try:
                yield self._connection.execute
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    self._connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def registered(self, view: str, table: Any) -> Generator[None]:
        """An Arrow table under a name, for the length of the block."""
        self._connection.register(view, table)
        try:
            yield
        finally:
            self._connection.unregister(view)

    def columns_of(self, run: Any, table: str) -> dict[str, str]:
        """Names and SQL types of a table's columns; none where there is no such table."""
        rows = run(
            "SELECT column_name, data_type FROM duckdb_columns() "
            "WHERE database_name = current_database() AND schema_name = ? AND table_name = ?",
            [self.schema, table],
        ).fetchall()
        return dict(rows)


def one(run: Any, sql: str, values: Sequence[object] = ()) -> int:
    """The whole number that is all of a query's answer."""
    row = run(sql, list(values)).fetchone()
    assert row is not None
    return int(row[0])


def where_range(staged: Staged, range_: Range) -> str:
    """The WHERE clause for a range of the key; fewer values than key columns mean all rows that begin with them."""
    key = [quoted(column.name) for column in staged.key]
    conditions: list[str] = []
    if range_.after is not None:
        conditions.append(f"({', '.join(key[: len(range_.after)])}) > ({', '.join(map(_value, range_.after))})")
    if range_.upto is not None:
        conditions.append(f"({', '.join(key[: len(range_.upto)])}) <= ({', '.join(map(_value, range_.upto))})")
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _value(value: int | str) -> str:
    return str(value) if isinstance(value, int) else literal(value)


def quoted(word: str) -> str:
    """A name in double quotes."""
    return '"' + word.replace('"', '""') + '"'


def literal(word: str) -> str:
    """A text as a literal."""
    return "'" + word.replace("'", "''") + "'"


@contextlib.contextmanager
def told(path: Path) -> Generator[None]:
    """Say what went wrong with the file in our own words."""
    try:
        yield
    except duckdb.Error as error:
        raise _target_error(path, str(error)) from error


def _target_error(path: Path, text: str) -> TargetError:
    words = text.lower()
    resumable = "free what is needed and give the same command again: it goes on where it was"
    if "no space left" in words or "disk full" in words or "file too large" in words or "could not write" in words:
        return TargetError(
            f"{path} cannot be written: the disk is full", record=str(path), code="FULL", remedy=resumable
        )
    if "lock" in words and ("conflict" in words or "could not set" in words):
        return TargetError(
            f"{path} is open in another process",
            record=str(path),
            code="LOCKED",
            retryable=True,
            remedy="close the other process (DuckDB lets one write at a time), then give the same command again",
        )
    if "permission denied" in words or "read-only" in words or "read only" in words:
        return TargetError(
            f"{path} cannot be written: it is read-only",
            record=str(path),
            code="READ_ONLY",
            remedy="give write permission on the file and its folder, or write elsewhere with --to",
        )
    if "not a valid duckdb database" in words or "is not a database" in words:
        return TargetError(
            f"{path} is there but is no DuckDB database",
            record=str(path),
            code="NOT_DUCKDB",
            remedy="write to another file with --to",
        )
    return TargetError(
        f"{path}: {text.splitlines()[0] if text else 'unknown error'}", record=str(path), remedy=resumable
    )
