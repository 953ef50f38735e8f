"""The one way to NetSuite for every call: take a slot, sign, send, classify, and try again where that is safe."""

from __future__ import annotations

import asyncio
import logging
import random as random_numbers
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from suitebridge.errors import UsageError
from suitebridge.http.exchange import Answer, Broken, Line, NotSent
from suitebridge.http.retry import Failure, RetryDecision, RetryPolicy, Situation, decide_retry
from suitebridge.netsuite.addresses import Query, full_url, is_repeatable
from suitebridge.netsuite.auth.authorizer import Authorizer, Signed
from suitebridge.netsuite.auth.clock import ServerClock
from suitebridge.netsuite.calls import Call, Counters, Response
from suitebridge.netsuite.classify import Surface, classify
from suitebridge.netsuite.errors import (
    ConcurrencyLimitError,
    LoginError,
    NetSuiteError,
    OutcomeUnknown,
    UnavailableError,
    UnexpectedError,
)
from suitebridge.netsuite.limits import BODY_BYTES, SLOW_LOGIN_SECONDS
from suitebridge.types import Slots, Work

__all__ = ["Call", "Counters", "Query", "Response", "Transport"]

_LOG: Final = logging.getLogger("suitebridge.netsuite")
_UNREACHABLE: Final = {
    "dns": "Check the account id (it makes the host name), and that this machine can resolve names.",
    "tls": "If a proxy of your company replaces certificates, give its authority as a PEM file (NETSUITE_CA_FILE).",
    "connect": "Check the network, the firewall and NETSUITE_REST_URL if it is set.",
    "timeout": "Check the network, the firewall and the proxy.",
    "proxy": "Check the proxy's address (NETSUITE_PROXY) and that it may reach NetSuite.",
    "url": "Check NETSUITE_REST_URL and NETSUITE_RESTLET_URL.",
}


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    path: str
    body: bytes | None
    headers: Mapping[str, str]
    repeatable: bool
    work: Work
    record: str | None
    look: str | None


@dataclass(frozen=True, slots=True)
class _Try:
    """How one try ended: either ``response``, or ``failure`` with its ``error``."""

    seconds: float
    response: Response | None = None
    failure: Failure = "final"
    error: NetSuiteError | None = None
    signed: Signed | None = None
    retry_after: float | None = None
    received: int = 0


@dataclass(slots=True)
class _Course:
    """What the tries of one call have come to so far."""

    started: float
    attempt: int = 0
    renewals: int = 0
    faults: int = 0


def _no_listeners() -> list[Callable[[Call], None]]:
    return []


