"""NVL, NVL2, COALESCE, NULLIF, DECODE, CASE, GREATEST, LEAST, CAST, and a few that concern no type."""

from __future__ import annotations

from decimal import Decimal

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, compiles, only
from suitebridge.sandbox.netsuite.suiteql.compile.calls import function
from suitebridge.sandbox.netsuite.suiteql.compile.calls_numbers import rounded_to
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import (
    as_date,
    as_moment,
    as_number,
    as_text,
    as_zoned,
    common_type,
    real,
    to_type,
    unified,
)
from suitebridge.sandbox.netsuite.suiteql.compile.compare import compare
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.limits import EXACT_SCALE
from suitebridge.sandbox.netsuite.suiteql.types import (
    INTEGER,
    MOMENT,
    NULL,
    NULL_VALUE,
    REAL,
    TEXT,
    ZONED,
    Class,
    Type,
    Value,
    number,
)


def _led(values: list[Value]) -> Type:
    """The type that the first value with one gives the others, numbers among themselves to the widest scale."""
    told = [value for value in values if value.type is not NULL]
    if not told:
        return NULL
    first = told[0].type
    if first.kind is Class.NUMBER:
        numbers = [value.type for value in told if value.type.kind is Class.NUMBER]
        texts = [value for value in told if value.type.kind is Class.TEXT]
        if len(numbers) + len(texts) != len(told):
            raise unsupported()
        if not texts:
            return common_type(numbers)
        literals = [_literal_type(value) for value in texts]
        return common_type([*numbers, *literals])
    if first.temporal:
        return common_type([value.type if value.type.temporal else MOMENT for value in told])
    return first


def _literal_type(value: Value) -> Type:
    if isinstance(value.literal, str):
        try:
            exponent = Decimal(value.literal).as_tuple().exponent
        except ArithmeticError:
            return REAL
        scale = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return number(scale) if scale <= EXACT_SCALE else REAL
    return REAL


def _as(c: Compilation, value: Value, wanted: Type) -> str:
    return "NULL" if value.type is NULL and value.param is None else to_type(c, value, wanted)


@function("NVL", least=2)
def _nvl(c: Compilation, arguments: list[Value]) -> Value:
    first, second = arguments
    if first.type is NULL and first.param is None:
        return second
    wanted = _led(arguments)
    if wanted is NULL:
        return NULL_VALUE
    sql = f"ifnull({_as(c, first, wanted)}, {_as(c, second, wanted)})"
    column = first.column if second.constant else None
    return Value(sql, wanted, nullable=first.nullable and second.nullable, column=column)


@function("NVL2", least=3)
def _nvl2(c: Compilation, arguments: list[Value]) -> Value:
    tested, there, missing = arguments
    wanted = _led([there, missing])
    sql = f"iif({tested.sql} IS NOT NULL, {_as(c, there, wanted)}, {_as(c, missing, wanted)})"
    return Value(sql, wanted, nullable=there.nullable or missing.nullable)


@function("COALESCE", least=2, most=255)
def _coalesce(c: Compilation, arguments: list[Value]) -> Value:
    wanted, parts = unified(c, arguments)
    if wanted is NULL:
        return NULL_VALUE
    return Value(f"coalesce({', '.join(parts)})", wanted, nullable=all(each.nullable for each in arguments))


@function("NULLIF", least=2)
def _nullif(c: Compilation, arguments: list[Value]) -> Value:
    first, second = arguments
    if first.type is NULL:
        raise unsupported()
    common_type([first.type, second.type])
    return Value(f"CASE WHEN {compare(c, '=', first, second)} THEN NULL ELSE {first.sql} END", first.type)


def _extreme(name: str, c: Compilation, arguments: list[Value]) -> Value:
    if any(argument.type is NULL for argument in arguments):
        return NULL_VALUE
    if len(arguments) == 1:
        return arguments[0]
    wanted = _led(arguments)
    parts = [to_type(c, argument, wanted) for argument in arguments]
    return Value(f"{name}({', '.join(parts)})", wanted, nullable=any(each.nullable for each in arguments))


@function("GREATEST", least=1, most=255)
def _greatest(c: Compilation, arguments: list[Value]) -> Value:
    return _extreme("max", c, arguments)


@function("LEAST", least=1, most=255)
def _least(c: Compilation, arguments: list[Value]) -> Value:
    return _extreme("min", c, arguments)


@function("NANVL", least=2)
def _nanvl(c: Compilation, arguments: list[Value]) -> Value:
    found = as_number(c, arguments[0])
    return found if found.type is not NULL else Value("NULL", REAL)


