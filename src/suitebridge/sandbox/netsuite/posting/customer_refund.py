"""customerRefund: gives money back for open credit memos, unapplied payments or deposits."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.errors import OverAppliedError
from suitebridge.sandbox.netsuite.posting.model import Account, Application, Header, Posted
from suitebridge.sandbox.netsuite.posting.settlement import settle

TYPE = "CustRfnd"
UNDEFINED = "Y"


class CustomerRefund(Struct, frozen=True, gc=False):
    """A refund of `amount`, all of it applied. `owed` is the receivable, or Customer Deposits for a deposit refund."""

    header: Header
    amount: int
    fund: Account
    owed: Account
    applications: tuple[Application, ...]
    gain_loss: Account | None = None
    owed_type: str = "AR"


def post_customer_refund(document: CustomerRefund) -> Posted:
    """Receivable (or deposits) debited at the rates of what is refunded, fund credited, the difference realized."""
    result = settle(
        document.header,
        document.amount,
        document.applications,
        main=document.fund,
        control=document.owed,
        direction=-1,
        control_type=document.owed_type,
        gain_loss=document.gain_loss,
    )
    if result.unapplied:
        raise OverAppliedError(f"{result.unapplied} of the refund refunds nothing")
    return Posted(TYPE, UNDEFINED, True, -document.amount, result.lines, result.entries)
