"""The REST async processors: a pool beside the slots that takes tasks in the order in which they came."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Awaitable, Callable

from suitebridge.sandbox.netsuite.server.jobs.model import Strand, Ticket

# Slots and processors of each tier and number of licences, the larger where two tiers have as many slots
# (bridgehead_1500275603).
_BY_SLOTS = (
    (1, 2),
    (15, 5),
    (20, 2),
    (25, 5),
    (35, 10),
    (45, 15),
    (60, 20),
    (70, 25),
    (80, 30),
    (90, 35),
    (100, 40),
    (110, 45),
    (120, 50),
    (130, 55),
    (140, 60),
)


def processors_for(slots: int) -> int:
    """How many processors an account with so many slots has."""
    return _BY_SLOTS[bisect_right(_BY_SLOTS, (max(slots, 1), 1_000)) - 1][1]


class Processors:
    """`count` tasks at once, each by `run_task`, which never raises. Lives in one event loop."""

    def __init__(self, count: int, run_task: Callable[[Ticket], Awaitable[None]]) -> None:
        self._count = count
        self._run_task = run_task
        self._strands: asyncio.Queue[Strand] = asyncio.Queue()
        self._workers: list[asyncio.Task[None]] = []
        self._busy = 0
        self.highest = 0
        self.done = 0

    @property
    def count(self) -> int:
        """Tasks at once."""
        return self._count

    @property
    def in_use(self) -> int:
        """Processors that are at work."""
        return self._busy

    def start(self) -> None:
        """Begin to work."""
        self._workers = [asyncio.create_task(self._work()) for _ in range(self._count)]

    def add(self, strands: list[Strand]) -> None:
        """Put tasks at the end of the line."""
        for strand in strands:
            self._strands.put_nowait(strand)

    def reset_counts(self) -> None:
        """Start counting anew."""
        self.highest, self.done = self._busy, 0

    async def stop(self) -> None:
        """End; tasks that wait stay as they are."""
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        self._workers = []

    async def _work(self) -> None:
        while True:
            strand = await self._strands.get()
            self._busy += 1
            self.highest = max(self.highest, self._busy)
            try:
                for ticket in strand:
                    await self._run_task(ticket)
                    self.done += 1
            finally:
                self._busy -= 1
