"""JSON Schema as the catalogue serves it: what a value has that its schema does not say, and bodies it allows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
TYPES: dict[str, Any] = {"string": str, "boolean": bool, "array": list, "object": dict}

NAMED = frozenset({"companyName", "entityId", "firstName", "lastName", "item", "itemId", "quantity", "rate", "payment"})
"""Fields that are always given: without them nearly every record breaks the same rule."""

Fetch = Callable[[str], dict[str, Any]]
"""A schema by the address that `$ref` gives."""

Choices = Callable[[str], list[Any]]
"""Ids that a list field takes, by its name as select options spell it."""


def undescribed(schema: dict[str, Any], value: Any, fetch: Fetch, path: str = "") -> Iterator[str]:
    """What of the value the schema does not describe."""
    if "$ref" in schema:
        schema = fetch(schema["$ref"])
    kind = schema["type"]
    if kind in ("number", "integer"):
        numeric = isinstance(value, int if kind == "integer" else int | float) and not isinstance(value, bool)
        if not numeric:
            yield f"{path}: {value!r} is no {kind}"
        return
    if not isinstance(value, TYPES[kind]):
        yield f"{path}: {value!r} is no {kind}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is not listed"
    if kind == "string":
        yield from _text(schema, value, path)
    if kind == "array":
        for place, each in enumerate(value):
            yield from undescribed(schema["items"], each, fetch, f"{path}[{place}]")
    if kind == "object":
        for name, each in value.items():
            if name not in schema["properties"]:
                yield f"{path}.{name} is not described"
            elif schema["properties"][name].get("writeOnly"):
                yield f"{path}.{name} is said not to be shown"
            else:
                yield from undescribed(schema["properties"][name], each, fetch, f"{path}.{name}")


def _text(schema: dict[str, Any], value: str, path: str) -> Iterator[str]:
    pattern = {"date": DATE, "date-time": MOMENT}.get(schema.get("format", ""))
    if pattern is not None and not pattern.fullmatch(value):
        yield f"{path}: {value!r} is no {schema['format']}"
    if "pattern" in schema and not re.fullmatch(schema["pattern"], value):
        yield f"{path}: {value!r} is not of the form {schema['pattern']}"
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{path}: {value!r} is too long"


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
DAYS = st.dates(min_value=datetime.date(2020, 1, 1), max_value=datetime.date(2030, 1, 1))


def bodies(schema: dict[str, Any], fetch: Fetch, choices: Choices, prefix: str = "") -> st.SearchStrategy[Any]:
    """Bodies that the schema allows: all that must not be null, and some of the rest."""
    writable = {
        name: each
        for name, each in schema["properties"].items()
        if not each.get("readOnly") and name not in ("id", "refName")
    }
    made = {name: _value(each, fetch, choices, prefix + name) for name, each in writable.items()}
    needed = {name: made[name] for name in made if name in NAMED or not writable[name].get("nullable")}
    names = sorted(made.keys() - needed.keys())
    if not names:
        return st.fixed_dictionaries(needed)
    some = st.lists(st.sampled_from(names), max_size=6, unique=True)
    rest = some.flatmap(lambda chosen: st.fixed_dictionaries({name: st.none() | made[name] for name in chosen}))
    return st.builds(lambda first, second: {**second, **first}, st.fixed_dictionaries(needed), rest)


def _value(schema: dict[str, Any], fetch: Fetch, choices: Choices, name: str) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return st.deferred(lambda: _referred(schema["$ref"], fetch, choices, name))
    match schema["type"]:
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(-100, 10_000)
        case "number":
            return st.integers(0, 1_000_000).map(lambda cents: cents / 100)
        case "string":
            return _string(schema)
        case _:
            identifier = schema["properties"]["id"]
            ids = st.sampled_from(identifier["enum"]) if "enum" in identifier else TEXT
            return ids.map(lambda each: {"id": each})


def _string(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True).map(str.strip)
    match schema.get("format"):
        case "date":
            return DAYS.map(str)
        case "date-time":
            return DAYS.map(lambda day: f"{day}T12:00:00Z")
        case "email":
            return st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True)
        case _:
            return TEXT.map(lambda text: text[: schema["maxLength"]])


def _referred(ref: str, fetch: Fetch, choices: Choices, name: str) -> st.SearchStrategy[Any]:
    schema = fetch(ref)
    if ref.endswith("/nsLink"):
        return _reference(choices(name))
    if ref.endswith("/nsResourceCollection"):
        return st.lists(_reference(choices(name)), max_size=2).map(lambda items: {"items": items})
    items = schema["properties"].get("items")
    if items is None:
        return bodies(schema, fetch, choices, f"{name}.")
    return st.lists(bodies(fetch(items["items"]["$ref"]), fetch, choices, f"{name}."), max_size=2).map(
        lambda lines: {"items": lines}
    )


def _reference(known: list[Any]) -> st.SearchStrategy[Any]:
    ids = st.sampled_from(known) if known else st.integers(1, 50)
    return st.one_of(ids.map(lambda each: {"id": str(each)}), ids.map(lambda each: {"id": each}))
