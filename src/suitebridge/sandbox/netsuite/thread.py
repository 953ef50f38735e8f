"""The sandbox beside synchronous code: its event loop runs in a thread of its own, its admin address by method."""

from __future__ import annotations

import asyncio
import json
import threading
import urllib.error
import urllib.request
from types import TracebackType
from typing import Any

from suitebridge.sandbox.netsuite.options import SandboxOptions
from suitebridge.sandbox.netsuite.sandbox import Sandbox


class AdminError(Exception):
    """The admin address did not take what was sent; the text is its answer."""


class SandboxThread:
    """A sandbox for tests and scripts without an event loop.

    ``with SandboxThread(SandboxOptions(data="small")) as sandbox: ...`` starts it before the block and stops it
    after. Raises OptionError if it cannot start.
    """

    def __init__(self, options: SandboxOptions | None = None) -> None:
        self.sandbox = Sandbox(options)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="netsuite-sandbox", daemon=True)

    @property
    def env(self) -> dict[str, str]:
        """What a client needs, as environment variables."""
        return self.sandbox.env

    @property
    def rest_url(self) -> str:
        """Address of the plain HTTP server, without a path."""
        return self.sandbox.rest_url

    @property
    def tls_port(self) -> int | None:
        """Port of the HTTPS server, if there is one."""
        return self.sandbox.tls_port

    def start(self) -> SandboxThread:
        """Start it; returns when it answers."""
        self._thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self.sandbox.start(), self._loop).result()
        except BaseException:
            self._end_loop()
            raise
        return self

    def stop(self) -> None:
        """Stop it; returns when everything is closed."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self.sandbox.stop(), self._loop).result()
            self._end_loop()

    def __enter__(self) -> SandboxThread:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def statistics(self, *, calls: bool = False) -> dict[str, Any]:
        """What was asked since the last reset; with `calls` also call by call under ``each``."""
        return self.admin("GET", "statistics" + ("?calls" if calls else ""))

    def audit(self) -> list[dict[str, Any]]:
        """The login audit trail, oldest first."""
        return self.admin("GET", "audit")

    def change(self, **settings: object) -> dict[str, Any]:
        """Change settings: slots, shares, latency, features, language, clock_offset, roles, integrations,
        integration_blocked and integration_internal (whether it counts as Oracle's own)."""
        return self.admin("POST", "settings", settings)

    def fault(self, kind: str, **order: object) -> None:
        """Order a fault: count, skip, every, chance, seed, seconds, types, method, path."""
        self.admin("POST", "faults", {"kind": kind, **order})

    def faults(self) -> list[dict[str, Any]]:
        """All orders and how often each has hit."""
        return self.admin("GET", "faults")

    def revoke_tokens(self) -> int:
        """Revoke every access token that is out; how many there were."""
        return self.admin("POST", "tokens/revoke")["revoked"]

    def reset(self) -> None:
        """Settings as at the start, no faults, nothing counted, nobody locked out. The company's data stay."""
        self.admin("POST", "reset")

    def admin(self, method: str, path: str, body: object = None) -> Any:
        """One call of the admin address. Raises AdminError."""
        request = urllib.request.Request(
            f"{self.sandbox.admin_url}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        # A proxy of the environment has no business with this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=30) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise AdminError(error.read().decode("utf-8", "replace")) from None

    def _end_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
