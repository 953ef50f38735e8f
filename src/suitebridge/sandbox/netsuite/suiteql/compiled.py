"""From text to a query ready to run: parse, compile, and what running it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.schema.model import Schema
from suitebridge.sandbox.netsuite.suiteql.binding import BoundValue, Slot
from suitebridge.sandbox.netsuite.suiteql.compile import register_all
from suitebridge.sandbox.netsuite.suiteql.compile.block import KeyRange
from suitebridge.sandbox.netsuite.suiteql.compile.joins import output_names
from suitebridge.sandbox.netsuite.suiteql.compile.outer_marks import check_marks
from suitebridge.sandbox.netsuite.suiteql.compile.queries import compile_query
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation, Quirks
from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused, bad_value, unsupported
from suitebridge.sandbox.netsuite.suiteql.output import RowWriter, unique_names
from suitebridge.sandbox.netsuite.suiteql.parse import parse

register_all()


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """SQLite's SQL with its slots; the page's LIMIT and OFFSET are the last two parameters of `page_sql`.

    `pinned`: it holds only for the bound values it was compiled with.
    """

    page_sql: str
    count_sql: str
    slots: tuple[Slot, ...]
    writer: RowWriter
    key_range: KeyRange | None
    pinned: bool


def compile_text(
    template: str,
    shown: str,
    values: Sequence[BoundValue],
    kinds: Sequence[str],
    schema: Schema,
    caller: Caller,
    quirks: Quirks,
) -> CompiledQuery:
    """Compile a query text with `?` for the bound values; refusals echo `shown`."""
    date_format = quirks.get("date-format", "M/D/YYYY")
    tree = parse(template, shown=shown, allow_limit=quirks.get("suiteql-limit", "refuse") == "accept")
    check_marks(tree, mixed=quirks.get("suiteql-mixed-joins", "refuse") == "accept")
    c = Compilation(schema, caller, quirks, values, kinds, date_format)
    try:
        query = compile_query(c, tree, None, {}, True)
    except ValueRefused as error:
        raise bad_value(str(error)) from error
    except RecursionError as error:
        raise unsupported() from error
    limit, offset = len(c.slots) + 1, len(c.slots) + 2
    inner = f"SELECT * FROM ({query.sql})" if query.limited else query.sql
    first = 0 if quirks.get("expr-names", "expr1") == "expr0" else 1
    names = unique_names(output_names(query.columns, first))
    return CompiledQuery(
        page_sql=f"{inner} LIMIT ?{limit} OFFSET ?{offset}",
        count_sql=f"SELECT count(*) FROM (SELECT 1 FROM ({query.counted or query.sql}) LIMIT ?{limit})",
        slots=tuple(c.slots),
        writer=RowWriter(
            names, [column.value.type for column in query.columns], date_format, quirks.get("number-text", "0.5")
        ),
        key_range=query.key_range,
        pinned=bool(c.pinned),
    )
