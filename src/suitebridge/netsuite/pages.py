"""One page of SuiteQL over REST: the call, the envelope of its answer, and what a refusal of the query means.

Oracle help: "Executing SuiteQL Queries Through REST Web Services".
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import msgspec

from suitebridge.netsuite.errors import AnswerError, QueryError, UnknownColumnError, UnknownTableError
from suitebridge.netsuite.limits import PAGE_ROWS
from suitebridge.netsuite.sqltext import tables_of
from suitebridge.netsuite.transport import Transport
from suitebridge.types import Work

SUITEQL_PATH: Final = "/services/rest/query/v1/suiteql"
_MAP: Final = re.compile(r"\{([^{}=]+=[^{}]*)\}")
_QUOTED: Final = re.compile(r"'([^']+)'")
_LAST_NAME: Final = re.compile(r":\s*([\w$#]+)\.?\s*$")


class Page(msgspec.Struct, frozen=True, rename="camel"):
    """One page. ``items`` is the undecoded JSON array of its rows, whose keys may come in any case and any order.

    ``total_results`` counts the whole result, as far as NetSuite counts; None if it did not say.
    """

    items: msgspec.Raw
    has_more: bool
    count: int = 0
    offset: int = 0
    total_results: int | None = None

    def rows(self) -> list[dict[str, object]]:
        """The rows with lower-case keys and without ``links``. A column that is NULL is missing from its row."""
        found = _ROWS.decode(self.items)
        for row in found:
            row.pop("links", None)
        names: set[str] = set()
        for row in found:
            names.update(row)
        if all(name == name.lower() for name in names):
            return found
        return [{name.lower(): value for name, value in row.items()} for row in found]


_PAGE: Final = msgspec.json.Decoder(Page)
_ROWS: Final = msgspec.json.Decoder(list[dict[str, object]], float_hook=Decimal)


async def fetch_page(
    transport: Transport,
    sql: str,
    *,
    limit: int = PAGE_ROWS,
    offset: int = 0,
    work: Work = "bulk",
    record: str | None = None,
) -> Page:
    """Asks for one page of a query. ``record`` names the table or query in errors.

    Raises QueryError (UnknownTableError, UnknownColumnError) where NetSuite refuses the query, and what the
    transport raises.
    """
    body = msgspec.json.encode({"q": sql})
    paging = {} if limit == PAGE_ROWS and offset == 0 else {"limit": limit, "offset": offset}
    try:
        response = await transport.request(
            "POST",
            SUITEQL_PATH,
            query=paging,
            body=body,
            headers={"Prefer": "transient", "Accept": "application/json"},
            work=work,
            record=record,
        )
    except QueryError as error:
        raise explain(error, sql) from error
    try:
        return _PAGE.decode(response.body)
    except msgspec.MsgspecError as error:
        raise AnswerError(
            "NetSuite answered a query in a form that is not documented.",
            record=record,
            request_id=response.request_id,
            status=response.status,
        ) from error


def explain(error: QueryError, sql: str) -> QueryError:
    """The same refusal as UnknownTableError or UnknownColumnError where names in it tell so.

    It looks at quoted names, the map of aliases and names of the query, never at words: those follow the
    user's language.
    """
    text = _text(error)
    if _quotes(text, sql):
        return error  # so its names prove nothing
    tables = tables_of(sql)
    quoted = [name.lower() for name in _QUOTED.findall(text)]
    aliases = _MAP.search(text)
    if aliases is not None and quoted:
        known = tuple(pair.partition("=")[2].strip().lower() for pair in aliases[1].split(","))
        return _unknown_column(error, quoted[0], known)
    columns = [name for name in quoted if name not in tables]
    if quoted and len(columns) == 1 and len(quoted) > 1:
        return _unknown_column(error, columns[0], tuple(name for name in quoted if name in tables))
    ending = _LAST_NAME.search(text)
    named = quoted if len(quoted) == 1 else [ending[1].lower()] if ending else []
    if named and named[0] in tables:
        return _unknown_table(error, named[0])
    return error


def is_unexplained(error: QueryError, sql: str) -> bool:
    """Whether a refusal names nothing of the query: neither what is unknown in it, nor the query as one of
    bad grammar.
    """
    return type(error) is QueryError and not _quotes(_text(error), sql)


def _text(error: QueryError) -> str:
    return error.details[0].message if error.details else error.message


def _quotes(text: str, sql: str) -> bool:
    return sql.strip()[:60] in text


def _unknown_column(error: QueryError, column: str, tables: tuple[str, ...]) -> UnknownColumnError:
    found = UnknownColumnError(
        f"NetSuite does not know the column {column} of {' or '.join(tables)}, or hides it from this role.",
        code=error.code,
        record=error.record or f"{'/'.join(tables)}.{column}",
        remedy="Correct its name; else the role lacks a permission or the account a feature that shows it.",
        request_id=error.request_id,
        status=error.status,
        details=error.details,
    )
    found.column, found.tables = column, tables
    return found


def _unknown_table(error: QueryError, table: str) -> UnknownTableError:
    found = UnknownTableError(
        f"NetSuite does not know the table {table}, or hides it from this role.",
        code=error.code,
        record=error.record or table,
        remedy="Correct its name; else the role lacks the permission or the account the feature that shows it.",
        request_id=error.request_id,
        status=error.status,
        details=error.details,
    )
    found.table = table
    return found
