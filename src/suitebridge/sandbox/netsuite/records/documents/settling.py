"""Applying one document to another: what is left of each, and the status that follows (sublist `apply`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.posting import (
    Application,
    Book,
    Entry,
    Posted,
    PostedLine,
    PostingError,
    entry_values,
    released,
    restate_paid,
    restate_used,
)
from suitebridge.sandbox.netsuite.posting.columns import ENTRY_COLUMNS
from suitebridge.sandbox.netsuite.posting.money import share
from suitebridge.sandbox.netsuite.records.documents.links import FROM_DEPOSIT, PAID, before, link, link_lines
from suitebridge.sandbox.netsuite.records.documents.orders import set_status, touch
from suitebridge.sandbox.netsuite.records.documents.rows import refused
from suitebridge.sandbox.netsuite.records.rowvalues import extra_values
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

PAYABLE_TYPES = frozenset({"CustInvc", "VendBill"})
DRAWN_ON = {"CustCred": 0, "VendCred": 0, "CustPymt": 1, "CustDep": 1, "VendPymt": 1}
"""The line of each type that others draw on."""

_APPLIED = "appliedBase"
"""Under this name a settling document keeps what it took of each other one, book by book, in base currency."""

_OPEN_AND_DONE = ("A", "B")
_DEPOSITED, _USED_UP = "B", "C"


@dataclass(slots=True)
class Open:
    """A document that can be settled or drawn on: what is left of it, in its own and in each book's base currency."""

    row: Row
    line: int
    total: int
    done: int
    account: int
    entries: list[Entry]
    done_base: list[int]
    subsidiary: Stored
    entity: Stored

    @property
    def left(self) -> int:
        """What is not yet settled or used."""
        return self.total - self.done

    @property
    def pays(self) -> bool:
        """Whether it is settled (an invoice or bill), rather than drawn on."""
        return self.row["type"] in PAYABLE_TYPES


def read_open(work: Work, row: Row) -> Open | None:
    """The document as it stands; None for a type that is neither settled nor drawn on."""
    kind = str(row["type"])
    line = 0 if kind in PAYABLE_TYPES else DRAWN_ON.get(kind)
    if line is None:
        return None
    posted = work.one('SELECT * FROM transactionline WHERE "transaction" = ? AND id = ?', row["id"], line)
    rows = work.rows(
        "SELECT a.* FROM transactionaccountingline a LEFT JOIN accountingbook b ON b.id = a.accountingbook"
        ' WHERE a."transaction" = ? AND a.transactionline = ? ORDER BY b.isprimary DESC, a.accountingbook',
        row["id"],
        line,
    )
    if posted is None or not rows:
        return None
    paid = kind in PAYABLE_TYPES
    entries = [_entry(each) for each in rows]
    done = posted["foreignamountpaid" if paid else "foreignpaymentamountused"]
    return Open(
        row,
        line,
        abs(_int(row["foreigntotal"])),
        _int(done),
        entries[0].account,
        entries,
        [_int(each["amountpaid" if paid else "paymentamountused"]) for each in rows],
        posted["subsidiary"],
        row["entity"],
    )


def settle(work: Work, found: Open, amount: int, books: Sequence[Book]) -> Application:
    """Settles or draws on `amount` of a document, and writes how it stands. RecordRefused beyond what is left."""
    totals = {entry.book: abs(entry.amount) for entry in found.entries}
    done = {entry.book: base for entry, base in zip(found.entries, found.done_base, strict=True)}
    left = [totals.get(book.id, 0) - done.get(book.id, 0) for book in books]
    try:
        base = released(found.left, left, amount, books)
    except PostingError as error:
        raise refused(error) from error
    more = {book.id: part for book, part in zip(books, base, strict=True)}
    found.done += amount
    found.done_base = [done[entry.book] + more.get(entry.book, 0) for entry in found.entries]
    _write(work, found)
    return Application(_int(found.row["id"]), amount, base, found.line)


def record(work: Work, made: Row, line: int, applied: Sequence[tuple[Open, Application]]) -> None:
    """Links a settling document, at its `line`, to what it settled, and keeps the base amounts with it."""
    for found, application in applied:
        drawn = made["type"] == "DepAppl" and not found.pays
        link(work, found.row, made, FROM_DEPOSIT if drawn else PAID, application.amount)
        if not drawn:
            link_lines(work, found.row, found.line, made, line, PAID, application.amount)
    kept = extra_values(made.get("extra"))
    kept[_APPLIED] = json.dumps({str(each.document): list(each.base) for _, each in applied})
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    work.tx.update("transaction", (made["id"],), {"extra": text})


