"""The account that a line of a purchase posts to."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting.errors import IncompleteError
from suitebridge.sandbox.netsuite.posting.model import Account, Line


def purchase_account(line: Line, accrual: Account | None) -> Account:
    """The line's own account, the accrual account for stock, else the item's expense account."""
    if line.account is not None:
        return line.account
    item = line.item
    if item is not None:
        if item.stocked and accrual is not None:
            return accrual
        if item.stocked and item.asset is not None:
            return item.asset
        if item.expense is not None:
            return item.expense
    raise IncompleteError(f"no account for purchase line {line.id}")
