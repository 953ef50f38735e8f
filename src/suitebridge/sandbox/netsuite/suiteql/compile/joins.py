"""FROM: tables, derived tables, ANSI joins, and the comma; what each source shows to this caller."""

from __future__ import annotations

from sqlglot import exp

from suitebridge.sandbox.netsuite.schema.model import Kind, Table
from suitebridge.sandbox.netsuite.schema.statuses import TYPE_PERMISSIONS
from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Common, Node, Output, Source, only
from suitebridge.sandbox.netsuite.suiteql.compile.compare import compare
from suitebridge.sandbox.netsuite.suiteql.compile.names import folded
from suitebridge.sandbox.netsuite.suiteql.compile.queries import compile_query
from suitebridge.sandbox.netsuite.suiteql.errors import forbidden_table, unknown_table, unsupported
from suitebridge.sandbox.netsuite.suiteql.types import TEXT, Value, renamed, type_of

_DUAL = "(SELECT 'X' AS dummy)"


def quoted_name(name: str) -> str:
    """A stored name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def visible_table(block: Block, typed: str) -> Table:
    """The table of that name, if this caller sees it; refuses in NetSuite's words."""
    table = block.c.schema.get(typed.lower())
    caller = block.c.caller
    if table is None or table.hidden or not caller.has(table.feature):
        raise unknown_table(typed)
    if not caller.sees_table(table):
        raise forbidden_table(table.name)
    return table


def _restriction(block: Block, table: Table) -> str | None:
    parts = [part for part in (_confinement(block, table), _hidden_types(block, table)) if part is not None]
    return " AND ".join(f"({part})" for part in parts) or None


def _hidden_types(block: Block, table: Table) -> str | None:
    """Transactions whose type the role has no permission for are not there for it."""
    caller = block.c.caller
    hidden = ", ".join(f"'{code}'" for code, needed in TYPE_PERMISSIONS.items() if not caller.may(needed))
    if not hidden or "transaction" not in block.c.schema.tables:
        return None
    if table.name == "transaction":
        return f"type NOT IN ({hidden})"
    if table.name in ("transactionline", "transactionaccountingline"):
        heads = f'SELECT 1 FROM "transaction" AS h WHERE h.id = {table.name}."transaction"'
        return f"NOT EXISTS ({heads} AND h.type IN ({hidden}))"
    return None


def _confinement(block: Block, table: Table) -> str | None:
    allowed = block.c.caller.subsidiaries
    if allowed is None:
        return None
    listed = ", ".join(str(each) for each in sorted(allowed))
    column = table.column("subsidiary")
    if column is not None and column.kind is Kind.REF:
        return f"subsidiary IN ({listed})"
    if "transactionline" not in block.c.schema.tables:
        return None
    lines = f'SELECT 1 FROM transactionline AS l WHERE l.subsidiary IN ({listed}) AND l."transaction" ='
    if table.name == "transaction":
        return f"EXISTS ({lines} \"transaction\".id AND l.mainline = 'T')"
    if table.name == "transactionaccountingline":
        return f'EXISTS ({lines} transactionaccountingline."transaction" AND l.id = transactionline)'
    return None


def is_restricted(block: Block, table: Table) -> bool:
    """Whether this caller gets fewer rows of the table than there are."""
    return _restriction(block, table) is not None


def _table_columns(block: Block, table: Table, name: str) -> dict[str, list[Value]]:
    caller = block.c.caller
    return {
        column.name: [
            Value(
                f"{name}.{quoted_name(column.name)}",
                type_of(column),
                nullable=column.nullable,
                column=column,
                alias=name,
                table=table.name,
            )
        ]
        for column in table.columns
        if caller.sees_column(column) and f"{table.name}.{column.name}" not in caller.gone
    }


def output_names(columns: tuple[Output, ...], first: int = 1) -> list[str]:
    """Names of a query's columns; those without get `expr1`, `expr2` … from `first` on."""
    names: list[str] = []
    count = first
    for column in columns:
        if column.name is None:
            names.append(f"expr{count}")
            count += 1
        else:
            names.append(column.name.lower())
    return names


def _query_columns(columns: tuple[Output, ...], name: str, typed: list[str] | None) -> dict[str, list[Value]]:
    names = typed if typed is not None else output_names(columns)
    if len(names) != len(columns):
        raise unsupported()
    found: dict[str, list[Value]] = {}
    for position, (key, column) in enumerate(zip(names, columns, strict=True), 1):
        found.setdefault(key, []).append(renamed(column.value, f"{name}.c{position}"))
    return found


def _register(block: Block, source: Source) -> Source:
    if any(other.key == source.key for other in block.sources):
        raise unsupported()
    block.sources.append(source)
    return source


def _alias(node: Node) -> str | None:
    alias = node.args.get("alias")
    if alias is None:
        return None
    only(alias, "this", "columns")
    if alias.args.get("columns"):
        raise unsupported()
    return str(alias.name)


def _stored(block: Block, node: Node) -> tuple[str, list[Source]]:
    only(node, "this", "alias", "joins")
    if not isinstance(node.this, exp.Identifier):
        raise unsupported()
    typed = str(node.this.name)
    alias = _alias(node) or typed
    name = block.c.name("t")
    common = block.find_common(typed.lower())
    if common is not None:
        columns = _query_columns(common.columns, name, None)
        source = Source(alias, alias.lower(), typed, name, columns)
        return f"{common.name} AS {name}", [_register(block, source)]
    if typed.lower() == "dual":
        source = Source(alias, alias.lower(), typed, name, {"dummy": [Value(f"{name}.dummy", TEXT)]})
        return f"{_DUAL} AS {name}", [_register(block, source)]
    table = visible_table(block, typed)
    source = Source(alias, alias.lower(), typed, name, _table_columns(block, table, name), table)
    _register(block, source)
    restriction = _restriction(block, table)
    stored = quoted_name(table.name)
    if restriction is not None:
        return f"(SELECT * FROM {stored} WHERE {restriction}) AS {name}", [source]
    return f"{stored} AS {name}", [source]


