"""The tables that SuiteQL can read and how each is read well: one TOML file a table, no code."""

from suitebridge.netsuite.tables.definition import (
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    INTEGER,
    TEXT,
    TYPES,
    Changed,
    Column,
    ColumnType,
    Deleted,
    Origin,
    Parent,
    Silent,
    Table,
    Way,
)
from suitebridge.netsuite.tables.loader import expand, is_pattern, listed, load, names
from suitebridge.netsuite.tables.parsing import parse
from suitebridge.netsuite.tables.spelling import nearest

__all__ = [
    "BOOLEAN",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "INTEGER",
    "TEXT",
    "TYPES",
    "Changed",
    "Column",
    "ColumnType",
    "Deleted",
    "Origin",
    "Parent",
    "Silent",
    "Table",
    "Way",
    "expand",
    "is_pattern",
    "listed",
    "load",
    "names",
    "nearest",
    "parse",
]
