"""The header of a document that follows from another one, or that names its subsidiary and currency itself."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.posting import Book, Header
from suitebridge.sandbox.netsuite.posting.money import ONE
from suitebridge.sandbox.netsuite.records.errors import invalid_value
from suitebridge.sandbox.netsuite.records.order_header import books_of, check_location, precisions, rate_on
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row


def main_line(work: Work, document: Stored) -> Row:
    """The main line of a stored document."""
    return work.one('SELECT * FROM transactionline WHERE "transaction" = ? AND id = 0', document) or {}


def frame(
    work: Work,
    parsed: Parsed,
    main: Row,
    *,
    entity: Stored,
    currency: Stored,
    day: str,
    created_from: Stored = None,
) -> Header:
    """A header with the places of `main` where the body does not say others, at that day's rate.

    `currency` None is the subsidiary's own, in which goods are valued.
    """
    subsidiary = _int(main.get("subsidiary"))
    own, base, base_unit = precisions(work, _int(currency) or 0, subsidiary)
    money = _int(currency) or base or 1
    if currency is None:
        own = base_unit
    rate = ONE if base is None else rate_on(work, money, base, day)
    sent = _int(parsed.get("exchangerate"))
    if sent is not None and money != base:
        if sent <= 0:
            work.faults.append(invalid_value(0, "exchangeRate", "exchangeRate"))
        else:
            rate = sent
    places = {
        name: _int(parsed.values[name] if name in parsed.values else main.get(name))
        for name in ("department", "class", "location")
    }
    if parsed.has("location"):
        check_location(work, places["location"], subsidiary)
    memo = parsed.get("memo")
    return Header(
        subsidiary or 1,
        _int(entity),
        money,
        rate,
        own,
        tuple(Book(book, rate, base_unit) for book in books_of(work, subsidiary)),
        places["department"],
        places["class"],
        places["location"],
        None if memo is None else str(memo),
        _int(created_from),
    )


def check_subsidiary(work: Work, parsed: Parsed, main: Row, path: str = "subsidiary") -> None:
    """A fault where the body names another subsidiary than the documents it follows from."""
    sent = parsed.get("subsidiary")
    if sent is not None and main.get("subsidiary") is not None and sent != main["subsidiary"]:
        work.faults.append(invalid_value(sent, "subsidiary", path))


def check_currency(work: Work, parsed: Parsed, currency: Stored) -> None:
    """A fault where the body names another currency than the documents it follows from."""
    sent = parsed.get("currency")
    if sent is not None and currency is not None and sent != currency:
        work.faults.append(invalid_value(sent, "currency", "currency"))


def _int(value: Stored) -> int | None:
    return value if isinstance(value, int) else None