def _derived(block: Block, node: Node) -> tuple[str, list[Source]]:
    only(node, "this", "alias")
    inner = node.this
    if isinstance(inner, exp.Table) or (isinstance(inner, exp.Subquery) and inner.args.get("joins")):
        if node.args.get("alias"):
            raise unsupported()
        sql, sources = _chain(block, inner, inner.args.get("joins") or [])
        return f"({sql})", sources
    query = compile_query(block.c, inner, block.parent, _common_in_scope(block))
    alias = _alias(node)
    name = block.c.name("t")
    key = alias.lower() if alias is not None else f"({name})"
    source = Source(alias or "", key, alias or "", name, _query_columns(query.columns, name, None))
    return f"({query.sql}) AS {name}", [_register(block, source)]


def _common_in_scope(block: Block) -> dict[str, Common]:
    return dict(block.common)


def _source(block: Block, node: Node) -> tuple[str, list[Source]]:
    if isinstance(node, exp.Table):
        if node.args.get("joins"):
            return _chain(block, node, node.args["joins"])
        return _stored(block, node)
    if isinstance(node, exp.Subquery):
        if node.args.get("joins"):
            return _chain(block, node, node.args["joins"])
        return _derived(block, node)
    raise unsupported()


def _first(block: Block, node: Node) -> tuple[str, list[Source]]:
    bare = node.copy() if node.args.get("joins") else node
    if bare is not node:
        bare.set("joins", None)
    return _source(block, bare)


def _word(join: Node, has_condition: bool) -> str:
    side = str(join.args.get("side") or "").upper()
    kind = str(join.args.get("kind") or "").upper()
    if kind == "CROSS" and not side and not has_condition:
        return "CROSS JOIN"
    if side in ("LEFT", "RIGHT", "FULL") and kind in ("", "OUTER") and has_condition:
        return f"{side} JOIN"
    if not side and kind in ("", "INNER") and has_condition:
        return "JOIN"
    raise unsupported()


def _using(block: Block, names: list[Node], before: list[Source], after: list[Source], side: str) -> str:
    parts: list[str] = []
    for node in names:
        name = folded(node)
        lefts = [value for source in before for value in source.columns.get(name, ()) if name not in source.merged]
        rights = [value for source in after for value in source.columns.get(name, ())]
        if len(lefts) != 1 or len(rights) != 1 or side == "FULL":
            raise unsupported()
        parts.append(compare(block.c, "=", lefts[0], rights[0]))
        for source in before if side == "RIGHT" else after:
            source.merged.add(name)
    return " AND ".join(parts)


def _joined(block: Block, join: Node, before: list[Source]) -> tuple[str, list[Source]]:
    only(join, "this", "on", "using", "side", "kind")
    sql, after = _source(block, join.this)
    condition = join.args.get("on")
    using = join.args.get("using")
    word = _word(join, bool(condition or using))
    text = ""
    if condition is not None:
        text = f" ON {block.condition(condition)}"
    elif using:
        text = f" ON {_using(block, using, before, after, word.split()[0])}"
    if word in ("LEFT JOIN", "FULL JOIN"):
        for source in after:
            source.nullable = True
    if word in ("RIGHT JOIN", "FULL JOIN"):
        for source in before:
            source.nullable = True
    return f" {word} {sql}{text}", after


def _chain(block: Block, first: Node, joins: list[Node]) -> tuple[str, list[Source]]:
    sql, sources = _first(block, first)
    sources = list(sources)
    for join in joins:
        more, added = _joined(block, join, sources)
        sql += more
        sources.extend(added)
    return sql, sources


def is_comma(join: Node) -> bool:
    """Whether a join is only a comma."""
    return not any(join.args.get(name) for name in ("on", "using", "side", "kind", "method"))


def comma_items(select: Node) -> list[tuple[Node, list[Node]]]:
    """FROM cut at its commas: each first table with the ANSI joins that follow it."""
    items: list[tuple[Node, list[Node]]] = [(select.args["from_"].this, [])]
    joins: list[Node] = select.args.get("joins") or []
    for join in joins:
        if is_comma(join):
            items.append((join.this, []))
        else:
            items[-1][1].append(join)
    return items


def compile_from(block: Block, select: Node) -> str:
    """The SQL of FROM; the block's sources are known afterwards."""
    items = comma_items(select)
    parts: list[str] = []
    for first, joins in items:
        own: list[Node] = first.args.get("joins") or []
        sql, _ = _chain(block, first, [*own, *joins])
        outer = any(str(join.args.get("side") or "").upper() in ("RIGHT", "FULL") for join in joins)
        parts.append(f"({sql})" if outer and len(items) > 1 else sql)
    return ", ".join(parts)


def compile_chain(block: Block, first: Node, joins: list[Node]) -> tuple[str, list[Source]]:
    """The SQL of one entry of FROM with its ANSI joins, and its sources."""
    return _chain(block, first, joins)


def compile_single(block: Block, node: Node) -> tuple[str, Source]:
    """The SQL of one entry of FROM without joins, and its source."""
    if node.args.get("joins"):
        raise unsupported()
    sql, sources = _source(block, node)
    return sql, sources[0]
