"""Between aiohttp and the sandbox: reads a request whole, sends an answer, or cuts the connection."""

from __future__ import annotations

import asyncio

from aiohttp import web

from suitebridge.sandbox.netsuite.server.errors import Answer
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.limits import LARGEST_BODY

SERVER = "suitebridge-sandbox"
_PIECES = 10
_LOOKS_SECONDS = 0.1


class BodyTooLarge(Exception):
    """The body is larger than NetSuite takes; the rest of it has not been read."""


def head(request: web.BaseRequest) -> Incoming:
    """The request without its body."""
    path, _, query = _origin_form(request.raw_path).partition("?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    if "prefer" in headers:
        # Two preferences may come in one header or in a header each.
        headers["prefer"] = ", ".join(request.headers.getall("Prefer"))
    return Incoming(
        method=request.method,
        scheme="https" if request.secure else "http",
        host=request.headers.get("Host", ""),
        path=path,
        query=query.partition("#")[0],
        headers=headers,
        body=b"",
        address=request.remote or "",
    )


async def body(request: web.BaseRequest) -> bytes:
    """The body, decompressed. Raises BodyTooLarge as soon as it is known."""
    declared = request.content_length
    if declared is not None and declared > LARGEST_BODY:
        raise BodyTooLarge
    if not request.can_read_body:
        return b""
    parts: list[bytes] = []
    size = 0
    async for part in request.content.iter_any():
        size += len(part)
        if size > LARGEST_BODY:
            raise BodyTooLarge
        parts.append(part)
    return b"".join(parts)


async def send(request: web.BaseRequest, answer: Answer, *, close: bool = False) -> web.Response:
    """Send an answer to its last byte; a client that has gone is no error."""
    response = _response(answer)
    if close:
        response.force_close()
    try:
        await response.prepare(request)
        await response.write_eof()
    except ConnectionError:
        pass
    return response


async def send_slowly(request: web.BaseRequest, answer: Answer, seconds: float) -> web.StreamResponse:
    """Send the head at once and the body in ten pieces, the last of them after so many seconds."""
    response = web.StreamResponse(status=answer.status, headers=_headers(answer))
    response.content_length = len(answer.body)
    size = max(1, -(-len(answer.body) // _PIECES))
    try:
        await response.prepare(request)
        for at in range(0, len(answer.body), size):
            if not await _still_there(request, seconds / _PIECES):
                break
            await response.write(answer.body[at : at + size])
        await response.write_eof()
    except ConnectionError:
        pass
    return response


async def send_half(request: web.BaseRequest, answer: Answer) -> web.StreamResponse:
    """Send the head and half of the body, then cut the connection."""
    response = web.StreamResponse(status=answer.status, headers=_headers(answer))
    response.content_length = max(len(answer.body), 2)
    try:
        await response.prepare(request)
        await response.write(answer.body[: len(answer.body) // 2] or b"{")
        # Without a turn of the loop the half would still lie in our own buffer when the connection goes.
        await asyncio.sleep(0)
    except ConnectionError:
        pass
    return cut(request)


async def _still_there(request: web.BaseRequest, seconds: float) -> bool:
    """Wait, unless the client goes before."""
    ends = asyncio.get_running_loop().time() + seconds
    while (remaining := ends - asyncio.get_running_loop().time()) > 0:
        if request.transport is None or request.transport.is_closing():
            return False
        await asyncio.sleep(min(remaining, _LOOKS_SECONDS))
    return True


def cut(request: web.BaseRequest) -> web.Response:
    """End the connection without an answer; what is returned is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)


def _response(answer: Answer) -> web.Response:
    return web.Response(status=answer.status, body=answer.body or None, headers=_headers(answer))


def _headers(answer: Answer) -> list[tuple[str, str]]:
    headers = [("Server", SERVER), *answer.headers]
    if answer.content_type is not None:
        headers.append(("Content-Type", answer.content_type))
    return headers


def _origin_form(target: str) -> str:
    """A request target as path and query, also where a client sent a whole address."""
    if target.startswith(("http://", "https://")):
        rest = target.partition("://")[2]
        at = rest.find("/")
        return rest[at:] if at >= 0 else "/"
    return target
