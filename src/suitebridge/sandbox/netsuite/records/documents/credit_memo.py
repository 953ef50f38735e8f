"""creditMemo: takes a sale back, and settles invoices or waits to be used."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.sandbox.netsuite.posting import (
    Account,
    Application,
    CreditMemo,
    Header,
    Line,
    Posted,
    post_credit_memo,
)
from suitebridge.sandbox.netsuite.posting.trade import document_total
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.applying import (
    belongs_to_customer,
    check_chosen,
    chosen_documents,
    share_out,
)
from suitebridge.sandbox.netsuite.records.documents.billing import mark_billed
from suitebridge.sandbox.netsuite.records.documents.chart import GAIN_LOSS, RECEIVABLE, chosen, named_account, special
from suitebridge.sandbox.netsuite.records.documents.entering import enter
from suitebridge.sandbox.netsuite.records.documents.orders import follow_up, load
from suitebridge.sandbox.netsuite.records.documents.picking import pick_lines
from suitebridge.sandbox.netsuite.records.documents.returned import pair_lines
from suitebridge.sandbox.netsuite.records.documents.seeding import seed
from suitebridge.sandbox.netsuite.records.documents.settling import Open, read_open, record, settle
from suitebridge.sandbox.netsuite.records.errors import user_detail
from suitebridge.sandbox.netsuite.records.order_header import OrderHeader
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine, special_account
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

OVER = "You cannot credit more than what was returned or billed."
_INVOICES = frozenset({"CustInvc"})
_OPEN = frozenset("BDEF")


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A credit by itself. It moves no goods; those come back by a return and its receipt."""
    number, _ = _enter(work, bound, parsed, None, ())
    return number


def from_invoice(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """Credits the lines of an invoice, and settles with it what is open of the invoice."""
    source = load(work, row)

    def whole(line: OrderLine) -> int:
        return line.quantity or 0

    picks = pick_lines(work, bound, parsed, source, whole, whole, OVER)
    work.refuse()
    seed(bound, parsed, source, picks, extras=len(picks) == sum(line.quantity is not None for line in source.lines))
    found = read_open(work, row)
    number, _ = _enter(work, bound, parsed, row, (found,) if found is not None and found.left else ())
    return number


def from_return(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """Credits what came back of a return, and what of it needs no receipt."""
    if row["status"] not in _OPEN:
        work.faults.append(user_detail("This return cannot be credited in its present status."))
        work.refuse()
    source = load(work, row)

    def came_back(line: OrderLine) -> int:
        return max(0, (line.shipped if source.moves(line) else line.quantity or 0) - line.billed)

    picks = pick_lines(work, bound, parsed, source, came_back, came_back, OVER)
    work.refuse()
    seed(bound, parsed, source, picks)
    number, lines = _enter(work, bound, parsed, row, ())
    made = work.tx.get("transaction", (number,)) or {}
    total = made["foreigntotal"]
    mark_billed(work, source, pair_lines(picks, lines), made, -total if isinstance(total, int) else 0)
    follow_up(work, source)
    return number


def _enter(
    work: Work, bound: BoundType, parsed: Parsed, source: Row | None, first: Sequence[Open]
) -> tuple[int, tuple[Line, ...]]:
    receivable = special(work, RECEIVABLE)
    if parsed.has("account"):
        receivable = chosen(work, parsed.get("account"), frozenset({"AcctRec"}), "account") or receivable
    elif first:
        receivable = Account(first[0].account, "AcctRec")
    settled = chosen_documents(work, bound, parsed, "apply", _INVOICES, first)
    entered: list[tuple[Line, ...]] = []
    applied: list[tuple[Open, Application]] = []

    def post(head: OrderHeader, lines: tuple[Line, ...]) -> Posted:
        header: Header = head.header
        entered.append(lines)
        check_chosen(
            work,
            settled,
            belongs=belongs_to_customer(work, head.party.row["id"]),
            subsidiary=header.subsidiary,
            currency=header.currency,
            account=receivable.id,
        )
        parts = share_out(work, settled, document_total(lines, header.unit))
        work.refuse()
        done = [(found, settle(work, found, amount, header.books)) for found, amount in parts]
        applied.extend(done)
        return post_credit_memo(
            CreditMemo(
                header,
                lines,
                receivable,
                tuple(each for _, each in done),
                special_account(work, GAIN_LOSS),
                named_account(work, "Returns and Allowances", "Income"),
            )
        )

    made, _ = enter(work, bound, parsed, post, source=source, returns=True)
    record(work, made, 0, applied)
    number = made["id"]
    assert isinstance(number, int)
    return number, entered[0]
