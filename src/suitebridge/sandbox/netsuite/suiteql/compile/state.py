"""What one compilation knows and collects: schema, caller, bound values, parameters, names of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.schema.model import Schema
from suitebridge.sandbox.netsuite.suiteql.binding import BoundValue, Converter, Environment, Slot, SQLiteValue


class Quirks(Protocol):
    """Chosen behaviour by name."""

    def get(self, name: str, default: str, /) -> str:
        """The chosen value, or the default."""
        ...


@dataclass(slots=True)
class Compilation:
    """State of one compilation.

    `values` are the bound values at hand and `kinds` what the result may depend on; a value that had to be
    looked at is in `pinned`, and the result is then good for that value alone.
    """

    schema: Schema
    caller: Caller
    quirks: Quirks
    values: Sequence[BoundValue]
    kinds: Sequence[str]
    date_format: str
    slots: list[Slot] = field(default_factory=list[Slot])
    pinned: set[int] = field(default_factory=set[int])
    _by_key: dict[tuple[int, str], str] = field(default_factory=dict[tuple[int, str], str])
    _names: int = 0

    def name(self, letter: str) -> str:
        """A fresh SQL name."""
        self._names += 1
        return f"{letter}{self._names}"

    def slot(self, source: int, key: str, convert: Converter) -> str:
        """The SQL of the parameter that shows this bound value under this conversion."""
        found = self._by_key.get((source, key))
        if found is None:
            self.slots.append(Slot(source, convert))
            found = f"?{len(self.slots)}"
            self._by_key[source, key] = found
        return found

    def moment(self, key: str, compute: Callable[[Environment], SQLiteValue]) -> str:
        """The SQL of a parameter known only when the query is called."""
        return self.slot(-1, key, lambda _value, environment: compute(environment))

    def pin(self, index: int) -> BoundValue:
        """Look at a bound value: the compiled form then holds for it alone."""
        self.pinned.add(index)
        return self.values[index]

    def quirk(self, name: str, default: str) -> str:
        """A chosen behaviour."""
        return self.quirks.get(name, default)
