"""A query block while it is compiled: its sources, its parent, and the rules of its clauses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from suitebridge.sandbox.netsuite.schema.model import Table
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import NULL_VALUE, Value

Node = Any
ValueCompiler = Callable[["Block", Node], Value]
ConditionCompiler = Callable[["Block", Node], str]

VALUES: dict[type, ValueCompiler] = {}
CONDITIONS: dict[type, ConditionCompiler] = {}


def compiles(*kinds: type) -> Callable[[ValueCompiler], ValueCompiler]:
    """Register the compiler of these node types as values."""

    def register(function: ValueCompiler) -> ValueCompiler:
        for kind in kinds:
            VALUES[kind] = function
        return function

    return register


def decides(*kinds: type) -> Callable[[ConditionCompiler], ConditionCompiler]:
    """Register the compiler of these node types as conditions."""

    def register(function: ConditionCompiler) -> ConditionCompiler:
        for kind in kinds:
            CONDITIONS[kind] = function
        return function

    return register


@dataclass(frozen=True, slots=True)
class Output:
    """One column of a query: its name as typed (None: an expression without alias) and what it holds."""

    name: str | None
    value: Value


@dataclass(frozen=True, slots=True)
class KeyRange:
    """A query that reads one table by a range of one key column (None: the first of its key) and nothing else.

    Bounds are indices of the compilation's slots with what to add to them: after is exclusive, upto inclusive.
    """

    table: str
    column: str | None
    after: tuple[str, int] | None
    upto: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Query:
    """A compiled query: columns are called c1, c2 … in `sql`.

    `limited` means that it ends with a LIMIT of its own, `single` that it has one row at most; `counted` is a
    cheaper query with as many rows.
    """

    sql: str
    columns: tuple[Output, ...]
    ordered: bool = False
    limited: bool = False
    single: bool = False
    counted: str | None = None
    key_range: KeyRange | None = None


@dataclass(slots=True)
class Source:
    """One entry of FROM: its alias as typed and folded, the name in the SQL, its columns by folded name."""

    alias: str
    key: str
    shown: str
    name: str
    columns: dict[str, list[Value]]
    table: Table | None = None
    nullable: bool = False
    merged: set[str] = field(default_factory=set[str])

    def read(self, value: Value) -> Value:
        """A column of this source, nullable where an outer join makes it so."""
        return replace(value, nullable=True) if self.nullable and not value.nullable else value


@dataclass(frozen=True, slots=True)
class Common:
    """A common table expression in scope."""

    name: str
    columns: tuple[Output, ...]


@dataclass(slots=True)
class Wrap:
    """Columns that a source limited by ROWNUM hands on, by their SQL within it."""

    name: str
    columns: dict[str, str] = field(default_factory=dict[str, str])
    numbered: bool = False

    def of(self, sql: str) -> str:
        """The column's SQL outside."""
        found = self.columns.get(sql)
        if found is None:
            found = f"c{len(self.columns) + 1}"
            self.columns[sql] = found
        return f"{self.name}.{found}"


@dataclass(slots=True)
class Block:
    """State of one SELECT.

    `groups` are the SQL texts of the grouping expressions once they are known (None: not an aggregation),
    `rolled` those that the present grouping set leaves out, `free` the columns met that are neither in a
    group nor in an aggregate. `aliases` are the select list's, for ORDER BY.
    """

    c: Compilation
    parent: Block | None = None
    sources: list[Source] = field(default_factory=list[Source])
    common: dict[str, Common] = field(default_factory=dict[str, Common])
    groups: frozenset[str] | None = None
    rolled: frozenset[str] = frozenset()
    free: list[str] = field(default_factory=list[str])
    aggregates_allowed: bool = False
    windows_allowed: bool = False
    in_aggregate: bool = False
    in_window: bool = False
    wrap: Wrap | None = None
    numbering: bool = False
    aliases: dict[str, Value] | None = None

    def value(self, node: Node) -> Value:
        """The compiled value of a node; refuses what is not known."""
        compiler = VALUES.get(kind_of(node))
        if compiler is None:
            raise unsupported()
        mark = len(self.free)
        value = compiler(self, node)
        if self.groups is not None and not self.in_aggregate and not value.constant:
            if value.sql in self.rolled:
                del self.free[mark:]
                return replace(NULL_VALUE, type=value.type, sql="NULL", column=value.column)
            if value.sql in self.groups:
                del self.free[mark:]
        return value

    def condition(self, node: Node) -> str:
        """The SQL of a node as a condition; refuses what is none."""
        compiler = CONDITIONS.get(kind_of(node))
        if compiler is None:
            raise unsupported()
        return compiler(self, node)

    def find_common(self, key: str) -> Common | None:
        """The common table expression of that folded name in this block or around it."""
        block: Block | None = self
        while block is not None:
            if key in block.common:
                return block.common[key]
            block = block.parent
        return None


def kind_of(node: object) -> type:
    """The node's class."""
    return type(node)


def only(node: Node, *allowed: str) -> None:
    """Refuse a node that says more than these arguments."""
    for name, argument in node.args.items():
        if argument and name not in allowed:
            raise unsupported()
