"""Asynchronous REST jobs and their tasks, kept with the company so that a job that was accepted is never lost."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.schema.define import identity, integer, table, text
from suitebridge.sandbox.netsuite.schema.model import Table

TABLES: tuple[Table, ...] = (
    table(
        "asyncjob",
        identity(),
        text("caller", "owner", "keyscope", "idempotencykey", "scheme", "host", "mode", "starttime", "endtime"),
        integer("tasks", "remaining", "failed"),
        required="caller owner scheme host mode tasks remaining failed",
        indexes=("idempotencykey",),
        hidden=True,
    ),
    table(
        "asynctask",
        identity(),
        integer("job", "number"),
        text("method", "segments", "query", "headers", "body"),
        text("starttime", "endtime", "answertype", "answerheaders", "answerbody"),
        integer("status"),
        required="job number method segments headers",
        indexes=("job number",),
        hidden=True,
    ),
)