@function("DECODE", least=3, most=255)
def _decode(c: Compilation, arguments: list[Value]) -> Value:
    subject, rest = arguments[0], arguments[1:]
    default = rest.pop() if len(rest) % 2 else NULL_VALUE
    searches, results = rest[::2], rest[1::2]
    wanted = _led([*results, default])
    branches = [
        f"WHEN {compare(c, 'IS', subject, search)} THEN {_as(c, result, wanted)}"
        for search, result in zip(searches, results, strict=True)
    ]
    sql = f"CASE {' '.join(branches)} ELSE {_as(c, default, wanted)} END"
    return Value(sql, wanted, nullable=any(each.nullable for each in (*results, default)))


@compiles(exp.Case)
def _case(block: Block, node: Node) -> Value:
    only(node, "this", "ifs", "default")
    c = block.c
    subject = block.value(node.this) if node.this is not None else None
    tests: list[str] = []
    results: list[Value] = []
    for branch in node.args["ifs"]:
        only(branch, "this", "true")
        if subject is None:
            tests.append(block.condition(branch.this))
        else:
            tests.append(compare(c, "=", subject, block.value(branch.this)))
        results.append(block.value(branch.args["true"]))
    default = node.args.get("default")
    results.append(block.value(default) if default is not None else NULL_VALUE)
    wanted, parts = unified(c, results)
    branches = " ".join(f"WHEN {test} THEN {part}" for test, part in zip(tests, parts[:-1], strict=True))
    columns = {id(result.column): result.column for result in results if result.type is not NULL}
    column = next(iter(columns.values())) if len(columns) == 1 else None
    nullable = any(result.nullable for result in results)
    return Value(f"CASE {branches} ELSE {parts[-1]} END", wanted, nullable=nullable, column=column)


def _size(target: Node, position: int) -> int | None:
    parameters = target.expressions
    if position >= len(parameters):
        return None
    text = str(parameters[position].name)
    if not text.lstrip("-").isdigit():
        raise unsupported()
    return int(text)


@compiles(exp.Cast)
def _cast(block: Block, node: Node) -> Value:
    only(node, "this", "to")
    c, value, target = block.c, block.value(node.this), node.args["to"]
    kind = target.this.name if hasattr(target.this, "name") else str(target.this)
    if kind in ("VARCHAR", "NVARCHAR", "CHAR", "NCHAR", "TEXT"):
        text = as_text(c, value)
        size = _size(target, 0)
        if size is None:
            return text
        padded = f"sb_rpad({text.sql}, {size})" if kind in ("CHAR", "NCHAR") else f"substr({text.sql}, 1, {size})"
        return Value(padded, TEXT, nullable=text.nullable)
    if kind in ("DECIMAL", "INT", "SMALLINT", "BIGINT"):
        found = as_number(c, value)
        if found.type is NULL:
            return Value("NULL", INTEGER)
        if kind == "DECIMAL" and not target.expressions:
            return found
        return rounded_to(c, found, _size(target, 1) or 0)
    if kind in ("FLOAT", "DOUBLE"):
        found = as_number(c, value)
        return Value(real(c, found) if found.type is not NULL else "NULL", REAL, nullable=value.nullable)
    if kind == "DATE":
        return as_date(c, value)
    if kind in ("TIMESTAMP", "TIMESTAMPNTZ"):
        moment = as_moment(c, value)
        return Value("NULL", MOMENT) if moment.type is NULL else moment
    if kind in ("TIMESTAMPTZ", "TIMESTAMPLTZ"):
        return as_zoned(c, value)
    raise unsupported()


@compiles(exp.AtTimeZone)
def _at_time_zone(block: Block, node: Node) -> Value:
    only(node, "this", "zone")
    c = block.c
    zone = as_text(c, block.value(node.args["zone"]))
    value = as_zoned(c, block.value(node.this))
    return Value(f"sb_at_zone({value.sql}, {zone.sql})", ZONED, nullable=value.nullable)


@function("ORA_HASH", least=1, most=3)
def _ora_hash(c: Compilation, arguments: list[Value]) -> Value:
    buckets = as_number(c, arguments[1]).sql if len(arguments) > 1 else "4294967295"
    seed = as_number(c, arguments[2]).sql if len(arguments) > 2 else "0"
    return Value(f"sb_ora_hash({as_text(c, arguments[0]).sql}, {buckets}, {seed})", INTEGER)


@function("CHARTOROWID", least=1)
def _chartorowid(c: Compilation, arguments: list[Value]) -> Value:
    return as_text(c, arguments[0])


@function("EMPTY_BLOB", "EMPTY_CLOB", least=0)
def _empty(_c: Compilation, _arguments: list[Value]) -> Value:
    return Value("NULL", TEXT)
