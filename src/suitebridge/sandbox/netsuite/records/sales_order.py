"""Sales orders: their own part of creating, changing and deleting (section_159795518068).

Status, committed quantities and accounting lines come from the posting functions, as those of every other document.
"""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import Posted
from suitebridge.sandbox.netsuite.posting.money import convert
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.credit import check_credit
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values, user_error
from suitebridge.sandbox.netsuite.records.notes import note_changes
from suitebridge.sandbox.netsuite.records.order_draft import CANCELLED, MANDATORY, PENDING_APPROVAL, Draft, draft_order
from suitebridge.sandbox.netsuite.records.order_lines import stored_lines
from suitebridge.sandbox.netsuite.records.order_rows import (
    held_by,
    move_unbilled,
    unbilled,
    write_entries,
    write_lines,
    write_stock,
)
from suitebridge.sandbox.netsuite.records.rowvalues import changed, columns, defaults, extra
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.subrecords import copy_address, write_address
from suitebridge.sandbox.netsuite.records.validation import Parsed, missing, missing_in_lines
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.schema.statuses import TRANSACTION_TYPES
from suitebridge.sandbox.netsuite.store import Row

TYPE = "SalesOrd"
PREFIX, FIRST_NUMBER = "SO", 1_001
SOURCE = "restWebServices"
PENDING, APPROVED = 1, 2

_SHOWN = TRANSACTION_TYPES[TYPE]
_CONSTANT: Row = {
    "type": TYPE,
    "recordtype": _SHOWN.record_type,
    "abbrevtype": _SHOWN.abbreviation,
    "posting": "F",
    "voided": "F",
    "source": SOURCE,
    "isreversal": "F",
    "intercoadj": "F",
    "isfinchrg": "F",
    "isbookspecific": "F",
    "reversaldefer": "F",
}
_LINES_DEPEND_ON = frozenset(
    {
        "entity",
        "subsidiary",
        "department",
        "class",
        "location",
        "currency",
        "exchangerate",
        "trandate",
        "discountitem",
        "discountrate",
        "shippingcost",
        "shipmethod",
        "orderstatus",
    }
)
_ADDRESSES = (
    ("billingaddress", "billaddresslist", "defaultbillingaddress"),
    ("shippingaddress", "shipaddresslist", "defaultshippingaddress"),
)
_FROM_CUSTOMER = (
    ("terms", "terms", "terms"),
    ("salesrep", "employee", "salesrep"),
    ("shipcomplete", "shipcomplete", "shipcomplete"),
)


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """Writes a new order; gives its internal id. Raises RecordRefused with every fault there is."""
    row = columns(bound.fields, parsed.values)
    row["trandate"] = row.get("trandate") or work.today
    labels = missing(bound.fields, parsed, work.caller)
    if labels:
        work.faults.append(missing_values(labels))
    work.faults.extend(missing_in_lines(bound.sublists["item"], parsed.sublists.get("item") or (), work.caller))
    draft = draft_order(work, bound, parsed, None, [], str(row["trandate"]))
    work.refuse()
    if draft is None:
        raise user_error(MANDATORY, "item")
    party = draft.head.party.row
    header = draft.head.header
    check_credit(work, party, convert(draft.posted.foreigntotal, header.exchangerate))
    work.refuse()
    for name, column, source in _FROM_CUSTOMER:
        if not parsed.sent(name):
            row[column] = party.get(source)
    defaults(bound.fields, row)
    order = work.tx.next_id("transaction")
    row.update(_CONSTANT)
    row.update(_numbers(work, row))
    row.update(_totals(draft))
    addresses, _ = _addresses(work, bound, parsed, order, party, None)
    row.update(addresses)
    row.update(
        {
            "id": order,
            "createdby": work.user(),
            "createddate": work.now,
            "lastmodifiedby": work.user(),
            "lastmodifieddate": work.now,
            "extra": extra(bound.fields, parsed.values, None),
        }
    )
    work.tx.insert("transaction", row)
    _write(work, order, draft, {}, 0)
    _mark_customer(work, party, str(row["trandate"]))
    return order


def update(work: Work, bound: BoundType, parsed: Parsed, current: Row) -> None:
    """Changes a stored order. Its header's date moves only when the header itself is changed."""
    order = _id(current)
    row = columns(bound.fields, parsed.values)
    if "trandate" in row and row["trandate"] is None:
        del row["trandate"]
    if "tranid" in row:
        row.update(_named(row["tranid"] or current["tranid"]))
    if parsed.sent("entity") and not parsed.has("entity"):
        work.faults.append(missing_values(["Customer"]))
    if "item" in parsed.sublists or not _LINES_DEPEND_ON.isdisjoint(parsed.values):
        row.update(_update_lines(work, bound, parsed, current, str(row.get("trandate") or current["trandate"])))
    work.refuse()
    for each in bound.fields:
        if each.column in row and row[each.column] is None and each.field.default is not None:
            row[each.column] = each.field.default
    row["extra"] = extra(bound.fields, parsed.values, current["extra"])
    party = work.tx.get("customer", (row.get("entity") or current["entity"],)) or {}
    addresses, readdressed = _addresses(work, bound, parsed, order, party, current)
    row.update(addresses)
    difference = changed(row, current)
    if difference or readdressed:
        note_changes(work, bound, order, bound.fields, current, difference)
        if "memo" in difference:
            work.tx.update("transactionline", (order, 0), {"memo": difference["memo"]})
        difference.update({"lastmodifiedby": work.user(), "lastmodifieddate": work.now})
        work.tx.update("transaction", (order,), difference)


