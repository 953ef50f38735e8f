"""Approving and closing: what becomes of the lines of a return or a purchase order once it is there."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.sandbox.netsuite.posting import order_status
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.orders import Source, follow_up, load, status_lines, touch
from suitebridge.sandbox.netsuite.records.errors import invalid_value, user_detail
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

FOLLOWS = "Only the approval can be chosen; every other status follows from what was done with the order."
USED = "An order that later transactions were made from cannot be pending approval."
_TYPES = frozenset({"PurchOrd", "RtnAuth"})
_PENDING, _APPROVED = 1, 2


@dataclass(slots=True)
class Changes:
    """An order after what was sent, and the status that its approval gives it."""

    source: Source
    status: str
    approval: int


def prepare(work: Work, bound: BoundType, parsed: Parsed, current: Row) -> Changes | None:
    """The order with closed lines and its approval as sent; None where neither was said or it is no order."""
    if current["type"] not in _TYPES:
        return None
    closing = [each for each in parsed.sublists.get("item") or () if each.body.sent("isclosed")]
    sent = parsed.get("orderstatus")
    if not closing and sent is None:
        return None
    source = load(work, current)
    lines = {line.id: line for line in source.lines}
    for each in closing:
        number = each.body.get("line")
        line = lines.get(number) if isinstance(number, int) else None
        if line is None:
            work.faults.append(invalid_value(number, "line", f"{each.path}.line"))
        else:
            line.closed = each.body.get("isclosed") == "T"
    if sent not in (None, "A", "B", current["status"]):
        work.faults.append(user_detail(FOLLOWS, "orderStatus"))
    before = str(current["status"])
    if sent == "A" and any(line.touched for line in source.lines):
        work.faults.append(user_detail(USED, "orderStatus"))
    approved = before != "A" if sent in (None, before) else sent != "A"
    status = before if before == "C" else order_status(status_lines(source), approved=approved)
    return Changes(source, status, _APPROVED if approved else _PENDING)


def write(work: Work, changes: Changes) -> None:
    """The lines, the status, and what is on order because of them."""
    row = changes.source.row
    if changes.approval != row["approvalstatus"]:
        touch(work, row, {"approvalstatus": changes.approval})
    follow_up(work, changes.source, changes.status)
