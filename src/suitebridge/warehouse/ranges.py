"""Cuts a table into ranges of its key, each about one page, so that they can be read side by side. Pure.

A range is open at its lower end and closed at its upper one: ``after < key <= upto``; None means no end. Keys are
tuples and compare as tuples do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeGuard

Key = tuple[int | str, ...]

PAGE = 1_000
RECUT_MOST = 64
"""How many ranges a part that turned out dense is cut into at most, at a time."""


@dataclass(frozen=True, slots=True)
class Range:
    """The rows with ``after < key <= upto``."""

    after: Key | None = None
    upto: Key | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no key can lie in it."""
        return self.after is not None and self.after == self.upto


WHOLE: Final = Range()
"""All rows."""


def from_bounds(whole: Range, bounds: Sequence[Key]) -> list[Range]:
    """The ranges that end at each bound; together they are `whole` up to the last bound.

    Args:
        bounds: keys inside `whole` in rising order, the last of them being the highest key that exists.
    """
    ranges: list[Range] = []
    after = whole.after
    for bound in bounds:
        if bound != after:
            ranges.append(Range(after, bound))
        after = bound
    return ranges


def from_extremes(whole: Range, low: int, high: int, count: int, page: int = PAGE) -> list[Range]:
    """Ranges of equal width over whole-number keys, where exact bounds cannot be had.

    Where the keys are clumped some turn out to hold more than a page: see `recut`.

    Args:
        low, high: the lowest and highest key that exist in `whole`.
        count: how many rows there are.
        page: how many rows a range should hold.
    """
    return _even(whole.after, low - 1, high, -(-count // page))


def recut(rest: Range, start: Key | None, last: Key, rows: int, page: int = PAGE) -> list[Range]:
    """What is left of a range after a full page of it, cut as finely as that page was dense.

    Args:
        rest: from the page's last key to the range's end.
        start: where the page began; None where it had no lower end.
        last: the page's last key.
        rows: how many rows the page had.
    """
    if rest.is_empty:
        return []
    upto = rest.upto
    if upto is None or not (_whole(last) and _whole(upto)) or (start is not None and not _whole(start)):
        return [rest]
    begin = start[0] if start is not None else last[0] - rows
    width = max(1, last[0] - begin)
    left = upto[0] - last[0]
    # Dense as the page was, the rest would hold left * rows / width rows.
    pages = -(-left * rows // (width * page))
    return _even(last, last[0], upto[0], min(RECUT_MOST, pages))


def _even(after: Key | None, low: int, high: int, parts: int) -> list[Range]:
    parts = max(1, min(parts, high - low))
    ends = [low + (high - low) * number // parts for number in range(1, parts + 1)]
    ranges: list[Range] = []
    for end in ends:
        ranges.append(Range(after, (end,)))
        after = (end,)
    return ranges


def _whole(key: Key) -> TypeGuard[tuple[int]]:
    return len(key) == 1 and isinstance(key[0], int)
