"""Short ways to write fields down: a call names the kind, its text the fields, `rest=column` where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict, Unpack

from suitebridge.sandbox.netsuite.records.definitions.model import Field, FieldKind, Place

Fields = tuple[Field, ...]


class Options(TypedDict, total=False):
    """What may be said of every field."""

    required: bool
    read_only: bool
    filterable: bool
    label: str
    maximum: int
    sign: int
    feature: str | None
    default: str | int | None


def _make(names: str, kind: FieldKind, place: Place, options: Options, **more: object) -> Fields:
    made: list[Field] = []
    for entry in names.split():
        name, _, column = entry.partition("=")
        field = Field(name, kind, place, column or name.lower(), **more)  # type: ignore[arg-type]
        made.append(replace(field, **options))
    return tuple(made)


def texts(names: str, place: Place = Place.ROW, **options: Unpack[Options]) -> Fields:
    """Texts."""
    return _make(names, FieldKind.TEXT, place, options)


def numbers(names: str, place: Place = Place.ROW, scale: int = 4, **options: Unpack[Options]) -> Fields:
    """Fractional numbers; `scale` counts only where no column says it."""
    return _make(names, FieldKind.NUMBER, place, options, scale=scale)


def money(names: str, place: Place = Place.ROW, **options: Unpack[Options]) -> Fields:
    """Amounts."""
    return _make(names, FieldKind.NUMBER, place, options, scale=2)


def integers(names: str, place: Place = Place.ROW, **options: Unpack[Options]) -> Fields:
    """Whole numbers."""
    return _make(names, FieldKind.INTEGER, place, options)


def flags(names: str, place: Place = Place.ROW, **options: Unpack[Options]) -> Fields:
    """True or false; a new record has false where nothing else is said."""
    if place is Place.ROW and "default" not in options:
        options["default"] = "F"
    return _make(names, FieldKind.BOOL, place, options)


def dates(names: str, place: Place = Place.ROW, **options: Unpack[Options]) -> Fields:
    """Days."""
    return _make(names, FieldKind.DATE, place, options)


def moments(names: str, place: Place = Place.ROW, **options: Unpack[Options]) -> Fields:
    """Moments; stored as wall clock of the company's zone."""
    return _make(names, FieldKind.DATETIME, place, options)


def refs(
    names: str,
    target: str | None = None,
    place: Place = Place.ROW,
    labels: Mapping[str, str] | None = None,
    **options: Unpack[Options],
) -> Fields:
    """References to records of the type or family `target`; `labels` are ids that no record has."""
    return _make(names, FieldKind.REF, place, options, target=target, labels=labels)


def multis(names: str, target: str, place: Place = Place.ROW, **options: Unpack[Options]) -> Fields:
    """Several references in one field."""
    return _make(names, FieldKind.MULTI, place, options, target=target)


def choices(
    names: str, labels: Mapping[str, str] | None, place: Place = Place.ROW, **options: Unpack[Options]
) -> Fields:
    """One of a fixed list of ids; without labels any id passes and is its own label."""
    return _make(names, FieldKind.ENUM, place, options, labels=labels)


def computed(name: str, kind: FieldKind, expression: str, **more: object) -> Fields:
    """A field that is worked out by SQL over the row `t` and, for transactions, its main line `m`."""
    field = Field(name, kind, Place.COMPUTED, expression, read_only=True)
    return (replace(field, **more),)  # type: ignore[arg-type]


EXTERNAL_ID = texts("externalId", maximum=255)
