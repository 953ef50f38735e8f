"""Journals: the capital at the start, and each month's payroll, rent, depreciation and accruals."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.business import Business
from suitebridge.sandbox.netsuite.company.documents import Document
from suitebridge.sandbox.netsuite.company.geography import SubsidiarySpec
from suitebridge.sandbox.netsuite.posting import Header, JournalEntry, Line, Posted, post_journal_entry, voided

Sides = list[tuple[str, int, int | None]]
"""(account role, amount: debit positive, department)."""


def _journal(
    business: Business,
    day: int,
    subsidiary: SubsidiarySpec,
    memo: str,
    sides: Sides,
    *,
    approved: bool = True,
    void: bool = False,
    reverses: Document | None = None,
    reversed_on: int | None = None,
) -> Document:
    world = business.world
    desk = business.desk
    header = world.header(subsidiary, None, subsidiary.currency, day, memo=memo)
    lines = tuple(
        Line(
            number,
            None,
            "JOURNAL",
            world.chart[role],
            amount=amount,
            department=department,
            memo=memo,
        )
        for number, (role, amount, department) in enumerate(sides)
    )
    posted = post_journal_entry(JournalEntry(header, lines, approved))
    document = desk.enter("Journal", day, subsidiary.id, len(posted.lines))
    document.approval = 2 if approved else 1
    document.memo = memo
    if reverses is not None:
        document.reversal = reverses.id
        reverses.reversal = document.id
    if reversed_on is not None:
        document.reversal_day = world.calendar.text(reversed_on)
    if void:
        desk.touch(document, day)
        desk.note(document, "TRANDOC.KSTATUS", "Approved for Posting", "Voided")
        posted = voided(posted)
    if reversed_on is None:
        desk.write(document, header, posted)
    else:
        # Its reversal is entered with it, and each names the other.
        back = [(role, -amount, department) for role, amount, department in sides]
        if reversed_on <= world.calendar.today:
            world.at(reversed_on, _reverse, (document, header, posted, subsidiary, memo, back))
        else:
            desk.write(document, header, posted)
    return document


def _reverse(
    business: Business, day: int, subject: tuple[Document, Header, Posted, SubsidiarySpec, str, Sides]
) -> None:
    document, header, posted, subsidiary, memo, back = subject
    _journal(business, day, subsidiary, f"Reversal: {memo}", back, reverses=document)
    business.desk.write(document, header, posted)


def open_books(business: Business, day: int) -> None:
    """Capital, a loan and machines in every subsidiary."""
    for subsidiary in business.world.subsidiaries:
        scale = _scale(subsidiary) * max(1, business.world.size.orders // 2_500)
        _journal(
            business,
            day,
            subsidiary,
            "Opening balance",
            [
                (subsidiary.bank, 60_000_000 * scale, None),
                ("equipment", 20_000_000 * scale, None),
                ("furniture", 3_000_000 * scale, None),
                ("capital", -63_000_000 * scale, None),
                ("loan", -20_000_000 * scale, None),
            ],
        )


def _scale(subsidiary: SubsidiarySpec) -> int:
    return 1 if subsidiary.currency.precision else 100


def close_month(business: Business, day: int) -> None:
    """The journals of a month's last day."""
    world = business.world
    month = world.calendar.month[day]
    last = month == world.calendar.month[world.calendar.today]
    for place, subsidiary in enumerate(world.subsidiaries):
        scale = _scale(subsidiary)
        heads = sum(
            1
            for employee in business.staff
            if employee.subsidiary is subsidiary and employee.day <= day and not employee.left
        )
        gross = (heads or 1) * (410_000 + month * 1_500 + int(world.random() * 20_000)) * scale
        social = gross * 19 // 100 // scale * scale
        _journal(
            business,
            day,
            subsidiary,
            "Payroll",
            [
                ("wages", gross, 5),
                ("social", social, 5),
                ("payroll_liability", -social, None),
                (subsidiary.bank, -gross, None),
            ],
            approved=not (last and place % 2 == 1),
        )
        _journal(
            business,
            day,
            subsidiary,
            "Depreciation",
            [("depreciation", 190_000 * scale, 9), ("depreciated", -190_000 * scale, None)],
        )
        rent = (450_000 + 40_000 * place) * scale
        _journal(business, day, subsidiary, "Rent", [("rent", rent, 9), (subsidiary.bank, -rent, None)])
        accrual = (80_000 + int(world.random() * 90_000)) * scale
        _journal(
            business,
            day,
            subsidiary,
            "Accrual: utilities",
            [("utilities", accrual, 9), ("accrued", -accrual, None)],
            reversed_on=day + 1,
        )
        if (month * 5 + place) % 31 == 17:
            _journal(
                business,
                day,
                subsidiary,
                "VOID: wrong month",
                [("legal", 120_000 * scale, 9), ("accrued", -120_000 * scale, None)],
                void=True,
            )
