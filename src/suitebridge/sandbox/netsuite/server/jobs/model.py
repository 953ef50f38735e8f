"""What a job is made of before and after it has run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from suitebridge.sandbox.netsuite.caller import Caller

Mode = Literal["sequential", "parallel"]


@dataclass(frozen=True, slots=True)
class TaskRequest:
    """One record call as it would have come by itself. `segments` are the decoded parts of the path."""

    method: str
    segments: tuple[str, ...]
    query: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Submission:
    """A job that is asked for: who asks, on which host, and its calls in their order."""

    caller: Caller
    scheme: str
    host: str
    mode: Mode
    tasks: tuple[TaskRequest, ...]
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """One task in line: the job's id and the task's number in it, from 1."""

    job: int
    number: int


Strand = tuple[Ticket, ...]
"""Tasks that one processor runs one after another."""


@dataclass(frozen=True, slots=True)
class JobState:
    """A job as it stands. Times are UTC, ``2020-12-09T12:04:28Z``."""

    id: int
    tasks: int
    remaining: int
    failed: int
    start_time: str | None
    end_time: str | None


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task as it stands; `status` is that of its answer once it has run."""

    number: int
    status: int | None
    start_time: str | None
    end_time: str | None


def strands_of(job: int, numbers: list[int], mode: Mode) -> list[Strand]:
    """How the tasks of a job are handed out: in one line, or each on its own."""
    tickets = [Ticket(job, number) for number in numbers]
    return [(ticket,) for ticket in tickets] if mode == "parallel" else [tuple(tickets)]
