"""What can be changed on an integration record while the sandbox runs."""

from __future__ import annotations

import copy
from collections.abc import Mapping

import msgspec

from suitebridge.sandbox.netsuite.login.authorization import is_redirect_uri
from suitebridge.sandbox.netsuite.login.registry import ALL_SCOPES, LONGEST_HOURS, Consent, Integration, Registry


class IntegrationChange(msgspec.Struct, forbid_unknown_fields=True):
    """Only what is given is changed; lists replace. `consent`: Always Ask, Ask First Time or Never Ask.

    `refresh_hours`: how long a refresh token of a public client lives; `rotation_hours`: how long a chain of them.
    """

    redirect_uris: list[str] | None = None
    scopes: list[str] | None = None
    consent: Consent | None = None
    authorization_code: bool | None = None
    client_credentials: bool | None = None
    blocked: bool | None = None
    refresh_hours: int | None = None
    rotation_hours: int | None = None


class IntegrationSettingError(ValueError):
    """A change that an integration record does not take."""


def checked(
    changes: Mapping[str, IntegrationChange], registry: Registry, *, http_localhost: bool
) -> list[tuple[Integration, dict[str, object]]]:
    """What would be set on which record. Raises IntegrationSettingError; nothing is changed."""
    named = {one.name: one for one in registry.integrations.values()}
    found: list[tuple[Integration, dict[str, object]]] = []
    for name, change in changes.items():
        if name not in named:
            raise IntegrationSettingError(f"unknown integration {name!r}; known are {', '.join(sorted(named))}")
        values = {key: value for key, value in msgspec.structs.asdict(change).items() if value is not None}
        for uri in change.redirect_uris or ():
            if not is_redirect_uri(uri, http_localhost=http_localhost):
                raise IntegrationSettingError(f"redirect URI {uri!r} is not https:// or of a scheme of its own")
        unknown = sorted(set(change.scopes or ()) - ALL_SCOPES)
        if unknown:
            raise IntegrationSettingError(f"unknown scope {unknown[0]!r}; known are {', '.join(sorted(ALL_SCOPES))}")
        for hours in (change.refresh_hours, change.rotation_hours):
            if hours is not None and not 1 <= hours <= LONGEST_HOURS:
                raise IntegrationSettingError(f"hours are from 1 to {LONGEST_HOURS}")
        if change.redirect_uris is not None:
            values["redirect_uris"] = tuple(change.redirect_uris)
        if change.scopes is not None:
            values["scopes"] = frozenset(change.scopes)
        found.append((named[name], values))
    return found


def put(changes: list[tuple[Integration, dict[str, object]]]) -> None:
    """Set what was checked."""
    for integration, values in changes:
        for key, value in values.items():
            setattr(integration, key, value)


def shown(integration: Integration, *, internal: bool) -> dict[str, object]:
    """An integration record without its secret."""
    return {
        "name": integration.name,
        "blocked": integration.blocked,
        "internal": internal,
        "public": integration.public,
        "scopes": sorted(integration.scopes),
        "redirect_uris": list(integration.redirect_uris),
        "consent": integration.consent,
        "authorization_code": integration.authorization_code,
        "client_credentials": integration.client_credentials,
        "refresh_hours": integration.refresh_hours,
        "rotation_hours": integration.rotation_hours,
    }


class IntegrationStart:
    """The records as they were at the start, to come back to."""

    def __init__(self, registry: Registry) -> None:
        self._records = [copy.copy(one) for one in registry.integrations.values()]

    def restore(self, registry: Registry) -> None:
        """Put them back."""
        for record in self._records:
            registry.add(copy.copy(record))
