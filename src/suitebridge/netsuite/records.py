"""The REST record service: read, list, create, update, upsert, delete and transform single records.

Oracle help: "Working with Records" in SuiteTalk REST Web Services.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, cast
from urllib.parse import quote, unquote, urlsplit

import msgspec

from suitebridge.errors import UsageError
from suitebridge.netsuite.errors import (
    AnswerError,
    DuplicateError,
    NetSuiteError,
    NotFoundError,
    RowLimitError,
    ValidationError,
)
from suitebridge.netsuite.limits import PAGE_ROWS, PAGES, QUERY_ROWS
from suitebridge.netsuite.restvalues import decode, encode
from suitebridge.netsuite.transport import Response, Transport
from suitebridge.types import Work

Record = dict[str, Any]
UnknownFields = Literal["error", "warning", "ignore"]

RECORD_URL: Final = "/services/rest/record/v1"
NAME_VALIDATION: Final = "X-NetSuite-PropertyNameValidation"
WARNINGS: Final = "X-NetSuite-PropertyValidation"

_TYPE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_INTERNAL_ID: Final = re.compile(r"-?[0-9]+")
_EXTERNAL_ID: Final = re.compile(r"[A-Za-z0-9_-]+")
_REFERENCE_KEYS: Final = frozenset({"id", "externalId", "refName", "links"})


class FieldWarning(UserWarning):
    """NetSuite wrote a record but warns of some of its fields; the text is NetSuite's own."""


class _Item(msgspec.Struct, frozen=True):
    id: str | int


class _ListPage(msgspec.Struct, frozen=True, rename="camel"):
    items: list[_Item]
    has_more: bool = False
    total_results: int | None = None


_LIST: Final = msgspec.json.Decoder(_ListPage)


