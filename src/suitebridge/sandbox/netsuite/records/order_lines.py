"""The lines of a sales order on their way: from what is stored and what was sent to what posting takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from suitebridge.sandbox.netsuite.posting import Account, Item, Tax
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

CUSTOM_PRICE = -1
FACTS = ("units", "commitinventory", "expectedshipdate")
"""Columns of a line that nothing is worked out from, besides custom ones."""

_SEGMENTS = {"department": "department", "class": "class_", "location": "location"}


@dataclass(slots=True)
class OrderLine:
    """A line of the order, amounts positive as REST has them. `stored` is its row, None for a new line."""

    id: int
    kind: str
    item: int | None
    path: str = ""
    quantity: int | None = None
    rate: int | None = None
    ratepercent: int | None = None
    amount: int | None = None
    price: int | None = None
    taxcode: int | None = None
    taxtype: int | None = None
    description: str | None = None
    department: int | None = None
    class_: int | None = None
    location: int | None = None
    closed: bool = False
    cost_estimate: int | None = None
    shipped: int = 0
    billed: int = 0
    committed: int = 0
    backordered: int = 0
    facts: Row = field(default_factory=dict[str, Stored])
    stored: Row | None = None
    refused: bool = False  # a value of it is a fault already

    @property
    def touched(self) -> bool:
        """Whether later documents took something from the line."""
        return bool(self.shipped or self.billed)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item as an order needs it."""

    item: Item
    discount: Account | None
    allowed: bool
    description: str | None


def stored_lines(work: Work, order: int) -> list[OrderLine]:
    """The item, shipping and discount lines of a stored order."""
    details = {
        each["transactionline"]: each
        for each in work.rows('SELECT * FROM transactiontaxdetail WHERE "transaction" = ?', order)
    }
    rows = work.rows(
        'SELECT * FROM transactionline WHERE "transaction" = ?'
        " AND mainline = 'F' AND taxline = 'F' ORDER BY linesequencenumber",
        order,
    )
    return [_stored_line(row, details.get(row["id"], {})) for row in rows]


def _stored_line(row: Row, detail: Row) -> OrderLine:
    quantity = _int(row["quantity"])
    amount = _int(row["foreignamount"])
    return OrderLine(
        id=_int(row["id"]) or 0,
        kind=str(row["transactionlinetype"] or "ITEM"),
        item=_int(row["item"]),
        quantity=None if quantity is None else -quantity,
        rate=_int(row["rate"]),
        ratepercent=_int(row["ratepercent"]),
        amount=None if amount is None else -amount,
        price=_int(row["price"]),
        taxcode=_int(detail.get("taxcode")),
        taxtype=_int(detail.get("taxtype")),
        description=_text(row["memo"]),
        department=_int(row["department"]),
        class_=_int(row["class"]),
        location=_int(row["location"]),
        closed=row["isclosed"] == "T",
        cost_estimate=_int(row["costestimate"]),
        shipped=_int(row["quantityshiprecv"]) or 0,
        billed=_int(row["quantitybilled"]) or 0,
        committed=_int(row["quantitycommitted"]) or 0,
        backordered=_int(row["quantitybackordered"]) or 0,
        stored=row,
    )


def apply(line: OrderLine, sent: Parsed, custom: Iterable[str]) -> None:
    """Puts what was sent onto the line."""
    values = sent.values
    line.refused = bool(sent.refused)
    if values.get("item") is not None and values["item"] != line.item:
        line.item = _int(values["item"])
        line.rate = line.amount = line.price = None
    rated = priced = False
    if "quantity" in values:
        quantity = _int(values["quantity"])
        line.quantity = None if quantity is None else -quantity
        if "amount" not in values and "rate" not in values and line.rate is not None:
            line.amount = None
    if "price" in values:
        line.price = _int(values["price"])
        priced = line.price is not None and line.price != CUSTOM_PRICE
        if priced:
            line.rate = line.amount = None
    if values.get("rate") is not None:
        line.rate = _int(values["rate"])
        line.amount = None
        rated = True
    if values.get("amount") is not None:
        amount = _int(values["amount"])
        line.amount = None if amount is None else -amount
        line.rate = line.rate if rated else None
        rated = True
    if rated and not priced and line.kind == "ITEM":
        line.price = CUSTOM_PRICE
    if "description" in values:
        line.description = _text(values["description"])
    if "taxcode" in values:
        if values["taxcode"] != line.taxcode:
            line.taxtype = None
        line.taxcode = _int(values["taxcode"])
    if "isclosed" in values:
        line.closed = values["isclosed"] == "T"
    if "costestimate" in values:
        line.cost_estimate = _int(values["costestimate"])
    for name, attribute in _SEGMENTS.items():
        if name in values:
            setattr(line, attribute, _int(values[name]))
    for name in (*FACTS, *custom):
        if name in values:
            line.facts[name] = values[name]


