"""Date functions, and TO_CHAR for all types."""

from __future__ import annotations

from decimal import Decimal

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.binding import BoundValue, Environment, SQLiteValue
from suitebridge.sandbox.netsuite.suiteql.compile.arithmetic import joined
from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, compiles, only
from suitebridge.sandbox.netsuite.suiteql.compile.calls import function
from suitebridge.sandbox.netsuite.suiteql.compile.calls_numbers import placed
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import (
    as_date,
    as_moment,
    as_number,
    as_text,
    as_zoned,
    plain_number,
    quoted,
    text_constant,
    text_value,
)
from suitebridge.sandbox.netsuite.suiteql.compile.moments import MOMENTS, moment_text
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused, unsupported
from suitebridge.sandbox.netsuite.suiteql.functions.date_models import native_pieces, parsed_model
from suitebridge.sandbox.netsuite.suiteql.functions.date_reading import read_moment
from suitebridge.sandbox.netsuite.suiteql.functions.dates import unit_of
from suitebridge.sandbox.netsuite.suiteql.functions.number_models import number_to_text
from suitebridge.sandbox.netsuite.suiteql.types import (
    DATE,
    INTEGER,
    MOMENT,
    NULL,
    REAL,
    TEXT,
    ZONED,
    Class,
    Type,
    Value,
)


def _now(c: Compilation) -> str:
    return MOMENTS["localtimestamp"](c).sql


def _dated(c: Compilation, value: Value) -> Value:
    found = as_date(c, value)
    return as_moment(c, found) if found.type.kind is Class.ZONED else found


@function("ADD_MONTHS", least=2)
def _add_months(c: Compilation, arguments: list[Value]) -> Value:
    date = _dated(c, arguments[0])
    return Value(f"sb_add_months({date.sql}, {plain_number(c, arguments[1])})", _or(date, DATE))


def _or(value: Value, type_: Type) -> Type:
    return type_ if value.type is NULL else value.type


@function("LAST_DAY", least=1)
def _last_day(c: Compilation, arguments: list[Value]) -> Value:
    date = _dated(c, arguments[0])
    return Value(f"sb_last_day({date.sql})", _or(date, DATE), nullable=date.nullable)


@function("MONTHS_BETWEEN", least=2)
def _months_between(c: Compilation, arguments: list[Value]) -> Value:
    one, other = (_dated(c, argument) for argument in arguments)
    return Value(f"sb_months_between({one.sql}, {other.sql})", REAL)


@function("NEXT_DAY", least=2)
def _next_day(c: Compilation, arguments: list[Value]) -> Value:
    date, day = _dated(c, arguments[0]), arguments[1]
    return Value(f"sb_next_day({date.sql}, {day.sql})", _or(date, DATE))


def _date_placed(c: Compilation, arguments: list[Value], name: str) -> Value:
    date = _dated(c, arguments[0])
    if len(arguments) == 1:
        if name == "truncate_date":
            if date.type.kind is Class.DATE:
                return date
            return Value(f"substr({date.sql}, 1, 10)", DATE, nullable=date.nullable)
        unit = "DD"
    else:
        unit = text_constant(c, arguments[1])
    timed = unit_of(unit) in ("HH", "MI") and date.type.kind is Class.MOMENT
    return Value(f"sb_{name}({date.sql}, {quoted(unit)})", MOMENT if timed else DATE, nullable=date.nullable)


@function("TRUNC", least=1, most=2)
def _trunc(c: Compilation, arguments: list[Value]) -> Value:
    if arguments[0].type.temporal:
        return _date_placed(c, arguments, "truncate_date")
    return placed(c, arguments, "truncate")


@function("ROUND", least=1, most=2)
def _round(c: Compilation, arguments: list[Value]) -> Value:
    if arguments[0].type.temporal:
        return _date_placed(c, arguments, "round_date")
    return placed(c, arguments, "round")


def _read(c: Compilation, arguments: list[Value], type_: Type) -> Value:
    value = arguments[0]
    if value.type.temporal:
        return _dated(c, value) if type_ is not ZONED else as_zoned(c, value)
    if value.type is NULL:
        return Value("NULL", type_)
    if len(arguments) == 1:
        found = as_date(c, as_text(c, value))
        return as_zoned(c, found) if type_ is ZONED else found
    model = text_constant(c, arguments[1])
    elements = parsed_model(model)
    text = as_text(c, value)
    zone = c.quirk("zone", "America/Los_Angeles")
    if type_ is ZONED or any(element.name in ("TZH", "TZR") for element in elements):
        sql = f"sb_zoned(sb_read_moment({text.sql}, {quoted(model)}, {_now(c)}), {quoted(zone)})"
        return Value(sql, ZONED, nullable=value.nullable)
    timed = any(element.name in _TIMED for element in elements)
    if text.constant:
        return _constant_date(c, text, model, timed=timed)
    name = "sb_read_moment" if timed else "sb_read_date"
    sql = f"{name}({text.sql}, {quoted(model)}, {_now(c)})"
    return Value(sql, MOMENT if timed else DATE, nullable=value.nullable)


_TIMED = frozenset({"HH24", "HH12", "HH", "MI", "SS", "SSSSS", "AM", "PM", "A.M.", "P.M.", "FF", "TS"})


def _constant_date(c: Compilation, text: Value, model: str, *, timed: bool) -> Value:
    literal = text.literal

    def convert(value: BoundValue, environment: Environment) -> SQLiteValue:
        wanted = literal if isinstance(literal, str) else value
        if wanted is None:
            return None
        moment = read_moment(str(wanted), model, moment_text(environment.company_now()))
        found = moment.text()
        return found if not timed or len(found) > 10 else found + " 00:00:00"

    source = text.param if text.param is not None else -1
    sql = c.slot(source, f"date {timed} {model} {literal}", convert)
    return Value(sql, MOMENT if timed else DATE, nullable=False)


