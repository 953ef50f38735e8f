"""The system service: the server's time, and the concurrency limits (article_0625010817)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.server.errors import JSON_TYPE, NO_PERMISSION, Answer, refused
from suitebridge.sandbox.netsuite.server.governance import Pool

ADMINISTRATOR_ROLE = 3


def server_time(now: datetime) -> Answer:
    """The time in UTC, always with milliseconds."""
    text = f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z"
    return Answer(200, json.dumps({"serverTime": text}, separators=(",", ":")).encode(), JSON_TYPE)


def governance_limits(caller: Caller, pool: Pool, quirks: Mapping[str, str]) -> Answer:
    """The limits as the calling integration sees them. Raises Refused for all but administrators."""
    if caller.role_id != ADMINISTRATOR_ROLE:
        raise refused(int(quirks["governance-refusal"]), "INSUFFICIENT_PERMISSION", NO_PERMISSION)
    return Answer(200, json.dumps(pool.limits_for(caller.integration), separators=(",", ":")).encode(), JSON_TYPE)