def _update_lines(work: Work, bound: BoundType, parsed: Parsed, current: Row, day: str) -> Row:
    """Writes the lines anew; gives the totals that belong to a change of the header, none where only lines changed."""
    order = _id(current)
    lines = stored_lines(work, order)
    before = unbilled(lines, current["status"], current["exchangerate"])
    rows = work.rows('SELECT * FROM transactionline WHERE "transaction" = ?', order)
    draft = draft_order(work, bound, parsed, current, lines, day)
    work.refuse()
    if draft is None:
        raise user_error(MANDATORY, "item")
    _write(work, order, draft, {_id(each): each for each in rows}, before)
    totals = _totals(draft, current)
    if not _LINES_DEPEND_ON.isdisjoint(parsed.values) or totals["status"] != current["status"]:
        return totals
    if difference := changed(totals, current):
        # The header's amounts follow its lines without moving its date.
        work.tx.update("transaction", (order,), difference)
    return {}


def delete(work: Work, current: Row) -> None:
    """Gives back what the order held, before its rows go."""
    order = _id(current)
    lines = stored_lines(work, order)
    main = work.one('SELECT location, subsidiary FROM transactionline WHERE "transaction" = ? AND id = 0', order) or {}
    location, subsidiary = main.get("location"), main.get("subsidiary")
    held = held_by(lines, location if isinstance(location, int) else None)
    write_stock(work, held, Posted(TYPE, None, False, 0, (), ()))
    left = unbilled(lines, current["status"], current["exchangerate"])
    if isinstance(subsidiary, int):
        move_unbilled(work, current["entity"], subsidiary, -left)


def _totals(draft: Draft, current: Row | None = None) -> Row:
    header, posted = draft.head.header, draft.posted
    approval = PENDING if posted.status == PENDING_APPROVAL else APPROVED
    if posted.status == CANCELLED and current is not None:
        approval = current["approvalstatus"]
    return {
        "entity": header.entity,
        "currency": header.currency,
        "exchangerate": header.exchangerate,
        "foreigntotal": posted.foreigntotal,
        "status": posted.status,
        "approvalstatus": approval,
    }


def _write(work: Work, order: int, draft: Draft, stored: dict[int, Row], before: int) -> None:
    header = draft.head.header
    write_lines(work, order, header, draft.posted, {line.id: line for line in draft.lines}, stored)
    write_entries(work, order, draft.posted)
    write_stock(work, draft.held, draft.posted)
    now = unbilled(draft.lines, draft.posted.status, header.exchangerate)
    move_unbilled(work, draft.head.party.row["id"], header.subsidiary, now - before)


def _numbers(work: Work, row: Row) -> Row:
    # The last order is near the end of the table; the index by type would have to be sorted.
    last = work.value("SELECT transactionnumber FROM \"transaction\" WHERE +type = 'SalesOrd' ORDER BY id DESC LIMIT 1")
    digits = str(last or "").removeprefix(_SHOWN.abbreviation)
    # The number of an order that was deleted is not given again.
    number = max(int(digits) if digits.isdigit() else 0, work.numbers.get(TYPE, 0)) + 1
    work.numbers[TYPE] = number
    return {
        "transactionnumber": f"{_SHOWN.abbreviation}{number}",
        **_named(row.get("tranid") or f"{PREFIX}{FIRST_NUMBER - 1 + number}"),
    }


def _named(tranid: Stored) -> Row:
    return {"tranid": tranid, "trandisplayname": f"{_SHOWN.name} #{tranid}"}


def _addresses(
    work: Work, bound: BoundType, parsed: Parsed, order: int, party: Row, current: Row | None
) -> tuple[Row, bool]:
    """Own copies of the addresses: as sent, from the chosen line of the customer's book, or its default ones.

    Gives the columns that name them, and whether an address itself was written.
    """
    row: Row = {}
    moved = False
    for name, chooser, default in _ADDRESSES:
        subrecord = bound.subrecords[name]
        before = (current or {}).get(name)
        inside = parsed.subrecords.get(name)
        if inside is not None:
            row[name], written = write_address(work, subrecord, inside, before, order, party.get("altname"))
            moved = moved or written
        elif parsed.has(chooser):
            chosen = _book_address(work, parsed.get(chooser), party.get("id"), chooser)
            row[name] = copy_address(work, "entityaddress", chosen, subrecord.table, order)
        elif name in parsed.subrecords:
            row[name] = None
        elif current is None:
            row[name] = copy_address(work, "entityaddress", party.get(default), subrecord.table, order)
        if before is not None and name in row and row[name] != before:
            work.tx.delete(subrecord.table, (before,))
    return row, moved


def _book_address(work: Work, line: Stored, customer: Stored, chooser: str) -> Stored:
    found = work.value(
        "SELECT addressbookaddress FROM customeraddressbook WHERE internalid = ? AND entity = ?", line, customer
    )
    if found is None:
        name = "billAddressList" if chooser == "billaddresslist" else "shipAddressList"
        work.faults.append(invalid_value(line, name, name))
        work.refuse()
    return found


def _mark_customer(work: Work, party: Row, day: str) -> None:
    changes: Row = {}
    if party.get("firstorderdate") is None:
        changes["firstorderdate"] = day
    if str(party.get("lastorderdate") or "") < day:
        changes["lastorderdate"] = day
    if changes:
        work.tx.update("customer", (party["id"],), changes)


def _id(row: Row) -> int:
    number = row["id"]
    assert isinstance(number, int)
    return number
