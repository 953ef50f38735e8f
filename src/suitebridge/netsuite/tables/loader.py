"""Finds table definitions by name, pattern or nearest spelling; each stands in a TOML file beside this module."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from suitebridge.errors import UsageError
from suitebridge.netsuite.tables.definition import TYPES, Changed, Column, Deleted, Table
from suitebridge.netsuite.tables.parsing import parse
from suitebridge.netsuite.tables.spelling import nearest

PACKAGE = "suitebridge.netsuite.tables"
CUSTOM_RECORD = "customrecord_"
CUSTOM_LIST = "customlist_"


@cache
def names() -> tuple[str, ...]:
    """All tables with a definition, in alphabetical order."""
    folder = files(PACKAGE)
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def load(name: str) -> Table:
    """The definition of a table.

    A custom record or custom list has no file of its own: it gets the columns that all of its kind have, and its own
    fields are looked for when it is read.

    Raises:
        UsageError: there is no such table; the nearest names are in the remedy.
        ConfigError: its file does not say what it must.
    """
    if name in names():
        text = (files(PACKAGE) / f"{name}.toml").read_text(encoding="utf-8")
        return parse(name, text)
    if name.startswith(CUSTOM_RECORD):
        return _custom_record(name)
    if name.startswith(CUSTOM_LIST):
        return _custom_list(name)
    near = nearest(name, names())
    raise UsageError(
        f"there is no table {name!r}",
        record=name,
        remedy=f"did you mean {' or '.join(near)}?" if near else "suitebridge export --explain lists the known tables",
    )


def listed() -> tuple[str, ...]:
    """The tables that an export of everything takes."""
    return tuple(name for name in names() if load(name).listed)


def is_pattern(text: str) -> bool:
    """Whether a name has wildcards in it, such as ``customrecord_*``."""
    return any(mark in text for mark in "*?[")


def expand(patterns: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    """The names that are meant, each once, in the order given.

    Args:
        patterns: names and patterns.
        known: all names that a pattern may find, the account's own custom tables among them.

    Raises:
        UsageError: a name is unknown, or a pattern for other than custom tables finds nothing.
    """
    found: dict[str, None] = {}
    for text in patterns:
        pattern = text.strip().lower()
        if is_pattern(pattern):
            matches = fnmatch.filter(known, pattern)
            if not matches and not pattern.startswith("custom"):
                raise UsageError(f"no table is called like {text!r}", record=text)
            found.update(dict.fromkeys(matches))
        else:
            found[load(pattern).name] = None
    return tuple(found)


def _custom_record(name: str) -> Table:
    kinds = {
        "id": "integer", "externalid": "text", "name": "text", "isinactive": "boolean", "owner": "integer",
        "created": "datetime", "lastmodified": "datetime", "lastmodifiedby": "integer",
    }  # fmt: skip
    return Table(
        name=name,
        about="A custom record type of the account.",
        way="dated",
        key=("id",),
        columns=tuple(Column(column, TYPES[kind]) for column, kind in kinds.items()),
        custom=True,
        record=name,
        changed=Changed(by="lastmodified"),
        deleted=Deleted(records=(name,)),
    )


def _custom_list(name: str) -> Table:
    kinds = {"id": "integer", "externalid": "text", "name": "text", "isinactive": "boolean"}
    return Table(
        name=name,
        about="A custom list of the account.",
        way="small",
        key=("id",),
        columns=tuple(Column(column, TYPES[kind]) for column, kind in kinds.items()),
        rows="few",
        deleted=Deleted(absent=True),
    )
