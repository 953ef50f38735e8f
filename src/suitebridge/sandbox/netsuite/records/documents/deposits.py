"""customerDeposit and depositApplication: money in advance, and its use for invoices (help: Customer Deposits)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import (
    CustomerDeposit,
    DepositApplication,
    PostingError,
    post_customer_deposit,
    post_deposit_application,
)
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.applying import (
    belongs_to_customer,
    check_chosen,
    chosen_documents,
    share_out,
)
from suitebridge.sandbox.netsuite.records.documents.chart import DEPOSITS, GAIN_LOSS, RECEIVABLE, special
from suitebridge.sandbox.netsuite.records.documents.frame import check_currency, check_subsidiary, frame, main_line
from suitebridge.sandbox.netsuite.records.documents.links import ORDER_DEPOSIT, link
from suitebridge.sandbox.netsuite.records.documents.money_header import amount_of, fund_of, money_header
from suitebridge.sandbox.netsuite.records.documents.rows import day_of, period_of, refused, write_document
from suitebridge.sandbox.netsuite.records.documents.settling import read_open, record, settle
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values, user_detail
from suitebridge.sandbox.netsuite.records.order_header import find_party
from suitebridge.sandbox.netsuite.records.order_lines import special_account
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

RELATIONS = "customersubsidiaryrelationship"
USED_UP = "This deposit is applied in full."
_INVOICES = frozenset({"CustInvc"})


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A deposit, of its own or for a sales order of the customer."""
    labels = [
        label
        for name, label in (("customer", "Customer"), ("payment", "Payment Amount"))
        if not parsed.has(name) and name not in parsed.refused
    ]
    if labels:
        work.faults.append(missing_values(labels))
    if not parsed.has("customer"):
        work.refuse()
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    party = find_party(work, parsed.get("customer"))
    work.refuse()
    assert party is not None
    order = work.tx.get("transaction", (parsed.get("salesorder"),)) if parsed.has("salesorder") else None
    if order is not None:
        if not belongs_to_customer(work, party.row["id"])(order["entity"]):
            work.faults.append(invalid_value(order["id"], "salesOrder", "salesOrder"))
        if not parsed.has("subsidiary"):
            parsed.values["subsidiary"] = main_line(work, order["id"]).get("subsidiary")
        if not parsed.has("currency"):
            parsed.values["currency"] = order["currency"]
    created_from = order["id"] if order is not None else None
    header = money_header(work, parsed, party.row, RELATIONS, (), day, created_from)
    fund, deposited = fund_of(work, parsed, header.currency)
    money = amount_of(work, parsed, "payment", header.unit)
    work.refuse()
    try:
        posted = post_customer_deposit(CustomerDeposit(header, money or 0, fund, special(work, DEPOSITS), deposited))
    except PostingError as error:
        raise refused(error) from error
    made = write_document(work, bound, parsed, header, posted, {"trandate": day, "postingperiod": period})
    if order is not None:
        link(work, order, made, ORDER_DEPOSIT, money)
    number = made["id"]
    assert isinstance(number, int)
    return number


def apply_deposit(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """Uses a deposit for the invoices that the body names."""
    deposit = read_open(work, row)
    if deposit is None or not deposit.left:
        work.faults.append(user_detail(USED_UP))
        work.refuse()
    assert deposit is not None
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    main = main_line(work, row["id"])
    check_subsidiary(work, parsed, main)
    check_currency(work, parsed, row["currency"])
    header = frame(work, parsed, main, entity=row["entity"], currency=row["currency"], day=day, created_from=row["id"])
    settled = chosen_documents(work, bound, parsed, "apply", _INVOICES)
    receivable = special(work, RECEIVABLE)
    check_chosen(
        work,
        settled,
        belongs=belongs_to_customer(work, row["entity"]),
        subsidiary=header.subsidiary,
        currency=header.currency,
        account=receivable.id,
    )
    parts = share_out(work, settled, deposit.left)
    if not parts and not work.faults:
        work.faults.append(missing_values(["Apply"], "apply"))
    work.refuse()
    applied = [(found, settle(work, found, amount, header.books)) for found, amount in parts]
    drawn = settle(work, deposit, sum(each.amount for _, each in applied), header.books)
    try:
        posted = post_deposit_application(
            DepositApplication(
                header,
                drawn,
                special(work, DEPOSITS),
                receivable,
                tuple(each for _, each in applied),
                special_account(work, GAIN_LOSS),
            )
        )
    except PostingError as error:
        raise refused(error, "apply") from error
    made = write_document(work, bound, parsed, header, posted, {"trandate": day, "postingperiod": period})
    record(work, made, 1, [*applied, (deposit, drawn)])
    number = made["id"]
    assert isinstance(number, int)
    return number
