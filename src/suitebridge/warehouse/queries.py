"""The SuiteQL texts of the bulk plane: a page, the bounds, counts and sums. Pure.

Oracle help: "SuiteQL Syntax and Examples", "SuiteQL Supported and Unsupported Functions"; Oracle's dialect throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from suitebridge.netsuite.tables import Column, Table
from suitebridge.warehouse.ranges import PAGE, WHOLE, Key, Range

DATE_FORMAT = "YYYY-MM-DD"
DATETIME_FORMAT = "YYYY-MM-DD HH24:MI:SS"
_SPREAD = 1_009
_RESERVED = frozenset({"date", "left", "key", "order", "level", "number", "size", "mode", "session", "comment"})


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of a table are meant: those in a range of its key for which the user's condition holds."""

    table: Table
    where: str | None = None
    range: Range = WHOLE

    def within(self, range_: Range) -> Rows:
        """The same rows, but of another range."""
        return Rows(self.table, self.where, range_)


def wire_name(column: Column) -> str:
    """The alias under which a column is asked for; words that Oracle reserves get a mark."""
    return f"{column.name}_" if column.name in _RESERVED else column.name


def reference(table: Table, column: str) -> str:
    """A column as it stands in a query."""
    return f"{table.name}.{column}" if column in _RESERVED else column


