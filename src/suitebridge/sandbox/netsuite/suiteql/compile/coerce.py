"""One type made another: numbers to a scale, text to numbers and dates, dates to moments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from suitebridge.sandbox.netsuite.suiteql.binding import (
    BoundValue,
    Environment,
    SQLiteValue,
    sqlite_integer_text,
    sqlite_number,
)
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.functions.number_text import oracle_text, parse_number, plain
from suitebridge.sandbox.netsuite.suiteql.functions.user_dates import parse_user_date, with_time
from suitebridge.sandbox.netsuite.suiteql.limits import EXACT_SCALE, REAL_PLACES
from suitebridge.sandbox.netsuite.suiteql.types import (
    DATE,
    MOMENT,
    NULL,
    NULL_VALUE,
    REAL,
    TEXT,
    ZONED,
    Class,
    Interval,
    Type,
    Value,
    derived,
    number,
)


def quoted(text: str) -> str:
    """A text as an SQLite literal."""
    return "'" + text.replace("'", "''") + "'"


def number_value(literal: Decimal) -> Value:
    """A constant number: an exact one unless it has too many digits."""
    exponent = literal.normalize().as_tuple().exponent
    scale = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    scaled = sqlite_number(literal, scale)
    if scale > EXACT_SCALE or isinstance(scaled, float):
        return Value(repr(float(literal)), REAL, nullable=False, literal=literal)
    return Value(str(scaled), number(scale), nullable=False, literal=literal)


def text_value(literal: str) -> Value:
    """A constant text; the empty one is NULL."""
    return Value(quoted(literal), TEXT, nullable=False, literal=literal) if literal else NULL_VALUE


def _as_decimal(value: BoundValue) -> Decimal | None:
    return parse_number(value) if isinstance(value, str) else value


def _scaled(scale: int) -> Callable[[BoundValue, Environment], SQLiteValue]:
    def convert(value: BoundValue, _environment: Environment) -> SQLiteValue:
        found = _as_decimal(value)
        return None if found is None else sqlite_number(found, scale)

    return convert


def _real(value: BoundValue, _environment: Environment) -> SQLiteValue:
    found = _as_decimal(value)
    return None if found is None else float(found)


def _text(value: BoundValue, _environment: Environment) -> SQLiteValue:
    return oracle_text(plain(value)) if isinstance(value, Decimal) else value


def bound(c: Compilation, index: int) -> Value:
    """The value of a `?`."""
    kind = c.kinds[index]
    if kind == "z":
        return Value(c.slot(index, "text", _text), NULL, param=index)
    if kind == "s":
        return Value(c.slot(index, "text", _text), TEXT, nullable=False, param=index)
    scale = int(kind[1:])
    if scale > EXACT_SCALE:
        return Value(c.slot(index, "real", _real), REAL, nullable=False, param=index)
    return Value(c.slot(index, f"scaled{scale}", _scaled(scale)), number(scale), nullable=False, param=index)


def scaled(c: Compilation, value: Value, scale: int) -> str:
    """A number's SQL as an integer at this scale. Constants with more decimals become a float between integers,
    which compares rightly."""
    if isinstance(value.literal, Decimal):
        return sqlite_integer_text(sqlite_number(value.literal, scale))
    if value.param is not None:
        return c.slot(value.param, f"scaled{scale}", _scaled(scale))
    if value.type.scale is None:
        raise unsupported()
    shift = scale - value.type.scale
    return value.sql if shift == 0 else f"({value.sql} * {10**shift})"


def real(c: Compilation, value: Value) -> str:
    """A number's SQL as floating point."""
    if isinstance(value.literal, Decimal):
        return repr(float(value.literal))
    if value.param is not None:
        return c.slot(value.param, "real", _real)
    if value.type.scale is None:
        return value.sql
    return f"CAST({value.sql} AS REAL)" if value.type.scale == 0 else f"({value.sql} / {10**value.type.scale}.0)"


def rounded(c: Compilation, value: Value) -> str:
    """A number's SQL as floating point, rounded where it is not exact, for comparisons."""
    sql = real(c, value)
    computed = value.type.scale is None or value.type.scale > REAL_PLACES
    return f"round({sql}, {REAL_PLACES})" if computed and not value.constant else sql


def as_number(c: Compilation, value: Value) -> Value:
    """A value where a number is wanted; text is read as one, and refused when it is none."""
    match value.type.kind:
        case Class.NUMBER | Class.NULL:
            return value
        case Class.TEXT:
            if isinstance(value.literal, str):
                return number_value(parse_number(value.literal))
            if value.param is not None:
                sql = c.slot(value.param, "real", _real)
                return Value(sql, REAL, nullable=value.nullable, param=value.param)
            return derived(value, f"sb_number({value.sql})", REAL)
        case _:
            raise unsupported()


def as_real(c: Compilation, value: Value) -> str:
    """The SQL of a value as a floating point number."""
    found = as_number(c, value)
    return "NULL" if found.type is NULL else real(c, found)


def plain_number(c: Compilation, value: Value) -> str:
    """The SQL of a value as a plain SQLite number: an integer if it has no decimals, otherwise a float."""
    found = as_number(c, value)
    if found.type.scale == 0 and found.param is None and found.literal is None:
        return found.sql
    if isinstance(found.literal, Decimal):
        return sqlite_integer_text(sqlite_number(found.literal, 0))
    if found.param is not None:
        return c.slot(found.param, "scaled0", _scaled(0))
    return "NULL" if found.type is NULL else real(c, found)


