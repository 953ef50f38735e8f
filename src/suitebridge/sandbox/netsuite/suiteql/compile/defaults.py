"""The order NetSuite gives a query without ORDER BY: transactions by date since 2026.2."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block
from suitebridge.sandbox.netsuite.suiteql.compile.ordering import Term
from suitebridge.sandbox.netsuite.suiteql.types import INTEGER, Value


def default_terms(block: Block) -> list[Term]:
    """The sort keys of the first table's default order, its key last so that pages stay apart.

    A table without one comes by its key when it is read alone.
    """
    source = block.sources[0]
    table = source.table
    if table is None or not (table.default_order or len(block.sources) == 1):
        return []
    chosen = block.c.quirk("default-order", "trandate")
    names: list[str] = []
    if table.default_order and chosen != "key":
        names = [chosen] if chosen in source.columns else list(table.default_order)
    terms: list[Term] = []
    for name in [*names, *(key for key in table.key if key not in names)]:
        for value in source.columns.get(name, ()):
            read = source.read(value)
            terms.append(Term(read))
    if terms and block.c.quirk("default-order-ties", "stable") == "unstable" and names:
        key = terms.pop().value
        offset = block.c.moment("page", lambda environment: environment.offset)
        terms.append(Term(Value(f"sb_shuffled({key.sql}, {offset})", INTEGER, nullable=False)))
    return terms


def read_order(block: Block) -> str:
    """The order in which ROWNUM counts the rows of a single stored table: by its key."""
    table = block.sources[0].table
    if len(block.sources) != 1 or table is None:
        return ""
    columns = [value.sql for name in table.key for value in block.sources[0].columns.get(name, ())]
    return f" ORDER BY {', '.join(columns)}" if columns else ""
