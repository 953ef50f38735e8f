"""What can be done with the records of a type, as OpenAPI operations (section_1545129726, 1546938065)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from suitebridge.sandbox.netsuite.records.attachments import ATTACHED_TO
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.shapes import Json

MEDIA_TYPE = "application/vnd.oracle.resource+json; type="
SINGULAR, COLLECTION, ERROR = (f"{MEDIA_TYPE}{kind}" for kind in ("singular", "collection", "error"))
CREATE_FORM, EDIT_FORM, SELECT_OPTIONS = (
    f"{MEDIA_TYPE}{kind}" for kind in ("create-form", "edit-form", "select-options")
)
JSON = "application/json"
COMPONENTS = "#/components/schemas/"
ERROR_SCHEMA = "nsError"
OPTIONS_SCHEMA = "nsSelectOptions"


def paths_of(bound: BoundType, transforms: Iterable[str]) -> dict[str, Json]:
    """The paths of a type; `transforms` are the types that its records can be made into."""
    name = bound.name
    one = f"/{name}/{{id}}"
    paths: dict[str, Json] = {
        f"/{name}": {"get": _list(bound)},
        one: {"get": _get(bound)},
    }
    if bound.definition.writable:
        paths[f"/{name}"]["post"] = _create(bound)
        paths[one]["patch"] = _update(bound)
        paths[one]["delete"] = _operation(bound, "Remove record.", [_ID], {"204": _done()})
        if bound.has_external_id:
            paths[one]["put"] = _upsert(bound)
    for target in transforms:
        paths[f"{one}/!transform/{target}"] = {"post": _transform(bound, target)}
    if name in ATTACHED_TO:
        for verb in ("attach", "detach"):
            paths[f"{one}/!{verb}/contact/{{contactId}}"] = {"post": _attach(bound, verb)}
    return paths


def _parameter(name: str, kind: str, text: str, **more: object) -> Json:
    schema: Json = {"type": kind, **more}
    return {"name": name, "in": "query", "description": text, "required": False, "schema": schema}


_ID: Json = {
    "name": "id",
    "in": "path",
    "description": "Internal identifier, or eid: and an external identifier.",
    "required": True,
    "schema": {"type": "string"},
}
_CONTACT_ID: Json = {**_ID, "name": "contactId"}
_EXPAND = _parameter("expandSubResources", "boolean", "Show sublists and subrecords in full.", default=False)
_FIELDS = _parameter("fields", "string", "Names of the fields to return.")
_SIMPLE = _parameter("simpleEnumFormat", "boolean", "Show enumerations by their identifiers alone.", default=False)
_REPLACE = _parameter("replace", "string", "Names of the sublists whose lines are replaced.")
_SELECTED = _parameter("replaceSelectedFields", "boolean", "Clear only the fields that replace names.", default=False)
_FILTER = _parameter("q", "string", "Search condition.")
_LIMIT = _parameter("limit", "integer", "Results on a page.", format="int32", default=1000, minimum=1, maximum=1000)
_OFFSET = _parameter("offset", "integer", "Results before the page.", format="int32", default=0, minimum=0)
_VALIDATION: list[Json] = [
    {
        "name": f"X-NetSuite-Property{what}Validation",
        "in": "header",
        "description": f"What a wrong property {what.lower()} leads to.",
        "required": False,
        "schema": {"type": "string", "enum": ["Error", "Warning", "Ignore"], "default": default},
    }
    for what, default in (("Name", "Warning"), ("Value", "Error"))
]


def _list(bound: BoundType) -> Json:
    page = {"200": _answer("List of records.", {COLLECTION: {"$ref": f"{COMPONENTS}{bound.name}Collection"}})}
    return _operation(bound, "Get list of records.", [_FILTER, _LIMIT, _OFFSET], page)


def _get(bound: BoundType) -> Json:
    found = {"200": _answer("Retrieved record.", {SINGULAR: _ref(bound)})}
    return _operation(bound, "Get record.", [_ID, _EXPAND, _FIELDS, _SIMPLE], found)


def _create(bound: BoundType) -> Json:
    answers = {"200": _forms(bound, CREATE_FORM), "204": _done("Location")}
    parameters = [_REPLACE, _FIELDS, _EXPAND, *_VALIDATION]
    return {**_operation(bound, "Insert record.", parameters, answers), "requestBody": _body(bound)}


def _update(bound: BoundType) -> Json:
    answers = {"200": _forms(bound, EDIT_FORM), "204": _done("Location")}
    parameters = [_ID, _REPLACE, _SELECTED, _FIELDS, _EXPAND, *_VALIDATION]
    return {**_operation(bound, "Update record.", parameters, answers), "requestBody": _body(bound)}


def _upsert(bound: BoundType) -> Json:
    parameters = [_ID, _REPLACE, _SELECTED, *_VALIDATION]
    operation = _operation(bound, "Insert or update record by external identifier.", parameters, {"204": _done()})
    return {**operation, "requestBody": _body(bound)}


def _transform(bound: BoundType, target: str) -> Json:
    form = {CREATE_FORM: {"type": "object"}}
    answers = {"200": _answer("Form of the new record.", form), "204": _done("Location")}
    operation = _operation(bound, f"Transform to {target}.", [_ID, _REPLACE, _FIELDS, _EXPAND], answers)
    content = {JSON: {"schema": {"$ref": f"{COMPONENTS}{target}"}}}
    return {**operation, "requestBody": {"required": False, "content": content}}


def _attach(bound: BoundType, verb: str) -> Json:
    operation = _operation(bound, f"{verb.capitalize()} contact.", [_ID, _CONTACT_ID], {"204": _done()})
    role: Json = {"type": "object", "properties": {"role": {"$ref": f"{COMPONENTS}nsResource"}}}
    return {**operation, "requestBody": {"required": False, "content": {JSON: {"schema": role}}}}


def _operation(bound: BoundType, summary: str, parameters: list[Json], answers: Mapping[str, object]) -> Json:
    error = _answer("Error response.", {ERROR: {"$ref": f"{COMPONENTS}{ERROR_SCHEMA}"}})
    return {
        "tags": [bound.name],
        "summary": summary,
        "parameters": parameters,
        "responses": {**answers, "default": error},
    }


def _answer(text: str, content: Mapping[str, object]) -> Json:
    return {"description": text, "content": {media: {"schema": schema} for media, schema in content.items()}}


def _forms(bound: BoundType, form: str) -> Json:
    options = {"$ref": f"{COMPONENTS}{OPTIONS_SCHEMA}"}
    return _answer("Form or select options.", {form: _ref(bound), SELECT_OPTIONS: options})


def _done(*headers: str) -> Json:
    found: Json = {"description": "No content."}
    if headers:
        found["headers"] = {name: {"schema": {"type": "string", "format": "URI"}} for name in headers}
    return found


def _body(bound: BoundType) -> Json:
    return {"required": True, "content": {JSON: {"schema": _ref(bound)}}}


def _ref(bound: BoundType) -> Json:
    return {"$ref": f"{COMPONENTS}{bound.name}"}
