"""What the account has on file for logins: integration records, certificate mappings and access tokens."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from suitebridge.sandbox.netsuite.login.jws import PublicKey

SCOPES = frozenset({"rest_webservices", "restlets", "suite_analytics"})


@dataclass(slots=True)
class Integration:
    """An integration record. `client_id` is also its consumer key, as in NetSuite."""

    name: str
    client_id: str
    client_secret: str
    application_id: str
    scopes: frozenset[str] = frozenset({"rest_webservices", "restlets"})
    client_credentials: bool = True
    token_based: bool = True
    blocked: bool = False

    @classmethod
    def new(cls, name: str) -> Integration:
        """A record with fresh keys."""
        return cls(name, secrets.token_hex(32), secrets.token_hex(32), str(uuid.uuid4()).upper())


@dataclass(slots=True)
class Mapping:
    """A certificate mapped to one (integration, entity, role)."""

    certificate_id: str
    client_id: str
    entity_id: int
    role_id: int
    key: PublicKey
    valid_from: datetime
    valid_until: datetime
    revoked: bool = False


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


@dataclass(slots=True)
class Registry:
    """All of it for one account. `account` is the account form (``1234567_SB1``)."""

    account: str
    integrations: dict[str, Integration] = field(default_factory=dict[str, Integration])
    mappings: dict[str, Mapping] = field(default_factory=dict[str, Mapping])
    tokens: dict[str, AccessToken] = field(default_factory=dict[str, AccessToken])

    @property
    def host_id(self) -> str:
        """The account as host names spell it (``1234567-sb1``)."""
        return self.account.lower().replace("_", "-")

    def add(self, item: Integration | Mapping | AccessToken) -> None:
        """Put one more on file; the same id replaces."""
        if isinstance(item, Integration):
            self.integrations[item.client_id] = item
        elif isinstance(item, Mapping):
            self.mappings[item.certificate_id] = item
        else:
            self.tokens[item.token_id] = item

    def integration_name(self, client_id: str | None) -> str | None:
        """The name of the integration record, for the audit trail."""
        found = self.integrations.get(client_id) if client_id else None
        return found.name if found else None
