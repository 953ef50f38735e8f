"""What customers owe and vendors are owed, by subsidiary, kept in step with the accounting lines of their documents."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

_CUSTOMERS, _VENDORS = "customersubsidiaryrelationship", "vendorsubsidiaryrelationship"


def follow(work: Work, document: int, sign: int = 1) -> None:
    """Adds what the stored lines of a document do to balances; `sign` -1 takes it back before they go."""
    rows = work.rows(
        "SELECT l.entity, l.subsidiary, a.accounttype AS kind, c.sspecacct AS special,"
        " SUM(a.amount) AS base, SUM(l.foreignamount) AS own"
        " FROM transactionaccountingline a"
        ' JOIN transactionline l ON l."transaction" = a."transaction" AND l.id = a.transactionline'
        ' LEFT JOIN account c ON c.id = a.account WHERE a."transaction" = ?'
        " AND a.accountingbook = (SELECT id FROM accountingbook ORDER BY isprimary DESC, id LIMIT 1)"
        " AND a.posting = 'T' AND l.entity IS NOT NULL"
        " AND (a.accounttype IN ('AcctRec', 'AcctPay') OR c.sspecacct = 'CustDep')"
        " GROUP BY l.entity, l.subsidiary, a.accounttype, c.sspecacct",
        document,
    )
    for row in rows:
        base, own = sign * _int(row["base"]), sign * _int(row["own"])
        if row["kind"] == "AcctRec":
            _add(work, _CUSTOMERS, _customer(work, row["entity"]), row["subsidiary"], {"balance": base})
        elif row["kind"] == "AcctPay":
            amounts = {"balancebase": -base, "balance": -own}
            _add(work, _VENDORS, row["entity"], row["subsidiary"], amounts)
        else:
            _add(work, _CUSTOMERS, _customer(work, row["entity"]), row["subsidiary"], {"depositbalance": -base})


def _customer(work: Work, entity: Stored) -> Stored:
    if work.value("SELECT 1 FROM customer WHERE id = ?", entity) is not None:
        return entity
    return work.value("SELECT customer FROM job WHERE id = ?", entity)


def _add(work: Work, table: str, entity: Stored, subsidiary: Stored, amounts: dict[str, int]) -> None:
    if not work.has_table(table) or not any(amounts.values()):
        return
    row = work.one(f"SELECT * FROM {table} WHERE entity = ? AND subsidiary = ?", entity, subsidiary)
    if row is not None:
        changes: Row = {name: _int(row[name]) + amount for name, amount in amounts.items()}
        work.tx.update(table, (row["id"],), changes)


def _int(value: Stored) -> int:
    return value if isinstance(value, int) else 0
