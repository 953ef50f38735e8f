"""Asynchronous jobs as the server calls them: submit, look, stop, start again."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.clock import Clock
from suitebridge.sandbox.netsuite.records import encode
from suitebridge.sandbox.netsuite.server.errors import (
    COLLECTION_TYPE,
    JSON_TYPE,
    SINGULAR_TYPE,
    Answer,
    Refused,
    refused,
    rest_error,
)
from suitebridge.sandbox.netsuite.server.faults import Faults
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.jobs import resources
from suitebridge.sandbox.netsuite.server.jobs.execution import Execution
from suitebridge.sandbox.netsuite.server.jobs.journal import Journal, KeyUsed
from suitebridge.sandbox.netsuite.server.jobs.model import JobState, Strand, Ticket
from suitebridge.sandbox.netsuite.server.jobs.processors import Processors
from suitebridge.sandbox.netsuite.server.jobs.submission import submission_of
from suitebridge.sandbox.netsuite.server.limits import DATABASE_THREADS
from suitebridge.sandbox.netsuite.server.routes import JOB_PATH
from suitebridge.sandbox.netsuite.server.services import RecordAnswerer, Settings
from suitebridge.sandbox.netsuite.store import Store

RESPOND_ASYNC = "respond-async"

_NUMBER = re.compile(r"[1-9]\d{0,17}")


class Jobs:
    """All jobs of one company. `submit` and `answer` are called in threads, the rest in the event loop."""

    def __init__(
        self,
        store: Store,
        records: RecordAnswerer,
        quirks: Mapping[str, str],
        clock: Clock,
        settings: Settings,
        faults: Faults,
        processors: int,
    ) -> None:
        self._quirks = quirks
        self._journal = Journal(store)
        self._threads = ThreadPoolExecutor(min(processors, DATABASE_THREADS), thread_name_prefix="sandbox-jobs")
        self._execution = Execution(store, self._journal, records, quirks, clock, settings, faults, self._threads)
        self.processors = Processors(processors, self._execution.run)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Begin to work, first on what an earlier run of the sandbox has left."""
        self._loop = asyncio.get_running_loop()
        self.processors.add(await self._loop.run_in_executor(self._threads, self._journal.unfinished))
        self.processors.start()

    async def stop(self) -> None:
        """End; tasks that have not ended are undone and run after the next start."""
        self._execution.end()
        await self.processors.stop()

    def close(self) -> None:
        """End the threads; a task that still runs is waited for."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def submit(self, incoming: Incoming, segments: tuple[str, ...], caller: Caller) -> Answer:
        """Accept a record call as a job, which from then on is kept. Raises Refused."""
        asked = submission_of(incoming, segments, caller)
        if asked.idempotency_key is not None and self._quirks["idempotency-key-form"] == "uuid":
            _check_uuid(asked.idempotency_key)
        try:
            job, strands = self._journal.add(asked, _owner(caller), self._key_scope(caller))
        except KeyUsed as used:
            return self._conflict(incoming, used.job)
        self._hand_out(strands)
        headers = (("Preference-Applied", RESPOND_ASYNC), ("Location", self._location(incoming, job)))
        return Answer(202, headers=headers)

    def answer(self, incoming: Incoming, segments: tuple[str, ...], caller: Caller) -> Answer:
        """A job, its tasks, a task or its result. `segments` are the parts of the path after the service's.

        Raises Refused.
        """
        owner = None if self._quirks["job-visible-to"] == "account" else _owner(caller)
        number = segments[0]
        job = self._journal.job(int(number), owner) if _NUMBER.fullmatch(number) else None
        if job is None:
            raise _unknown()
        match segments[1:]:
            case ():
                started = self._started(job)
                return _shown(resources.job_body(job, incoming.origin, started, self._quirks))
            case ("task",):
                body = resources.task_list_body(job, incoming.origin, self._quirks)
                return Answer(200, encode(body), COLLECTION_TYPE)
            case ("task", task):
                return self._task(job, task, incoming.origin)
            case ("task", task, "result"):
                return self._result(job, task, incoming.origin)
            case _:
                raise _unknown()

    def _hand_out(self, strands: list[Strand]) -> None:
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self.processors.add, strands)

    def _task(self, job: JobState, task: str, origin: str) -> Answer:
        ticket = _ticket(job, task)
        state = self._journal.task_state(ticket)
        if state is None:
            raise _unknown()
        started = self._execution.under_way.get(ticket)
        return _shown(resources.task_body(job, state, origin, started, self._quirks))

    def _result(self, job: JobState, task: str, origin: str) -> Answer:
        answer = self._journal.answer(_ticket(job, task), origin)
        if answer is not None:
            if answer.status == 204 and self._quirks["job-write-result"] == "200":
                return Answer(200, b"{}", JSON_TYPE, answer.headers)
            return answer
        if self._quirks["job-result-early"] == "202":
            return Answer(202)
        raise refused(404, "NONEXISTENT_ID", "The result does not exist yet. The task has not completed.")

    def _started(self, job: JobState) -> str | None:
        # A copy at once: tasks begin and end while this thread looks.
        running = dict(self._execution.under_way)
        return min((since for ticket, since in running.items() if ticket.job == job.id), default=None)

    def _conflict(self, incoming: Incoming, job: int) -> Answer:
        text = "A request with the same idempotency key was already submitted. See the Location header for its job."
        refusal = refused(409, "IDEMPOTENCY_ERROR", text, header="X-NetSuite-Idempotency-Key")
        located = Refused(409, refusal.details, (("Location", self._location(incoming, job)),))
        return rest_error(located, self._quirks, status=int(self._quirks["idempotency-status"]))

    def _location(self, incoming: Incoming, job: int) -> str:
        origin = incoming.origin if self._quirks["job-location"] == "absolute" else ""
        return f"{origin}{JOB_PATH}/{job}"

    def _key_scope(self, caller: Caller) -> str:
        match self._quirks["idempotency-scope"]:
            case "account":
                return "account"
            case "user":
                return _owner(caller)
            case _:
                return caller.integration


def _owner(caller: Caller) -> str:
    return f"{caller.integration}|{caller.role_id}|{caller.entity_id}"


def _ticket(job: JobState, task: str) -> Ticket:
    if not _NUMBER.fullmatch(task) or int(task) > job.tasks:
        raise _unknown()
    return Ticket(job.id, int(task))


def _shown(body: dict[str, object]) -> Answer:
    return Answer(200, encode(body), SINGULAR_TYPE)


def _unknown() -> Refused:
    return refused(404, "NONEXISTENT_ID", "The record instance does not exist. Provide a valid record instance ID.")


def _check_uuid(text: str) -> None:
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text):
        raise refused(400, "INVALID_HEADER", "The idempotency key must be a UUID.", header="X-NetSuite-Idempotency-Key")
