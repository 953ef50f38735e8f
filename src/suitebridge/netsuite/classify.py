"""Reads an answer that is no success and names its situation: by code, then by status and path, never by its words.

Words follow the language of NetSuite's user. Oracle help: "Error handling and error messages in REST web services",
"RESTlet errors", "Web services and RESTlet concurrency governance".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, cast

import msgspec

from suitebridge.http.redaction import redact
from suitebridge.netsuite.errors import (
    ConcurrencyLimitError,
    ConflictError,
    Detail,
    DuplicateError,
    InvalidValueError,
    KeyUsedError,
    LoginError,
    NetSuiteError,
    NotFoundError,
    PermissionDeniedError,
    QueryError,
    RequestError,
    UnavailableError,
    UnexpectedError,
    ValidationError,
)

Surface = Literal["rest", "restlet"]

QUERY_PATH: Final = "/services/rest/query/"
RECORD_PATH: Final = "/services/rest/record/v1/"

_CONCURRENCY: Final = frozenset(
    {"CONCURRENCY_LIMIT_EXCEEDED", "SSS_REQUEST_LIMIT_EXCEEDED", "WS_REQUEST_BLOCKED", "WS_CONCUR_SESSION_DISALLWD"}
)
_LOGIN: Final = frozenset(
    {"INVALID_LOGIN", "INVALID_LOGIN_ATTEMPT", "INVALID_LOGIN_CREDENTIALS", "TWO_FA_REQD", "SESSION_TIMED_OUT"}
)
_PERMISSION: Final = frozenset({"INSUFFICIENT_PERMISSION", "INSUFFICIENT_PERMISSIONS", "PERMISSION_VIOLATION"})
_MISSING: Final = frozenset(
    {"NONEXISTENT_ID", "RCRD_DSNT_EXIST", "SSS_INVALID_SCRIPTLET_ID", "INVALID_LOGIN_INVALID_SCRIPT_ID"}
)
_CONFLICT: Final = frozenset({"RCRD_HAS_BEEN_CHANGED"})
_VALUE: Final = frozenset({"INVALID_KEY_OR_REF", "INVALID_FLD_VALUE", "FIELD_FORMAT_ERROR", "INVALID_NUMBER"})
_REQUEST: Final = frozenset({"INVALID_REQUEST", "INVALID_HEADER", "INVALID_PARAMETER", "METHOD_NOT_ALLOWED"})
_UNAVAILABLE: Final = frozenset({"SERVICE_UNAVAILABLE", "SYSTEM_UNAVAILABLE"})

AUDIT_TRAIL: Final = "Setup > Users/Roles > User Management > View Login Audit Trail"


def classify(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    path: str,
    method: str = "GET",
    record: str | None = None,
) -> NetSuiteError:
    """The error that an answer with this status means.

    ``path`` is the URL's path; ``headers`` are compared in any case.
    """
    folded = {name.lower(): value for name, value in headers.items()}
    details = read_details(body)
    code = next((detail.code for detail in details if detail.code), None)
    kind, retryable, remedy = _situation(status, code, details, path, method)
    error = kind(
        _message(status, details, path, method),
        code=code,
        record=record,
        retryable=retryable,
        remedy=remedy,
        request_id=folded.get("x-n-operationid"),
        status=status,
        details=details,
    )
    if isinstance(error, KeyUsedError):
        error.location = folded.get("location")
    return error


def read_details(body: bytes) -> tuple[Detail, ...]:
    """Every reason in a body:

    REST's ``o:errorDetails`` or top-level form, a RESTlet's, OAuth's. None for anything else.
    """
    try:
        decoded = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _plain_details(body)
    if not isinstance(decoded, dict):
        return ()
    answer = cast("dict[str, object]", decoded)
    listed = answer.get("o:errorDetails")
    if isinstance(listed, list):
        items = [cast("dict[str, object]", item) for item in cast("list[object]", listed) if isinstance(item, dict)]
        found = tuple(_rest_detail(item) for item in items)
        if found:
            return found
    if "o:errorCode" in answer or "detail" in answer:
        return (_rest_detail(answer),)
    inner = answer.get("error")
    if isinstance(inner, dict):
        restlet = cast("dict[str, object]", inner)
        return (_restlet_detail(_text(restlet, "code"), _text(restlet, "message") or ""),)
    if isinstance(inner, str):
        return (Detail(code=inner, message=_text(answer, "error_description") or inner),)
    if "name" in answer and "message" in answer:
        return (Detail(code=_text(answer, "name"), message=redact(_text(answer, "message") or "")),)
    return ()


def _rest_detail(item: dict[str, object]) -> Detail:
    return Detail(
        code=_text(item, "o:errorCode"),
        message=redact(_text(item, "detail") or _text(item, "title") or ""),
        path=_text(item, "o:errorPath"),
        header=_text(item, "o:errorHeader"),
        query_param=_text(item, "o:errorQueryParam"),
        url=_text(item, "o:errorUrl") or _text(item, "o:urlPath"),
    )


def _restlet_detail(code: str | None, message: str) -> Detail:
    # A thrown SuiteScript error is serialised into the message; its own words are inside.
    if message.startswith("{"):
        try:
            inner = msgspec.json.decode(message)
        except msgspec.DecodeError:
            inner = None
        if isinstance(inner, dict):
            thrown = cast("dict[str, object]", inner)
            return Detail(code=code or _text(thrown, "name"), message=redact(_text(thrown, "message") or message))
    return Detail(code=code, message=redact(message))


def _plain_details(body: bytes) -> tuple[Detail, ...]:
    text = body[:20_000].decode("utf-8", errors="replace")
    plain = re.match(r"\s*error code: (?P<code>\S+)\s+error message: (?P<message>.*)", text, re.DOTALL)
    xml = re.search(r"<error>\s*<code>(?P<code>[^<]+)</code>\s*<message>(?P<message>[^<]*)</message>", text)
    found = plain or xml
    if found is None:
        return ()
    return (_restlet_detail(found["code"], found["message"].strip()),)


def _text(item: Mapping[str, object], key: str) -> str | None:
    value = item.get(key)
    if value is None or isinstance(value, dict | list):
        return None
    return str(value)


def _message(status: int, details: tuple[Detail, ...], path: str, method: str) -> str:
    texts = [str(detail) for detail in details if str(detail)]
    if texts:
        return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts)
    return f"NetSuite answered {method} {path} with status {status} and no reason that can be read."


_Situation = tuple[type[NetSuiteError], bool, str | None]


def _situation(status: int, code: str | None, details: tuple[Detail, ...], path: str, method: str) -> _Situation:
    codes = {detail.code for detail in details if detail.code}
    by_code = _by_code(codes, details, path)
    if by_code is not None:
        return by_code
    if code == "USER_ERROR":
        return _user_error(status, path, method)
    return _by_status(status, path)


def _by_code(codes: set[str], details: tuple[Detail, ...], path: str) -> _Situation | None:
    if codes & _CONCURRENCY:
        return ConcurrencyLimitError, True, "Wait and try again, or lower the slots of what runs beside it."
    if codes & _LOGIN:
        return LoginError, False, f"Look for the reason in NetSuite at {AUDIT_TRAIL}, column Detail."
    if codes & _PERMISSION:
        return PermissionDeniedError, False, "Give the role the permission that the message names."
    if codes & _MISSING:
        return NotFoundError, False, "Check the id, and that the role may see the record."
    if codes & _CONFLICT:
        return ConflictError, True, "Read the record again, then send the change again."
    if "IDEMPOTENCY_ERROR" in codes:
        return KeyUsedError, False, "Follow the job that the answer's Location names."
    if any(code.startswith("DUP_") for code in codes):
        return DuplicateError, False, "Look the existing record up and update it."
    if codes & _VALUE:
        return InvalidValueError, False, "Correct the fields that the message names."
    if "INVALID_PARAMETER" in codes and path.startswith(QUERY_PATH):
        return QueryError, False, "Correct the query."
    if codes & _REQUEST:
        return RequestError, False, _request_remedy(details)
    if "INVALID_CONTENT" in codes:
        located = any(detail.path for detail in details)
        return (InvalidValueError if located else ValidationError), False, "Correct the body of the request."
    if codes & _UNAVAILABLE:
        return UnavailableError, True, "Try again later."
    return None


def _request_remedy(details: tuple[Detail, ...]) -> str:
    places = [place for detail in details if (place := detail.header or detail.query_param or detail.url)]
    return f"Correct {', '.join(places)}." if places else "Correct the request."


def _user_error(status: int, path: str, method: str) -> _Situation:
    if status == 429:
        return ConcurrencyLimitError, True, "Wait and try again, or lower the slots of what runs beside it."
    # A faulty query is INVALID_PARAMETER. USER_ERROR on a query or on a list is how a missing permission shows.
    listing = method == "GET" and path.startswith(RECORD_PATH) and "/" not in path.removeprefix(RECORD_PATH).rstrip("/")
    if path.startswith(QUERY_PATH) or listing:
        remedy = "Give the role the permission SuiteAnalytics Workbook (Edit), which lists and SuiteQL need."
        return PermissionDeniedError, False, remedy
    return ValidationError, False, "Correct the record as the message says; it may come from a script or workflow."


def _by_status(status: int, path: str) -> _Situation:
    if status == 429:
        return ConcurrencyLimitError, True, "Wait and try again, or lower the slots of what runs beside it."
    if status == 401:
        return LoginError, False, f"Look for the reason in NetSuite at {AUDIT_TRAIL}, column Detail."
    if status == 403:
        return PermissionDeniedError, False, "Give the role the permission that the message names."
    if status == 404:
        return NotFoundError, False, "Check the record type, the id and the URL, and that the role may see it."
    if status == 409:
        return ConflictError, True, "Read the record again, then send the change again."
    if status in (301, 302, 303, 307, 308):
        return RequestError, False, "Use the account's own host names; this host serves another account or data centre."
    if status in (502, 503, 504):
        return UnavailableError, True, "Try again later; status.netsuite.com tells of maintenance."
    if status >= 500:
        remedy = "Try again later, and give NetSuite's support the request id if it stays."
        if path.startswith(QUERY_PATH):
            remedy = "Check the columns: some that do not exist are answered this way. Else try again later."
        return UnexpectedError, True, remedy
    if status in (400, 422):
        return ValidationError, False, "Correct the request as the message says."
    return RequestError, False, "Correct the request."
