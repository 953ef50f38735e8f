"""ORDER BY: positions, aliases, expressions, and Oracle's place for NULL, left out where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, only
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import Value


@dataclass(frozen=True, slots=True)
class Term:
    """One sort key. Oracle's place for NULL is last, first when descending."""

    value: Value
    descending: bool = False
    nulls_first: bool = False

    @property
    def sql(self) -> str:
        """The term in SQL; nothing is said of NULL where there is none, so that an index still serves."""
        text = self.value.sql + (" DESC" if self.descending else "")
        if self.value.nullable and self.nulls_first == self.descending:
            text += " NULLS FIRST" if self.nulls_first else " NULLS LAST"
        return text


def order_sql(terms: Sequence[Term]) -> str:
    """The ORDER BY clause, empty without terms."""
    return f" ORDER BY {', '.join(term.sql for term in terms)}" if terms else ""


def position_of(node: Node, count: int) -> int | None:
    """The select list position a sort or group key names, or None if it is an expression. Where there is no
    select list (`count` 0) a number is only a constant."""
    if count and isinstance(node, exp.Literal) and not node.args.get("is_string"):
        text = str(node.this)
        if not text.isdigit() or not 1 <= int(text) <= count:
            raise unsupported()
        return int(text)
    return None


def order_terms(block: Block, order: Node | None, items: list[Value], aliases: dict[str, Value]) -> list[Term]:
    """The sort keys of an ORDER BY; constants are left out, since they order nothing."""
    if order is None:
        return []
    only(order, "expressions")
    terms: list[Term] = []
    outer = block.aliases
    block.aliases = aliases
    try:
        for node in order.expressions:
            only(node, "this", "desc", "nulls_first")
            position = position_of(node.this, len(items))
            value = items[position - 1] if position is not None else block.value(node.this)
            if not value.constant:
                terms.append(Term(value, bool(node.args.get("desc")), bool(node.args.get("nulls_first"))))
    finally:
        block.aliases = outer
    return terms
