"""One task: its call is answered as if it had come by itself, and the answer is kept together with its effect."""

from __future__ import annotations

import asyncio
import sys
import threading
import traceback
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.clock import Clock
from suitebridge.sandbox.netsuite.roles import WORKBOOK
from suitebridge.sandbox.netsuite.server import refusals
from suitebridge.sandbox.netsuite.server.errors import Answer, Refused, rest_error, unexpected
from suitebridge.sandbox.netsuite.server.faults import Fault, FaultKind, Faults
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.jobs.batch import refuse_task
from suitebridge.sandbox.netsuite.server.jobs.journal import Journal
from suitebridge.sandbox.netsuite.server.jobs.model import TaskRequest, Ticket
from suitebridge.sandbox.netsuite.server.services import RecordAnswerer, Settings
from suitebridge.sandbox.netsuite.store import Store

TASK_FAULTS: frozenset[FaultKind] = frozenset({"error", "error_after", "unavailable", "record_changed", "delay"})
"""What can befall a task; the other faults are those of a connection."""


class Stopping(Exception):
    """The sandbox ends while a task runs: it is undone and runs after the next start."""


@dataclass(slots=True)
class Execution:
    """Runs tasks. `under_way` says since when each task runs that runs now."""

    store: Store
    journal: Journal
    records: RecordAnswerer
    quirks: Mapping[str, str]
    clock: Clock
    settings: Settings
    faults: Faults
    threads: ThreadPoolExecutor
    under_way: dict[Ticket, str] = field(default_factory=dict[Ticket, str], init=False)
    _stopping: threading.Event = field(default_factory=threading.Event, init=False)

    def end(self) -> None:
        """Nothing that ends from now on is kept."""
        self._stopping.set()

    async def run(self, ticket: Ticket) -> None:
        """Run one task to its end; what goes wrong in the sandbox itself is for whoever runs it."""
        started = utc(self.clock.now())
        self.under_way[ticket] = started
        loop = asyncio.get_running_loop()
        try:
            caller, incoming, segments = await loop.run_in_executor(self.threads, self.journal.task, ticket)
            fault = self.faults.next_for("task", incoming.method, incoming.path, TASK_FAULTS)
            seconds = self.settings.latency.job_record
            if fault is not None and fault.kind == "delay":
                seconds += fault.seconds
            await asyncio.sleep(seconds)
            work = self._write if incoming.method != "GET" else self._read
            await loop.run_in_executor(self.threads, work, ticket, started, caller, incoming, segments, fault)
        except Stopping:
            pass
        except Exception:
            if not self._stopping.is_set():
                traceback.print_exc(file=sys.stderr)
        finally:
            del self.under_way[ticket]

    def _write(
        self,
        ticket: Ticket,
        started: str,
        caller: Caller,
        incoming: Incoming,
        segments: tuple[str, ...],
        fault: Fault | None,
    ) -> None:
        # The effect and the word of it are kept together or not at all: a task never runs twice.
        with self.store.together():
            answer = self._answer(caller, incoming, segments, fault)
            self._keep(ticket, answer, started)

    def _read(
        self,
        ticket: Ticket,
        started: str,
        caller: Caller,
        incoming: Incoming,
        segments: tuple[str, ...],
        fault: Fault | None,
    ) -> None:
        self._keep(ticket, self._answer(caller, incoming, segments, fault), started)

    def _keep(self, ticket: Ticket, answer: Answer, started: str) -> None:
        if self._stopping.is_set():
            raise Stopping
        self.journal.finish(ticket, answer, started, utc(self.clock.now()))

    def _answer(self, caller: Caller, incoming: Incoming, segments: tuple[str, ...], fault: Fault | None) -> Answer:
        try:
            return self._called(caller, incoming, segments, fault)
        except Refused as refusal:
            return rest_error(refusal, self.quirks)
        except Exception:
            # A query that is interrupted because the sandbox ends is no answer.
            if self._stopping.is_set():
                raise Stopping from None
            traceback.print_exc(file=sys.stderr)
            return rest_error(unexpected(), self.quirks)

    def _called(self, caller: Caller, incoming: Incoming, segments: tuple[str, ...], fault: Fault | None) -> Answer:
        if fault is not None:
            refusals.befall(fault.kind, self.quirks)
        refuse_task(TaskRequest(incoming.method, segments, incoming.query, {}, b""))
        if incoming.method == "GET" and len(segments) == 1:
            refusals.demand_workbook(caller, WORKBOOK)
        answer = self.records(incoming, segments, caller)
        if fault is not None and fault.kind == "error_after":
            raise unexpected()
        return answer


def utc(moment: datetime) -> str:
    """A moment in UTC as jobs show it, in whole seconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
