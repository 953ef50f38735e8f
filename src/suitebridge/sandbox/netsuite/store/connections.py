"""Opening SQLite connections the way the store needs them, and a pool of reading ones."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import apsw

from suitebridge.sandbox.netsuite.store.errors import StoreError
from suitebridge.sandbox.netsuite.store.statements import run

Prepare = Callable[[apsw.Connection], None]
"""Called with every new connection, to register functions on it."""

_WRITER_CACHE_KIB = 16_384
_READER_CACHE_KIB = 8_192
_STATEMENTS_KEPT = 400
_BUSY_MILLISECONDS = 10_000


def open_connection(path: Path, *, create: bool = False, reader: bool = False) -> apsw.Connection:
    """A connection to the file. A reading one refuses every write.

    Raises StoreError when the file cannot be opened, or made with `create`, or is no database.
    """
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    try:
        connection = apsw.Connection(str(path), flags=flags, statementcachesize=_STATEMENTS_KEPT)
    except apsw.CantOpenError as error:
        raise StoreError(f"{path} cannot be opened") from error
    try:
        _configure(connection, reader=reader)
    except BaseException as error:
        connection.close(True)
        if isinstance(error, apsw.NotADBError):
            raise StoreError(f"{path} is not a sandbox's store") from error
        raise
    return connection


def _configure(connection: apsw.Connection, *, reader: bool) -> None:
    connection.set_busy_timeout(_BUSY_MILLISECONDS)
    # A mistyped name in double quotes would else be taken for a text.
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)
    cache = _READER_CACHE_KIB if reader else _WRITER_CACHE_KIB
    run(connection, f"PRAGMA cache_size = -{cache}; PRAGMA case_sensitive_like = ON")
    if reader:
        run(connection, "PRAGMA query_only = ON")


class Readers:
    """Reading connections, lent to one thread at a time and kept for the next."""

    def __init__(self, path: Path, prepares: list[Prepare], keep: int = 8) -> None:
        self._path = path
        self._prepares = prepares
        self._keep = keep
        self._idle: list[apsw.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self._generation = 0
        self._generations: dict[int, int] = {}

    def take(self) -> apsw.Connection:
        """A connection whose snapshot is fixed from now on."""
        connection: apsw.Connection | None = None
        with self._lock:
            if self._idle:
                connection = self._idle.pop()
            generation = self._generation
        if connection is None:
            connection = self._open(generation)
        try:
            # BEGIN alone fixes nothing: the snapshot is that of the first read.
            run(connection, "BEGIN; SELECT 1 FROM _meta LIMIT 1")
        except BaseException:
            self._discard(connection)
            raise
        return connection

    def give_back(self, connection: apsw.Connection) -> None:
        """Ends the snapshot; a connection that still has an unread query is closed instead of kept."""
        clean = False
        try:
            run(connection, "COMMIT")
            clean = connection.txn_state() == apsw.SQLITE_TXN_NONE
        except apsw.Error:
            pass
        with self._lock:
            current = self._generations.get(id(connection)) == self._generation
            if clean and current and not self._closed and len(self._idle) < self._keep:
                self._idle.append(connection)
                return
        self._discard(connection)

    def renew(self) -> None:
        """Drops what is kept, so that the next ones see new statistics or functions."""
        with self._lock:
            self._generation += 1
            idle, self._idle = self._idle, []
            for connection in idle:
                self._generations.pop(id(connection), None)
        for connection in idle:
            connection.close(True)

    def close(self) -> None:
        """Closes what is kept now, and what is lent out when it comes back."""
        self._closed = True
        self.renew()

    def _open(self, generation: int) -> apsw.Connection:
        connection = open_connection(self._path, reader=True)
        try:
            for prepare in self._prepares:
                prepare(connection)
        except BaseException:
            connection.close(True)
            raise
        with self._lock:
            self._generations[id(connection)] = generation
        return connection

    def _discard(self, connection: apsw.Connection) -> None:
        with self._lock:
            self._generations.pop(id(connection), None)
        connection.close(True)
