"""Literals lifted out of a query's text, so that a client that writes its last key into the text compiles once.

Lifted are only literals that stand right after a comparison with a name, or that TO_DATE and its kin read;
positions, counts, format models, BUILTIN arguments, and everything in a query that groups stay in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from suitebridge.sandbox.netsuite.suiteql.binding import BoundValue

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|--[^\n]*|/\*.*?\*/)
  | (?P<string>'(?:[^']|'')*')
  | (?P<quoted>"[^"]*")
  | (?P<number>\d+(?:\.\d*)?(?![\w.])|\.\d+(?![\w.]))
  | (?P<word>[^\W\d][\w$\#]*)
  | (?P<compare><=|>=|<>|!=|=|<|>)
  | (?P<mark>\?)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ALTERNATIVE_QUOTES = re.compile(r"\b[nN]?[qQ]'")
_GROUPING = frozenset({"GROUP", "DISTINCT", "UNIQUE", "UNION", "ROLLUP"})
_NO_NAME = frozenset({"ROWNUM", "LEVEL"})
_DATE_READERS = frozenset({"TO_DATE", "TO_TIMESTAMP"})


@dataclass(frozen=True, slots=True)
class Lifted:
    """A template with `?` where literals stood. `values` holds, in order, the literals and, as an index, each
    `?` the text had itself (`marks` of them)."""

    template: str
    values: tuple[BoundValue | int, ...]
    marks: int


def lift(sql: str) -> Lifted:
    """Lift what is safe to lift; the text itself if nothing is."""
    if _ALTERNATIVE_QUOTES.search(sql):
        return _only_marks(sql)
    pieces: list[str] = []
    values: list[BoundValue | int] = []
    marks = 0
    before: list[tuple[str, str]] = [("", ""), ("", ""), ("", "")]
    for match in _TOKEN.finditer(sql):
        kind = match.lastgroup or "other"
        text = match.group()
        if kind == "space":
            pieces.append(text if text.isspace() else " ")
            continue
        if kind == "word" and text.upper() in _GROUPING:
            return _only_marks(sql)
        if kind == "mark":
            values.append(marks)
            marks += 1
        elif kind in ("string", "number") and text != "''" and _after_comparison(before):
            values.append(text[1:-1].replace("''", "'") if kind == "string" else Decimal(text))
            text = "?"
        pieces.append(text)
        before = [before[1], before[2], (kind, text)]
    return Lifted("".join(pieces), tuple(values), marks)


def _after_comparison(before: list[tuple[str, str]]) -> bool:
    (kind, text), (left_kind, left) = before[2], before[1]
    if kind == "compare":
        return left_kind == "quoted" or (left_kind == "word" and left.upper() not in _NO_NAME)
    return text == "(" and left_kind == "word" and left.upper() in _DATE_READERS


def _only_marks(sql: str) -> Lifted:
    marks = sum(1 for match in _TOKEN.finditer(sql) if match.lastgroup == "mark")
    return Lifted(sql, tuple(range(marks)), marks)