def unapply(work: Work, current: Row) -> None:
    """Gives back what a document settled of others and drew on, before it is deleted."""
    number = current["id"]
    links = [*before(work, number, PAID), *before(work, number, FROM_DEPOSIT)]
    if not links:
        return
    text = extra_values(current["extra"]).get(_APPLIED)
    kept: dict[str, list[int]] = json.loads(text) if isinstance(text, str) else {}
    rest: dict[int, int] = {
        _int(each["accountingbook"]): _int(each["linked"])
        for each in work.rows(
            'SELECT accountingbook, SUM(amountlinked) AS linked FROM transactionaccountingline WHERE "transaction" = ?'
            " GROUP BY accountingbook",
            number,
        )
    }
    for place, each in enumerate(links):
        row = work.tx.get("transaction", (each["previousdoc"],))
        found = read_open(work, row) if row is not None else None
        if found is None:
            continue
        amount = _int(each["foreignamount"])
        base = kept.get(str(each["previousdoc"]))
        if base is None:
            # Documents that kept no base amounts took a share; the last of several took what was left.
            last = place == len(links) - 1 and each["linktype"] == PAID
            base = [
                rest.get(entry.book, 0) if last else share(done, amount, found.done) if found.done else 0
                for entry, done in zip(found.entries, found.done_base, strict=True)
            ]
        for entry, part in zip(found.entries, base, strict=False):
            rest[entry.book] = rest.get(entry.book, 0) - part
        found.done = max(0, found.done - amount)
        found.done_base = [max(0, done - part) for done, part in zip(found.done_base, base, strict=False)]
        _write(work, found)


def _write(work: Work, found: Open) -> None:
    row = found.row
    kind = str(row["type"])
    main = PostedLine(found.line, 0, 0)
    posted = Posted(kind, str(row["status"]), True, _int(row["foreigntotal"]), (main,), tuple(found.entries))
    try:
        if found.pays:
            after = restate_paid(posted, found.done, found.done_base, _OPEN_AND_DONE)
        else:
            after = restate_used(posted, found.line, found.done, found.done_base, _statuses(row))
    except PostingError as error:
        raise refused(error) from error
    line = after.lines[0]
    changes: Row = (
        {"foreignamountpaid": line.paid, "foreignamountunpaid": line.unpaid}
        if found.pays
        else {"foreignpaymentamountused": line.used, "foreignpaymentamountunused": line.unused}
    )
    work.tx.update("transactionline", (row["id"], found.line), changes)
    for entry in after.entries:
        values: Row = dict(zip(ENTRY_COLUMNS, entry_values(entry), strict=True))
        names = ("amountpaid", "amountunpaid", "amountlinked", "paymentamountused", "paymentamountunused")
        work.tx.update(
            "transactionaccountingline",
            (row["id"], entry.line, entry.book),
            {name: values[name] for name in names},
        )
    header: Row = dict(changes) if found.pays else {}
    if found.pays:
        header["closedate"] = work.today if line.unpaid == 0 else None
    touch(work, row, header)
    set_status(work, row, after.status or str(row["status"]))


def _statuses(row: Row) -> tuple[str | None, str | None]:
    kind = row["type"]
    if kind == "CustDep":
        return (_DEPOSITED if row["status"] == _USED_UP else str(row["status"])), _USED_UP
    if kind in ("CustPymt", "VendPymt"):
        return str(row["status"]), str(row["status"])
    return _OPEN_AND_DONE


def _entry(row: Row) -> Entry:
    return Entry(
        _int(row["transactionline"]),
        _int(row["accountingbook"]),
        _int(row["account"]),
        str(row["accounttype"]),
        _optional(row["debit"]),
        _optional(row["credit"]),
        _int(row["amount"]),
        row["posting"] == "T",
        _int(row["exchangerate"]),
        _optional(row["amountpaid"]),
        _optional(row["amountunpaid"]),
        _optional(row["amountlinked"]),
        _optional(row["paymentamountused"]),
        _optional(row["paymentamountunused"]),
    )


def _optional(value: Stored) -> int | None:
    return value if isinstance(value, int) else None


def _int(value: Stored) -> int:
    return value if isinstance(value, int) else 0