def as_text(c: Compilation, value: Value) -> Value:
    """A value where text is wanted."""
    match value.type.kind:
        case Class.TEXT | Class.NULL:
            return value
        case Class.NUMBER:
            if isinstance(value.literal, Decimal):
                return text_value(oracle_text(plain(value.literal)))
            if value.param is not None:
                return Value(c.slot(value.param, "text", _text), TEXT, nullable=False, param=value.param)
            if value.type.scale is None:
                return derived(value, f"sb_real_text({value.sql})", TEXT)
            if value.type.scale == 0:
                return derived(value, f"CAST({value.sql} AS TEXT)", TEXT)
            return derived(value, f"sb_exact_text({value.sql}, {value.type.scale})", TEXT)
        case Class.DATE | Class.MOMENT | Class.ZONED:
            return derived(value, f"sb_user_date({value.sql}, {quoted(c.date_format)})", TEXT)
        case _:
            raise unsupported()


def _user_date(c: Compilation) -> Callable[[BoundValue, Environment], SQLiteValue]:
    shape = c.date_format

    def convert(value: BoundValue, _environment: Environment) -> SQLiteValue:
        if value is None:
            return None
        return with_time(parse_user_date(value if isinstance(value, str) else plain(value), shape))

    return convert


def as_date(c: Compilation, value: Value) -> Value:
    """A value where a date is wanted; text is read in the user's date format."""
    match value.type.kind:
        case Class.DATE | Class.MOMENT | Class.ZONED | Class.NULL:
            return value
        case Class.TEXT:
            if c.quirk("suiteql-date-literals", "accept") == "refuse":
                raise unsupported()
            if isinstance(value.literal, str):
                found = parse_user_date(value.literal, c.date_format)
                return Value(quoted(found), DATE if len(found) == 10 else MOMENT, nullable=False, literal=found)
            if value.param is not None:
                sql = c.slot(value.param, "user_date", _user_date(c))
                return Value(sql, MOMENT, nullable=value.nullable, param=value.param)
            return derived(value, f"sb_read_user_date({value.sql}, {quoted(c.date_format)})", MOMENT)
        case _:
            raise unsupported()


def as_moment(c: Compilation, value: Value) -> Value:
    """A date of any kind as a moment with its time."""
    found = as_date(c, value)
    match found.type.kind:
        case Class.DATE:
            if isinstance(found.literal, str):
                text = found.literal + " 00:00:00"
                return Value(quoted(text), MOMENT, nullable=False, literal=text)
            return derived(found, f"({found.sql} || ' 00:00:00')", MOMENT)
        case Class.ZONED:
            zone = quoted(c.quirk("zone", "America/Los_Angeles"))
            return derived(found, f"sb_local({found.sql}, {zone})", MOMENT)
        case _:
            return found


def as_zoned(c: Compilation, value: Value) -> Value:
    """A date of any kind with its distance from UTC."""
    if value.type is ZONED or value.type is NULL:
        return value
    zone = quoted(c.quirk("zone", "America/Los_Angeles"))
    return derived(value, f"sb_zoned({as_moment(c, value).sql}, {zone})", ZONED)


def common_type(types: Sequence[Type]) -> Type:
    """The one type of several branches or arms; refuses a mixture of classes."""
    told = [each for each in types if each is not NULL]
    if not told:
        return NULL
    classes = {each.kind for each in told}
    if classes == {Class.NUMBER}:
        scales = [each.scale for each in told]
        widest = max((scale for scale in scales if scale is not None), default=0)
        return REAL if None in scales or widest > EXACT_SCALE else number(widest)
    if len(classes) == 1:
        return told[0]
    if classes <= {Class.DATE, Class.MOMENT}:
        return MOMENT
    if classes <= {Class.DATE, Class.MOMENT, Class.ZONED}:
        return ZONED
    raise unsupported()


def to_type(c: Compilation, value: Value, wanted: Type) -> str:
    """The SQL of a value as this type, by Oracle's implicit conversions."""
    if value.type is NULL:
        return "NULL" if value.param is None else value.sql
    match wanted.kind:
        case Class.NUMBER:
            found = as_number(c, value)
            if wanted.scale is None or (found.type.scale is None and found.literal is None):
                return real(c, found)
            return scaled(c, found, wanted.scale)
        case Class.TEXT:
            return as_text(c, value).sql
        case Class.DATE | Class.MOMENT:
            return as_moment(c, value).sql if wanted is MOMENT else as_date(c, value).sql
        case Class.ZONED:
            return as_zoned(c, value).sql
        case _:
            return value.sql


def unified(c: Compilation, values: Sequence[Value]) -> tuple[Type, list[str]]:
    """Several values of one class brought to one type (CASE, COALESCE, set operations)."""
    wanted = common_type([value.type for value in values])
    return wanted, [to_type(c, value, wanted) for value in values]


def whole_constant(c: Compilation, value: Value) -> int | None:
    """A constant's whole number now, or None if it is not constant or not whole."""
    literal: object = c.pin(value.param) if value.param is not None else value.literal
    if isinstance(literal, str):
        literal = parse_number(literal)
    if isinstance(literal, Decimal) and literal == int(literal):
        return int(literal)
    return None


def text_constant(c: Compilation, value: Value) -> str:
    """A constant's text now; refuses what is not constant."""
    literal: object = c.pin(value.param) if value.param is not None else value.literal
    if value.type is NULL:
        return ""
    if isinstance(literal, Interval) or literal is None:
        raise unsupported()
    return plain(literal) if isinstance(literal, Decimal) else str(literal)
