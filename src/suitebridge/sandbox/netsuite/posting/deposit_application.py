"""depositApplication: uses a customer deposit to settle invoices, without money moving."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.errors import OverAppliedError
from suitebridge.sandbox.netsuite.posting.model import Account, Application, Header, Posted
from suitebridge.sandbox.netsuite.posting.settlement import applied_sums, settle

TYPE = "DepAppl"


class DepositApplication(Struct, frozen=True, gc=False):
    """`deposit` says how much of which deposit is used, with its base amounts; `applications` what it settles."""

    header: Header
    deposit: Application
    liability: Account
    receivable: Account
    applications: tuple[Application, ...]
    gain_loss: Account | None = None


def post_deposit_application(document: DepositApplication) -> Posted:
    """Deposit liability debited at the deposit's rate, receivable credited at the invoices', the rest realized."""
    amount = document.deposit.amount
    applied, _ = applied_sums(document.applications, len(document.header.books))
    if applied != amount:
        raise OverAppliedError(f"{applied} applied, {amount} taken from the deposit")
    result = settle(
        document.header,
        amount,
        document.applications,
        main=document.liability,
        control=document.receivable,
        direction=1,
        control_type="AR",
        gain_loss=document.gain_loss,
        main_type="LIABILITY",
        main_fixed=document.deposit.base,
    )
    return Posted(TYPE, None, True, amount, result.lines, result.entries)
