"""References in a body: to which record `{"id": …}`, `{"externalId": …}` or a bare id leads, and whether it may."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from suitebridge.sandbox.netsuite.records.binding import FAMILY_TABLES, BoundField, Catalogue, quoted
from suitebridge.sandbox.netsuite.records.shapes import BadValue, Stored, is_object

Query = Callable[[str, Sequence[Stored]], list[dict[str, Stored]]]

_INACTIVE = ("isinactive", "inactive")


class NoRecord(Exception):
    """A reference to a record that does not exist; `shown` is what was sent."""

    def __init__(self, shown: object) -> None:
        super().__init__(str(shown))
        self.shown = shown


@dataclass(frozen=True, slots=True)
class Reference:
    """A record that was found. An inactive one may stay where it stands, but not be chosen."""

    internal_id: int
    inactive: bool = False


class References:
    """Finds records within one transaction; what was found is remembered for its length."""

    def __init__(self, query: Query, catalogue: Catalogue) -> None:
        self._query = query
        self._catalogue = catalogue
        self._found: dict[tuple[str, str, Stored], Reference | None] = {}

    def find(self, field: BoundField, value: object) -> Reference | None:
        """The record meant; None where the value is empty. Raises BadValue for a shape, NoRecord for a stranger."""
        shown = value
        column = "key"
        if is_object(value):
            if value.get("id") is not None:
                shown = value["id"]
            elif value.get("externalId") is not None:
                shown, column = value["externalId"], "externalid"
            else:
                raise BadValue(value.get("refName", value))
        if isinstance(shown, bool) or not isinstance(shown, int | str | float | Decimal):
            raise BadValue(shown)
        wanted: Stored = str(shown)
        if wanted == "":
            return None
        if column == "key":
            number = _whole(wanted)
            if number is None:
                raise NoRecord(shown)
            wanted = number
            if field.field.labels is not None and str(number) in field.field.labels:
                return Reference(number)
            if field.table is None:
                return Reference(number)
        elif field.table is None:
            raise NoRecord(shown)
        found = self._look_up(field, column, wanted)
        if found is None:
            raise NoRecord(shown)
        return found

    def _look_up(self, field: BoundField, column: str, wanted: Stored) -> Reference | None:
        target = (field.field.target or "").lower()
        at = (target, column, wanted)
        if at not in self._found:
            self._found[at] = self._select(target, column, wanted)
        return self._found[at]

    def _select(self, target: str, column: str, wanted: Stored) -> Reference | None:
        bound = self._catalogue.find(target)
        table = self._catalogue.schema[bound.table.name if bound else FAMILY_TABLES[target]]
        key = bound.key if bound else "id"
        if column == "externalid" and table.column("externalid") is None:
            return None
        inactive = next((each for each in _INACTIVE if table.column(each) is not None), None)
        where = f" AND {bound.where}" if bound and bound.where else ""
        rows = self._query(
            f"SELECT t.{quoted(key)} AS id, {f't.{inactive}' if inactive else 'NULL'} AS inactive"
            f" FROM {quoted(table.name)} t"
            f" WHERE t.{quoted(key if column == 'key' else column)} = ?{where} LIMIT 1",
            (wanted,),
        )
        if not rows:
            return None
        number = rows[0]["id"]
        assert isinstance(number, int)
        return Reference(number, rows[0]["inactive"] == "T")


def _whole(text: str) -> int | None:
    digits = text.strip()
    if digits.lstrip("-").isdigit() and digits.isascii() and len(digits) <= 18:
        return int(digits)
    return None


def several(value: object) -> list[object]:
    """The members of a multi-select: `{"items": […]}` or a plain list. Raises BadValue."""
    items: object = value
    if is_object(value):
        found: Mapping[str, object] = value
        items = found.get("items")
    if isinstance(items, list):
        return list(items)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    raise BadValue(value)
