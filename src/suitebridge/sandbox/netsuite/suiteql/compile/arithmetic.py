"""`+ - * /`, sign and `||`: exact on scaled integers where 64 bits allow, floating point elsewhere; dates plus
days; spans of time."""

from __future__ import annotations

from decimal import Decimal

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, compiles, only
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import (
    as_moment,
    as_number,
    as_text,
    as_zoned,
    bound,
    number_value,
    real,
    scaled,
    text_value,
)
from suitebridge.sandbox.netsuite.suiteql.compile.intervals import span
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.functions.number_text import parse_number
from suitebridge.sandbox.netsuite.suiteql.limits import EXACT_PRODUCT_SCALE, EXACT_SCALE
from suitebridge.sandbox.netsuite.suiteql.types import (
    DATE,
    INTEGER,
    INTERVAL,
    MOMENT,
    NULL,
    NULL_VALUE,
    REAL,
    TEXT,
    Class,
    Interval,
    Value,
    number,
)


@compiles(exp.Literal)
def _literal(block: Block, node: Node) -> Value:
    if node.args.get("is_string"):
        return text_value(str(node.this))
    return number_value(parse_number(str(node.this)))


@compiles(exp.RawString, exp.National)
def _raw(block: Block, node: Node) -> Value:
    return text_value(str(node.this))


@compiles(exp.Null)
def _null(block: Block, node: Node) -> Value:
    return NULL_VALUE


@compiles(exp.Placeholder)
def _mark(block: Block, node: Node) -> Value:
    return bound(block.c, int(node.this))


@compiles(exp.Interval)
def _interval(block: Block, node: Node) -> Value:
    return Value("NULL", INTERVAL, nullable=False, literal=span(node))


@compiles(exp.Neg)
def _negative(block: Block, node: Node) -> Value:
    only(node, "this")
    value = block.value(node.this)
    if isinstance(value.literal, Interval):
        return Value("NULL", INTERVAL, nullable=False, literal=value.literal.times(-1))
    found = as_number(block.c, value)
    if isinstance(found.literal, Decimal):
        return number_value(-found.literal)
    return found if found.type is NULL else Value(f"(-{found.sql})", found.type, nullable=found.nullable)


def _either(left: Value, right: Value) -> bool:
    return left.nullable or right.nullable


def _sum(c: Compilation, sign: str, left: Value, right: Value) -> Value:
    if left.type.kind is Class.TEXT and right.type.kind is Class.TEXT and sign == "+":
        raise unsupported()
    left, right = as_number(c, left), as_number(c, right)
    nullable = _either(left, right)
    if NULL in (left.type, right.type):
        return Value("NULL", REAL)
    if isinstance(left.literal, Decimal) and isinstance(right.literal, Decimal):
        return number_value(left.literal + right.literal if sign == "+" else left.literal - right.literal)
    if left.type.scale is not None and right.type.scale is not None:
        scale = max(left.type.scale, right.type.scale)
        if scale <= EXACT_SCALE and abs(left.type.scale - right.type.scale) <= EXACT_PRODUCT_SCALE:
            sql = f"({scaled(c, left, scale)} {sign} {scaled(c, right, scale)})"
            return Value(sql, number(scale), nullable=nullable)
    return Value(f"({real(c, left)} {sign} {real(c, right)})", REAL, nullable=nullable)


def _shifted(c: Compilation, date: Value, sign: str, days: Value) -> Value:
    days = as_number(c, days)
    if days.type is NULL:
        return Value("NULL", date.type)
    nullable = _either(date, days)
    if date.type.kind is Class.ZONED:
        date = as_moment(c, date)
    whole = isinstance(days.literal, Decimal) and days.literal == int(days.literal)
    if days.type.scale == 0 or whole:
        amount = scaled(c, days, 0)
        modifier = f"({'-' if sign == '-' else ''}({amount}) || ' days')"
        function = "date" if date.type.kind is Class.DATE else "datetime"
        return Value(f"{function}({date.sql}, {modifier})", date.type, nullable=nullable)
    seconds = f"CAST(round({real(c, days)} * 86400.0) AS INTEGER)"
    return Value(f"datetime(unixepoch({date.sql}) {sign} {seconds}, 'unixepoch')", MOMENT, nullable=nullable)


def _spanned(c: Compilation, date: Value, sign: str, interval: Interval) -> Value:
    moved = interval.times(-1) if sign == "-" else interval
    if moved.months:
        return Value(f"sb_plus_months({date.sql}, {moved.months})", date.type, nullable=date.nullable)
    if date.type.kind is Class.DATE and moved.seconds % 86400 == 0:
        return Value(f"date({date.sql}, '{moved.seconds // 86400} days')", DATE, nullable=date.nullable)
    return Value(f"datetime({as_moment(c, date).sql}, '{moved.seconds} seconds')", MOMENT, nullable=date.nullable)


def _difference(c: Compilation, left: Value, right: Value) -> Value:
    nullable = _either(left, right)
    if left.type.kind is Class.DATE and right.type.kind is Class.DATE:
        sql = f"((unixepoch({left.sql}) - unixepoch({right.sql})) / 86400)"
        return Value(sql, INTEGER, nullable=nullable)
    if Class.ZONED in (left.type.kind, right.type.kind):
        first, second = f"sb_utc({as_zoned(c, left).sql})", f"sb_utc({as_zoned(c, right).sql})"
    else:
        first, second = left.sql, right.sql
    return Value(f"((unixepoch({first}) - unixepoch({second})) / 86400.0)", REAL, nullable=nullable)


