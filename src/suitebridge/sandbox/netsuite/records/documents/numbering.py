"""Numbers of documents: `transactionNumber` counts each type without being given twice, `tranId` is shown to people."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.schema.statuses import TRANSACTION_TYPES
from suitebridge.sandbox.netsuite.store import Row

_FIRST = {
    "Estimate": ("EST", 1001),
    "CustInvc": ("INV", 2001),
    "ItemShip": ("IF", 3001),
    "CustPymt": ("PYMT", 4001),
    "CashSale": ("CS", 5001),
    "CustDep": ("CD", 6001),
    "DepAppl": ("DA", 6501),
    "CustCred": ("CM", 7001),
    "CustRfnd": ("CR", 7501),
    "RtnAuth": ("RMA", 8001),
    "ItemRcpt": ("IR", 9001),
    "PurchOrd": ("PO", 1001),
    "VendPymt": ("VP", 1001),
    "Journal": ("JE", 1001),
}
"""Prefix and first number by type; bills and credits of vendors bear the vendor's numbers."""


def numbers(work: Work, code: str, tranid: Stored) -> Row:
    """`transactionnumber`, `tranid` and the display name of a new document; a number that was sent stands."""
    shown = TRANSACTION_TYPES[code]
    known = work.numbers.get(code)
    if known is None:
        # The last one of its type is near the end of the table; the index by type would have to be sorted.
        last = work.value('SELECT transactionnumber FROM "transaction" WHERE +type = ? ORDER BY id DESC LIMIT 1', code)
        digits = str(last or "").removeprefix(shown.abbreviation)
        known = int(digits) if digits.isdigit() else 0
    number = work.numbers[code] = known + 1
    if tranid is None and code in _FIRST:
        prefix, first = _FIRST[code]
        tranid = f"{prefix}{first - 1 + number}"
    return {"transactionnumber": f"{shown.abbreviation}{number}", **named(code, tranid)}


def named(code: str, tranid: Stored) -> Row:
    """The number that people see, and the display name with it."""
    name = TRANSACTION_TYPES[code].name
    return {"tranid": tranid, "trandisplayname": f"{name} #{tranid}" if tranid is not None else name}
