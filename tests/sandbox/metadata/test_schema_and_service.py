"""The schema against the service: what the one allows the other takes, what the other shows the one describes."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, seed, settings

from suitebridge.sandbox.netsuite import SandboxThread

from .conftest import RECORDS, RESOURCE, Api
from .schema_reading import bodies, undescribed

METADATA = f"{RECORDS}/metadata-catalog"
SCHEMA = "application/schema+json"
STRICT = {"X-NetSuite-PropertyNameValidation": "error", "X-NetSuite-PropertyValueValidation": "error"}


class Described:
    """One sandbox's schemas and the options of its list fields, fetched once each."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.fetch = cache(lambda ref: api.get(ref, SCHEMA))
        self.choices = cache(self._choices)

    def schema(self, record_type: str) -> dict[str, Any]:
        return self.fetch(f"{METADATA}/{record_type}")

    def types(self) -> list[str]:
        return [each["name"] for each in self.api.get("metadata-catalog")["items"]]

    def writable(self) -> list[str]:
        document = self.api.get("metadata-catalog", "application/swagger+json")
        return [path[1:] for path, methods in document["paths"].items() if "post" in methods and "{" not in path]

    def _choices(self, name: str) -> list[Any]:
        record_type, _, field = name.partition("/")
        answer = self.api.call("POST", record_type, {"fields": field, "limit": 20}, accept=f"{RESOURCE}select-options")
        assert answer.status_code in (200, 400), answer.text
        if answer.status_code == 400:
            return []
        return [each["id"] for each in answer.json()[field]["_selectOptions"]["items"]]


@pytest.fixture(scope="module")
def described(server: SandboxThread, client: httpx.Client) -> Described:
    server.reset()
    return Described(Api(server, client))


def _can_break_a_rule(described: Described, record_type: str, path: str) -> bool:
    """Whether a value of the right form may be wrong at this path in a body: it refers to a record, or is an amount,
    day or line of a document."""
    top = schema = described.schema(record_type)
    for part in path.replace("]", "").split("."):
        name = part.partition("[")[0]
        found = schema["properties"].get(name)
        if found is None:
            return False
        if found.get("type") == "array":
            found = found["items"]
        if "$ref" not in found:
            return "tranId" in top["properties"] and (
                found["type"] in ("number", "integer") or found.get("format") == "date"
            )
        schema = described.fetch(found["$ref"])
    return "refName" in schema["properties"] or "nsLink" in str(schema["properties"].get("items"))


def _written(described: Described, method: str, path: str, record_type: str, body: Any) -> str | None:
    """Where a body was written, and that what is read there is described; None if a rule forbids it."""
    answer = described.api.call(method, path, json=body, headers=STRICT)
    if answer.status_code == 204:
        place = answer.headers["location"].partition(f"{RECORDS}/")[2]
        document = described.api.get(place, expandSubResources="true")
        assert list(undescribed(described.schema(record_type), document, described.fetch)) == []
        return place
    assert answer.status_code == 400, answer.text
    for each in answer.json()["o:errorDetails"]:
        path = each.get("o:errorPath", "")
        rule = each["o:errorCode"] == "USER_ERROR" or _can_break_a_rule(described, record_type, path)
        assert rule, (body, each)
    return None


def test_what_a_schema_allows_is_written_or_breaks_a_rule_that_is_named(described: Described) -> None:
    written = {each for each in described.writable() if _any_is_written(described, each)}
    # Were everything refused, nothing would have been tested.
    assert {"customer", "vendor", "serviceSaleItem", "customlist_sb_segment"} <= written
    assert len(written) >= len(described.writable()) // 2


def _any_is_written(described: Described, record_type: str) -> bool:
    """Tries a few bodies of a type, as a new record and as a change of it."""
    allowed = bodies(
        described.schema(record_type),
        described.fetch,
        lambda name: described.choices(f"{record_type}/{name}"),
    )
    places: list[str] = []

    @settings(max_examples=6, derandomize=False, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(first=allowed, second=allowed)
    def run(first: Any, second: Any) -> None:
        place = _written(described, "POST", record_type, record_type, first)
        if place is not None:
            places.append(place)
            _written(described, "PATCH", place, record_type, second)

    # Three examples that are always the same would be the simplest of all, which are refused.
    (seed(f"1 {record_type}")(run) if settings.default.derandomize else run)()
    return bool(places)


def test_records_of_every_type_are_described(described: Described) -> None:
    for record_type in described.types():
        schema = described.schema(record_type)
        for item in described.api.get(record_type, limit=3)["items"]:
            document = described.api.get(f"{record_type}/{item['id']}", expandSubResources="true")
            assert list(undescribed(schema, document, described.fetch, record_type)) == []


def test_what_is_filterable_can_be_filtered_by_and_nothing_else(described: Described) -> None:
    for record_type in ("customer", "serviceSaleItem", "invoice", "term", "customrecord_sb_machine"):
        schema = described.schema(record_type)
        for name in schema["properties"]:
            answer = described.api.call("GET", record_type, {"q": f"{name} EMPTY", "limit": 1})
            assert (answer.status_code == 200) == (name in schema["x-ns-filterable"]), (record_type, name, answer.text)
