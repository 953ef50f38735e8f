"""Opens the one HTTP session of a connector:

TLS with a company's own authority, proxy, timeouts, no cookies, no redirects.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING

from suitebridge.errors import ConfigError

if TYPE_CHECKING:
    import aiohttp

CONNECT_SECONDS = 15.0
IDLE_SECONDS = 15.0


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Verification by the system's authorities and, if given, by those of ``ca_file`` (PEM) besides.

    Raises ConfigError.
    """
    context = ssl.create_default_context()
    if ca_file is None:
        return context
    try:
        context.load_verify_locations(cafile=str(ca_file))
    except FileNotFoundError as error:
        raise ConfigError(
            f"The authority file {ca_file} does not exist.",
            record=str(ca_file),
            remedy="Give the path of a PEM file with the authority's certificate.",
        ) from error
    except (ssl.SSLError, OSError) as error:
        raise ConfigError(
            f"The authority file {ca_file} cannot be read as PEM certificates.",
            record=str(ca_file),
            remedy="Give the path of a PEM file with the authority's certificate.",
        ) from error
    return context


def open_session(*, ca_file: Path | None, proxy: str | None, timeout: float) -> aiohttp.ClientSession:
    """A session whose answers must come within ``timeout`` seconds. Call it inside a running event loop."""
    import aiohttp

    connector = aiohttp.TCPConnector(
        limit=0,  # slots bound the calls; a second bound here would only hide their waiting
        ssl=tls_context(ca_file),
        keepalive_timeout=IDLE_SECONDS,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        # NetSuite reads a request that carries a cookie as a browser session and refuses its token.
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=timeout + CONNECT_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=timeout),
        proxy=proxy,
        raise_for_status=False,
        auto_decompress=True,
    )
    # aiohttp sends PUT and DELETE again by itself when a kept connection turns out dead. Whether a call is repeated
    # is for the retry decision alone, and a repeated signature would be a used nonce.
    session._retry_connection = False  # pyright: ignore[reportPrivateUsage]
    return session
