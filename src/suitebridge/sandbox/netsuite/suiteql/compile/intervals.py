"""INTERVAL literals: `'1' DAY`, `'1 02:03' DAY TO MINUTE`, `'1-2' YEAR TO MONTH`."""

from __future__ import annotations

import re
from fractions import Fraction

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Node, only
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import Interval

_SECONDS = {"DAY": 86400, "HOUR": 3600, "MINUTE": 60, "SECOND": 1}
_MONTHS = {"YEAR": 12, "MONTH": 1}
_ORDER = ("DAY", "HOUR", "MINUTE", "SECOND")


def _unit(node: Node) -> str:
    return str(node.name).upper().removesuffix("S") if isinstance(node, exp.Var) else ""


def _single(text: str, unit: str) -> Interval:
    if unit in _MONTHS and re.fullmatch(r"[+-]?\d+", text):
        return Interval(months=int(text) * _MONTHS[unit])
    if unit in _SECONDS and re.fullmatch(r"[+-]?\d+(\.\d+)?" if unit == "SECOND" else r"[+-]?\d+", text):
        return Interval(seconds=int(Fraction(text) * _SECONDS[unit]))
    raise unsupported()


def _range(text: str, first: str, last: str) -> Interval:
    sign = -1 if text.startswith("-") else 1
    body = text.lstrip("+-")
    if (first, last) == ("YEAR", "MONTH"):
        match = re.fullmatch(r"(\d+)-(\d+)", body)
        if match is None or int(match[2]) > 11:
            raise unsupported()
        return Interval(months=sign * (int(match[1]) * 12 + int(match[2])))
    if first not in _ORDER or last not in _ORDER or _ORDER.index(first) >= _ORDER.index(last):
        raise unsupported()
    units = _ORDER[_ORDER.index(first) : _ORDER.index(last) + 1]
    parts = re.split(r"[ :]", body)
    if len(parts) != len(units) or not all(re.fullmatch(r"\d+(\.\d+)?", part) for part in parts):
        raise unsupported()
    total = sum(Fraction(part) * _SECONDS[unit] for part, unit in zip(parts, units, strict=True))
    return Interval(seconds=sign * int(total))


def span(node: Node) -> Interval:
    """The span an INTERVAL literal means; refuses one that Oracle cannot read."""
    only(node, "this", "unit")
    if not isinstance(node.this, exp.Literal) or not node.this.args.get("is_string"):
        raise unsupported()
    text = str(node.this.this).strip()
    unit = node.args.get("unit")
    if isinstance(unit, exp.IntervalSpan):
        return _range(text, _unit(unit.this), _unit(unit.expression))
    return _single(text, _unit(unit))
