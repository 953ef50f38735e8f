"""Settings that can be changed while the sandbox runs: read whole, checked whole, then applied."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import msgspec

from suitebridge.sandbox.netsuite.login.features import PLATFORM_FEATURES
from suitebridge.sandbox.netsuite.schema import FEATURES
from suitebridge.sandbox.netsuite.server import integration_settings
from suitebridge.sandbox.netsuite.server.governance import Pool
from suitebridge.sandbox.netsuite.server.latency import Profile, profile_named, profile_of
from suitebridge.sandbox.netsuite.server.services import Services, Settings


class RoleChange(msgspec.Struct, forbid_unknown_fields=True):
    """`lacks` replaces the permissions taken from the role; ids or titles. `disabled` refuses its logins;
    `web_services_only` closes RESTlets to it."""

    lacks: list[str] | None = None
    disabled: bool | None = None
    web_services_only: bool | None = None


class Change(msgspec.Struct, forbid_unknown_fields=True):
    """Only what is given is changed. `latency`: a name, a file or seconds by name; `clock_offset`: seconds;
    `call_seconds`: how long a call may take; `integrations`: changes of integration records by their names."""

    slots: int | None = None
    shares: dict[str, int] | None = None
    latency: str | dict[str, float] | None = None
    features: list[str] | None = None
    language: str | None = None
    clock_offset: float | None = None
    call_seconds: Annotated[float, msgspec.Meta(gt=0)] | None = None
    roles: dict[str, RoleChange] | None = None
    integrations: dict[str, integration_settings.IntegrationChange] | None = None
    integration_blocked: bool | None = None
    integration_internal: bool | None = None


class SettingError(ValueError):
    """A setting that cannot be had; nothing was changed."""


def features_of(names: list[str]) -> frozenset[str]:
    """The features that a list stands for. Raises SettingError.

    Plain names are all that is on; ``-name`` takes one away from all there are. The ways in (OAuth 2.0, REST and
    so on) stay on unless taken away by name.
    """
    known = FEATURES | PLATFORM_FEATURES
    named = {name.strip() for name in names if name.strip()}
    unknown = sorted(name for name in named if name.removeprefix("-") not in known)
    if unknown:
        raise SettingError(f"unknown feature {unknown[0]!r}; known are {', '.join(sorted(known))}")
    removed = {name[1:] for name in named if name.startswith("-")}
    chosen = named - {f"-{name}" for name in removed}
    return ((frozenset(chosen) | PLATFORM_FEATURES) if chosen else known) - removed


def apply(change: Change, services: Services) -> None:
    """Check everything, then change it. Raises SettingError."""
    settings, pool = services.settings, services.pool
    latency = _latency(change.latency, settings.latency)
    features = settings.features if change.features is None else features_of(change.features)
    slots = pool.limit if change.slots is None else change.slots
    shares = pool.shares if change.shares is None else change.shares
    lacking: dict[str, set[str]] = {}
    for key, role_change in (change.roles or {}).items():
        try:
            role = services.roles.of(key)
            given = role.lacks if role_change.lacks is None else role_change.lacks
            lacking[key] = {services.roles.permission_named(name) for name in given}
        except KeyError as error:
            raise SettingError(f"unknown role or permission {error.args[0]!r}") from None
    registry = services.login.registry
    try:
        Pool(slots, shares)
        records = integration_settings.checked(
            change.integrations or {}, registry, http_localhost=services.quirks["redirect-http"] == "localhost"
        )
    except ValueError as error:
        raise SettingError(str(error)) from None
    integration_settings.put(records)
    pool.resize(slots, shares)
    settings.latency = latency
    settings.features = features
    if change.language is not None:
        settings.language = change.language
    if change.call_seconds is not None:
        settings.call_seconds = change.call_seconds
    if change.clock_offset is not None:
        services.clock.offset = change.clock_offset
    for key, role_change in (change.roles or {}).items():
        role = services.roles.of(key)
        role.lacks = lacking[key]
        role.disabled = role.disabled if role_change.disabled is None else role_change.disabled
        if role_change.web_services_only is not None:
            role.web_services_only = role_change.web_services_only
    if change.integration_internal is not None:
        names = (one.name for one in registry.integrations.values())
        pool.internal = frozenset(names) if change.integration_internal else frozenset()
    if change.integration_blocked is not None:
        for integration in registry.integrations.values():
            integration.blocked = change.integration_blocked


def shown(services: Services) -> dict[str, object]:
    """All settings as they are."""
    settings, registry = services.settings, services.login.registry
    return {
        "account": registry.account,
        "slots": services.pool.limit,
        "shares": dict(services.pool.shares),
        "latency": settings.latency.as_json(),
        "features": sorted(settings.features),
        "language": settings.language,
        "clock_offset": services.clock.offset,
        "call_seconds": settings.call_seconds,
        "processors": services.jobs.processors.count,
        "integrations": [
            integration_settings.shown(one, internal=one.name in services.pool.internal)
            for one in registry.integrations.values()
        ],
        "roles": {
            role.key: {
                "id": role.role_id,
                "name": role.name,
                "lacks": sorted(role.lacks),
                "disabled": role.disabled,
                "web_services_only": role.web_services_only,
                "subsidiaries": None if role.subsidiaries is None else sorted(role.subsidiaries),
            }
            for role in services.roles.all
        },
    }


class Start:
    """The settings of the start, to come back to."""

    def __init__(self, services: Services) -> None:
        self._settings: Settings = replace(services.settings)
        self._slots = services.pool.limit
        self._shares = services.pool.shares
        self._integrations = integration_settings.IntegrationStart(services.login.registry)

    def restore(self, services: Services) -> None:
        """Settings, roles, integrations and clock as they were; nobody is locked out, signed in or has consented."""
        services.settings.features = self._settings.features
        services.settings.latency = self._settings.latency
        services.settings.language = self._settings.language
        services.settings.call_seconds = self._settings.call_seconds
        services.pool.resize(self._slots, self._shares)
        services.pool.internal = frozenset()
        services.clock.offset = 0.0
        services.roles.restore()
        services.login.tokens.lock_out.release()
        services.login.forget_browsers()
        self._integrations.restore(services.login.registry)


def _latency(given: str | dict[str, float] | None, present: Profile) -> Profile:
    if given is None:
        return present
    try:
        return profile_named(given) if isinstance(given, str) else profile_of(dict(given))
    except ValueError as error:
        raise SettingError(str(error)) from None