@compiles(exp.Add, exp.Sub)
def _add(block: Block, node: Node) -> Value:
    only(node, "this", "expression")
    c = block.c
    sign = "+" if isinstance(node, exp.Add) else "-"
    left, right = block.value(node.this), block.value(node.expression)
    if isinstance(left.literal, Interval) and isinstance(right.literal, Interval):
        other = right.literal.times(1 if sign == "+" else -1)
        both = Interval(left.literal.months + other.months, left.literal.seconds + other.seconds)
        return Value("NULL", INTERVAL, nullable=False, literal=both)
    if left.type.temporal:
        if isinstance(right.literal, Interval):
            return _spanned(c, left, sign, right.literal)
        if right.type.temporal:
            if sign == "+":
                raise unsupported()
            return _difference(c, left, right)
        return _shifted(c, left, sign, right)
    if right.type.temporal:
        if sign == "-" and left.type is not NULL:
            raise unsupported()
        if isinstance(left.literal, Interval):
            return _spanned(c, right, "+", left.literal)
        return _shifted(c, right, "+", left)
    if INTERVAL in (left.type, right.type):
        raise unsupported()
    return _sum(c, sign, left, right)


@compiles(exp.Mul)
def _multiply(block: Block, node: Node) -> Value:
    only(node, "this", "expression")
    c = block.c
    left, right = block.value(node.this), block.value(node.expression)
    for one, other in ((left, right), (right, left)):
        if isinstance(one.literal, Interval) and isinstance(other.literal, Decimal):
            if other.literal != int(other.literal):
                raise unsupported()
            return Value("NULL", INTERVAL, nullable=False, literal=one.literal.times(int(other.literal)))
    left, right = as_number(c, left), as_number(c, right)
    if NULL in (left.type, right.type):
        return Value("NULL", REAL)
    if isinstance(left.literal, Decimal) and isinstance(right.literal, Decimal):
        return number_value(left.literal * right.literal)
    nullable = _either(left, right)
    if left.type.scale is not None and right.type.scale is not None:
        scale = left.type.scale + right.type.scale
        if scale <= EXACT_PRODUCT_SCALE:
            return Value(f"({left.sql} * {right.sql})", number(scale), nullable=nullable)
    return Value(f"({real(c, left)} * {real(c, right)})", REAL, nullable=nullable)


@compiles(exp.Div)
def _divide(block: Block, node: Node) -> Value:
    only(node, "this", "expression", "typed", "safe")
    c = block.c
    left, right = as_number(c, block.value(node.this)), as_number(c, block.value(node.expression))
    if NULL in (left.type, right.type):
        return Value("NULL", REAL)
    return quotient(c, left, right)


def quotient(c: Compilation, left: Value, right: Value) -> Value:
    """One number by another as floating point, rounded once where both are exact; by zero is an error."""
    nullable = _either(left, right)
    if isinstance(left.literal, Decimal) and isinstance(right.literal, Decimal) and right.literal:
        return number_value_of_quotient(left.literal, right.literal)
    exact = left.type.scale is not None and right.type.scale is not None
    if isinstance(right.literal, Decimal) and right.literal:
        if exact and left.param is None:
            divisor = float(right.literal.scaleb(left.type.scale or 0))
            return Value(f"({left.sql} / {divisor!r})", REAL, nullable=nullable)
        return Value(f"({real(c, left)} / {float(right.literal)!r})", REAL, nullable=nullable)
    if exact:
        shift = (right.type.scale or 0) - (left.type.scale or 0)
        return Value(f"sb_divide_exact({left.sql}, {right.sql}, {shift})", REAL, nullable=nullable)
    return Value(f"sb_divide({real(c, left)}, {real(c, right)})", REAL, nullable=nullable)


def number_value_of_quotient(left: Decimal, right: Decimal) -> Value:
    """The quotient of two constants: exact where it ends, otherwise floating point."""
    found = left / right
    if found * right == left:
        return number_value(found)
    return Value(repr(float(found)), REAL, nullable=False, literal=found)


@compiles(exp.DPipe)
def _join(block: Block, node: Node) -> Value:
    only(node, "this", "expression", "safe")
    parts: list[Value] = []
    pending = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, exp.DPipe):
            only(each, "this", "expression", "safe")
            pending.extend((each.expression, each.this))
        else:
            parts.append(as_text(block.c, block.value(each)))
    return joined(parts)


def joined(parts: list[Value]) -> Value:
    """Texts put one after the other, NULL like no text; NULL if none is left."""
    if all(isinstance(part.literal, str) or part.type is NULL for part in parts):
        return text_value("".join(str(part.literal) for part in parts if part.type is not NULL))
    told = [part for part in parts if part.type is not NULL or part.param is not None]
    pieces = [f"ifnull({part.sql}, '')" if part.nullable else part.sql for part in told]
    sql = "(" + " || ".join(pieces) + ")"
    if any(not part.nullable for part in told):
        return Value(sql, TEXT, nullable=False)
    return Value(f"nullif({sql}, '')", TEXT)
