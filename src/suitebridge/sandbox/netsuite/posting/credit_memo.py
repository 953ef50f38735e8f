"""creditMemo: takes income and tax back and lowers the receivable, by settling invoices or by waiting to be used."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.credit import post_credit
from suitebridge.sandbox.netsuite.posting.model import Account, Application, Header, Line, Posted
from suitebridge.sandbox.netsuite.posting.trade import SALES_RETURN, income_of

TYPE = "CustCred"
LINE = 0
"""The line that applications draw on: the receivable."""


class CreditMemo(Struct, frozen=True, gc=False):
    """A credit memo. `returns` is the account for returned income where it is not the item's income account."""

    header: Header
    lines: tuple[Line, ...]
    receivable: Account
    applications: tuple[Application, ...] = ()
    gain_loss: Account | None = None
    returns: Account | None = None


def post_credit_memo(document: CreditMemo) -> Posted:
    """Mirror of an invoice with its applications; later ones (a refund) by `restate_used`, LINE and credit.STATUSES."""
    returns = document.returns

    def account_of(line: Line) -> Account:
        return returns if returns is not None and line.account is None else income_of(line)

    return post_credit(
        TYPE,
        document.header,
        document.lines,
        SALES_RETURN,
        document.receivable,
        "AR",
        account_of,
        document.applications,
        document.gain_loss,
    )