def literal(value: int | str) -> str:
    """A key's value as a literal."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def page(rows: Rows, columns: Iterable[Column]) -> str:
    """The rows in the order of their key; a page of them is the first 1,000."""
    selected = ", ".join(_selected(rows.table, column) for column in columns)
    order = ", ".join(reference(rows.table, name) for name in rows.table.key)
    return f"SELECT {selected} FROM {rows.table.name}{_where(rows)} ORDER BY {order}"


def bounds(rows: Rows, changed: str | None = None, page_rows: int = PAGE) -> str:
    """Every 1,000th key and the last: columns k1, k2 ... of the key, n (the row's number) and newest.

    For any key. The last row's n is the number of all rows.

    Args:
        changed: the date column of which newest is the latest wall clock; without it newest is empty.
    """
    key = [reference(rows.table, name) for name in rows.table.key]
    aliases = [f"{name} AS k{number}" for number, name in enumerate(key, start=1)]
    window = f"ROW_NUMBER() OVER (ORDER BY {', '.join(key)}) AS n, COUNT({key[0]}) OVER () AS total"
    outer = ", ".join([*(f"k{number}" for number in range(1, len(key) + 1)), "n"])
    if changed is not None:
        window += f", MAX({reference(rows.table, changed)}) OVER () AS latest"
        outer += f", TO_CHAR(latest, '{DATETIME_FORMAT}') AS newest"
    inner = f"SELECT {', '.join(aliases)}, {window} FROM {rows.table.name}{_where(rows)}"
    return f"SELECT {outer} FROM ({inner}) WHERE MOD(n, {page_rows}) = 0 OR n = total ORDER BY n"


def single_key_bounds(rows: Rows, changed: str | None = None, page_rows: int = PAGE) -> str:
    """The same for a key of one column, at about half the work: the last row comes by MAX and COUNT.

    Without any rows, the one row that comes has n = 0 and no key.
    """
    key = reference(rows.table, rows.table.key[0])
    newest = "NULL"
    if changed is not None:
        newest = f"TO_CHAR(MAX({reference(rows.table, changed)}), '{DATETIME_FORMAT}')"
    source = f"{rows.table.name}{_where(rows)}"
    inner = f"SELECT {key} AS k1, ROW_NUMBER() OVER (ORDER BY {key}) AS n, NULL AS newest FROM {source}"
    return (
        f"SELECT k1, n, newest FROM ({inner}) WHERE MOD(n, {page_rows}) = 0 "
        f"UNION ALL SELECT MAX({key}) AS k1, COUNT({key}) AS n, {newest} AS newest FROM {source} ORDER BY n"
    )


def extremes(rows: Rows) -> str:
    """Lowest and highest value of the key's first column, and the number of rows: low, high, total."""
    key = reference(rows.table, rows.table.key[0])
    return f"SELECT MIN({key}) AS low, MAX({key}) AS high, COUNT({key}) AS total FROM {rows.table.name}{_where(rows)}"


def count(rows: Rows) -> str:
    """The number of rows: table_name, total. Several can be joined by UNION ALL."""
    key = reference(rows.table, rows.table.key[0])
    return f"SELECT '{rows.table.name}' AS table_name, COUNT({key}) AS total FROM {rows.table.name}{_where(rows)}"


def newest(rows: Rows, by: str) -> str:
    """The latest date of change, as a wall clock: newest."""
    changed = reference(rows.table, by)
    return f"SELECT TO_CHAR(MAX({changed}), '{DATETIME_FORMAT}') AS newest FROM {rows.table.name}{_where(rows)}"


def measures(rows: Rows, sums: Sequence[str], width: int, since: tuple[str, str] | None = None) -> str:
    """Count and sums for a proof: table_name, total, s1 ... up to `width` sums (missing ones are 0), and moved.

    Args:
        sums: the columns to add up.
        since: a date column and a wall clock; moved counts the rows whose date is that or later.
    """
    table = rows.table
    columns = [f"COUNT({reference(table, table.key[0])}) AS total"]
    added = [f"SUM({reference(table, name)})" for name in sums]
    columns += [f"{text} AS s{number}" for number, text in enumerate([*added, *["0"] * (width - len(added))], start=1)]
    if since is None:
        columns.append("0 AS moved")
    else:
        changed, moment = since
        later = f"{reference(table, changed)} >= TO_DATE('{moment}', '{DATETIME_FORMAT}')"
        columns.append(f"SUM(CASE WHEN {later} THEN 1 ELSE 0 END) AS moved")
    return f"SELECT '{table.name}' AS table_name, {', '.join(columns)} FROM {table.name}{_where(rows)}"


def bucket_measures(rows: Rows, edges: Sequence[int], sums: Sequence[str]) -> str:
    """Counts and sums of several ranges of the key's first column in one row: c1, s1_1 ..., c2, s2_1 ...

    Args:
        edges: the ends between the ranges, rising; the first begins and the last ends where the rows do.
    """
    table = rows.table
    key = reference(table, table.key[0])
    columns: list[str] = []
    low: int | None = None
    for number in range(1, len(edges) + 2):
        high = edges[number - 1] if number <= len(edges) else None
        limits = [f"{key} > {low}"] if low is not None else []
        limits += [f"{key} <= {high}"] if high is not None else []
        test = " AND ".join(limits) or "1 = 1"
        columns.append(f"SUM(CASE WHEN {test} THEN 1 ELSE 0 END) AS c{number}")
        columns += [
            f"SUM(CASE WHEN {test} THEN {reference(table, name)} ELSE 0 END) AS s{number}_{at}"
            for at, name in enumerate(sums, start=1)
        ]
        low = high
    return f"SELECT {', '.join(columns)} FROM {table.name}{_where(rows)}"


def changed_since(rows: Rows, by: str, moment: str) -> Rows:
    """Those of the rows whose date is that wall clock or later."""
    later = f"{reference(rows.table, by)} >= TO_DATE('{moment}', '{DATETIME_FORMAT}')"
    return Rows(rows.table, f"({rows.where}) AND {later}" if rows.where else later, rows.range)


def sample(table: Table, rows: int = PAGE) -> str:
    """All columns of rows from everywhere in the table, to see which columns the account has added."""
    first = table.column(table.key[0])
    order = [f"{reference(table, name)} DESC" for name in table.key]
    if first is not None and first.type.name == "integer":
        # Rows whose key leaves the same rest lie evenly over the table, however large it is.
        order.insert(0, f"MOD({reference(table, first.name)}, {_SPREAD})")
    return f"SELECT * FROM {table.name} ORDER BY {', '.join(order)} FETCH FIRST {rows} ROWS ONLY"


def newest_page(rows: Rows, columns: Sequence[Column]) -> str:
    """These columns under their `marks`, and beside them every column there is, highest key first."""
    table = rows.table
    named = [f"{_expression(table, column)} AS {mark}" for column, mark in zip(columns, marks(columns), strict=True)]
    order = ", ".join(f"{reference(table, name)} DESC" for name in table.key)
    return f"SELECT {', '.join(named)}, {table.name}.* FROM {table.name}{_where(rows)} ORDER BY {order}"


def marks(columns: Sequence[Column]) -> list[str]:
    """Aliases that no column of NetSuite has."""
    return [f"sbn{number}" for number in range(1, len(columns) + 1)]


def probe(table: Table, columns: Iterable[Column]) -> str:
    """At most one row of these columns, to see whether they can be read."""
    return f"SELECT {', '.join(_selected(table, column) for column in columns)} FROM {table.name} WHERE ROWNUM <= 1"


def _selected(table: Table, column: Column) -> str:
    expression = _expression(table, column)
    return expression if expression == wire_name(column) else f"{expression} AS {wire_name(column)}"


def _expression(table: Table, column: Column) -> str:
    name = reference(table, column.name)
    if column.type.name == "date":
        return f"TO_CHAR({name}, '{DATE_FORMAT}')"
    if column.type.name == "datetime":
        return f"TO_CHAR({name}, '{DATETIME_FORMAT}')"
    return name


def _where(rows: Rows) -> str:
    key = [reference(rows.table, name) for name in rows.table.key]
    conditions = [*_after(key, rows.range.after), *_upto(key, rows.range.upto)]
    if rows.where:
        conditions.append(f"({rows.where})")
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _after(key: Sequence[str], values: Key | None) -> list[str]:
    if values is None:
        return []
    # Fewer values than key columns mean the rows after (or up to) all rows that begin with these.
    key = key[: len(values)]
    chain = f"{key[-1]} > {literal(values[-1])}"
    for name, value in reversed(list(zip(key[:-1], values[:-1], strict=True))):
        chain = f"{name} > {literal(value)} OR ({name} = {literal(value)} AND ({chain}))"
    # The plain limit on the first column says nothing new, but it is what an index can be searched by.
    return [chain] if len(key) == 1 else [f"{key[0]} >= {literal(values[0])}", f"({chain})"]


def _upto(key: Sequence[str], values: Key | None) -> list[str]:
    if values is None:
        return []
    key = key[: len(values)]
    chain = f"{key[-1]} <= {literal(values[-1])}"
    for name, value in reversed(list(zip(key[:-1], values[:-1], strict=True))):
        chain = f"{name} < {literal(value)} OR ({name} = {literal(value)} AND ({chain}))"
    return [chain] if len(key) == 1 else [f"{key[0]} <= {literal(values[0])}", f"({chain})"]
