"""Says how each table is read and why: what its definition file says, and the SuiteQL that follows from it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.netsuite.tables import Column, Table
from suitebridge.warehouse import queries
from suitebridge.warehouse.extract import key_first
from suitebridge.warehouse.options import ExportOptions
from suitebridge.warehouse.queries import Rows
from suitebridge.warehouse.ranges import Range

_WAYS = {
    "dated": "by its own date",
    "set": "as sets that belong to a parent whose date moved",
    "open-periods": "as sets of a parent whose date moved, and by sums of open periods",
    "small": "as a whole, compared by hash",
    "snapshot": "as a whole, ranges compared by hash",
    "link": "with either of its ends",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One table: facts as pairs of a word and a sentence, and the queries of a full export in their order."""

    table: str
    about: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str, str], ...]
    sql: tuple[tuple[str, str], ...]


def explain(tables: Sequence[Table], options: ExportOptions) -> list[Explanation]:
    """The explanation of each table under these options."""
    return [_explain(table, options) for table in tables]


def _explain(table: Table, options: ExportOptions) -> Explanation:
    wanted = key_first(options.choice.columns(table), table.key)
    columns = tuple((column.name, column.type.name, _notes(column, table, options)) for column in wanted)
    return Explanation(
        table.name, table.about, tuple(_facts(table, options)), columns, tuple(_sql(table, wanted, options))
    )


def _facts(table: Table, options: ExportOptions) -> list[tuple[str, str]]:
    facts = [
        ("key", f"{', '.join(table.key)}; ranges over {table.key[0]}"),
        ("way", f"{table.way}: {_WAYS[table.way]}"),
    ]
    changed = [
        f"own date {table.changed.by}" if table.changed.by else "",
        "with its parent" if table.changed.with_parent else "",
        f"with {', '.join(table.changed.with_tables)}" if table.changed.with_tables else "",
    ]
    facts.append(("changed", ", ".join(text for text in changed if text) or "no date tells"))
    deleted = [
        f"in deletedrecord as {', '.join(table.deleted.records)}" if table.deleted.records else "",
        "with its parent" if table.deleted.with_parent else "",
        "by its absence" if table.deleted.absent else "",
        "never" if table.deleted.never else "",
    ]
    facts.append(("deleted", ", ".join(text for text in deleted if text) or "unknown"))
    if table.parent is not None:
        facts.append(
            ("parent", f"{table.parent.table}: {table.parent.column} = {table.parent.table}.{table.parent.of}")
        )
    if table.silent is not None:
        facts.append(("silent", f"{', '.join(table.silent.columns)}; betrayed by {table.silent.betrayed_by}"))
    if table.record is not None:
        facts.append(("record", f"REST record {table.record}"))
    if table.feature is not None:
        facts.append(("feature", f"only with {table.feature}"))
    facts.append(("proof", f"rows, sum of {', '.join([*table.key, *table.proof])}, up to the highest key at the start"))
    if table.custom:
        custom = options.custom and options.choice.may_want(table, "cust")
        facts.append(
            (
                "custom",
                "columns cust* are looked for in the newest page, and in 1,000 rows from everywhere if there are many"
                if custom
                else "columns cust* are not asked for",
            )
        )
    condition = options.condition(table)
    if condition is not None:
        facts.append(("where", condition))
    return facts


def _notes(column: Column, table: Table, options: ExportOptions) -> str:
    notes = [
        f"to {column.to}" if column.to else "",
        f"feature {column.feature}" if column.feature else "",
        f"permission {column.permission}" if column.permission else "",
        f"REST {column.rest}{' × −1' if column.factor < 0 else ''}" if column.rest else "",
        "hashed" if options.choice.hashes(table, column.name) else "",
        "key" if column.name in table.key else "",
    ]
    return ", ".join(text for text in notes if text)


def _sql(table: Table, columns: Sequence[Column], options: ExportOptions) -> list[tuple[str, str]]:
    rows = Rows(table, options.condition(table))
    example = tuple(
        1_000 if (column := table.column(name)) is not None and column.type.name == "integer" else "A"
        for name in table.key
    )
    texts: list[tuple[str, str]] = []
    if table.custom and options.custom and options.choice.may_want(table, "cust"):
        texts.append(("newest page", queries.newest_page(rows, columns)))
        texts.append(("custom columns, if there are many rows", queries.sample(table)))
    if table.rows == "few":
        texts.append(("first page", queries.page(rows, columns)))
        texts.append(("bounds, if there are more", queries.bounds(rows.within(Range(example, None)))))
    elif table.bounds == "rows":
        form = queries.single_key_bounds if len(table.key) == 1 else queries.bounds
        texts.append(("bounds", form(rows, table.changed.by)))
        texts.append(("a range", queries.page(rows.within(Range(example, example)), columns)))
    else:
        texts.append(("bounds", queries.extremes(rows)))
        texts.append(("a range", queries.page(rows.within(Range(example, example)), columns)))
    texts.append(("proof", queries.measures(rows.within(Range(None, example)), [*_whole_keys(table), *table.proof], 0)))
    return texts


def _whole_keys(table: Table) -> list[str]:
    return [name for name in table.key if (column := table.column(name)) is not None and column.type.name == "integer"]
