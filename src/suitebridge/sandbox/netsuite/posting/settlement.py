"""Paying and applying: what an application takes from a document's base amount, and the realized gain or loss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from suitebridge.sandbox.netsuite.posting.balance import Leg, enter, needed
from suitebridge.sandbox.netsuite.posting.errors import OverAppliedError
from suitebridge.sandbox.netsuite.posting.model import (
    Account,
    Application,
    Book,
    Entry,
    Header,
    Posted,
    PostedLine,
)
from suitebridge.sandbox.netsuite.posting.money import convert, share


def released(left: int, base_left: Sequence[int], amount: int, books: Sequence[Book] = ()) -> tuple[int, ...]:
    """How much of a document's base amounts is settled when `amount` of what is left of it is, book by book.

    `left` is in document currency, `base_left` in each book's base currency; `books` say to which unit those are
    rounded (cents where not given). Whatever the parts, they sum to the
    document's base amounts once all of it is settled. Raises OverAppliedError where `amount` is more than is left.
    """
    if not 0 <= amount <= left:
        raise OverAppliedError(f"{amount} cannot be applied, {left} is left")
    units = [book.unit for book in books] if books else [1] * len(base_left)
    return tuple(share(base, amount, left, unit) if left else 0 for base, unit in zip(base_left, units, strict=True))


class Settlement(Struct, frozen=True, gc=False):
    """Lines and accounting lines of a document that moves money and settles others."""

    lines: tuple[PostedLine, ...]
    entries: tuple[Entry, ...]
    applied: int
    unapplied: int


def applied_sums(applications: Iterable[Application], books: int) -> tuple[int, tuple[int, ...]]:
    """What the applications come to, in document currency and in each book's base currency."""
    amount = 0
    sums = [0] * books
    for application in applications:
        if application.amount < 0:
            raise OverAppliedError("an applied amount cannot be negative")
        amount += application.amount
        for place in range(books):
            sums[place] += application.base[place]
    return amount, tuple(sums)


def settle(
    header: Header,
    amount: int,
    applications: Sequence[Application],
    *,
    main: Account,
    control: Account,
    direction: int,
    control_type: str,
    gain_loss: Account | None,
    main_type: str | None = "PAYMENT",
    main_fixed: tuple[int, ...] | None = None,
) -> Settlement:
    """Post `amount` between `main` and `control`; `direction` 1 debits the main line.

    Where the settled documents stood at another rate, the difference is a realized gain or loss on a line of its own.
    `main_fixed` gives the main line's base amounts (positive) where they are not at the document's rate. Raises
    OverAppliedError where more is applied than `amount`.
    """
    books = header.books
    applied, applied_base = applied_sums(applications, len(books))
    unapplied = amount - applied
    if unapplied < 0:
        raise OverAppliedError(f"{applied} applied of {amount}")
    unapplied_base = tuple(convert(unapplied, book.exchangerate, book.unit) for book in books)
    if main_fixed is None:
        main_base = tuple(convert(amount, book.exchangerate, book.unit) for book in books)
    else:
        main_base = main_fixed
    control_base = tuple(settled + open_ for settled, open_ in zip(applied_base, unapplied_base, strict=True))
    legs = [
        Leg(0, main, direction * amount, tuple(direction * value for value in main_base)),
        Leg(1, control, -direction * amount, tuple(-direction * value for value in control_base)),
    ]
    differences = tuple(direction * (ours - theirs) for ours, theirs in zip(control_base, main_base, strict=True))
    if any(differences):
        legs.append(Leg(2, needed(gain_loss, "the realized gain or loss"), 0, differences))
    amounts, entries = enter(legs, books, True)
    lines = [
        PostedLine(0, direction * amount, amounts[0], main_type, mainline=True),
        PostedLine(1, -direction * amount, amounts[1], control_type, "PAYMENT", used=applied, unused=unapplied),
    ]
    if len(legs) == 3:
        lines.append(PostedLine(2, 0, amounts[2], "FXGAINLOSS"))
    marked = tuple(
        replace(
            entry,
            amountlinked=applied_base[_place(books, entry.book)],
            paymentamountused=applied_base[_place(books, entry.book)],
            paymentamountunused=unapplied_base[_place(books, entry.book)],
        )
        if entry.line == 1
        else entry
        for entry in entries
    )
    return Settlement(tuple(lines), marked, applied, unapplied)


