"""What a body applies a payment, credit or refund to: which documents, and how much of each (sublist `apply`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.settling import Open, read_open
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values, user_detail
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work

OVER = "You cannot apply more than what is open on this transaction."
TOO_MUCH = "The amounts applied come to more than the amount of this transaction."


@dataclass(slots=True)
class Chosen:
    """A document to be settled; `amount` None takes what is left of it, or of the money."""

    found: Open
    amount: int | None
    path: str


def chosen_documents(
    work: Work, bound: BoundType, parsed: Parsed, name: str, kinds: frozenset[str], first: Sequence[Open] = ()
) -> list[Chosen]:
    """The documents that the body names, after those of a transform (`first`) that it does not leave out."""
    result = {_key(found): Chosen(found, None, name) for found in first}
    if name in work.options.replace:
        result = {}
    for each in parsed.sublists.get(name) or ():
        body = each.body
        if "doc" in body.refused:
            continue
        document = body.get("doc")
        if document is None:
            work.faults.append(missing_values(["Doc"], each.path))
            continue
        row = work.tx.get("transaction", (document,))
        found = read_open(work, row) if row is not None and row["type"] in kinds and row["posting"] == "T" else None
        if found is None or row is None or row["voided"] == "T":
            work.faults.append(invalid_value(document, "doc", f"{each.path}.doc"))
            continue
        if body.get("apply") == "F":
            result.pop(_key(found), None)
            continue
        line = body.get("line")
        if line not in (None, found.line, 0):
            work.faults.append(invalid_value(line, "line", f"{each.path}.line"))
        amount = body.get("amount")
        if isinstance(amount, int) and amount < 0:
            work.faults.append(invalid_value(amount / 100, "amount", f"{each.path}.amount"))
            continue
        result[_key(found)] = Chosen(found, amount if isinstance(amount, int) else None, each.path)
    return list(result.values())


def check_chosen(
    work: Work,
    chosen: Sequence[Chosen],
    *,
    belongs: Callable[[Stored], bool],
    subsidiary: Stored,
    currency: Stored,
    account: int,
) -> None:
    """Faults for documents of others: of another customer, subsidiary, currency or control account."""
    for each in chosen:
        found = each.found
        if (
            not belongs(found.entity)
            or found.subsidiary != subsidiary
            or found.row["currency"] != currency
            or (found.account != account and found.row["type"] != "CustDep")
        ):
            work.faults.append(invalid_value(found.row["id"], "doc", f"{each.path}.doc"))
        elif each.amount is not None and each.amount > found.left:
            work.faults.append(user_detail(OVER, f"{each.path}.amount"))


def share_out(work: Work, chosen: Sequence[Chosen], money: int | None) -> list[tuple[Open, int]]:
    """How much goes to each; `money` None is as much as they take. A fault where they take more than there is."""
    left = None if money is None else money - sum(each.amount or 0 for each in chosen)
    if left is not None and left < 0:
        work.faults.append(user_detail(TOO_MUCH, "apply"))
        return []
    result: list[tuple[Open, int]] = []
    for each in chosen:
        amount = each.amount
        if amount is None:
            amount = each.found.left if left is None else min(each.found.left, left)
            left = None if left is None else left - amount
        if amount:
            result.append((each.found, amount))
    return result


def belongs_to_customer(work: Work, customer: Stored) -> Callable[[Stored], bool]:
    """Whether an entity is the customer, a project of it or a customer below it."""

    def check(entity: Stored) -> bool:
        if entity == customer:
            return True
        return (
            work.value(
                "SELECT 1 FROM customer WHERE id = ? AND parent = ? UNION ALL"
                " SELECT 1 FROM job WHERE id = ? AND customer = ? LIMIT 1",
                entity,
                customer,
                entity,
                customer,
            )
            is not None
        )

    return check


def _key(found: Open) -> tuple[Stored, int]:
    return (found.row["id"], found.line)
