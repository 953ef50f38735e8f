"""A store of a few tables in memory, with the two methods the SuiteQL engine asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import apsw

from suitebridge.sandbox.netsuite.schema.model import Kind, Schema, Table
from suitebridge.sandbox.netsuite.suiteql import prepare

_TYPES = {Kind.ID: "INTEGER", Kind.REF: "INTEGER", Kind.INTEGER: "INTEGER", Kind.DECIMAL: "INTEGER"}


def _create(table: Table) -> str:
    single = table.key[0] if len(table.key) == 1 else None
    columns = []
    for column in table.columns:
        declared = _TYPES.get(column.kind, "TEXT")
        primary = " PRIMARY KEY" if column.name == single and declared == "INTEGER" else ""
        columns.append(f'"{column.name}" {declared}{primary}')
    columns.append('"extra" TEXT')
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)})'


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


class SmallStore:
    """Tables of a schema, filled from rows by table: values in storage form."""

    def __init__(self, schema: Schema, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        self.connection = apsw.Connection(":memory:")
        self.connection.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
        self.connection.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)
        self.connection.execute("PRAGMA case_sensitive_like = ON")
        prepare(self.connection)
        for table in schema.tables.values():
            self.connection.execute(_create(table))
            for index, columns in enumerate(table.indexes):
                name = f'"{table.name}_{index}"'
                self.connection.execute(f'CREATE INDEX {name} ON "{table.name}" ({_quoted(columns)})')
        for table_name, records in rows.items():
            self.add(table_name, records)

    def add(self, table: str, records: Sequence[Mapping[str, object]]) -> None:
        for record in records:
            marks = ", ".join("?" for _ in record)
            sql = f'INSERT INTO "{table}" ({_quoted(list(record))}) VALUES ({marks})'
            self.connection.execute(sql, tuple(record.values()))

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        yield self.connection

    def count(
        self,
        connection: apsw.Connection,
        table: str,
        after: int | None = None,
        upto: int | None = None,
        *,
        column: str | None = None,
    ) -> int:
        key = column or "id"
        sql = f'SELECT count(*) FROM "{table}" WHERE (?1 IS NULL OR "{key}" > ?1) AND (?2 IS NULL OR "{key}" <= ?2)'
        return connection.execute(sql, (after, upto)).fetchall()[0][0]
