"""A posted document into its rows: header, lines, accounting lines, tax details, stock and balances."""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.sandbox.netsuite.posting import Header, Posted, PostingError
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents import balances, stock
from suitebridge.sandbox.netsuite.records.documents.numbering import numbers
from suitebridge.sandbox.netsuite.records.documents.periods import posting_period
from suitebridge.sandbox.netsuite.records.errors import RecordRefused, user_error
from suitebridge.sandbox.netsuite.records.order_lines import OrderLine
from suitebridge.sandbox.netsuite.records.order_rows import write_entries, write_lines
from suitebridge.sandbox.netsuite.records.rowvalues import columns, defaults, extra
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.schema.statuses import TRANSACTION_TYPES
from suitebridge.sandbox.netsuite.store import Row

SOURCE = "restWebServices"
PENDING, APPROVED = 1, 2

_ALWAYS: Row = {
    "voided": "F",
    "source": SOURCE,
    "isreversal": "F",
    "intercoadj": "F",
    "isfinchrg": "F",
    "isbookspecific": "F",
    "reversaldefer": "F",
}
_NEVER_POST = frozenset({"Estimate", "SalesOrd", "PurchOrd", "RtnAuth"})


def day_of(work: Work, parsed: Parsed) -> str:
    """The day of a new document: as sent, else today."""
    return str(parsed.get("trandate") or work.today)


def period_of(work: Work, bound: BoundType, parsed: Parsed, day: str) -> int | None:
    """The period of a new document; faults where it cannot post then. None for orders, which post nothing."""
    if bound.definition.code in _NEVER_POST:
        return None
    found = posting_period(work, bound.definition.code, day, parsed.get("postingperiod"))
    return found if isinstance(found, int) else None


def refused(error: PostingError, path: str | None = None) -> RecordRefused:
    """A document that cannot be posted, as the answer says it."""
    text = str(error)
    return user_error(f"{text[:1].upper()}{text[1:]}.", path)


def write_document(
    work: Work,
    bound: BoundType,
    parsed: Parsed,
    header: Header,
    posted: Posted,
    facts: Row,
    drafts: Mapping[int, OrderLine] | None = None,
) -> Row:
    """Writes a new document with its id and numbers; gives its row. `facts` are columns beside what was posted; with
    an `id` among them that is the document's.
    """
    code = bound.definition.code
    shown = TRANSACTION_TYPES[code]
    row = columns(bound.fields, parsed.values)
    row.update(facts)
    defaults(bound.fields, row)
    number = facts.get("id")
    if not isinstance(number, int):
        number = work.tx.next_id("transaction")
    row.update(_ALWAYS)
    row.update(numbers(work, code, row.get("tranid")))
    row.update(
        {
            "id": number,
            "type": code,
            "recordtype": shown.record_type,
            "abbrevtype": shown.abbreviation,
            "posting": "T" if posted.posting else "F",
            "status": posted.status or "Y",
            "entity": header.entity,
            "currency": header.currency,
            "exchangerate": header.exchangerate,
            "foreigntotal": posted.foreigntotal,
            "foreignamountpaid": posted.paid,
            "foreignamountunpaid": posted.unpaid,
            "createdby": work.user(),
            "createddate": work.now,
            "lastmodifiedby": work.user(),
            "lastmodifieddate": work.now,
            "extra": extra(bound.fields, parsed.values, None),
        }
    )
    work.tx.insert("transaction", row)
    write_lines(work, number, header, posted, drafts or {}, {})
    write_entries(work, number, posted)
    stock.move(work, posted.stock)
    if posted.posting:
        balances.follow(work, number)
    return row
