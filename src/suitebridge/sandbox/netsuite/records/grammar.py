"""The language of the collection filter `q`: text in, a tree of conditions out (section_1545222128).

q      := term { OR term }
term   := factor { AND factor }
factor := ( q ) | field OPERATOR [ value | [ value, … ] ]
value  := "quoted words" | word
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records.errors import invalid_query

MAX_LENGTH = 20_000
MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Condition:
    """`field operator values`: the operator in capitals without its `_NOT`, which `negated` tells."""

    field: str
    operator: str
    negated: bool
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Both:
    """All of these hold."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these holds."""

    parts: tuple[Filter, ...]


Filter = Condition | Both | Either

NO_VALUE = frozenset({"EMPTY"})
TWO_VALUES = frozenset({"BETWEEN", "WITHIN"})
MANY_VALUES = frozenset({"ANY_OF"})
ONE_VALUE = frozenset(
    {
        "IS",
        "EQUAL",
        "GREATER",
        "GREATER_OR_EQUAL",
        "LESS",
        "LESS_OR_EQUAL",
        "CONTAIN",
        "START_WITH",
        "END_WITH",
        "AFTER",
        "BEFORE",
        "ON",
        "ON_OR_AFTER",
        "ON_OR_BEFORE",
    }
)
OPERATORS = NO_VALUE | TWO_VALUES | MANY_VALUES | ONE_VALUE
_SPELLINGS = {"ENDWITH": "END_WITH", "STARTWITH": "START_WITH"}

_TOKEN = re.compile(r'\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<mark>[()\[\],])|(?P<word>[^\s()\[\],"]+))')
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    kind: str


def parse_filter(text: str) -> Filter:
    """The tree of `q`; RecordRefused (400 INVALID_PARAMETER at `q`) when it does not follow the grammar."""
    if len(text) > MAX_LENGTH:
        raise invalid_query()
    reader = _Reader(_tokens(text))
    tree = reader.either(0)
    if reader.more():
        raise invalid_query()
    return tree


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise invalid_query()
        kind = match.lastgroup or ""
        value = match.group(kind)
        tokens.append(_Token(_ESCAPE.sub(r"\1", value[1:-1]) if kind == "quoted" else value, kind))
        position = match.end()
    return tokens


class _Reader:
    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def more(self) -> bool:
        return self._at < len(self._tokens)

    def either(self, depth: int) -> Filter:
        parts = [self._both(depth)]
        while self._keyword("OR"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self, depth: int) -> Filter:
        parts = [self._factor(depth)]
        while self._keyword("AND"):
            parts.append(self._factor(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _factor(self, depth: int) -> Filter:
        if self._mark("("):
            if depth >= MAX_DEPTH:
                raise invalid_query()
            inside = self.either(depth + 1)
            if not self._mark(")"):
                raise invalid_query()
            return inside
        return self._condition()

    def _condition(self) -> Condition:
        field = self._word()
        name = self._word().upper()
        negated = name.endswith("_NOT")
        operator = name.removesuffix("_NOT")
        operator = _SPELLINGS.get(operator, operator)
        if operator not in OPERATORS:
            raise invalid_query()
        if operator in NO_VALUE:
            return Condition(field, operator, negated)
        if operator in ONE_VALUE:
            return Condition(field, operator, negated, (self._value(),))
        values = self._bracketed()
        if operator in TWO_VALUES and len(values) != 2:
            raise invalid_query()
        return Condition(field, operator, negated, values)

    def _bracketed(self) -> tuple[str, ...]:
        if not self._mark("["):
            raise invalid_query()
        values = [self._value()]
        while self._mark(","):
            values.append(self._value())
        if not self._mark("]"):
            raise invalid_query()
        return tuple(values)

    def _value(self) -> str:
        token = self._next()
        if token.kind == "mark":
            raise invalid_query()
        return token.text

    def _word(self) -> str:
        token = self._next()
        if token.kind != "word":
            raise invalid_query()
        return token.text

    def _next(self) -> _Token:
        if not self.more():
            raise invalid_query()
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _mark(self, mark: str) -> bool:
        return self._take("mark", mark)

    def _keyword(self, word: str) -> bool:
        return self._take("word", word)

    def _take(self, kind: str, text: str) -> bool:
        if not self.more():
            return False
        token = self._tokens[self._at]
        if token.kind != kind or token.text.upper() != text:
            return False
        self._at += 1
        return True
