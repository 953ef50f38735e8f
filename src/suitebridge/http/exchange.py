"""Sends one request once and says what became of it: answered, surely not sent, or broken off after sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from suitebridge.http.redaction import redact
from suitebridge.http.session import open_session

if TYPE_CHECKING:
    import aiohttp


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer. Header names are compared in any case; ``body`` is already decompressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NotSent(Exception):
    """No connection came about, so the other side has seen nothing. ``lasting``: another try would end the same way.

    ``cause`` is one of ``dns``, ``tls``, ``connect``, ``timeout``, ``proxy``, ``url``.
    """

    def __init__(self, cause: str, text: str, *, lasting: bool = False) -> None:
        super().__init__(redact(text))
        self.cause = cause
        self.lasting = lasting


class Broken(Exception):
    """The request went out, wholly or in part, and no complete answer came back."""

    def __init__(self, text: str) -> None:
        super().__init__(redact(text))


class Line:
    """The HTTP session of one connector, opened when it is first needed; belongs to the event loop that uses it."""

    def __init__(self, *, ca_file: Path | None = None, proxy: str | None = None, timeout: float = 300.0) -> None:
        self._ca_file = ca_file
        self._proxy = proxy
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    async def exchange(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """One request, one answer. Raises NotSent or Broken, and ConfigError for a wrong ``ca_file``."""
        if self._session is None:
            self._session = open_session(ca_file=self._ca_file, proxy=self._proxy, timeout=self._timeout)
        return await exchange(self._session, method, url, headers=headers, body=body)

    async def close(self) -> None:
        """Closes the connections. The line can be used again afterwards; it then opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


async def exchange(
    session: aiohttp.ClientSession,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
) -> Answer:
    """Sends the request as it is, without redirects or repeats. ``url`` is already percent-encoded.

    Raises NotSent or Broken.
    """
    import aiohttp
    from yarl import URL

    try:
        async with session.request(
            method, URL(url, encoded=True), headers=headers, data=body, allow_redirects=False
        ) as response:
            content = await response.read()
            return Answer(response.status, response.headers, content)
    except aiohttp.ClientConnectorCertificateError as error:
        text = f"the certificate of {error.host} is not trusted: {error.certificate_error}"
        raise NotSent("tls", text, lasting=True) from error
    except aiohttp.ClientConnectorSSLError as error:
        raise NotSent("tls", f"TLS with {urlsplit(url).netloc} failed: {error}", lasting=True) from error
    except aiohttp.ClientConnectorDNSError as error:
        raise NotSent("dns", f"the name {error.host} cannot be resolved") from error
    except (aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError) as error:
        raise NotSent("proxy", f"the proxy does not connect: {error}") from error
    except aiohttp.ClientConnectorError as error:
        raise NotSent("connect", f"{error.host}:{error.port} cannot be reached: {error.os_error}") from error
    except aiohttp.ConnectionTimeoutError as error:
        raise NotSent("timeout", "no connection came about in time") from error
    except aiohttp.InvalidURL as error:
        raise NotSent("url", f"{error} is not a URL that can be called", lasting=True) from error
    except TimeoutError as error:
        raise Broken("no answer came in time") from error
    except (aiohttp.ClientError, OSError) as error:
        raise Broken(f"the connection broke ({type(error).__name__})") from error
