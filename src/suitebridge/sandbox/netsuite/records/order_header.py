"""The header of a sales order: who orders, from which subsidiary, in which currency and at what rate."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.sandbox.netsuite.posting import Account, Book, Header
from suitebridge.sandbox.netsuite.posting.money import ONE
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values, user_detail
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Party:
    """The customer (or a project's customer) behind an order. `level` is its price level."""

    row: Row
    level: int


@dataclass(frozen=True, slots=True)
class OrderHeader:
    """What posting takes of the header, and what the row needs besides."""

    header: Header
    party: Party
    nonposting: Account


def find_party(work: Work, entity: Stored) -> Party | None:
    """The customer of that id, or of the project of that id; a fault where it is neither."""
    customer = work.tx.get("customer", (entity,))
    if customer is None:
        job = work.tx.get("job", (entity,))
        customer = work.tx.get("customer", (job["customer"],)) if job is not None else None
    if customer is None:
        work.faults.append(invalid_value(entity, "entity", "entity"))
        return None
    level = customer["pricelevel"]
    return Party(customer, level if isinstance(level, int) else 1)


def order_header(
    work: Work, parsed: Parsed, party: Party, current: Row | None, main: Row | None, day: str
) -> OrderHeader | None:
    """The header after what was sent; None where a fault leaves nothing to go on with."""
    subsidiary = _subsidiary(work, parsed, party, main)
    currency = _currency(work, parsed, party, current)
    if currency is None:
        return None
    precision, base, base_precision = precisions(work, currency, subsidiary)
    rate = _rate(work, parsed, currency, base, current, day)
    account = work.one(
        "SELECT id, accttype FROM account WHERE accttype = 'NonPosting' ORDER BY fullname <> 'Sales Orders', id LIMIT 1"
    )
    if account is None:
        work.faults.append(user_detail("The chart of accounts has no account for sales orders."))
        return None
    stored = main or {}
    places = {
        name: parsed.values[name] if name in parsed.values else stored.get(name)
        for name in ("department", "class", "location")
    }
    check_location(work, places["location"], subsidiary)
    memo = stored.get("memo")
    if "memo" in parsed.values and parsed.values["memo"] != (current or {}).get("memo"):
        memo = parsed.values["memo"]
    entity = parsed.get("entity") or (current or {}).get("entity")
    header = Header(
        subsidiary if subsidiary is not None else 1,
        _int(entity),
        currency,
        rate,
        precision,
        tuple(Book(book, rate, base_precision) for book in books_of(work, subsidiary)),
        _int(places["department"]),
        _int(places["class"]),
        _int(places["location"]),
        None if memo is None else str(memo),
        _int(stored.get("createdfrom")),
    )
    return OrderHeader(header, party, Account(_int(account["id"]) or 0, str(account["accttype"])))


def _subsidiary(work: Work, parsed: Parsed, party: Party, main: Row | None) -> int | None:
    sent = parsed.get("subsidiary")
    if main is not None:
        if sent is not None and sent != main["subsidiary"]:
            work.faults.append(user_detail("The subsidiary of a saved transaction cannot be changed.", "subsidiary"))
        return _int(main["subsidiary"])
    if not work.has_table("customersubsidiaryrelationship"):
        return None
    known = work.rows(
        "SELECT subsidiary, isprimarysub FROM customersubsidiaryrelationship WHERE entity = ?"
        " ORDER BY isprimarysub DESC, id",
        party.row["id"],
    )
    if sent is not None:
        if all(each["subsidiary"] != sent for each in known):
            work.faults.append(invalid_value(sent, "subsidiary", "subsidiary"))
        return _int(sent)
    if not known:
        work.faults.append(missing_values(["Subsidiary"]))
        return None
    return _int(known[0]["subsidiary"])


def _currency(work: Work, parsed: Parsed, party: Party, current: Row | None) -> int | None:
    sent = parsed.get("currency")
    own = party.row.get("currency")
    if sent is None:
        kept = (current or {}).get("currency") or own
        return _int(kept) or work.number("SELECT id FROM currency WHERE isbasecurrency = 'T' ORDER BY id LIMIT 1")
    if own is not None and sent != own:
        more = work.value(
            "SELECT 1 FROM customersubsidiaryrelationship WHERE entity = ? AND primarycurrency = ? LIMIT 1",
            party.row["id"],
            sent,
        )
        if more is None:
            work.faults.append(invalid_value(sent, "currency", "currency"))
    return _int(sent)


def precisions(work: Work, currency: int, subsidiary: int | None) -> tuple[int, int | None, int]:
    """The smallest amount of the currency, the base currency of the subsidiary, and the smallest amount of that."""
    base = work.number("SELECT currency FROM subsidiary WHERE id = ?", subsidiary) or work.number(
        "SELECT id FROM currency WHERE isbasecurrency = 'T' ORDER BY id LIMIT 1"
    )
    units = {
        each["id"]: 100 if each["currencyprecision"] == 0 else 1
        for each in work.rows("SELECT id, currencyprecision FROM currency WHERE id IN (?, ?)", currency, base)
    }
    return units.get(currency, 1), base, units.get(base, 1)


def _rate(work: Work, parsed: Parsed, currency: int, base: int | None, current: Row | None, day: str) -> int:
    if currency == base or base is None:
        return ONE
    sent = _int(parsed.get("exchangerate"))
    if sent is not None:
        if sent <= 0:
            work.faults.append(invalid_value(0, "exchangeRate", "exchangeRate"))
            return ONE
        return sent
    if current is not None and not parsed.sent("currency") and not parsed.sent("trandate"):
        return _int(current["exchangerate"]) or ONE
    return rate_on(work, currency, base, day)


def rate_on(work: Work, currency: int, base: int, day: str) -> int:
    """What one unit of the currency is in base currency on that day, at scale 12."""
    if currency == base:
        return ONE
    found = work.number(
        "SELECT exchangerate FROM currencyrate WHERE transactioncurrency = ? AND basecurrency = ?"
        " AND effectivedate <= ? ORDER BY effectivedate DESC LIMIT 1",
        currency,
        base,
        day,
    )
    return found or work.number("SELECT exchangerate FROM currency WHERE id = ?", currency) or ONE


def books_of(work: Work, subsidiary: int | None) -> list[int]:
    """The accounting books that documents of a subsidiary post into, the primary one first."""
    rows = work.rows("SELECT id FROM accountingbook ORDER BY isprimary DESC, id")
    found = [number for row in rows if (number := _int(row["id"])) is not None]
    if subsidiary is not None and len(found) > 1:
        used = {
            row["accountingbook"]
            for row in work.rows(
                "SELECT accountingbook FROM accountingbooksubsidiaries WHERE subsidiary = ?", subsidiary
            )
        }
        found = [book for place, book in enumerate(found) if place == 0 or book in used]
    return found or [1]


def check_location(work: Work, location: Stored, subsidiary: int | None, path: str = "location") -> None:
    """A fault where the subsidiary may not use the location."""
    if location is None or subsidiary is None:
        return
    row = work.one("SELECT subsidiary, includechildren FROM location WHERE id = ?", location)
    if row is None or row["subsidiary"] is None:
        return
    allowed = {int(part) for part in str(row["subsidiary"]).split(",") if part.strip()}
    at: int | None = subsidiary
    for _ in range(MAX_DEPTH):
        if at is None:
            break
        if at in allowed:
            return
        if row["includechildren"] != "T":
            break
        at = work.number("SELECT parent FROM subsidiary WHERE id = ?", at)
    work.faults.append(invalid_value(location, "location", path))


def _int(value: Stored) -> int | None:
    return value if isinstance(value, int) else None
