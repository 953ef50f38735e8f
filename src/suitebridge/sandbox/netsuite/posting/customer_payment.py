"""customerPayment: money against the receivable; what is not applied waits on the receivable as well."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.model import Account, Application, Header, Posted
from suitebridge.sandbox.netsuite.posting.settlement import settle

TYPE = "CustPymt"
UNAPPROVED, NOT_DEPOSITED, DEPOSITED = "A", "B", "C"


class CustomerPayment(Struct, frozen=True, gc=False):
    """A payment of `amount` in the header's currency, applied to invoices of that currency."""

    header: Header
    amount: int
    fund: Account
    receivable: Account
    applications: tuple[Application, ...] = ()
    gain_loss: Account | None = None
    deposited: bool = False


def post_customer_payment(document: CustomerPayment) -> Posted:
    """Fund debited, receivable credited at the rates of the invoices, the difference realized."""
    result = settle(
        document.header,
        document.amount,
        document.applications,
        main=document.fund,
        control=document.receivable,
        direction=1,
        control_type="AR",
        gain_loss=document.gain_loss,
    )
    status = DEPOSITED if document.deposited else NOT_DEPOSITED
    return Posted(TYPE, status, True, document.amount, result.lines, result.entries)