@dataclass(frozen=True, slots=True)
class Records:
    """Records of one account.

    A record is named by its type as NetSuite spells it (``salesOrder``) and by its internal id or ``external_id``.
    """

    transport: Transport
    work: Work = "interactive"

    async def get(
        self,
        record_type: str,
        internal_id: int | str | None = None,
        *,
        external_id: str | None = None,
        expand: bool = False,
        fields: Sequence[str] = (),
        simple_enums: bool = False,
    ) -> Record:
        """One record as NetSuite's JSON, with fractions as Decimal; empty fields are missing.

        ``expand`` brings sublists and subrecords along, ``fields`` only the named body fields (not both).
        Raises NotFoundError if there is none.
        """
        if expand and fields:
            raise UsageError("expand and fields exclude each other: NetSuite ignores fields when it expands.")
        name, path = _address(record_type, internal_id, external_id)
        query: dict[str, str | int | bool] = {}
        if expand:
            query["expandSubResources"] = True
        if fields:
            query["fields"] = ",".join(fields)
        if simple_enums:
            query["simpleEnumFormat"] = True
        response = await self.transport.request("GET", path, query=query, work=self.work, record=name)
        return decode(response.body, name)

    async def list(self, record_type: str, q: str | None = None, limit: int | None = None) -> AsyncIterator[str]:
        """The internal ids of the records of a type that the filter ``q`` lets pass, ``limit`` of them at most.

        NetSuite promises no order. Raises RowLimitError before the first id where more match than can be reached.
        """
        path = f"{RECORD_URL}/{_checked_type(record_type)}"
        given = 0
        for number in range(PAGES):
            query: dict[str, str | int | bool] = {"limit": PAGE_ROWS, "offset": number * PAGE_ROWS}
            if q is not None:
                query["q"] = q
            response = await self.transport.request("GET", path, query=query, work=self.work, record=record_type)
            page = _list_page(response, record_type)
            if number == 0 and (limit is None or limit > QUERY_ROWS):
                _check_reach(record_type, page)
            for item in page.items:
                if limit is not None and given >= limit:
                    return
                given += 1
                yield str(item.id)
            if not page.has_more:
                return

    async def create(
        self,
        record_type: str,
        values: Mapping[str, object],
        *,
        external_id: str | None = None,
        replace: Sequence[str] = (),
        unknown_fields: UnknownFields = "error",
    ) -> str:
        """Creates a record and gives its internal id.

        It is sent once: raises OutcomeUnknown if the connection breaks after that. Raises DuplicateError,
        with the id of the other, if the external id is taken. ``replace`` names sublists whose default lines
        are not wanted.
        """
        body = dict(values)
        if external_id is not None:
            body["externalId"] = _checked_external_id(external_id, record_type)
        name = f"{record_type} {body.get('externalId', '(new)')}"
        try:
            response = await self.transport.request(
                "POST",
                f"{RECORD_URL}/{_checked_type(record_type)}",
                query=_replacing(replace),
                body=encode(body, record_type),
                headers={NAME_VALIDATION: unknown_fields},
                work=self.work,
                record=name,
                look=_look_for(record_type, body.get("externalId")),
            )
        except ValidationError as error:
            raise await self._duplicate(error, record_type, body.get("externalId")) from error
        _warn(response, name)
        internal_id = created_id(response.headers.get("Location"))
        if internal_id is None:
            raise AnswerError(
                f"NetSuite created the {record_type} but did not say its id.",
                record=name,
                remedy=_look_for(record_type, body.get("externalId")),
                request_id=response.request_id,
                status=response.status,
            )
        return internal_id

    async def update(
        self,
        record_type: str,
        internal_id: int | str | None = None,
        values: Mapping[str, object] | None = None,
        *,
        external_id: str | None = None,
        replace: Sequence[str] = (),
        replace_selected_fields: bool = False,
        unknown_fields: UnknownFields = "error",
    ) -> None:
        """Changes the fields in ``values``; None clears one, fields that are not named stay.

        ``replace`` names sublists whose lines become exactly those given. It is sent once: raises OutcomeUnknown if the
        connection breaks after that.
        """
        if not values:
            raise UsageError("An update needs at least one value.")
        name, path = _address(record_type, internal_id, external_id)
        query = _replacing(replace)
        if replace_selected_fields:
            query["replaceSelectedFields"] = True
        response = await self.transport.request(
            "PATCH",
            path,
            query=query,
            body=encode(values, record_type),
            headers={NAME_VALIDATION: unknown_fields},
            work=self.work,
            record=name,
            look=f"Read the {record_type} and compare its fields before sending the change again.",
        )
        _warn(response, name)

    async def upsert(
        self,
        record_type: str,
        *,
        external_id: str,
        values: Mapping[str, object],
        replace: Sequence[str] = (),
        unknown_fields: UnknownFields = "error",
    ) -> str | None:
        """Creates the record with this external id, or updates it, and gives its internal id if NetSuite says it.

        A repeat changes nothing more, so it is repeated where the connection breaks. Lines are the exception: NetSuite
        would add them once more. A record with lines is sent once, and OutcomeUnknown is raised if the connection
        breaks, unless ``replace`` names the sublists, so that they become exactly those given.
        """
        name, path = _address(record_type, None, external_id)
        doubling = sublists_that_double(values, replace)
        response = await self.transport.request(
            "PUT",
            path,
            query=_replacing(replace),
            body=encode(values, record_type),
            headers={NAME_VALIDATION: unknown_fields},
            repeatable=not doubling,
            work=self.work,
            record=name,
            look=f"Read the {record_type} and compare its lines ({', '.join(doubling)}) before sending it again."
            if doubling
            else None,
        )
        _warn(response, name)
        return created_id(response.headers.get("Location"))

    async def delete(
        self, record_type: str, internal_id: int | str | None = None, *, external_id: str | None = None
    ) -> None:
        """Deletes a record. It is sent once: raises OutcomeUnknown if the connection breaks after that."""
        name, path = _address(record_type, internal_id, external_id)
        await self.transport.request(
            "DELETE",
            path,
            work=self.work,
            record=name,
            look=f"Read the {record_type}: if it is not found, it was deleted.",
        )

    async def transform(
        self,
        record_type: str,
        internal_id: int | str | None = None,
        target: str = "",
        values: Mapping[str, object] | None = None,
        *,
        external_id: str | None = None,
        replace: Sequence[str] = (),
    ) -> str | None:
        """Makes a record of type ``target`` from this one and gives the new internal id if NetSuite says it.

        Sent once.
        """
        name, path = _address(record_type, internal_id, external_id)
        response = await self.transport.request(
            "POST",
            f"{path}/!transform/{_checked_type(target)}",
            query=_replacing(replace),
            body=encode(values or {}, target),
            work=self.work,
            record=name,
            look=f"Look for a {target} that was made from {name} before sending it again.",
        )
        _warn(response, name)
        return created_id(response.headers.get("Location"))

    async def _duplicate(self, error: ValidationError, record_type: str, external_id: object) -> NetSuiteError:
        """A refused create whose external id exists is a duplicate; its code does not say so, the record
        itself does.
        """
        if not isinstance(external_id, str) or error.code != "USER_ERROR" or not _EXTERNAL_ID.fullmatch(external_id):
            return error
        try:
            existing = await self.get(record_type, external_id=external_id, fields=("id",))
        except (NotFoundError, ValidationError):
            return error
        return DuplicateError(
            f"There is a {record_type} with the external id {external_id} already: internal id {existing.get('id')}.",
            code=error.code,
            record=f"{record_type} {existing.get('id')}",
            remedy="Update it, or use upsert.",
            request_id=error.request_id,
            status=error.status,
            details=error.details,
        )


