"""Ends queries that still run when the sandbox is to stop."""

from __future__ import annotations

import threading
import weakref

import apsw


class Interrupts:
    """Knows the store's connections (`watch` each as it is opened) and interrupts whatever runs on them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connections: list[weakref.ref[apsw.Connection]] = []

    def watch(self, connection: apsw.Connection) -> None:
        """Remember a connection for as long as it lives."""
        with self._lock:
            self._connections = [known for known in self._connections if known() is not None]
            self._connections.append(weakref.ref(connection))

    def interrupt(self) -> None:
        """End every statement that runs now; from any thread."""
        with self._lock:
            watched = list(self._connections)
        for known in watched:
            connection = known()
            if connection is not None:
                try:
                    connection.interrupt()
                except apsw.ConnectionClosedError:
                    pass
