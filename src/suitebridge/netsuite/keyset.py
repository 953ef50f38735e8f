"""Cuts reading into pages by a unique key, the only way that neither loses nor repeats rows and has no wall.

Oracle help: "Executing SuiteQL Queries Through REST Web Services" (unique order, row limit).
"""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.netsuite.literals import literal

KeyValue = int | str


def keyset_sql(
    *,
    table: str,
    columns: Sequence[str],
    key: Sequence[str],
    after: Sequence[KeyValue] | None = None,
    upto: KeyValue | None = None,
    where: str | None = None,
) -> str:
    """One page's query: rows after the key ``after``, whose first key column is at most ``upto``, in key order.

    ``columns`` are written as they stand and must hold those of ``key``. Names come from table definitions,
    never from outside.
    """
    conditions = [text for text in (after_key(key, after), _upto(key[0], upto), f"({where})" if where else "") if text]
    condition = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {', '.join(columns)} FROM {table}{condition} ORDER BY {', '.join(key)}"


def after_key(key: Sequence[str], after: Sequence[KeyValue] | None) -> str:
    """The condition for rows that come after ``after`` in the order of ``key``; empty if there is no such bound."""
    if after is None:
        return ""
    if len(after) != len(key):
        raise ValueError(f"the key has {len(key)} columns and {len(after)} values were given")
    first, value = key[0], literal(after[0])
    if len(key) == 1:
        return f"{first} > {value}"
    return f"({first} > {value} OR ({first} = {value} AND {after_key(key[1:], after[1:])}))"


def _upto(column: str, bound: KeyValue | None) -> str:
    return "" if bound is None else f"{column} <= {literal(bound)}"
