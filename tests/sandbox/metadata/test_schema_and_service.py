"""The schema against the service: what the one allows the other takes, what the other shows the one describes."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    """Whether a value of the right form may be wrong at this path in a body: it refers to a record, or is an amount
    or day of a document."""
    top = schema = described.schema(record_type)
    for part in path.replace("]", "").split("."):
        name = part.partition("[")[0]
        found = schema["properties"].get(name)
        if found is None:
            return False
        if "$ref" not in found:
            return "tranId" in top["properties"] and (found["type"] == "number" or found.get("format") == "date")
        schema = described.fetch(found["$ref"])
    return "refName" in schema["properties"] or "nsLink" in str(schema["properties"].get("items"))


def test_what_a_schema_allows_is_written_or_breaks_a_rule_that_is_named(described: Described) -> None:
    writable = described.writable()
    written: set[str] = set()

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def run(data: st.DataObject) -> None:
        record_type = data.draw(st.sampled_from(writable))
        body = data.draw(
            bodies(
                described.schema(record_type), described.fetch, lambda name: described.choices(f"{record_type}/{name}")
            )
        )
        answer = described.api.call("POST", record_type, json=body, headers=STRICT)
        if answer.status_code == 204:
            written.add(record_type)
            document = described.api.call(
                "GET",
                answer.headers["location"].removeprefix(described.api.sandbox.rest_url),
                {"expandSubResources": "true"},
            ).json()
            assert list(undescribed(described.schema(record_type), document, described.fetch)) == []
            return
        assert answer.status_code == 400, answer.text
        for detail in answer.json()["o:errorDetails"]:
            rule = detail["o:errorCode"] == "USER_ERROR" or _can_break_a_rule(
                described, record_type, detail.get("o:errorPath", "")
            )
            assert rule, (body, detail)

    run()
    assert len(written) >= len(writable) // 3


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
