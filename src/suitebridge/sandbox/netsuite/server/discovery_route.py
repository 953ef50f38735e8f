"""Where an account lives and which roles a user has: `datacenterurls` and `roles` (section_1498251763)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from suitebridge.sandbox.netsuite.login.registry import Registry, User
from suitebridge.sandbox.netsuite.server.errors import MALFORMED, Answer, restlet_error
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.refusals import json_answer
from suitebridge.sandbox.netsuite.server.routes import service_of
from suitebridge.sandbox.netsuite.server.services import Services

BAD_CREDENTIALS = "You have entered an invalid email address or account number. Please try again."

_PARAMETER = re.compile(r"\s*(nlauth_[a-z]+)\s*=\s*([^,\s]*)\s*")


def data_center_urls(incoming: Incoming, registry: Registry) -> Answer:
    """The three domains of the account; who asks need not log in."""
    given = incoming.parameters
    if _account_form(given.get("account", "")) != registry.account:
        return restlet_error(400, "INVALID_REQUEST", MALFORMED, incoming.content_type)
    return json_answer(_domains(incoming, registry))


def roles(incoming: Incoming, services: Services) -> Answer:
    """The roles of the user whom an NLAuth header names. It is no login: nothing is opened by it."""
    account = services.login.registry.account
    scheme, _, rest = incoming.headers.get("authorization", "").strip().partition(" ")
    if not scheme:
        return restlet_error(401, "INVALID_LOGIN_ATTEMPT", "Invalid login attempt.", incoming.content_type)
    given = _nlauth(rest) if scheme.lower() == "nlauth" and services.quirks["nlauth"] == "answer" else None
    if given is None or not given.get("nlauth_email") or "nlauth_signature" not in given:
        return restlet_error(400, "INVALID_REQUEST", MALFORMED, incoming.content_type)
    email, named = given["nlauth_email"], given.get("nlauth_account")
    user = services.login.browsers.user_with(email, given["nlauth_signature"], services.clock.now())
    if user is None or (named is not None and _account_form(named) != account):
        services.login.note_no_user(email, incoming.address, incoming.path)
        return restlet_error(401, "INVALID_LOGIN_CREDENTIALS", BAD_CREDENTIALS, incoming.content_type)
    return json_answer(_listed(user, incoming, services))


def _listed(user: User, incoming: Incoming, services: Services) -> list[dict[str, object]]:
    registry = services.login.registry
    kind = "SANDBOX" if re.search(r"_SB\d+$", registry.account) else "PRODUCTION"
    found = (services.roles.by_id(role_id) for role_id in user.role_ids)
    return [
        {
            "account": {"internalId": registry.account, "name": f"Company {registry.account}", "type": kind},
            "role": {"internalId": role.role_id, "name": role.name},
            "dataCenterURLs": _domains(incoming, registry),
        }
        for role in found
        if role is not None and not role.disabled
    ]


def _domains(incoming: Incoming, registry: Registry) -> dict[str, str]:
    if service_of(incoming.host, registry.host_id) == "any":
        # Asked by an address of this machine, an account's real hosts would lead away from it.
        return dict.fromkeys(("webservicesDomain", "restDomain", "systemDomain"), incoming.origin)
    return {
        "webservicesDomain": f"https://{registry.host_id}.suitetalk.api.netsuite.com",
        "restDomain": f"https://{registry.host_id}.restlets.api.netsuite.com",
        "systemDomain": f"https://{registry.host_id}.app.netsuite.com",
    }


def _nlauth(text: str) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for part in text.split(","):
        match = _PARAMETER.fullmatch(part)
        if match is None or match[1] in found:
            return None
        found[match[1]] = unquote(match[2])
    return found


def _account_form(text: str) -> str:
    return text.strip().upper().replace("-", "_")
