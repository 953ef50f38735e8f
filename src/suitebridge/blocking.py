"""The synchronous face of asynchronous objects: one background event loop, and a wrapper that calls through to it.

It works where an event loop already runs (notebooks), and Ctrl-C cancels what is under way.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import suppress
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class BackgroundLoop:
    """An event loop in a daemon thread of its own."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs the coroutine in the background loop and waits for it; an interrupt cancels it and waits until
        it has ended.
        """
        if threading.current_thread() is self._thread:
            work.close()
            raise RuntimeError(
                "The synchronous face was called from its own event loop; use the asynchronous one there."
            )
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            if not future.done():
                future.cancel()
                self._settle()
            raise

    def iterate(self, source: AsyncIterator[T]) -> Iterator[T]:
        """The items one after another; leaving the loop early closes the source."""
        reader = _Reader(source)
        try:
            while items := self.run(reader.ready()):
                yield from items
        finally:
            if self._loop.is_running():
                self.run(reader.close())

    def close_after(self, last: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Cancels what still runs, runs ``last``, and ends the loop and its thread.

        A second time it does nothing.
        """
        if self._loop.is_closed():
            return
        self._settle(cancel=True)
        self.run(last())
        self.stop()

    def stop(self) -> None:
        """Ends the loop and its thread, cancelling what still runs in it."""
        if self._loop.is_closed():
            return
        self._settle(cancel=True)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _settle(self, *, cancel: bool = False) -> None:
        async def others() -> None:
            tasks = asyncio.all_tasks() - {cast("asyncio.Task[Any]", asyncio.current_task())}
            ending = {task for task in tasks if cancel or task.cancelling()}
            if cancel:
                for task in ending:
                    task.cancel()
            if ending:
                await asyncio.wait(ending)

        with suppress(KeyboardInterrupt):
            asyncio.run_coroutine_threadsafe(others(), self._loop).result()


class _Reader(Generic[T]):
    """Takes items from an asynchronous iterator, as many at once as are there: a hop between threads costs
    more than one.
    """

    MOST = 500

    def __init__(self, source: AsyncIterator[T]) -> None:
        self._source = source
        self._next: asyncio.Future[T | _End] | None = None

    async def ready(self) -> list[T]:
        """At least one item, and those after it that need no waiting; none at the end."""
        items: list[T] = []
        while len(items) < self.MOST:
            if self._next is None:
                self._next = asyncio.ensure_future(anext(self._source, _END))
            if items:
                await asyncio.sleep(0)
                if not self._next.done() or self._next.exception() is not None:
                    break
            item = await self._taken(self._next)
            if isinstance(item, _End):
                break
            items.append(item)
        return items

    async def _taken(self, future: asyncio.Future[T | _End]) -> T | _End:
        item = await future
        if not isinstance(item, _End):
            self._next = None
        return item

    async def close(self) -> None:
        """Ends what is under way in the source, and the source."""
        if self._next is not None and not self._next.done():
            self._next.cancel()
            await asyncio.wait([self._next])
        close = getattr(self._source, "aclose", None)
        if close is not None:
            await close()


class _End:
    """Stands for the end of an iterator."""


_END = _End()


class Face:
    """Shows an asynchronous object synchronously: coroutines are waited for, asynchronous iterators become iterators.

    Objects of the classes in ``wraps`` that its methods and attributes give are shown the same way.
    """

    def __init__(self, inner: object, loop: BackgroundLoop, wraps: tuple[type, ...]) -> None:
        self._inner = inner
        self._loop = loop
        self._wraps = wraps

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._shown(getattr(self._inner, name))

    def __dir__(self) -> list[str]:
        return [name for name in dir(self._inner) if not name.startswith("_")]

    def __repr__(self) -> str:
        return f"<blocking {self._inner!r}>"

    def __iter__(self) -> Iterator[Any]:
        chunks = getattr(self._inner, "chunks", None)
        if chunks is not None:
            # One hop between the threads for each page instead of one for each row.
            return (row for rows in self._loop.iterate(chunks()) for row in rows)
        return self._loop.iterate(aiter(cast("Any", self._inner)))

    def _shown(self, value: Any) -> Any:
        if isinstance(value, self._wraps):
            return Face(value, self._loop, self._wraps)
        if inspect.ismethod(value):
            return self._called(value)
        return value

    def _called(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            result = method(*args, **kwargs)
            if inspect.iscoroutine(result):
                return self._shown(self._loop.run(result))
            if isinstance(result, self._wraps):
                return self._shown(result)
            if hasattr(result, "__anext__"):
                return self._loop.iterate(result)
            return result

        call.__name__ = method.__name__
        call.__doc__ = method.__doc__
        call.__wrapped__ = method  # pyright: ignore[reportFunctionMemberAccess]
        return call
