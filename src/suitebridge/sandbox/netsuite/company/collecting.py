"""Money from customers: payments, late and partial ones among them, deposits and their applications, refunds."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.business import Business, Credit, Order, Owed
from suitebridge.sandbox.netsuite.company.customers import LATE, NEVER, PROMPT
from suitebridge.sandbox.netsuite.posting import (
    Application,
    CustomerDeposit,
    CustomerPayment,
    CustomerRefund,
    DepositApplication,
    post_customer_deposit,
    post_customer_payment,
    post_customer_refund,
    post_deposit_application,
    released,
    restate_paid,
    restate_used,
    voided,
)
from suitebridge.sandbox.netsuite.posting.customer_deposit import LINE as DEPOSIT_LINE

_OPEN_AND_PAID = ("A", "B")
_UNDEPOSITED_DAYS = 4


def expect_payment(business: Business, day: int, invoice: Owed) -> None:
    """Schedule the payment, by the customer's habits."""
    world = business.world
    payer = invoice.party.payer
    if payer == NEVER:
        return
    roll = world.random()
    if payer == PROMPT:
        late = -int(roll * 6)
    elif payer == LATE:
        late = 3 + int(roll * 25)
    else:
        late = 30 + int(roll * 90)
    when = max(invoice.due + late, day)
    world.at(world.calendar.business_day(when), pay, invoice)


def apply_to(owed: Owed, amount: int) -> Application:
    """Settle `amount` of an invoice or bill; gives the application with the base amounts it takes."""
    base_left = [total - paid for total, paid in zip(owed.base_totals, owed.paid_base, strict=True)]
    base = released(owed.total - owed.paid, base_left, amount, owed.header.books)
    owed.paid += amount
    owed.paid_base = [before + more for before, more in zip(owed.paid_base, base, strict=True)]
    return Application(owed.document.id, amount, base)


def draw_on(credit: Credit, amount: int) -> Application:
    """Use `amount` of a credit or deposit; gives the application with the base amounts it takes."""
    base_left = [total - used for total, used in zip(credit.base_totals, credit.used_base, strict=True)]
    base = released(credit.total - credit.used, base_left, amount, credit.header.books)
    credit.used += amount
    credit.used_base = [before + more for before, more in zip(credit.used_base, base, strict=True)]
    return Application(credit.document.id, amount, base, credit.line)


def settle_invoice(business: Business, invoice: Owed) -> None:
    """Write an invoice as it stands: paid in full, or open at the end of the history."""
    del business.invoices[invoice.document.id]
    posted = restate_paid(invoice.posted, invoice.paid, invoice.paid_base, _OPEN_AND_PAID)
    business.desk.write(invoice.document, invoice.header, posted)
    party = invoice.party
    left = sum(invoice.base_totals[:1]) - sum(invoice.paid_base[:1])
    if left:
        key = invoice.header.subsidiary
        party.balances[key] = party.balances.get(key, 0) + left


def after_payment(business: Business, day: int, invoice: Owed, stamp: str) -> None:
    """The invoice was paid a part or all of what it was: a changed header, and its rows if nothing is left."""
    document = invoice.document
    business.desk.touch(document, day, stamp)
    if invoice.paid == invoice.total:
        document.closed = business.world.calendar.iso[day]
        business.desk.note(document, "TRANDOC.KSTATUS", "Open", "Paid In Full")
        invoice.party.open.remove(invoice)
        settle_invoice(business, invoice)


def pay(business: Business, day: int, invoice: Owed) -> None:
    """A customer pays an invoice, and perhaps others with it, or only a part of it, or too much."""
    if invoice.paid >= invoice.total:
        return
    world = business.world
    desk = business.desk
    party = invoice.party
    roll = world.random()
    amounts: list[tuple[Owed, int]] = [(invoice, invoice.total - invoice.paid)]
    unit = invoice.header.unit
    extra = 0
    if roll < 0.3:
        for other in party.open:
            if (
                isinstance(other, Owed)
                and other is not invoice
                and other.header.subsidiary == invoice.header.subsidiary
                and other.header.currency == invoice.header.currency
                and other.due <= day + 12
                and len(amounts) < 7
            ):
                amounts.append((other, other.total - other.paid))
    elif roll < 0.35 and invoice.total > 10_000:
        part = amounts[0][1] * 6 // 10 // unit // 100 * unit * 100
        if part > 0:
            amounts = [(invoice, part)]
            world.at(world.calendar.business_day(day + 14 + int(roll * 100)), pay, invoice)
    elif roll > 0.99:
        extra = 5_000 * unit
    total = sum(amount for _, amount in amounts) + extra
    header = world.header(party.subsidiary, party.id, party.currency, day, department=9)
    applications = tuple(apply_to(owed, amount) for owed, amount in amounts)
    waiting = day > world.calendar.today - _UNDEPOSITED_DAYS
    fund = world.chart["undeposited" if waiting else party.subsidiary.bank]
    posted = post_customer_payment(
        CustomerPayment(
            header,
            total,
            fund,
            world.chart["receivable"],
            applications,
            world.chart["gain_loss"],
            deposited=not waiting,
        )
    )
    document = desk.enter("CustPymt", day, header.subsidiary, len(posted.lines))
    document.method = (7, 7, 7, 2, 8)[int(roll * 5)] if not party.person else (5, 4, 8)[int(roll * 3)]
    if roll < 0.4:
        document.other_ref = f"{100_000 + document.id * 17 % 899_999}"
    for (owed, amount), application in zip(amounts, applications, strict=True):
        desk.link(owed.document, document, "Payment", amount)
        desk.link_lines(owed.document, 0, document, 1, "Payment", application.amount)
        after_payment(business, day, owed, document.created)
    if extra:
        key = header.subsidiary
        rest = sum(entry.paymentamountunused or 0 for entry in posted.entries)
        party.balances[key] = party.balances.get(key, 0) - rest
    if document.id % 397 == 11:
        _bounced(business, day, invoice, total)
    desk.write(document, header, posted)


