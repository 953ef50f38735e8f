"""Every documented form of a refusal becomes the one error that fits it, whatever language it speaks."""

from __future__ import annotations

import json

import pytest

from suitebridge.errors import RefusedError, SuiteBridgeError, UsageError
from suitebridge.netsuite import errors
from suitebridge.netsuite.classify import classify
from suitebridge.netsuite.pages import explain

QUERY = "/services/rest/query/v1/suiteql"
RECORD = "/services/rest/record/v1/customer/42"
LIST = "/services/rest/record/v1/customer"
RESTLET = "/app/site/hosting/restlet.nl"


def rest(code, detail="Etwas ging schief.", **more):
    return {"title": "Bad Request", "o:errorDetails": [{"detail": detail, "o:errorCode": code, **more}]}


def restlet(code):
    return {"error": {"code": code, "message": "Etwas ging schief."}}


CASES = [
    (429, RECORD, rest("CONCURRENCY_LIMIT_EXCEEDED"), errors.ConcurrencyLimitError),
    (400, RECORD, rest("CONCURRENCY_LIMIT_EXCEEDED"), errors.ConcurrencyLimitError),
    (429, RECORD, {"title": "x", "o:errorCode": "USER_ERROR", "detail": "y"}, errors.ConcurrencyLimitError),
    (429, RECORD, b"", errors.ConcurrencyLimitError),
    (400, RESTLET, restlet("SSS_REQUEST_LIMIT_EXCEEDED"), errors.ConcurrencyLimitError),
    (401, RECORD, rest("INVALID_LOGIN"), errors.LoginError),
    (401, RECORD, b"", errors.LoginError),
    (403, RESTLET, restlet("INVALID_LOGIN_ATTEMPT"), errors.LoginError),
    (403, RECORD, rest("INSUFFICIENT_PERMISSION"), errors.PermissionDeniedError),
    (403, RECORD, b"<html>", errors.PermissionDeniedError),
    (400, QUERY, rest("USER_ERROR"), errors.PermissionDeniedError),
    (400, LIST, rest("USER_ERROR"), errors.PermissionDeniedError),
    (400, RECORD, rest("USER_ERROR"), errors.ValidationError),
    (404, RECORD, rest("NONEXISTENT_ID"), errors.NotFoundError),
    (404, RECORD, {"title": "Not Found", "status": 404}, errors.NotFoundError),
    (404, RESTLET, restlet("SSS_INVALID_SCRIPTLET_ID"), errors.NotFoundError),
    (400, RECORD, rest("INVALID_CONTENT"), errors.ValidationError),
    (400, RECORD, rest("INVALID_CONTENT", **{"o:errorPath": "item.items[0].item"}), errors.InvalidValueError),
    (400, RECORD, rest("INVALID_KEY_OR_REF", **{"o:errorPath": "entitystatus"}), errors.InvalidValueError),
    (400, RECORD, rest("DUP_RCRD"), errors.DuplicateError),
    (409, RECORD, rest("RCRD_HAS_BEEN_CHANGED"), errors.ConflictError),
    (400, QUERY, rest("INVALID_PARAMETER", **{"o:errorQueryParam": "q"}), errors.QueryError),
    (400, LIST, rest("INVALID_PARAMETER", **{"o:errorQueryParam": "q"}), errors.RequestError),
    (400, RECORD, rest("INVALID_HEADER", **{"o:errorHeader": "Accept-Language"}), errors.RequestError),
    (400, RECORD, rest("INVALID_REQUEST"), errors.RequestError),
    (400, RECORD, rest("IDEMPOTENCY_ERROR"), errors.KeyUsedError),
    (409, RECORD, rest("IDEMPOTENCY_ERROR"), errors.KeyUsedError),
    (500, RECORD, rest("UNEXPECTED_ERROR"), errors.UnexpectedError),
    (500, RESTLET, restlet("UNEXPECTED_ERROR"), errors.UnexpectedError),
    (502, RECORD, b"<html>Bad Gateway</html>", errors.UnavailableError),
    (503, RECORD, rest("SERVICE_UNAVAILABLE"), errors.UnavailableError),
    (504, RECORD, b"", errors.UnavailableError),
    (302, RECORD, b"", errors.RequestError),
    (405, RECORD, b"", errors.RequestError),
    (400, RECORD, b"\xff\xfe not json", errors.ValidationError),
    (400, RECORD, b"[1, 2]", errors.ValidationError),
    (400, RESTLET, b"error code: SSS_REQUEST_LIMIT_EXCEEDED\nerror message: voll", errors.ConcurrencyLimitError),
    (400, RESTLET, b"<error><code>INVALID_REQUEST</code><message>x</message></error>", errors.RequestError),
]


