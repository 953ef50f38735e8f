"""vendorBill: expense, asset or accrued goods against the payable; open until it is paid in full."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.balance import needed
from suitebridge.sandbox.netsuite.posting.model import Account, Header, Line, Posted, PostedLine
from suitebridge.sandbox.netsuite.posting.purchase import purchase_account
from suitebridge.sandbox.netsuite.posting.settlement import restate_paid
from suitebridge.sandbox.netsuite.posting.trade import PURCHASE, trade

TYPE = "VendBill"
OPEN, PAID, CANCELLED, PENDING_APPROVAL, REJECTED = "A", "B", "C", "D", "E"
STATUSES = (OPEN, PAID)


class VendorBill(Struct, frozen=True, gc=False):
    """A bill. `accrual` is the account receipts were credited to; a line's `accrued` says with how much.

    `variance` takes the difference between what a receipt accrued and what the bill says.
    """

    header: Header
    lines: tuple[Line, ...]
    payable: Account
    accrual: Account | None = None
    variance: Account | None = None
    approved: bool = True


def post_vendor_bill(document: VendorBill) -> Posted:
    """A bill of which nothing is paid yet; `restate_paid` with STATUSES follows its payments.

    A line whose `accrued` is given clears exactly that from the accrual account; a variance line takes the rest.
    """
    header = document.header
    approved = document.approved

    def account_of(line: Line) -> Account:
        return purchase_account(line, document.accrual)

    def main(amount: int, base: int) -> PostedLine:
        return PostedLine(0, amount, base, "AP", mainline=True, paid=0, unpaid=-amount)

    received = any(line.accrued is not None for line in document.lines)
    result = trade(
        header,
        document.lines,
        PURCHASE,
        document.payable,
        account_of,
        posting=approved,
        main=main,
        variance=needed(document.variance, "what receipt and bill differ by") if received else None,
    )
    posted = Posted(
        TYPE,
        OPEN if approved else PENDING_APPROVAL,
        approved,
        -result.total,
        tuple(result.lines),
        result.entries,
        0,
        result.total,
        result.taxes,
    )
    return restate_paid(posted, 0, (0,) * len(header.books), STATUSES) if approved else posted
