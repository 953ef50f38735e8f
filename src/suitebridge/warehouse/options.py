"""What a user can ask of an export besides its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from types import MappingProxyType

from suitebridge.errors import UsageError
from suitebridge.netsuite.tables import Table
from suitebridge.warehouse.layout import Choice, Layout


def _no_conditions() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """How to export.

    Attributes:
        layout: names and conventions in the warehouse.
        schema: where the tables are put.
        choice: which columns are wanted.
        where: SuiteQL conditions by table.
        since: only rows changed (or, where there is no such date, all rows) since that day.
        custom: look for the columns of the account's own fields.
        zone: the zone of SuiteQL's date-times, where it is known; else it is found out.
        resync: tables that are read from the start, whatever an interrupted run of another command has brought.
        resume_hours: how old an interrupted run may be to be resumed.
    """

    layout: Layout = "plain"
    schema: str = "main"
    choice: Choice = field(default_factory=Choice)
    where: Mapping[str, str] = field(default_factory=_no_conditions)
    since: date | None = None
    custom: bool = True
    zone: str | None = None
    resync: tuple[str, ...] = ()
    resume_hours: int = 24

    def condition(self, table: Table) -> str | None:
        """The user's condition on a table, as SuiteQL."""
        parts: list[str] = []
        if table.name in self.where:
            parts.append(self.where[table.name])
        if self.since is not None and table.changed.by is not None:
            parts.append(f"{table.changed.by} >= TO_DATE('{self.since.isoformat()}', 'YYYY-MM-DD')")
        if len(parts) == 2:
            return f"({parts[0]}) AND {parts[1]}"
        return parts[0] if parts else None

    def facts(self) -> dict[str, object]:
        """What makes two runs the same: everything but what only says how to resume."""
        return {
            "layout": self.layout,
            "schema": self.schema,
            "choice": asdict(self.choice),
            "where": dict(self.where),
            "since": None if self.since is None else self.since.isoformat(),
            "custom": self.custom,
            "zone": self.zone,
            "resync": self.resync,
        }

    def check(self, tables: list[Table]) -> None:
        """Refuse what cannot be meant. Raises UsageError."""
        names = {table.name for table in tables}
        for name in self.where:
            if name not in names:
                raise UsageError(f"--where: the table {name!r} is not exported", record=name)
        self.choice.check(tables)
