"""Turns the legs of a document into accounting lines whose debits equal their credits, book by book, to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.errors import IncompleteError, UnbalancedError
from suitebridge.sandbox.netsuite.posting.model import Account, Book, Entry
from suitebridge.sandbox.netsuite.posting.money import ONE, convert


class Leg(Struct, frozen=True, gc=False):
    """One side of a document in its own currency, debits positive.

    `fixed` gives the base amounts book by book where they are not amount × exchange rate: the value of stock, or a
    receivable at the rate at which it arose.
    """

    line: int
    account: Account
    amount: int
    fixed: tuple[int, ...] | None = None


def plain_amounts(legs: Sequence[Leg], book: Book, place: int) -> list[int]:
    """Each leg in the book's base currency, rounded on its own."""
    rate = book.exchangerate
    unit = book.unit
    if rate == ONE and unit == 1:
        return [leg.amount if leg.fixed is None else leg.fixed[place] for leg in legs]
    return [convert(leg.amount, rate, unit) if leg.fixed is None else leg.fixed[place] for leg in legs]


def base_amounts(legs: Sequence[Leg], book: Book, place: int) -> list[int]:
    """The legs in the book's base currency, their sum exactly zero.

    Rounding leaves at most one unit a leg; it goes to the largest leg that is neither fixed nor the first, which is
    what others settle. Raises UnbalancedError where the difference is more than that.
    """
    amounts = plain_amounts(legs, book, place)
    difference = sum(amounts)
    if difference:
        if abs(difference) > book.unit * len(legs):
            raise UnbalancedError(f"debits and credits differ by {difference} in book {book.id}")
        largest = -1
        for index in range(1, len(legs)):
            if legs[index].fixed is None and (largest < 0 or abs(amounts[index]) > abs(amounts[largest])):
                largest = index
        if largest < 0:
            raise UnbalancedError(f"no leg can take the rounding of {difference} in book {book.id}")
        amounts[largest] -= difference
    return amounts


def enter(legs: Sequence[Leg], books: Sequence[Book], posting: bool) -> tuple[list[int], tuple[Entry, ...]]:
    """The legs' amounts in the first book, and the accounting lines of all books."""
    if not books:
        raise IncompleteError("a document posts into at least one accounting book")
    first: list[int] | None = None
    entries: list[Entry] = []
    for place, book in enumerate(books):
        amounts = base_amounts(legs, book, place)
        if first is None:
            first = amounts
        rate = book.exchangerate
        number = book.id
        for leg, amount in zip(legs, amounts, strict=True):
            account = leg.account
            entries.append(
                Entry(
                    leg.line,
                    number,
                    account.id,
                    account.accttype,
                    amount if amount > 0 else None,
                    -amount if amount < 0 else None,
                    amount,
                    posting,
                    rate,
                )
            )
    return first or [], tuple(entries)


def check_balanced(entries: Iterable[Entry]) -> None:
    """Raise UnbalancedError unless each book's debits equal its credits and each amount is debit less credit."""
    sums: dict[int, int] = {}
    for entry in entries:
        net = (entry.debit or 0) - (entry.credit or 0)
        if net != entry.amount:
            raise UnbalancedError(f"line {entry.line} says {entry.amount}, its debit and credit say {net}")
        sums[entry.book] = sums.get(entry.book, 0) + net
    for book, difference in sums.items():
        if difference:
            raise UnbalancedError(f"debits and credits differ by {difference} in book {book}")


def needed(account: Account | None, what: str) -> Account:
    """The account, or IncompleteError that says which one is missing."""
    if account is None:
        raise IncompleteError(f"no account for {what}")
    return account
