"""ROWNUM: a limit on the rows a block reads, before it sorts or groups them, and their number in that order."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil, floor

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, kind_of
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import as_number, real
from suitebridge.sandbox.netsuite.suiteql.compile.tree import is_rownum, level_nodes
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import Value

_MIRROR: dict[type, type] = {
    exp.LT: exp.GT,
    exp.LTE: exp.GTE,
    exp.GT: exp.LT,
    exp.GTE: exp.LTE,
    exp.EQ: exp.EQ,
    exp.NEQ: exp.NEQ,
}


@dataclass(slots=True)
class RowLimit:
    """What conditions on ROWNUM leave: at most `most` rows (None: all), and the limits known only when bound."""

    most: int | None = None
    computed: list[str] = field(default_factory=list[str])

    @property
    def limits(self) -> bool:
        """Whether there is a limit at all."""
        return self.most is not None or bool(self.computed)

    def lower(self, rows: int) -> None:
        """Take the smaller limit."""
        self.most = max(0, rows if self.most is None else min(self.most, rows))

    @property
    def sql(self) -> str:
        """The limit as an SQL expression."""
        parts = [*self.computed, *([str(self.most)] if self.most is not None else [])]
        return parts[0] if len(parts) == 1 else f"min({', '.join(parts)})"


def mentions_rownum(node: Node | None) -> bool:
    """Whether ROWNUM stands in a node at its own level."""
    return node is not None and any(is_rownum(each) for each in level_nodes(node))


def take_limit(block: Block, condition: Node, limit: RowLimit) -> None:
    """Read one condition on ROWNUM into the limit; refuses forms that depend on each row."""
    if isinstance(condition, exp.Paren):
        take_limit(block, condition.this, limit)
        return
    if isinstance(condition, exp.Between) and is_rownum(condition.this):
        _bound(block, exp.GTE, condition.args["low"], limit)
        _bound(block, exp.LTE, condition.args["high"], limit)
        return
    kind = kind_of(condition)
    if kind not in _MIRROR:
        raise unsupported()
    if is_rownum(condition.this) and not mentions_rownum(condition.expression):
        _bound(block, kind, condition.expression, limit)
    elif is_rownum(condition.expression) and not mentions_rownum(condition.this):
        _bound(block, _MIRROR[kind], condition.this, limit)
    else:
        raise unsupported()


def _bound(block: Block, kind: type, node: Node, limit: RowLimit) -> None:
    if isinstance(node, exp.Column):
        raise unsupported()
    value = as_number(block.c, block.value(node))
    if isinstance(value.literal, Decimal):
        _known(kind, value.literal, limit)
    else:
        limit.computed.append(_unknown(block, kind, value))


def _known(kind: type, number: Decimal, limit: RowLimit) -> None:
    if kind is exp.LTE:
        limit.lower(floor(number))
    elif kind is exp.LT:
        limit.lower(ceil(number) - 1)
    elif kind is exp.EQ:
        limit.lower(1 if number == 1 else 0)
    elif kind is exp.NEQ:
        if number >= 1 and number == int(number):
            limit.lower(int(number) - 1)
    elif kind is exp.GTE:
        if number > 1:
            limit.lower(0)
    elif number >= 1:
        limit.lower(0)


def _unknown(block: Block, kind: type, value: Value) -> str:
    sql = real(block.c, value) if value.type.scale is not None or value.param is not None else value.sql
    all_rows = "9223372036854775807"
    forms = {
        exp.LTE: f"max(0, CAST(floor({sql}) AS INTEGER))",
        exp.LT: f"max(0, CAST(ceil({sql}) AS INTEGER) - 1)",
        exp.EQ: f"({sql} = 1)",
        exp.GTE: f"iif({sql} <= 1, {all_rows}, 0)",
        exp.GT: f"iif({sql} < 1, {all_rows}, 0)",
    }
    if kind not in forms:
        raise unsupported()
    return f"ifnull({forms[kind]}, 0)"
