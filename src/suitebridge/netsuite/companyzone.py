"""The zone of the company's date-times for one client: from its settings, or found out once when it is first
needed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

from suitebridge.netsuite.pages import fetch_page
from suitebridge.netsuite.records import Records
from suitebridge.netsuite.transport import Transport
from suitebridge.netsuite.zone import find_zone

_LOG: Final = logging.getLogger("suitebridge.netsuite")


class CompanyZone:
    """Knows the zone, or finds it by comparing dates that REST and SuiteQL show of the same records."""

    def __init__(self, known: ZoneInfo | None, transport: Transport, records: Records) -> None:
        self.known = known
        self._transport = transport
        self._records = records
        self._lock = asyncio.Lock()

    async def find(self) -> ZoneInfo:
        """The zone.

        It takes two or three calls the first time, if the settings do not name it. Raises ConfigError.
        """
        async with self._lock:
            if self.known is None:
                found = await find_zone(self._rows, self._record)
                if not found.certain:
                    _LOG.warning("The company's zone is taken to be %s: %s.", found.name, found.how)
                self.known = ZoneInfo(found.name)
            return self.known

    async def _rows(self, sql: str) -> list[dict[str, object]]:
        return (await fetch_page(self._transport, sql, work=self._records.work)).rows()

    async def _record(self, record_type: str, internal_id: str) -> Mapping[str, object]:
        return await self._records.get(record_type, internal_id)


def needs_zone(values: Mapping[str, object]) -> bool:
    """Whether a date-time with a zone is among these parameters, or in a list among them."""
    return any(_zoned(value) for value in values.values())


def _zoned(value: object) -> bool:
    if isinstance(value, list | tuple | set | frozenset):
        return any(_zoned(item) for item in cast("Collection[object]", value))
    return isinstance(value, datetime) and value.tzinfo is not None
