"""The client assertion of the client credentials grant."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard, cast

from suitebridge.sandbox.netsuite.login import jws
from suitebridge.sandbox.netsuite.login.refusal import Detail, GrantRefused
from suitebridge.sandbox.netsuite.login.registry import SCOPES, Integration, Mapping, Registry

LONGEST_VALIDITY = 3600
"""Seconds between `iat` and `exp`: Oracle's own sample has exactly an hour."""

CLOCK_LEEWAY = 5
"""Seconds that `iat` may lie ahead of the server's clock, whose grain is a second on both sides."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token may be issued for."""

    integration: Integration
    mapping: Mapping
    scopes: tuple[str, ...]


def decide(
    assertion: str,
    registry: Registry,
    audiences: Collection[str],
    now: datetime,
    longest: int = LONGEST_VALIDITY,
) -> Grant:
    """Check an assertion against what is on file. Raises GrantRefused.

    `audiences` are the token endpoint's addresses that the assertion may be meant for, exactly; `longest` are the
    seconds that it may be valid.
    """
    try:
        token = jws.parse(assertion)
    except jws.NotAToken:
        raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST) from None
    issuer = token.payload.get("iss")
    client_id = issuer if isinstance(issuer, str) else None
    mapping = _mapping_named(token, client_id, registry, now)
    algorithm = str(token.header["alg"])

    def refuse(detail: Detail, error: str = "invalid_client") -> GrantRefused:
        return GrantRefused(
            error,
            401 if error == "invalid_client" else 400,
            detail,
            client_id=client_id,
            user=mapping.entity_id,
            role_id=mapping.role_id,
        )

    if not jws.verify(token, algorithm, mapping.key):
        raise refuse(Detail.SIGNATURE_VALIDATION)
    if client_id is None:
        raise refuse(Detail.INVALID_ISSUER)
    integration = registry.integrations.get(client_id)
    if integration is None:
        raise refuse(Detail.INVALID_INTEGRATION)
    if mapping.client_id != client_id:
        raise refuse(Detail.CLIENT_ID_MISMATCH)
    if integration.blocked:
        raise refuse(Detail.INTEGRATION_BLOCKED, "unauthorized_client")
    if integration.public or not integration.client_credentials:
        raise refuse(Detail.INVALID_GRANT_TYPE, "unauthorized_client")
    if not _meant_for(token.payload.get("aud"), audiences):
        raise refuse(Detail.TOKEN_NOT_ACCEPTABLE)
    late = _time_fault(token.payload.get("iat"), token.payload.get("exp"), now.timestamp(), longest)
    if late is not None:
        raise refuse(late)
    scopes = _scopes(token.payload.get("scope"))
    if scopes is None or not set(scopes) <= SCOPES:
        raise refuse(Detail.INVALID_SCOPE, "invalid_scope")
    if not set(scopes) <= integration.scopes:
        raise refuse(Detail.SCOPE_MISMATCHED, "invalid_scope")
    return Grant(integration, mapping, scopes)


def _mapping_named(token: jws.Jws, client_id: str | None, registry: Registry, now: datetime) -> Mapping:
    def refuse(detail: Detail) -> GrantRefused:
        return GrantRefused("invalid_client", 401, detail, client_id=client_id)

    if token.header.get("typ") != "JWT":
        raise refuse(Detail.INVALID_TOKEN_TYPE)
    if token.header.get("alg") not in jws.ALGORITHMS:
        raise refuse(Detail.UNSUPPORTED_ALGO)
    key_id = token.header.get("kid")
    if not isinstance(key_id, str) or not key_id:
        raise refuse(Detail.MISSING_KEY_ID)
    mapping = registry.mappings.get(key_id)
    if mapping is None or mapping.revoked or not mapping.valid_from <= now <= mapping.valid_until:
        raise refuse(Detail.MISSING_KEY)
    return mapping


def _meant_for(audience: object, audiences: Collection[str]) -> bool:
    named = cast("list[object]", audience) if isinstance(audience, list) else [audience]
    return any(isinstance(one, str) and one in audiences for one in named)


def _time_fault(issued: object, expires: object, now: float, longest: int) -> Detail | None:
    if not _is_number(issued) or not _is_number(expires):
        return Detail.TOKEN_NOT_ACCEPTABLE
    if expires <= now:
        return Detail.TOKEN_EXPIRED
    if issued > now + CLOCK_LEEWAY or expires <= issued:
        return Detail.TOKEN_NOT_ACCEPTABLE
    if expires - issued > longest:
        return Detail.TOKEN_VALIDITY_TOO_BROAD
    return None


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _scopes(value: object) -> tuple[str, ...] | None:
    """An array, a comma list and a single word are all taken; None if it is nothing of that."""
    if isinstance(value, str):
        words: list[object] = [part.strip() for part in value.split(",")]
    elif isinstance(value, list):
        words = cast("list[object]", value)
    else:
        return None
    names = [word for word in words if isinstance(word, str) and word]
    return tuple(names) if names and len(names) == len(words) else None
