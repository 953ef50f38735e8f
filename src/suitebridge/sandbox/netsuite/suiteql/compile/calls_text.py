"""Text functions; results that would be empty are NULL."""

from __future__ import annotations

from decimal import Decimal

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.arithmetic import joined
from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, compiles, only
from suitebridge.sandbox.netsuite.suiteql.compile.calls import converted, function, simple
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import as_text, plain_number
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import INTEGER, NULL, TEXT, Value

simple("UPPER", "NLS_UPPER", sqlite="sb_upper", parameters="t", result=TEXT)
simple("LOWER", "NLS_LOWER", sqlite="sb_lower", parameters="t", result=TEXT)
simple("INITCAP", "NLS_INITCAP", sqlite="sb_initcap", parameters="t", result=TEXT)
simple("LENGTH", "LENGTH2", "LENGTH4", "LENGTHC", sqlite="length", parameters="t", result=INTEGER)
simple("LENGTHB", "VSIZE", sqlite="sb_byte_length", parameters="t", result=INTEGER)
simple("LPAD", sqlite="sb_lpad", parameters="tnt", result=TEXT, least=2)
simple("RPAD", sqlite="sb_rpad", parameters="tnt", result=TEXT, least=2)
simple("LTRIM", sqlite="sb_ltrim", parameters="tt", result=TEXT, least=1)
simple("RTRIM", sqlite="sb_rtrim", parameters="tt", result=TEXT, least=1)
simple("TRANSLATE", sqlite="sb_translate", parameters="ttt", result=TEXT)
simple("CHR", sqlite="sb_chr", parameters="n", result=TEXT)
simple("ASCII", sqlite="sb_ascii", parameters="t", result=INTEGER)
simple("ASCIISTR", sqlite="sb_asciistr", parameters="t", result=TEXT)
simple("UNISTR", sqlite="sb_unistr", parameters="t", result=TEXT)
simple("COMPOSE", sqlite="sb_compose", parameters="t", result=TEXT)
simple("DECOMPOSE", sqlite="sb_decompose", parameters="tt", result=TEXT, least=1)
simple("SOUNDEX", sqlite="sb_soundex", parameters="t", result=TEXT)
simple("REGEXP_LIKE", sqlite="sb_regexp_like", parameters="tto", result=INTEGER, least=2)
simple("REGEXP_SUBSTR", sqlite="sb_regexp_substr", parameters="ttnnon", result=TEXT, least=2)
simple("REGEXP_INSTR", sqlite="sb_regexp_instr", parameters="ttnnnon", result=INTEGER, least=2)
simple("REGEXP_COUNT", sqlite="sb_regexp_count", parameters="ttno", result=INTEGER, least=2)


@function("NLSSORT", "TO_MULTI_BYTE", "TO_SINGLE_BYTE", "TO_CLOB", "TO_NCLOB", least=1, most=2)
def _unchanged(c: Compilation, arguments: list[Value]) -> Value:
    return as_text(c, arguments[0])


@function("CONCAT", least=2, most=255)
def _concat(c: Compilation, arguments: list[Value]) -> Value:
    return joined([as_text(c, argument) for argument in arguments])


def _whole(value: Value) -> int | None:
    literal = value.literal
    return int(literal) if isinstance(literal, Decimal) and literal == int(literal) else None


@function("SUBSTR", least=2, most=3)
def _substr(c: Compilation, arguments: list[Value]) -> Value:
    if any(argument.type is NULL for argument in arguments):
        return Value("NULL", TEXT)
    start = _whole(arguments[1])
    length = _whole(arguments[2]) if len(arguments) == 3 else None
    parts = converted(c, arguments, "tnn")
    if start is not None and start >= 1 and (len(arguments) == 2 or (length is not None and length >= 1)):
        return Value(f"nullif(substr({', '.join(parts)}), '')", TEXT)
    return Value(f"sb_substr({', '.join(parts)})", TEXT)


@function("INSTR", least=2, most=4)
def _instr(c: Compilation, arguments: list[Value]) -> Value:
    if any(argument.type is NULL for argument in arguments):
        return Value("NULL", INTEGER)
    name = "instr" if len(arguments) == 2 else "sb_instr"
    return Value(f"{name}({', '.join(converted(c, arguments, 'ttnn'))})", INTEGER)


@function("REPLACE", least=2, most=3)
def _replace(c: Compilation, arguments: list[Value]) -> Value:
    parts = [as_text(c, argument).sql for argument in arguments]
    return Value(f"sb_replace({', '.join(parts)})", TEXT)


@function("REGEXP_REPLACE", least=2, most=6)
def _regexp_replace(c: Compilation, arguments: list[Value]) -> Value:
    parts = [
        as_text(c, argument).sql if letter == "t" else plain_number(c, argument)
        for argument, letter in zip(arguments, "tttnnt", strict=False)
    ]
    return Value(f"sb_regexp_replace({', '.join(parts)})", TEXT)


@compiles(exp.Trim)
def _trim(block: Block, node: Node) -> Value:
    only(node, "this", "expression", "position")
    c = block.c
    text = as_text(c, block.value(node.this))
    position = str(node.args.get("position") or "BOTH").upper()
    names = {"BOTH": "sb_trim", "LEADING": "sb_ltrim", "TRAILING": "sb_rtrim"}
    if position not in names:
        raise unsupported()
    if node.args.get("expression") is None:
        return Value(f"{names[position]}({text.sql})", TEXT)
    characters = as_text(c, block.value(node.expression))
    return Value(f"{names[position]}({text.sql}, {characters.sql})", TEXT)