def _bounced(business: Business, day: int, invoice: Owed, total: int) -> None:
    """The same payment was entered twice; the second one was voided."""
    world = business.world
    party = invoice.party
    header = world.header(party.subsidiary, party.id, party.currency, day, department=9)
    posted = post_customer_payment(
        CustomerPayment(header, total, world.chart[party.subsidiary.bank], world.chart["receivable"])
    )
    document = business.desk.enter("CustPymt", day, header.subsidiary, len(posted.lines))
    document.memo = "VOID: entered twice"
    business.desk.touch(document, day)
    business.desk.note(document, "TRANDOC.KSTATUS", "Deposited", "Voided")
    business.desk.write(document, header, voided(posted))


def take_deposit(business: Business, day: int, order: Order) -> None:
    """A customer pays a part of an order in advance."""
    if order.document.id not in business.orders or order.deposit is not None:
        return
    world = business.world
    desk = business.desk
    party = order.party
    unit = order.header.unit
    amount = order.total * 3 // 10 // (100 * unit) * 100 * unit
    if amount <= 0:
        return
    header = world.header(party.subsidiary, party.id, party.currency, day, department=9)
    posted = post_customer_deposit(
        CustomerDeposit(header, amount, world.chart[party.subsidiary.bank], world.chart["deposits"], deposited=True)
    )
    document = desk.enter("CustDep", day, header.subsidiary, len(posted.lines))
    document.method = 7
    desk.link(order.document, document, "SOOrdDep", amount)
    order.deposit = Credit(document, header, party, posted, DEPOSIT_LINE, ("B", "C"))
    business.credits[document.id] = order.deposit


def write_credit(business: Business, credit: Credit) -> None:
    """Write a deposit or credit as it stands: used up, or open at the end of the history."""
    del business.credits[credit.document.id]
    posted = restate_used(credit.posted, credit.line, credit.used, credit.used_base, credit.statuses)
    business.desk.write(credit.document, credit.header, posted)
    left = sum(credit.base_totals[:1]) - sum(credit.used_base[:1])
    if not left:
        return
    party = credit.party
    key = credit.header.subsidiary
    if credit.document.kind == "CustDep":
        party.deposits[key] = party.deposits.get(key, 0) + left
    elif credit.document.kind == "CustCred":
        party.balances[key] = party.balances.get(key, 0) - left
    else:
        party.balances[key] = party.balances.get(key, 0) - left
        party.deposits[key] = party.deposits.get(key, 0) - (credit.total - credit.used)


def apply_deposit(business: Business, day: int, pair: tuple[Order, Owed]) -> None:
    """Use an order's deposit for its invoice."""
    order, invoice = pair
    deposit = order.deposit
    if deposit is None or deposit.used == deposit.total or invoice.paid == invoice.total:
        return
    world = business.world
    desk = business.desk
    party = order.party
    amount = min(deposit.total - deposit.used, invoice.total - invoice.paid)
    header = world.header(
        party.subsidiary, party.id, party.currency, day, department=9, created_from=deposit.document.id
    )
    application = apply_to(invoice, amount)
    posted = post_deposit_application(
        DepositApplication(
            header,
            draw_on(deposit, amount),
            world.chart["deposits"],
            world.chart["receivable"],
            (application,),
            world.chart["gain_loss"],
        )
    )
    document = desk.enter("DepAppl", day, header.subsidiary, len(posted.lines))
    desk.link(deposit.document, document, "DepAppl", amount)
    desk.link(invoice.document, document, "Payment", amount)
    desk.link_lines(invoice.document, 0, document, 1, "Payment", amount)
    desk.write(document, header, posted)
    desk.touch(deposit.document, day, document.created)
    after_payment(business, day, invoice, document.created)
    if deposit.used == deposit.total:
        write_credit(business, deposit)


def refund(business: Business, day: int, credit: Credit) -> None:
    """Give back what is left of a credit memo or deposit."""
    left = credit.total - credit.used
    if not left:
        return
    world = business.world
    desk = business.desk
    party = credit.party
    header = world.header(party.subsidiary, party.id, party.currency, day, department=9)
    deposit = credit.document.kind == "CustDep"
    posted = post_customer_refund(
        CustomerRefund(
            header,
            left,
            world.chart[party.subsidiary.bank],
            world.chart["deposits" if deposit else "receivable"],
            (draw_on(credit, left),),
            world.chart["gain_loss"],
            "LIABILITY" if deposit else "AR",
        )
    )
    document = desk.enter("CustRfnd", day, header.subsidiary, len(posted.lines))
    document.method = 7
    desk.link(credit.document, document, "Payment", left)
    desk.link_lines(credit.document, credit.line, document, 1, "Payment", left)
    desk.write(document, header, posted)
    desk.touch(credit.document, day, document.created)
    write_credit(business, credit)
