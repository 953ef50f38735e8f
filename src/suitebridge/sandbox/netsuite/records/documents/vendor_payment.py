"""vendorPayment: money to a vendor for open bills."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.sandbox.netsuite.posting import Account, PostingError, VendorPayment, post_vendor_payment
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.applying import check_chosen, chosen_documents, share_out
from suitebridge.sandbox.netsuite.records.documents.chart import GAIN_LOSS, PAYABLE, special
from suitebridge.sandbox.netsuite.records.documents.money_header import bank_of, money_header
from suitebridge.sandbox.netsuite.records.documents.purchasing import RELATIONS, find_vendor
from suitebridge.sandbox.netsuite.records.documents.rows import day_of, period_of, refused, write_document
from suitebridge.sandbox.netsuite.records.documents.settling import Open, read_open, record, settle
from suitebridge.sandbox.netsuite.records.errors import missing_values
from suitebridge.sandbox.netsuite.records.order_lines import special_account
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

_BILLS = frozenset({"VendBill"})


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A payment of the bills that the body names."""
    return _pay(work, bound, parsed, ())


def from_bill(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """A payment of what is open on a bill, or as the body has it."""
    found = read_open(work, row)
    parsed.values.setdefault("entity", row["entity"])
    return _pay(work, bound, parsed, (found,) if found is not None and row["posting"] == "T" and found.left else ())


def _pay(work: Work, bound: BoundType, parsed: Parsed, first: Sequence[Open]) -> int:
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    vendor = find_vendor(work, parsed)
    settled = chosen_documents(work, bound, parsed, "apply", _BILLS, first)
    header = money_header(work, parsed, vendor, RELATIONS, settled, day)
    fund = bank_of(work, parsed, header.currency)
    payable = Account(settled[0].found.account, "AcctPay") if settled else special(work, PAYABLE)
    check_chosen(
        work,
        settled,
        belongs=lambda entity: entity == vendor["id"],
        subsidiary=header.subsidiary,
        currency=header.currency,
        account=payable.id,
    )
    parts = share_out(work, settled, None)
    if not parts and not work.faults:
        work.faults.append(missing_values(["Apply"], "apply"))
    work.refuse()
    assert fund is not None
    applied = [(found, settle(work, found, amount, header.books)) for found, amount in parts]
    try:
        posted = post_vendor_payment(
            VendorPayment(
                header,
                sum(each.amount for _, each in applied),
                fund,
                payable,
                tuple(each for _, each in applied),
                special_account(work, GAIN_LOSS),
            )
        )
    except PostingError as error:
        raise refused(error, "apply") from error
    made = write_document(work, bound, parsed, header, posted, {"trandate": day, "postingperiod": period})
    record(work, made, 1, applied)
    number = made["id"]
    assert isinstance(number, int)
    return number
