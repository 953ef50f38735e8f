"""journalEntry: debits and credits as entered; they must balance in the document's currency."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.balance import Leg, enter, needed
from suitebridge.sandbox.netsuite.posting.errors import UnbalancedError
from suitebridge.sandbox.netsuite.posting.model import Header, Line, Posted, PostedLine

TYPE = "Journal"
PENDING, APPROVED, VOIDED = "A", "B", "V"


class JournalEntry(Struct, frozen=True, gc=False):
    """A journal. A line's `amount` is positive for a debit, negative for a credit; line ids start at 0."""

    header: Header
    lines: tuple[Line, ...]
    approved: bool = True


def post_journal_entry(document: JournalEntry) -> Posted:
    """One accounting line for each line; the first line is the main line. Raises UnbalancedError."""
    header = document.header
    difference = sum(line.amount for line in document.lines)
    if difference or not document.lines:
        raise UnbalancedError(f"debits and credits of the journal differ by {difference}")
    legs = [Leg(line.id, needed(line.account, "a journal line"), line.amount) for line in document.lines]
    amounts, entries = enter(legs, header.books, document.approved)
    lines = tuple(
        PostedLine(
            line.id,
            line.amount,
            amount,
            mainline=place == 0,
            account=leg.account.id,
            source=line,
        )
        for place, (line, leg, amount) in enumerate(zip(document.lines, legs, amounts, strict=True))
    )
    total = sum(line.amount for line in document.lines if line.amount > 0)
    return Posted(TYPE, APPROVED if document.approved else PENDING, document.approved, total, lines, entries)
