"""The addresses of a new document: as sent, from the address book, from the document before it, or the default ones."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.errors import invalid_value
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.subrecords import copy_address, write_address
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

_CHOSEN_BY = {
    "billingaddress": ("billaddresslist", "billAddressList", "defaultbillingaddress"),
    "shippingaddress": ("shipaddresslist", "shipAddressList", "defaultshippingaddress"),
}


def write_addresses(work: Work, bound: BoundType, parsed: Parsed, document: int, party: Row, source: Row | None) -> Row:
    """Own copies of the addresses; gives the columns that name them. `source` is the document before this one."""
    row: Row = {}
    for name, subrecord in bound.subrecords.items():
        chooser, shown, default = _CHOSEN_BY[name]
        inside = parsed.subrecords.get(name)
        if inside is not None:
            row[name], _ = write_address(work, subrecord, inside, None, document, party.get("altname"))
        elif parsed.has(chooser):
            chosen = _from_book(work, parsed.get(chooser), party, shown)
            row[name] = copy_address(work, "entityaddress", chosen, subrecord.table, document)
        elif source is not None and source.get(name) is not None:
            row[name] = copy_address(work, subrecord.table, source[name], subrecord.table, document)
        elif name not in parsed.subrecords and party:
            row[name] = copy_address(work, "entityaddress", party.get(default), subrecord.table, document)
    return row


def _from_book(work: Work, line: Stored, party: Row, shown: str) -> Stored:
    for table in ("customeraddressbook", "vendoraddressbook"):
        found = work.value(
            f"SELECT addressbookaddress FROM {table} WHERE internalid = ? AND entity = ?", line, party.get("id")
        )
        if found is not None:
            return found
    work.faults.append(invalid_value(line, shown, shown))
    work.refuse()
    return None
