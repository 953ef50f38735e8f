"""What credit memos and vendor credits share: a trade document whose main line settles others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from suitebridge.sandbox.netsuite.posting.balance import Leg, needed
from suitebridge.sandbox.netsuite.posting.errors import OverAppliedError
from suitebridge.sandbox.netsuite.posting.model import Account, Application, Header, Line, Posted, PostedLine
from suitebridge.sandbox.netsuite.posting.money import convert
from suitebridge.sandbox.netsuite.posting.settlement import applied_sums, restate_used
from suitebridge.sandbox.netsuite.posting.trade import document_total, next_free_line, trade

OPEN, FULLY_APPLIED = "A", "B"
STATUSES = (OPEN, FULLY_APPLIED)


def post_credit(
    type_: str,
    header: Header,
    lines: Sequence[Line],
    direction: int,
    control: Account,
    control_type: str,
    account_of: Callable[[Line], Account],
    applications: Sequence[Application],
    gain_loss: Account | None,
) -> Posted:
    """Post a credit and what it settles at once; the control account moves at the settled documents' rates.

    The base amounts that count as used are those of the documents it settled. Raises OverAppliedError where more
    is applied than the credit's total.
    """
    books = header.books
    total = document_total(lines, header.unit)
    applied, applied_base = applied_sums(applications, len(books))
    if applied > total:
        raise OverAppliedError(f"{applied} applied of {total}")
    control_base = tuple(
        settled + convert(total - applied, book.exchangerate, book.unit)
        for settled, book in zip(applied_base, books, strict=True)
    )
    differences = tuple(
        direction * (theirs - convert(total, book.exchangerate, book.unit))
        for theirs, book in zip(control_base, books, strict=True)
    )
    extra: list[tuple[Leg, PostedLine]] = []
    if any(differences):
        number = next_free_line(lines)
        account = needed(gain_loss, "the realized gain or loss")
        extra.append(
            (
                Leg(number, account, 0, differences),
                PostedLine(number, 0, differences[0], "FXGAINLOSS"),
            )
        )

    def main(amount: int, base: int) -> PostedLine:
        return PostedLine(0, amount, base, control_type, mainline=True)

    result = trade(
        header,
        lines,
        direction,
        control,
        account_of,
        posting=True,
        extra=extra,
        main=main,
        main_fixed=control_base,
    )
    posted = Posted(
        type_,
        OPEN,
        True,
        -direction * result.total,
        tuple(result.lines),
        result.entries,
        taxes=result.taxes,
    )
    return restate_used(posted, 0, applied, applied_base, STATUSES)
