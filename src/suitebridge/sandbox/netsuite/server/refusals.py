"""Every refusal that does not depend on data: which body each surface gives it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Literal

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.login.refusal import Detail, GrantRefused, LoginRefused
from suitebridge.sandbox.netsuite.server.errors import (
    LOGIN_DETAIL,
    MALFORMED,
    NO_PERMISSION,
    Answer,
    ErrorDetail,
    Refused,
    refused,
    rest_error,
    restlet_error,
    token_error,
    unexpected,
)
from suitebridge.sandbox.netsuite.server.faults import FaultKind
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.services import Services

Surface = Literal["rest", "restlet"]


def login(refusal: LoginRefused, surface: Surface, services: Services, incoming: Incoming) -> Answer:
    """A refused login: never the reason."""
    account = services.login.registry.account
    headers = (("WWW-Authenticate", _challenge(refusal, account)),)
    if surface == "restlet":
        return _restlet_login(refusal, services, incoming, headers)
    if refusal.malformed:
        error = Refused(400, [ErrorDetail("INVALID_REQUEST", MALFORMED)], headers)
    else:
        error = Refused(401, [ErrorDetail("INVALID_LOGIN", LOGIN_DETAIL)], headers)
    return rest_error(error, services.quirks)


def grant(refusal: GrantRefused, account: str) -> Answer:
    """A refused token request."""
    return token_error(refusal.error, refusal.status, account)


def pool_full(surface: Surface, services: Services, incoming: Incoming) -> Answer:
    """No slot free: 429, or the older 400 by the quirk, or the RESTlet's form."""
    if surface == "restlet":
        return restlet_error(400, "SSS_REQUEST_LIMIT_EXCEEDED", "Request Limit Exceeded!", incoming.content_type)
    code, text = "CONCURRENCY_LIMIT_EXCEEDED", "Concurrent request limit exceeded. Request blocked."
    if services.quirks["concurrency-form"] == "400":
        text += (
            " Verify your concurrency limits at Setup > Integration > Integration Management > Integration Governance."
        )
        body = {"title": "Bad Request", "o:errorDetails": [ErrorDetail(code, text).as_json()]}
        return Answer(400, json.dumps(body, separators=(",", ":")).encode())
    top = {"o:errorCode": "USER_ERROR"} if services.quirks["concurrency-top-code"] == "present" else {}
    return rest_error(Refused(429, [ErrorDetail(code, text)], top_level=top), services.quirks)


def no_such_script(incoming: Incoming) -> Answer:
    """No RESTlet at this address; the text does say Suitelet."""
    if incoming.method not in ("GET", "POST", "PUT", "DELETE"):
        return restlet_error(405, "INVALID_REQUEST", MALFORMED, incoming.content_type)
    return restlet_error(
        404,
        "SSS_INVALID_SCRIPTLET_ID",
        "That Suitelet is invalid, disabled, or no longer exists.",
        incoming.content_type,
    )


def unavailable() -> Refused:
    """Down for a while."""
    return refused(503, "SERVICE_UNAVAILABLE", "The service is temporarily unavailable.")


def record_changed(quirks: Mapping[str, str]) -> Refused:
    """Another save holds the record, or has changed it meanwhile."""
    if quirks["record-changed-form"] == "400":
        return refused(400, "USER_ERROR", "Error while accessing a resource. Record has been changed.")
    return refused(409, "RCRD_HAS_BEEN_CHANGED", "Record has been changed.")


def took_too_long() -> Refused:
    """A call that ran longer than a call may."""
    return refused(504, "UNEXPECTED_ERROR", "The request took longer than it may and was ended.")


def befall(kind: FaultKind, quirks: Mapping[str, str]) -> None:
    """Raise Refused for a fault that is a refusal before anything happens."""
    match kind:
        case "error":
            raise unexpected()
        case "unavailable":
            raise unavailable()
        case "record_changed":
            raise record_changed(quirks)
        case _:
            pass


def body_too_large(quirks: Mapping[str, str]) -> Answer:
    """More than 104 MB."""
    status = int(quirks["large-body"])
    return rest_error(refused(status, "INVALID_CONTENT", "The request body is larger than 104 MB."), quirks)


def space_in_path() -> Refused:
    """A space anywhere in the path."""
    return refused(
        400,
        "INVALID_REQUEST",
        "Error while accessing a resource. Invalid url. Spaces are not allowed in the URL.",
    )


def no_such_address() -> Refused:
    """A path that leads nowhere."""
    return refused(404, "NOT_FOUND", "The requested resource does not exist.")


def method_not_allowed(methods: Iterable[str]) -> Refused:
    """A verb that the address does not know."""
    detail = ErrorDetail("METHOD_NOT_ALLOWED", "The HTTP method is not allowed for this resource.")
    return Refused(405, [detail], (("Allow", ", ".join(sorted(methods))),))


def demand_workbook(caller: Caller, permission: str) -> None:
    """Lists and SuiteQL need the SuiteAnalytics Workbook permission and feature. Raises Refused."""
    if not caller.may(permission) or not caller.has("analytics"):
        raise refused(400, "USER_ERROR", NO_PERMISSION)


def json_answer(value: object) -> Answer:
    """Any JSON."""
    return Answer(200, json.dumps(value, separators=(",", ":")).encode())


def _challenge(refusal: LoginRefused, account: str) -> str:
    if refusal.scheme == "OAuth":
        return f'OAuth realm="{account}"'
    if refusal.malformed:
        return f'Bearer realm="{account}", error="invalid_request", error_description="{MALFORMED}"'
    if refusal.scheme == "Bearer":
        return f'Bearer realm="{account}", error="invalid_token", error_description="Invalid login attempt."'
    return f'Bearer realm="{account}"'


def _restlet_login(
    refusal: LoginRefused, services: Services, incoming: Incoming, headers: tuple[tuple[str, str], ...]
) -> Answer:
    if refusal.malformed or refusal.detail is Detail.INVALID_TIMESTAMP:
        return restlet_error(400, "INVALID_REQUEST", MALFORMED, incoming.content_type)
    nothing_sent = refusal.detail is Detail.NO_CREDENTIALS
    status = 401 if nothing_sent else int(services.quirks["restlet-login-status"])
    answer = restlet_error(status, "INVALID_LOGIN_ATTEMPT", "Invalid login attempt.", incoming.content_type)
    return Answer(answer.status, answer.body, answer.content_type, headers)