@dataclass(slots=True, kw_only=True)
class Transport:
    """Sends calls. Belongs to one event loop; ``close`` it at the end.

    ``clock`` counts seconds, ``sleep`` waits them and ``random`` gives numbers from 0 up to 1; they are given in tests.
    """

    line: Line
    authorizer: Authorizer
    slots: Slots
    rest_url: str
    restlet_url: str
    server_clock: ServerClock = field(default_factory=ServerClock)
    policy: RetryPolicy = field(default_factory=RetryPolicy)
    slow_login: float = SLOW_LOGIN_SECONDS
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    random: Callable[[], float] = random_numbers.random
    listeners: list[Callable[[Call], None]] = field(default_factory=_no_listeners)
    counters: Counters = field(default_factory=Counters)
    _contacted: bool = field(default=False, init=False)
    _successes: int = field(default=0, init=False)

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        surface: Surface = "rest",
        repeatable: bool | None = None,
        work: Work = "bulk",
        record: str | None = None,
        look: str | None = None,
    ) -> Response:
        """Sends one call until it is answered, and gives the answer if its status is 2xx.

        ``path`` is percent-encoded: absolute (``/services/rest/...``), or relative to ``/services/rest/`` or
        to the RESTlet address, or a whole URL on one of the account's own hosts. ``repeatable`` None means:
        reads, queries, ``PUT eid:`` and calls with an idempotency key are. ``record`` names what the call is
        about in errors, ``look`` says how to find out whether a call that broke off was carried out.

        Raises a NetSuiteError; OutcomeUnknown where a call that must not be repeated broke off after it was sent.
        """
        request = self._request(method, path, query, body, headers, surface, repeatable, work, record, look)
        course = _Course(started=self.clock())
        while True:
            course.attempt += 1
            ended = await self._try(request)
            if ended.error is None and ended.response is not None:
                self._tell(request, course, ended, None)
                return ended.response
            decision = self._next(course, request, ended)
            self._tell(request, course, ended, decision.wait)
            if decision.wait is None:
                raise self._final(request, course, ended, decision)
            self.counters.retries += 1
            self.counters.seconds_waiting_to_retry += decision.wait
            if decision.wait > 0:
                await self.sleep(decision.wait)

    async def close(self) -> None:
        """Closes the connections."""
        await self.line.close()

    def _request(
        self,
        method: str,
        path: str,
        query: Query | None,
        body: bytes | None,
        headers: Mapping[str, str] | None,
        surface: Surface,
        repeatable: bool | None,
        work: Work,
        record: str | None,
        look: str | None,
    ) -> _Request:
        method = method.upper()
        if body is not None and len(body) > BODY_BYTES:
            raise UsageError(
                f"The body has {len(body):,} bytes; NetSuite takes {BODY_BYTES:,} at most.",
                record=record,
                remedy="Send it in several parts.",
            )
        base = self.rest_url if surface == "rest" else self.restlet_url
        url = full_url(path, query, base, surface, own=(self.rest_url, self.restlet_url))
        own = {"Accept": "*/*", **({"Content-Type": "application/json"} if body is not None else {}), **(headers or {})}
        url_path = urlsplit(url).path
        if repeatable is None:
            repeatable = is_repeatable(method, url_path, own)
        return _Request(method, url, url_path, body, own, repeatable, work, record, look)

    async def _try(self, request: _Request) -> _Try:
        asked = self.clock()
        async with self.slots.lease(request.work):
            self.counters.seconds_waiting_for_slots += self.clock() - asked
            try:
                signed = await self.authorizer.sign(request.method, request.url)
            except LoginError as error:
                return _Try(0.0, error=error)
            except NetSuiteError as error:
                return _Try(0.0, failure="not sent" if error.retryable else "final", error=error)
            except (NotSent, Broken) as cause:
                # What broke here is the login, which changes nothing: the call itself has not been sent.
                return _Try(0.0, failure=_unsent(cause), error=self._unreachable(request, cause))
            return await self._send(request, signed)

    async def _send(self, request: _Request, signed: Signed) -> _Try:
        sent = self.clock()
        self.counters.calls += 1
        self.counters.bytes_sent += len(request.body or b"")
        try:
            answer = await self.line.exchange(
                request.method, request.url, headers={**request.headers, **signed.headers}, body=request.body
            )
        except NotSent as cause:
            return _Try(self.clock() - sent, failure=_unsent(cause), error=self._unreachable(request, cause))
        except Broken as cause:
            self._contacted = True
            return _Try(self.clock() - sent, failure="broken", error=self._unreachable(request, cause))
        seconds = self.clock() - sent
        self._contacted = True
        self.server_clock.observe(answer.headers)
        self.counters.bytes_received += len(answer.body)
        self.counters.seconds_answering += seconds
        return self._judge(request, signed, answer, seconds)

    def _judge(self, request: _Request, signed: Signed, answer: Answer, seconds: float) -> _Try:
        if 200 <= answer.status < 300:
            self._successes += 1
            self.slots.accepted()
            response = Response(answer.status, answer.headers, answer.body)
            return _Try(seconds, response=response, received=len(answer.body))
        error = classify(
            answer.status,
            answer.headers,
            answer.body,
            path=request.path,
            method=request.method,
            record=request.record,
        )
        failure = self._failure(error, seconds)
        if failure == "refused":
            self.counters.rejections += 1
            self.slots.rejected()
        elif failure == "final":
            self.slots.accepted()
        return _Try(
            seconds,
            failure=failure,
            error=error,
            signed=signed,
            retry_after=_retry_after(answer.headers, self.server_clock.now()),
            received=len(answer.body),
            response=Response(answer.status, answer.headers, b""),
        )

    def _failure(self, error: NetSuiteError, seconds: float) -> Failure:
        if isinstance(error, ConcurrencyLimitError):
            return "refused"
        if isinstance(error, LoginError):
            # Over its limit, NetSuite may hang and then call a good login invalid: slow while others succeed is load.
            return "refused" if seconds > self.slow_login and self._successes else "unauthorized"
        if isinstance(error, UnavailableError):
            return "unavailable"
        if isinstance(error, UnexpectedError):
            return "fault"
        return "final"

    def _next(self, course: _Course, request: _Request, ended: _Try) -> RetryDecision:
        course.faults += ended.failure == "fault"
        situation = Situation(
            failure=ended.failure,
            attempt=course.attempt,
            elapsed=self.clock() - course.started,
            repeatable=request.repeatable,
            renewals=course.renewals,
            faults=course.faults,
            contacted=self._contacted,
            retry_after=ended.retry_after,
        )
        decision = decide_retry(situation, self.policy, self.random)
        if ended.failure != "unauthorized" or decision.wait is None or ended.signed is None:
            return decision
        course.renewals += 1
        if self.authorizer.renew(ended.signed):
            return decision
        return RetryDecision(None, "the login cannot be renewed")

    def _final(self, request: _Request, course: _Course, ended: _Try, decision: RetryDecision) -> NetSuiteError:
        error = ended.error
        if error is None:
            raise AssertionError("a try that failed has an error")
        if not decision.unknown:
            if course.attempt > 1 and ended.failure not in ("final", "unauthorized"):
                error.message = f"{error.message} ({course.attempt} tries were made.)"
                error.args = (error.message,)
            return error
        unknown = OutcomeUnknown(
            f"{request.method} {request.path} broke off; it may have been carried out. {error.message}",
            code=error.code,
            record=request.record,
            retryable=False,
            remedy=request.look or "Look whether it was carried out before sending it again.",
            request_id=error.request_id,
            status=error.status,
            details=error.details,
        )
        unknown.__cause__ = error
        return unknown

    def _unreachable(self, request: _Request, cause: NotSent | Broken) -> UnavailableError:
        host = urlsplit(request.url).netloc
        kind = cause.cause if isinstance(cause, NotSent) else "timeout"
        error = UnavailableError(
            f"NetSuite at {host} did not answer: {cause}.",
            record=request.record,
            retryable=not (isinstance(cause, NotSent) and cause.lasting),
            remedy=_UNREACHABLE[kind],
        )
        error.__cause__ = cause
        return error

    def _tell(self, request: _Request, course: _Course, ended: _Try, wait: float | None) -> None:
        outcome = "ok" if ended.error is None else ended.failure
        self.counters.failures += ended.error is not None
        response = ended.response
        call = Call(
            method=request.method,
            path=request.path,
            work=request.work,
            attempt=course.attempt,
            outcome=outcome,
            status=response.status if response else None,
            seconds=ended.seconds,
            sent=len(request.body or b""),
            received=ended.received,
            slots_in_use=self.slots.in_use,
            slots_limit=self.slots.limit,
            wait=wait,
            request_id=response.request_id if response else None,
        )
        _LOG.debug(
            "%s %s try %d: %s %s in %.3f s",
            call.method,
            call.path,
            call.attempt,
            call.outcome,
            call.status,
            call.seconds,
        )
        for listener in self.listeners:
            listener(call)


def _unsent(cause: NotSent | Broken) -> Failure:
    return "final" if isinstance(cause, NotSent) and cause.lasting else "not sent"


def _retry_after(headers: Mapping[str, str], now: float) -> float | None:
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (TypeError, ValueError):
        return None
