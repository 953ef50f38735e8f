"""Function calls by the name they were typed with: what is on this list is answered, all else refused.

Oracle's help: "SuiteQL Supported and Unsupported Functions".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from suitebridge.sandbox.netsuite.suiteql.compile.block import Block, Node, compiles, only
from suitebridge.sandbox.netsuite.suiteql.compile.coerce import as_text, plain_number
from suitebridge.sandbox.netsuite.suiteql.compile.state import Compilation
from suitebridge.sandbox.netsuite.suiteql.errors import unsupported
from suitebridge.sandbox.netsuite.suiteql.types import NULL, Type, Value

Call = Callable[[Compilation, list[Value]], Value]
BlockCall = Callable[[Block, Node], Value]


@dataclass(frozen=True, slots=True)
class _Function:
    call: Call
    least: int
    most: int


_FUNCTIONS: dict[str, _Function] = {}
_BLOCK_FUNCTIONS: dict[str, BlockCall] = {}


def function(*names: str, least: int, most: int | None = None) -> Callable[[Call], Call]:
    """Register a function of values by its names and numbers of arguments."""

    def register(call: Call) -> Call:
        for name in names:
            _FUNCTIONS[name] = _Function(call, least, least if most is None else most)
        return call

    return register


def block_function(*names: str) -> Callable[[BlockCall], BlockCall]:
    """Register a function that compiles its own arguments (aggregates)."""

    def register(call: BlockCall) -> BlockCall:
        for name in names:
            _BLOCK_FUNCTIONS[name] = call
        return call

    return register


def simple(*names: str, sqlite: str, parameters: str, result: Type, least: int | None = None) -> None:
    """Register a function that SQLite answers by one call.

    `parameters`: a letter each, `t` text, `n` number, `o` options, for which NULL is none.
    """

    def call(c: Compilation, arguments: list[Value]) -> Value:
        for argument, letter in zip(arguments, parameters, strict=False):
            if argument.type is NULL and argument.param is None and letter != "o":
                return Value("NULL", result)
        return Value(f"{sqlite}({', '.join(converted(c, arguments, parameters))})", result)

    function(*names, least=len(parameters) if least is None else least, most=len(parameters))(call)


def converted(c: Compilation, arguments: Sequence[Value], parameters: str) -> list[str]:
    """Arguments as SQL, text or plain numbers by the letters of `parameters`."""
    return [_converted(c, argument, letter) for argument, letter in zip(arguments, parameters, strict=False)]


def _converted(c: Compilation, argument: Value, letter: str) -> str:
    if letter == "n":
        return plain_number(c, argument)
    text = as_text(c, argument).sql
    return f"ifnull({text}, '')" if letter == "o" else text


@compiles(exp.Anonymous)
def _call(block: Block, node: Node) -> Value:
    only(node, "this", "expressions")
    if not isinstance(node.this, str):
        raise unsupported()
    name = node.this.upper()
    special = _BLOCK_FUNCTIONS.get(name)
    if special is not None:
        return special(block, node)
    found = _FUNCTIONS.get(name)
    if found is None or not found.least <= len(node.expressions) <= found.most:
        raise unsupported()
    return found.call(block.c, [block.value(argument) for argument in node.expressions])
