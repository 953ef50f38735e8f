"""customerDeposit: money that a customer gives in advance, owed to the customer until it is applied."""

from __future__ import annotations

from msgspec import Struct

from suitebridge.sandbox.netsuite.posting.model import Account, Header, Posted
from suitebridge.sandbox.netsuite.posting.settlement import settle

TYPE = "CustDep"
NOT_DEPOSITED, DEPOSITED, FULLY_APPLIED = "A", "B", "C"
LINE = 1
"""The line that applications draw on: the liability."""


class CustomerDeposit(Struct, frozen=True, gc=False):
    """A deposit; `liability` is the account "Customer Deposits"."""

    header: Header
    amount: int
    fund: Account
    liability: Account
    deposited: bool = False


def post_customer_deposit(document: CustomerDeposit) -> Posted:
    """Nothing applied yet: `restate_used` with LINE and (B, C) follows its applications."""
    result = settle(
        document.header,
        document.amount,
        (),
        main=document.fund,
        control=document.liability,
        direction=1,
        control_type="LIABILITY",
        gain_loss=None,
    )
    status = DEPOSITED if document.deposited else NOT_DEPOSITED
    return Posted(TYPE, status, True, document.amount, result.lines, result.entries)
