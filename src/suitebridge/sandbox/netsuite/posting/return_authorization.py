"""returnAuthorization: posts nothing; mirrors a sales order with lines that come back."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.model import Account, Header, Line, Posted
from suitebridge.sandbox.netsuite.posting.order_status import order_status
from suitebridge.sandbox.netsuite.posting.trade import SALES_RETURN, income_of, trade

TYPE = "RtnAuth"


class ReturnAuthorization(Struct, frozen=True, gc=False):
    """A return; `nonposting` is "Return Authorizations" of type NonPosting. `shipped` of a line is what came back."""

    header: Header
    lines: tuple[Line, ...]
    nonposting: Account
    approved: bool = True
    cancelled: bool = False


def post_return_authorization(document: ReturnAuthorization) -> Posted:
    """Lines with posting F, quantities received and refunded, and the status letter A to H."""
    result = trade(
        document.header,
        document.lines,
        SALES_RETURN,
        document.nonposting,
        income_of,
        posting=False,
        order=True,
    )
    status = order_status(document.lines, approved=document.approved, cancelled=document.cancelled)
    return Posted(TYPE, status, False, -result.total, tuple(result.lines), result.entries, taxes=result.taxes)
