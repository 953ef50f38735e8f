"""Select options: what the list fields of a record can be set to (subsect_1544786455)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records.access import confinement
from suitebridge.sandbox.netsuite.records.binding import FAMILY_TABLES, BoundField, BoundType, quoted
from suitebridge.sandbox.netsuite.records.definitions import FieldKind, Place
from suitebridge.sandbox.netsuite.records.errors import invalid_parameter
from suitebridge.sandbox.netsuite.records.limits import PageWindow
from suitebridge.sandbox.netsuite.records.option_filters import NameFilter
from suitebridge.sandbox.netsuite.records.reading import Source
from suitebridge.sandbox.netsuite.records.shapes import Json, Stored, is_object

_LISTS = frozenset({FieldKind.REF, FieldKind.MULTI, FieldKind.ENUM})
_INACTIVE = ("isinactive", "inactive")
_OF_SUBSIDIARIES = frozenset({"location", "department", "classification", "account"})
_OF_ONE_SUBSIDIARY = frozenset({"employee", "contact", "partner"})
_RELATIONSHIPS = {"customer": "customersubsidiaryrelationship", "vendor": "vendorsubsidiaryrelationship"}
_PARTIES = {"Customer": "('CustJob', 'Job')", "Vendor": "('Vendor')"}
"""Whom a document's `entity` may be, by what the field is called."""

_ANCESTORS = """WITH RECURSIVE up(id) AS (SELECT :subsidiary
 UNION SELECT s.parent FROM subsidiary s JOIN up ON s.id = up.id WHERE s.parent IS NOT NULL) SELECT id FROM up"""


@dataclass(frozen=True, slots=True)
class Options:
    """A page of the options of one field: ids with names, and how many there are."""

    items: tuple[tuple[Stored, str], ...]
    total: int
    has_more: bool

    def as_json(self, links: Sequence[Mapping[str, str]], window: PageWindow) -> Json:
        """As the answer holds it; ids are numbers."""
        items = [{"id": _number(value), "refName": name} for value, name in self.items]
        return {
            "_selectOptions": {
                "links": list(links),
                "items": items,
                "count": len(items),
                "offset": window.offset,
                "hasMore": self.has_more,
                "totalResults": self.total,
            }
        }


def option_fields(bound: BoundType, source: Source, fields: str | None) -> list[tuple[str, BoundField]]:
    """The fields that `fields` names as it spells them; `sublist.field` is a field of a line. Raises RecordRefused."""
    names = [name.strip() for name in (fields or "").split(",") if name.strip()]
    if not names:
        raise invalid_parameter("fields", "The query parameter fields is required for select options.")
    return [(name, _field(bound, source, name)) for name in dict.fromkeys(names)]


def options_of(
    field: BoundField, source: Source, window: PageWindow, condition: NameFilter | None, subsidiary: int | None
) -> Options:
    """A page of what the field can be set to. Inactive records are left out, and those that the record's
    subsidiary or the caller's role rules out."""
    labels = field.field.labels or {}
    fixed = [(each, label) for each, label in labels.items() if condition is None or condition.accepts(label)]
    if field.kind is FieldKind.ENUM or field.table is None:
        page = fixed[window.offset : window.offset + window.limit]
        return Options(tuple(page), len(fixed), window.offset + len(page) < len(fixed))
    return _records(field, source, window, condition, subsidiary, fixed)


def chosen_subsidiary(
    bound: BoundType, body: Mapping[str, object], source: Source, internal_id: int | None
) -> int | None:
    """The subsidiary that the record is of: by the body, by its customer or vendor, or as it is stored."""
    if not source.caller.has("oneworld"):
        return None
    sent = {name.lower(): value for name, value in body.items()}
    found = _identifier(sent.get("subsidiary"))
    if found is not None:
        return found
    entity = next((each for name in ("entity", "customer", "vendor") if (each := _identifier(sent.get(name)))), None)
    if entity is not None:
        for table in _RELATIONSHIPS.values():
            sql = f"SELECT subsidiary FROM {table} WHERE entity = :entity AND isprimarysub = 'T'"
            rows = source.rows(sql, {"entity": entity})
            if rows and isinstance(rows[0][0], int):
                return rows[0][0]
    stored = bound.find("subsidiary")
    if internal_id is None or stored is None or stored.kind is not FieldKind.REF:
        return None
    sql = f"SELECT {stored.expression} FROM {bound.source} WHERE t.{quoted(bound.key)} = :id"
    rows = source.rows(sql, {"id": internal_id})
    return rows[0][0] if rows and isinstance(rows[0][0], int) else None