@pytest.mark.parametrize(
    ("status", "path", "body", "kind"), CASES, ids=[f"{case[0]}-{case[3].__name__}-{n}" for n, case in enumerate(CASES)]
)
def test_each_answer_is_told_apart_by_code_then_status_and_path(status, path, body, kind):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    error = classify(status, {"x-n-operationid": "trace"}, raw, path=path, record="customer 42")
    assert type(error) is kind
    assert error.status == status
    assert error.request_id == "trace"
    assert error.record == "customer 42"
    assert error.message
    assert error.remedy


@pytest.mark.parametrize(
    "uri",
    [
        "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1",
        "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec10.4.1",
    ],
)
def test_the_type_uri_makes_no_difference(uri):
    body = {"type": uri, **rest("USER_ERROR", "Bitte Wert eingeben."), "status": 400}
    error = classify(400, {}, json.dumps(body).encode(), path=RECORD)
    assert type(error) is errors.ValidationError
    assert error.message == "Bitte Wert eingeben."


def test_all_details_of_one_answer_are_kept_with_their_places():
    body = {
        "o:errorDetails": [
            {"detail": "Eins.", "o:errorCode": "INVALID_KEY_OR_REF", "o:errorPath": "entity"},
            {"detail": "Zwei", "o:errorCode": "INVALID_CONTENT", "o:errorPath": "item.items[0].item"},
        ]
    }
    error = classify(400, {}, json.dumps(body).encode(), path=RECORD)
    assert [detail.path for detail in error.details] == ["entity", "item.items[0].item"]
    assert error.message == "entity: Eins. item.items[0].item: Zwei."
    assert error.code == "INVALID_KEY_OR_REF"


def test_a_used_key_names_the_first_job():
    error = classify(
        400, {"Location": "/services/rest/async/v1/job/7"}, json.dumps(rest("IDEMPOTENCY_ERROR")).encode(), path=RECORD
    )
    assert isinstance(error, errors.KeyUsedError)
    assert error.location == "/services/rest/async/v1/job/7"


def test_a_script_error_inside_a_restlet_message_is_read():
    thrown = {"type": "error.SuiteScriptError", "name": "SSS_X", "message": "Kein Lager", "stack": []}
    body = {"error": {"code": "SSS_X", "message": json.dumps(thrown)}}
    error = classify(400, {}, json.dumps(body).encode(), path=RESTLET)
    assert error.code == "SSS_X"
    assert error.message == "Kein Lager."


@pytest.mark.parametrize(
    ("detail", "sql", "kind", "name"),
    [
        pytest.param(
            "Invalid search query. Detailed unprocessed description follows. Search error occurred: Unknown identifier "
            "'foo'. Available identifiers are: {c=Customer}.",
            "SELECT foo FROM Customer c",
            errors.UnknownColumnError,
            "foo",
            id="unknown column",
        ),
        pytest.param(
            "Ungültige Suche: Unbekannter Name 'foo'. Bekannt sind: {customer=customer, v=vendor}.",
            "SELECT foo FROM customer, vendor v",
            errors.UnknownColumnError,
            "foo",
            id="unknown column in German",
        ),
        pytest.param(
            "Search error occurred: Field 'location' for record 'transaction' was not found. Reason: REMOVED.",
            "SELECT location FROM transaction",
            errors.UnknownColumnError,
            "location",
            id="removed column",
        ),
        pytest.param(
            "Invalid search query. Detailed unprocessed description follows. Invalid search type: custmer.",
            "SELECT id FROM custmer",
            errors.UnknownTableError,
            "custmer",
            id="unknown table",
        ),
        pytest.param(
            "Search error occurred: Record 'customer' was not found.",
            "SELECT id FROM customer",
            errors.UnknownTableError,
            "customer",
            id="table not permitted",
        ),
        pytest.param(
            "Search error occurred: Invalid or unsupported search.",
            "SELECT id FROM t",
            errors.QueryError,
            None,
            id="shape",
        ),
        pytest.param(
            "Failed to parse SQL [SELECT 'customer' FROM customer LIMIT 1]",
            "SELECT 'customer' FROM customer LIMIT 1",
            errors.QueryError,
            None,
            id="the query itself quoted",
        ),
    ],
)
def test_the_names_in_a_refused_query_tell_what_is_unknown(detail, sql, kind, name):
    error = classify(400, {}, json.dumps(rest("INVALID_PARAMETER", detail)).encode(), path=QUERY)
    found = explain(error, sql)
    assert type(found) is kind
    assert (getattr(found, "column", None) or getattr(found, "table", None)) == name
    assert found.code == "INVALID_PARAMETER"
    assert found.exit_code == 2


def test_the_tree_hangs_together():
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.NetSuiteError)
    ]
    assert len(kinds) > 15
    assert all(issubclass(kind, SuiteBridgeError) and kind.__doc__ for kind in kinds)
    assert issubclass(errors.LoginError, RefusedError)
    assert issubclass(errors.UnknownTableError, UsageError)
    assert errors.OutcomeUnknown("x").as_dict()["retryable"] is False
