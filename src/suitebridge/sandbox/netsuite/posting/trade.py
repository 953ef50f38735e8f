"""The part that all trade documents share: a main line, item lines and one tax line for each tax code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.balance import Leg, enter, plain_amounts
from suitebridge.sandbox.netsuite.posting.errors import IncompleteError
from suitebridge.sandbox.netsuite.posting.model import (
    Account,
    Entry,
    Header,
    Line,
    PostedLine,
    Tax,
    TaxDetail,
)
from suitebridge.sandbox.netsuite.posting.money import convert, percent_of

SALE = -1
PURCHASE = 1
SALES_RETURN = 1
PURCHASE_RETURN = -1

LINE_TYPE_OF_ACCOUNT = {
    "Income": "INCOME",
    "OthIncome": "INCOME",
    "DeferRevenue": "INCOME",
    "COGS": "COGS",
    "Expense": "EXPENSE",
    "OthExpense": "EXPENSE",
    "DeferExpense": "ASSET",
    "OthCurrAsset": "ASSET",
    "OthAsset": "ASSET",
    "FixedAsset": "ASSET",
    "AcctRec": "AR",
    "UnbilledRec": "AR",
    "AcctPay": "AP",
    "Bank": "PAYMENT",
    "CredCard": "PAYMENT",
    "OthCurrLiab": "LIABILITY",
    "LongTermLiab": "LIABILITY",
    "Equity": "EQUITY",
}


class Trade(Struct, frozen=True, gc=False):
    """Lines and accounting lines of a trade document; `total` is positive, in document currency."""

    total: int
    lines: list[PostedLine]
    entries: tuple[Entry, ...]
    taxes: tuple[TaxDetail, ...]
    last_line: int


def line_tax(line: Line, unit: int) -> int:
    """The tax of a line in document currency."""
    if line.tax_amount is not None:
        return line.tax_amount
    if line.tax is None:
        return 0
    return percent_of(line.amount, line.tax.rate, unit)


def document_total(lines: Sequence[Line], unit: int) -> int:
    """What the lines and their taxes come to, in document currency."""
    total = 0
    for line in lines:
        total += line.amount
        if line.tax is not None:
            total += line_tax(line, unit)
    return total


def trade(
    header: Header,
    lines: Sequence[Line],
    direction: int,
    control: Account,
    account_of: Callable[[Line], Account],
    *,
    posting: bool,
    main_type: str | None = None,
    extra: Sequence[tuple[Leg, PostedLine]] = (),
    main: Callable[[int, int], PostedLine] | None = None,
    main_fixed: tuple[int, ...] | None = None,
    variance: Account | None = None,
    order: bool = False,
) -> Trade:
    """Post a trade document: item lines in `direction` (-1 credits them), taxes with them, the main line against them.

    Each line's tax is rounded, the tax line is the sum of its lines' taxes. `extra` legs follow the tax lines. `main`
    makes the main line from its document and base amount where it is more than the plain one; `main_fixed` are its
    base amounts (positive) where they are not at the document's rate. `variance` takes what lines with `accrued`
    leave over. `order` fills the line facts that only orders have (quantities shipped and billed).
    """
    unit = header.unit
    legs: list[Leg] = []
    details: list[TaxDetail] = []
    tax_sums: dict[int, tuple[Tax, int]] = {}
    total = 0
    last = 0
    for line in lines:
        amount = line.amount
        total += amount
        if line.id > last:
            last = line.id
        accrued = line.accrued
        fixed = (
            None
            if accrued is None
            else tuple(direction * convert(accrued, book.cost_rate, book.unit) for book in header.books)
        )
        legs.append(Leg(line.id, account_of(line), direction * amount, fixed))
        tax = line.tax
        if tax is not None:
            tax_amount = line_tax(line, unit)
            details.append(TaxDetail(line.id, tax.code, tax.taxtype, amount, tax.rate, tax_amount, line.kind))
            found = tax_sums.get(tax.code)
            tax_sums[tax.code] = (tax, tax_amount if found is None else found[1] + tax_amount)
    tax_lines: list[tuple[int, Tax, int]] = []
    for tax, tax_amount in tax_sums.values():
        total += tax_amount
        last += 1
        tax_lines.append((last, tax, tax_amount))
        legs.append(Leg(last, tax.account, direction * tax_amount))
    for leg, _ in extra:
        legs.append(leg)
        if leg.line > last:
            last = leg.line
    fixed = None if main_fixed is None else tuple(-direction * amount for amount in main_fixed)
    legs.insert(0, Leg(0, control, -direction * total, fixed))
    if variance is not None:
        rest = tuple(-sum(plain_amounts(legs, book, at)) for at, book in enumerate(header.books))
        if any(rest):
            last += 1
            leg = Leg(last, variance, 0, rest)
            legs.append(leg)
            extra = (*extra, (leg, PostedLine(last, 0, rest[0], "EXPENSE")))
    amounts, entries = enter(legs, header.books, posting)

    result: list[PostedLine] = []
    if main is not None:
        result.append(main(-direction * total, amounts[0]))
    else:
        result.append(PostedLine(0, -direction * total, amounts[0], main_type, mainline=True))
    place = 1
    for line in lines:
        item = line.item
        quantity = line.quantity
        foreign = direction * line.amount
        if order:
            result.append(_order_line(line, foreign, amounts[place], direction, legs[place].account))
        else:
            result.append(
                PostedLine(
                    line.id,
                    foreign,
                    amounts[place],
                    LINE_TYPE_OF_ACCOUNT.get(legs[place].account.accttype),
                    line.kind,
                    item=item,
                    quantity=None if quantity is None else direction * quantity,
                    source=line,
                )
            )
        place += 1
    for number, tax, tax_amount in tax_lines:
        result.append(
            PostedLine(
                number,
                direction * tax_amount,
                amounts[place],
                "TAX",
                "TAX",
                taxline=True,
                taxcode=tax.code,
            )
        )
        place += 1
    result.extend(line for _, line in extra)
    return Trade(total, result, entries, tuple(details), last)


def next_free_line(lines: Sequence[Line]) -> int:
    """The number after the lines' own and the tax lines' that they lead to."""
    last = 0
    codes: set[int] = set()
    for line in lines:
        if line.id > last:
            last = line.id
        if line.tax is not None:
            codes.add(line.tax.code)
    return last + 1 + len(codes)


def _order_line(line: Line, foreign: int, base: int, direction: int, account: Account) -> PostedLine:
    quantity = line.quantity
    return PostedLine(
        line.id,
        foreign,
        base,
        LINE_TYPE_OF_ACCOUNT.get(account.accttype),
        line.kind,
        item=line.item,
        quantity=None if quantity is None else direction * quantity,
        quantityshiprecv=line.shipped if quantity is not None else None,
        quantitybilled=line.billed if quantity is not None else None,
        source=line,
    )


def income_of(line: Line) -> Account:
    """The account that a line of a sale posts to: its own, else the item's income account."""
    account = line.account
    if account is not None:
        return account
    item = line.item
    if item is None or item.income is None:
        raise IncompleteError(f"no income account for line {line.id}")
    return item.income
