"""BUILTIN.CONSOLIDATE, CURRENCY and CURRENCY_CONVERT: amounts in another currency, and what currency they are in."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node
from suitebridge.sandbox.netsuite.suiteql.compile.builtin_fields import sibling
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import as_date, as_number, as_real, plain_number, text_constant
from suitebridge.sandbox.netsuite.suiteql.compile.moments import MOMENTS
from suitebridge.sandbox.netsuite.suiteql.compile.names import locate
from suitebridge.sandbox.netsuite.suiteql.compile.tree import level_nodes
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import REAL, TEXT, Class, Value

_RATES = {"CURRENT": "currentrate", "HISTORICAL": "historicalrate", "AVERAGE": "averagerate"}
_ONE = 10**12


def _amount_column(block: Block, node: Node) -> Value | None:
    for each in level_nodes(node):
        if isinstance(each, exp.Column) and isinstance(each.this, exp.Identifier):
            found = locate(block, each)
            if found is not None and found[2].type.kind is Class.NUMBER and found[2].alias is not None:
                return found[2]
    return None


def _exists(block: Block, name: str) -> bool:
    table = block.c.schema.get(name)
    return table is not None and block.c.caller.has(table.feature)


def _line_subsidiary(block: Block, column: Value) -> str | None:
    lines = block.c.schema.get("transactionline")
    if lines is None or lines.column("subsidiary") is None:
        return None
    match column.table:
        case "transactionline":
            found = sibling(block, column, "subsidiary")
            return found.sql if found is not None else None
        case "transactionaccountingline":
            parent, line = sibling(block, column, "transaction"), sibling(block, column, "transactionline")
            if parent is None or line is None:
                return None
            return (
                f'(SELECT m.subsidiary FROM transactionline AS m WHERE m."transaction" = {parent.sql} '
                f"AND m.id = {line.sql})"
            )
        case "transaction":
            key = sibling(block, column, "id")
            if key is None:
                return None
            return (
                f'(SELECT m.subsidiary FROM transactionline AS m WHERE m."transaction" = {key.sql} '
                "AND m.mainline = 'T')"
            )
        case _:
            return None


def consolidate(block: Block, arguments: list[Node]) -> Value:
    """The amount at the consolidated rate of its subsidiary and period; the amount itself where there is none."""
    if len(arguments) != 7:
        raise unsupported()
    c = block.c
    amount = as_number(c, block.value(arguments[0]))
    ledger, _budget, rate = (text_constant(c, block.value(item)).upper() for item in arguments[1:4])
    if ledger not in ("LEDGER", "INCOME") or rate not in ("DEFAULT", *_RATES):
        raise unsupported()
    target, period, book = (block.value(item) for item in arguments[4:])
    column = _amount_column(block, arguments[0])
    source = _line_subsidiary(block, column) if column is not None else None
    if source is None or amount.type.kind is not Class.NUMBER or not _exists(block, "consolidatedexchangerate"):
        return replace(amount, literal=None, alias=None, column=None)
    named = _RATES["AVERAGE" if ledger == "INCOME" else "CURRENT"] if rate == "DEFAULT" else _RATES[rate]
    which = ""
    if book.type.kind is Class.NUMBER:
        which = f" AND r.accountingbook = {plain_number(c, book)}"
    found = (
        f"(SELECT r.{named} FROM consolidatedexchangerate AS r WHERE r.postingperiod = {plain_number(c, period)} "
        f"AND r.fromsubsidiary = {source} AND r.tosubsidiary = {plain_number(c, target)}{which} LIMIT 1)"
    )
    factor = f"(ifnull({found}, {_ONE}) / {float(_ONE)!r})"
    if amount.type.scale is None:
        return Value(f"({amount.sql} * {factor})", REAL, nullable=amount.nullable)
    return Value(f"CAST(round({amount.sql} * {factor}) AS INTEGER)", amount.type, nullable=amount.nullable)


_BASE = "(SELECT s.symbol FROM currency AS s WHERE s.isbasecurrency = 'T' LIMIT 1)"
_BASE_ID = "(SELECT s.id FROM currency AS s WHERE s.isbasecurrency = 'T' LIMIT 1)"


def _currency_id(block: Block, column: Value | None) -> str | None:
    """The SQL of the currency a column's amounts are in; None for the base currency."""
    if column is None or column.column is None or "foreign" not in column.column.name:
        return None
    if column.table == "transaction":
        found = sibling(block, column, "currency")
        return found.sql if found is not None else None
    if column.table == "transactionline":
        parent = sibling(block, column, "transaction")
        if parent is not None and _exists(block, "transaction"):
            return f'(SELECT m.currency FROM "transaction" AS m WHERE m.id = {parent.sql})'
    return None


