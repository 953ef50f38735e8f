"""Documents on their way to rows: numbered when they are entered, written when nothing more will change them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from suitebridge.sandbox.netsuite.company.addresses import BILLING_ADDRESS, SHIPPING_ADDRESS, Address
from suitebridge.sandbox.netsuite.company.document_rows import (
    ENTRY,
    LINE,
    LINE_LINK,
    LINK,
    NOTE,
    TAX_DETAIL,
    TRANSACTION,
)
from suitebridge.sandbox.netsuite.company.entities import Employee, moment
from suitebridge.sandbox.netsuite.company.rows import Row
from suitebridge.sandbox.netsuite.company.world import World
from suitebridge.sandbox.netsuite.posting import (
    Header,
    Posted,
    Tax,
    entry_values,
    line_values,
)
from suitebridge.sandbox.netsuite.schema.statuses import TRANSACTION_TYPES

TRANSACTION_RECORD = -30
_NUMBERS = {
    "SalesOrd": ("SO", 1001),
    "CustInvc": ("INV", 2001),
    "ItemShip": ("IF", 3001),
    "CustPymt": ("PYMT", 4001),
    "CashSale": ("CS", 5001),
    "CustDep": ("CD", 6001),
    "DepAppl": ("DA", 6501),
    "CustCred": ("CM", 7001),
    "CustRfnd": ("CR", 7501),
    "RtnAuth": ("RMA", 8001),
    "ItemRcpt": ("IR", 9001),
    "PurchOrd": ("PO", 1001),
    "VendBill": ("BILL", 1001),
    "VendPymt": ("VP", 1001),
    "VendCred": ("VC", 1001),
    "Journal": ("JE", 1001),
    "Estimate": ("EST", 1001),
}
_BACK_OFFICE = frozenset({"PurchOrd", "VendBill", "VendPymt", "VendCred", "Journal"})


class Document:
    """A document that was entered. What is set later (dates, memo, custom fields) is read when it is written."""

    __slots__ = (
        "approval",
        "billing",
        "channel",
        "closed",
        "created",
        "created_by",
        "day",
        "due",
        "external",
        "gift",
        "id",
        "kind",
        "line_dates",
        "line_facts",
        "line_key",
        "margin",
        "memo",
        "method",
        "modified",
        "modified_by",
        "nexus",
        "number",
        "other_ref",
        "promised",
        "rep",
        "reversal",
        "reversal_day",
        "ship_day",
        "shipping",
        "source",
        "source_id",
        "terms",
        "tranid",
    )

    def __init__(self, kind: str, day: int) -> None:
        self.kind = kind
        self.day = day
        self.id = 0
        self.tranid = ""
        self.number = 0
        self.created = ""
        self.modified = ""
        self.created_by: int | None = None
        self.modified_by: int | None = None
        self.line_key = 0
        self.approval: int | None = None
        self.billing: int | None = None
        self.shipping: int | None = None
        self.channel: int | None = None
        self.closed: str | None = None
        self.due: str | None = None
        self.external: str | None = None
        self.gift: str | None = None
        self.line_facts: Mapping[int, Row] | None = None
        self.line_dates: tuple[str | None, str | None] = (None, None)
        self.margin: int | None = None
        self.memo: str | None = None
        self.method: int | None = None
        self.nexus: int | None = None
        self.other_ref: str | None = None
        self.promised: str | None = None
        self.rep: int | None = None
        self.reversal: int | None = None
        self.reversal_day: str | None = None
        self.ship_day: str | None = None
        self.source: str | None = None
        self.source_id: str | None = None
        self.terms: int | None = None


_NO_FACTS: Row = (None, None, None, None)


class Desk:
    """Where documents are entered and written. One for the whole generation."""

    def __init__(self, world: World, staff: list[Employee]) -> None:
        self._world = world
        rows = world.rows
        self._transactions = rows["transaction"]
        self._lines = rows["transactionline"]
        self._entries = rows["transactionaccountingline"]
        self._details = rows["transactiontaxdetail"]
        self._links = rows["nexttransactionlink"]
        self._line_links = rows["nexttransactionlinelink"]
        self._notes = rows["systemnote"]
        self._numbers = {kind: first for kind, (_, first) in _NUMBERS.items()}
        self._counts = dict.fromkeys(_NUMBERS, 0)
        self._day = -1
        self._second = 0
        self._step = 0
        self._administrator = staff[0].id
        working = [employee for employee in staff if not employee.left and employee.day < 0]
        self._clerks: dict[int, list[int]] = {}
        for employee in working:
            self._clerks.setdefault(employee.subsidiary.id, []).append(employee.id)
        self._sold: dict[str, int] = {}
        self.counts = self._counts

    def moment(self, day: int) -> str:
        """The present moment of a day; it moves on at each call."""
        world = self._world
        if day != self._day:
            self._day = day
            self._second = 25_200 + int(world.random() * 5_000)
            # The busier the company, the closer its documents.
            self._step = max(8, 42_000 // (len(world.days[day]) * 2 + world.size.orders // 150 + 6))
        self._second = min(86_399, self._second + 1 + self._second * 7_919 % self._step)
        return moment(world.calendar.iso[day], self._second)

    def enter(self, kind: str, day: int, subsidiary: int, lines: int) -> Document:
        """A new document with its ids and numbers; `lines` is how many rows of transactionline it will have."""
        world = self._world
        document = Document(kind, day)
        document.id = world.transaction_ids.next()
        document.line_key = world.line_keys.take(lines)
        prefix, _ = _NUMBERS[kind]
        number = self._numbers[kind]
        self._numbers[kind] = number + 1
        self._counts[kind] += 1
        document.number = self._counts[kind]
        document.tranid = f"{prefix}{number}"
        document.created = document.modified = self.moment(day)
        clerks = self._clerks.get(subsidiary)
        document.created_by = clerks[document.id * 13 % len(clerks)] if clerks else self._administrator
        document.modified_by = document.created_by
        return document

    def touch(self, document: Document, day: int, stamp: str | None = None) -> None:
        """The document's header was changed now, or at the moment given."""
        document.modified = stamp or self.moment(day)

    def note(self, document: Document, field: str, old: str | None, new: str | None, kind: int = 2) -> None:
        """A system note at the document's last change."""
        world = self._world
        world.note_id += 1
        self._notes.append(
            NOTE(
                (
                    world.note_id,
                    document.modified_by,
                    document.modified,
                    TRANSACTION_RECORD,
                    document.id,
                    field,
                    old,
                    new,
                    kind,
                    "UIF" if document.source is None else "REST",
                    3,
                )
            )
        )

    def note_record(
        self, record_type: int, record: int, field: str, old: str | None, new: str | None, stamp: str, kind: int
    ) -> None:
        """A system note of a record that is no transaction."""
        world = self._world
        world.note_id += 1
        self._notes.append(
            NOTE(
                (
                    world.note_id,
                    self._administrator,
                    stamp,
                    record_type,
                    record,
                    field,
                    old,
                    new,
                    kind,
                    "UIF",
                    3,
                )
            )
        )

    def bill_to(self, document: Document, address: Address | None) -> None:
        """Copy a billing address onto the document."""
        if address is not None:
            document.billing = key = self._world.transaction_address_keys.next()
            self._world.rows["transactionbillingaddress"].append(
                BILLING_ADDRESS((key, *address.values, document.id, document.created))
            )

    def ship_to(self, document: Document, address: Address | None) -> None:
        """Copy a shipping address onto the document."""
        if address is not None:
            document.shipping = key = self._world.transaction_address_keys.next()
            self._world.rows["transactionshippingaddress"].append(
                SHIPPING_ADDRESS((key, *address.values, document.id, document.created))
            )

    def link(self, before: Document, after: Document, kind: str, amount: int | None = None) -> None:
        """The document `after` follows from `before`."""
        iso = self._world.calendar.iso
        self._links.append(
            LINK(
                (
                    before.id,
                    after.id,
                    before.kind,
                    after.kind,
                    iso[before.day],
                    iso[after.day],
                    kind,
                    amount,
                )
            )
        )

    def link_lines(
        self,
        before: Document,
        before_line: int,
        after: Document,
        after_line: int,
        kind: str,
        amount: int | None = None,
    ) -> None:
        """A line of `after` follows from a line of `before`."""
        iso = self._world.calendar.iso
        self._line_links.append(
            LINE_LINK(
                (
                    before.id,
                    after.id,
                    before.kind,
                    after.kind,
                    iso[before.day],
                    iso[after.day],
                    kind,
                    amount,
                    before_line,
                    after_line,
                    None,
                )
            )
        )

    def write(self, document: Document, header: Header, posted: Posted) -> None:
        """The rows of a document; nothing of it changes any more."""
        world = self._world
        calendar = world.calendar
        kind = TRANSACTION_TYPES[document.kind]
        day = document.day
        number = document.id
        modified = document.modified
        # Now and then somebody corrects a memo long afterwards.
        if number % 41 == 7:
            later = min(calendar.today, day + number % 23)
            edited = moment(calendar.iso[later], 64_800 + number % 14_000)
            if edited > modified and later > day:
                document.modified = modified = edited
                document.memo = f"Checked with {document.tranid}" if number % 2 else "see file “A-12”"
                self.note(document, "TRANDOC.SMEMO", None, document.memo)
        self._transactions.append(
            TRANSACTION(
                (
                    number,
                    document.external,
                    document.tranid,
                    f"{kind.abbreviation}{document.number}",
                    f"{kind.name} #{document.tranid}",
                    document.kind,
                    kind.record_type,
                    kind.abbreviation,
                    calendar.iso[day],
                    calendar.period[day] if posted.posting or document.kind in _HAVE_PERIODS else None,
                    "T" if posted.posting else "F",
                    posted.status or "Y",
                    document.approval,
                    header.entity,
                    header.currency,
                    header.exchangerate,
                    posted.foreigntotal,
                    posted.paid,
                    posted.unpaid,
                    document.due,
                    document.closed,
                    document.terms,
                    document.other_ref,
                    document.memo,
                    "T" if posted.voided else "F",
                    document.billing,
                    document.shipping,
                    document.ship_day,
                    document.rep,
                    document.nexus,
                    document.source,
                    document.method,
                    "T" if document.reversal is not None and document.reversal_day is None else "F",
                    document.reversal,
                    document.reversal_day,
                    document.created_by,
                    document.created,
                    document.modified_by,
                    modified,
                    document.channel,
                    document.source_id,
                    document.gift,
                    document.promised,
                    document.margin,
                )
            )
        )
        key = document.line_key
        facts = document.line_facts
        add = self._lines.append
        created = document.created
        expected, actual = document.line_dates
        movable = False
        for line in posted.lines:
            item = line.item
            if item is not None and item.fulfillable:
                movable = True
                break
        order = document.kind == "SalesOrd"
        for place, line in enumerate(posted.lines):
            moves = line.quantity is not None
            own = _NO_FACTS[:2] if facts is None else facts.get(line.id, _NO_FACTS[:2])
            add(
                LINE(
                    (
                        key + place,
                        number,
                        *line_values(header, line, has_fulfillable=movable),
                        created,
                        expected if moves else None,
                        actual if moves else None,
                        *own,
                        "AVAILABLEQTY" if order and moves else None,
                        document.method if line.mainline else None,
                    )
                )
            )
        stamp = modified if number % 29 == 3 else None
        add = self._entries.append
        for entry in posted.entries:
            add(ENTRY((number, *entry_values(entry), stamp, None)))
        for detail in posted.taxes:
            world.tax_detail_id += 1
            self._details.append(
                TAX_DETAIL(
                    (
                        world.tax_detail_id,
                        number,
                        detail.line,
                        detail.taxtype,
                        detail.code,
                        detail.basis,
                        detail.rate,
                        detail.amount,
                        detail.linetype,
                    )
                )
            )


_HAVE_PERIODS = frozenset({"CustInvc", "VendBill", "Journal", "ItemShip"})


class Taxed(Protocol):
    """A line that may bear tax."""

    @property
    def tax(self) -> Tax | None:
        """Its tax code."""
        ...


def tax_lines(lines: Iterable[Taxed]) -> int:
    """How many tax lines a document of these lines has."""
    return len({line.tax.code for line in lines if line.tax is not None})
