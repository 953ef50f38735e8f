"""A table of a run as the target sees it, and what is measured of it."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.netsuite.tables import Column, ColumnType
from suitebridge.warehouse.layout import Extra


@dataclass(frozen=True, slots=True)
class StagedColumn:
    """A column as it stands in the target; `type` is that of its values there."""

    name: str
    type: ColumnType
    source: Column


@dataclass(frozen=True, slots=True)
class Staged:
    """A table of a run as the target sees it.

    Attributes:
        table: SuiteQL's name.
        name: the name in the target.
        key: the key's columns as they are named there.
    """

    table: str
    name: str
    key: tuple[StagedColumn, ...]
    columns: tuple[StagedColumn, ...]
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Local:
    """What a table holds: rows, sums as texts (None of no rows), and rows whose date is that of the mark or later."""

    rows: int
    sums: tuple[str, ...]
    moved: int
