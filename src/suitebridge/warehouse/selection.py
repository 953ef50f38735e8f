"""Which tables an export is about: names, patterns, the account's own custom tables, or all there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.netsuite import tables as definitions
from suitebridge.netsuite.errors import QueryError
from suitebridge.netsuite.tables import Table
from suitebridge.warehouse.source import Source


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tables of an export. `optional` are those that nobody named: they are left out where they do not exist."""

    tables: tuple[Table, ...]
    optional: frozenset[str]


async def choose_tables(source: Source, wanted: Sequence[str]) -> Chosen:
    """The tables that are meant by names and patterns; none means all.

    Raises:
        UsageError: a table is unknown; the nearest names are in the remedy.
    """
    everything = not wanted
    patterns = [name for name in wanted if definitions.is_pattern(name)]
    known = list(definitions.names())
    if everything or any(name.startswith(("custom", "*")) for name in patterns):
        known += await custom_tables(source)
    if everything:
        custom = [name for name in known if name not in definitions.names()]
        names = (*definitions.listed(), *custom)
        return Chosen(tuple(definitions.load(name) for name in names), frozenset(names))
    names = definitions.expand(wanted, known)
    named = {name.lower() for name in wanted if not definitions.is_pattern(name)}
    return Chosen(tuple(definitions.load(name) for name in names), frozenset(names) - named)


async def custom_tables(source: Source) -> list[str]:
    """The account's custom record types and lists, as tables are named; none where the role may not see them."""
    found: list[str] = []
    for listing, prefix in (("customrecordtype", "customrecord"), ("customlist", "customlist")):
        try:
            rows = await source.rows(f"SELECT scriptid FROM {listing}", listing)
        except QueryError:
            continue
        names = [str(row["scriptid"]).lower() for row in rows if row.get("scriptid")]
        found += [name for name in names if name.startswith(prefix)]
    return sorted(set(found))
