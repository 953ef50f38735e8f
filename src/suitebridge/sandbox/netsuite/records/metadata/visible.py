"""Which record types, fields and sublists exist for a caller: features and permissions decide (section_1540810174)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records.binding import BoundField, BoundSublist, BoundType, Catalogue
from suitebridge.sandbox.netsuite.records.definitions import Place


def visible_types(catalogue: Catalogue, caller: Caller) -> list[BoundType]:
    """The record types that the caller can use, by name."""
    return sorted((each for each in catalogue.types.values() if _sees(caller, each)), key=_name)


def visible_type(catalogue: Catalogue, caller: Caller, name: str) -> BoundType | None:
    """The record type of that name in any case, or None where the caller has no such type."""
    found = catalogue.find(name)
    return found if found is not None and _sees(caller, found) else None


def fields_of(bound: BoundType, caller: Caller) -> list[BoundField]:
    """The body fields that the caller sees."""
    return [each for each in bound.fields if each.seen_by(caller)]


def sublists_of(bound: BoundType, caller: Caller) -> list[BoundSublist]:
    """The sublists that the caller sees."""
    return [each for each in bound.sublists.values() if each.seen_by(caller)]


def line_fields_of(sublist: BoundSublist, caller: Caller) -> list[BoundField]:
    """The line fields that the caller sees."""
    return [each for each in sublist.fields if each.seen_by(caller)]


def filterable_of(bound: BoundType, caller: Caller) -> list[str]:
    """The names that `q` takes for this caller."""
    names = [
        each.name for each in fields_of(bound, caller) if each.field.filterable and each.place is not Place.WRITE_ONLY
    ]
    return sorted({*names, "id"})


def _sees(caller: Caller, bound: BoundType) -> bool:
    return caller.has(bound.feature) and caller.may(bound.definition.permission)


def _name(bound: BoundType) -> str:
    return bound.name.lower()
