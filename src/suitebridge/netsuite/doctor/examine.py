"""The doctor's round: each check in order, and what depends on a failed one is left out and says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from suitebridge.errors import ConfigError
from suitebridge.netsuite.doctor import access, key, login, network
from suitebridge.netsuite.doctor.findings import Finding, Report, State, noted, right, skipped, wrong
from suitebridge.netsuite.errors import LoginError, NetSuiteError

if TYPE_CHECKING:
    from suitebridge.netsuite.client import AsyncNetSuite
    from suitebridge.netsuite.settings import NetSuiteSettings

AFTER_LOGIN = ("records", "SuiteQL", "permissions", "features", "slots")
SERVER_TIME = "/services/rest/system/v1/serverTime"


async def examine(settings: NetSuiteSettings) -> Report:
    """Make all checks. Finds causes instead of raising; only a fault of this machine can raise."""
    findings = [finding async for finding in rounds(settings)]
    return Report(str(settings.account), settings.auth[0], tuple(findings))


async def rounds(settings: NetSuiteSettings) -> AsyncIterator[Finding]:
    """The findings one by one, as soon as each is made."""
    yield _account(settings)
    name = await network.check_name(settings.rest_url, str(settings.account))
    yield name
    if name.state is State.WRONG:
        for check in ("TLS", "clock", "key", "login", *AFTER_LOGIN):
            yield skipped(check, "a host")
        return
    connection = await network.check_tls(settings.rest_url, str(settings.ca_file) if settings.ca_file else None)
    yield connection
    if connection.state is State.WRONG:
        for check in ("clock", "key", "login", *AFTER_LOGIN):
            yield skipped(check, "a connection")
        return
    signing = key.check_key(str(settings.private_key_file)) if settings.auth[0] == "certificate" else None
    if signing is not None:
        yield signing
        if signing.state is State.WRONG:
            for check in ("clock", "login", *AFTER_LOGIN):
                yield skipped(check, "a key")
            return
    async for finding in _with_client(settings):
        yield finding


def _account(settings: NetSuiteSettings) -> Finding:
    account = settings.account
    own = settings.rest_url == account.suitetalk_url
    way = f"reached as {settings.rest_url.split('://')[-1]}"
    if own:
        return right("account", f"{account} ({account.kind}), {way}")
    return noted("account", f"{account}, {way}: not NetSuite's own host")


async def _with_client(settings: NetSuiteSettings) -> AsyncIterator[Finding]:
    from suitebridge.netsuite.client import AsyncNetSuite

    try:
        client = AsyncNetSuite(settings)
        async with client:
            async for finding in _logged_in(client, settings):
                yield finding
    except ConfigError as error:
        yield wrong("login", error.message)
        for check in AFTER_LOGIN:
            yield skipped(check, "a login")


async def _logged_in(client: AsyncNetSuite, settings: NetSuiteSettings) -> AsyncIterator[Finding]:
    moment = datetime.now(UTC)
    date_header = await _date_header(settings)
    clock, skew = network.check_clock(date_header, datetime.now(UTC))
    yield clock
    try:
        await client.request("GET", SERVER_TIME)
    except LoginError as error:
        if clock.state is State.WRONG and settings.auth[0] == "tba":
            yield wrong("login", "refused, which the clock explains", *clock.causes)
        elif error.code in ("INVALID_LOGIN", None) and settings.auth[0] == "certificate":
            yield login.refused_call(settings, moment)
        else:
            yield login.refused_login(error, settings, moment)
        for check in AFTER_LOGIN:
            yield skipped(check, "a login")
        return
    except NetSuiteError as error:
        yield wrong("login", f"{error.message}")
        for check in AFTER_LOGIN:
            yield skipped(check, "an answer")
        return
    del skew
    how = (
        f"certificate {settings.certificate_id}"
        if settings.auth[0] == "certificate"
        else "token-based (ends with 2028.1)"
    )
    yield right("login", how)
    try:
        async for finding in _access(client, settings):
            yield finding
    except LoginError:
        yield login.refused_call(settings, moment)


async def _access(client: AsyncNetSuite, settings: NetSuiteSettings) -> AsyncIterator[Finding]:
    records = await access.check_records(client)
    yield records
    suiteql = await access.check_suiteql(client, records)
    yield suiteql
    if suiteql.state is State.WRONG:
        yield skipped("permissions", "SuiteQL")
        yield skipped("features", "SuiteQL")
    else:
        yield await access.check_tables(client)
        yield await access.check_features(client)
    yield await access.check_slots(client, settings.slots)


async def _date_header(settings: NetSuiteSettings) -> str | None:
    """NetSuite's clock, as any answer shows it: the refusal of a call without a login will do."""
    import aiohttp

    from suitebridge.http.session import open_session

    session = open_session(
        ca_file=settings.ca_file, proxy=settings.proxy.reveal() if settings.proxy else None, timeout=15
    )
    try:
        async with session, session.get(f"{settings.rest_url}{SERVER_TIME}") as answer:
            return answer.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError):
        return None
