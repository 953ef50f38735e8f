"""What follows from what: links between documents and between their lines (nexttransactionlink, …linelink)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

SHIPPED, BILLED, PAID = "ShipRcpt", "OrdBill", "Payment"
FROM_ESTIMATE, RETURNED, ORDER_DEPOSIT, FROM_DEPOSIT = "EstInvc", "SaleRet", "SOOrdDep", "DepAppl"


def link(work: Work, before: Row, after: Row, kind: str, amount: int | None = None) -> None:
    """`after` follows from `before`; both are rows of transaction, of which id, type and trandate are needed."""
    work.tx.insert("nexttransactionlink", {**_documents(before, after, kind), "foreignamount": amount})


def link_lines(
    work: Work, before: Row, before_line: int, after: Row, after_line: int, kind: str, amount: int | None = None
) -> None:
    """A line of `after` follows from a line of `before`."""
    work.tx.insert(
        "nexttransactionlinelink",
        {
            **_documents(before, after, kind),
            "previousline": before_line,
            "nextline": after_line,
            "foreignamount": amount,
        },
    )


def before(work: Work, document: Stored, kind: str) -> list[Row]:
    """The links of that kind that lead to a document."""
    return work.rows(
        "SELECT * FROM nexttransactionlink WHERE nextdoc = ? AND linktype = ? ORDER BY previousdoc", document, kind
    )


def lines_before(work: Work, document: Stored, kind: str) -> list[Row]:
    """The line links of that kind that lead to a document."""
    return work.rows(
        "SELECT * FROM nexttransactionlinelink WHERE nextdoc = ? AND linktype = ? ORDER BY previousdoc, previousline",
        document,
        kind,
    )


def _documents(before: Row, after: Row, kind: str) -> Row:
    return {
        "previousdoc": before["id"],
        "nextdoc": after["id"],
        "previoustype": before["type"],
        "nexttype": after["type"],
        "previousdate": before["trandate"],
        "nextdate": after["trandate"],
        "linktype": kind,
    }
