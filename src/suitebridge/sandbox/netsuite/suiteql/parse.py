"""SuiteQL text to a syntax tree: sqlglot's Oracle grammar, with every function left under the name it was
typed by, so that the allow-list sees `CHAR_LENGTH` and not what it would be turned into.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

from sqlglot import exp
from sqlglot.dialects.oracle import Oracle
from sqlglot.errors import SqlglotError
from sqlglot.parsers.oracle import OracleParser
from sqlglot.tokenizer_core import Token, TokenType

from suitebridge.sandbox.netsuite.suiteql.errors import unparsable, unsupported

Node = Any
"""A node of sqlglot's tree; its arguments are untyped there too."""


_Parsers = dict[Any, Any]
_INHERITED = cast("Any", OracleParser)


def _mark(parser: Any) -> Node:
    return exp.Placeholder(this=str(parser._prev.start))


class _SuiteQLParser(OracleParser):
    FUNCTIONS: ClassVar[_Parsers] = {}
    FUNCTION_PARSERS: ClassVar[_Parsers] = {
        name: _INHERITED.FUNCTION_PARSERS[name] for name in ("CAST", "EXTRACT", "TRIM")
    }
    NO_PAREN_FUNCTION_PARSERS: ClassVar[_Parsers] = {
        name: _INHERITED.NO_PAREN_FUNCTION_PARSERS[name] for name in ("ANY", "CASE")
    }
    NO_PAREN_FUNCTIONS: ClassVar[_Parsers] = {
        TokenType.LOCALTIMESTAMP: exp.Localtimestamp,
        TokenType.SYSTIMESTAMP: exp.Systimestamp,
    }
    PLACEHOLDER_PARSERS: ClassVar[_Parsers] = {TokenType.PLACEHOLDER: _mark}


class _SuiteQLDialect(Oracle):
    Parser = _SuiteQLParser


_DIALECT = _SuiteQLDialect()

_NEVER = frozenset("[]{}`@;#$\\^~")
_LITERAL_OF = {TokenType.DATE, TokenType.TIMESTAMP, TokenType.TIMESTAMPTZ, TokenType.TIME}
_STRINGS = {TokenType.STRING, TokenType.NATIONAL_STRING, TokenType.RAW_STRING}
_NO_ITEM = {TokenType.FROM, TokenType.WHERE, TokenType.GROUP_BY, TokenType.ORDER_BY, TokenType.R_PAREN, TokenType.COMMA}
_FORBIDDEN_WORDS = frozenset({"PIVOT", "UNPIVOT", "QUALIFY", "ILIKE", "MATCH_RECOGNIZE"})


class _Unparsable(Exception):
    pass


def _check(sql: str, tokens: list[Token], allow_limit: bool) -> None:
    for position, token in enumerate(tokens):
        kind = token.token_type
        if kind in _STRINGS or kind is TokenType.IDENTIFIER:
            if kind is TokenType.IDENTIFIER and sql[token.start] != '"':
                raise _Unparsable
            continue
        text = token.text
        if not _NEVER.isdisjoint(text) and not (text[0].isalpha() and not _NEVER.difference("$#").intersection(text)):
            raise _Unparsable
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if kind is TokenType.LIMIT and not allow_limit and _is_clause(tokens, position):
            raise _Unparsable
        if kind in _LITERAL_OF and following is not None and following.token_type in _STRINGS:
            raise _Unparsable
        if kind is TokenType.SLASH and following is not None and following.token_type is TokenType.SLASH:
            raise _Unparsable
        if kind is TokenType.COMMA and (following is None or following.token_type in _NO_ITEM):
            raise _Unparsable
        if kind is TokenType.FETCH and _offset_follows(tokens, position):
            raise _Unparsable
        if kind is TokenType.DIV or (kind is TokenType.DCOLON) or kind is TokenType.ARROW:
            raise _Unparsable
        if text.upper() in _FORBIDDEN_WORDS and following is not None and _opens_clause(text.upper(), following):
            raise _Unparsable


def _is_clause(tokens: list[Token], position: int) -> bool:
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return following is not None and following.token_type in (
        TokenType.NUMBER,
        TokenType.PLACEHOLDER,
        TokenType.L_PAREN,
        TokenType.ALL,
    )


def _offset_follows(tokens: list[Token], position: int) -> bool:
    depth = 0
    for token in tokens[position + 1 :]:
        if token.token_type is TokenType.L_PAREN:
            depth += 1
        elif token.token_type is TokenType.R_PAREN:
            depth -= 1
        if depth < 0:
            return False
        if depth == 0 and token.token_type is TokenType.OFFSET:
            return True
    return False


def _opens_clause(word: str, following: Token) -> bool:
    if word in ("QUALIFY", "ILIKE"):
        return following.token_type not in (TokenType.COMMA, TokenType.FROM, TokenType.DOT, TokenType.EQ)
    return following.token_type is TokenType.L_PAREN


def _number_marks(tree: Node, tokens: list[Token]) -> None:
    starts = [token.start for token in tokens if token.token_type is TokenType.PLACEHOLDER]
    order = {str(start): index for index, start in enumerate(starts)}
    for node in tree.find_all(exp.Placeholder):
        node.set("this", str(order[node.this]))


def parse(sql: str, *, shown: str | None = None, allow_limit: bool = False) -> Node:
    """The tree of the one SELECT in the text, or a refusal in NetSuite's words, which echo `shown`.

    A `?` becomes a placeholder whose name is its place among them.
    """
    try:
        return _parse(sql, allow_limit)
    except _Unparsable as error:
        raise unparsable(shown if shown is not None else sql) from error


def _parse(sql: str, allow_limit: bool) -> Node:
    try:
        tokens = _DIALECT.tokenize(sql)
    except (SqlglotError, ValueError) as error:
        raise _Unparsable from error
    if "\0" in sql or not tokens:
        raise _Unparsable
    _check(sql, tokens, allow_limit)
    first = tokens[0].token_type
    if first not in (TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN):
        raise _Unparsable
    try:
        statements: list[Node] = _DIALECT.parser(error_level=None).parse(tokens, sql)
    except (SqlglotError, ValueError, RecursionError, AttributeError, TypeError, IndexError, KeyError) as error:
        raise _Unparsable from error
    if len(statements) != 1 or statements[0] is None:
        raise _Unparsable
    tree = statements[0]
    if not isinstance(tree, (exp.Select, exp.SetOperation, exp.Subquery)):
        raise unsupported()
    if any(not select.expressions for select in tree.find_all(exp.Select)):
        raise _Unparsable
    _number_marks(tree, tokens)
    return tree
