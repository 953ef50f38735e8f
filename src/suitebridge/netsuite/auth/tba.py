"""Token-based authentication: OAuth 1.0a with NetSuite's rules, signed by HMAC-SHA256.

Oracle help: "Token-based Authentication (TBA)", "The Authorization Headers", "The Signature for Web Services
and RESTlets".
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlsplit

from suitebridge.http.redaction import Secret
from suitebridge.netsuite.auth.authorizer import Signed
from suitebridge.netsuite.auth.clock import ServerClock


class TokenLogin:
    """Signs each try of each call with a new nonce and the server's time."""

    method = "tba"

    def __init__(
        self,
        *,
        realm: str,
        consumer_key: str,
        consumer_secret: Secret,
        token_id: str,
        token_secret: Secret,
        clock: ServerClock,
        nonce: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> None:
        self._realm = realm
        self._consumer_key = consumer_key
        self._consumer_secret = consumer_secret
        self._token_id = token_id
        self._token_secret = token_secret
        self._clock = clock
        self._nonce = nonce

    async def sign(self, method: str, url: str) -> Signed:
        """One OAuth header, good for one try."""
        serial = self._clock.settings
        parameters = {
            "oauth_consumer_key": self._consumer_key,
            "oauth_token": self._token_id,
            "oauth_nonce": self._nonce(),
            "oauth_timestamp": str(int(self._clock.now())),
            "oauth_signature_method": "HMAC-SHA256",
            "oauth_version": "1.0",
        }
        signature = signature_of(method, url, parameters, self._consumer_secret, self._token_secret)
        shown = {"realm": self._realm, **parameters, "oauth_signature": signature}
        value = ", ".join(f'{name}="{_escaped(text)}"' for name, text in shown.items())
        return Signed(self.method, {"Authorization": f"OAuth {value}"}, serial)

    def renew(self, used: Signed) -> bool:
        """True if the server's clock was learnt since, so that a new signature carries a better timestamp."""
        return used.serial != self._clock.settings


def signature_of(
    method: str, url: str, parameters: Mapping[str, str], consumer_secret: Secret, token_secret: Secret
) -> str:
    """The base64 signature over method, URL with its query, and OAuth parameters (RFC 5849, section 3.4)."""
    from oauthlib.oauth1.rfc5849 import signature

    pairs = signature.collect_parameters(uri_query=urlsplit(url).query, exclude_oauth_signature=True, with_realm=False)
    every = [*pairs, *parameters.items()]
    text = signature.signature_base_string(
        method.upper(),  # pyright: ignore[reportArgumentType]
        signature.base_string_uri(url),
        signature.normalize_parameters(every),  # pyright: ignore[reportArgumentType]
    )
    key = f"{_escaped(consumer_secret.reveal())}&{_escaped(token_secret.reveal())}"
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), "sha256")).decode()


def _escaped(text: str) -> str:
    return quote(text, safe="-._~")
