"""Authorization codes: random, short-lived, good for one call (RFC 6749 4.1, RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, MutableMapping
from datetime import datetime

import msgspec

from suitebridge.sandbox.netsuite.login.refusal import Detail, GrantRefused
from suitebridge.sandbox.netsuite.login.registry import Integration

_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")


class Code(msgspec.Struct, frozen=True):
    """What the user allowed. `expires` is in seconds since 1970."""

    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    entity_id: int
    role_id: int
    expires: float
    challenge: str | None = None
    nonce: str | None = None


class Codes:
    """All codes that are out, on a shelf. `life` is in seconds."""

    def __init__(self, shelf: MutableMapping[str, Code], life: float) -> None:
        self._shelf = shelf
        self._life = life

    def issue(
        self,
        *,
        integration: Integration,
        redirect_uri: str,
        scopes: tuple[str, ...],
        entity_id: int,
        role_id: int,
        challenge: str | None,
        nonce: str | None,
        now: datetime,
    ) -> str:
        """A new code of 64 hex characters."""
        moment = now.timestamp()
        for old in [code for code, one in self._shelf.items() if one.expires <= moment]:
            del self._shelf[old]
        code = secrets.token_hex(32)
        self._shelf[code] = Code(
            integration.client_id,
            redirect_uri,
            scopes,
            entity_id,
            role_id,
            moment + self._life,
            challenge,
            nonce,
        )
        return code

    def redeem(self, fields: Mapping[str, str], integration: Integration, now: datetime) -> Code:
        """What a code stands for; it is used up, also where the rest of the call is wrong. Raises GrantRefused."""

        def refuse(detail: Detail, error: str = "invalid_grant", found: Code | None = None) -> GrantRefused:
            return GrantRefused(
                error,
                400,
                detail,
                client_id=integration.client_id,
                user=None if found is None else found.entity_id,
                role_id=None if found is None else found.role_id,
            )

        text = fields.get("code")
        if not text or not fields.get("redirect_uri"):
            raise refuse(Detail.INVALID_REQUEST, "invalid_request")
        code = self._shelf.get(text)
        if code is None:
            raise refuse(Detail.INVALID_GRANT)
        if code.client_id != integration.client_id:
            raise refuse(Detail.CLIENT_ID_MISMATCH, found=code)
        del self._shelf[text]
        if code.expires <= now.timestamp():
            raise refuse(Detail.INVALID_GRANT, found=code)
        if fields["redirect_uri"] != code.redirect_uri:
            raise refuse(Detail.INVALID_GRANT, found=code)
        verifier = fields.get("code_verifier")
        if (verifier is None) != (code.challenge is None):
            # A verifier without a challenge means that somebody took the challenge out of the address.
            error = "invalid_request" if verifier is None else "invalid_grant"
            raise refuse(Detail.INVALID_GRANT, error, code)
        if verifier is not None and code.challenge is not None:
            if not _VERIFIER.fullmatch(verifier):
                raise refuse(Detail.INVALID_GRANT, "invalid_request", code)
            if not hmac.compare_digest(challenge_of(verifier), code.challenge):
                raise refuse(Detail.INVALID_GRANT, found=code)
        return code


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
