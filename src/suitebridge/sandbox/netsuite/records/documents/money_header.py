"""The header of a document that moves money: whose, in which subsidiary and currency, and through which account."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.sandbox.netsuite.posting import Account, Header
from suitebridge.sandbox.netsuite.posting.money import to_unit
from suitebridge.sandbox.netsuite.records.documents.applying import Chosen
from suitebridge.sandbox.netsuite.records.documents.chart import UNDEPOSITED, chosen, special
from suitebridge.sandbox.netsuite.records.documents.frame import frame
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values
from suitebridge.sandbox.netsuite.records.order_lines import special_account
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

FUNDS = frozenset({"Bank", "OthCurrAsset", "CredCard"})


def money_header(
    work: Work,
    parsed: Parsed,
    party: Row,
    relations: str,
    settled: Sequence[Chosen],
    day: str,
    created_from: Stored = None,
) -> Header:
    """Subsidiary and currency as sent, else those of what is settled, else the customer's or vendor's own.

    `relations` is the table of the party's subsidiaries and currencies.
    """
    found = settled[0].found if settled else None
    known: list[Row] = []
    if work.has_table(relations):
        known = work.rows(
            f"SELECT subsidiary, primarycurrency FROM {relations} WHERE entity = ? ORDER BY isprimarysub DESC, id",
            party.get("id"),
        )
    subsidiary = parsed.get("subsidiary")
    if subsidiary is None:
        subsidiary = found.subsidiary if found is not None else known[0]["subsidiary"] if known else None
    if known and all(each["subsidiary"] != subsidiary for each in known):
        work.faults.append(invalid_value(subsidiary, "subsidiary", "subsidiary"))
    currency = parsed.get("currency")
    if currency is None:
        currency = found.row["currency"] if found is not None else party.get("currency")
    elif party.get("currency") not in (None, currency) and all(each["primarycurrency"] != currency for each in known):
        work.faults.append(invalid_value(currency, "currency", "currency"))
    main: Row = {"subsidiary": subsidiary}
    return frame(work, parsed, main, entity=party.get("id"), currency=currency, day=day, created_from=created_from)


def fund_of(work: Work, parsed: Parsed, currency: int) -> tuple[Account, bool]:
    """The account that money comes to or goes from, and whether it is in the bank at once.

    Undeposited funds where nothing is said (or `undepFunds` says so).
    """
    if parsed.has("account") and parsed.get("undepfunds") != "T":
        account = chosen(work, parsed.get("account"), FUNDS, "account")
        if account is not None:
            own = work.value("SELECT currency FROM account WHERE id = ?", account.id)
            if own is not None and own != currency:
                work.faults.append(invalid_value(account.id, "account", "account"))
            undeposited = special_account(work, UNDEPOSITED)
            return account, undeposited is None or undeposited.id != account.id
    return special(work, UNDEPOSITED), False


def bank_of(work: Work, parsed: Parsed, currency: int) -> Account | None:
    """The account that money is paid from, which must be said."""
    if not parsed.has("account"):
        if "account" not in parsed.refused:
            work.faults.append(missing_values(["Account"]))
        return None
    return fund_of(work, parsed, currency)[0]


def amount_of(work: Work, parsed: Parsed, name: str, unit: int) -> int | None:
    """The amount sent, rounded to the currency; a fault where it is not above zero."""
    value = parsed.get(name)
    if not isinstance(value, int):
        return None
    amount = to_unit(value, unit)
    if amount <= 0:
        work.faults.append(invalid_value(value / 100, name, name))
        return None
    return amount
