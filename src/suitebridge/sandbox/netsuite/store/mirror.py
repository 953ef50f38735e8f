"""The `entity` table, which shows customers, vendors and the rest as one, is written from theirs."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.schema.model import Schema, Table
from suitebridge.sandbox.netsuite.store.layout import names, quoted

MIRROR = "entity"

_TYPE_AND_COLUMN = {
    "customer": ("CustJob", "customer"),
    "vendor": ("Vendor", "vendor"),
    "employee": ("Employee", "employee"),
    "contact": ("Contact", "contact"),
    "partner": ("Partner", "partner"),
    "job": ("Job", "project"),
}
_OWN_COLUMNS = frozenset(column for _, column in _TYPE_AND_COLUMN.values())
_PEOPLE = frozenset({"employee", "contact"})


def is_mirrored(table: str) -> bool:
    """Whether rows of this table appear in `entity` too."""
    return table in _TYPE_AND_COLUMN


def _expression(column: str, source: Table) -> str:
    type_code, own_column = _TYPE_AND_COLUMN[source.name]
    if column == "type":
        return f"'{type_code}'"
    if column in _OWN_COLUMNS:
        return '"id"' if column == own_column else "NULL"
    present = source.column(column) is not None
    match column:
        case "entitytitle":
            return 'coalesce("entitytitle", "entityid")' if present else '"entityid"'
        case "altname" if not present:
            return '"companyname"' if source.column("companyname") is not None else "NULL"
        case "isperson" if not present:
            return "'T'" if source.name in _PEOPLE else "'F'"
        case _:
            return quoted(column) if present else "NULL"


def _query(source: Table, columns: tuple[str, ...]) -> str:
    shown = ", ".join(_expression(column, source) for column in columns)
    return f"SELECT {shown} FROM {quoted(source.name)}"


def entity_columns(schema: Schema) -> tuple[str, ...]:
    """The columns of `entity` in the order of the queries."""
    return tuple(column.name for column in schema[MIRROR].columns)


def mirror_queries(schema: Schema) -> dict[str, str]:
    """Per entity table, the query for what `entity` shows of its rows; add a WHERE for one of them."""
    if schema.get(MIRROR) is None:
        return {}
    columns = entity_columns(schema)
    sources = [source for source in map(schema.get, _TYPE_AND_COLUMN) if source is not None]
    return {source.name: _query(source, columns) for source in sources}


def mirror_statement(schema: Schema, query: str, *, replacing: bool = False) -> str:
    """The statement that writes into `entity` what such a query gives."""
    verb = "INSERT OR REPLACE" if replacing else "INSERT"
    return f"{verb} INTO {quoted(MIRROR)} ({names(entity_columns(schema))}) {query}"
