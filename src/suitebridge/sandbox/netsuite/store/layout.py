"""From table definitions to SQLite: tables, views and indexes as DDL, and how the rows of each table are counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.schema.model import Column, Kind, Schema, Table

EXTRA = "extra"
"""The column beside those of the definition: sparse JSON for fields that only the REST record has."""

BUCKET_SHIFT = 10
"""Rows are counted per 2**10 consecutive ids; a shift, unlike a division, rounds down below zero too."""

_INTEGER_KINDS = frozenset({Kind.ID, Kind.REF, Kind.INTEGER})
_STORED_AS_INTEGER = _INTEGER_KINDS | {Kind.DECIMAL}

BOOKKEEPING = """
CREATE TABLE _meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE _sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE _count (
    counter INTEGER NOT NULL, bucket INTEGER NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (counter, bucket)
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Counter:
    """Rows of `table` counted by `column`, under `number` in the store's own table of counts."""

    number: int
    table: str
    column: str


def quoted(name: str) -> str:
    """A name as SQLite reads it whatever words it reserves."""
    return '"' + name.replace('"', '""') + '"'


def names(columns: tuple[str, ...]) -> str:
    """Several names, with commas between."""
    return ", ".join(quoted(column) for column in columns)


def stored_columns(table: Table) -> tuple[str, ...]:
    """All columns of a stored table, `extra` last."""
    return (*(column.name for column in table.columns), EXTRA)


def rowid_column(table: Table) -> str | None:
    """The whole-number column that alone identifies a row and so is SQLite's rowid, or None."""
    for candidate in (table.key, *table.unique):
        if len(candidate) == 1:
            column = table.column(candidate[0])
            if column is not None and column.kind in _INTEGER_KINDS:
                return column.name
    return None


def counted_columns(table: Table) -> tuple[str, ...]:
    """Columns whose ranges are counted: the first of the key, and what alone identifies a row."""
    first = table.column(table.key[0])
    leading = () if first is None or first.kind not in _INTEGER_KINDS else (first.name,)
    alone = rowid_column(table)
    return leading if alone is None or alone in leading else (*leading, alone)


def counters(schema: Schema) -> tuple[Counter, ...]:
    """All counters, numbered in the order of the schema."""
    wanted = (
        (table.name, column)
        for table in schema.tables.values()
        if table.view_of is None
        for column in counted_columns(table)
    )
    return tuple(Counter(number, table, column) for number, (table, column) in enumerate(wanted))


def _check(column: Column) -> str:
    name = quoted(column.name)
    match column.kind:
        case Kind.BOOL:
            return f" CHECK ({name} IN ('T', 'F'))"
        case Kind.DATE:
            return f" CHECK ({name} GLOB '????-??-??')"
        case Kind.DATETIME:
            return f" CHECK ({name} GLOB '????-??-?? ??:??:??')"
        case _:
            return ""


def _column_ddl(column: Column) -> str:
    kind = "INTEGER" if column.kind in _STORED_AS_INTEGER else "TEXT"
    never_null = "" if column.nullable else " NOT NULL"
    return f"{quoted(column.name)} {kind}{never_null}{_check(column)}"


def table_ddl(table: Table) -> str:
    """CREATE TABLE of a stored table. STRICT, so that no fraction can slip into a column of scaled integers."""
    rowid = rowid_column(table)
    columns = [
        f"{quoted(column.name)} INTEGER PRIMARY KEY" if column.name == rowid else _column_ddl(column)
        for column in table.columns
    ]
    columns.append(f"{quoted(EXTRA)} TEXT")
    if rowid is None:
        columns.append(f"PRIMARY KEY ({names(table.key)})")
    options = "STRICT" if rowid is not None else "STRICT, WITHOUT ROWID"
    return f"CREATE TABLE {quoted(table.name)} ({', '.join(columns)}) {options}"


def view_ddl(table: Table) -> str:
    """CREATE VIEW of a table that shows another one."""
    assert table.view_of is not None
    shown = names(tuple(column.name for column in table.columns))
    return f"CREATE VIEW {quoted(table.name)} AS SELECT {shown} FROM {quoted(table.view_of)}"


def index_ddl(table: Table) -> dict[str, str]:
    """CREATE INDEX statements by the name of the index."""
    rowid = rowid_column(table)
    statements: dict[str, str] = {}

    def add(columns: tuple[str, ...], unique: bool) -> None:
        name = f"{table.name}__{'_'.join(columns)}"
        word = "UNIQUE INDEX" if unique else "INDEX"
        statements[name] = f"CREATE {word} {quoted(name)} ON {quoted(table.name)} ({names(columns)})"

    if rowid is not None and table.key != (rowid,):
        add(table.key, unique=True)
    for columns in table.unique:
        if columns != (rowid,):
            add(columns, unique=True)
    for columns in table.indexes:
        add(columns, unique=False)
        leading = table.column(columns[0])
        if len(columns) == 1 and leading is not None and leading.nullable:
            # Rows without a value are never looked up through it, and are most of the rows.
            name = f"{table.name}__{columns[0]}"
            statements[name] += f" WHERE {quoted(columns[0])} IS NOT NULL"
    return statements


def stored_tables(schema: Schema) -> tuple[Table, ...]:
    """The tables that hold rows of their own."""
    return tuple(table for table in schema.tables.values() if table.view_of is None)


def structure(schema: Schema) -> list[str]:
    """Every statement that makes an empty store except its indexes."""
    tables = schema.tables.values()
    return [
        *(statement for statement in BOOKKEEPING.strip().split(";\n") if statement.strip(" ;\n")),
        *(table_ddl(table) for table in tables if table.view_of is None),
        *(view_ddl(table) for table in tables if table.view_of is not None),
    ]


def indexes(schema: Schema) -> dict[str, str]:
    """Every CREATE INDEX by the name of the index."""
    return {name: ddl for table in stored_tables(schema) for name, ddl in index_ddl(table).items()}


def fingerprint(schema: Schema) -> str:
    """Differs whenever a file made for one schema cannot serve another."""
    text = "\n".join((*structure(schema), *indexes(schema).values()))
    return hashlib.sha256(text.encode()).hexdigest()
