"""The signature of token-based authentication: OAuth 1.0a with HMAC-SHA256 (RFC 5849)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote, unquote_to_bytes

SCHEME = "oauth"
_PARAMETER = re.compile(r'\s*([A-Za-z0-9_.\-]+)\s*=\s*"([^"]*)"\s*(?:,|$)')

Pairs = Sequence[tuple[str, str]]


def parse_header(value: str) -> list[tuple[str, str]]:
    """The parameters of an ``OAuth`` header, percent-decoded, in their order. Raises ValueError on bad syntax."""
    rest = value.strip()
    if rest.lower().startswith(SCHEME):
        rest = rest[len(SCHEME) :].strip()
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(rest):
        found = _PARAMETER.match(rest, at)
        if found is None:
            raise ValueError('not name="value" separated by commas')
        pairs.append((found[1], decode(found[2])))
        at = found.end()
    if not pairs:
        raise ValueError("no parameters")
    return pairs


def parse_query(query: str) -> list[tuple[str, str]]:
    """The parameters of a raw query string, decoded as forms are: ``+`` is a space; empty values are kept."""
    pairs: list[tuple[str, str]] = []
    for part in query.split("&"):
        if part:
            name, _, value = part.partition("=")
            pairs.append((decode(name.replace("+", " ")), decode(value.replace("+", " "))))
    return pairs


def base_string(method: str, scheme: str, host: str, path: str, parameters: Iterable[tuple[str, str]]) -> str:
    """What is signed. `parameters` are decoded; ``realm`` and ``oauth_signature`` are left out here."""
    host = host.lower()
    default = {"http": ":80", "https": ":443"}.get(scheme.lower(), "")
    if default:
        host = host.removesuffix(default)
    encoded = sorted(
        (encode(name), encode(value)) for name, value in parameters if name not in ("realm", "oauth_signature")
    )
    normalised = "&".join(f"{name}={value}" for name, value in encoded)
    address = f"{scheme.lower()}://{host}{path or '/'}"
    return f"{method.upper()}&{encode(address)}&{encode(normalised)}"


def sign(text: str, consumer_secret: str, token_secret: str) -> str:
    """The signature in base64."""
    key = f"{encode(consumer_secret)}&{encode(token_secret)}".encode()
    return base64.b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).decode("ascii")


def matches(signature: str, expected: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(signature.encode(), expected.encode())


def encode(text: str) -> str:
    """Percent-encode as RFC 3986 says: all but letters, digits and ``-._~``."""
    return quote(text, safe="-._~")


def decode(text: str) -> str:
    """Undo percent-encoding; bytes that are no UTF-8 are replaced and so never match a signature."""
    return unquote_to_bytes(text).decode("utf-8", "replace")
