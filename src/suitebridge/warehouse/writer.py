"""Feeds the target from many readers: a bounded queue, one thread that writes, one transaction for what queued up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from suitebridge.warehouse.load.duckdb import DuckDBTarget
from suitebridge.warehouse.load.staged import Staged
from suitebridge.warehouse.progress import Piece

T = TypeVar("T")

QUEUE = 16
"""Pieces that may wait to be written; a reader that brings one more waits, so memory stays flat."""


class Writer:
    """Writes pieces in the background. Use as an async context manager; leaving it closes the target.

    Args:
        target: made by `open_target` in the writer's own thread.
        committed: told the table and the rows of each piece once they are safe.
    """

    def __init__(self, open_target: Callable[[], DuckDBTarget], committed: Callable[[str, int], None]) -> None:
        self._open = open_target
        self._committed = committed
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="suitebridge-target")
        self._queue: asyncio.Queue[tuple[str, Staged, Piece]] = asyncio.Queue(QUEUE)
        self._waiting: dict[str, int] = {}
        self._changed = asyncio.Condition()
        self._failure: BaseException | None = None
        self._task: asyncio.Task[None] | None = None
        self._target: DuckDBTarget | None = None

    async def __aenter__(self) -> Writer:
        try:
            self._target = await asyncio.get_running_loop().run_in_executor(self._thread, self._open)
        except BaseException:
            self._thread.shutdown(wait=False)
            raise
        self._task = asyncio.create_task(self._write_all())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        # A transaction that is under way ends before the file is closed.
        await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._thread, self.target.close))
        self._thread.shutdown(wait=True)

    @property
    def target(self) -> DuckDBTarget:
        """The open target; its methods are called through `call` only."""
        if self._target is None:
            raise RuntimeError("the writer is not open")
        return self._target

    async def call(self, work: Callable[[DuckDBTarget], T]) -> T:
        """Do something with the target in its thread. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self.target)

    async def put(self, run_id: str, staged: Staged, piece: Piece) -> None:
        """Hand over a piece; waits while the queue is full. Raises what made the writer fail."""
        self._raise_failure()
        self._waiting[staged.name] = self._waiting.get(staged.name, 0) + 1
        await self._queue.put((run_id, staged, piece))

    async def written(self, staged: Staged) -> None:
        """Wait until all pieces of a table are committed. Raises what made the writer fail."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._failure is not None or not self._waiting.get(staged.name))
        self._raise_failure()

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    async def _write_all(self) -> None:
        while True:
            group = [await self._queue.get()]
            while not self._queue.empty():
                group.append(self._queue.get_nowait())
            try:
                await self._write(group)
            except Exception as error:
                self._failure = error
            async with self._changed:
                for _, staged, _ in group:
                    self._waiting[staged.name] -= 1
                self._changed.notify_all()
            if self._failure is not None:
                await self._drain()

    async def _write(self, group: list[tuple[str, Staged, Piece]]) -> None:
        run_id = group[0][0]
        pieces = [(staged, piece) for _, staged, piece in group]
        await self.call(lambda target: target.write(run_id, pieces))
        for _, piece in pieces:
            self._committed(piece.table, piece.batch.num_rows)

    async def _drain(self) -> None:
        # Readers that wait for room must get it, so that they come to learn of the failure.
        while True:
            _, staged, _ = await self._queue.get()
            async with self._changed:
                self._waiting[staged.name] -= 1
                self._changed.notify_all()
