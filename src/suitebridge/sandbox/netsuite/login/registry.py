"""What the account has on file for logins: integration records, certificate mappings, access tokens and users."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from suitebridge.sandbox.netsuite.login.jws import PublicKey

SCOPES = frozenset({"rest_webservices", "restlets", "suite_analytics"})
"""Scopes that open a service and may be mixed."""

MCP_SCOPE = "mcp"
"""The scope of the AI connector, which stands alone."""

IDENTITY_SCOPES = frozenset({"openid", "email"})
"""Scopes that ask who the user is."""

ALL_SCOPES = SCOPES | IDENTITY_SCOPES | {MCP_SCOPE}

Consent = Literal["always", "first", "never"]
"""When the consent screen is shown: Always Ask, Ask First Time, Never Ask."""

CONFIDENTIAL_REFRESH_HOURS = 168
PUBLIC_REFRESH_HOURS = 48
ROTATION_HOURS = 168
LONGEST_HOURS = 720


@dataclass(slots=True)
class Integration:
    """An integration record. `client_id` is also its consumer key, as in NetSuite.

    `public`: no client secret, so PKCE and one-time refresh tokens. `refresh_hours` is how long a refresh token of a
    public client lives, `rotation_hours` how long a chain of them may go on.
    """

    name: str
    client_id: str
    client_secret: str
    application_id: str
    scopes: frozenset[str] = frozenset({"rest_webservices", "restlets"})
    client_credentials: bool = True
    token_based: bool = True
    blocked: bool = False
    internal_id: int = 1
    public: bool = False
    authorization_code: bool = True
    redirect_uris: tuple[str, ...] = ()
    consent: Consent = "always"
    refresh_hours: int = PUBLIC_REFRESH_HOURS
    rotation_hours: int = ROTATION_HOURS

    @classmethod
    def new(cls, name: str) -> Integration:
        """A record with fresh keys."""
        return cls(name, secrets.token_hex(32), secrets.token_hex(32), str(uuid.uuid4()).upper())


@dataclass(slots=True)
class Mapping:
    """A certificate, `pem`, mapped to one (integration, entity, role). `created` is when that was done."""

    certificate_id: str
    client_id: str
    entity_id: int
    role_id: int
    key: PublicKey
    valid_from: datetime
    valid_until: datetime
    revoked: bool = False
    created: datetime | None = None
    pem: str = ""


@dataclass(slots=True)
class AccessToken:
    """A token of token-based authentication; it does not expire by itself."""

    token_id: str
    token_secret: str
    client_id: str
    entity_id: int
    role_id: int
    name: str
    revoked: bool = False

    @classmethod
    def new(cls, client_id: str, entity_id: int, role_id: int, name: str) -> AccessToken:
        """A token with fresh keys."""
        return cls(secrets.token_hex(32), secrets.token_hex(32), client_id, entity_id, role_id, name)


@dataclass(frozen=True, slots=True)
class User:
    """Who can sign in to the user interface, and the roles given to him."""

    email: str
    password: str
    entity_id: int
    name: str
    role_ids: tuple[int, ...]


@dataclass(slots=True)
class Registry:
    """All of it for one account. `account` is the account form (``1234567_SB1``)."""

    account: str
    integrations: dict[str, Integration] = field(default_factory=dict[str, Integration])
    mappings: dict[str, Mapping] = field(default_factory=dict[str, Mapping])
    tokens: dict[str, AccessToken] = field(default_factory=dict[str, AccessToken])
    users: dict[str, User] = field(default_factory=dict[str, User])

    @property
    def host_id(self) -> str:
        """The account as host names spell it (``1234567-sb1``)."""
        return self.account.lower().replace("_", "-")

    def add(self, item: Integration | Mapping | AccessToken | User) -> None:
        """Put one more on file; the same id replaces."""
        if isinstance(item, Integration):
            self.integrations[item.client_id] = item
        elif isinstance(item, Mapping):
            self.mappings[item.certificate_id] = item
        elif isinstance(item, User):
            self.users[item.email.lower()] = item
        else:
            self.tokens[item.token_id] = item

    def integration_name(self, client_id: str | None) -> str | None:
        """The name of the integration record, for the audit trail."""
        found = self.integrations.get(client_id) if client_id else None
        return found.name if found else None

    def user_of(self, entity_id: int) -> User | None:
        """Who signs in as this entity, or None."""
        return next((user for user in self.users.values() if user.entity_id == entity_id), None)
