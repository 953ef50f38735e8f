"""The Python types of a query's columns as far as the table definitions know them."""

from __future__ import annotations

from decimal import Decimal

from suitebridge.errors import UsageError
from suitebridge.netsuite.sqltext import selected, sources
from suitebridge.netsuite.tables import Table, load
from suitebridge.netsuite.values import ColumnType, Types


def known_types(sql: str) -> Types:
    """Types of the selected columns that are plain columns of known tables: whole numbers, decimals and booleans.

    Dates stay text: NetSuite prints them in its user's own format, so the query itself must say a format (TO_CHAR).
    """
    items = selected(sql)
    if items is None:
        return {}
    tables = {source.alias: table for source in sources(sql) if source.depth == 0 and (table := _table(source.table))}
    found: dict[str, ColumnType] = {}
    for item in items:
        if item.column is None or item.name is None:
            continue
        alias, column = item.column
        kinds = {_kind(table, column) for name, table in tables.items() if alias in (None, name)}
        kinds.discard(None)
        if len(kinds) == 1:
            kind = kinds.pop()
            if kind is not None:
                found[item.name] = kind
    return found


def _table(name: str) -> Table | None:
    try:
        return load(name)
    except UsageError:
        return None


def _kind(table: Table, name: str) -> ColumnType | None:
    for column in table.columns:
        if column.name == name:
            if column.type.is_decimal:
                return Decimal
            return {"integer": int, "boolean": bool}.get(column.type.name)
    return None
