"""The company at work: its people, goods and open documents, between the modules that let things happen."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.sandbox.netsuite.company.documents import Desk, Document
from suitebridge.sandbox.netsuite.company.entities import Employee, Party
from suitebridge.sandbox.netsuite.company.items import Catalog, CatalogItem
from suitebridge.sandbox.netsuite.company.stock import Stock
from suitebridge.sandbox.netsuite.company.world import Handler, World
from suitebridge.sandbox.netsuite.posting import Header, Item, Posted, Tax


class OrderLine:
    """A line of an order that is still open: what was ordered and what became of it."""

    __slots__ = (
        "amount",
        "billed",
        "billed_amount",
        "closed",
        "committed",
        "engraving",
        "estimate",
        "good",
        "item",
        "kind",
        "number",
        "percent",
        "quantity",
        "rate",
        "received_value",
        "ref",
        "shipped",
        "slot",
        "tax",
    )

    def __init__(
        self,
        number: int,
        item: Item,
        kind: str,
        quantity: int | None,
        rate: int | None,
        amount: int,
        tax: Tax | None,
        *,
        good: CatalogItem | None = None,
        slot: int = -1,
        percent: int | None = None,
        estimate: int | None = None,
    ) -> None:
        self.number = number
        self.item: Item | None = item
        self.kind = kind
        self.quantity = quantity
        self.rate = rate
        self.amount = amount
        self.tax = tax
        self.good = good
        self.slot = slot
        self.percent = percent
        self.estimate = estimate
        self.shipped = 0
        self.billed = 0
        self.billed_amount = 0
        self.committed = 0
        self.closed = False
        self.ref: str | None = None
        self.engraving: str | None = None
        self.received_value = 0
        """Of a purchase: the base value received and not yet billed."""


class Order:
    """A sales order, purchase order or return that is still open."""

    __slots__ = (
        "approved",
        "billing_due",
        "cancelled",
        "deposit",
        "document",
        "extras_billed",
        "header",
        "invoices",
        "lines",
        "party",
        "patient",
        "place",
        "shipping_due",
        "status",
        "total",
    )

    def __init__(
        self, document: Document, header: Header, party: Party, lines: Sequence[OrderLine], place: int
    ) -> None:
        self.document = document
        self.header = header
        self.party = party
        self.lines = lines
        self.place = place
        self.approved = True
        self.cancelled = False
        self.patient = False
        self.shipping_due = False
        self.billing_due = False
        self.extras_billed = False
        self.status = "B"
        self.total = 0
        self.invoices: list[Owed] = []
        self.deposit: Credit | None = None


class Owed:
    """An invoice or bill that is not yet settled."""

    __slots__ = ("base_totals", "document", "due", "header", "order", "paid", "paid_base", "party", "posted", "total")

    def __init__(
        self, document: Document, header: Header, party: Party, posted: Posted, due: int, order: Order | None
    ) -> None:
        self.document = document
        self.header = header
        self.party = party
        self.posted = posted
        self.total = abs(posted.foreigntotal)
        self.base_totals = posted.base_totals
        self.paid = 0
        self.paid_base = [0] * len(self.base_totals)
        self.due = due
        self.order = order


class Credit:
    """A deposit, credit memo or vendor credit that is not yet used up; `line` is the line that is drawn on."""

    __slots__ = (
        "base_totals",
        "document",
        "header",
        "line",
        "party",
        "posted",
        "statuses",
        "total",
        "used",
        "used_base",
    )

    def __init__(
        self,
        document: Document,
        header: Header,
        party: Party,
        posted: Posted,
        line: int,
        statuses: tuple[str, str],
    ) -> None:
        self.document = document
        self.header = header
        self.party = party
        self.posted = posted
        self.line = line
        self.statuses = statuses
        self.total = abs(posted.foreigntotal)
        self.base_totals = tuple(abs(entry.amount) for entry in posted.entries if entry.line == line)
        self.used = sum(each.used or 0 for each in posted.lines if each.id == line)
        self.used_base = [entry.paymentamountused or 0 for entry in posted.entries if entry.line == line]


class Business:
    """All that lives during the generation. Open documents are kept by id, in the order they were entered."""

    def __init__(
        self,
        world: World,
        desk: Desk,
        staff: list[Employee],
        customers: list[Party],
        vendors: list[Party],
        catalog: Catalog,
        stock: Stock,
        ship_order: Handler,
    ) -> None:
        self.world = world
        self.desk = desk
        self.staff = staff
        self.customers = customers
        self.vendors = vendors
        self.catalog = catalog
        self.stock = stock
        self.ship_order = ship_order
        self.active = 0
        """How many of the customers, who are sorted by their day of entry, are there already."""
        self.orders: dict[int, Order] = {}
        self.returns: dict[int, Order] = {}
        self.purchases: dict[int, Order] = {}
        self.invoices: dict[int, Owed] = {}
        self.bills: dict[int, Owed] = {}
        self.credits: dict[int, Credit] = {}
        self.estimates: dict[int, Order] = {}
        self.converted = 0
        """Orders that came from estimates and take the place of fresh ones."""
        self.lot_id = 11
        self.assignment_id = 21
