"""The server's clock as its Date headers tell it, for timestamps and expiries that must not depend on this
machine's clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

GRAIN_SECONDS = 2.0
"""Date headers count whole seconds; a smaller difference is no difference."""


class ServerClock:
    """Seconds since the epoch on the server's clock."""

    def __init__(self, local: Callable[[], float] = time.time) -> None:
        self._local = local
        self._offset = 0.0
        self._settings = 0

    @property
    def offset(self) -> float:
        """Seconds by which the server's clock is ahead of this machine's."""
        return self._offset

    @property
    def settings(self) -> int:
        """How often the clock was set, so that one can tell whether it was since a given moment."""
        return self._settings

    def now(self) -> float:
        """The present on the server's clock."""
        return self._local() + self._offset

    def observe(self, headers: Mapping[str, str]) -> None:
        """Learns from an answer that has just come."""
        text = headers.get("Date")
        if text is None:
            return
        try:
            moment = parsedate_to_datetime(text).timestamp()
        except (TypeError, ValueError):
            return
        offset = moment + 0.5 - self._local()
        if abs(offset - self._offset) > GRAIN_SECONDS:
            self._offset = offset
            self._settings += 1
