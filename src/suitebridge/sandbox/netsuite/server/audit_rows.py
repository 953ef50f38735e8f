"""Writes logins into the table ``loginaudit``, a few at a time and never in the event loop."""

from __future__ import annotations

import sys
import traceback
from collections import deque
from zoneinfo import ZoneInfo

from suitebridge.sandbox.netsuite.login.audit import Attempt
from suitebridge.sandbox.netsuite.store import Store

TABLE = "loginaudit"


class AuditRows:
    """Collects attempts (`add`, any thread) until `flush` writes them (any thread)."""

    def __init__(self, store: Store, zone: str) -> None:
        self._store = store
        self._zone = ZoneInfo(zone)
        self._waiting: deque[Attempt] = deque()

    def add(self, attempt: Attempt) -> None:
        """Keep one attempt for the next flush."""
        self._waiting.append(attempt)

    def flush(self) -> None:
        """Write what waits; a store that cannot be written to costs the rows, not the answer."""
        if not self._waiting:
            return
        try:
            with self._store.writing() as transaction:
                while self._waiting:
                    attempt = self._waiting.popleft()
                    transaction.insert(
                        TABLE,
                        {
                            "id": transaction.next_id(TABLE),
                            "date": attempt.moment.astimezone(self._zone).strftime("%Y-%m-%d %H:%M:%S"),
                            "status": attempt.status,
                            "detail": attempt.detail,
                            "user": attempt.user,
                            "role": attempt.role_id,
                            "ipaddress": attempt.address or None,
                            "requesturi": attempt.request_uri or None,
                            "oauthappname": attempt.integration,
                            "oauthaccesstokenname": attempt.token_name,
                            "emailaddress": attempt.email,
                        },
                    )
        except Exception:
            traceback.print_exc(file=sys.stderr)
