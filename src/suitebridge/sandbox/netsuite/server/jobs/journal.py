"""Jobs, tasks and results in the store, so that what was accepted outlives the process."""

from __future__ import annotations

from typing import cast

import msgspec

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.server.errors import Answer
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.jobs.model import (
    JobState,
    Mode,
    Strand,
    Submission,
    TaskRequest,
    TaskState,
    Ticket,
    strands_of,
)
from suitebridge.sandbox.netsuite.server.routes import RECORD_PATH
from suitebridge.sandbox.netsuite.store import Store
from suitebridge.sandbox.netsuite.store.statements import Value, run

_TASK = "SELECT id FROM asynctask WHERE job = ? AND number = ?"


class KeyUsed(Exception):
    """The idempotency key came before, with this job."""

    def __init__(self, job: int) -> None:
        super().__init__(f"job {job} has this key")
        self.job = job


class Journal:
    """Reads and writes jobs; any thread. Every method is one transaction, or part of the caller's own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, asked: Submission, owner: str, key_scope: str) -> tuple[int, list[Strand]]:
        """Keep a job; gives its id and its tasks as they are to be run. Raises KeyUsed."""
        with self._store.writing() as tx:
            if asked.idempotency_key is not None:
                known = tx.rows(
                    "SELECT id FROM asyncjob WHERE idempotencykey = ? AND keyscope = ? LIMIT 1",
                    (asked.idempotency_key, key_scope),
                )
                if known:
                    raise KeyUsed(_whole(known[0]["id"]))
            job = tx.next_id("asyncjob")
            tx.insert(
                "asyncjob",
                {
                    "id": job,
                    "caller": msgspec.json.encode(asked.caller).decode(),
                    "owner": owner,
                    "keyscope": key_scope,
                    "idempotencykey": asked.idempotency_key,
                    "scheme": asked.scheme,
                    "host": asked.host or "-",
                    "mode": asked.mode,
                    "tasks": len(asked.tasks),
                    "remaining": len(asked.tasks),
                    "failed": 0,
                },
            )
            for number, task in enumerate(asked.tasks, 1):
                tx.insert(
                    "asynctask",
                    {
                        "id": tx.next_id("asynctask"),
                        "job": job,
                        "number": number,
                        "method": task.method,
                        "segments": msgspec.json.encode(task.segments).decode(),
                        "query": task.query,
                        "headers": msgspec.json.encode(task.headers).decode(),
                        "body": _text(task.body),
                    },
                )
        return job, strands_of(job, list(range(1, len(asked.tasks) + 1)), asked.mode)

    def unfinished(self) -> list[Strand]:
        """All tasks that have not run, in the order in which their jobs came."""
        with self._store.reading() as connection:
            jobs = run(connection, "SELECT id, mode FROM asyncjob WHERE remaining > 0 ORDER BY id")
            found: list[Strand] = []
            for job, mode in jobs:
                numbers = run(
                    connection, "SELECT number FROM asynctask WHERE job = ? AND status IS NULL ORDER BY number", (job,)
                )
                found.extend(strands_of(_whole(job), [_whole(row[0]) for row in numbers], cast("Mode", mode)))
        return found

    def task(self, ticket: Ticket) -> tuple[Caller, Incoming, tuple[str, ...]]:
        """A task's call as it would have come by itself, and who asked for it."""
        with self._store.reading() as connection:
            (row,) = run(
                connection,
                "SELECT j.caller, j.scheme, j.host, t.method, t.segments, t.query, t.headers, t.body"
                " FROM asynctask t JOIN asyncjob j ON j.id = t.job WHERE t.job = ? AND t.number = ?",
                (ticket.job, ticket.number),
            )
        caller, scheme, host, method, segments, query, headers, body = (_plain(value) for value in row)
        parts = msgspec.json.decode(segments, type=tuple[str, ...])
        task = TaskRequest(method, parts, query, msgspec.json.decode(headers, type=dict[str, str]), _bytes(body))
        incoming = Incoming(
            method=task.method,
            scheme=scheme,
            host=host,
            path="/".join((RECORD_PATH, *task.segments)),
            query=task.query,
            headers=task.headers,
            body=task.body,
            address="",
        )
        return msgspec.json.decode(caller, type=Caller), incoming, parts

    def finish(self, ticket: Ticket, answer: Answer, started: str, ended: str) -> None:
        """Keep what a task's call was answered."""
        with self._store.writing() as tx:
            (row,) = tx.rows(_TASK, (ticket.job, ticket.number))
            tx.update(
                "asynctask",
                (row["id"],),
                {
                    "status": answer.status,
                    "starttime": started,
                    "endtime": ended,
                    "answertype": answer.content_type,
                    "answerheaders": msgspec.json.encode(answer.headers).decode(),
                    "answerbody": _text(answer.body),
                },
            )
            job = tx.get("asyncjob", (ticket.job,))
            assert job is not None
            remaining = _whole(job["remaining"]) - 1
            changes: dict[str, Value] = {"remaining": remaining}
            if answer.status >= 400:
                changes["failed"] = _whole(job["failed"]) + 1
            if job["starttime"] is None:
                changes["starttime"] = started
            if remaining == 0:
                changes["endtime"] = ended
            tx.update("asyncjob", (ticket.job,), changes)

    def job(self, number: int, owner: str | None) -> JobState | None:
        """A job as it stands; None if there is none, or none of this owner (None: anybody's)."""
        with self._store.reading() as connection:
            rows = run(
                connection,
                "SELECT id, tasks, remaining, failed, starttime, endtime, owner FROM asyncjob WHERE id = ?",
                (number,),
            )
        if not rows or (owner is not None and rows[0][6] != owner):
            return None
        identifier, tasks, remaining, failed, start, end, _ = rows[0]
        return JobState(
            _whole(identifier),
            _whole(tasks),
            _whole(remaining),
            _whole(failed),
            _plain(start) or None,
            _plain(end) or None,
        )

    def task_state(self, ticket: Ticket) -> TaskState | None:
        """A task as it stands."""
        with self._store.reading() as connection:
            rows = run(
                connection,
                "SELECT status, starttime, endtime FROM asynctask WHERE job = ? AND number = ?",
                (ticket.job, ticket.number),
            )
        if not rows:
            return None
        status, start, end = rows[0]
        return TaskState(
            ticket.number, status if isinstance(status, int) else None, _plain(start) or None, _plain(end) or None
        )

    def answer(self, ticket: Ticket, origin: str) -> Answer | None:
        """What a task's call was answered, with links to the host that asks now; None before it has run."""
        with self._store.reading() as connection:
            rows = run(
                connection,
                "SELECT t.status, t.answertype, t.answerheaders, t.answerbody, j.scheme, j.host"
                " FROM asynctask t JOIN asyncjob j ON j.id = t.job WHERE t.job = ? AND t.number = ?",
                (ticket.job, ticket.number),
            )
        if not rows:
            return None
        status, media_type, headers, body, scheme, host = rows[0]
        if not isinstance(status, int):
            return None
        kept = msgspec.json.decode(_plain(headers) or "[]", type=tuple[tuple[str, str], ...])
        return _moved(
            Answer(status, _bytes(_plain(body)), _plain(media_type) or None, kept),
            f"{_plain(scheme)}://{_plain(host)}",
            origin,
        )


def _moved(answer: Answer, old: str, new: str) -> Answer:
    if old == new:
        return answer
    headers = tuple((name, _at(value, old, new) if name == "Location" else value) for name, value in answer.headers)
    body = answer.body.replace(f'"href":"{old}/'.encode(), f'"href":"{new}/'.encode())
    return Answer(answer.status, body, answer.content_type, headers)


def _at(address: str, old: str, new: str) -> str:
    return new + address.removeprefix(old) if address.startswith(f"{old}/") else address


def _text(body: bytes) -> str:
    """Any bytes as a text that gives them back, also those that are no UTF-8."""
    return body.decode("latin-1")


def _bytes(text: str) -> bytes:
    return text.encode("latin-1")


def _plain(value: Value) -> str:
    return "" if value is None else str(value)


def _whole(value: Value) -> int:
    assert isinstance(value, int)
    return value
