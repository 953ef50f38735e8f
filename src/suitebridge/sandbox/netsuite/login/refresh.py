"""Refresh tokens: a chain begins with a code and goes on until it is revoked, too old, or its token unused too long
(Oracle's help, 158081952044 and 0209112025)."""

from __future__ import annotations

import uuid
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from suitebridge.sandbox.netsuite.login.refusal import Detail, GrantRefused
from suitebridge.sandbox.netsuite.login.registry import CONFIDENTIAL_REFRESH_HOURS, Integration
from suitebridge.sandbox.netsuite.login.tokens import TokenIssuer, TokenUnreadable

_HOUR = 3600
_REMEMBERED = 30 * 24 * _HOUR
"""Seconds a dead chain is remembered, so that its tokens are still told from foreign ones."""
_SWEEP_ABOVE = 10_000


class Chain(msgspec.Struct, frozen=True):
    """What one sign-in gave, in seconds since 1970. `current` is the stamp of the refresh token that counts."""

    client_id: str
    entity_id: int
    role_id: int
    scopes: tuple[str, ...]
    started: int
    expires: int
    current: int
    rotates: bool
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Renewal:
    """A refresh that is allowed: its chain and the chain's id."""

    chain_id: str
    chain: Chain


class Chains:
    """All chains of one account, on a shelf."""

    def __init__(self, shelf: MutableMapping[str, Chain], issuer: TokenIssuer) -> None:
        self._shelf = shelf
        self._issuer = issuer

    def begin(
        self, integration: Integration, entity_id: int, role_id: int, scopes: tuple[str, ...], now: datetime
    ) -> tuple[str, str]:
        """Start a chain; its id and its first refresh token."""
        self._sweep(now)
        seconds = int(now.timestamp())
        hours = integration.refresh_hours if integration.public else CONFIDENTIAL_REFRESH_HOURS
        chain_id = str(uuid.uuid4())
        expires = seconds + hours * _HOUR
        chain = Chain(
            integration.client_id, entity_id, role_id, scopes, seconds, expires, 0, rotates=integration.public
        )
        return chain_id, self._issue(chain_id, chain, now)

    def renew(self, token: str, integration: Integration, now: datetime) -> Renewal:
        """Whether a refresh token is good for another access token. Raises GrantRefused."""
        chain_id, stamp, chain = self._find(token, integration)
        seconds = now.timestamp()

        def refuse(detail: Detail) -> GrantRefused:
            return GrantRefused(
                "invalid_grant",
                400,
                detail,
                client_id=chain.client_id,
                user=chain.entity_id,
                role_id=chain.role_id,
            )

        if chain.revoked or (chain.rotates and stamp != chain.current):
            raise refuse(Detail.TOKEN_NOT_ACCEPTABLE)
        too_old = chain.rotates and seconds >= chain.started + integration.rotation_hours * _HOUR
        if seconds >= chain.expires or too_old:
            raise refuse(Detail.REFRESH_TOKEN_EXPIRED)
        return Renewal(chain_id, chain)

    def rotate(self, renewal: Renewal, integration: Integration, now: datetime) -> str:
        """The next refresh token of a public client; the one before it is dead."""
        expires = int(now.timestamp()) + integration.refresh_hours * _HOUR
        return self._issue(renewal.chain_id, msgspec.structs.replace(renewal.chain, expires=expires), now)

    def revoke(self, token: str, integration: Integration) -> None:
        """Kill a chain: its refresh token and all its access tokens. Raises GrantRefused."""
        chain_id, _, chain = self._find(token, integration)
        self._shelf[chain_id] = msgspec.structs.replace(chain, revoked=True)

    def is_revoked(self, chain_id: str) -> bool:
        """Whether access tokens of this chain are dead; one that has no refresh token never is."""
        chain = self._shelf.get(chain_id)
        return chain is not None and chain.revoked

    def knows(self, chain_id: str) -> bool:
        """Whether the chain began with a code."""
        return chain_id in self._shelf

    def _issue(self, chain_id: str, chain: Chain, now: datetime) -> str:
        token, stamp = self._issuer.refresh_token(chain_id, chain, now)
        self._shelf[chain_id] = msgspec.structs.replace(chain, current=stamp)
        return token

    def _find(self, token: str, integration: Integration) -> tuple[str, int, Chain]:
        def refuse(detail: Detail) -> GrantRefused:
            return GrantRefused("invalid_grant", 400, detail, client_id=integration.client_id)

        try:
            kind, chain_id, stamp = self._issuer.read(token)
        except TokenUnreadable as unreadable:
            raise refuse(unreadable.detail) from None
        if kind != "refresh":
            raise refuse(Detail.INVALID_REFRESH_TOKEN)
        chain = self._shelf.get(chain_id)
        if chain is None:
            raise refuse(Detail.REFRESH_TOKEN_EXPIRED)
        if chain.client_id != integration.client_id:
            raise refuse(Detail.INVALID_INTEGRATION)
        return chain_id, stamp, chain

    def _sweep(self, now: datetime) -> None:
        if len(self._shelf) > _SWEEP_ABOVE:
            oldest = now.timestamp() - _REMEMBERED
            for chain_id, chain in list(self._shelf.items()):
                if chain.expires < oldest:
                    del self._shelf[chain_id]
