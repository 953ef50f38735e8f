"""Deleting a document: what it did to stock, orders, balances and other documents is taken back before its rows go."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.documents import balances, settling, stock
from suitebridge.sandbox.netsuite.records.documents.links import BILLED, FROM_ESTIMATE, SHIPPED, before, lines_before
from suitebridge.sandbox.netsuite.records.documents.orders import follow_up, hold, load, set_status, unhold
from suitebridge.sandbox.netsuite.records.documents.periods import check_open
from suitebridge.sandbox.netsuite.records.documents.purchase_lines import leaves_sound
from suitebridge.sandbox.netsuite.records.errors import user_detail
from suitebridge.sandbox.netsuite.records.order_rows import Place
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

GONE = "The goods of this transaction are no longer there."
BILLED_ALREADY = "What this transaction moved has been billed already."
_ORDERS = frozenset({"PurchOrd", "RtnAuth"})


def undo(work: Work, current: Row) -> None:
    """Takes back all that a document did. RecordRefused where its period is closed or its goods are gone."""
    check_open(work, current)
    work.refuse()
    number = current["id"]
    assert isinstance(number, int)
    if current["posting"] == "T":
        balances.follow(work, number, -1)
    settling.unapply(work, current)
    for each in before(work, number, FROM_ESTIMATE):
        if (estimate := work.tx.get("transaction", (each["previousdoc"],))) is not None:
            set_status(work, estimate, "A")
    places = _restore_stock(work, number)
    _restore_orders(work, number)
    for place in places:
        stock.commit_waiting(work, place)
    if current["type"] in _ORDERS:
        unhold(work, load(work, current))


def _restore_stock(work: Work, document: int) -> list[Place]:
    came: list[Place] = []
    for line in work.rows(
        'SELECT item, location, quantity, netamount FROM transactionline WHERE "transaction" = ?'
        " AND isinventoryaffecting = 'T'",
        document,
    ):
        item, location = line["item"], line["location"]
        if not isinstance(item, int) or not isinstance(location, int):
            continue
        quantity, place = -_int(line["quantity"]), (item, location)
        if quantity < 0 and not leaves_sound(work, place, quantity, -_int(line["netamount"])):
            work.faults.append(user_detail(GONE))
            work.refuse()
        stock.shift(work, place, on_hand=quantity, value=-_int(line["netamount"]))
        if quantity > 0:
            came.append(place)
    return came


def _restore_orders(work: Work, document: int) -> None:
    for kind in (SHIPPED, BILLED):
        found: dict[int, list[Row]] = {}
        for each in lines_before(work, document, kind):
            found.setdefault(_int(each["previousdoc"]), []).append(each)
        for order, links in found.items():
            row = work.tx.get("transaction", (order,))
            if row is None:
                continue
            source = load(work, row)
            lines = {line.id: line for line in source.lines}
            for each in links:
                line = lines.get(_int(each["previousline"]))
                if line is None:
                    continue
                quantity = abs(
                    work.number(
                        'SELECT quantity FROM transactionline WHERE "transaction" = ? AND id = ?',
                        document,
                        each["nextline"],
                    )
                    or 0
                )
                if kind == SHIPPED:
                    line.shipped = max(0, line.shipped - quantity)
                    if line.shipped < line.billed and work.quirks["invoice-in-advance"] != "accept":
                        work.faults.append(user_detail(BILLED_ALREADY))
                        work.refuse()
                else:
                    line.billed = max(0, line.billed - quantity) if line.quantity is not None else 0
            # The links go with the document; until then they would still count as billed.
            work.tx.delete_where("nexttransactionlinelink", {"nextdoc": document, "previousdoc": order})
            hold(work, source, source.lines)
            follow_up(work, source)


def _int(value: Stored) -> int:
    return value if isinstance(value, int) else 0
