"""Protocols shared by all floors. No behaviour here."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Literal, Protocol

Work = Literal["interactive", "realtime", "bulk"]
"""What a call is for. Interactive passes realtime, realtime passes bulk."""


class Slots(Protocol):
    """The concurrency budget of one account: a call holds one slot from before it is sent until it is answered."""

    @property
    def limit(self) -> int:
        """How many calls may run at once now."""
        ...

    @property
    def in_use(self) -> int:
        """How many calls run now."""
        ...

    def lease(self, work: Work = "bulk") -> AbstractAsyncContextManager[None]:
        """Wait for a slot and hold it for the length of the block."""
        ...

    def rejected(self) -> None:
        """The other side turned a call away for concurrency: lower the limit."""
        ...

    def accepted(self) -> None:
        """The other side answered a call: the limit may rise again, slowly."""
        ...
