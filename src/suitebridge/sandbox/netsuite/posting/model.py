"""The facts a document is posted from, and what posting gives back.

Amounts are integers in storage scales: money 2 decimals, quantities 5, unit prices and costs 8, exchange rates 12,
percentages 4. Inputs carry amounts as a REST body has them (positive on both sides of the business); results carry
them as SuiteQL shows them, where an amount is positive when it is a debit and negative when it is a credit.
"""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.money import ONE

STOCK_TYPES = frozenset({"InvtPart", "Assembly"})


class Account(Struct, frozen=True, gc=False):
    """An account as posting needs it: internal id and account type (`Bank`, `AcctRec`, `Income` ...)."""

    id: int
    accttype: str


class Book(Struct, frozen=True, gc=False):
    """An accounting book that a document posts into.

    `exchangerate` turns document currency into the book's base currency, `cost_rate` the primary book's base
    currency into this one's. `unit` is the smallest amount of the base currency (100 where it has no decimals).
    """

    id: int
    exchangerate: int = ONE
    unit: int = 1
    cost_rate: int = ONE


class Tax(Struct, frozen=True, gc=False):
    """A tax code: its id, its tax type, the rate in percent (scale 4) and the account it posts to."""

    code: int
    taxtype: int
    rate: int
    account: Account


class Item(Struct, frozen=True, gc=False):
    """An item as posting needs it. `expense` is the cost of goods sold account of what is sold from stock."""

    id: int
    itemtype: str
    income: Account | None = None
    expense: Account | None = None
    asset: Account | None = None
    fulfillable: bool = False
    components: tuple[Component, ...] = ()

    @property
    def stocked(self) -> bool:
        """Whether quantities on hand are kept for it."""
        return self.itemtype in STOCK_TYPES


class Component(Struct, frozen=True, gc=False):
    """A member of a kit: `quantity` (scale 5) of it is in one kit; `cost` as in `Line.cost`."""

    item: Item
    quantity: int
    cost: int | None = None
    unit_cost: int = 0


class Header(Struct, frozen=True, gc=False):
    """What all documents have. `unit` is the smallest amount of the document currency, in scale 2."""

    subsidiary: int
    entity: int | None
    currency: int
    exchangerate: int = ONE
    unit: int = 1
    books: tuple[Book, ...] = (Book(1),)
    department: int | None = None
    class_: int | None = None
    location: int | None = None
    memo: str | None = None
    created_from: int | None = None


class Line(Struct, frozen=True, gc=False):
    """A line as a request or a source document gives it.

    `amount` is in document currency and positive, except for discounts. `cost` is the exact value of the line's
    stock in the primary book's base currency; without it the value is quantity × `unit_cost`. `accrued` is what
    receipts put on the accrual account for the goods that a bill line now bills. `shipped` and `billed` are what
    later documents did, `available` what can be committed to the line (None: all of it).
    """

    id: int
    item: Item | None = None
    kind: str = "ITEM"
    account: Account | None = None
    quantity: int | None = None
    rate: int | None = None
    ratepercent: int | None = None
    amount: int = 0
    tax: Tax | None = None
    tax_amount: int | None = None
    unit_cost: int = 0
    cost: int | None = None
    accrued: int | None = None
    shipped: int = 0
    billed: int = 0
    available: int | None = None
    closed: bool = False
    restock: bool = True
    price: int | None = None
    cost_estimate: int | None = None
    department: int | None = None
    class_: int | None = None
    location: int | None = None
    entity: int | None = None
    memo: str | None = None
    created_from: int | None = None
    source_line: int | None = None
    billable: bool = False
    components: tuple[Component, ...] = ()


class Application(Struct, frozen=True, gc=False):
    """An amount in document currency that settles another document's line.

    `base` is, book by book, how much of that document's own base amount is settled by it: see `settlement.released`.
    """

    document: int
    amount: int
    base: tuple[int, ...]
    line: int = 0


class Entry(Struct, frozen=True, gc=False):
    """A row of transactionaccountingline: amounts in the book's base currency, one of debit and credit is None."""

    line: int
    book: int
    account: int
    accounttype: str
    debit: int | None
    credit: int | None
    amount: int
    posting: bool
    exchangerate: int
    amountpaid: int | None = None
    amountunpaid: int | None = None
    amountlinked: int | None = None
    paymentamountused: int | None = None
    paymentamountunused: int | None = None


class PostedLine(Struct, frozen=True, gc=False):
    """A row of transactionline, without what belongs to storage (keys, dates, custom fields).

    `source` is the line it was made from; None on main, tax and balancing lines.
    """

    id: int
    foreignamount: int | None
    netamount: int | None
    accountinglinetype: str | None = None
    transactionlinetype: str | None = None
    mainline: bool = False
    taxline: bool = False
    iscogs: bool | None = None
    inventory: bool = False
    item: Item | None = None
    quantity: int | None = None
    quantityshiprecv: int | None = None
    quantitybilled: int | None = None
    quantitycommitted: int | None = None
    quantitybackordered: int | None = None
    paid: int | None = None
    unpaid: int | None = None
    used: int | None = None
    unused: int | None = None
    kitmemberof: int | None = None
    account: int | None = None
    taxcode: int | None = None
    source: Line | None = None


class TaxDetail(Struct, frozen=True, gc=False):
    """A row of transactiontaxdetail: the tax of one line, document currency."""

    line: int
    code: int
    taxtype: int
    basis: int
    rate: int
    amount: int
    linetype: str


class StockMove(Struct, frozen=True, gc=False):
    """What a document does to the stock of an item at a location: quantity (scale 5) and value (scale 2, base)."""

    item: int
    location: int
    quantity: int
    value: int
    line: int


class Commitment(Struct, frozen=True, gc=False):
    """What an order holds of an item at a location, or has on order there; quantities at scale 5."""

    item: int
    location: int
    committed: int = 0
    backordered: int = 0
    on_order: int = 0
    line: int = 0


class Posted(Struct, frozen=True, gc=False):
    """A document as it stands after posting.

    `foreigntotal` is signed as SuiteQL shows it (negative on purchases and returns). `paid` and `unpaid` are positive
    amounts in document currency, None where a document cannot be paid.
    """

    type: str
    status: str | None
    posting: bool
    foreigntotal: int
    lines: tuple[PostedLine, ...]
    entries: tuple[Entry, ...]
    paid: int | None = None
    unpaid: int | None = None
    taxes: tuple[TaxDetail, ...] = ()
    stock: tuple[StockMove, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    voided: bool = False

    @property
    def base_totals(self) -> tuple[int, ...]:
        """The main line's amount in each book's base currency, unsigned."""
        return tuple(abs(entry.amount) for entry in self.entries if entry.line == 0)
