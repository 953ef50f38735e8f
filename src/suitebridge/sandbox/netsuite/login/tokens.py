"""OAuth 2.0 tokens: signed by the account's key, so that a token is still good after the sandbox was started anew."""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeGuard, cast

import msgspec

from suitebridge.sandbox.netsuite.login import jws
from suitebridge.sandbox.netsuite.login.refusal import Detail, LoginRefused
from suitebridge.sandbox.netsuite.login.registry import Integration, Registry
from suitebridge.sandbox.netsuite.login.signing import SigningKey

LIFE = 3600
"""Seconds an access token lives, whatever the grant."""

ISSUER = "https://system.netsuite.com"

CLOCK_LEEWAY = 300
"""Seconds that a token may come from the future, as after the sandbox's clock was set back."""

TokenKind = Literal["access", "refresh", "id"]

_KINDS: dict[str, TokenKind] = {"a-a": "access", "r": "refresh", "i": "id"}
_LETTERS = {kind: letters for letters, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Session:
    """What a valid access token stands for. `chain` names the sign-in it comes from; moments are seconds since 1970."""

    client_id: str
    entity_id: int
    role_id: int
    scopes: frozenset[str]
    issued: float
    expires: float
    chain: str
    stamp: int


class TokenUnreadable(Exception):
    """A text that is no token of this account; `detail` says why."""

    def __init__(self, detail: Detail) -> None:
        super().__init__(detail.value)
        self.detail = detail


class Renewable(Protocol):
    """What a refresh token is issued for."""

    @property
    def client_id(self) -> str: ...
    @property
    def entity_id(self) -> int: ...
    @property
    def role_id(self) -> int: ...
    @property
    def scopes(self) -> tuple[str, ...]: ...
    @property
    def started(self) -> int: ...
    @property
    def expires(self) -> int: ...


class Floor(msgspec.Struct, frozen=True):
    """Access tokens with this stamp or a lower one are revoked."""

    stamp: int


class TokenIssuer:
    """Issues and checks the tokens of one account."""

    def __init__(self, registry: Registry, key: SigningKey, floors: MutableMapping[str, Floor]) -> None:
        self._registry = registry
        self._key = key
        self._floors = floors
        self._live: dict[str, Session] = {}
        self._last_stamp = 0

    @property
    def account(self) -> str:
        """The account the tokens are for."""
        return self._registry.account

    def issue(
        self,
        integration: Integration,
        entity_id: int,
        role_id: int,
        scopes: Collection[str],
        now: datetime,
        *,
        chain: str | None = None,
        started: int | None = None,
    ) -> str:
        """An access token. `chain` and `started` are those of the refresh token beside it, if there is one."""
        issued = int(now.timestamp())
        stamp = self._next_stamp()
        chain_id = chain or str(uuid.uuid4())
        payload = {
            **self._claims(integration, entity_id, role_id, scopes),
            "oit": issued if started is None else started,
            "exp": issued + LIFE,
            "iat": issued,
            "jti": self._jti("access", chain_id, stamp),
        }
        token = self._key.sign(payload, self._key.access_algorithm)
        self._drop_expired(issued)
        self._live[token] = Session(
            integration.client_id, entity_id, role_id, frozenset(scopes), issued, issued + LIFE, chain_id, stamp
        )
        return token

    def refresh_token(self, chain_id: str, chain: Renewable, now: datetime) -> tuple[str, int]:
        """A refresh token and its stamp."""
        integration = self._registry.integrations[chain.client_id]
        stamp = self._next_stamp()
        payload = {
            **self._claims(integration, chain.entity_id, chain.role_id, chain.scopes),
            "oit": chain.started,
            "exp": chain.expires,
            "iat": int(now.timestamp()),
            "jti": self._jti("refresh", chain_id, stamp),
        }
        return self._key.sign(payload, self._key.access_algorithm), stamp

    def id_jti(self, chain_id: str) -> str:
        """The `jti` of an ID token."""
        return self._jti("id", chain_id, self._next_stamp())

    def check(self, token: str, now: datetime) -> Session:
        """What an access token stands for. Raises LoginRefused."""
        session = self._live.get(token)
        if session is None:
            try:
                session = self._admit(token)
            except TokenUnreadable as unreadable:
                raise LoginRefused(unreadable.detail, scheme="Bearer") from None
            self._live[token] = session

        def refuse(detail: Detail) -> LoginRefused:
            return LoginRefused(
                detail,
                scheme="Bearer",
                client_id=session.client_id,
                user=session.entity_id,
                role_id=session.role_id,
            )

        if session.stamp <= self._floor:
            raise refuse(Detail.TOKEN_BLOCKED)
        if session.expires <= now.timestamp():
            raise refuse(Detail.ACCESS_TOKEN_EXPIRED)
        if session.issued > now.timestamp() + CLOCK_LEEWAY:
            raise refuse(Detail.TOKEN_NOT_ACCEPTABLE)
        return session

    def read(self, text: str) -> tuple[TokenKind, str, int]:
        """Kind, chain and stamp of a token that this account has signed. Raises TokenUnreadable."""
        return self._named(self._own(text))

    def revoke_all(self) -> int:
        """Revoke every access token that is out; how many of this run there were."""
        count = sum(session.stamp > self._floor for session in self._live.values())
        self._floors[self.account] = Floor(self._next_stamp())
        return count

    def public_keys(self) -> dict[str, object]:
        """The signing keys as a JSON Web Key set."""
        return self._key.public_keys()

    @property
    def _floor(self) -> int:
        floor = self._floors.get(self.account)
        return 0 if floor is None else floor.stamp

    def _claims(
        self, integration: Integration, entity_id: int, role_id: int, scopes: Collection[str]
    ) -> dict[str, object]:
        return {
            "sub": f"{role_id};{entity_id}",
            "aud": [f"{integration.application_id};{self.account}", integration.client_id],
            "scope": list(scopes),
            "iss": ISSUER,
        }

    def _jti(self, kind: TokenKind, chain_id: str, stamp: int) -> str:
        second = stamp if kind == "access" else 0
        return f"{self.account}.{_LETTERS[kind]}.{chain_id}_{stamp}.{second}"

    def _next_stamp(self) -> int:
        # Milliseconds of the machine's clock, as the sandbox's own may be set back; never the same one twice.
        self._last_stamp = max(self._last_stamp + 1, time.time_ns() // 1_000_000, self._floor + 1)
        return self._last_stamp

    def _own(self, text: str) -> jws.Jws:
        try:
            token = jws.parse(text)
        except jws.NotAToken:
            raise TokenUnreadable(Detail.INVALID_TOKEN_TYPE) from None
        algorithm, key_id = token.header.get("alg"), token.header.get("kid")
        ours = {self._key.key_id("PS256"), self._key.key_id("RS256")}
        if algorithm not in jws.ALGORITHMS and key_id not in ours:
            raise TokenUnreadable(Detail.UNSUPPORTED_ALGO)
        if not key_id:
            raise TokenUnreadable(Detail.MISSING_KEY_ID)
        if key_id not in ours:
            raise TokenUnreadable(Detail.MISSING_KEY)
        if not jws.verify_own(token, self._key.private.public_key()):
            raise TokenUnreadable(Detail.INVALID_SIGNATURE)
        return token

    def _named(self, token: jws.Jws) -> tuple[TokenKind, str, int]:
        jti = token.payload.get("jti")
        account, _, rest = str(jti).partition(".")
        letters, _, rest = rest.partition(".")
        chain_id, _, stamps = rest.partition("_")
        stamp = stamps.partition(".")[0]
        if account != self.account or letters not in _KINDS or not stamp.isdigit():
            raise TokenUnreadable(Detail.TOKEN_REJECTED)
        return _KINDS[letters], chain_id, int(stamp)

    def _admit(self, text: str) -> Session:
        token = self._own(text)
        kind, chain_id, stamp = self._named(token)
        if kind != "access":
            raise TokenUnreadable(Detail.TOKEN_REJECTED if kind == "refresh" else Detail.INVALID_TOKEN_TYPE)
        payload = token.payload
        role, _, entity = str(payload.get("sub")).partition(";")
        audience = cast("list[str]", payload.get("aud"))
        issued, expires = payload.get("iat"), payload.get("exp")
        if not _is_number(issued) or not _is_number(expires):
            raise TokenUnreadable(Detail.TOKEN_REJECTED)
        scopes = frozenset(cast("list[str]", payload.get("scope")))
        return Session(audience[1], int(entity), int(role), scopes, issued, expires, chain_id, stamp)

    def _drop_expired(self, now: float) -> None:
        # What is dropped is still told from a foreign token by its signature.
        if len(self._live) > 1000:
            for token in [one for one, session in self._live.items() if session.expires < now - LIFE]:
                del self._live[token]


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
