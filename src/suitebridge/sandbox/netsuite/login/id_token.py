"""The ID token of OpenID Connect: who signed in, bound to the access token beside it (Oracle's help, 0525020842)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection
from datetime import datetime

from suitebridge.sandbox.netsuite.login.registry import Integration
from suitebridge.sandbox.netsuite.login.signing import ID_TOKEN_ALGORITHM, SigningKey
from suitebridge.sandbox.netsuite.login.tokens import ISSUER

LIFE = 3 * 3600
"""Seconds an ID token lives."""


def id_token(
    key: SigningKey,
    *,
    integration: Integration,
    entity_id: int,
    role_id: int,
    scopes: Collection[str],
    access_token: str,
    nonce: str | None,
    email: str | None,
    jti: str,
    now: datetime,
) -> str:
    """A signed ID token; `email` is told only with the scope of that name."""
    issued = int(now.timestamp())
    claims: dict[str, object] = {
        "sub": f"{role_id};{entity_id}",
        "aud": [integration.client_id],
        "iss": ISSUER,
        "oit": issued,
        "exp": issued + LIFE,
        "iat": issued,
        "jti": jti,
        "at_hash": access_token_hash(access_token),
        "email_verified": False,
    }
    if nonce is not None:
        claims["nonce"] = nonce
    if "email" in scopes and email is not None:
        claims["email"] = email
    return key.sign(claims, ID_TOKEN_ALGORITHM)


def access_token_hash(access_token: str) -> str:
    """The left half of the SHA-256 of the token, in base64url."""
    digest = hashlib.sha256(access_token.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode("ascii")
