"""Lines in a body against lines that are stored: what is added, changed and removed (1545142093, 156334828635)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Line

Key = tuple[Stored, ...]


@dataclass(slots=True)
class Merge:
    """What to do, in the order of the body: a line without a key is new."""

    lines: list[tuple[Line, Key | None]] = field(default_factory=list[tuple[Line, "Key | None"]])
    removed: list[Key] = field(default_factory=list[Key])


def merge(sent: Sequence[Line] | None, stored: Sequence[Key], key: Sequence[str], replace: bool) -> Merge:
    """Compares by key: lines that match change stored ones, others are added. `sent` None empties the sublist.

    With `replace`, or where the list is emptied, stored lines that were not sent go. A key that comes twice changes
    the same line twice.
    """
    result = Merge()
    known = set(stored)
    met: set[Key] = set()
    for line in sent or ():
        values = tuple(line.body.values.get(name.lower()) for name in key)
        if key and values in known:
            met.add(values)
            result.lines.append((line, values))
        else:
            result.lines.append((line, None))
    if replace or sent is None:
        result.removed = [each for each in stored if each not in met]
    return result
