"""vendorPayment: money out against the payable, at the rates of the bills, the difference realized."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.model import Account, Application, Header, Posted
from suitebridge.sandbox.netsuite.posting.settlement import settle

TYPE = "VendPymt"
PENDING_APPROVAL, IN_TRANSIT, CONFIRMED, DECLINED, APPROVED, VOIDED = "A", "B", "C", "E", "F", "V"


class VendorPayment(Struct, frozen=True, gc=False):
    """A payment of `amount` in the header's currency to a vendor."""

    header: Header
    amount: int
    fund: Account
    payable: Account
    applications: tuple[Application, ...] = ()
    gain_loss: Account | None = None
    status: str = APPROVED


def post_vendor_payment(document: VendorPayment) -> Posted:
    """Payable debited, fund credited."""
    result = settle(
        document.header,
        document.amount,
        document.applications,
        main=document.fund,
        control=document.payable,
        direction=-1,
        control_type="AP",
        gain_loss=document.gain_loss,
    )
    return Posted(TYPE, document.status, True, -document.amount, result.lines, result.entries)
