"""Checks below the login: does the name resolve, does TLS hold, how far apart are the clocks."""

from __future__ import annotations

import asyncio
import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from suitebridge.netsuite.doctor.findings import Cause, Finding, noted, right, wrong

CONNECT_SECONDS = 10.0
SKEW_NOTED = 30.0
SKEW_WRONG = 290.0
"""NetSuite takes timestamps within five minutes of its own clock; ten seconds are kept for the way there."""


async def check_name(url: str, account: str) -> Finding:
    """Whether the host of `url` has an address."""
    host, port, _ = _parts(url)
    try:
        await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return wrong(
            "host",
            f"{host} has no address",
            Cause(
                f"the account id {account} is not right",
                "compare NETSUITE_ACCOUNT with the id that NetSuite shows",
                "Setup › Company › Company Information › Account ID",
            ),
            Cause("this machine has no way to the internet or to a name server", "try another known host name"),
            Cause("a proxy is needed here", "set [network] proxy in suitebridge.toml, or NETSUITE_PROXY"),
        )
    return right("host", host)


async def check_tls(url: str, ca_file: str | None) -> Finding:
    """Whether a TLS connection can be made and the certificate is one that we trust."""
    host, port, secure = _parts(url)
    context = ssl.create_default_context(cafile=ca_file) if secure else None
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            _, writer = await asyncio.open_connection(host, port, ssl=context)
    except ssl.SSLCertVerificationError as error:
        return wrong(
            "TLS",
            f"{host} shows a certificate that this machine does not trust: {error.verify_message}",
            Cause(
                "a proxy or firewall of your company opens the connection and signs it anew",
                "set [network] ca to the file with your company's authority",
            ),
            Cause("this machine's list of authorities is old", "update the package ca-certificates"),
        )
    except (ssl.SSLError, OSError) as error:
        reason = "no answer within 10 s" if isinstance(error, TimeoutError) else str(error)
        return wrong(
            "TLS" if secure else "connection",
            f"no connection to {host}:{port}: {reason}",
            Cause("a firewall between here and NetSuite", f"allow outgoing connections to {host}, port {port}"),
            Cause("a proxy is needed here", "set [network] proxy in suitebridge.toml, or NETSUITE_PROXY"),
            *(() if secure else (Cause("the server at this address is not running", "start it, or correct the URL"),)),
        )
    version = None
    if secure:
        found = writer.get_extra_info("ssl_object")
        version = found.version() if found is not None else None
    writer.close()
    if not secure:
        return noted("TLS", f"{host}:{port} is asked without TLS: fine for a sandbox on this machine, for nothing else")
    return right("TLS", f"{version}, certificate trusted")


def check_clock(date_header: str | None, now: datetime) -> tuple[Finding, float | None]:
    """How far this machine's clock is from NetSuite's; the second value is that in seconds, ours minus theirs."""
    if date_header is None:
        return noted("clock", "NetSuite sent no date to compare with"), None
    try:
        theirs = parsedate_to_datetime(date_header).astimezone(UTC)
    except ValueError:
        return noted("clock", f"NetSuite sent a date that cannot be read: {date_header}"), None
    skew = (now - theirs).total_seconds()
    apart = abs(skew)
    if apart > SKEW_WRONG:
        direction = "ahead of" if skew > 0 else "behind"
        return (
            wrong(
                "clock",
                f"this machine is {apart / 60:.1f} min {direction} NetSuite, which allows 5",
                Cause("the clock of this machine is not kept in step", "switch on NTP: timedatectl set-ntp true"),
            ),
            skew,
        )
    if apart > SKEW_NOTED:
        return noted("clock", f"{apart:.0f} s apart: still allowed, but keep it in step (NTP)"), skew
    return right("clock", "less than 2 s apart" if apart < 2 else f"{apart:.0f} s apart"), skew


def _parts(url: str) -> tuple[str, int, bool]:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    return parts.hostname or "", parts.port or (443 if secure else 80), secure
