"""SYSDATE and its kin: the server's and the company's clock, read once a call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import MOMENT, ZONED, Value


def moment_text(moment: datetime) -> str:
    """A wall clock in storage form."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def zoned_text(moment: datetime) -> str:
    """An aware moment in storage form."""
    offset = moment.strftime("%z")
    return f"{moment_text(moment)}{offset[:3]}:{offset[3:5]}"


def _sysdate(c: Compilation) -> Value:
    return Value(c.moment("sysdate", lambda e: moment_text(e.server_now())), MOMENT, nullable=False)


def _current_date(c: Compilation) -> Value:
    if c.quirk("suiteql-current-date", "accept") == "refuse":
        raise unsupported()
    return _current(c)


def _current(c: Compilation) -> Value:
    return Value(c.moment("current", lambda e: moment_text(e.company_now())), MOMENT, nullable=False)


def _zoned(c: Compilation) -> Value:
    sql = c.moment("zoned", lambda e: zoned_text(e.now.astimezone(e.company_zone)))
    return Value(sql, ZONED, nullable=False)


MOMENTS: dict[str, Callable[[Compilation], Value]] = {
    "sysdate": _sysdate,
    "current_date": _current_date,
    "localtimestamp": _current,
    "current_timestamp": _zoned,
    "systimestamp": _zoned,
}