@function("TO_DATE", least=1, most=3)
def _to_date(c: Compilation, arguments: list[Value]) -> Value:
    found = _read(c, arguments, DATE)
    return as_moment(c, found) if found.type is ZONED else found


@function("TO_TIMESTAMP", least=1, most=3)
def _to_timestamp(c: Compilation, arguments: list[Value]) -> Value:
    found = _read(c, arguments, MOMENT)
    return as_moment(c, found) if found.type is ZONED else found


@function("TO_TIMESTAMP_TZ", least=1, most=3)
def _to_timestamp_tz(c: Compilation, arguments: list[Value]) -> Value:
    return as_zoned(c, _read(c, arguments, ZONED))


def _date_text(c: Compilation, date: Value, model: str) -> Value:
    parsed_model(model)
    pieces = native_pieces(model, date.type.kind is Class.MOMENT) if date.type.kind is not Class.ZONED else None
    if pieces:
        parts = [
            text_value(piece[1:])
            if piece.startswith("=")
            else Value(f"substr({date.sql}, {piece})", TEXT, nullable=date.nullable)
            for piece in pieces
        ]
        if model == "YYYY-MM-DD HH24:MI:SS" and date.type.kind is Class.MOMENT:
            return Value(date.sql, TEXT, nullable=date.nullable)
        if model == "YYYY-MM-DD":
            return Value(f"substr({date.sql}, 1, 10)", TEXT, nullable=date.nullable)
        if not date.nullable:
            return joined(parts)
        body = " || ".join(part.sql for part in parts)
        return Value(f"({body})", TEXT)
    sql = f"sb_write_date({date.sql}, {quoted(model)}, {quoted(c.date_format)})"
    return Value(sql, TEXT, nullable=date.nullable)


@function("TO_CHAR", "TO_NCHAR", least=1, most=3)
def _to_char(c: Compilation, arguments: list[Value]) -> Value:
    value = arguments[0]
    if value.type is NULL:
        return Value("NULL", TEXT)
    if len(arguments) == 1:
        return as_text(c, value)
    if not arguments[1].constant:
        return _varying_model(c, value, as_text(c, arguments[1]))
    model = text_constant(c, arguments[1])
    if not model:
        return Value("NULL", TEXT)
    if value.type.temporal:
        return _date_text(c, value, model)
    number = as_number(c, value)
    if isinstance(number.literal, Decimal):
        return text_value(number_to_text(number.literal, model))
    number_to_text(Decimal(0), model)
    sql = f"sb_number_model({number.sql}, {number.type.scale or 0}, {quoted(model)})"
    return Value(sql, TEXT, nullable=value.nullable)


def _varying_model(c: Compilation, value: Value, model: Value) -> Value:
    if value.type.temporal:
        return Value(f"sb_write_date({value.sql}, {model.sql}, {quoted(c.date_format)})", TEXT)
    number = as_number(c, value)
    return Value(f"sb_number_model({number.sql}, {number.type.scale or 0}, {model.sql})", TEXT)


_PARTS = {"YEAR": "1, 4", "MONTH": "6, 2", "DAY": "9, 2", "HOUR": "12, 2", "MINUTE": "15, 2", "SECOND": "18, 2"}


@compiles(exp.Extract)
def _extract(block: Block, node: Node) -> Value:
    only(node, "this", "expression")
    part = str(node.this.name).upper()
    value = as_date(block.c, block.value(node.expression))
    if part in ("TIMEZONE_HOUR", "TIMEZONE_MINUTE") and value.type.kind is Class.ZONED:
        return Value(f"sb_extract({value.sql}, {quoted(part)})", INTEGER, nullable=value.nullable)
    if part not in _PARTS or (value.type.kind is Class.DATE and part in ("HOUR", "MINUTE", "SECOND")):
        raise ValueRefused("Invalid extract field for extract source.")
    return Value(f"CAST(substr({value.sql}, {_PARTS[part]}) AS INTEGER)", INTEGER, nullable=value.nullable)


@function("SYS_EXTRACT_UTC", least=1)
def _sys_extract_utc(c: Compilation, arguments: list[Value]) -> Value:
    value = as_zoned(c, arguments[0])
    return Value(f"sb_utc({value.sql})", MOMENT, nullable=value.nullable)


@function("FROM_TZ", least=2)
def _from_tz(c: Compilation, arguments: list[Value]) -> Value:
    moment, zone = as_moment(c, arguments[0]), as_text(c, arguments[1])
    return Value(f"sb_zoned({moment.sql}, {zone.sql})", ZONED)


@function("NEW_TIME", least=3)
def _new_time(c: Compilation, arguments: list[Value]) -> Value:
    moment = as_moment(c, arguments[0])
    source, target = (as_text(c, argument) for argument in arguments[1:])
    return Value(f"sb_new_time({moment.sql}, {source.sql}, {target.sql})", MOMENT)


@function("TZ_OFFSET", least=1)
def _tz_offset(c: Compilation, arguments: list[Value]) -> Value:
    now = c.moment("utc", lambda environment: moment_text(environment.now))
    return Value(f"sb_zone_offset({as_text(c, arguments[0]).sql}, {now})", TEXT)


@function("CURRENT_TIMESTAMP", "LOCALTIMESTAMP", least=1)
def _with_precision(c: Compilation, arguments: list[Value]) -> Value:
    if not isinstance(arguments[0].literal, Decimal):
        raise unsupported()
    return MOMENTS["current_timestamp"](c)
