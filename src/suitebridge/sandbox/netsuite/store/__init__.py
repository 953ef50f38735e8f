"""Where the sandbox keeps a company: see `Store`."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.store.connections import Prepare
from suitebridge.sandbox.netsuite.store.errors import DuplicateKey, InvalidValue, StoreError
from suitebridge.sandbox.netsuite.store.moments import Now, company_time
from suitebridge.sandbox.netsuite.store.statements import Value
from suitebridge.sandbox.netsuite.store.store import DEFAULT_ZONE, Store
from suitebridge.sandbox.netsuite.store.transaction import Row, Transaction

__all__ = [
    "DEFAULT_ZONE",
    "DuplicateKey",
    "InvalidValue",
    "Now",
    "Prepare",
    "Row",
    "Store",
    "StoreError",
    "Transaction",
    "Value",
    "company_time",
]
