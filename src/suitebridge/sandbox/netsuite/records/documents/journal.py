"""journalEntry: debits and credits as entered (help: Making Journal Entries)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import JournalEntry, Line, PostingError, post_journal_entry
from suitebridge.sandbox.netsuite.posting.money import to_unit
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.chart import chosen
from suitebridge.sandbox.netsuite.records.documents.frame import frame
from suitebridge.sandbox.netsuite.records.documents.rows import (
    APPROVED,
    PENDING,
    day_of,
    period_of,
    refused,
    write_document,
)
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values, user_detail
from suitebridge.sandbox.netsuite.records.order_draft import MAX_AMOUNT, TOO_LARGE
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Line as SentLine
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.schema.accounting import ACCOUNT_TYPE_LABELS
from suitebridge.sandbox.netsuite.store import Row

UNBALANCED = "The debits and credits of this journal entry do not balance."
ONE_SIDE = "A line of a journal entry is either a debit or a credit."
_POSTABLE = frozenset(ACCOUNT_TYPE_LABELS) - {"NonPosting", "Stat"}
_OWED = frozenset({"AcctRec", "AcctPay"})


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A journal entry, which posts unless `approved` is false. RecordRefused where it does not balance."""
    oneworld = work.has_table("subsidiary")
    if oneworld and not parsed.has("subsidiary") and "subsidiary" not in parsed.refused:
        work.faults.append(missing_values(["Subsidiary"]))
    day = day_of(work, parsed)
    period = period_of(work, bound, parsed, day)
    main: Row = {"subsidiary": parsed.get("subsidiary")}
    header = frame(work, parsed, main, entity=None, currency=parsed.get("currency"), day=day)
    sent = parsed.sublists.get("line") or []
    lines = [line for at, each in enumerate(sent) if (line := _line(work, each, at, header.unit)) is not None]
    if not work.faults and (len(lines) < 2 or sum(line.amount for line in lines)):
        work.faults.append(user_detail(UNBALANCED, "line"))
    work.refuse()
    approved = parsed.get("approved") != "F" and parsed.get("approvalstatus") != PENDING
    try:
        posted = post_journal_entry(JournalEntry(header, tuple(lines), approved))
    except PostingError as error:
        raise refused(error, "line") from error
    facts: Row = {
        "trandate": day,
        "postingperiod": period,
        "approvalstatus": APPROVED if approved else PENDING,
    }
    made = write_document(work, bound, parsed, header, posted, facts)
    number = made["id"]
    assert isinstance(number, int)
    return number


def _line(work: Work, sent: SentLine, number: int, unit: int) -> Line | None:
    body = sent.body
    debit, credit = _int(body.get("debit")), _int(body.get("credit"))
    if not body.has("account"):
        if "account" not in body.refused:
            work.faults.append(missing_values(["Account"], sent.path))
        return None
    account = chosen(work, body.get("account"), _POSTABLE, f"{sent.path}.account")
    if bool(debit) == bool(credit):
        work.faults.append(user_detail(ONE_SIDE, sent.path))
        return None
    amount = to_unit((debit or 0) - (credit or 0), unit)
    if abs(amount) > MAX_AMOUNT:
        work.faults.append(user_detail(TOO_LARGE, sent.path))
    if (debit or credit or 0) < 0:
        name = "debit" if debit else "credit"
        work.faults.append(invalid_value((debit or credit or 0) / 100, name, f"{sent.path}.{name}"))
        return None
    if account is None:
        return None
    if account.accttype in _OWED and not body.has("entity"):
        work.faults.append(missing_values(["Name"], sent.path))
    memo = body.get("memo")
    return Line(
        number,
        account=account,
        amount=amount,
        department=_int(body.get("department")),
        class_=_int(body.get("class")),
        location=_int(body.get("location")),
        entity=_int(body.get("entity")),
        memo=None if memo is None else str(memo),
    )


def _int(value: Stored) -> int | None:
    return value if isinstance(value, int) else None
