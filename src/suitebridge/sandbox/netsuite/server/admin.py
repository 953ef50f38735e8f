"""The admin address under ``/sandbox/``, which no real host has: statistics, audit trail, settings, faults.
Only this machine can reach it."""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Callable

import msgspec

from suitebridge.sandbox.netsuite.server import settings
from suitebridge.sandbox.netsuite.server.errors import Answer
from suitebridge.sandbox.netsuite.server.faults import FaultOrder
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.services import Services

Action = Callable[[Incoming], object]


class Admin:
    """Answers the admin address."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._start = settings.Start(services)
        self._actions: dict[tuple[str, str], Action] = {
            ("GET", "/sandbox/statistics"): self._statistics,
            ("POST", "/sandbox/statistics/reset"): self._reset_statistics,
            ("GET", "/sandbox/audit"): lambda _: services.login.audit.as_json(),
            ("POST", "/sandbox/audit/reset"): self._reset_audit,
            ("GET", "/sandbox/settings"): lambda _: settings.shown(services),
            ("POST", "/sandbox/settings"): self._change_settings,
            ("GET", "/sandbox/faults"): lambda _: services.faults.as_json(),
            ("POST", "/sandbox/faults"): self._order_fault,
            ("POST", "/sandbox/faults/reset"): self._reset_faults,
            ("POST", "/sandbox/tokens/revoke"): lambda _: {"revoked": services.login.issuer.revoke_all()},
            ("POST", "/sandbox/reset"): self._reset,
        }

    def serves(self, incoming: Incoming) -> bool:
        """Whether the caller is on this machine."""
        try:
            return ipaddress.ip_address(incoming.address).is_loopback
        except ValueError:
            return False

    def answer(self, incoming: Incoming) -> Answer:
        """The answer to an admin call; 400 names what is wrong with it."""
        action = self._actions.get((incoming.method, incoming.path))
        if action is None:
            known = sorted(f"{method} {path}" for method, path in self._actions)
            return _json(404, {"error": "no such admin address", "known": known})
        try:
            return _json(200, action(incoming))
        except (msgspec.DecodeError, settings.SettingError) as error:
            return _json(400, {"error": str(error)})

    def _statistics(self, incoming: Incoming) -> object:
        pool, statistics = self._services.pool, self._services.statistics
        processors = self._services.jobs.processors
        return {
            **statistics.as_json(with_calls="calls" in incoming.parameters),
            "slots": pool.limit,
            "slots_in_use": pool.in_use,
            "max_slots_used": pool.highest,
            "processors": processors.count,
            "processors_in_use": processors.in_use,
            "max_processors_used": processors.highest,
            "tasks_run": processors.done,
        }

    def _reset_statistics(self, _: Incoming) -> object:
        self._services.statistics.reset(time.monotonic())
        self._services.pool.reset_counts()
        self._services.jobs.processors.reset_counts()
        return {"reset": "statistics"}

    def _reset_audit(self, _: Incoming) -> object:
        self._services.login.audit.forget()
        return {"reset": "audit"}

    def _change_settings(self, incoming: Incoming) -> object:
        settings.apply(msgspec.json.decode(incoming.body, type=settings.Change), self._services)
        return settings.shown(self._services)

    def _order_fault(self, incoming: Incoming) -> object:
        self._services.faults.order(msgspec.json.decode(incoming.body, type=FaultOrder))
        return self._services.faults.as_json()

    def _reset_faults(self, _: Incoming) -> object:
        self._services.faults.clear()
        return []

    def _reset(self, incoming: Incoming) -> object:
        self._start.restore(self._services)
        for reset in (self._reset_statistics, self._reset_audit, self._reset_faults):
            reset(incoming)
        return settings.shown(self._services)


def _json(status: int, value: object) -> Answer:
    return Answer(status, json.dumps(value).encode())
