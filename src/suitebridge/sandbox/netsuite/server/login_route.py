"""The addresses where one logs in: token, revocation, signing keys, the authorization page, discovery."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from suitebridge.sandbox.netsuite.login.authorizer import BrowserAnswer, BrowserCall
from suitebridge.sandbox.netsuite.login.grants import TokenRequest
from suitebridge.sandbox.netsuite.login.refusal import Detail, GrantRefused
from suitebridge.sandbox.netsuite.server import discovery_route, refusals
from suitebridge.sandbox.netsuite.server.errors import Answer
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.routes import AUTHORIZE_PATH, TOKEN_PATH, Route, service_of
from suitebridge.sandbox.netsuite.server.services import Services

COOKIE = "JSESSIONID"
SYSTEM_HOST = "system.netsuite.com"
REST_HOST = "rest.netsuite.com"
_HTML = "text/html;charset=utf-8"
_FORM = "application/x-www-form-urlencoded"
_NO_STORE = ("Cache-Control", "no-store")
_AUDIENCES = ("suitetalk", "restlets", "connect")

_SHARED_HOSTS = {"authorize": SYSTEM_HOST, "datacenterurls": REST_HOST, "roles": REST_HOST}
"""Addresses that also answer on a host that all accounts share."""


def answer(incoming: Incoming, found: Route, services: Services) -> Answer:
    """The answer of one of these addresses, which need no login themselves. Raises Refused."""
    asked = service_of(incoming.host, services.login.registry.host_id)
    shared = _SHARED_HOSTS.get(found.name)
    if asked not in ("any", *found.services) and (shared is None or _host(incoming) != shared):
        raise refusals.no_such_address()
    if incoming.method not in found.methods:
        raise refusals.method_not_allowed(found.methods)
    match found.name:
        case "token":
            return _token(incoming, services)
        case "revoke":
            return _revoke(incoming, services)
        case "keys":
            return refusals.json_answer(services.login.issuer.public_keys())
        case "authorize":
            return _authorize(incoming, services)
        case "datacenterurls":
            return discovery_route.data_center_urls(incoming, services.login.registry)
        case _:
            return discovery_route.roles(incoming, services)


def _token(incoming: Incoming, services: Services) -> Answer:
    try:
        text = services.login.grant(_request(incoming, services))
    except GrantRefused as refusal:
        return refusals.grant(refusal, services.login.registry.account)
    return Answer(200, text.encode(), headers=(_NO_STORE,))


def _revoke(incoming: Incoming, services: Services) -> Answer:
    try:
        services.login.revoke(_request(incoming, services))
    except GrantRefused as refusal:
        return refusals.grant(refusal, services.login.registry.account)
    if services.quirks["revoke-body"] == "empty":
        return Answer(200, content_type=None, headers=(_NO_STORE,))
    return Answer(200, b"{}", headers=(_NO_STORE,))


def _request(incoming: Incoming, services: Services) -> TokenRequest:
    if incoming.content_type != _FORM:
        raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST)
    return TokenRequest(
        form=_form(incoming.body),
        authorization=incoming.headers.get("authorization"),
        audiences=_audiences(incoming, services.login.registry.host_id),
        address=incoming.address,
        uri=incoming.path,
    )


def _audiences(incoming: Incoming, host_id: str) -> frozenset[str]:
    addresses = {f"https://{host_id}.{name}.api.netsuite.com{TOKEN_PATH}" for name in _AUDIENCES}
    if service_of(incoming.host, host_id) == "any":
        addresses.add(incoming.origin + TOKEN_PATH)
    return frozenset(addresses)


def _authorize(incoming: Incoming, services: Services) -> Answer:
    form = _form(incoming.body) if incoming.content_type == _FORM else {}
    page = services.login.authorizer.answer(
        BrowserCall(
            method=incoming.method,
            path=incoming.path,
            query=incoming.query,
            form={name: values[-1] for name, values in form.items()},
            cookie=_cookie(incoming),
            address=incoming.address,
            own_host=_host(incoming) != SYSTEM_HOST,
        )
    )
    return Answer(page.status, page.html.encode(), _HTML, tuple(_headers(page, incoming)))


def _headers(page: BrowserAnswer, incoming: Incoming) -> list[tuple[str, str]]:
    headers = [_NO_STORE, ("Referrer-Policy", "no-referrer")]
    if page.location is not None:
        headers.append(("Location", page.location))
    if page.cookie is not None:
        # The path keeps it away from REST calls, where a cookie would stand for another way of logging in.
        secure = "; Secure" if incoming.scheme == "https" else ""
        cookie = f"{COOKIE}={page.cookie}; Path={AUTHORIZE_PATH.rpartition('/')[0]}; HttpOnly; SameSite=Lax{secure}"
        headers.append(("Set-Cookie", cookie))
    return headers


def _cookie(incoming: Incoming) -> str | None:
    try:
        found = SimpleCookie(incoming.headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return None if found is None else found.value


def _form(body: bytes) -> dict[str, list[str]]:
    try:
        text = body.decode("utf-8")
        return parse_qs(text, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return {}


def _host(incoming: Incoming) -> str:
    return incoming.host.rsplit(":", 1)[0].lower()
