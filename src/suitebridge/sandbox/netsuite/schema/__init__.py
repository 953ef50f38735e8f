"""Every SuiteQL table of the sandbox's company, from the public descriptions of NetSuite's analytics tables."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.schema import (
    accounting,
    async_jobs,
    custom,
    entities,
    items,
    lists,
    system,
    transactions,
)
from suitebridge.sandbox.netsuite.schema.model import Column, Kind, Schema, Table

SCHEMA: Schema = Schema.of(
    table
    for module in (lists, accounting, entities, items, transactions, custom, system, async_jobs)
    for table in module.TABLES
)
"""All tables, those that SuiteQL does not show included (`hidden`)."""

FEATURES: frozenset[str] = frozenset(
    {
        "oneworld",
        "multicurrency",
        "multibook",
        "departments",
        "classes",
        "locations",
        "inventory",
        "tax",
        "crm",
        "jobs",
        "multiprice",
        "customrecords",
        "advancedreceiving",
    }
)
"""Features a company can have; the sandbox's has them all unless told otherwise."""

PERMISSIONS: frozenset[str] = frozenset(
    permission
    for table in SCHEMA.tables.values()
    for permission in (table.permission, *(column.permission for column in table.columns))
    if permission is not None
)
"""Permissions that a table or a column asks for."""

__all__ = ["FEATURES", "PERMISSIONS", "SCHEMA", "Column", "Kind", "Schema", "Table"]
