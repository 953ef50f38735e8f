"""The bodies of job, task list and task (subsect_161278579295). Pure."""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.sandbox.netsuite.server.jobs.model import JobState, TaskState
from suitebridge.sandbox.netsuite.server.routes import JOB_PATH

Links = list[dict[str, str]]


def job_body(job: JobState, origin: str, started: str | None, quirks: Mapping[str, str]) -> dict[str, object]:
    """A job; `started` is since when a task of it runs now, if one does."""
    address = f"{origin}{JOB_PATH}/{job.id}"
    begun = job.start_time or started
    body: dict[str, object] = {
        "links": _self(address),
        "completed": job.remaining == 0,
        "id": str(job.id),
        "progress": _progress(job.remaining == 0, begun is not None, job.failed > 0, quirks),
    }
    if begun is not None:
        body["startTime"] = begun
    if job.end_time is not None:
        body["endTime"] = job.end_time
    return {**body, "task": {"links": _self(f"{address}/task")}}


def task_list_body(job: JobState, origin: str, quirks: Mapping[str, str]) -> dict[str, object]:
    """All tasks of a job by their links: in one item as Oracle's sample has it, or an item each."""
    address = f"{origin}{JOB_PATH}/{job.id}/task"
    links = [{"rel": "self", "href": f"{address}/{number}"} for number in range(1, job.tasks + 1)]
    grouped: list[Links] = [[link] for link in links] if quirks["job-task-list"] == "item-per-task" else [links]
    return {"links": _self(address), "count": len(grouped), "items": [{"links": each} for each in grouped]}


def task_body(
    job: JobState, task: TaskState, origin: str, started: str | None, quirks: Mapping[str, str]
) -> dict[str, object]:
    """One task; `started` is since when it runs now, if it does."""
    address = f"{origin}{JOB_PATH}/{job.id}/task/{task.number}"
    done = task.status is not None
    begun = task.start_time or started
    failed = task.status is not None and task.status >= 400
    body: dict[str, object] = {
        "links": [{"rel": "related", "href": f"{address}/result"}, *_self(address)],
        "completed": done,
        "id": str(task.number),
        "progress": _progress(done, begun is not None, failed, quirks),
    }
    if begun is not None:
        body["startTime"] = begun
    if task.end_time is not None:
        body["endTime"] = task.end_time
    return body


def _progress(done: bool, begun: bool, failed: bool, quirks: Mapping[str, str]) -> str:
    if not done:
        return quirks["job-running"] if begun else "pending"
    return quirks["job-failed"] if failed else "succeeded"


def _self(address: str) -> Links:
    return [{"rel": "self", "href": address}]
