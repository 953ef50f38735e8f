"""The accounts that documents post to besides those of their lines, found by their part in the chart."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import Account
from suitebridge.sandbox.netsuite.records.errors import invalid_value, user_error
from suitebridge.sandbox.netsuite.records.order_lines import special_account
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work

RECEIVABLE, PAYABLE, DEPOSITS, UNDEPOSITED = "AcctRec", "AcctPay", "CustDep", "UndepFunds"
ACCRUED, GAIN_LOSS, COST, STOCK = "InvtRecNotBilled", "RealizedGain", "COGS", "InvtAsset"
_TITLES = {
    RECEIVABLE: "accounts receivable",
    PAYABLE: "accounts payable",
    DEPOSITS: "customer deposits",
    UNDEPOSITED: "undeposited funds",
    ACCRUED: "inventory received not billed",
}


def special(work: Work, part: str) -> Account:
    """The account with that part in the chart. RecordRefused where there is none."""
    found = special_account(work, part)
    if found is None:
        raise user_error(f"The chart of accounts has no account for {_TITLES.get(part, part)}.")
    return found


def named_account(work: Work, name: str, kind: str | None = None) -> Account | None:
    """The first account in use of that full name."""
    row = work.one(
        "SELECT id, accttype FROM account WHERE (fullname = ? OR fullname LIKE '% : ' || ?) AND isinactive = 'F'"
        " AND accttype = COALESCE(?, accttype) ORDER BY id LIMIT 1",
        name,
        name,
        kind,
    )
    return None if row is None else _account(row["id"], row["accttype"])


def nonposting(work: Work, name: str) -> Account:
    """The account of a kind of order. RecordRefused where the chart has no such account."""
    row = work.one(
        "SELECT id, accttype FROM account WHERE accttype = 'NonPosting' ORDER BY fullname <> ?, id LIMIT 1", name
    )
    if row is None:
        raise user_error(f"The chart of accounts has no account for {name.lower()}.")
    return Account(_number(row["id"]), str(row["accttype"]))


def chosen(work: Work, number: Stored, kinds: frozenset[str], field: str) -> Account | None:
    """The account that was sent for a field, a fault where it is not of these types or not in use."""
    row = work.one("SELECT id, accttype, isinactive, issummary FROM account WHERE id = ?", number)
    if row is None or row["accttype"] not in kinds or row["isinactive"] == "T" or row["issummary"] == "T":
        work.faults.append(invalid_value(number, field.rsplit(".", 1)[-1], field))
        return None
    return _account(row["id"], row["accttype"])


def _account(number: Stored, kind: Stored) -> Account:
    return Account(_number(number), str(kind))


def _number(value: Stored) -> int:
    assert isinstance(value, int)
    return value
