"""Ids as a real account has them: rising, in runs, with holes where records were deleted or rolled back."""

from __future__ import annotations

from random import Random


class Sequence:
    """Gives rising ids. After a run of random length it leaves a hole; `holes` collects the first id of each."""

    __slots__ = ("_hole", "_left", "_next", "_random", "_run", "holes")

    def __init__(self, random: Random, first: int, *, run: int = 40, hole: int = 60) -> None:
        self._random = random
        self._next = first
        self._run = run
        self._hole = hole
        self._left = random.randint(1, run)
        self.holes: list[int] = []

    @property
    def upcoming(self) -> int:
        """The id that comes next."""
        return self._next

    def next(self) -> int:
        """The next id."""
        return self.take(1)

    def take(self, count: int) -> int:
        """The first of `count` neighbouring ids."""
        first = self._next
        self._next = first + count
        self._left -= 1
        if self._left <= 0:
            self.holes.append(self._next)
            # Most holes are a rolled-back save; now and then an import was deleted.
            wide = self._random.random() < 0.08
            self._next += self._random.randint(1, self._hole if wide else 3)
            self._left = self._random.randint(1, self._run)
        return first
