"""Asynchronous jobs: submission, batches, idempotency keys, processors, results (chapter_161251386312)."""
