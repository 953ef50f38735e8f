"""Reading documents inside a write, so that a form can show what a save would make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.store import Transaction


@dataclass(frozen=True, slots=True)
class _Found:
    rows: Sequence[tuple[Stored, ...]]

    def fetchall(self) -> Sequence[tuple[Stored, ...]]:
        """All rows."""
        return self.rows


@dataclass(frozen=True, slots=True)
class WithinWrite:
    """A transaction of the store as the connection that documents are read from."""

    transaction: Transaction

    def execute(self, statements: str, bindings: Mapping[str, Stored] | None = None) -> _Found:
        """Run a query."""
        return _Found(self.transaction.tuples(statements, bindings or {}))
