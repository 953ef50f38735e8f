"""What the company owes: bills of all kinds, weekly payment runs, vendor credits."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.business import Business, Credit, Owed
from suitebridge.sandbox.netsuite.company.collecting import apply_to, write_credit
from suitebridge.sandbox.netsuite.company.due_days import due_day
from suitebridge.sandbox.netsuite.company.entities import Party
from suitebridge.sandbox.netsuite.company.geography import SubsidiarySpec
from suitebridge.sandbox.netsuite.posting import (
    Application,
    Header,
    Line,
    Posted,
    VendorBill,
    VendorCredit,
    VendorPayment,
    post_vendor_bill,
    post_vendor_credit,
    post_vendor_payment,
    restate_paid,
)
from suitebridge.sandbox.netsuite.posting.credit import STATUSES
from suitebridge.sandbox.netsuite.posting.money import percent_of
from suitebridge.sandbox.netsuite.posting.vendor_credit import LINE as CREDIT_LINE

_OPEN_AND_PAID = ("A", "B")
_PAYMENT_WEEKDAY = 3


def enter_bill(
    business: Business, day: int, header: Header, vendor: Party, posted: Posted, subsidiary: SubsidiarySpec
) -> Owed:
    """Enter a posted bill, to be paid in the first payment run after it is due."""
    world = business.world
    document = business.desk.enter("VendBill", day, header.subsidiary, len(posted.lines))
    document.tranid = f"{vendor.number % 97:02d}-{10_000 + document.id * 7 % 90_000}"
    document.terms = vendor.terms
    document.approval = 2 if posted.posting else 1
    due = due_day(day, vendor.terms)
    document.due = world.calendar.text(due)
    business.desk.bill_to(document, vendor.address)
    bill = Owed(document, header, vendor, posted, due, None)
    business.bills[document.id] = bill
    if not posted.posting:
        return bill
    vendor.open.append(bill)
    run = due + (_PAYMENT_WEEKDAY - (world.calendar.weekday[due] if due < len(world.calendar.weekday) else 0)) % 7
    if world.random() < 0.97:
        world.at(run, _pay, (bill, subsidiary))
    return bill


def enter_expense(business: Business, day: int) -> None:
    """A bill for something that was never ordered: rent, freight, power."""
    world = business.world
    vendors = business.vendors
    for _ in range(8):
        roll = world.random()
        vendor = vendors[int(len(vendors) * roll)]
        if vendor.day <= day and not vendor.inactive and not vendor.goods and vendor.expense is not None:
            break
    else:
        return
    subsidiary = vendor.subsidiary
    header = world.header(subsidiary, vendor.id, vendor.currency, day, department=9)
    unit = header.unit
    lines: list[Line] = []
    for number in range(1, 2 + (world.random() < 0.3)):
        amount = (2_000 + int(world.random() * 180_000)) * (1 if unit == 1 else 100)
        account = vendor.expense if number == 1 else world.chart["bank_fees"]
        lines.append(
            Line(
                number,
                None,
                "EXPENSE",
                account,
                amount=amount if number == 1 else amount // 50 // unit * unit + unit,
                tax=vendor.tax,
                department=(10, 6, 5)[int(world.random() * 3)],
                memo="Quarter’s share" if world.random() < 0.1 else None,
            )
        )
    approved = not (day > world.calendar.today - 25 and world.random() < 0.3)
    posted = post_vendor_bill(VendorBill(header, tuple(lines), world.chart["payable"], approved=approved))
    bill = enter_bill(business, day, header, vendor, posted, subsidiary)
    if approved and world.random() < 0.04:
        world.at(day + 3 + int(world.random() * 30), _credit, (bill, lines[0]))


def settle_bill(business: Business, bill: Owed) -> None:
    """Write a bill as it stands: paid in full, or open at the end of the history."""
    del business.bills[bill.document.id]
    vendor = bill.party
    posted = bill.posted
    if posted.posting:
        posted = restate_paid(posted, bill.paid, bill.paid_base, _OPEN_AND_PAID)
        left = sum(bill.base_totals[:1]) - sum(bill.paid_base[:1])
        if left or bill.paid != bill.total:
            key = bill.header.subsidiary
            vendor.balances[key] = vendor.balances.get(key, 0) + left
            vendor.deposits[key] = vendor.deposits.get(key, 0) + bill.total - bill.paid
    business.desk.write(bill.document, bill.header, posted)


def _after_payment(business: Business, day: int, bill: Owed, stamp: str) -> None:
    business.desk.touch(bill.document, day, stamp)
    if bill.paid == bill.total:
        bill.document.closed = business.world.calendar.iso[day]
        business.desk.note(bill.document, "TRANDOC.KSTATUS", "Open", "Paid In Full")
        bill.party.open.remove(bill)
        settle_bill(business, bill)


def _pay(business: Business, day: int, due: tuple[Owed, SubsidiarySpec]) -> None:
    """Pay a vendor all that is due in this subsidiary."""
    bill, subsidiary = due
    if bill.paid >= bill.total:
        return
    world = business.world
    desk = business.desk
    vendor = bill.party
    bills = [
        each
        for each in vendor.open
        if isinstance(each, Owed) and each.header.subsidiary == subsidiary.id and each.due <= day
    ]
    amounts = [(each, each.total - each.paid) for each in bills]
    header = world.header(subsidiary, vendor.id, vendor.currency, day, department=9)
    applications = tuple(apply_to(each, amount) for each, amount in amounts)
    posted = post_vendor_payment(
        VendorPayment(
            header,
            sum(amount for _, amount in amounts),
            world.chart[subsidiary.bank],
            world.chart["payable"],
            applications,
            world.chart["gain_loss"],
        )
    )
    document = desk.enter("VendPymt", day, subsidiary.id, len(posted.lines))
    document.memo = "Payment run"
    for each, amount in amounts:
        desk.link(each.document, document, "Payment", amount)
        desk.link_lines(each.document, 0, document, 1, "Payment", amount)
        _after_payment(business, day, each, document.created)
    desk.write(document, header, posted)


def _credit(business: Business, day: int, subject: tuple[Owed, Line]) -> None:
    """A vendor gives back a part of a bill."""
    bill, line = subject
    world = business.world
    desk = business.desk
    vendor = bill.party
    header = world.header(vendor.subsidiary, vendor.id, vendor.currency, day, department=9)
    unit = header.unit
    amount = max(line.amount // 5 // unit * unit, unit)
    lines = (Line(1, None, "EXPENSE", line.account, amount=amount, tax=line.tax, memo="Credit: overcharged"),)
    taxed = amount
    if line.tax is not None:
        taxed += percent_of(amount, line.tax.rate, unit)
    applied = min(taxed, bill.total - bill.paid)
    applications: tuple[Application, ...] = (apply_to(bill, applied),) if applied else ()
    posted = post_vendor_credit(
        VendorCredit(
            header,
            lines,
            world.chart["payable"],
            applications=applications,
            gain_loss=world.chart["gain_loss"],
        )
    )
    document = desk.enter("VendCred", day, header.subsidiary, len(posted.lines))
    credit = Credit(document, header, vendor, posted, CREDIT_LINE, STATUSES)
    business.credits[document.id] = credit
    if applied:
        desk.link(bill.document, document, "Payment", applied)
        desk.link_lines(bill.document, 0, document, 0, "Payment", applied)
        _after_payment(business, day, bill, document.created)
    if credit.used == credit.total:
        write_credit(business, credit)
