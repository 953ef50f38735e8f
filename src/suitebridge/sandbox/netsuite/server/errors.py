"""NetSuite's error bodies: REST (section_156570709583), RESTlets and the token endpoint."""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

JSON_TYPE = "application/json"
SINGULAR_TYPE = "application/vnd.oracle.resource+json; type=singular"
COLLECTION_TYPE = "application/vnd.oracle.resource+json; type=collection"

INVALID_CONTENT = "Invalid content in the request body."

LOGIN_DETAIL = (
    "Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at Setup > "
    "Users/Roles > User Management > View Login Audit Trail."
)
MALFORMED = "The request could not be understood by the server due to malformed syntax."
NO_PERMISSION = (
    "Your current role does not have permission to perform this action. Please contact your account administrator."
)

_RFC9110 = "https://www.rfc-editor.org/rfc/rfc9110.html#section-"
_RFC2616 = "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html"
_BAD_REQUEST_TITLE = frozenset({HTTPStatus.TOO_MANY_REQUESTS})


@dataclass(frozen=True, slots=True)
class ErrorDetail:
    """One detail of a REST error and the place it points at, if any."""

    code: str
    detail: str
    path: str | None = None
    header: str | None = None
    query_parameter: str | None = None

    def as_json(self) -> dict[str, str]:
        """In the order NetSuite writes it: detail, place, code."""
        body = {"detail": self.detail}
        places = (
            ("o:errorPath", self.path),
            ("o:errorHeader", self.header),
            ("o:errorQueryParam", self.query_parameter),
        )
        body.update({name: value for name, value in places if value is not None})
        body["o:errorCode"] = self.code
        return body


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer before it is sent: status, body, content type, further headers."""

    status: int
    body: bytes = b""
    content_type: str | None = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = field(default=())


class Refused(Exception):
    """A REST call that is refused with these details; `top_level` are further keys beside them."""

    def __init__(
        self,
        status: int,
        details: Sequence[ErrorDetail],
        headers: tuple[tuple[str, str], ...] = (),
        top_level: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status}: " + "; ".join(f"{one.code} {one.detail}" for one in details))
        self.status = status
        self.details = tuple(details)
        self.headers = headers
        self.top_level = dict(top_level or {})


def refused(
    status: int,
    code: str,
    detail: str,
    *,
    path: str | None = None,
    header: str | None = None,
    query_parameter: str | None = None,
) -> Refused:
    """A refusal with one detail."""
    return Refused(status, [ErrorDetail(code, detail, path, header, query_parameter)])


def rest_error(refusal: Refused, quirks: Mapping[str, str], *, status: int | None = None) -> Answer:
    """The REST body and its media type, in the forms that the quirks choose.

    `status`: the one to send where type and title are those of another, as for a repeated idempotency key.
    """
    sent = refusal.status if status is None else status
    body: dict[str, object] = {
        "type": error_type(refusal.status, quirks["error-type-uri"]),
        "title": title(refusal.status),
        "status": sent,
        "o:errorDetails": [one.as_json() for one in refusal.details],
        **refusal.top_level,
    }
    media_type = f"application/vnd.oracle.{quirks['error-content-type']}; type=error"
    return Answer(sent, _dump(body), media_type, refusal.headers)


def action_error(status: int, code: str, detail: str, quirks: Mapping[str, str]) -> Answer:
    """The older REST body, which record actions still have: one fault, at the top level (section_1540811112)."""
    body = {
        "type": error_type(status, quirks["error-type-uri"]),
        "title": title(status),
        "status": status,
        "detail": detail,
        "o:errorCode": code,
    }
    return Answer(status, _dump(body), f"application/vnd.oracle.{quirks['error-content-type']}; type=error")


def restlet_error(status: int, code: str, message: str, request_type: str | None) -> Answer:
    """The RESTlet body, which follows the request's content type: JSON, XML or two lines of text."""
    if request_type == "application/xml":
        xml = f"<error><code>{code}</code><message>{_escape(message)}</message></error>"
        return Answer(status, xml.encode(), request_type)
    if request_type == "text/plain":
        return Answer(status, f"error code: {code}\nerror message: {message}".encode(), request_type)
    text = f'{{"error" : {{"code" : {json.dumps(code)}, "message" : {json.dumps(message)}}}}}'
    return Answer(status, text.encode())


def token_error(error: str, status: int, account: str) -> Answer:
    """The token endpoint's body, which has one key."""
    headers = (("WWW-Authenticate", f'Basic realm="{account}"'),) if status == HTTPStatus.UNAUTHORIZED else ()
    return Answer(status, json.dumps({"error": error}).encode(), JSON_TYPE, headers)


def unexpected() -> Refused:
    """A fault of the server that names nothing but an id."""
    letters = "".join(secrets.choice(string.ascii_lowercase) for _ in range(20))
    return refused(500, "UNEXPECTED_ERROR", f"An unexpected error occurred. Error ID: {letters}")


def title(status: int) -> str:
    """The title; NetSuite calls 429 a bad request."""
    return "Bad Request" if status in _BAD_REQUEST_TITLE else HTTPStatus(status).phrase


def error_type(status: int, form: str) -> str:
    """The address that explains the status, in the newer or in the older form."""
    if form == "w3":
        return f"{_RFC2616}#sec10.{status // 100}.{status % 100 + 1}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{_RFC9110}15.6.{status - 499}"
    # RFC 9110 knows no 429, so such an answer points at 400 as its title does.
    known = status in _RFC9110_CLIENT_ERRORS
    return f"{_RFC9110}15.5.{status - 399 if known else 1}"


_RFC9110_CLIENT_ERRORS = frozenset(range(400, 418))


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