def currency(block: Block, arguments: list[Node]) -> Value:
    """The code of the currency an amount is in."""
    if len(arguments) != 1:
        raise unsupported()
    node = arguments[0]
    inner = node.expression if isinstance(node, exp.Dot) else None
    name = str(inner.this).upper() if isinstance(inner, exp.Anonymous) else ""
    if isinstance(inner, exp.Anonymous) and name == "CURRENCY_CONVERT" and len(inner.expressions) > 1:
        code = plain_number(block.c, block.value(inner.expressions[1]))
        return Value(f"(SELECT s.symbol FROM currency AS s WHERE s.id = {code})", TEXT)
    if isinstance(inner, exp.Anonymous) and name == "CONSOLIDATE" and len(inner.expressions) == 7:
        block.value(node)
        target = plain_number(block.c, block.value(inner.expressions[4]))
        if _exists(block, "subsidiary"):
            return Value(
                f"(SELECT s.symbol FROM subsidiary AS o JOIN currency AS s ON s.id = o.currency WHERE o.id = {target})",
                TEXT,
            )
    if block.value(node).type.kind not in (Class.NUMBER, Class.NULL):
        raise unsupported()
    found = _currency_id(block, _amount_column(block, node))
    if found is None:
        return Value(_BASE, TEXT)
    return Value(f"(SELECT s.symbol FROM currency AS s WHERE s.id = {found})", TEXT)


def currency_convert(block: Block, arguments: list[Node]) -> Value:
    """An amount in another currency, at the rates of a day."""
    if not 1 <= len(arguments) <= 3:
        raise unsupported()
    c = block.c
    amount = as_number(c, block.value(arguments[0]))
    if amount.type.kind is Class.NULL:
        return Value("NULL", REAL)
    source = _currency_id(block, _amount_column(block, arguments[0])) or _BASE_ID
    target = plain_number(c, block.value(arguments[1])) if len(arguments) > 1 else _BASE_ID
    day = as_date(c, block.value(arguments[2])) if len(arguments) > 2 else MOMENTS["localtimestamp"](c)
    one, other = (_rate(block, each, f"substr({day.sql}, 1, 10)") for each in (source, target))
    converted = f"({as_real(c, amount)} * {one} / {other})"
    return Value(f"iif({source} = {target}, {as_real(c, amount)}, {converted})", REAL, nullable=amount.nullable)


def _rate(block: Block, code: str, day: str) -> str:
    parts: list[str] = []
    if _exists(block, "currencyrate"):
        parts.append(
            f"(SELECT x.exchangerate FROM currencyrate AS x WHERE x.transactioncurrency = {code} "
            f"AND x.basecurrency = {_BASE_ID} AND x.effectivedate <= {day} ORDER BY x.effectivedate DESC, x.id DESC "
            "LIMIT 1)"
        )
    parts.append(f"(SELECT y.exchangerate FROM currency AS y WHERE y.id = {code})")
    parts.append(str(_ONE))
    return f"(coalesce({', '.join(parts)}) / {float(_ONE)!r})"