def created_id(location: str | None) -> str | None:
    """The id at the end of a Location header, which NetSuite writes relative or absolute; None if there is none."""
    if not location:
        return None
    last = unquote(urlsplit(location).path.rstrip("/").rpartition("/")[2])
    return last if _INTERNAL_ID.fullmatch(last) else None


def _address(record_type: str, internal_id: int | str | None, external_id: str | None) -> tuple[str, str]:
    """The record's name in errors and its path."""
    if (internal_id is None) == (external_id is None):
        raise UsageError(f"A {record_type} is named by its internal id or by external_id, by exactly one of them.")
    kind = _checked_type(record_type)
    if external_id is not None:
        return (
            f"{record_type} {external_id}",
            f"{RECORD_URL}/{kind}/eid:{_checked_external_id(external_id, record_type)}",
        )
    text = str(internal_id)
    if not _INTERNAL_ID.fullmatch(text):
        raise UsageError(
            f"{text!r} is not an internal id of a {record_type}.",
            record=record_type,
            remedy="Internal ids are whole numbers; give others as external_id.",
        )
    return f"{record_type} {text}", f"{RECORD_URL}/{kind}/{text}"


def _checked_type(record_type: str) -> str:
    if not _TYPE.fullmatch(record_type):
        raise UsageError(
            f"{record_type!r} is not the name of a record type.",
            record=record_type,
            remedy="Use NetSuite's name, such as salesOrder or customrecord_project.",
        )
    return quote(record_type, safe="")


def _checked_external_id(external_id: str, record_type: str) -> str:
    if _EXTERNAL_ID.fullmatch(external_id):
        return external_id
    why = (
        "NetSuite reads | as a separator" if "|" in external_id else "NetSuite documents letters, digits, _ and - only"
    )
    raise UsageError(
        f"The external id {external_id!r} cannot be used in a URL: {why}.",
        record=f"{record_type} {external_id}",
        remedy=f"Find it with list({record_type!r}, q='externalId IS \"{external_id}\"') and use its internal id.",
    )


def sublists_that_double(values: Mapping[str, object], replace: Sequence[str]) -> list[str]:
    """The sublists in ``values`` whose lines would be added once more if the record were sent again.

    A list of bare references is a multiple select, which is set and not added to.
    """
    replaced = {name.lower() for name in replace}
    return [
        name
        for name, value in values.items()
        if name.lower() not in replaced
        and isinstance(value, Mapping)
        and _has_lines(cast("Mapping[str, object]", value))
    ]


def _has_lines(value: Mapping[str, object]) -> bool:
    items = value.get("items")
    if not isinstance(items, Sequence) or isinstance(items, str):
        return False
    return any(
        isinstance(item, Mapping) and set(cast("Mapping[str, object]", item)) - _REFERENCE_KEYS
        for item in cast("Sequence[object]", items)
    )


def _replacing(replace: Sequence[str]) -> dict[str, str | int | bool]:
    return {"replace": ",".join(replace)} if replace else {}


def _look_for(record_type: str, external_id: object) -> str:
    if isinstance(external_id, str):
        return f"Ask get({record_type!r}, external_id={external_id!r}) whether it exists before creating it again."
    return (
        f"Look whether the {record_type} exists before creating it again; with an external id, upsert repeats safely."
    )


def _warn(response: Response, name: str) -> None:
    text = response.headers.get(WARNINGS)
    if text:
        warnings.warn(f"{name}: {text}", FieldWarning, stacklevel=3)


def _list_page(response: Response, record_type: str) -> _ListPage:
    try:
        return _LIST.decode(response.body)
    except msgspec.MsgspecError as error:
        raise AnswerError(
            "NetSuite answered a list in a form that is not documented.",
            record=record_type,
            request_id=response.request_id,
            status=response.status,
        ) from error


def _check_reach(record_type: str, page: _ListPage) -> None:
    total = page.total_results
    if total is not None and total >= QUERY_ROWS and page.has_more:
        raise RowLimitError(
            f"{total:,} or more records of type {record_type} match, and NetSuite hands out {QUERY_ROWS:,} at most.",
            record=record_type,
            remedy='Narrow the filter q, or read the ids by SuiteQL with by_key("id").',
        )
