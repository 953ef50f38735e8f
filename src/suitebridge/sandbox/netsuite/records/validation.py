"""A body against a record type: values in storage form, and every fault and warning at once (1545142146)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records import external_ids
from suitebridge.sandbox.netsuite.records.binding import (
    BoundField,
    BoundSublist,
    BoundSubrecord,
    BoundType,
)
from suitebridge.sandbox.netsuite.records.definitions import FieldKind
from suitebridge.sandbox.netsuite.records.errors import (
    INVALID_CONTENT,
    Detail,
    invalid_shape,
    invalid_value,
    missing_values,
    user_detail,
)
from suitebridge.sandbox.netsuite.records.references import NoRecord, References, several
from suitebridge.sandbox.netsuite.records.shapes import BadValue, Stored, as_list, is_object, stored_scalar

_PAGE_KEYS = frozenset({"links", "count", "hasmore", "offset", "totalresults", "items"})
_ALWAYS_IGNORED = frozenset({"id", "links", "refname"})


class Strictness(StrEnum):
    """What a fault of a name or of a value's syntax leads to."""

    ERROR = "error"
    WARNING = "warning"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Rules:
    """How a body is to be read."""

    references: References
    caller: Caller
    zone: tzinfo
    names: Strictness = Strictness.WARNING
    values: Strictness = Strictness.ERROR


@dataclass(slots=True)
class Inactive:
    """A reference to an inactive record, which is a fault unless the field holds it already."""

    field: BoundField
    internal_id: int
    path: str

    def fault(self) -> Detail:
        """The fault it is where it was chosen anew."""
        return invalid_value(self.internal_id, self.field.name, self.path)


@dataclass(slots=True)
class Parsed:
    """What a body says, by lower-case names: None clears a field, a sublist or a subrecord.

    `refused` are fields whose value is a fault already, so that nobody asks for them again.
    """

    values: dict[str, Stored] = field(default_factory=dict[str, Stored])
    sublists: dict[str, list[Line] | None] = field(default_factory=dict[str, "list[Line] | None"])
    subrecords: dict[str, Parsed | None] = field(default_factory=dict[str, "Parsed | None"])
    faults: list[Detail] = field(default_factory=list[Detail])
    warnings: list[str] = field(default_factory=list[str])
    inactive: list[Inactive] = field(default_factory=list[Inactive])
    refused: set[str] = field(default_factory=set[str])

    def get(self, name: str) -> Stored:
        """The value sent for a field, None if it was not sent or was cleared."""
        return self.values.get(name)

    def has(self, name: str) -> bool:
        """Whether a value was sent."""
        return self.values.get(name) is not None

    def sent(self, name: str) -> bool:
        """Whether the field was named at all, be it to clear it."""
        return name in self.values


@dataclass(slots=True)
class Line:
    """A line of a sublist as sent, and where it stands in the body."""

    path: str
    body: Parsed


def parse(bound: BoundType, body: Mapping[str, object], rules: Rules) -> Parsed:
    """The body of a create or update."""
    parsed = Parsed()
    _Parser(rules, parsed).record(bound, body)
    value = parsed.values.get("externalid")
    if isinstance(value, str) and (fault := external_ids.fault(value)) is not None:
        parsed.faults.append(fault)
    return parsed


