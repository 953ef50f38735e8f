"""customerPayment: money of a customer, applied to open invoices, the rest of it unapplied (section_159795523407)."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.sandbox.netsuite.posting import CustomerPayment, PostingError, post_customer_payment
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.applying import (
    Chosen,
    belongs_to_customer,
    check_chosen,
    chosen_documents,
    share_out,
)
from suitebridge.sandbox.netsuite.records.documents.chart import GAIN_LOSS, RECEIVABLE, chosen, special
from suitebridge.sandbox.netsuite.records.documents.money_header import amount_of, fund_of, money_header
from suitebridge.sandbox.netsuite.records.documents.rows import day_of, period_of, refused, write_document
from suitebridge.sandbox.netsuite.records.documents.settling import Open, read_open, record, settle
from suitebridge.sandbox.netsuite.records.errors import missing_values
from suitebridge.sandbox.netsuite.records.order_header import find_party
from suitebridge.sandbox.netsuite.records.order_lines import special_account
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

RELATIONS = "customersubsidiaryrelationship"
_INVOICES = frozenset({"CustInvc"})


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A payment from its body."""
    return _pay(work, bound, parsed, ())


def from_invoice(work: Work, bound: BoundType, row: Row, parsed: Parsed) -> int:
    """A payment of what is open on an invoice, or as the body has it."""
    found = read_open(work, row)
    first = () if found is None or row["posting"] != "T" or not found.left else (found,)
    if not parsed.has("customer"):
        party = find_party(work, row["entity"])
        parsed.values["customer"] = None if party is None else party.row["id"]
    return _pay(work, bound, parsed, first)


def _pay(work: Work, bound: BoundType, parsed: Parsed, first: Sequence[Open]) -> int:
    if not parsed.has("customer"):
        if "customer" not in parsed.refused:
            work.faults.append(missing_values(["Customer"]))
        work.refuse()
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    party = find_party(work, parsed.get("customer"))
    work.refuse()
    assert party is not None
    settled = chosen_documents(work, bound, parsed, "apply", _INVOICES, first)
    header = money_header(work, parsed, party.row, RELATIONS, settled, day)
    fund, deposited = fund_of(work, parsed, header.currency)
    receivable = special(work, RECEIVABLE) if not settled else None
    if parsed.has("aracct"):
        receivable = chosen(work, parsed.get("aracct"), frozenset({"AcctRec"}), "arAcct")
    elif settled:
        receivable = chosen(work, settled[0].found.account, frozenset({"AcctRec"}), "arAcct")
    money = amount_of(work, parsed, "payment", header.unit)
    if parsed.get("autoapply") == "T" and money is not None:
        settled = [*settled, *_oldest(work, header.entity, header.subsidiary, header.currency, settled)]
    if receivable is not None:
        check_chosen(
            work,
            settled,
            belongs=belongs_to_customer(work, party.row["id"]),
            subsidiary=header.subsidiary,
            currency=header.currency,
            account=receivable.id,
        )
    parts = share_out(work, settled, money)
    if money is None and not parts and "payment" not in parsed.refused and not work.faults:
        work.faults.append(missing_values(["Payment Amount"]))
    work.refuse()
    assert receivable is not None
    applied = [(found, settle(work, found, amount, header.books)) for found, amount in parts]
    amount = money if money is not None else sum(each.amount for _, each in applied)
    try:
        posted = post_customer_payment(
            CustomerPayment(
                header,
                amount,
                fund,
                receivable,
                tuple(each for _, each in applied),
                special_account(work, GAIN_LOSS),
                deposited,
            )
        )
    except PostingError as error:
        raise refused(error, "apply") from error
    made = write_document(work, bound, parsed, header, posted, {"trandate": day, "postingperiod": period})
    record(work, made, 1, applied)
    number = made["id"]
    assert isinstance(number, int)
    return number


def _oldest(work: Work, entity: int | None, subsidiary: int, currency: int, settled: Sequence[Chosen]) -> list[Chosen]:
    """Open invoices that the body does not name, the ones due first at the head."""
    named = {each.found.row["id"] for each in settled}
    rows = work.rows(
        'SELECT t.* FROM "transaction" t JOIN transactionline m ON m."transaction" = t.id AND m.id = 0'
        " WHERE t.type = 'CustInvc' AND t.entity = ? AND t.currency = ? AND m.subsidiary = ? AND t.posting = 'T'"
        " AND t.foreignamountunpaid > 0 ORDER BY t.duedate, t.id",
        entity,
        currency,
        subsidiary,
    )
    result: list[Chosen] = []
    for row in rows:
        found = read_open(work, row) if row["id"] not in named else None
        if found is not None:
            result.append(Chosen(found, None, "apply"))
    return result
