"""Which sequence numbers the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.sandbox.netsuite.schema.model import Schema
from suitebridge.sandbox.netsuite.store.layout import rowid_column, stored_tables
from suitebridge.sandbox.netsuite.store.mirror import MIRROR, is_mirrored


def sequence_columns(schema: Schema) -> Mapping[str, tuple[str, str]]:
    """Per stored table that is numbered: the name of its sequence and the column that it fills.

    All kinds of entity share one sequence, and all kinds of transaction by being in one table.
    """
    found: dict[str, tuple[str, str]] = {}
    for table in stored_tables(schema):
        column = rowid_column(table)
        if column is not None:
            found[table.name] = (MIRROR if is_mirrored(table.name) else table.name, column)
    return found
