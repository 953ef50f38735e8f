"""How a posted line and an accounting line read as columns of transactionline and transactionaccountingline.

The record service and the generator both write through this, so a line looks the same whoever made it.
"""

from __future__ import annotations

from typing import Final

from suitebridge.sandbox.netsuite.posting.model import Entry, Header, PostedLine
from suitebridge.sandbox.netsuite.posting.money import divide

Value = int | str | None

LINE_COLUMNS: Final = (
    "id",
    "linesequencenumber",
    "mainline",
    "taxline",
    "iscogs",
    "isinventoryaffecting",
    "donotdisplayline",
    "accountinglinetype",
    "transactionlinetype",
    "item",
    "itemtype",
    "quantity",
    "quantitybilled",
    "quantityshiprecv",
    "quantitycommitted",
    "quantitybackordered",
    "rate",
    "ratepercent",
    "rateamount",
    "price",
    "foreignamount",
    "netamount",
    "debitforeignamount",
    "creditforeignamount",
    "foreignamountpaid",
    "foreignamountunpaid",
    "foreignpaymentamountused",
    "foreignpaymentamountunused",
    "costestimate",
    "costestimaterate",
    "estgrossprofit",
    "estgrossprofitpercent",
    "expenseaccount",
    "createdfrom",
    "entity",
    "subsidiary",
    "department",
    "class",
    "location",
    "memo",
    "isclosed",
    "isbillable",
    "isfullyshipped",
    "isrevrectransaction",
    "cleared",
    "eliminate",
    "assemblycomponent",
    "kitcomponent",
    "kitmemberof",
    "matchbilltoreceipt",
    "fulfillable",
    "hasfulfillableitems",
    "dropship",
    "specialorder",
)

ENTRY_COLUMNS: Final = (
    "transactionline",
    "accountingbook",
    "account",
    "accounttype",
    "debit",
    "credit",
    "amount",
    "netamount",
    "amountpaid",
    "amountunpaid",
    "amountlinked",
    "paymentamountused",
    "paymentamountunused",
    "posting",
    "exchangerate",
    "processedbyrevcommit",
)

_PERCENT = 10**6


def line_values(header: Header, line: PostedLine, *, has_fulfillable: bool = False) -> tuple[Value, ...]:
    """The values of LINE_COLUMNS in storage form."""
    source = line.source
    item = line.item
    foreign = line.foreignamount
    number = line.id
    if source is None:
        main = line.mainline
        return (
            number,
            number,
            "T" if main else "F",
            "T" if line.taxline else "F",
            None,
            "F",
            "F",
            line.accountinglinetype,
            line.transactionlinetype,
            None,
            "TaxItem" if line.taxline else None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            foreign,
            line.netamount,
            foreign if foreign is not None and foreign > 0 else None,
            -foreign if foreign is not None and foreign < 0 else None,
            line.paid,
            line.unpaid,
            line.used,
            line.unused,
            None,
            None,
            None,
            None,
            None,
            header.created_from if main else None,
            header.entity,
            header.subsidiary,
            header.department,
            header.class_,
            header.location,
            header.memo if main else None,
            "F",
            "F",
            "F",
            "F",
            "F",
            "F",
            "F",
            "F",
            None,
            "F",
            "F",
            ("T" if has_fulfillable else "F") if main else None,
            "F",
            "F",
        )
    quantity = line.quantity
    estimate = source.cost_estimate
    estimate_rate = profit = profit_percent = None
    if estimate is not None:
        if quantity:
            estimate_rate = divide(estimate * 10**11, abs(quantity))
        revenue = abs(line.netamount or 0)
        profit = revenue - estimate
        profit_percent = divide(profit * _PERCENT, revenue) if revenue else None
    shipped = line.quantityshiprecv
    account = line.account
    return (
        number,
        number,
        "T" if line.mainline else "F",
        "F",
        None if line.iscogs is None else ("T" if line.iscogs else "F"),
        "T" if line.inventory else "F",
        "F",
        line.accountinglinetype,
        line.transactionlinetype,
        None if item is None else item.id,
        None if item is None else item.itemtype,
        quantity,
        line.quantitybilled,
        shipped,
        line.quantitycommitted,
        line.quantitybackordered,
        source.rate,
        source.ratepercent,
        foreign if source.ratepercent is not None else None,
        source.price,
        foreign,
        line.netamount,
        foreign if foreign is not None and foreign > 0 else None,
        -foreign if foreign is not None and foreign < 0 else None,
        line.paid,
        line.unpaid,
        line.used,
        line.unused,
        estimate,
        estimate_rate,
        profit,
        profit_percent,
        account if account is not None else (source.account.id if source.account is not None else None),
        source.created_from if source.created_from is not None else header.created_from,
        source.entity if source.entity is not None else header.entity,
        header.subsidiary,
        source.department if source.department is not None else header.department,
        source.class_ if source.class_ is not None else header.class_,
        source.location if source.location is not None else header.location,
        source.memo,
        "T" if source.closed else "F",
        "T" if source.billable else "F",
        "T" if shipped is not None and quantity and shipped >= abs(quantity) else "F",
        "F",
        "F",
        "F",
        "F",
        "F" if line.kitmemberof is None else "T",
        line.kitmemberof,
        "F",
        "T" if item is not None and item.fulfillable else "F",
        None,
        "F",
        "F",
    )


def entry_values(entry: Entry) -> tuple[Value, ...]:
    """The values of ENTRY_COLUMNS in storage form; `netamount` is the amount, as the primary book shows it."""
    amount = entry.amount
    return (
        entry.line,
        entry.book,
        entry.account,
        entry.accounttype,
        entry.debit,
        entry.credit,
        amount,
        amount,
        entry.amountpaid,
        entry.amountunpaid,
        entry.amountlinked,
        entry.paymentamountused,
        entry.paymentamountunused,
        "T" if entry.posting else "F",
        entry.exchangerate,
        "F",
    )
