"""invoice: the receivable against income, shipping and tax; open until it is paid in full."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from suitebridge.sandbox.netsuite.posting.balance import Leg
from suitebridge.sandbox.netsuite.posting.model import Account, Header, Line, Posted, PostedLine, StockMove
from suitebridge.sandbox.netsuite.posting.settlement import restate_paid
from suitebridge.sandbox.netsuite.posting.stock_cost import LEAVE, cost_lines, moved_items
from suitebridge.sandbox.netsuite.posting.trade import SALE, income_of, next_free_line, trade

TYPE = "CustInvc"
OPEN, PAID, PENDING_APPROVAL, REJECTED, VOIDED = "A", "B", "D", "E", "V"
STATUSES = (OPEN, PAID)


class Invoice(Struct, frozen=True, gc=False):
    """An invoice. One that is not approved posts nothing; one without an order `ships` its goods itself."""

    header: Header
    lines: tuple[Line, ...]
    receivable: Account
    approved: bool = True
    rejected: bool = False
    ships: bool = False


def post_invoice(document: Invoice) -> Posted:
    """An invoice of which nothing is paid yet; `restate_paid` with STATUSES follows its payments."""
    approved = document.approved and not document.rejected
    extra: tuple[tuple[Leg, PostedLine], ...] = ()
    moves: tuple[StockMove, ...] = ()
    if document.ships and approved:
        goods = moved_items(document.lines, document.header.books[0].unit)
        costs = cost_lines(document.header, goods, LEAVE, next_free_line(document.lines), item_lines=False)
        extra, moves = costs.pairs, costs.moves

    def main(amount: int, base: int) -> PostedLine:
        return PostedLine(0, amount, base, "AR", mainline=True, paid=0, unpaid=amount)

    result = trade(
        document.header,
        document.lines,
        SALE,
        document.receivable,
        income_of,
        posting=approved,
        extra=extra,
        main=main,
    )
    posted = Posted(
        TYPE,
        OPEN,
        approved,
        result.total,
        tuple(result.lines),
        result.entries,
        0,
        result.total,
        result.taxes,
        moves,
    )
    if not approved:
        return replace(posted, status=REJECTED if document.rejected else PENDING_APPROVAL)
    return restate_paid(posted, 0, (0,) * len(document.header.books), STATUSES)
