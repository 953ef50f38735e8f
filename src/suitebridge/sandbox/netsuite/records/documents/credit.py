"""Customers who may not order or be billed: on credit hold, or beyond their limit (help: Customer Credit Limit)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.errors import user_detail
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

ON_HOLD = "This customer is on credit hold."
OVER_LIMIT = "The customer's balance exceeds the credit limit."


def check_credit(work: Work, party: Row, amount: int) -> None:
    """A fault for a customer on hold, and for one whom `amount` (scale 2, base currency) takes over the limit."""
    if party.get("creditholdoverride") == "ON":
        work.faults.append(user_detail(ON_HOLD, "entity"))
        return
    limit = party.get("creditlimit")
    if (
        work.quirks["credit-limit"] != "refuse"
        or party.get("creditholdoverride") == "OFF"
        or not isinstance(limit, int)
        or not work.has_table("customersubsidiaryrelationship")
    ):
        return
    owed = work.number(
        "SELECT SUM(COALESCE(balance, 0) + COALESCE(unbilledorders, 0)) FROM customersubsidiaryrelationship"
        " WHERE entity = ?",
        party["id"],
    )
    if (owed or 0) + amount > limit:
        work.faults.append(user_detail(OVER_LIMIT, "entity"))
