"""A stored order as its followers see it: its lines, what became of them, and the status that follows from that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from suitebridge.sandbox.netsuite.posting import Account, Item, Line, Tax, order_status
from suitebridge.sandbox.netsuite.records.documents import stock
from suitebridge.sandbox.netsuite.records.documents.frame import main_line
from suitebridge.sandbox.netsuite.records.documents.links import BILLED
from suitebridge.sandbox.netsuite.records.order_lines import ItemFacts, OrderLine, item_facts, stored_lines, taxes
from suitebridge.sandbox.netsuite.records.order_rows import Place, move_unbilled, unbilled
from suitebridge.sandbox.netsuite.records.rowvalues import changed
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import CONTEXT, Work
from suitebridge.sandbox.netsuite.schema.statuses import TRANSACTION_TYPES
from suitebridge.sandbox.netsuite.store import Row

TRANSACTION_RECORD = -30
CHANGED = 4
FINISHED = frozenset("CGH")
NOT_OPEN = frozenset("ACGH")
_SALES = frozenset({"SalesOrd", "Estimate", "CustInvc", "CashSale"})


@dataclass(slots=True)
class Source:
    """A stored document that others are made from; amounts and quantities of its lines are positive."""

    row: Row
    main: Row
    lines: list[OrderLine]
    facts: dict[int, ItemFacts]
    taxes: dict[int, Tax]
    before: int = 0  # what it had left to bill when it was read, in base currency
    on_order: dict[Place, int] = field(default_factory=dict[Place, int])  # when it was read
    accounts: dict[int, Account] = field(default_factory=dict[int, Account])

    @property
    def id(self) -> int:
        """The document's internal id."""
        number = self.row["id"]
        assert isinstance(number, int)
        return number

    def item(self, line: OrderLine) -> Item | None:
        """The item of a line."""
        found = self.facts.get(line.item) if line.item is not None else None
        return None if found is None else found.item

    def location(self, line: OrderLine) -> int | None:
        """Where a line's goods are."""
        return line.location if line.location is not None else _int(self.main.get("location"))

    def moves(self, line: OrderLine) -> bool:
        """Whether the line is shipped or received before it is billed."""
        item = self.item(line)
        return item is not None and (item.fulfillable or item.stocked)


def load(work: Work, row: Row) -> Source:
    """The document with its lines as they are stored."""
    number = row["id"]
    assert isinstance(number, int)
    lines = stored_lines(work, number)
    if row["type"] not in _SALES:
        for line in lines:
            line.quantity = None if line.quantity is None else -line.quantity
            line.amount = None if line.amount is None else -line.amount
    known = {line.taxcode: line.taxtype for line in lines if line.taxtype is not None}
    source = Source(
        row,
        main_line(work, number),
        lines,
        item_facts(work, sorted({line.item for line in lines if line.item is not None}), None),
        taxes(work, {line.taxcode for line in lines if line.taxcode is not None}, known),
    )
    for each in work.rows(
        'SELECT transactionline, account, accounttype FROM transactionaccountingline WHERE "transaction" = ?'
        " AND accounttype <> 'NonPosting' ORDER BY accountingbook DESC",
        number,
    ):
        at, account = each["transactionline"], each["account"]
        if isinstance(at, int) and isinstance(account, int):
            source.accounts[at] = Account(account, str(each["accounttype"]))
    source.before = _left(source)
    source.on_order = _on_order(source)
    return source


def status_of(source: Source) -> str:
    """The status letter that the lines lead to; a cancelled or unapproved order stays so."""
    before = str(source.row["status"])
    if before in "AC":
        return before
    return order_status(status_lines(source))


def status_lines(source: Source) -> list[Line]:
    """What of the lines decides about the status."""
    return [
        Line(
            line.id,
            source.item(line),
            line.kind,
            quantity=line.quantity,
            shipped=line.shipped,
            billed=line.billed,
            closed=line.closed,
        )
        for line in source.lines
    ]


