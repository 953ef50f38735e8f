"""Which address leads where. Pure: a path in, a route out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from suitebridge.sandbox.netsuite.server.latency import Kind

ROOT = "/services/rest"
_OAUTH2 = f"{ROOT}/auth/oauth2/v1"
TOKEN_PATH = f"{_OAUTH2}/token"
AUTHORIZE_PATH = "/app/login/oauth2/authorize.nl"
SUITEQL_PATH = f"{ROOT}/query/v1/suiteql"
DATASET_PATH = f"{ROOT}/query/v1/dataset"
RECORD_PATH = f"{ROOT}/record/v1"
METADATA_PATH = f"{RECORD_PATH}/metadata-catalog"
JOB_PATH = f"{ROOT}/async/v1/job"
RESTLET_PATH = "/app/site/hosting/restlet.nl"
ADMIN_PREFIX = "/sandbox/"

Name = Literal[
    "token",
    "revoke",
    "keys",
    "authorize",
    "datacenterurls",
    "roles",
    "certificates",
    "root",
    "suiteql",
    "dataset",
    "record",
    "metadata",
    "job",
    "server_time",
    "governance_limits",
    "restlet",
    "unknown",
]
Service = Literal["suitetalk", "restlets", "app"]


@dataclass(frozen=True, slots=True)
class Route:
    """Where a path leads. `template` has ids taken out; `methods` are those the route knows."""

    name: Name
    template: str
    methods: frozenset[str]
    segments: tuple[str, ...] = ()
    services: frozenset[Service] = frozenset({"suitetalk"})

    def kind(self, method: str) -> Kind:
        """What a call of this method does there."""
        if self.name in ("token", "revoke"):
            return "token"
        if self.name in ("suiteql", "restlet"):
            return "suiteql" if self.name == "suiteql" else "restlet"
        if self.name == "dataset":
            return "suiteql" if self.segments else "list"
        if self.name == "metadata":
            return "metadata"
        if self.name != "record":
            return "job" if self.name == "job" else "other"
        if method != "GET":
            return "write"
        return "list" if len(self.segments) == 1 else "read"


_FIXED: dict[str, tuple[Name, frozenset[str], frozenset[Service]]] = {
    TOKEN_PATH: ("token", frozenset({"POST"}), frozenset({"suitetalk", "restlets"})),
    f"{_OAUTH2}/revoke": ("revoke", frozenset({"POST"}), frozenset({"suitetalk", "restlets"})),
    f"{_OAUTH2}/keys": ("keys", frozenset({"GET"}), frozenset({"suitetalk", "restlets"})),
    AUTHORIZE_PATH: ("authorize", frozenset({"GET", "POST"}), frozenset({"app"})),
    "/rest/datacenterurls": ("datacenterurls", frozenset({"GET"}), frozenset({"restlets", "suitetalk", "app"})),
    "/rest/roles": ("roles", frozenset({"GET"}), frozenset({"restlets", "suitetalk", "app"})),
    SUITEQL_PATH: ("suiteql", frozenset({"POST"}), frozenset({"suitetalk"})),
    f"{ROOT}/system/v1/serverTime": ("server_time", frozenset({"GET"}), frozenset({"suitetalk"})),
    f"{ROOT}/system/v1/governanceLimits": (
        "governance_limits",
        frozenset({"GET"}),
        frozenset({"suitetalk"}),
    ),
    ROOT: ("root", frozenset({"OPTIONS"}), frozenset({"suitetalk"})),
    RESTLET_PATH: (
        "restlet",
        frozenset({"GET", "POST", "PUT", "DELETE"}),
        frozenset({"restlets", "app"}),
    ),
}

LOGIN_ROUTES: frozenset[Name] = frozenset({"token", "revoke", "keys", "authorize", "datacenterurls", "roles"})
"""Where one logs in, so no login is asked for."""

_CERTIFICATES = re.compile(rf"{_OAUTH2}/clients/([0-9a-f]+)/certificates(?:/([A-Za-z0-9_-]+)/revoke)?")

_RECORD_METHODS = {
    1: frozenset({"GET", "POST", "PATCH", "PUT", "DELETE"}),
    2: frozenset({"GET", "PATCH", "PUT", "DELETE"}),
}
_SUBRESOURCE_METHODS = frozenset({"GET"})


def route(path: str) -> Route:
    """The route of a raw path; one that leads nowhere is named ``unknown``."""
    plain = path.rstrip("/") or "/"
    fixed = _FIXED.get(plain)
    if fixed is not None:
        name, methods, services = fixed
        return Route(name, plain, methods, services=services)
    if plain.startswith(RECORD_PATH + "/"):
        segments = tuple(unquote(part) for part in plain.removeprefix(RECORD_PATH + "/").split("/"))
        if segments[0] == "metadata-catalog":
            return Route("metadata", METADATA_PATH, frozenset({"GET"}), segments)
        return Route("record", f"{RECORD_PATH}/{_template(segments)}", _record_methods(segments), segments)
    if plain == DATASET_PATH or plain.startswith(DATASET_PATH + "/"):
        segments = tuple(unquote(part) for part in plain.removeprefix(DATASET_PATH).split("/")[1:])
        return Route("dataset", DATASET_PATH, frozenset({"GET"}), segments)
    if plain.startswith(JOB_PATH + "/"):
        segments = tuple(unquote(part) for part in plain.removeprefix(JOB_PATH + "/").split("/"))
        return Route("job", f"{JOB_PATH}/{_template(('', *segments))[1:]}", frozenset({"GET"}), segments)
    certificates = _CERTIFICATES.fullmatch(plain)
    if certificates is not None:
        client_id, certificate_id = certificates.groups()
        template = f"{_OAUTH2}/clients/{{id}}/certificates" + ("" if certificate_id is None else "/{id}/revoke")
        methods = frozenset({"GET", "POST"}) if certificate_id is None else frozenset({"POST"})
        segments = (client_id,) if certificate_id is None else (client_id, certificate_id)
        return Route("certificates", template, methods, segments, frozenset({"restlets", "suitetalk"}))
    return Route("unknown", "(unknown)", frozenset())


def has_space(path: str) -> bool:
    """Whether a raw path has a space in it, which NetSuite refuses whatever the address."""
    return " " in path or "%20" in path


def service_of(host: str, host_id: str) -> Service | Literal["any", "none"]:
    """Which of the account's hosts was asked: ``any`` for a host that is not NetSuite's, ``none`` for another
    account's."""
    name = host.rsplit(":", 1)[0].lower()
    if not name.endswith(".netsuite.com"):
        return "any"
    if name == f"{host_id}.suitetalk.api.netsuite.com":
        return "suitetalk"
    if name == f"{host_id}.restlets.api.netsuite.com":
        return "restlets"
    return "app" if name == f"{host_id}.app.netsuite.com" else "none"


def _record_methods(segments: tuple[str, ...]) -> frozenset[str]:
    if any(part.startswith(("!", "@")) for part in segments):
        return frozenset({"POST"})
    return _RECORD_METHODS.get(len(segments), _SUBRESOURCE_METHODS)


def _template(segments: tuple[str, ...]) -> str:
    shown: list[str] = [segments[0]]
    for part in segments[1:]:
        if part.startswith("eid:"):
            shown.append("{eid}")
        elif part.lstrip("-").isdigit():
            shown.append("{id}")
        else:
            shown.append(part)
    return "/".join(shown)
