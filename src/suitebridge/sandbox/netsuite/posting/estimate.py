"""estimate: posts nothing; its status says whether it is open, was processed into an order, closed or expired."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.model import Account, Header, Line, Posted
from suitebridge.sandbox.netsuite.posting.trade import SALE, income_of, trade

TYPE = "Estimate"
OPEN, PROCESSED, CLOSED, VOIDED, EXPIRED = "A", "B", "C", "V", "X"


class Estimate(Struct, frozen=True, gc=False):
    """An estimate. `nonposting` is the company's account "Estimates" of type NonPosting."""

    header: Header
    lines: tuple[Line, ...]
    nonposting: Account
    processed: bool = False
    closed: bool = False
    expired: bool = False


def post_estimate(document: Estimate) -> Posted:
    """Lines with posting F and the status letter."""
    result = trade(document.header, document.lines, SALE, document.nonposting, income_of, posting=False, order=True)
    if document.processed:
        status = PROCESSED
    elif document.closed:
        status = CLOSED
    else:
        status = EXPIRED if document.expired else OPEN
    return Posted(TYPE, status, False, result.total, tuple(result.lines), result.entries, taxes=result.taxes)
