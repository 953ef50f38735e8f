"""Numeric functions: scales are kept where the result has a known number of decimals."""

from __future__ import annotations

from decimal import Decimal

from suitebridge.sandbox.netsuite.suiteql.compile.calls import function, simple
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import (
    as_number,
    as_real,
    as_text,
    number_value,
    plain_number,
    quoted,
    real,
    scaled,
    text_constant,
    whole_constant,
)
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.functions.number_models import text_to_number
from suitebridge.sandbox.netsuite.suiteql.limits import EXACT_PRODUCT_SCALE, EXACT_SCALE
from suitebridge.sandbox.netsuite.suiteql.types import INTEGER, NULL, REAL, Class, Type, Value, number

_MOST_PLACES = EXACT_PRODUCT_SCALE


def _placed(c: Compilation, value: Value, places: int, exact: str, inexact: str) -> Value:
    scale = value.type.scale
    if scale is not None and scale <= max(places, 0):
        return value if places >= 0 else _tens(c, value, places, exact)
    if places < 0:
        return _tens(c, value, places, exact) if scale is not None else _real_tens(c, value, places, inexact)
    if scale is not None:
        sql = f"{exact}({value.sql}, {10 ** (scale - places)})"
        return Value(sql, number(places), nullable=value.nullable)
    if places <= _MOST_PLACES:
        return Value(f"{inexact}({real(c, value)}, {places})", number(places), nullable=value.nullable)
    to = inexact.replace("_real", "_to")
    return Value(f"{to}({real(c, value)}, {places})", REAL, nullable=value.nullable)


def _tens(_c: Compilation, value: Value, places: int, exact: str) -> Value:
    unit = 10 ** ((value.type.scale or 0) - places)
    return Value(f"({exact}({value.sql}, {unit}) * {10**-places})", INTEGER, nullable=value.nullable)


def _real_tens(c: Compilation, value: Value, places: int, inexact: str) -> Value:
    to = inexact.replace("_real", "_to")
    return Value(f"{to}({real(c, value)}, {places})", INTEGER, nullable=value.nullable)


def _plain_literal(value: Value) -> Value:
    if isinstance(value.literal, Decimal) and value.type.scale is not None:
        return Value(value.sql, value.type, nullable=False)
    return value


def placed(c: Compilation, arguments: list[Value], word: str) -> Value:
    """ROUND or TRUNC of a number (`word` is `round` or `truncate`)."""
    value = _plain_literal(as_number(c, arguments[0]))
    if value.type is NULL:
        return Value("NULL", REAL)
    if value.param is not None and value.type.scale is not None:
        value = Value(scaled(c, value, value.type.scale), value.type)
    if len(arguments) == 1:
        return _placed(c, value, 0, f"sb_{word}_exact", f"sb_{word}_real")
    places = whole_constant(c, arguments[1]) if arguments[1].constant else None
    if places is not None and -15 <= places <= 30:
        return _placed(c, value, places, f"sb_{word}_exact", f"sb_{word}_real")
    return Value(f"sb_{word}_to({real(c, value)}, {plain_number(c, arguments[1])})", REAL)


def rounded_to(c: Compilation, value: Value, places: int) -> Value:
    """A number rounded to so many places."""
    return _placed(c, _plain_literal(value), places, "sb_round_exact", "sb_round_real")


def _whole(name: str, c: Compilation, argument: Value) -> Value:
    value = as_number(c, argument)
    if value.type is NULL:
        return Value("NULL", INTEGER)
    if value.type.scale == 0:
        return value
    if value.type.scale is not None:
        return Value(f"sb_{name}_exact({value.sql}, {10**value.type.scale})", INTEGER, nullable=value.nullable)
    return Value(f"sb_{name}_real({real(c, value)})", INTEGER, nullable=value.nullable)


@function("CEIL", least=1)
def _ceil(c: Compilation, arguments: list[Value]) -> Value:
    return _whole("ceil", c, arguments[0])


