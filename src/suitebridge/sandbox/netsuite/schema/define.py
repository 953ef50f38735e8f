"""The vocabulary in which tables are written down: a call names the kind, its arguments the columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from suitebridge.sandbox.netsuite.schema.model import Column, Kind, Table

MONEY_SCALE = 2
QUANTITY_SCALE = 5
RATE_SCALE = 8
EXCHANGE_RATE_SCALE = 12
NUMBER_SCALE = 4

Columns = tuple[Column, ...]


def _decimals(names: Iterable[str], scale: int) -> Columns:
    return tuple(Column(name, Kind.DECIMAL, scale=scale) for name in names)


def identity(name: str = "id") -> Columns:
    """The internal id of the table's own rows."""
    return (Column(name, Kind.ID, nullable=False),)


def ref(target: str, *names: str) -> Columns:
    """References to rows of the table `target`."""
    return tuple(Column(name, Kind.REF, target=target) for name in names)


def integer(*names: str) -> Columns:
    """Plain whole numbers."""
    return tuple(Column(name, Kind.INTEGER) for name in names)


def money(*names: str) -> Columns:
    """Amounts, two decimals."""
    return _decimals(names, MONEY_SCALE)


def quantity(*names: str) -> Columns:
    """Quantities, five decimals."""
    return _decimals(names, QUANTITY_SCALE)


def rate(*names: str) -> Columns:
    """Item rates, unit prices and costs, eight decimals."""
    return _decimals(names, RATE_SCALE)


def exchange_rate(*names: str) -> Columns:
    """Rates between currencies, twelve decimals."""
    return _decimals(names, EXCHANGE_RATE_SCALE)


def number(*names: str) -> Columns:
    """Percentages and other fractional numbers, four decimals."""
    return _decimals(names, NUMBER_SCALE)


def text(*names: str) -> Columns:
    """Free text; the empty text does not exist."""
    return tuple(Column(name, Kind.TEXT) for name in names)


def boolean(*names: str) -> Columns:
    """'T' or 'F'."""
    return tuple(Column(name, Kind.BOOL) for name in names)


def date(*names: str) -> Columns:
    """Calendar days."""
    return tuple(Column(name, Kind.DATE) for name in names)


def datetime(*names: str) -> Columns:
    """Moments in the company's zone, to the second."""
    return tuple(Column(name, Kind.DATETIME) for name in names)


def code(*names: str, labels: Mapping[str, str] | None = None) -> Columns:
    """Texts from a fixed list; BUILTIN.DF shows them only where there are labels."""
    return tuple(Column(name, Kind.CODE, labels=labels) for name in names)


def coded_integer(name: str, labels: Mapping[str, str]) -> Columns:
    """A whole number from a fixed list that BUILTIN.DF shows by label."""
    return (Column(name, Kind.INTEGER, labels=labels),)


def feature(name: str, *groups: Columns) -> Columns:
    """Columns that exist only while the company has this feature on."""
    return tuple(replace(column, feature=name) for group in groups for column in group)


def permitted(name: str, *groups: Columns) -> Columns:
    """Columns that exist only for roles with this permission."""
    return tuple(replace(column, permission=name) for group in groups for column in group)


def custom(*groups: Columns) -> Columns:
    """Custom fields."""
    return tuple(replace(column, custom=True) for group in groups for column in group)


def table(
    name: str,
    *groups: Columns,
    key: str = "id",
    required: str = "",
    display: str | None = None,
    feature: str | None = None,
    permission: str | None = None,
    view_of: str | None = None,
    default_order: tuple[str, ...] = (),
    removed: Iterable[str] = (),
    indexes: Iterable[str] = (),
    unique: Iterable[str] = (),
    record_type_id: int | None = None,
    hidden: bool = False,
) -> Table:
    """A table of these columns.

    `key`, `required` (columns that are never null, beside the key), and each entry of `indexes` and `unique`
    are column names with spaces between. A name that is not a column of the table is a ValueError.
    """
    never_null = {*key.split(), *required.split()}
    for entry in unique:
        never_null.update(entry.split())
    columns = tuple(
        replace(column, nullable=False) if column.name in never_null else column for group in groups for column in group
    )
    names = [column.name for column in columns]
    wanted = {*never_null, *(part for entry in indexes for part in entry.split()), *default_order}
    if display is not None:
        wanted.add(display)
    if missing := sorted(wanted.difference(names)):
        raise ValueError(f"{name} has no column {', '.join(missing)}")
    if len(set(names)) != len(names):
        raise ValueError(f"{name} names a column twice")
    return Table(
        name=name,
        columns=columns,
        key=tuple(key.split()),
        display=display,
        feature=feature,
        permission=permission,
        view_of=view_of,
        default_order=default_order,
        removed=frozenset(removed),
        indexes=tuple(tuple(entry.split()) for entry in indexes),
        unique=tuple(tuple(entry.split()) for entry in unique),
        record_type_id=record_type_id,
        hidden=hidden,
    )
