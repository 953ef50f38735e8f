"""BUILTIN functions that stand for a set: MNFILTER, NAMED_GROUP and PERIOD, mostly after IN."""

from __future__ import annotations

from sqlglot import exp

from suitebridge.sandbox.netsuite.schema.model import Kind
from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node
from suitebridge.sandbox.netsuite.suiteql.compile.builtin_fields import field_value
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import as_text, plain_number, text_constant
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import NULL, Class, Value

_OPERATORS = (
    "MN_INCLUDE",
    "MN_INCLUDE_ALL",
    "MN_INCLUDE_EXACTLY",
    "MN_EXCLUDE",
    "MN_EXCLUDE_ALL",
    "MN_EXCLUDE_EXACTLY",
)
_ENTITIES = frozenset({"employee", "customer", "vendor", "partner", "contact", "entity"})
_MINE = {"subsidiary": "subsidiary", "department": "department", "classification": "class", "class": "class",
         "location": "location"}  # fmt: skip
_PERIOD_OPERATORS = {"=": "=", "==": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "!=": "<>", "<>": "<>"}


def _called(node: Node | None, name: str) -> list[Node] | None:
    if (
        isinstance(node, exp.Dot)
        and isinstance(node.this, exp.Identifier)
        and str(node.this.name).upper() == "BUILTIN"
        and isinstance(node.expression, exp.Anonymous)
        and str(node.expression.this).upper() == name
    ):
        return list(node.expression.expressions)
    return None


def _listed(value: Value) -> bool:
    """Whether a field holds several ids as text, `1, 2`."""
    return value.column is not None and value.column.kind is Kind.TEXT and value.column.target is None


def _one(block: Block, field: Value, wanted: Value) -> str:
    if _listed(field):
        return f"instr(', ' || {field.sql} || ',', ', ' || {as_text(block.c, wanted).sql} || ',') > 0"
    if field.type.kind is Class.NUMBER:
        return f"{field.sql} = {plain_number(block.c, wanted)}"
    return f"{as_text(block.c, field).sql} = {as_text(block.c, wanted).sql}"


def _members(block: Block, field: Value, operator: str, values: list[Value]) -> str:
    told = [value for value in values if value.type is not NULL]
    exclude = operator.startswith("MN_EXCLUDE")
    tests = [f"ifnull({_one(block, field, value)}, 0)" for value in told]
    if not tests:
        condition = f"({field.sql} IS NULL)"
    elif operator.endswith("_ALL"):
        condition = f"({' AND '.join(tests)})"
    elif operator.endswith("_EXACTLY"):
        single = f"length({field.sql}) - length(replace({field.sql}, ',', '')) = {len(told) - 1}"
        exact = single if _listed(field) else str(int(len(told) == 1))
        condition = f"({' AND '.join(tests)} AND {exact})"
    else:
        condition = f"({' OR '.join(tests)})"
    return f"(NOT {condition})" if exclude else condition


def matches(block: Block, arguments: list[Node]) -> str:
    """The condition that MNFILTER(field, operator, 'DF' or '', 'TRUE' or 'FALSE', value …) means."""
    if len(arguments) < 4:
        raise unsupported()
    c = block.c
    operator = text_constant(c, block.value(arguments[1])).upper()
    shown = text_constant(c, block.value(arguments[2])).upper()
    if operator not in _OPERATORS or shown not in ("DF", ""):
        raise unsupported()
    field = field_value(block, arguments[0])
    if shown == "DF":
        from suitebridge.sandbox.netsuite.suiteql.compile.builtin import display

        field = display(block, field)
    return _members(block, field, operator, [block.value(item) for item in arguments[4:]])


def _named_group(block: Block, arguments: list[Node]) -> str:
    if len(arguments) != 2:
        raise unsupported()
    record = text_constant(block.c, block.value(arguments[0])).lower()
    who = text_constant(block.c, block.value(arguments[1])).lower()
    caller = block.c.caller
    if who == "me" and record in _ENTITIES:
        return str(caller.entity_id)
    if who != "mine" or record not in _MINE:
        raise unsupported()
    if record == "subsidiary" and caller.subsidiaries is not None:
        return ", ".join(str(each) for each in sorted(caller.subsidiaries))
    employees = block.c.schema.get("employee")
    column = _MINE[record]
    if employees is None or employees.column(column) is None:
        raise unsupported()
    if record == "subsidiary":
        return "SELECT s.id FROM subsidiary AS s"
    return f'SELECT e."{column}" FROM employee AS e WHERE e.id = {caller.entity_id}'


def _period(block: Block, arguments: list[Node]) -> str:
    if len(arguments) != 4 or block.c.schema.get("accountingperiod") is None:
        raise unsupported()
    identifier, end, which, operator = (text_constant(block.c, block.value(item)).upper() for item in arguments)
    if end not in ("START", "END") or which not in ("NOT_LAST", "ALL") or operator not in _PERIOD_OPERATORS:
        raise unsupported()
    from suitebridge.sandbox.netsuite.suiteql.compile.builtin import range_bound

    bound = range_bound(block, identifier, end, day_only=True)
    column = "startdate" if end == "START" else "enddate"
    kinds = "" if which == "ALL" else " AND p.isyear = 'F' AND p.isquarter = 'F'"
    return f"SELECT p.id FROM accountingperiod AS p WHERE p.{column} {_PERIOD_OPERATORS[operator]} {bound.sql}{kinds}"


def builtin_membership(block: Block, node: Node) -> str | None:
    """The condition of an IN whose right side is one of these functions, or None if it is not."""
    items = node.expressions
    right = node.args.get("field") or (items[0] if len(items) == 1 else None)
    filtered = _called(right, "MNFILTER")
    if filtered is not None:
        if len(filtered) < 4:
            raise unsupported()
        operator = text_constant(block.c, block.value(filtered[1])).upper()
        if operator not in _OPERATORS:
            raise unsupported()
        values = [block.value(filtered[0]), *(block.value(item) for item in filtered[4:])]
        return _members(block, field_value(block, node.this), operator, values)
    for name, compiler in (("NAMED_GROUP", _named_group), ("PERIOD", _period)):
        arguments = _called(right, name)
        if arguments is not None:
            return f"{field_value(block, node.this).sql} IN ({compiler(block, arguments)})"
    return None
