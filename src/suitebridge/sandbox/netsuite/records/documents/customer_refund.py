"""customerRefund: money goes back for open credits, unapplied payments or deposits."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.sandbox.netsuite.posting import Account, CustomerRefund, PostingError, post_customer_refund
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.applying import (
    belongs_to_customer,
    check_chosen,
    chosen_documents,
    share_out,
)
from suitebridge.sandbox.netsuite.records.documents.chart import DEPOSITS, GAIN_LOSS, RECEIVABLE, special
from suitebridge.sandbox.netsuite.records.documents.customer_payment import RELATIONS
from suitebridge.sandbox.netsuite.records.documents.money_header import bank_of, money_header
from suitebridge.sandbox.netsuite.records.documents.rows import day_of, period_of, refused, write_document
from suitebridge.sandbox.netsuite.records.documents.settling import Open, read_open, record, settle
from suitebridge.sandbox.netsuite.records.errors import missing_values, user_detail
from suitebridge.sandbox.netsuite.records.order_header import find_party
from suitebridge.sandbox.netsuite.records.order_lines import special_account
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

MIXED = "Deposits cannot be refunded together with credits and payments."
_CREDITS, _DEPOSITS = frozenset({"CustCred", "CustPymt"}), frozenset({"CustDep"})


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A refund from its body."""
    return _refund(work, bound, parsed, ())


def from_credit(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """A refund of what is left of a credit memo or a payment."""
    found = read_open(work, row)
    parsed.values.setdefault("customer", row["entity"])
    return _refund(work, bound, parsed, (found,) if found is not None and found.left else ())


def _refund(work: Work, bound: BoundType, parsed: Parsed, first: Sequence[Open]) -> int:
    if not parsed.has("customer"):
        if "customer" not in parsed.refused:
            work.faults.append(missing_values(["Customer"]))
        work.refuse()
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    party = find_party(work, parsed.get("customer"))
    work.refuse()
    assert party is not None
    credits = chosen_documents(work, bound, parsed, "apply", _CREDITS, first)
    deposits = chosen_documents(work, bound, parsed, "deposit", _DEPOSITS)
    if credits and deposits:
        work.faults.append(user_detail(MIXED, "deposit"))
    settled = credits or deposits
    header = money_header(work, parsed, party.row, RELATIONS, settled, day)
    fund = bank_of(work, parsed, header.currency)
    owed = special(work, DEPOSITS if deposits else RECEIVABLE)
    if credits:
        owed = Account(credits[0].found.account, "AcctRec")
    check_chosen(
        work,
        settled,
        belongs=belongs_to_customer(work, party.row["id"]),
        subsidiary=header.subsidiary,
        currency=header.currency,
        account=owed.id,
    )
    parts = share_out(work, settled, None)
    if not parts and not work.faults:
        work.faults.append(missing_values(["Apply"], "apply"))
    work.refuse()
    assert fund is not None
    applied = [(found, settle(work, found, amount, header.books)) for found, amount in parts]
    try:
        posted = post_customer_refund(
            CustomerRefund(
                header,
                sum(each.amount for _, each in applied),
                fund,
                owed,
                tuple(each for _, each in applied),
                special_account(work, GAIN_LOSS),
                "LIABILITY" if deposits else "AR",
            )
        )
    except PostingError as error:
        raise refused(error, "apply") from error
    made = write_document(work, bound, parsed, header, posted, {"trandate": day, "postingperiod": period})
    record(work, made, 1, applied)
    number = made["id"]
    assert isinstance(number, int)
    return number
