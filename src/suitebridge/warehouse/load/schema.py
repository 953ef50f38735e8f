"""Names, types and the tables of bookkeeping in a warehouse."""

from __future__ import annotations

from typing import Final

from suitebridge.netsuite.tables import ColumnType

PREFIX: Final = "_suitebridge_"

_TYPES: Final = {
    "integer": "BIGINT",
    "text": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP WITH TIME ZONE",
}

META_TABLES: Final = (
    f"""CREATE TABLE IF NOT EXISTS {PREFIX}run (
        run_id VARCHAR NOT NULL, fingerprint VARCHAR NOT NULL, account VARCHAR NOT NULL, state VARCHAR NOT NULL,
        started_at TIMESTAMP WITH TIME ZONE NOT NULL, ended_at TIMESTAMP WITH TIME ZONE)""",
    f"""CREATE TABLE IF NOT EXISTS {PREFIX}table (
        run_id VARCHAR NOT NULL, table_name VARCHAR NOT NULL, state VARCHAR NOT NULL, highest_key VARCHAR,
        newest VARCHAR, total BIGINT, columns VARCHAR NOT NULL, row_count BIGINT, sums VARCHAR,
        proved_at TIMESTAMP WITH TIME ZONE, begun_at TIMESTAMP WITH TIME ZONE NOT NULL)""",
    f"""CREATE TABLE IF NOT EXISTS {PREFIX}progress (
        run_id VARCHAR NOT NULL, table_name VARCHAR NOT NULL, range_no BIGINT NOT NULL, range_start VARCHAR,
        range_end VARCHAR, state VARCHAR NOT NULL, row_count BIGINT, key_sum HUGEINT,
        written_at TIMESTAMP WITH TIME ZONE NOT NULL)""",
    f"""CREATE TABLE IF NOT EXISTS {PREFIX}column (
        table_name VARCHAR NOT NULL, column_name VARCHAR NOT NULL, target_type VARCHAR, suiteql_type VARCHAR,
        origin VARCHAR NOT NULL, first_seen TIMESTAMP WITH TIME ZONE, last_seen TIMESTAMP WITH TIME ZONE,
        hidden_at TIMESTAMP WITH TIME ZONE, PRIMARY KEY (table_name, column_name))""",
)
"""``_suitebridge_run``: one row a run. ``_suitebridge_table``: one row a table, with its proof.
``_suitebridge_progress``: ranges, open and done. ``_suitebridge_column``: when a column was first and last seen, and
since when it is hidden."""


def sql_type(kind: ColumnType) -> str:
    """The SQL type of a column type."""
    return f"DECIMAL({kind.precision}, {kind.scale})" if kind.is_decimal else _TYPES[kind.name]


def staging_name(table: str) -> str:
    """The name of the table that is being read, before it takes the place of the one in use."""
    return f"{PREFIX}new_{table}"
