"""Window functions: ranks, LAG and LEAD, first and last values, and aggregates OVER a frame."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.aggregates import aggregate_parts, kept, list_parts
from suitebridge.sandbox.netsuite.suiteql.compile.arithmetic import quotient
from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, compiles, only
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import as_number, as_real, plain_number, scaled, to_type
from suitebridge.sandbox.netsuite.suiteql.compile.ordering import Term, order_sql, order_terms
from suitebridge.sandbox.netsuite.suiteql.compile.tree import AGGREGATES
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import INTEGER, NULL, REAL, TEXT, Class, Interval, Type, Value

_RANKS: dict[str, Type] = {
    "ROW_NUMBER": INTEGER,
    "RANK": INTEGER,
    "DENSE_RANK": INTEGER,
    "PERCENT_RANK": REAL,
    "CUME_DIST": REAL,
}
_SHIFTS = ("LAG", "LEAD")
_ENDS = ("FIRST_VALUE", "LAST_VALUE")


def _distance(block: Block, side: object, key: Value | None) -> str:
    """How far a frame reaches: rows, or for RANGE a distance in the units of the sort key `key`."""
    if not isinstance(side, exp.Expr):
        raise unsupported()
    value = block.value(side)
    if key is None:
        return plain_number(block.c, value)
    if key.type.temporal:
        if isinstance(value.literal, Interval) and not value.literal.months:
            return str(value.literal.seconds)
        return f"({as_real(block.c, value)} * 86400)"
    scale = key.type.scale
    return scaled(block.c, as_number(block.c, value), scale) if scale is not None else as_real(block.c, value)


def _side(block: Block, side: object, word: object, key: Value | None) -> str:
    if isinstance(side, str):
        return f"{side} {word or ''}".strip() if side == "UNBOUNDED" else side
    return f"{_distance(block, side, key)} {word}"


def _frame(block: Block, spec: Node | None, terms: list[Term]) -> tuple[str, list[Term]]:
    """The frame in SQL, and the sort keys as it needs them."""
    if spec is None:
        return "", terms
    only(spec, "kind", "start", "start_side", "end", "end_side")
    kind = str(spec.args.get("kind")).upper()
    if kind not in ("ROWS", "RANGE"):
        raise unsupported()
    measured = any(isinstance(spec.args.get(name), exp.Expr) for name in ("start", "end"))
    key: Value | None = None
    if kind == "RANGE" and measured:
        if len(terms) != 1 or not (terms[0].value.type.temporal or terms[0].value.type.kind is Class.NUMBER):
            raise unsupported()
        key = terms[0].value
        if key.type.temporal:
            terms = [replace(terms[0], value=replace(key, sql=f"unixepoch({key.sql})"))]
    start = _side(block, spec.args.get("start"), spec.args.get("start_side"), key)
    end = spec.args.get("end")
    if end is None:
        return f" {kind} {start}", terms
    return f" {kind} BETWEEN {start} AND {_side(block, end, spec.args.get('end_side'), key)}", terms


def _over(block: Block, node: Node, *, whole: Node | None = None) -> str:
    parts: list[str] = []
    partition: list[Node] = node.args.get("partition_by") or []
    if partition:
        parts.append("PARTITION BY " + ", ".join(block.value(item).sql for item in partition))
    order = whole if whole is not None else node.args.get("order")
    terms = order_terms(block, order, [], {}) if order is not None else []
    if whole is not None:
        frame = " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
    else:
        frame, terms = _frame(block, node.args.get("spec"), terms)
    if terms:
        parts.append(order_sql(terms).strip())
    elif "RANGE" in frame:
        frame = ""
    return f" OVER ({' '.join(parts)}{frame})"


@compiles(exp.Window)
def _window(block: Block, node: Node) -> Value:
    if str(node.args.get("over")).upper() == "KEEP":
        return kept(block, node)
    only(node, "this", "partition_by", "order", "spec", "over")
    if not block.windows_allowed or block.in_aggregate or block.in_window:
        raise unsupported()
    block.in_window = True
    try:
        return _compiled(block, node)
    finally:
        block.in_window = False


def _compiled(block: Block, node: Node) -> Value:
    call = node.this
    if isinstance(call, exp.WithinGroup):
        sql, _ = list_parts(block, call, window=True)
        return Value(f"nullif({sql}{_over(block, node, whole=call.args['expression'])}, '')", TEXT)
    if isinstance(call, exp.RespectNulls):
        call = call.this
    if not isinstance(call, exp.Anonymous):
        raise unsupported()
    name = str(call.this).upper()
    arguments = list(call.expressions)
    ordered = node.args.get("order") is not None
    if name in _RANKS:
        if arguments or not ordered:
            raise unsupported()
        return Value(f"{name.lower()}(){_over(block, node)}", _RANKS[name], nullable=False)
    if name == "NTILE" and len(arguments) == 1 and ordered:
        count = plain_number(block.c, block.value(arguments[0]))
        return Value(f"ntile({count}){_over(block, node)}", INTEGER, nullable=False)
    if name in _SHIFTS and 1 <= len(arguments) <= 3 and ordered:
        return _shifted(block, node, name, arguments)
    if name in _ENDS and len(arguments) == 1:
        value = block.value(arguments[0])
        return Value(f"{name.lower()}({value.sql}){_over(block, node)}", value.type, column=value.column)
    if name == "RATIO_TO_REPORT" and len(arguments) == 1:
        value = as_number(block.c, block.value(arguments[0]))
        total = Value(f"sum({value.sql}){_over(block, node)}", value.type)
        return Value(f"nullif({quotient(block.c, value, total).sql}, NULL)", REAL)
    if name in AGGREGATES and name not in ("GROUPING", "LISTAGG"):
        parts = aggregate_parts(block, call, window=True)
        sql = f"{parts.head}{_over(block, node)}{parts.tail}"
        return Value(sql, parts.type, nullable=name != "COUNT", column=parts.column)
    raise unsupported()


def _shifted(block: Block, node: Node, name: str, arguments: list[Node]) -> Value:
    value = block.value(arguments[0])
    parts = [value.sql]
    if len(arguments) > 1:
        parts.append(plain_number(block.c, block.value(arguments[1])))
    if len(arguments) > 2:
        default = block.value(arguments[2])
        if value.type is NULL:
            raise unsupported()
        parts.append("NULL" if default.type is NULL else to_type(block.c, default, value.type))
    return Value(f"{name.lower()}({', '.join(parts)}){_over(block, node)}", value.type, column=value.column)
