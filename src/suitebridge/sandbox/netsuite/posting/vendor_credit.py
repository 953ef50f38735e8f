"""vendorCredit: takes a bill's expense or goods back and lowers what is payable."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.credit import post_credit
from suitebridge.sandbox.netsuite.posting.model import Account, Application, Header, Line, Posted
from suitebridge.sandbox.netsuite.posting.purchase import purchase_account
from suitebridge.sandbox.netsuite.posting.trade import PURCHASE_RETURN

TYPE = "VendCred"
LINE = 0
"""The line that applications draw on: the payable."""


class VendorCredit(Struct, frozen=True, gc=False):
    """A vendor credit; `accrual` as on a bill."""

    header: Header
    lines: tuple[Line, ...]
    payable: Account
    accrual: Account | None = None
    applications: tuple[Application, ...] = ()
    gain_loss: Account | None = None


def post_vendor_credit(document: VendorCredit) -> Posted:
    """Mirror of a bill with its applications; later ones by `restate_used`, LINE and credit.STATUSES."""

    def account_of(line: Line) -> Account:
        return purchase_account(line, document.accrual)

    return post_credit(
        TYPE,
        document.header,
        document.lines,
        PURCHASE_RETURN,
        document.payable,
        "AP",
        account_of,
        document.applications,
        document.gain_loss,
    )
