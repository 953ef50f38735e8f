"""What is worked out once per table for writing it: its statements, counters and sequence."""

from __future__ import annotations

from dataclasses import dataclass, field

from suitebridge.sandbox.netsuite.schema.model import Schema, Table
from suitebridge.sandbox.netsuite.store.layout import (
    Counter,
    counters,
    names,
    quoted,
    stored_columns,
    stored_tables,
)
from suitebridge.sandbox.netsuite.store.mirror import mirror_queries, mirror_statement
from suitebridge.sandbox.netsuite.store.sequences import sequence_columns


@dataclass(slots=True)
class Plan:
    """Statements of one table; those that depend on the columns given are remembered as they come."""

    table: Table
    columns: tuple[str, ...]
    select: str
    by_key: str
    counted: str
    mirror_new: str | None
    mirror_again: str | None
    sequence: tuple[str, str] | None
    inserts: dict[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])
    updates: dict[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])


class Plans:
    """The plans of a schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.all_counters: tuple[Counter, ...] = counters(schema)
        self.counters: dict[str, tuple[Counter, ...]] = {table.name: () for table in stored_tables(schema)}
        for counter in self.all_counters:
            self.counters[counter.table] = (*self.counters[counter.table], counter)
        self.mirrored = mirror_queries(schema)
        self.numbered = sequence_columns(schema)
        self.sequences: dict[str, str] = {table: name for table, (name, _) in self.numbered.items()}
        self._plans: dict[str, Plan] = {}

    def of(self, table: str) -> Plan:
        """The plan of that table; KeyError if there is none."""
        found = self._plans.get(table)
        if found is None:
            found = self._plans[table] = self._make(self.schema[table])
        return found

    def counter(self, table: str, column: str | None) -> Counter:
        """The counter of a table, or of the one it shows, by its first key column or the one named; KeyError."""
        definition = self.schema[table]
        base = definition.view_of or table
        wanted = column or definition.key[0]
        for counter in self.counters[base]:
            if counter.column == wanted:
                return counter
        raise KeyError(f"{table}.{wanted} is not counted")

    def _make(self, table: Table) -> Plan:
        by_key = " AND ".join(f"{quoted(column)} = ?" for column in table.key)
        columns = stored_columns(table) if table.view_of is None else tuple(column.name for column in table.columns)
        counted = tuple(counter.column for counter in self.counters.get(table.name, ()))
        mirror = self.mirrored.get(table.name)
        one = f"{mirror} WHERE id = ?"
        return Plan(
            table=table,
            columns=columns,
            select=f"SELECT {names(columns)} FROM {quoted(table.name)} WHERE {by_key}",
            by_key=by_key,
            counted=", ".join(("1", *(quoted(column) for column in counted))),
            mirror_new=None if mirror is None else mirror_statement(self.schema, one),
            mirror_again=None if mirror is None else mirror_statement(self.schema, one, replacing=True),
            sequence=self.numbered.get(table.name),
        )
