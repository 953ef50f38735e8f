"""The sandbox's storage: one SQLite file, one writer, many readers, each with a snapshot of its own."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal

import apsw

from suitebridge.sandbox.netsuite.clock import SystemClock
from suitebridge.sandbox.netsuite.schema import SCHEMA
from suitebridge.sandbox.netsuite.schema.model import Schema
from suitebridge.sandbox.netsuite.store import loading
from suitebridge.sandbox.netsuite.store.connections import Prepare, Readers, open_connection
from suitebridge.sandbox.netsuite.store.counting import rows_in_range
from suitebridge.sandbox.netsuite.store.errors import DuplicateKey, InvalidValue, StoreError
from suitebridge.sandbox.netsuite.store.files import (
    backup,
    copy_store,
    private_directory,
    private_file,
    remove_directory,
    whole_or_absent,
)
from suitebridge.sandbox.netsuite.store.layout import fingerprint, indexes, quoted, stored_tables, structure
from suitebridge.sandbox.netsuite.store.mirror import MIRROR
from suitebridge.sandbox.netsuite.store.moments import Now, company_time
from suitebridge.sandbox.netsuite.store.plans import Plans
from suitebridge.sandbox.netsuite.store.statements import Value, run, whole
from suitebridge.sandbox.netsuite.store.transaction import Transaction

DEFAULT_ZONE = "America/Los_Angeles"

# Each checkpoint waits for the disk: four times SQLite's distance gives a third more commits a second.
_PAGES_BETWEEN_CHECKPOINTS = 4_000
_LOG_BYTES_KEPT = 64 << 20


class Store:
    """A company's tables. Use `Store.create`, `Store.open` or `Store.copy_of`; close it, or use it in a `with`.

    Any thread may read and write; writers wait for each other, readers wait for nobody.
    """

    def __init__(
        self, path: Path, schema: Schema, prepare: Prepare | None, now: Now | None, private: Path | None
    ) -> None:
        """Not for callers: opens a file that has its tables already."""
        self._path = path
        self._schema = schema
        self._plans = Plans(schema)
        self._prepares: list[Prepare] = [] if prepare is None else [prepare]
        self._now = now or company_time(SystemClock(), DEFAULT_ZONE)
        self._lock = threading.Lock()
        self._writing_thread: int | None = None
        self._joined: dict[str, int] | None = None
        self._part_open = False
        self._closed = False
        self._remove = None if private is None else weakref.finalize(self, remove_directory, private)
        self._writer = open_connection(path)
        try:
            self._check_file()
            # A private store need not outlive the machine, nor its process.
            durability = "NORMAL" if private is None else "OFF"
            run(self._writer, f"PRAGMA journal_mode = WAL; PRAGMA synchronous = {durability}")
            run(self._writer, f"PRAGMA wal_autocheckpoint = {_PAGES_BETWEEN_CHECKPOINTS}")
            run(self._writer, f"PRAGMA journal_size_limit = {_LOG_BYTES_KEPT}")
            self._last_ids = loading.stored_last_ids(self._writer)
            for each in self._prepares:
                each(self._writer)
        except BaseException:
            self._writer.close(True)
            raise
        self._readers = Readers(path, self._prepares)
        self._loading = False

    @classmethod
    def create(
        cls,
        path: Path | None = None,
        schema: Schema = SCHEMA,
        *,
        prepare: Prepare | None = None,
        now: Now | None = None,
    ) -> Store:
        """A new, empty store in a file, or without `path` in a private place that goes when the store is closed.

        `prepare` is called with every new connection; `now` tells the wall clock of the company's zone.
        Raises StoreError if the file exists.
        """
        private = private_directory() if path is None else None
        place = path if private is None else private_file(private)
        assert place is not None
        if place.exists():
            raise StoreError(f"{place} exists already")
        try:
            _make_tables(place, schema)
            return cls(place, schema, prepare, now, private)
        except BaseException:
            if private is not None:
                remove_directory(private)
            raise

    @classmethod
    def open(
        cls, path: Path, schema: Schema = SCHEMA, *, prepare: Prepare | None = None, now: Now | None = None
    ) -> Store:
        """A store made before. StoreError if there is none, if it is of another schema, or if its load broke off."""
        if not path.exists():
            raise StoreError(f"{path} does not exist")
        return cls(path, schema, prepare, now, None)

    @classmethod
    def copy_of(
        cls, path: Path, schema: Schema = SCHEMA, *, prepare: Prepare | None = None, now: Now | None = None
    ) -> Store:
        """A private copy of the store in that file, which is left as it is. Raises as `open` does."""
        if not path.exists():
            raise StoreError(f"{path} does not exist")
        private = private_directory()
        try:
            copy_store(path, private_file(private))
            return cls(private_file(private), schema, prepare, now, private)
        except BaseException:
            remove_directory(private)
            raise

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def schema(self) -> Schema:
        """The tables."""
        return self._schema

    def add_prepare(self, prepare: Prepare) -> None:
        """Calls `prepare` with the connections there are and with every later one."""
        with self._exclusively() as connection:
            self._prepares.append(prepare)
            prepare(connection)
        self._readers.renew()

    @contextmanager
    def reading(self) -> Generator[apsw.Connection]:
        """A connection for one thread that sees the store as it is now, whatever is written meanwhile."""
        self._check_open()
        if self._joined is not None and self._writing_thread == threading.get_ident():
            yield self._writer
            return
        connection = self._readers.take()
        try:
            yield connection
        finally:
            self._readers.give_back(connection)

    @contextmanager
    def writing(self) -> Generator[Transaction]:
        """All of it is written when the block ends, or nothing if it raises."""
        joined = self._joined
        if joined is not None and self._writing_thread == threading.get_ident():
            with self._part(joined) as part:
                yield part
            return
        with self._exclusively() as connection:
            if self._loading:
                raise StoreError("the load is not finished")
            run(connection, "BEGIN IMMEDIATE")
            transaction = Transaction(connection, self._plans, self._last_ids, self._now())
            try:
                yield transaction
                moved = transaction.finish()
                run(connection, "COMMIT")
            except BaseException:
                if connection.in_transaction:
                    run(connection, "ROLLBACK")
                raise
            finally:
                transaction.end()
            self._last_ids.update(moved)

    @contextmanager
    def together(self) -> Generator[None]:
        """Makes one transaction of all that this thread writes in the block.

        A `writing` block inside is undone alone if it raises; the others are kept when the outer block ends, or
        nothing if that raises. What this thread reads inside sees what it has written.
        """
        with self._exclusively() as connection:
            if self._loading:
                raise StoreError("the load is not finished")
            joined = dict(self._last_ids)
            run(connection, "BEGIN IMMEDIATE")
            self._joined = joined
            try:
                yield
                run(connection, "COMMIT")
            except BaseException:
                if connection.in_transaction:
                    run(connection, "ROLLBACK")
                raise
            finally:
                self._joined = None
            self._last_ids.update(joined)

    def load(self, table: str, rows: Iterable[tuple[Value, ...]]) -> None:
        """Adds many rows in one transaction: values in the order of the table's columns, `extra` last or left out.

        From the first load on nothing else can be written, nor counted, until `finish_load`.
        Raises KeyError for an unknown table, DuplicateKey, InvalidValue, and StoreError for a table that is written
        from others.
        """
        definition = self._schema[table]
        if definition.view_of is not None or (table == MIRROR and self._plans.mirrored):
            raise StoreError(f"{table} is written from others")
        with self._exclusively() as connection:
            if not self._loading:
                self._begin_load(connection)
            with _load_transaction(connection):
                loading.insert_rows(connection, definition, rows)

    def finish_load(self) -> None:
        """Makes indexes, the mirrored table, counts and sequences after `load`."""
        with self._exclusively() as connection:
            if not self._loading:
                return
            with _load_transaction(connection):
                self._last_ids = loading.complete(connection, self._plans)
                run(connection, "DELETE FROM _meta WHERE name = 'loading'")
            self._loading = False
            run(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
        self._readers.renew()

    def count(
        self,
        connection: apsw.Connection,
        table: str,
        after: int | None = None,
        upto: int | None = None,
        *,
        column: str | None = None,
    ) -> int:
        """How many rows have after < column <= upto, as the connection sees them; None leaves that end open.

        `column` is the first of the key unless named; besides it only a column that alone identifies a row is
        counted. Raises KeyError for one that is not, StoreError during a load.
        """
        if self._loading:
            raise StoreError("the load is not finished")
        return rows_in_range(connection, self._plans.counter(table, column), after, upto)

    def counts(self, table: str, column: str | None = None) -> bool:
        """Whether `count` can answer for this table by this column."""
        try:
            self._plans.counter(table, column)
        except KeyError:
            return False
        return True

    def statistics(self) -> dict[str, int]:
        """Rows per stored table."""
        with self.reading() as connection:
            found: dict[str, int] = {}
            for table in stored_tables(self._schema):
                if not self._loading and self.counts(table.name):
                    found[table.name] = self.count(connection, table.name)
                else:
                    found[table.name] = whole(connection, f"SELECT count(*) FROM {quoted(table.name)}")
        return found

    def clone_to(self, path: Path) -> None:
        """Writes a copy of the store as it is now to a file, which is whole or not there at all."""
        if self._loading:
            raise StoreError("the load is not finished")
        with self.reading() as connection:
            backup(connection, path)

    def close(self) -> None:
        """Releases connections and files; a private store is gone after it. Closing again does nothing."""
        if self._writing_thread == threading.get_ident():
            raise StoreError("this thread is writing")
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._readers.close()
            self._writer.close(True)
        if self._remove is not None:
            self._remove()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        self.close()
        return False

    @contextmanager
    def _exclusively(self) -> Generator[apsw.Connection]:
        if self._writing_thread == threading.get_ident():
            raise StoreError("this thread is writing already")
        with self._lock:
            self._check_open()
            self._writing_thread = threading.get_ident()
            try:
                yield self._writer
            finally:
                self._writing_thread = None

    @contextmanager
    def _part(self, last_ids: dict[str, int]) -> Generator[Transaction]:
        if self._part_open:
            raise StoreError("this thread is writing already")
        connection = self._writer
        if not connection.in_transaction:
            # SQLite ends a transaction by itself where it is interrupted; a part would then be kept on its own.
            raise StoreError("the transaction was undone")
        run(connection, "SAVEPOINT part")
        transaction = Transaction(connection, self._plans, last_ids, self._now())
        self._part_open = True
        try:
            yield transaction
            moved = transaction.finish()
            run(connection, "RELEASE part")
        except BaseException:
            if connection.in_transaction:
                run(connection, "ROLLBACK TO part; RELEASE part")
            raise
        finally:
            self._part_open = False
            transaction.end()
        last_ids.update(moved)

    def _begin_load(self, connection: apsw.Connection) -> None:
        with _load_transaction(connection):
            run(connection, "INSERT OR REPLACE INTO _meta VALUES ('loading', '1')")
            loading.drop_indexes(connection, self._plans)
        self._loading = True

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError("the store is closed")

    def _check_file(self) -> None:
        try:
            found = {row[0]: row[1] for row in run(self._writer, "SELECT name, value FROM _meta")}
        except apsw.SQLError as error:
            raise StoreError(f"{self._path} is not a sandbox's store") from error
        if found.get("schema") != fingerprint(self._schema):
            raise StoreError(f"{self._path} was made for other tables")
        if "loading" in found:
            raise StoreError(f"the load into {self._path} broke off")


@contextmanager
def _load_transaction(connection: apsw.Connection) -> Generator[None]:
    run(connection, "BEGIN IMMEDIATE")
    try:
        yield
        run(connection, "COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            run(connection, "ROLLBACK")
        if isinstance(error, apsw.ConstraintError):
            duplicate = "UNIQUE" in str(error)
            raise (DuplicateKey if duplicate else InvalidValue)(str(error)) from error
        if isinstance(error, apsw.BindingsError):
            raise InvalidValue(f"not all rows have as many values: {error}") from error
        raise


def _make_tables(path: Path, schema: Schema) -> None:
    """The file appears with all its tables or not at all."""
    with whole_or_absent(path) as unfinished:
        _write_tables(unfinished, schema)


def _write_tables(path: Path, schema: Schema) -> None:
    connection = open_connection(path, create=True)
    try:
        run(connection, "PRAGMA journal_mode = WAL")
        run(connection, "BEGIN IMMEDIATE")
        for statement in (*structure(schema), *indexes(schema).values()):
            run(connection, statement)
        run(connection, "INSERT INTO _meta VALUES ('schema', ?)", (fingerprint(schema),))
        if schema.get("dual") is not None:
            run(connection, "INSERT INTO dual (dummy) VALUES ('X')")
        run(connection, "COMMIT")
    finally:
        connection.close(True)