def _field(bound: BoundType, source: Source, name: str) -> BoundField:
    outer, dot, inner = name.lower().partition(".")
    if dot:
        sublist = bound.sublists.get(outer)
        found = sublist.by_name.get(inner) if sublist is not None and sublist.seen_by(source.caller) else None
    else:
        found = bound.by_name.get(outer)
    listed = found is not None and found.seen_by(source.caller) and found.kind in _LISTS
    if found is None or not listed or (found.kind is FieldKind.ENUM and not found.field.labels):
        raise invalid_parameter("fields", f"The field {name} does not have select options.")
    if found.field.read_only and found.place is Place.COMPUTED:
        raise invalid_parameter("fields", f"The field {name} cannot be set.")
    return found


def _records(
    field: BoundField,
    source: Source,
    window: PageWindow,
    condition: NameFilter | None,
    subsidiary: int | None,
    fixed: Sequence[tuple[Stored, str]],
) -> Options:
    target = (field.field.target or "").lower()
    bound = source.catalogue.find(target)
    table = bound.table if bound is not None else source.catalogue.schema[FAMILY_TABLES[target]]
    key, shown = bound.key if bound is not None else "id", f"t.{quoted(table.display or table.key[0])}"
    bindings: dict[str, Stored] = {}
    where = [f"{shown} IS NOT NULL"]
    inactive = next((each for each in _INACTIVE if table.column(each) is not None), None)
    if target == "entity" and field.field.label in _PARTIES:
        where.append(f"t.type IN {_PARTIES[field.field.label]}")
    if inactive is not None:
        where.append(f"t.{inactive} IS NOT 'T'")
    if bound is not None and bound.where:
        where.append(f"({bound.where})")
    if bound is not None and (confined := confinement(bound, source.caller)) is not None:
        where.append(confined)
    if subsidiary is not None and (owned := _of_subsidiary(table.name, source, subsidiary)) is not None:
        where.append(owned)
        bindings["subsidiary"] = subsidiary
    if condition is not None:
        where.append(f"lower({shown}) LIKE :name ESCAPE '\\'")
        bindings["name"] = condition.pattern
    origin = bound.source if bound is not None else f"{quoted(table.name)} t"
    tail = f"FROM {origin} WHERE {' AND '.join(where)}"
    counted = source.rows(f"SELECT COUNT(*) {tail}", bindings)[0][0]
    total = len(fixed) + (counted if isinstance(counted, int) else 0)
    page = list(fixed[window.offset : window.offset + window.limit])
    left, skipped = window.limit - len(page), max(window.offset - len(fixed), 0)
    sql = f"SELECT t.{quoted(key)}, {shown} {tail} ORDER BY {shown}, t.{quoted(key)} LIMIT {left} OFFSET {skipped}"
    page.extend((row[0], str(row[1])) for row in source.rows(sql, bindings))
    return Options(tuple(page), total, window.offset + len(page) < total)


def _of_subsidiary(table: str, source: Source, subsidiary: int) -> str | None:
    if table == "item":
        return "EXISTS (SELECT 1 FROM itemsubsidiarymap m2 WHERE m2.item = t.id AND m2.subsidiary = :subsidiary)"
    if table in _RELATIONSHIPS:
        related = f"SELECT 1 FROM {_RELATIONSHIPS[table]} r WHERE r.entity = t.id AND r.subsidiary = :subsidiary"
        return f"EXISTS ({related})"
    if table == "entity":
        related = " UNION ".join(
            f"SELECT r.entity FROM {each} r WHERE r.subsidiary = :subsidiary" for each in _RELATIONSHIPS.values()
        )
        return f"(t.id IN ({related}) OR t.type NOT IN ('CustJob', 'Vendor'))"
    if table in _OF_ONE_SUBSIDIARY:
        return "t.subsidiary = :subsidiary"
    if table in _OF_SUBSIDIARIES:
        above = [row[0] for row in source.rows(_ANCESTORS, {"subsidiary": subsidiary})]
        listed = "', ' || t.subsidiary || ',' LIKE '%, {},%'"
        inherited = " OR ".join(listed.format(each) for each in above)
        own = listed.format(subsidiary)
        return f"(t.subsidiary IS NULL OR {own} OR (t.includechildren = 'T' AND ({inherited})))"
    return None


def _identifier(value: object) -> int | None:
    if is_object(value):
        value = value.get("id")
    text = "" if isinstance(value, bool) or value is None else str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _number(value: Stored) -> Stored:
    text = str(value)
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() else text