@function("FLOOR", least=1)
def _floor(c: Compilation, arguments: list[Value]) -> Value:
    return _whole("floor", c, arguments[0])


@function("ABS", least=1)
def _abs(c: Compilation, arguments: list[Value]) -> Value:
    value = as_number(c, arguments[0])
    if isinstance(value.literal, Decimal):
        return number_value(abs(value.literal))
    return Value(f"abs({value.sql})", value.type, nullable=value.nullable)


@function("SIGN", least=1)
def _sign(c: Compilation, arguments: list[Value]) -> Value:
    value = as_number(c, arguments[0])
    return Value(f"sign({value.sql})", INTEGER, nullable=value.nullable)


@function("MOD", least=2)
def _mod(c: Compilation, arguments: list[Value]) -> Value:
    left, right = as_number(c, arguments[0]), as_number(c, arguments[1])
    if NULL in (left.type, right.type):
        return Value("NULL", REAL)
    nullable = left.nullable or right.nullable
    if left.type.scale is not None and right.type.scale is not None:
        scale = max(left.type.scale, right.type.scale)
        if scale <= EXACT_SCALE:
            one, other = scaled(c, left, scale), scaled(c, right, scale)
            if isinstance(right.literal, Decimal) and right.literal:
                return Value(f"({one} % {other})", number(scale), nullable=nullable)
            return Value(f"sb_modulo({one}, {other})", number(scale), nullable=nullable)
    return Value(f"sb_modulo({real(c, left)}, {real(c, right)})", REAL, nullable=nullable)


@function("BITAND", least=2)
def _bitand(c: Compilation, arguments: list[Value]) -> Value:
    left, right = (plain_number(c, argument) for argument in arguments)
    return Value(f"(CAST({left} AS INTEGER) & CAST({right} AS INTEGER))", INTEGER)


for _name in ("ACOS", "ASIN", "ATAN", "COS", "COSH", "EXP", "LN", "SIN", "SINH", "SQRT", "TAN", "TANH"):
    simple(_name, sqlite=f"sb_{_name.lower()}", parameters="n", result=REAL)
simple("ATAN2", sqlite="sb_atan2", parameters="nn", result=REAL)
simple("LOG", sqlite="sb_logarithm", parameters="nn", result=REAL)
simple("WIDTH_BUCKET", sqlite="sb_width_bucket", parameters="nnnn", result=INTEGER)


def _numbers(name: str, result: Type) -> None:
    def call(c: Compilation, arguments: list[Value]) -> Value:
        left, right = (_precise(c, argument) for argument in arguments)
        return Value(f"sb_{name.lower()}({left}, {right})", result)

    function(name, least=2)(call)


def _precise(c: Compilation, argument: Value) -> str:
    value = as_number(c, argument)
    if value.type.scale == 0 and value.param is None:
        return value.sql
    return as_real(c, argument)


_numbers("POWER", REAL)
_numbers("REMAINDER", REAL)


@function("TO_NUMBER", least=1, most=3)
def _to_number(c: Compilation, arguments: list[Value]) -> Value:
    value = arguments[0]
    if len(arguments) == 1 or value.type.kind is Class.NUMBER:
        return as_number(c, value) if value.type is not NULL else Value("NULL", REAL)
    text = as_text(c, value)
    model = text_constant(c, arguments[1])
    if isinstance(text.literal, str):
        return number_value(text_to_number(text.literal, model))
    return Value(f"sb_read_number({text.sql}, {quoted(model)})", REAL, nullable=value.nullable)


@function("TO_BINARY_DOUBLE", "TO_BINARY_FLOAT", least=1, most=2)
def _to_binary(c: Compilation, arguments: list[Value]) -> Value:
    if len(arguments) > 1:
        raise unsupported()
    return Value(as_real(c, arguments[0]), REAL, nullable=arguments[0].nullable)
