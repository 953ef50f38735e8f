"""The clients for NetSuite: AsyncNetSuite, and NetSuite, its synchronous face made from the same code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from suitebridge.blocking import BackgroundLoop, Face
from suitebridge.errors import ConfigError
from suitebridge.http.exchange import Answer, Line
from suitebridge.http.retry import RetryPolicy
from suitebridge.netsuite.auth import (
    Authorizer,
    CertificateLogin,
    FirstThatWorks,
    ServerClock,
    TokenLogin,
    load_private_key,
)
from suitebridge.netsuite.classify import Surface
from suitebridge.netsuite.companyzone import CompanyZone, needs_zone
from suitebridge.netsuite.errors import AnswerError, PermissionDeniedError
from suitebridge.netsuite.limits import LARGEST_POOL, SMALLEST_POOL
from suitebridge.netsuite.literals import render
from suitebridge.netsuite.records import Records
from suitebridge.netsuite.settings import AuthMethod, NetSuiteSettings
from suitebridge.netsuite.slots import AdaptiveSlots
from suitebridge.netsuite.suiteql import Query
from suitebridge.netsuite.transport import Call, Counters, Response, Transport
from suitebridge.netsuite.transport import Query as UrlQuery
from suitebridge.types import Slots, Work

SERVER_TIME_PATH: Final = "/services/rest/system/v1/serverTime"
GOVERNANCE_PATH: Final = "/services/rest/system/v1/governanceLimits"

T = TypeVar("T")


class GovernanceLimits(msgspec.Struct, frozen=True, rename="camel"):
    """What NetSuite tells an administrator of the account's concurrency."""

    account_concurrency_limit: int
    account_unallocated_concurrency_limit: int
    integration_limit_type: str
    integration_concurrency_limit: int | None = None

    @property
    def ours(self) -> int:
        """How many calls this integration may have at once, if no other integration runs."""
        return self.integration_concurrency_limit or self.account_unallocated_concurrency_limit


class _ServerTime(msgspec.Struct, frozen=True, rename="camel"):
    server_time: datetime


def make_transport(
    settings: NetSuiteSettings, *, slots: Slots | None = None, policy: RetryPolicy | None = None
) -> Transport:
    """The transport for these settings.

    It opens no connection yet. Raises ConfigError for a key file that is of no use.
    """
    line = Line(
        ca_file=settings.ca_file,
        proxy=settings.proxy.reveal() if settings.proxy else None,
        timeout=settings.timeout,
    )
    clock = ServerClock()
    return Transport(
        line=line,
        authorizer=make_authorizer(settings, line, clock),
        slots=slots or make_slots(settings),
        rest_url=settings.rest_url,
        restlet_url=settings.restlet_url,
        server_clock=clock,
        policy=policy or RetryPolicy(),
    )


def make_slots(settings: NetSuiteSettings) -> AdaptiveSlots:
    """Slots for these settings: with "auto" they start at the smallest tier's and learn the rest."""
    if settings.slots == "auto":
        return AdaptiveSlots(
            ceiling=LARGEST_POOL, start=SMALLEST_POOL, reserve=settings.reserve, shares=settings.shares
        )
    return AdaptiveSlots(ceiling=settings.slots, reserve=settings.reserve, shares=settings.shares)


def make_authorizer(settings: NetSuiteSettings, line: Line, clock: ServerClock) -> Authorizer:
    """The way of logging in that the settings name, or a list of which the first that works is taken."""
    makers: dict[AuthMethod, Callable[[], Authorizer]] = {
        "certificate": lambda: _certificate(settings, line, clock),
        "tba": lambda: _token(settings, clock),
    }
    ways = [makers[method]() for method in settings.auth]
    return ways[0] if len(ways) == 1 else FirstThatWorks(ways)


def _certificate(settings: NetSuiteSettings, line: Line, clock: ServerClock) -> Authorizer:
    if not (settings.client_id and settings.certificate_id and settings.private_key_file):
        raise ConfigError("The settings for logging in by certificate are incomplete.", record="netsuite.auth")

    async def post(url: str, form: bytes) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        return await line.exchange("POST", url, headers=headers, body=form)

    return CertificateLogin(
        client_id=settings.client_id,
        certificate_id=settings.certificate_id,
        private_key=load_private_key(settings.private_key_file),
        token_url=settings.token_url,
        clock=clock,
        post=post,
    )


def _token(settings: NetSuiteSettings, clock: ServerClock) -> Authorizer:
    if not (settings.consumer_key and settings.consumer_secret and settings.token_id and settings.token_secret):
        raise ConfigError("The settings for logging in by token are incomplete.", record="netsuite.auth")
    return TokenLogin(
        realm=settings.account.realm,
        consumer_key=settings.consumer_key,
        consumer_secret=settings.consumer_secret,
        token_id=settings.token_id,
        token_secret=settings.token_secret,
        clock=clock,
    )


