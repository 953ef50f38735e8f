"""The REST record service of the sandbox: see `RecordService`."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.access import PERMISSIONS
from suitebridge.sandbox.netsuite.records.errors import Detail, RecordRefused
from suitebridge.sandbox.netsuite.records.service import ListPage, RecordService
from suitebridge.sandbox.netsuite.records.wire import decode, encode
from suitebridge.sandbox.netsuite.records.writing import WriteResult

__all__ = [
    "PERMISSIONS",
    "Detail",
    "ListPage",
    "RecordRefused",
    "RecordService",
    "WriteResult",
    "decode",
    "encode",
]
