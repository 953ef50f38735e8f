"""cashSale: money at once against income and tax; without an order it takes the goods out of stock itself."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.balance import Leg
from suitebridge.sandbox.netsuite.posting.model import Account, Header, Line, Posted, PostedLine, StockMove
from suitebridge.sandbox.netsuite.posting.stock_cost import LEAVE, cost_lines, moved_items
from suitebridge.sandbox.netsuite.posting.trade import SALE, income_of, next_free_line, trade

TYPE = "CashSale"
UNAPPROVED, NOT_DEPOSITED, DEPOSITED = "A", "B", "C"


class CashSale(Struct, frozen=True, gc=False):
    """A cash sale. `fund` is undeposited funds or a bank account; `ships` is False where an order ships."""

    header: Header
    lines: tuple[Line, ...]
    fund: Account
    deposited: bool = False
    ships: bool = True


def post_cash_sale(document: CashSale) -> Posted:
    """Income and tax against the fund; cost of goods sold and stock moves where the sale itself ships."""
    header = document.header
    lines = document.lines
    extra: tuple[tuple[Leg, PostedLine], ...] = ()
    moves: tuple[StockMove, ...] = ()
    if document.ships:
        costs = cost_lines(
            header,
            moved_items(lines, header.books[0].unit),
            LEAVE,
            next_free_line(lines),
            item_lines=False,
        )
        extra = costs.pairs
        moves = costs.moves

    def main(amount: int, base: int) -> PostedLine:
        return PostedLine(0, amount, base, "PAYMENT", mainline=True)

    result = trade(header, lines, SALE, document.fund, income_of, posting=True, extra=extra, main=main)
    return Posted(
        TYPE,
        DEPOSITED if document.deposited else NOT_DEPOSITED,
        True,
        result.total,
        tuple(result.lines),
        result.entries,
        taxes=result.taxes,
        stock=moves,
    )
