"""From a parsed body to the columns of a row, and to the sparse JSON beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from suitebridge.sandbox.netsuite.records.binding import BoundField
from suitebridge.sandbox.netsuite.records.definitions import Place
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.store import Row


def columns(fields: Iterable[BoundField], values: Mapping[str, Stored], place: Place = Place.ROW) -> Row:
    """Columns of that place for the fields that were sent."""
    found: Row = {}
    for each in fields:
        low = each.name.lower()
        if each.place is place and each.column is not None and low in values and not each.field.read_only:
            found[each.column] = values[low]
    return found


def defaults(fields: Iterable[BoundField], row: Row) -> None:
    """Fills what a new row has where nothing was said."""
    for each in fields:
        value = each.field.default
        if each.place is Place.ROW and each.column is not None and value is not None and row.get(each.column) is None:
            row[each.column] = value


def extra_values(stored: Stored) -> dict[str, Stored]:
    """What the sparse JSON of a row holds."""
    return json.loads(stored) if isinstance(stored, str) else {}


def extra(fields: Iterable[BoundField], values: Mapping[str, Stored], stored: Stored) -> Stored:
    """The sparse JSON after the fields that were sent; None when nothing is left in it."""
    document = extra_values(stored)
    for each in fields:
        low = each.name.lower()
        if each.place is Place.EXTRA and low in values and not each.field.read_only:
            if values[low] is None:
                document.pop(each.name, None)
            else:
                document[each.name] = values[low]
    if not document:
        return None
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def changed(row: Mapping[str, Stored], current: Mapping[str, Stored]) -> Row:
    """The part of `row` that differs from what is stored."""
    return {name: value for name, value in row.items() if (None if value == "" else value) != current.get(name)}
