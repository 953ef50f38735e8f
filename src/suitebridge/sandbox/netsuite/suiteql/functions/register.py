"""Every function and aggregate the compiled SQL calls, put on a connection."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, cast

import apsw

from suitebridge.sandbox.netsuite.suiteql.functions import (
    aggregates,
    date_models,
    date_reading,
    dates,
    labels,
    moments,
    number_models,
    numbers,
    regexps,
    texts,
    user_dates,
)
from suitebridge.sandbox.netsuite.suiteql.functions.number_text import decimal_of, exact_text, oracle_text, real_text

Function = Callable[..., Any]


def _strict(function: Function) -> Function:
    def call(*arguments: Any) -> Any:
        return None if None in arguments else function(*arguments)

    return call


def _exact_text(value: int | float, scale: int) -> str:
    return oracle_text(exact_text(value, scale))


def _real_text(value: int | float) -> str:
    return oracle_text(real_text(value))


def _number_model(value: int | float, scale: int, model: str) -> str:
    return number_models.number_to_text(decimal_of(value).scaleb(-scale), model)


def _read_number(text: str, model: str) -> int | float:
    return numbers.settle(number_models.text_to_number(text, model))


def _user_date(stored: str, shape: str) -> str:
    return user_dates.user_date_writer(shape)(stored)


def _read_user_date(text: str, shape: str) -> str:
    return user_dates.with_time(user_dates.parse_user_date(text, shape))


def _read_moment(text: str, model: str, now: str) -> str:
    return user_dates.with_time(date_reading.read_date(text, model, now))


_STRICT: dict[str, Function] = {
    "number": numbers.to_number,
    "divide_exact": numbers.divide_exact,
    "divide": numbers.divide,
    "round_exact": numbers.round_exact,
    "truncate_exact": numbers.truncate_exact,
    "round_real": numbers.round_real,
    "truncate_real": numbers.truncate_real,
    "round_to": numbers.round_to,
    "truncate_to": numbers.truncate_to,
    "ceil_exact": numbers.ceil_exact,
    "floor_exact": numbers.floor_exact,
    "ceil_real": numbers.ceil_real,
    "floor_real": numbers.floor_real,
    "modulo": numbers.modulo,
    "remainder": numbers.remainder,
    "power": numbers.power,
    "logarithm": numbers.logarithm,
    "width_bucket": numbers.width_bucket,
    "ora_hash": numbers.ora_hash,
    "shuffled": numbers.shuffled,
    "exact_text": _exact_text,
    "real_text": _real_text,
    "number_model": _number_model,
    "read_number": _read_number,
    "user_date": _user_date,
    "read_user_date": _read_user_date,
    "upper": texts.upper,
    "lower": texts.lower,
    "initcap": texts.initcap,
    "substr": texts.substr,
    "instr": texts.instr,
    "lpad": texts.lpad,
    "rpad": texts.rpad,
    "ltrim": texts.ltrim,
    "rtrim": texts.rtrim,
    "trim": texts.trim,
    "translate": texts.translate,
    "chr": texts.character,
    "ascii": texts.ascii_code,
    "asciistr": texts.asciistr,
    "unistr": texts.unistr,
    "compose": texts.compose,
    "decompose": texts.decompose,
    "soundex": texts.soundex,
    "byte_length": texts.byte_length,
    "regexp_like": regexps.regexp_like,
    "regexp_substr": regexps.regexp_substr,
    "regexp_instr": regexps.regexp_instr,
    "regexp_count": regexps.regexp_count,
    "add_months": dates.add_months,
    "plus_months": dates.plus_months,
    "last_day": dates.last_day,
    "months_between": dates.months_between,
    "next_day": dates.next_day,
    "truncate_date": dates.truncate,
    "round_date": dates.round_date,
    "extract": dates.extract,
    "write_date": date_models.write_date,
    "read_date": date_reading.read_date,
    "read_moment": _read_moment,
    "zoned": moments.zoned,
    "at_zone": moments.at_zone,
    "local": moments.local,
    "utc": moments.utc,
    "short": moments.short,
    "zone_offset": moments.zone_offset,
    "new_time": moments.new_time,
    "label": labels.label,
    **{
        name: numbers.checked(getattr(math, name))
        for name in ("acos", "asin", "atan", "atan2", "cos", "cosh", "exp", "sin", "sinh", "sqrt", "tan", "tanh")
    },
    "ln": numbers.checked(math.log),
}
_LOOSE: dict[str, Function] = {"replace": texts.replace, "regexp_replace": regexps.regexp_replace}
_COLLECTED: dict[str, aggregates.Finish] = {
    "median": aggregates.median,
    "stddev": aggregates.stddev,
    "stddev_pop": aggregates.stddev_pop,
    "stddev_samp": aggregates.stddev_samp,
    "variance": aggregates.variance,
    "var_pop": aggregates.var_pop,
    "var_samp": aggregates.var_samp,
    "covar_pop": aggregates.covar_pop,
    "covar_samp": aggregates.covar_samp,
    "corr": aggregates.corr,
    "corr_s": aggregates.corr_s,
    "corr_k": aggregates.corr_k,
    "distinct_count": aggregates.distinct_count,
    "distinct_sum": aggregates.distinct_sum,
}


def _collected(finish: aggregates.Finish) -> Callable[[], Any]:
    return lambda: aggregates.Collected(finish)


def prepare(connection: apsw.Connection) -> None:
    """Register what compiled queries call. Call it once on every new connection."""
    target = cast("Any", connection)
    for name, function in _STRICT.items():
        target.create_scalar_function(f"sb_{name}", _strict(function), deterministic=True)
    for name, function in _LOOSE.items():
        target.create_scalar_function(f"sb_{name}", function, deterministic=True)
    target.create_scalar_function("sb_too_many_rows", numbers.too_many_rows, 0)
    for name, finish in _COLLECTED.items():
        target.create_window_function(f"sb_{name}", _collected(finish))
    target.create_aggregate_function("sb_distinct_list", aggregates.DistinctList)
    target.create_aggregate_function("sb_kept", aggregates.Kept)
