"""The concurrency budget of one account inside one process: it learns from rejections and shares itself out fairly.

Oracle help: "Web Services and RESTlet Concurrency Governance".
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

from suitebridge.netsuite.limits import SMALLEST_POOL
from suitebridge.types import Work

_KINDS: Final[tuple[Work, ...]] = ("interactive", "realtime", "bulk")
_CUT: Final = 0.6
_CALM_ROUNDS: Final = 10


class AdaptiveSlots:
    """Slots that fall to about half when the other side rejects, and rise by one after a long calm.

    ``ceiling`` is the account's limit as far as known, ``start`` the limit to begin with. ``reserve`` slots
    of it are left to others (None: none up to five slots, one above). ``shares`` are the parts of the slots
    that a kind of work is sure of while it wants them; what one does not use, the others borrow. Belongs to
    one event loop.
    """

    def __init__(
        self,
        *,
        ceiling: int,
        start: int | None = None,
        reserve: int | None = None,
        shares: Mapping[Work, float] | None = None,
    ) -> None:
        if ceiling < 1:
            raise ValueError("ceiling must be at least 1")
        self._ceiling = ceiling
        self._reserve = reserve
        self._shares = dict(shares or {})
        self._pool = min(start or ceiling, ceiling)
        self._running: dict[Work, int] = dict.fromkeys(_KINDS, 0)
        self._waiting: dict[Work, deque[asyncio.Future[None]]] = {kind: deque() for kind in _KINDS}
        self._calm = 0
        self._burst = 0
        self.cuts = 0
        """How often the limit was lowered."""

    @property
    def limit(self) -> int:
        """How many calls may run at once now, without those that are reserved."""
        return max(1, self._pool - self._reserved(self._pool))

    @property
    def in_use(self) -> int:
        """How many calls run now."""
        return sum(self._running.values())

    @property
    def waiting(self) -> int:
        """How many calls wait for a slot now."""
        return sum(1 for queue in self._waiting.values() for future in queue if not future.done())

    @property
    def ceiling(self) -> int:
        """The highest limit that will be tried, reserve included."""
        return self._ceiling

    def know(self, ceiling: int) -> None:
        """The account's limit was found out: start from it."""
        self._ceiling = max(1, ceiling)
        self._pool = self._ceiling
        self._hand_out()

    def lease(self, work: Work = "bulk") -> AbstractAsyncContextManager[None]:
        """Wait for a slot and hold it for the length of the block."""
        return self._lease(work)

    @asynccontextmanager
    async def _lease(self, work: Work) -> AsyncGenerator[None, None]:
        await self._take(work)
        try:
            yield
        finally:
            self._give_back(work)

    def rejected(self) -> None:
        """The call that holds this slot was turned away: say it before the slot is given back.

        The calls that were under way with it are of the same burst and cut no further.
        """
        self._calm = 0
        if self._burst > 0:
            return
        self.cuts += 1
        self._burst = self.in_use
        self._pool = max(1, min(self._pool - 1, int(self._pool * _CUT)))

    def accepted(self) -> None:
        """A call was answered. After a calm of some rounds with all slots in use, the limit rises by one."""
        if self._pool >= self._ceiling or not self._full():
            return
        self._calm += 1
        if self._calm >= self._pool * _CALM_ROUNDS:
            self._calm = 0
            self._pool += 1
            self._hand_out()

    async def _take(self, work: Work) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[work].append(future)
        self._hand_out()
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._give_back(work)
            else:
                future.cancel()
                self._hand_out()
            raise

    def _give_back(self, work: Work) -> None:
        self._running[work] -= 1
        self._burst = max(0, self._burst - 1)
        self._hand_out()

    def _hand_out(self) -> None:
        while self.in_use < self.limit:
            work = self._next()
            if work is None:
                return
            self._running[work] += 1
            self._waiting[work].popleft().set_result(None)

    def _next(self) -> Work | None:
        """Who gets the next slot: first a kind that has less than it is sure of, then the most urgent."""
        wanting: list[Work] = [kind for kind in _KINDS if self._in_line(kind)]
        short: list[Work] = [
            kind for kind in wanting if self._running[kind] < int(self._shares.get(kind, 0.0) * self.limit + 1e-9)
        ]
        first = short or wanting
        return first[0] if first else None

    def _in_line(self, kind: Work) -> bool:
        queue = self._waiting[kind]
        while queue and queue[0].done():
            queue.popleft()
        return bool(queue)

    def _full(self) -> bool:
        return self.in_use >= self.limit

    def _reserved(self, pool: int) -> int:
        if self._reserve is not None:
            return self._reserve
        return 0 if pool <= SMALLEST_POOL else 1
