"""Accounting periods: in which one a document posts, and whether that is open (help: Manage Accounting Periods)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.errors import invalid_value, user_detail
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

OUTSIDE = "The transaction date you specified is not within the date range of your accounting period."
CLOSED = "The accounting period of this transaction is closed."
LOCKED = "The accounting period of this transaction is locked."

_RECEIVABLE = frozenset({"CustInvc", "CustPymt", "CustCred", "CustRfnd", "CustDep", "DepAppl", "CashSale"})
_PAYABLE = frozenset({"VendBill", "VendPymt", "VendCred"})


def posting_period(work: Work, code: str, day: str, sent: Stored = None) -> Stored:
    """The period that a document of that day posts in; a fault where there is none or it is closed or locked.

    A company without accounting periods has none for its documents either.
    """
    if sent is not None:
        period = work.one("SELECT * FROM accountingperiod WHERE id = ?", sent)
        if period is None or "T" in (period["isyear"], period["isquarter"]) or period["isposting"] == "F":
            work.faults.append(invalid_value(sent, "postingPeriod", "postingPeriod"))
            return None
        if not str(period["startdate"]) <= day <= str(period["enddate"]):
            work.faults.append(user_detail(OUTSIDE, "tranDate"))
            return None
    else:
        period = work.one(
            "SELECT * FROM accountingperiod WHERE startdate <= ? AND enddate >= ? AND isyear = 'F'"
            " AND isquarter = 'F' AND isadjust = 'F' AND isposting = 'T' AND isinactive = 'F' ORDER BY id LIMIT 1",
            day,
            day,
        )
        if period is None:
            if work.value("SELECT 1 FROM accountingperiod LIMIT 1") is not None:
                work.faults.append(user_detail(OUTSIDE, "tranDate"))
            return None
    if (fault := _shut(period, code)) is not None:
        work.faults.append(user_detail(fault, "postingPeriod" if sent is not None else "tranDate"))
    return period["id"]


def check_open(work: Work, current: Row) -> None:
    """A fault where a stored document lies in a period in which nothing may change any more."""
    if current["posting"] != "T" or current["postingperiod"] is None:
        return
    period = work.one("SELECT * FROM accountingperiod WHERE id = ?", current["postingperiod"])
    if period is not None and (fault := _shut(period, str(current["type"]))) is not None:
        work.faults.append(user_detail(fault))


def _shut(period: Row, code: str) -> str | None:
    if period["closed"] == "T":
        return CLOSED
    locked = (
        period["alllocked"] == "T"
        or (period["arlocked"] == "T" and code in _RECEIVABLE)
        or (period["aplocked"] == "T" and code in _PAYABLE)
    )
    return LOCKED if locked else None
