"""What one write carries with it: the transaction of the store, the caller, the rules, and the faults found so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records.binding import Catalogue
from suitebridge.sandbox.netsuite.records.errors import Detail, RecordRefused
from suitebridge.sandbox.netsuite.records.references import References
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Rules, Strictness
from suitebridge.sandbox.netsuite.store import Row, Transaction

CONTEXT = "REST"
"""What system notes and deletions say of where a change came from."""


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How a body is meant: `replace` names sublists (or, with `replace_selected`, body fields) in lower case."""

    replace: frozenset[str] = frozenset()
    replace_selected: bool = False
    names: Strictness = Strictness.WARNING
    values: Strictness = Strictness.ERROR


@dataclass(slots=True)
class Work:
    """One write. `now` is the company's wall clock, 'YYYY-MM-DD HH:MM:SS'."""

    tx: Transaction
    catalogue: Catalogue
    caller: Caller
    quirks: Mapping[str, str]
    zone: tzinfo
    options: WriteOptions
    references: References
    numbers: dict[str, int]  # the last number given to a transaction of each type, kept by the service
    faults: list[Detail] = field(default_factory=list[Detail])

    @property
    def now(self) -> str:
        """When the write began."""
        return self.tx.now

    @property
    def today(self) -> str:
        """The company's day."""
        return self.tx.now[:10]

    def rules(self) -> Rules:
        """How bodies are read in this write."""
        return Rules(self.references, self.caller, self.zone, self.options.names, self.options.values)

    def rows(self, sql: str, *bindings: Stored) -> list[Row]:
        """The rows of a query."""
        return self.tx.rows(sql, bindings)

    def one(self, sql: str, *bindings: Stored) -> Row | None:
        """The first row of a query."""
        found = self.tx.rows(sql, bindings)
        return found[0] if found else None

    def value(self, sql: str, *bindings: Stored) -> Stored:
        """The first value of the first row of a query."""
        found = self.one(sql, *bindings)
        return next(iter(found.values())) if found else None

    def number(self, sql: str, *bindings: Stored) -> int | None:
        """As `value`, for whole numbers."""
        found = self.value(sql, *bindings)
        return found if isinstance(found, int) else None

    def has_table(self, name: str) -> bool:
        """Whether the schema has such a table and the company its feature."""
        table = self.catalogue.schema.get(name)
        return table is not None and self.caller.has(table.feature)

    def refuse(self) -> None:
        """Raise RecordRefused if there are faults."""
        if self.faults:
            raise RecordRefused(400, self.faults)

    def user(self) -> int | None:
        """The caller as an entity, for columns that say who did it."""
        return self.caller.entity_id if self.caller.entity_id > 0 else None
