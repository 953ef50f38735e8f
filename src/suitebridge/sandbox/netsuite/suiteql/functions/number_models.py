"""Oracle's number format models (TO_CHAR and TO_NUMBER): 9 0 . , D G $ L S MI PR FM B V EEEE X RN TM."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused
from suitebridge.sandbox.netsuite.suiteql.functions.number_text import oracle_text, parse_number, plain

_MODEL = re.compile(r"S|[09,.DG$LCUBVX]|EEEE|MI|PR", re.IGNORECASE)
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Model:
    whole: str  # digit positions and group marks before the point
    decimals: str  # digit positions after it
    point: bool
    fill: bool
    dollar: bool
    currency: str
    sign: str  # "", "S-", "-S", "MI", "PR"
    scientific: bool
    blank_zero: bool
    shift: int


def _bad(model: str) -> ValueRefused:
    return ValueRefused(f"Invalid number format model: {model}")


@lru_cache(maxsize=512)
def _parsed(model: str) -> _Model:
    rest = model.upper()
    fill = rest.startswith("FM")
    if fill:
        rest = rest[2:]
    elements: list[str] = []
    position = 0
    while position < len(rest):
        match = _MODEL.match(rest, position)
        if match is None:
            if rest.startswith("EEEE", position):
                match = re.compile("EEEE").match(rest, position)
            if match is None:
                raise _bad(model)
        elements.append(match.group())
        position = match.end()
    return _assembled(model, elements, fill)


def _assembled(model: str, elements: list[str], fill: bool) -> _Model:
    whole = decimals = ""
    point = dollar = scientific = blank = False
    currency = sign = ""
    shift = 0
    after_v = False
    for position, element in enumerate(elements):
        if element in ("9", "0"):
            if after_v:
                shift += 1
                whole += element
            elif point:
                decimals += element
            else:
                whole += element
        elif element in (",", "G"):
            if point or not whole:
                raise _bad(model)
            whole += ","
        elif element in (".", "D"):
            if point:
                raise _bad(model)
            point = True
        elif element == "$":
            dollar = True
        elif element in ("L", "C", "U"):
            currency = "USD" if element == "C" else "$"
        elif element == "S":
            if sign or position not in (0, len(elements) - 1):
                raise _bad(model)
            sign = "S-" if position == 0 else "-S"
        elif element in ("MI", "PR"):
            if sign or position != len(elements) - 1:
                raise _bad(model)
            sign = element
        elif element == "B":
            blank = True
        elif element == "V":
            after_v = True
        elif element == "EEEE":
            scientific = True
        else:
            raise _bad(model)
    if not whole and not decimals:
        raise _bad(model)
    return _Model(whole, decimals, point, fill, dollar, currency, sign, scientific, blank, shift)


def _digits(model: _Model, number: Decimal) -> str | None:
    places = len(model.decimals)
    text = f"{number:.{places}f}"
    integer, _, fraction = text.partition(".")
    slots = model.whole.replace(",", "")
    integer = "" if integer == "0" else integer
    if len(integer) > len(slots):
        return None
    first_zero = slots.find("0")
    least = len(slots) - first_zero if first_zero >= 0 else 0
    if not integer and not least and not places and slots:
        integer = "0"
    integer = integer.rjust(least, "0")
    shown: list[str] = []
    left = len(integer)
    for mark in reversed(model.whole):
        if mark == ",":
            shown.append("," if left > 0 else " ")
        elif left > 0:
            left -= 1
            shown.append(integer[left])
        else:
            shown.append(" ")
    body = "".join(reversed(shown))
    if model.fill:
        kept = fraction
        wanted = model.decimals.rfind("0") + 1
        while len(kept) > wanted and kept.endswith("0"):
            kept = kept[:-1]
        fraction = kept
    return body + ("." + fraction if model.point else "")


def _scientific(model: _Model, number: Decimal) -> str:
    places = len(model.decimals)
    text = f"{number:.{places}E}"
    mantissa, _, exponent = text.partition("E")
    return f" {mantissa}E{exponent[0]}{exponent[1:].rjust(2, '0')}"


def _roman(number: Decimal, model: str) -> str:
    value = int(number.quantize(Decimal(1), ROUND_HALF_UP))
    if not 1 <= value <= 3999:
        return "#" * 15
    text = ""
    for worth, letters in _ROMAN:
        while value >= worth:
            text += letters
            value -= worth
    text = text if "RN" in model else text.lower()
    return text if model.upper().startswith("FM") else text.rjust(15)


def _hexadecimal(number: Decimal, model: str) -> str:
    body = model[2:] if model.upper().startswith("FM") else model
    value = int(number.quantize(Decimal(1), ROUND_HALF_UP))
    text = f"{value:X}" if "X" in body else f"{value:x}"
    if value < 0 or len(text) > len(body):
        return "#" * (len(body) + 1)
    if body.startswith("0"):
        text = text.rjust(len(body), "0")
    return text if model.upper().startswith("FM") else text.rjust(len(body) + 1)


def number_to_text(number: Decimal, model: str) -> str:
    """TO_CHAR of a number. Too many digits give `#`; a model that is none raises ValueRefused."""
    upper = model.upper()
    if upper in ("TM", "TM9"):
        return oracle_text(plain(number))
    if upper == "TME":
        return _scientific(_parsed("9D" + "9" * 10 + "EEEE"), number)
    if upper in ("RN", "FMRN"):
        return _roman(number, model)
    if re.fullmatch(r"(?:FM)?0?X+", upper):
        return _hexadecimal(number, model)
    parsed = _parsed(model)
    number = number.scaleb(parsed.shift)
    negative = number < 0
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(parsed.decimals)), ROUND_HALF_UP)
    if not parsed.scientific and rounded == 0:
        negative = negative and number < 0 and rounded != 0
    body = _scientific(parsed, abs(number)) if parsed.scientific else _digits(parsed, rounded)
    if parsed.blank_zero and rounded == 0:
        body = " " * len(body or "")
    sign_width = 2 if parsed.sign == "PR" else 1
    if body is None:
        width = len(parsed.whole) + len(parsed.decimals) + parsed.point + sign_width + parsed.dollar
        return "#" * width
    return _signed(parsed, body, negative)


def _signed(model: _Model, body: str, negative: bool) -> str:
    width = len(body)
    digits = body.lstrip(" ")
    symbol = "$" if model.dollar else model.currency
    core = symbol + digits
    pad = "" if model.fill else " " * (width - len(digits))
    match model.sign:
        case "S-":
            return pad + ("-" if negative else "+") + core
        case "-S":
            return pad + core + ("-" if negative else "+")
        case "MI":
            return pad + core + ("-" if negative else "" if model.fill else " ")
        case "PR":
            if negative:
                return pad + f"<{core}>"
            return pad + (core if model.fill else f" {core} ")
        case _:
            return pad + ("-" if negative else "" if model.fill else " ") + core


def text_to_number(text: str, model: str) -> Decimal:
    """TO_NUMBER by a model: group marks, currency and sign are taken off; more digits than it has are refused."""
    upper = model.upper()
    if re.fullmatch(r"(?:FM)?0?X+", upper):
        try:
            return Decimal(int(text.strip(), 16))
        except ValueError as error:
            raise ValueRefused(f"Invalid number: {text}") from error
    parsed = _parsed(model)
    body = text.strip()
    negative = False
    if parsed.sign == "PR" and body.startswith("<") and body.endswith(">"):
        negative, body = True, body[1:-1]
    if body[-1:] in ("-", "+") and parsed.sign in ("MI", "-S"):
        negative, body = body[-1] == "-", body[:-1]
    if body[:1] in ("-", "+"):
        negative, body = body[0] == "-", body[1:]
    if parsed.dollar or parsed.currency:
        body = body.removeprefix("$").removeprefix("USD")
    if "," in body:
        if "," not in parsed.whole:
            raise ValueRefused(f"Invalid number: {text}")
        body = body.replace(",", "")
    number = parse_number(body)
    whole, _, fraction = body.partition(".")
    if len(whole.lstrip("0")) > len(parsed.whole.replace(",", "")) or len(fraction) > len(parsed.decimals):
        raise ValueRefused(f"Invalid number: {text}")
    return -number if negative else number
