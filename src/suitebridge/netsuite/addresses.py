"""The URL of a call and whether the call may be sent twice.

Oracle help: "URLs for Account-Specific Domains", "REST Web Services URL Schema and HTTP Headers".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from suitebridge.errors import UsageError
from suitebridge.http.redaction import redact
from suitebridge.netsuite.classify import QUERY_PATH, Surface

Query = Mapping[str, str | int | bool] | Sequence[tuple[str, str | int | bool]]
"""Parameters of a URL, not yet encoded."""

IDEMPOTENCY_HEADER: Final = "X-NetSuite-Idempotency-Key"
RESTLET_PATH: Final = "/app/site/hosting/restlet.nl"


def full_url(path: str, query: Query | None, base: str, surface: Surface, *, own: Sequence[str]) -> str:
    """The URL as it is signed and sent.

    ``path`` is absolute, or relative to ``/services/rest/`` or to the RESTlet address, or a URL below one of ``own``.
    Raises UsageError for a URL elsewhere: it would be sent the account's login.
    """
    if "://" in path:
        if not path.startswith(tuple(f"{host}/" for host in own)):
            raise UsageError(
                f"{redact(path)} is not on a host of this account, so it is not called with the account's login.",
                remedy="Give a path such as /services/rest/record/v1/customer/42.",
            )
        url = path
    elif path.startswith("/"):
        url = base + path
    else:
        url = f"{base}/services/rest/{path}" if surface == "rest" else f"{base}{RESTLET_PATH}{path}"
    url = quote(url, safe="%/:?#[]@!$&'()*+,;=-._~")
    if not query:
        return url
    pairs = query.items() if isinstance(query, Mapping) else query
    text = "&".join(f"{quote(name, safe='')}={quote(_plain(value), safe='')}" for name, value in pairs)
    return f"{url}{'&' if '?' in url else '?'}{text}"


def is_repeatable(method: str, path: str, headers: Mapping[str, str]) -> bool:
    """Whether a call may be sent twice unasked: it reads, or it names its record or itself so that it cannot double."""
    if method in ("GET", "HEAD", "OPTIONS"):
        return True
    if method == "POST" and path.startswith(QUERY_PATH):
        return True
    if method == "PUT" and path.rpartition("/")[2].startswith(("eid:", "eid%3A")):
        return True
    return IDEMPOTENCY_HEADER.lower() in {name.lower() for name in headers}


def _plain(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