def item_facts(work: Work, ids: Sequence[int], subsidiary: int | None) -> dict[int, ItemFacts]:
    """What an order needs to know of these items."""
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    allowed = "1"
    bindings: list[Stored] = [*ids]
    if subsidiary is not None and work.has_table("itemsubsidiarymap"):
        allowed = "EXISTS (SELECT 1 FROM itemsubsidiarymap s WHERE s.item = i.id AND s.subsidiary = ?)"
        bindings.insert(0, subsidiary)
    rows = work.rows(
        "SELECT i.id, i.itemtype, i.isfulfillable, i.description, i.incomeaccount, i.expenseaccount, i.assetaccount,"
        " a.accttype AS income, b.accttype AS expense, c.accttype AS asset, "
        f"{allowed} AS allowed FROM item i LEFT JOIN account a ON a.id = i.incomeaccount"
        " LEFT JOIN account b ON b.id = i.expenseaccount LEFT JOIN account c ON c.id = i.assetaccount"
        f" WHERE i.id IN ({marks})",
        *bindings,
    )
    found: dict[int, ItemFacts] = {}
    for row in rows:
        income = _account(row["incomeaccount"], row["income"])
        expense = _account(row["expenseaccount"], row["expense"])
        number = _int(row["id"]) or 0
        kind = str(row["itemtype"])
        item = Item(
            number,
            kind,
            income,
            expense,
            _account(row["assetaccount"], row["asset"]),
            fulfillable=row["isfulfillable"] == "T",
        )
        discount = (income or expense) if kind in ("Discount", "Markup") else None
        found[number] = ItemFacts(item, discount, bool(row["allowed"]), _text(row["description"]))
    return found


def taxes(work: Work, codes: Iterable[int], known: Mapping[int | None, int]) -> dict[int, Tax]:
    """Tax codes as posting takes them; `known` are the tax types that stored lines have for them.

    A code belongs to the tax type of its number where there is one, as the tables do not say to which.
    """
    found: dict[int, Tax] = {}
    for code in codes:
        row = work.one(
            "SELECT s.rate, s.taxaccount, a.accttype FROM salestaxitem s"
            " LEFT JOIN account a ON a.id = s.taxaccount WHERE s.id = ?",
            code,
        )
        if row is None:
            continue
        account = _account(row["taxaccount"], row["accttype"]) or special_account(work, "SalesTaxPay")
        kind = known.get(code) or work.number("SELECT id FROM taxtype WHERE id = ?", code)
        kind = kind or work.number("SELECT MIN(id) FROM taxtype")
        if account is not None:
            found[code] = Tax(code, kind or 0, _int(row["rate"]) or 0, account)
    return found


def special_account(work: Work, special: str) -> Account | None:
    """The account that has this part in the chart (`account.sspecacct`)."""
    row = work.one("SELECT id, accttype FROM account WHERE sspecacct = ? ORDER BY id LIMIT 1", special)
    return None if row is None else _account(row["id"], row["accttype"])


def _account(number: Stored, kind: Stored) -> Account | None:
    return Account(number, str(kind)) if isinstance(number, int) and kind is not None else None


def _int(value: Stored) -> int | None:
    return value if isinstance(value, int) else None


def _text(value: Stored) -> str | None:
    return None if value is None else str(value)
