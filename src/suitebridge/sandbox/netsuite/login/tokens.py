"""OAuth 2.0 access tokens: signed, valid for an hour, and remembered so that they can be revoked."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard

from cryptography.hazmat.primitives.asymmetric import rsa

from suitebridge.sandbox.netsuite.login import jws
from suitebridge.sandbox.netsuite.login.assertion import Grant
from suitebridge.sandbox.netsuite.login.refusal import Detail, LoginRefused
from suitebridge.sandbox.netsuite.login.registry import Registry

LIFE = 3600
"""Seconds an access token lives, whatever the grant."""

_ISSUER = "https://system.netsuite.com"


@dataclass(frozen=True, slots=True)
class Session:
    """What a valid access token stands for."""

    client_id: str
    entity_id: int
    role_id: int
    scopes: frozenset[str]
    expires: float


def new_signing_key() -> rsa.RSAPrivateKey:
    """A key to sign tokens with. 2048 bits: tokens live an hour, and a longer key would cost a second at start."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class TokenIssuer:
    """Issues and checks the access tokens of one account."""

    def __init__(self, registry: Registry, key: rsa.RSAPrivateKey, now: datetime) -> None:
        self._registry = registry
        self._key = key
        self._key_id = f"c.{registry.account}.{now:%Y-%m-%d_%H-%M-%S}"
        self._live: dict[str, Session] = {}
        self._revoked: set[str] = set()

    def issue(self, grant: Grant, now: datetime) -> str:
        """A token for what was granted."""
        issued = int(now.timestamp())
        milliseconds = time.time_ns() // 1_000_000
        mapping, integration = grant.mapping, grant.integration
        payload: dict[str, object] = {
            "sub": f"{mapping.role_id};{mapping.entity_id}",
            "aud": [f"{integration.application_id};{self._registry.account}", integration.client_id],
            "scope": list(grant.scopes),
            "iss": _ISSUER,
            "oit": issued,
            "exp": issued + LIFE,
            "iat": issued,
            "jti": f"{self._registry.account}.a-a.{uuid.uuid4()}_{milliseconds}.{milliseconds}",
        }
        token = jws.sign({"kid": self._key_id, "typ": "JWT", "alg": "PS256"}, payload, self._key)
        self._drop_expired(issued)
        self._live[token] = Session(
            integration.client_id,
            mapping.entity_id,
            mapping.role_id,
            frozenset(grant.scopes),
            issued + LIFE,
        )
        return token

    def check(self, token: str, now: datetime) -> Session:
        """What the token stands for. Raises LoginRefused."""
        session = self._live.get(token)
        if session is None or token in self._revoked:
            raise LoginRefused(self._why_unknown(token, now), scheme="Bearer")
        if session.expires <= now.timestamp():
            raise LoginRefused(
                Detail.ACCESS_TOKEN_EXPIRED,
                scheme="Bearer",
                client_id=session.client_id,
                user=session.entity_id,
                role_id=session.role_id,
            )
        return session

    def revoke_all(self) -> int:
        """Revoke every token that is out; how many there were."""
        count = len(self._live.keys() - self._revoked)
        self._revoked.update(self._live)
        return count

    def public_keys(self) -> dict[str, object]:
        """The signing keys as a JSON Web Key set."""
        numbers = self._key.public_key().public_numbers()

        def number(value: int) -> str:
            return jws.base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))

        key = {"kty": "RSA", "kid": self._key_id, "alg": "PS256", "use": "sig"}
        return {"keys": [{**key, "n": number(numbers.n), "e": number(numbers.e)}]}

    def _why_unknown(self, text: str, now: datetime) -> Detail:
        if text in self._revoked:
            return Detail.TOKEN_BLOCKED
        try:
            token = jws.parse(text)
        except jws.NotAToken:
            return Detail.INVALID_TOKEN_TYPE
        if token.header.get("alg") not in jws.ALGORITHMS:
            return Detail.UNSUPPORTED_ALGO
        if not token.header.get("kid"):
            return Detail.MISSING_KEY_ID
        if token.header["kid"] != self._key_id:
            return Detail.MISSING_KEY
        if not jws.verify(token, str(token.header["alg"]), self._key.public_key()):
            return Detail.INVALID_SIGNATURE
        expires = token.payload.get("exp")
        if _is_number(expires) and expires <= now.timestamp():
            return Detail.ACCESS_TOKEN_EXPIRED
        return Detail.TOKEN_REJECTED

    def _drop_expired(self, now: float) -> None:
        # An hour past its end a token is told from a foreign one by its signature alone.
        if len(self._live) > 1000:
            old = [token for token, session in self._live.items() if session.expires < now - LIFE]
            for token in old:
                del self._live[token]
                self._revoked.discard(token)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
