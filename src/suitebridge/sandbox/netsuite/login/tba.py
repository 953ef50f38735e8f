"""Token-based authentication: every check of an ``OAuth`` header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from suitebridge.sandbox.netsuite.login import signature
from suitebridge.sandbox.netsuite.login.refusal import Detail, LoginRefused
from suitebridge.sandbox.netsuite.login.registry import AccessToken, Integration, Registry

WINDOW = 300
"""Seconds a timestamp may be off, either way."""

SHORTEST_NONCE = 6
FAILURES = 5
LOCKED_FOR = 1800
"""Seconds a user is locked out after `FAILURES` bad signatures within as many seconds."""

ALGORITHMS = frozenset({"HMAC-SHA256", "HMAC_SHA256"})

_REQUIRED = (
    "realm",
    "oauth_consumer_key",
    "oauth_token",
    "oauth_nonce",
    "oauth_timestamp",
    "oauth_signature_method",
    "oauth_signature",
)

Surface = Literal["rest", "restlet"]


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What the signature covers. `path` and `query` are raw, as they came; `host` is the Host header."""

    method: str
    scheme: str
    host: str
    path: str
    query: str
    authorization: str
    surface: Surface


@dataclass(slots=True)
class NonceMemory:
    """Nonces seen, each kept for `kept` seconds."""

    kept: float = 2 * WINDOW
    _seen: dict[tuple[str, str, int], float] = field(default_factory=dict[tuple[str, str, int], float])
    _next_sweep: float = 0.0

    def first_time(self, token_id: str, nonce: str, timestamp: int, now: float) -> bool:
        """Remember a nonce; False if this user has sent it with this timestamp before."""
        if now >= self._next_sweep:
            self._next_sweep = now + WINDOW
            self._seen = {key: until for key, until in self._seen.items() if until >= now}
        key = (token_id, nonce, timestamp)
        if key in self._seen:
            return False
        self._seen[key] = now + self.kept
        return True


@dataclass(slots=True)
class LockOut:
    """Counts bad signatures per user."""

    _failed: dict[int, list[float]] = field(default_factory=dict[int, list[float]])
    _locked_until: dict[int, float] = field(default_factory=dict[int, float])

    def locked(self, entity_id: int, now: float) -> bool:
        """Whether the user is locked out."""
        return self._locked_until.get(entity_id, 0.0) > now

    def failed(self, entity_id: int, now: float) -> None:
        """Count one failure."""
        recent = [when for when in self._failed.get(entity_id, []) if when > now - LOCKED_FOR]
        recent.append(now)
        self._failed[entity_id] = recent
        if len(recent) >= FAILURES:
            self._locked_until[entity_id] = now + LOCKED_FOR
            self._failed[entity_id] = []

    def succeeded(self, entity_id: int) -> None:
        """A good login ends the count."""
        self._failed.pop(entity_id, None)

    def release(self) -> None:
        """Let everybody in again."""
        self._failed.clear()
        self._locked_until.clear()


class TokenLogin:
    """Checks signed requests against the registry; remembers nonces and failures."""

    def __init__(self, registry: Registry, quirks: Mapping[str, str]) -> None:
        self._registry = registry
        self._nonces = NonceMemory(60.0 * int(quirks["nonce-minutes"]))
        self._ordered = quirks["timestamp-order"] == "refuse"
        self._latest: dict[str, int] = {}
        self.lock_out = LockOut()

    def check(self, request: SignedRequest, now: datetime) -> tuple[Integration, AccessToken]:
        """Who signed. Raises LoginRefused."""
        restlet = request.surface == "restlet"
        try:
            pairs = signature.parse_header(request.authorization)
        except ValueError:
            raise LoginRefused(Detail.PARAMETER_REJECTED, scheme="OAuth", malformed=True) from None
        given = dict(pairs)
        client_id = given.get("oauth_consumer_key")

        def refuse(detail: Detail, *, malformed: bool = False) -> LoginRefused:
            return LoginRefused(detail, scheme="OAuth", client_id=client_id, malformed=malformed)

        if any(name not in given for name in _REQUIRED):
            raise refuse(Detail.MISSING_FIELDS)
        repeated = any(count > 1 for count in Counter(name for name, _ in pairs).values())
        if repeated or any(not given[name] for name in _REQUIRED):
            raise refuse(Detail.PARAMETER_REJECTED)
        if given.get("oauth_version", "1.0") != "1.0":
            raise refuse(Detail.VERSION_REJECTED, malformed=restlet)
        if given["oauth_signature_method"] not in ALGORITHMS:
            raise refuse(Detail.UNKNOWN_ALGORITHM, malformed=restlet)
        integration, token = self._on_file(given)
        timestamp = _timestamp(given["oauth_timestamp"], now)
        if timestamp is None:
            raise _by(token, Detail.INVALID_TIMESTAMP, malformed=restlet)
        if restlet and len(given["oauth_nonce"]) < SHORTEST_NONCE:
            raise _by(token, Detail.NONCE_REJECTED)
        moment = now.timestamp()
        if self.lock_out.locked(token.entity_id, moment):
            raise _by(token, Detail.TEMPORARY_LOCKED)
        signed = signature.base_string(
            request.method,
            request.scheme,
            request.host,
            request.path,
            [*pairs, *signature.parse_query(request.query)],
        )
        expected = signature.sign(signed, integration.client_secret, token.token_secret)
        if not signature.matches(given["oauth_signature"], expected):
            # Only a wrong signature is a wrong secret: a slow clock or a repeat must not lock a user out.
            self.lock_out.failed(token.entity_id, moment)
            raise _by(token, Detail.INVALID_SIGNATURE)
        if not self._nonces.first_time(token.token_id, given["oauth_nonce"], timestamp, moment):
            raise _by(token, Detail.NONCE_USED_RESTLET if restlet else Detail.NONCE_USED)
        if self._ordered and timestamp < self._latest.get(token.token_id, 0):
            raise _by(token, Detail.INVALID_TIMESTAMP, malformed=restlet)
        self._latest[token.token_id] = timestamp
        self.lock_out.succeeded(token.entity_id)
        return integration, token

    def _on_file(self, given: dict[str, str]) -> tuple[Integration, AccessToken]:
        client_id = given["oauth_consumer_key"]
        integration = self._registry.integrations.get(client_id)
        if integration is None or not integration.token_based:
            raise LoginRefused(Detail.CONSUMER_KEY_UNKNOWN, scheme="OAuth", client_id=client_id)
        if integration.blocked:
            raise LoginRefused(Detail.CONSUMER_KEY_REFUSED, scheme="OAuth", client_id=client_id)
        token = self._registry.tokens.get(given["oauth_token"])
        if token is None or token.revoked or token.client_id != client_id:
            raise LoginRefused(Detail.TBA_TOKEN_REJECTED, scheme="OAuth", client_id=client_id)
        if given["realm"] != self._registry.account:
            # Another account's realm, or this one's in lower case: the token is unknown there.
            raise LoginRefused(Detail.TBA_TOKEN_REJECTED, scheme="OAuth", client_id=client_id)
        return integration, token


def _by(token: AccessToken, detail: Detail, *, malformed: bool = False) -> LoginRefused:
    return LoginRefused(
        detail,
        scheme="OAuth",
        malformed=malformed,
        client_id=token.client_id,
        user=token.entity_id,
        role_id=token.role_id,
        token_name=token.name,
    )


def _timestamp(text: str, now: datetime) -> int | None:
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        return None
    value = int(text)
    return value if value > 0 and abs(value - now.timestamp()) <= WINDOW else None
