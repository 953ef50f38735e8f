"""Reads the text of a SuiteQL query just far enough to tell its words from its literals, quoted names and comments.

Oracle help: "SuiteQL Syntax and Examples".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from suitebridge.errors import UsageError

TokenKind = Literal["word", "number", "string", "quoted", "comment", "marker", "space", "sign"]

_JOINS: Final = ("INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "JOIN", "ON", "USING")
_TOKEN: Final = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<comment>--[^\r\n]*|/\*.*?\*/)"
    r"|(?P<string>'(?:[^']|'')*')"
    r'|(?P<quoted>"[^"]*")'
    r"|(?P<marker>:[^\W\d]\w*)"
    r"|(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)"
    r"|(?P<word>[^\W\d][\w$#]*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
CLAUSES: Final = frozenset(
    {"WHERE", "GROUP", "HAVING", "ORDER", "UNION", "INTERSECT", "MINUS", "EXCEPT", "FETCH", "OFFSET"}
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query. ``depth`` counts the parentheses around it."""

    kind: TokenKind
    text: str
    start: int
    depth: int

    @property
    def end(self) -> int:
        """Where the next piece begins."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, given in capitals."""
        return self.kind == "word" and self.text.upper() in words

    def is_sign(self, sign: str) -> bool:
        """Whether it is this single character."""
        return self.kind == "sign" and self.text == sign


def tokens(sql: str) -> list[Token]:
    """All pieces, white space and comments too; joined they give the query again.

    Raises UsageError for a literal, name or comment that does not end, and for ``q'...'`` literals.
    """
    return list(_tokens(sql))


def _tokens(sql: str) -> Iterator[Token]:
    depth = 0
    before: Token | None = None
    for match in _TOKEN.finditer(sql):
        kind: TokenKind = match.lastgroup  # pyright: ignore[reportAssignmentType]
        text = match[0]
        if kind == "sign" and text in "'\"":
            raise UsageError(f"The query has a {text} at position {match.start() + 1} that nothing closes.")
        if kind == "sign" and text == "/" and sql.startswith("/*", match.start()):
            raise UsageError(f"The query has a comment at position {match.start() + 1} that nothing closes.")
        if kind == "string" and before is not None and before.is_word("Q", "NQ"):
            raise UsageError("Literals of the form q'...' are not understood here; write '...' and double its quotes.")
        if kind == "sign" and text == ")":
            depth -= 1
        before = Token(kind, text, match.start(), depth)
        yield before
        if kind == "sign" and text == "(":
            depth += 1


def significant(pieces: Sequence[Token]) -> list[Token]:
    """The pieces without white space and comments."""
    return [piece for piece in pieces if piece.kind not in ("space", "comment")]


def without_comments(sql: str) -> str:
    """The query with a blank in place of each comment."""
    return "".join(" " if piece.kind == "comment" else piece.text for piece in tokens(sql))


@dataclass(frozen=True, slots=True)
class Selected:
    """One item of a SELECT list: its words, and the name under which it comes back (lower case), None if it
    has none.
    """

    words: tuple[Token, ...]
    name: str | None

    @property
    def column(self) -> tuple[str | None, str] | None:
        """The table or alias and the column, in lower case, where the item is a plain column."""
        words = [word.text.strip('"').lower() for word in self.words]
        if len(self.words) > 1 and not self.words[-2].is_sign("."):
            words = words[: -2 if self.words[-2].is_word("AS") else -1]
        match words:
            case [column] if self.name is not None:
                return None, column
            case [table, ".", column]:
                return table, column
            case _:
                return None


def selected(sql: str) -> tuple[Selected, ...] | None:
    """The items of a query's SELECT list (of its first SELECT, after WITH), or None if one of them is ``*``."""
    words = significant(tokens(sql))
    start = next((at for at, word in enumerate(words) if word.depth == 0 and word.is_word("SELECT")), None)
    if start is None:
        return None
    at = start + 1
    if at < len(words) and words[at].is_word("DISTINCT", "ALL"):
        at += 1
    if at + 1 < len(words) and words[at].is_word("TOP") and words[at + 1].kind == "number":
        at += 2
    items: list[list[Token]] = [[]]
    for word in words[at:]:
        if word.depth == 0 and (word.is_word("FROM") or word.is_word(*CLAUSES)):
            break
        if word.depth == 0 and word.is_sign(","):
            items.append([])
        else:
            items[-1].append(word)
    if any(not item or item[-1].is_sign("*") for item in items):
        return None
    return tuple(Selected(tuple(item), _name(item)) for item in items)


def selected_columns(sql: str) -> tuple[str | None, ...] | None:
    """The names under which the columns of a query come back, in lower case and in order.

    None in place of a name where an expression has no alias; None for all where they cannot be told (``SELECT *``).
    """
    items = selected(sql)
    return None if items is None else tuple(item.name for item in items)


def _name(item: list[Token]) -> str | None:
    last = item[-1]
    if last.kind not in ("word", "quoted") or last.depth != 0 or last.is_word("END", "NULL"):
        return None
    alone = all(
        piece.is_sign(".") if index % 2 else piece.kind in ("word", "quoted") for index, piece in enumerate(item)
    )
    aliased = len(item) > 1 and (item[-2].kind != "sign" or item[-2].is_sign(")"))
    return last.text.strip('"').lower() if alone or aliased else None


@dataclass(frozen=True, slots=True)
class Source:
    """A table after FROM or JOIN and the name by which the query calls it, in lower case;

    ``depth`` 0 is the query itself.
    """

    table: str
    alias: str
    depth: int


def sources(sql: str) -> tuple[Source, ...]:
    """The tables of a query, those of its sub-selects too."""
    found: list[Source] = []
    words = significant(tokens(sql))
    in_from: dict[int, bool] = {}
    for at, word in enumerate(words[1:], 1):
        before = words[at - 1]
        if word.is_word("FROM"):
            in_from[word.depth] = True
        elif word.is_word("SELECT", *CLAUSES):
            in_from[word.depth] = False
        follows = before.is_word("FROM", "JOIN") or (before.is_sign(",") and in_from.get(before.depth, False))
        if follows and word.kind in ("word", "quoted") and word.depth == before.depth:
            table = word.text.strip('"').lower()
            found.append(Source(table, _alias(words[at + 1 : at + 3]) or table, word.depth))
    return tuple(dict.fromkeys(found))


def _alias(following: Sequence[Token]) -> str | None:
    rest = list(following)
    if rest and rest[0].is_word("AS"):
        rest.pop(0)
    if not rest or rest[0].kind not in ("word", "quoted") or rest[0].is_word(*CLAUSES, *_JOINS):
        return None
    return rest[0].text.strip('"').lower()


def tables_of(sql: str) -> tuple[str, ...]:
    """The names of the tables of a query, in lower case, each once."""
    return tuple(dict.fromkeys(source.table for source in sources(sql)))