def _place(books: Sequence[Book], number: int) -> int:
    for place, book in enumerate(books):
        if book.id == number:
            return place
    raise ValueError(f"no book {number}")


def restate_paid(posted: Posted, paid: int, paid_base: Sequence[int], statuses: tuple[str, str]) -> Posted:
    """An invoice or bill after `paid` of it was settled: amounts paid and unpaid, and one of (open, paid in full).

    `paid_base` is book by book the sum of what `released` gave. Raises OverAppliedError beyond the total.
    """
    total = abs(posted.foreigntotal)
    if not 0 <= paid <= total:
        raise OverAppliedError(f"{paid} paid of {total}")
    unpaid = total - paid
    main = replace(posted.lines[0], paid=paid, unpaid=unpaid)
    entries: list[Entry] = []
    place = 0
    for entry in posted.entries:
        if entry.line == 0:
            base_paid = paid_base[place]
            place += 1
            entry = replace(
                entry,
                amountpaid=base_paid,
                amountunpaid=abs(entry.amount) - base_paid,
                amountlinked=base_paid,
            )
        entries.append(entry)
    return replace(
        posted,
        status=statuses[1] if unpaid == 0 else statuses[0],
        paid=paid,
        unpaid=unpaid,
        lines=(main, *posted.lines[1:]),
        entries=tuple(entries),
    )


def restate_used(
    posted: Posted, line: int, used: int, used_base: Sequence[int], statuses: tuple[str | None, str | None]
) -> Posted:
    """A credit, deposit or payment after `used` of it was applied; `line` is the line that is applied from.

    Status becomes one of (something left, all used). Raises OverAppliedError beyond the total.
    """
    total = abs(posted.foreigntotal)
    if not 0 <= used <= total:
        raise OverAppliedError(f"{used} used of {total}")
    unused = total - used
    lines = tuple(replace(each, used=used, unused=unused) if each.id == line else each for each in posted.lines)
    entries: list[Entry] = []
    place = 0
    for entry in posted.entries:
        if entry.line == line:
            base_used = used_base[place]
            place += 1
            entry = replace(
                entry,
                amountlinked=base_used,
                paymentamountused=base_used,
                paymentamountunused=abs(entry.amount) - base_used,
            )
        entries.append(entry)
    return replace(posted, status=statuses[1] if unused == 0 else statuses[0], lines=lines, entries=tuple(entries))


def voided(posted: Posted) -> Posted:
    """A document after it was voided: its lines stay, all amounts are zero, nothing moves."""
    return replace(
        posted,
        status="V",
        voided=True,
        foreigntotal=0,
        paid=None if posted.paid is None else 0,
        unpaid=None if posted.unpaid is None else 0,
        lines=tuple(
            replace(
                line,
                foreignamount=0 if line.foreignamount is not None else None,
                netamount=0 if line.netamount is not None else None,
                quantity=0 if line.quantity is not None else None,
                paid=None if line.paid is None else 0,
                unpaid=None if line.unpaid is None else 0,
                used=None if line.used is None else 0,
                unused=None if line.unused is None else 0,
            )
            for line in posted.lines
        ),
        entries=tuple(
            Entry(
                entry.line,
                entry.book,
                entry.account,
                entry.accounttype,
                None,
                None,
                0,
                entry.posting,
                entry.exchangerate,
                0 if entry.amountpaid is not None else None,
                0 if entry.amountunpaid is not None else None,
                0 if entry.amountlinked is not None else None,
                0 if entry.paymentamountused is not None else None,
                0 if entry.paymentamountunused is not None else None,
            )
            for entry in posted.entries
        ),
        taxes=(),
        stock=(),
        commitments=(),
    )
