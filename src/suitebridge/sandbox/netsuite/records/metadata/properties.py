"""Fields as JSON Schema properties, for the two documents that hold them (section_1545126526)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records.binding import BoundField
from suitebridge.sandbox.netsuite.records.definitions import FieldKind, Place
from suitebridge.sandbox.netsuite.records.shapes import Json

CUSTOM_PREFIXES = ("custbody", "custcol", "custentity", "custitem", "custrecord")
REFERENCES = "nsResourceCollection"
"""The schema of a multi-select's value."""

_PERCENT_SCALE = 4
_EMAILS = frozenset({"email", "altemail"})
_RATES = frozenset({"rate", "discountrate"})
_RATE = r"^[+-]?[0-9]{1,9}(\.[0-9]{1,4})?%?$"
"""An amount, or a percentage: texts that are read as numbers."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a document names its schemas: `prefix` stands before a name in `$ref`.

    `reference` is the schema of a reference to a record; `record_of` gives the schema to use instead of it for a
    reference to a record type, where the document describes that type.
    """

    prefix: str
    reference: str
    record_of: Mapping[str, str]

    def ref(self, name: str) -> str:
        """What `$ref` says of the schema of that name."""
        return f"{self.prefix}{name}"

    def target(self, record_type: str | None) -> str:
        """The schema of a reference to a record type or family."""
        return self.ref(self.record_of.get((record_type or "").lower(), self.reference))


def is_custom(field: BoundField) -> bool:
    """Whether the company added the field itself."""
    return field.name.split("_", 1)[0] in CUSTOM_PREFIXES and "_" in field.name


def title_of(field: BoundField) -> str:
    """What a person calls the field; a custom one is called by its id, without the prefix."""
    if not is_custom(field):
        return field.field.title
    return " ".join(part.capitalize() for part in field.name.split("_")[1:])


def property_of(field: BoundField, dialect: Dialect, *, read_only: bool, key: bool = False) -> Json:
    """The property of a field; `key` are fields that name a line, which are taken although they never change.

    A required field of a writable record cannot be null.
    """
    found: Json = {"title": title_of(field), **_value(field, dialect)}
    fixed = (field.field.read_only or read_only) and not key
    if fixed:
        found["readOnly"] = True
    elif field.place is Place.WRITE_ONLY:
        found["writeOnly"] = True
    if fixed or not field.field.required:
        found["nullable"] = True
    if is_custom(field):
        found["x-ns-custom-field"] = True
    return found


def _value(field: BoundField, dialect: Dialect) -> Json:
    match field.kind:
        case FieldKind.TEXT:
            text: Json = {"type": "string", "maxLength": field.field.maximum}
            if field.name.lower() in _EMAILS:
                return {**text, "format": "email"}
            return {**text, "pattern": _RATE} if field.name.lower() in _RATES else text
        case FieldKind.NUMBER:
            return {"type": "number", "format": "float" if field.scale == _PERCENT_SCALE else "double"}
        case FieldKind.INTEGER:
            return {"type": "integer", "format": "int64"}
        case FieldKind.BOOL:
            return {"type": "boolean"}
        case FieldKind.DATE:
            return {"type": "string", "format": "date"}
        case FieldKind.DATETIME:
            return {"type": "string", "format": "date-time"}
        case FieldKind.REF:
            return {"$ref": dialect.target(field.field.target)}
        case FieldKind.MULTI:
            return {"$ref": dialect.ref(REFERENCES)}
        case FieldKind.ENUM:
            return _choice(field.field.labels)


def _choice(labels: Mapping[str, str] | None) -> Json:
    identifier: Json = {"title": "Internal Identifier", "type": "string"}
    if labels:
        identifier["enum"] = list(labels)
    name: Json = {"title": "Reference Name", "type": "string"}
    return {"type": "object", "properties": {"id": identifier, "refName": name}}
