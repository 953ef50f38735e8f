"""Writes Python values into SuiteQL as literals that nothing can escape from, in place of ``:name`` marks.

Oracle help: "SuiteQL Syntax and Examples", "SuiteQL Supported and Unsupported Functions" (TO_DATE, TO_TIMESTAMP).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import Enum
from typing import Final, cast

from suitebridge.errors import UsageError
from suitebridge.netsuite.limits import IN_LIST
from suitebridge.netsuite.sqltext import Token, tokens

_APART: Final = frozenset(" \t\r\n(),=<>+*/|")


def literal(value: object, zone: tzinfo | None = None) -> str:
    """One value as SuiteQL text.

    None is NULL, True and False are 'T' and 'F', a date is TO_DATE and a date-time TO_TIMESTAMP. A date-time
    with a zone is turned into ``zone``, the company's; one without is taken as it stands. Empty text is NULL
    to NetSuite. Raises UsageError for what cannot be written: NUL, infinite numbers, other types, a zoned
    date-time without ``zone``.
    """
    if isinstance(value, Enum):
        value = value.value
    match value:
        case None:
            return "NULL"
        case bool():
            return "'T'" if value else "'F'"
        case int():
            return _signed(str(int(value)))
        case float() | Decimal():
            return _number(Decimal(repr(value)) if isinstance(value, float) else value)
        case str():
            return _string(value)
        case datetime():
            return _timestamp(value, zone)
        case date():
            return f"TO_DATE('{value:%Y-%m-%d}', 'YYYY-MM-DD')" if value.year >= 1000 else _date_too_old(value)
        case _:
            raise UsageError(
                f"A {type(value).__name__} cannot be put into a query.",
                remedy="Give str, int, Decimal, bool, date, datetime, None, or a list of these after IN.",
            )


def render(sql: str, values: Mapping[str, object], zone: tzinfo | None = None) -> str:
    """The query with every ``:name`` outside of literals, quoted names and comments replaced by its value.

    A list or tuple stands after IN; lists of more than 1,000 become several joined by OR, an empty list
    matches nothing. Raises UsageError for a mark without a value, a value without a mark, and values that
    cannot be written.
    """
    pieces = tokens(sql)
    marks = [at for at, piece in enumerate(pieces) if piece.kind == "marker"]
    names = {pieces[at].text[1:] for at in marks}
    _check_names(names, set(values))
    # From the end, so that the pieces before a mark keep their places.
    texts = [piece.text for piece in pieces]
    for at in reversed(marks):
        value = values[pieces[at].text[1:]]
        if isinstance(value, list | tuple | set | frozenset | range):
            _put_list(pieces, texts, at, list(cast("Iterable[object]", value)), zone)
        else:
            texts[at] = _apart(texts, at, literal(value, zone))
    return "".join(texts)


def _check_names(wanted: set[str], given: set[str]) -> None:
    if missing := sorted(wanted - given):
        raise UsageError(
            f"The query names :{', :'.join(missing)} but no value was given.", remedy=f"Give {', '.join(missing)}."
        )
    if unused := sorted(given - wanted):
        raise UsageError(
            f"A value was given for {', '.join(unused)}, which the query does not name.",
            remedy=f"Write :{unused[0]} outside of quotes where it belongs, or leave it out.",
        )


def _string(text: str) -> str:
    if "\0" in text:
        raise UsageError("A text with a NUL character cannot be put into a query.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError("A text with half a surrogate pair cannot be put into a query.") from error
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise UsageError(f"{value} cannot be put into a query.")
    return _signed(f"{value:f}")


def _signed(digits: str) -> str:
    # Two minus signs in a row would begin a comment.
    return f"({digits})" if digits.startswith("-") else digits


def _date_too_old(value: date) -> str:
    raise UsageError(f"{value.isoformat()} is before the year 1000 and cannot be put into a query.")


def _timestamp(value: datetime, zone: tzinfo | None) -> str:
    if value.tzinfo is not None:
        if zone is None:
            raise UsageError(
                "A date-time with a zone was given, and the company's zone is not known.",
                remedy="Set zone (NETSUITE_ZONE), e.g. to America/Los_Angeles, or give a date-time without one.",
            )
        value = value.astimezone(zone)
    if value.year < 1000:
        return _date_too_old(value)
    if value.microsecond:
        return f"TO_TIMESTAMP('{value:%Y-%m-%d %H:%M:%S.%f}', 'YYYY-MM-DD HH24:MI:SS.FF6')"
    return f"TO_TIMESTAMP('{value:%Y-%m-%d %H:%M:%S}', 'YYYY-MM-DD HH24:MI:SS')"


def _apart(texts: Sequence[str], at: int, text: str) -> str:
    """Keeps a literal from growing together with its neighbours: 'a' beside 'b' would read as one text."""
    before = next((piece for piece in reversed(texts[:at]) if piece), " ")
    after = next((piece for piece in texts[at + 1 :] if piece), " ")
    left = "" if before[-1] in _APART else " "
    right = "" if after[0] in _APART else " "
    return f"{left}{text}{right}"


def _put_list(pieces: Sequence[Token], texts: list[str], at: int, items: list[object], zone: tzinfo | None) -> None:
    name = pieces[at].text
    if any(item is None for item in items):
        raise UsageError(f"The list {name} holds None, which IN never matches.", remedy="Ask for IS NULL apart.")
    first, last = _with_parentheses(pieces, at)
    word = _back(pieces, first)
    if word is None or not pieces[word].is_word("IN"):
        raise UsageError(f"The list {name} must stand after IN.", remedy=f"Write: column IN {name}")
    written = [literal(item, zone) for item in items]
    if 0 < len(written) <= IN_LIST:
        _replace(texts, first, last, _apart_list(texts, first, f"({', '.join(written)})"))
        return
    negative, operand_end = _negation(pieces, word)
    operand_start = _operand_start(pieces, operand_end, name)
    if not written:
        _replace(texts, operand_start, last, "(1 = 1)" if negative else "(1 = 0)")
        return
    operand = "".join(texts[operand_start : operand_end + 1])
    test = "NOT IN" if negative else "IN"
    parts = [
        f"{operand} {test} ({', '.join(written[start : start + IN_LIST])})" for start in range(0, len(written), IN_LIST)
    ]
    _replace(texts, operand_start, last, f"({(' AND ' if negative else ' OR ').join(parts)})")


def _apart_list(texts: Sequence[str], first: int, text: str) -> str:
    return text if first and texts[first - 1][-1:].isspace() else f" {text}"


def _replace(texts: list[str], first: int, last: int, text: str) -> None:
    texts[first] = text
    for at in range(first + 1, last + 1):
        texts[at] = ""


def _back(pieces: Sequence[Token], at: int) -> int | None:
    return next((i for i in range(at - 1, -1, -1) if pieces[i].kind not in ("space", "comment")), None)


def _forth(pieces: Sequence[Token], at: int) -> int | None:
    return next((i for i in range(at + 1, len(pieces)) if pieces[i].kind not in ("space", "comment")), None)


def _with_parentheses(pieces: Sequence[Token], at: int) -> tuple[int, int]:
    before, after = _back(pieces, at), _forth(pieces, at)
    if before is not None and after is not None and pieces[before].is_sign("(") and pieces[after].is_sign(")"):
        return before, after
    return at, at


def _negation(pieces: Sequence[Token], word: int) -> tuple[bool, int]:
    before = _back(pieces, word)
    negative = before is not None and pieces[before].is_word("NOT")
    end = _back(pieces, before) if negative and before is not None else before
    if end is None:
        raise UsageError("A query cannot begin with IN.")
    return negative, end


def _operand_start(pieces: Sequence[Token], end: int, name: str) -> int:
    """Where the thing begins that stands before IN: a column, a function call, or something in parentheses."""
    start = end
    if pieces[end].is_sign(")"):
        depth = pieces[end].depth
        start = next(i for i in range(end - 1, -1, -1) if pieces[i].is_sign("(") and pieces[i].depth == depth)
        before = _back(pieces, start)
        if (
            before is None
            or pieces[before].kind not in ("word", "quoted")
            or pieces[before].is_word("WHERE", "AND", "OR", "NOT", "ON", "WHEN", "HAVING")
        ):
            return start
        start = before
    elif pieces[end].kind not in ("word", "quoted"):
        raise UsageError(
            f"The list {name} has more than {IN_LIST:,} items or none, and what stands before IN is not a column.",
            remedy="Write: column IN :name",
        )
    while (dot := _back(pieces, start)) is not None and pieces[dot].is_sign("."):
        owner = _back(pieces, dot)
        if owner is None or pieces[owner].kind not in ("word", "quoted"):
            break
        start = owner
    return start
