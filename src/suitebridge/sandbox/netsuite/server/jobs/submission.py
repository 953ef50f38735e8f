"""From a record call with ``Prefer: respond-async`` to the job it asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.jobs.batch import is_batch, tasks_of
from suitebridge.sandbox.netsuite.server.jobs.model import Submission, TaskRequest

IDEMPOTENCY_KEY = "x-netsuite-idempotency-key"

_KEPT = frozenset({"accept", "accept-language", "content-type"})
_KEPT_PREFIX = "x-netsuite-"


def is_asynchronous(incoming: Incoming, segments: tuple[str, ...], quirks: Mapping[str, str]) -> bool:
    """Whether a record call is to become a job."""
    if incoming.prefers("respond-async"):
        return True
    batch_delete = incoming.method == "DELETE" and len(segments) == 1 and "ids" in incoming.parameters
    return batch_delete and quirks["batch-delete-prefer"] == "ignore"


def submission_of(incoming: Incoming, segments: tuple[str, ...], caller: Caller) -> Submission:
    """The job that a call asks for. Raises Refused where the call itself cannot be, such as a batch of 101."""
    # What proves the caller has no place in a job that is kept.
    headers = {
        name: value
        for name, value in incoming.headers.items()
        if name in _KEPT or (name.startswith(_KEPT_PREFIX) and name != IDEMPOTENCY_KEY)
    }
    if is_batch(incoming, segments):
        tasks = tasks_of(incoming, segments[0], headers)
    else:
        tasks = (TaskRequest(incoming.method, segments, incoming.query, headers, incoming.body),)
    parallel = incoming.preference("batch-processing") == "parallel"
    return Submission(
        caller,
        incoming.scheme,
        incoming.host,
        "parallel" if parallel else "sequential",
        tasks,
        incoming.headers.get(IDEMPOTENCY_KEY, "").strip() or None,
    )