class AsyncNetSuite:
    """A connection to one account, for asyncio. Use it as an asynchronous context manager.

    ``work`` says what its calls are for and so who passes whom at the slots. No call is made before the first
    is asked for.
    """

    def __init__(
        self,
        settings: NetSuiteSettings,
        *,
        slots: Slots | None = None,
        work: Work = "interactive",
        policy: RetryPolicy | None = None,
    ) -> None:
        self.settings = settings
        self.transport = make_transport(settings, slots=slots, policy=policy)
        self.work: Work = work
        self.records = Records(self.transport, work)
        self._zone = CompanyZone(zone_of(settings), self.transport, self.records)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **options: Any) -> Self:
        """A client with the settings of the ``NETSUITE_*`` variables.

        Raises ConfigError that names what is missing.
        """
        return cls(NetSuiteSettings.from_env(environ), **options)

    @property
    def slots(self) -> Slots:
        """The account's concurrency budget as far as it is known here."""
        return self.transport.slots

    @property
    def counters(self) -> Counters:
        """What has been sent and received since the client was made."""
        return self.transport.counters

    def listen(self, listener: Callable[[Call], None]) -> None:
        """Calls ``listener`` after each try of each call."""
        self.transport.listeners.append(listener)

    def suiteql(self, sql: str, /, **params: object) -> Query:
        """A query, with ``:name`` marks filled from the parameters. Nothing is sent until its rows are asked for.

        Date-times with a zone become the company's wall clock; its zone is found out first if the settings do
        not name it. Raises UsageError for parameters that are missing, unused or cannot be written.
        """
        known = self._zone.known
        later = partial(render, sql, params) if known is None and needs_zone(params) else None
        text = render(sql, params, known or UTC)
        return Query(self.transport, text, {}, work=self.work, zone=self._zone, render=later)

    async def company_zone(self) -> ZoneInfo:
        """The zone in which SuiteQL shows date-times. Raises ConfigError if none explains what is seen."""
        return await self._zone.find()

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: UrlQuery | None = None,
        body: bytes | None = None,
        json: object = msgspec.UNSET,
        headers: Mapping[str, str] | None = None,
        surface: Surface = "rest",
        repeatable: bool | None = None,
    ) -> Response:
        """Any call by its path, with the same login, slots, retries and errors as all others; see
        Transport.request.
        """
        if json is not msgspec.UNSET:
            body = msgspec.json.encode(json)
        return await self.transport.request(
            method,
            path,
            query=query,
            body=body,
            headers=headers,
            surface=surface,
            repeatable=repeatable,
            work=self.work,
        )

    async def server_time(self) -> datetime:
        """NetSuite's clock, in UTC with milliseconds."""
        response = await self.transport.request("GET", SERVER_TIME_PATH, work=self.work)
        return _decoded(response, _ServerTime).server_time.astimezone(UTC)

    async def governance_limits(self) -> GovernanceLimits:
        """The account's concurrency limits. Raises PermissionDeniedError for roles other than Administrator."""
        response = await self.transport.request("GET", GOVERNANCE_PATH, work=self.work)
        return _decoded(response, GovernanceLimits)

    async def learn_slots(self) -> int:
        """With slots "auto": takes the limit from NetSuite if the role may read it, and gives the limit that
        holds now.
        """
        slots = self.slots
        if self.settings.slots == "auto" and isinstance(slots, AdaptiveSlots):
            try:
                slots.know((await self.governance_limits()).ours)
            except PermissionDeniedError:
                pass
        return slots.limit

    async def close(self) -> None:
        """Closes the connections."""
        await self.transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class NetSuite:
    """The same as AsyncNetSuite, synchronously: a method waits for its answer, a query is an iterator.

    It may be used where an event loop already runs, as in notebooks. Use it as a context manager.
    """

    def __init__(self, settings: NetSuiteSettings, **options: Any) -> None:
        self._inner = AsyncNetSuite(settings, **options)
        self._loop = BackgroundLoop("suitebridge-netsuite")
        self._face = Face(self._inner, self._loop, (Records, Query))

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **options: Any) -> Self:
        """A client with the settings of the ``NETSUITE_*`` variables.

        Raises ConfigError that names what is missing.
        """
        return cls(NetSuiteSettings.from_env(environ), **options)

    def close(self) -> None:
        """Closes the connections and ends the background thread."""
        self._loop.close_after(self._inner.close)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._face, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *dir(self._face)})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def zone_of(settings: NetSuiteSettings) -> ZoneInfo | None:
    """The company's zone, if the settings name it. Raises ConfigError for a name that is no zone."""
    if settings.zone is None:
        return None
    try:
        return ZoneInfo(settings.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            f"{settings.zone!r} is not a time zone.",
            record="netsuite.zone",
            remedy="Use an IANA name such as America/Los_Angeles (NETSUITE_ZONE).",
        ) from error


def _decoded(response: Response, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(response.body, type=kind)
    except msgspec.MsgspecError as error:
        raise AnswerError(
            "NetSuite answered in a form that is not documented.",
            request_id=response.request_id,
            status=response.status,
        ) from error
