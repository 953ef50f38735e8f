"""What logins leave behind and a kept state must find again: codes, refresh chains, certificates, consents."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Generic, TypeVar

import apsw
import msgspec

from suitebridge.sandbox.netsuite.store.statements import run

Value = TypeVar("Value", bound=msgspec.Struct)

FILE = "grants.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS kept (shelf TEXT, id TEXT, value TEXT, PRIMARY KEY (shelf, id)) WITHOUT ROWID"


class Kept:
    """Shelves of values by id: in memory, and in a file beside the credentials if there is a place for one.

    A value is written before it is put in memory, so what has been answered survives the end of the process.
    """

    def __init__(self, directory: Path | None) -> None:
        self._connection: apsw.Connection | None = None
        if directory is not None:
            directory.mkdir(exist_ok=True, mode=0o700)
            self._connection = connection = apsw.Connection(str(directory / FILE))
            connection.set_busy_timeout(5000)
            run(connection, "PRAGMA journal_mode = WAL")
            # The end of the process loses nothing at this level; only the machine's own end might.
            run(connection, "PRAGMA synchronous = NORMAL")
            run(connection, _TABLE)

    def shelf(self, name: str, kind: type[Value]) -> Shelf[Value]:
        """The shelf of that name with all that was kept on it."""
        return Shelf(self._connection, name, kind)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Shelf(MutableMapping[str, Value], Generic[Value]):
    """Values of one kind by id; each change is written at once. Values are replaced, never changed in place."""

    def __init__(self, connection: apsw.Connection | None, name: str, kind: type[Value]) -> None:
        self._connection = connection
        self._name = name
        self._values: dict[str, Value] = {}
        if connection is not None:
            for key, value in run(connection, "SELECT id, value FROM kept WHERE shelf = ?", (name,)):
                self._values[str(key)] = msgspec.json.decode(str(value), type=kind)

    def __getitem__(self, key: str) -> Value:
        return self._values[key]

    def __setitem__(self, key: str, value: Value) -> None:
        if self._connection is not None:
            text = msgspec.json.encode(value).decode()
            run(self._connection, "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (self._name, key, text))
        self._values[key] = value

    def __delitem__(self, key: str) -> None:
        if key in self._values and self._connection is not None:
            run(self._connection, "DELETE FROM kept WHERE shelf = ? AND id = ?", (self._name, key))
        del self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._values))

    def __len__(self) -> int:
        return len(self._values)
