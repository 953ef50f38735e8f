"""TOP n, FETCH FIRST n, OFFSET n: the row limits a query states itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, only
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import plain_number
from suitebridge.sandbox.netsuite.suiteql.compile.ordering import Term
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported


@dataclass(frozen=True, slots=True)
class Fetch:
    """Rows to skip and to give, as SQL; `ties` gives those too that sort like the last."""

    count: str | None = None
    offset: str | None = None
    ties: bool = False
    percent: bool = False

    @property
    def active(self) -> bool:
        """Whether there is a limit."""
        return self.count is not None or self.offset is not None

    def apply(self, body: str, order: str, terms: list[Term], width: int) -> str:
        """The query with its order and its limit. `body` has the columns c1 to c`width`."""
        if not self.active:
            return body + order
        skip = f" OFFSET {self.offset}" if self.offset is not None else ""
        if self.count is None:
            return f"{body}{order} LIMIT -1{skip}"
        if self.percent:
            total = f"(SELECT CAST(ceil(count(*) * ({self.count}) / 100.0) AS INTEGER) FROM ({body}))"
            return f"{body}{order} LIMIT {total}{skip}"
        if self.ties and terms:
            return self._with_ties(body, order, width)
        return f"{body}{order} LIMIT {self.count}{skip}"

    def _with_ties(self, body: str, order: str, width: int) -> str:
        head, rest = body.split(" FROM ", 1) if " FROM " in body else (body, "")
        columns = ", ".join(f"c{position}" for position in range(1, width + 1))
        ranked = f"{head}, rank() OVER ({order.strip()}) AS rk, row_number() OVER ({order.strip()}) AS rn FROM {rest}"
        first = self.offset or "0"
        limit = f"rk <= {first} + {self.count} AND rn > {first}"
        return f"SELECT {columns} FROM ({ranked}) WHERE {limit} ORDER BY rn"


def _count(block: Block, node: Node) -> str:
    return f"max(0, {plain_number(block.c, block.value(node))})"


def fetch_of(block: Block, select: Node) -> Fetch:
    """The limits of a SELECT or a set operation. OFFSET without ORDER BY is ignored, as NetSuite does."""
    limit, offset = select.args.get("limit"), select.args.get("offset")
    count: str | None = None
    ties = percent = False
    if isinstance(limit, exp.Fetch):
        only(limit, "direction", "count", "limit_options")
        options = limit.args.get("limit_options")
        ties = bool(options and options.args.get("with_ties"))
        percent = bool(options and options.args.get("percent"))
        counted = limit.args.get("count")
        count = _count(block, counted) if counted is not None else "1"
    elif isinstance(limit, exp.Limit):
        only(limit, "expression")
        count = _count(block, limit.expression)
    elif limit is not None:
        raise unsupported()
    skip: str | None = None
    if offset is not None:
        only(offset, "expression")
        if select.args.get("order") is not None:
            skip = _count(block, offset.expression)
    return Fetch(count, skip, ties, percent)
