"""How far an export has come, as values: runs, tables, ranges and pieces. Pure; the target keeps them.

The target's own progress tables are the truth. A piece is what one call brought: rows and the part of a range they are
all of. Rows and progress of a piece are written in one transaction, so a killed run goes on with the ranges left open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from suitebridge.netsuite.rows import Batch
from suitebridge.netsuite.tables import TYPES, Column, Origin, Table
from suitebridge.warehouse.ranges import Key, Range

State = Literal["reading", "done"]


StoredColumn = tuple[str, str, Origin]
"""A column as a run remembers it: SuiteQL's name, the name of its type, where it is known from."""


@dataclass(frozen=True, slots=True)
class NumberedRange:
    """A range under the number by which the progress table knows it."""

    number: int
    range: Range


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What is to be read of one table.

    Attributes:
        highest: the highest key at the start, up to which the table is read and proved; None where it had no rows.
        newest: the latest date of change at the start, as a wall clock of the account's zone.
        total: how many rows there were at the start, as far as known.
        ranges: what is left to read.
    """

    highest: Key | None
    newest: str | None
    total: int | None
    ranges: tuple[NumberedRange, ...]


@dataclass(frozen=True, slots=True)
class TableProgress:
    """What the target knows of a table of a run: its plan with the open ranges, and what is in its staging table."""

    state: State
    plan: TablePlan
    rows: int
    columns: tuple[StoredColumn, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """The rows of one call.

    Attributes:
        table: the SuiteQL table.
        number: the range they were asked for.
        done: the part of it that they are all of.
        rest: what of it is still open, under new numbers.
        key_sum: the sum of the first key column, None where that is no number.
    """

    table: str
    number: int
    done: Range
    batch: Batch
    rest: tuple[NumberedRange, ...] = ()
    key_sum: int | None = None


@dataclass(frozen=True, slots=True)
class TableResult:
    """How one table ended.

    Attributes:
        key_sums: the sum of each whole-number column of the key, equal on both sides.
        sums: sums of other columns that were compared.
        at: when NetSuite was last asked, as an ISO date-time of UTC.
        reread: rows that changed while reading and were read again.
        hidden: columns that could not be read and were left out.
        resumed: rows that an earlier, interrupted run had brought.
    """

    table: str
    rows: int
    key_sums: Mapping[str, int]
    sums: Mapping[str, str]
    at: str
    seconds: float
    reread: int = 0
    resumed: int = 0
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def fingerprint(facts: Mapping[str, object]) -> str:
    """The same text for the same command on the same account: what a run is resumed by."""
    return hashlib.sha256(msgspec.json.encode(facts, order="sorted")).hexdigest()[:32]


def key_text(key: Key | None) -> str | None:
    """A key as it stands in the progress table: a JSON list."""
    return None if key is None else msgspec.json.encode(key).decode()


def read_key(text: str | None) -> Key | None:
    """A key from the progress table."""
    return None if text is None else msgspec.json.decode(text, type=tuple[int | str, ...])


def numbered(ranges: Sequence[Range], first: int) -> tuple[NumberedRange, ...]:
    """The ranges under consecutive numbers."""
    return tuple(NumberedRange(number, range_) for number, range_ in enumerate(ranges, start=first))


def store_columns(columns: Sequence[Column]) -> str:
    """Columns as a run remembers them, as JSON."""
    return msgspec.json.encode([(column.name, column.type.name, column.origin) for column in columns]).decode()


def read_columns(text: str) -> tuple[StoredColumn, ...]:
    """What `store_columns` wrote."""
    return msgspec.json.decode(text, type=tuple[StoredColumn, ...])


def restore_columns(table: Table, stored: Sequence[StoredColumn]) -> tuple[Column, ...]:
    """The columns that an interrupted run asked for, in its order."""
    restored: list[Column] = []
    for name, kind, origin in stored:
        known = table.column(name)
        same = known is not None and known.type.name == kind
        restored.append(known if known is not None and same else Column(name, TYPES[kind], origin=origin))
    return tuple(restored)
