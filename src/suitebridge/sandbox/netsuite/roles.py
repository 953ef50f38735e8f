"""The roles of the sandbox's company and the permissions they hold, by the ids that SDF gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LOGIN_OAUTH2 = "ADMI_LOGIN_OAUTH2"
LOGIN_TOKENS = "ADMI_LOGIN_OAUTH"
REST_WEB_SERVICES = "ADMI_RESTWEBSERVICES"
SUITESCRIPT = "ADMI_CUSTOMSCRIPT"
WORKBOOK = "REPO_ANALYTICS"
MCP_SERVER = "ADMI_MCP_SERVER"
OWN_CERTIFICATES = "ADMI_MANAGE_OWN_OAUTH2_CERTIFICATES"

TITLES: Mapping[str, str] = {
    LOGIN_OAUTH2: "Log in using OAuth 2.0 Access Tokens",
    LOGIN_TOKENS: "Log in using Access Tokens",
    REST_WEB_SERVICES: "REST Web Services",
    SUITESCRIPT: "SuiteScript",
    WORKBOOK: "SuiteAnalytics Workbook",
    MCP_SERVER: "MCP Server Connection",
    OWN_CERTIFICATES: "Manage own OAuth 2.0 Client Credentials Certificates",
}
"""Permissions that the server itself asks for; tables, columns and records name theirs."""

ADMINISTRATOR = "administrator"
INTEGRATION = "integration"
LIMITED = "limited"

ROLE_IDS: Mapping[str, int] = {ADMINISTRATOR: 3, INTEGRATION: 1000, LIMITED: 1001}

INTEGRATION_LACKS = frozenset({"employee_ssn"})
"""What the integration role does not have from the start: it sees no social security numbers."""

LIMITED_LACKS = INTEGRATION_LACKS | {"LIST_EMPLOYEE", "TRAN_JOURNAL"}
"""What the limited role does not have from the start: employees and journal entries."""


@dataclass(slots=True)
class Role:
    """A role. `key` is its short name in options, `lacks` the permissions taken from it, `subsidiaries` those it is
    confined to (None: all). `web_services_only`: the box of that name on the role, which closes RESTlets to it."""

    role_id: int
    key: str
    name: str
    administrator: bool = False
    disabled: bool = False
    lacks: set[str] = field(default_factory=set[str])
    subsidiaries: frozenset[int] | None = None
    web_services_only: bool = False


class Roles:
    """The roles by key, and the universe of permissions there are. `confined_to`: the limited role's subsidiaries."""

    def __init__(self, universe: Iterable[str], confined_to: frozenset[int] | None = None) -> None:
        self._confined_to = confined_to
        self._universe = frozenset(universe) | frozenset(TITLES)
        self._roles: dict[str, Role] = {}
        self.restore()

    def restore(self) -> None:
        """All roles as they are at the start."""
        self._roles = {
            ADMINISTRATOR: Role(ROLE_IDS[ADMINISTRATOR], ADMINISTRATOR, "Administrator", administrator=True),
            INTEGRATION: Role(
                ROLE_IDS[INTEGRATION], INTEGRATION, "suitebridge integration", lacks=set(INTEGRATION_LACKS)
            ),
            LIMITED: Role(
                ROLE_IDS[LIMITED],
                LIMITED,
                "suitebridge limited",
                lacks=set(LIMITED_LACKS),
                subsidiaries=self._confined_to,
            ),
        }

    @property
    def all(self) -> tuple[Role, ...]:
        """Every role."""
        return tuple(self._roles.values())

    def of(self, key: str) -> Role:
        """The role of that key. Raises KeyError."""
        return self._roles[key]

    def by_id(self, role_id: int) -> Role | None:
        """The role of that internal id, or None."""
        return next((role for role in self._roles.values() if role.role_id == role_id), None)

    def permissions(self, role: Role) -> frozenset[str] | None:
        """What the role may do; None for all of it."""
        if role.administrator and not role.lacks:
            return None
        return self._universe - role.lacks

    def may(self, role: Role, permission: str) -> bool:
        """Whether the role has a permission."""
        return permission not in role.lacks

    def permission_named(self, name: str) -> str:
        """A permission by its id or its title in the user interface. Raises KeyError."""
        if name in self._universe:
            return name
        for permission, title in TITLES.items():
            if title.lower() == name.lower():
                return permission
        raise KeyError(name)