class _Parser:
    def __init__(self, rules: Rules, top: Parsed) -> None:
        self._rules = rules
        self._top = top

    def record(self, bound: BoundType, body: Mapping[str, object]) -> None:
        for name, value in body.items():
            low = name.lower()
            if low in _ALWAYS_IGNORED:
                continue
            found = bound.by_name.get(low)
            sublist = bound.sublists.get(low)
            subrecord = bound.subrecords.get(low)
            if found is not None and self._rules.caller.has(found.feature):
                self._field(self._top, found, value, name)
            elif sublist is not None and sublist.seen_by(self._rules.caller):
                self._sublist(sublist, value, name)
            elif subrecord is not None:
                self._subrecord(self._top, subrecord, value, name)
            else:
                self._unknown(name)

    def _unknown(self, path: str) -> None:
        match self._rules.names:
            case Strictness.ERROR:
                self._top.faults.append(
                    Detail(INVALID_CONTENT, f"Invalid content in the request body. Unknown property: {path}", path=path)
                )
            case Strictness.WARNING:
                self._top.warnings.append(f"Unknown property: {path}")
            case Strictness.IGNORE:
                pass

    def _bad(self, found: BoundField, value: object, path: str) -> None:
        match self._rules.values:
            case Strictness.ERROR:
                self._top.faults.append(invalid_value(_shown(value), found.name, path))
            case Strictness.WARNING:
                self._top.warnings.append(f"Invalid value: {path}")
            case Strictness.IGNORE:
                pass

    def _field(self, into: Parsed, found: BoundField, value: object, path: str, key: bool = False) -> None:
        if (found.field.read_only and not key) or not self._rules.caller.may(found.permission):
            return
        low = found.name.lower()
        if value is None:
            into.values[low] = None
            return
        try:
            if found.kind is FieldKind.REF:
                into.values[low] = self._reference(into, found, value, path)
            elif found.kind is FieldKind.MULTI:
                chosen = [self._reference(into, found, each, path) for each in several(value)]
                into.values[low] = ", ".join(str(each) for each in chosen if each is not None) or None
            else:
                into.values[low] = self._scalar(found, value, path)
        except BadValue:
            if self._rules.values is Strictness.ERROR:
                into.refused.add(low)
            self._bad(found, value, path)
        except NoRecord as stranger:
            into.refused.add(low)
            self._top.faults.append(invalid_value(stranger.shown, found.name, path))

    def _reference(self, into: Parsed, found: BoundField, value: object, path: str) -> int | None:
        reference = self._rules.references.find(found, value)
        if reference is None:
            return None
        if reference.inactive:
            into.inactive.append(Inactive(found, reference.internal_id, path))
        return reference.internal_id

    def _scalar(self, found: BoundField, value: object, path: str) -> Stored:
        if found.kind is FieldKind.NUMBER and is_object(value) and "value" in value:
            value = value["value"]
        stored = stored_scalar(found, value, self._rules.zone)
        limit = found.field.maximum
        if found.kind is FieldKind.TEXT and isinstance(stored, str) and len(stored) > limit:
            text = f"The field {found.name} contained more than the maximum number ( {limit} ) of characters allowed."
            self._top.faults.append(user_detail(text, path))
        return stored

    def _sublist(self, sublist: BoundSublist, value: object, path: str) -> None:
        if not sublist.definition.writable:
            return
        low = sublist.name.lower()
        if is_object(value) and "items" in value:
            value = value["items"]
        if value is None:
            self._top.sublists[low] = None
            return
        items = as_list(value)
        if items is None or any(not is_object(each) for each in items):
            self._top.faults.append(invalid_shape(f"The sublist {path} must hold its lines in 'items'.", path))
            return
        lines: list[Line] = []
        for place, item in enumerate(items):
            line = Line(f"{path}.items[{place}]", Parsed())
            if is_object(item):
                self._line(sublist, line, item)
            lines.append(line)
        self._top.sublists[low] = lines

    def _line(self, sublist: BoundSublist, line: Line, item: Mapping[str, object]) -> None:
        keys = {name.lower() for name in sublist.definition.key}
        subrecords = {each.name.lower(): each for each in sublist.subrecords}
        for name, value in item.items():
            # `id` of a line reads the same as `internalId`.
            low = "internalid" if name == "id" and "internalid" in keys else name.lower()
            path = f"{line.path}.{name}"
            found = sublist.by_name.get(low)
            if found is not None and self._rules.caller.has(found.feature):
                self._field(line.body, found, value, path, key=low in keys)
            elif low in subrecords:
                self._subrecord(line.body, subrecords[low], value, path)
            elif low not in _ALWAYS_IGNORED:
                self._unknown(path)

    def _subrecord(self, into: Parsed, subrecord: BoundSubrecord, value: object, path: str) -> None:
        low = subrecord.name.lower()
        if value is None:
            into.subrecords[low] = None
            return
        if not is_object(value):
            self._top.faults.append(invalid_shape(f"The subrecord {path} must be an object.", path))
            return
        inside = Parsed()
        for name, each in value.items():
            found = subrecord.by_name.get(name.lower())
            if found is not None:
                self._field(inside, found, each, f"{path}.{name}")
            elif name.lower() not in _ALWAYS_IGNORED | _PAGE_KEYS:
                self._unknown(f"{path}.{name}")
        into.subrecords[low] = inside


def inactive_references(parsed: Parsed) -> Iterable[Inactive]:
    """References to inactive records anywhere in a body."""
    yield from parsed.inactive
    for lines in parsed.sublists.values():
        for line in lines or ():
            yield from inactive_references(line.body)


def missing(fields: Iterable[BoundField], parsed: Parsed, caller: Caller) -> list[str]:
    """Titles of the required fields that have no value."""
    return [
        each.field.title
        for each in fields
        if each.field.required
        and caller.has(each.feature)
        and not parsed.has(each.name.lower())
        and each.name.lower() not in parsed.refused
    ]


def cleared(fields: Iterable[BoundField], parsed: Parsed) -> list[str]:
    """Titles of the required fields that the body would clear."""
    return [
        each.field.title
        for each in fields
        if each.field.required and parsed.sent(each.name.lower()) and not parsed.has(each.name.lower())
    ]


def missing_in_lines(sublist: BoundSublist, lines: Iterable[Line], caller: Caller) -> list[Detail]:
    """A fault for every new line without its required values."""
    faults: list[Detail] = []
    for line in lines:
        labels = missing(sublist.fields, line.body, caller)
        if labels:
            faults.append(missing_values(labels, line.path))
    return faults


def _shown(value: object) -> object:
    if is_object(value):
        return value.get("id", value.get("refName", "{}"))
    return value