def follow_up(work: Work, source: Source, status: str | None = None) -> None:
    """Writes what became of the lines, and the status, the unbilled amount and the trail that follow from it.

    `status` is given where an approval changes it; else it follows from the lines.
    """
    for line in source.lines:
        if line.stored is None:
            continue
        row: Row = {"isclosed": "T" if line.closed else "F"}
        if line.quantity is not None:
            row["quantityshiprecv"] = line.shipped
            row["quantitybilled"] = line.billed
            row["isfullyshipped"] = "T" if line.quantity and line.shipped >= line.quantity else "F"
        held = line.committed or line.backordered or line.stored["quantitycommitted"] is not None
        if source.row["type"] == "SalesOrd" and held:
            row["quantitycommitted"] = line.committed
            row["quantitybackordered"] = line.backordered
        if difference := changed(row, line.stored):
            key = (source.id, line.id)
            work.tx.update("transactionline", key, {**difference, "linelastmodifieddate": work.now})
    status = status or status_of(source)
    set_status(work, source.row, status, {"closedate": work.today if status in FINISHED else None})
    left = _left(source)
    subsidiary = _int(source.main.get("subsidiary"))
    if source.row["type"] == "SalesOrd" and subsidiary is not None:
        move_unbilled(work, source.row["entity"], subsidiary, left - source.before)
    _shift_on_order(work, source, _on_order(source))


def unhold(work: Work, source: Source) -> None:
    """What a purchase order that goes away had on order is no longer so."""
    _shift_on_order(work, source, {})


def set_status(work: Work, row: Row, status: str, more: Row | None = None) -> None:
    """Gives a document another status: its date moves and a system note tells of it. The same status does nothing."""
    before = str(row["status"])
    if status == before:
        return
    names = TRANSACTION_TYPES[str(row["type"])].statuses
    number = row["id"]
    assert isinstance(number, int)
    touch(work, row, {"status": status, **(more or {})})
    work.tx.note(
        TRANSACTION_RECORD,
        number,
        "TRANDOC.KSTATUS",
        names.get(before, before),
        names.get(status, status),
        CHANGED,
        work.user(),
        CONTEXT,
        role=work.caller.role_id,
    )
    row["status"] = status


def touch(work: Work, row: Row, changes: Row) -> None:
    """Changes a document's header, and its date with it."""
    work.tx.update(
        "transaction", (row["id"],), {**changes, "lastmodifiedby": work.user(), "lastmodifieddate": work.now}
    )


def release(work: Work, source: Source, line: OrderLine, quantity: int) -> None:
    """Takes back what a line of a sales order has committed for goods that have now left."""
    place = (line.item, source.location(line))
    item = source.item(line)
    if item is None or not item.stocked or place[0] is None or place[1] is None:
        return
    committed = min(line.committed, quantity)
    backordered = min(line.backordered, quantity - committed)
    line.committed -= committed
    line.backordered -= backordered
    stock.shift(work, (place[0], place[1]), committed=-committed, backordered=-backordered)


def hold(work: Work, source: Source, lines: Iterable[OrderLine]) -> None:
    """Commits anew for lines of an open sales order what can be committed; the rest waits."""
    if source.row["type"] != "SalesOrd" or source.row["status"] in ("A", "C"):
        return
    for line in lines:
        item = source.item(line)
        location = source.location(line)
        if item is None or not item.stocked or line.item is None or location is None or line.closed:
            continue
        place = (line.item, location)
        lacking = (line.quantity or 0) - line.shipped - line.committed - line.backordered
        if lacking <= 0:
            continue
        waits = (line.stored or {}).get("commitinventory") == "DONOTCOMMIT"
        part = 0 if waits else max(0, min(lacking, stock.available(work, place)))
        line.committed += part
        line.backordered += lacking - part
        stock.shift(work, place, committed=part, backordered=lacking - part)


def billed_so_far(work: Work, source: Source, line: OrderLine) -> int:
    """What invoices, bills or credits of the order have billed of a line, in document currency."""
    return (
        work.number(
            "SELECT SUM(foreignamount) FROM nexttransactionlinelink"
            " WHERE previousdoc = ? AND previousline = ? AND linktype = ?",
            source.id,
            line.id,
            BILLED,
        )
        or 0
    )


def _on_order(source: Source) -> dict[Place, int]:
    if source.row["type"] != "PurchOrd" or source.row["status"] in NOT_OPEN:
        return {}
    found: dict[Place, int] = {}
    for line in source.lines:
        item, location = source.item(line), source.location(line)
        left = (line.quantity or 0) - line.shipped
        if item is not None and item.stocked and location is not None and not line.closed and left > 0:
            found[item.id, location] = found.get((item.id, location), 0) + left
    return found


def _shift_on_order(work: Work, source: Source, now: dict[Place, int]) -> None:
    for place in {**source.on_order, **now}:
        if difference := now.get(place, 0) - source.on_order.get(place, 0):
            stock.shift(work, place, on_order=difference)
    source.on_order = now


def _left(source: Source) -> int:
    if source.row["type"] != "SalesOrd":
        return 0
    return unbilled(source.lines, source.row["status"], source.row["exchangerate"])


def _int(value: Stored) -> int | None:
    return value if isinstance(value, int) else None
