"""What the bulk plane asks of NetSuite: pages of SuiteQL, and single records for the time zone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

import msgspec

from suitebridge.http.exchange import Broken, NotSent
from suitebridge.netsuite.pages import Page, fetch_page

if TYPE_CHECKING:
    from suitebridge.netsuite.client import AsyncNetSuite
    from suitebridge.netsuite.transport import Transport


@dataclass(frozen=True, slots=True)
class Source:
    """One account. All methods raise what the transport raises, and QueryError."""

    transport: Transport
    account: str

    @property
    def slots(self) -> int:
        """How many calls may run at once now."""
        return max(1, self.transport.slots.limit)

    async def log_in(self) -> None:
        """Have the login ready before the first call needs it. Raises LoginError where it is refused."""
        url = f"{self.transport.rest_url}/services/rest/query/v1/suiteql"
        # What does not come through now is tried again, and told, by the first call.
        with suppress(NotSent, Broken):
            await self.transport.authorizer.sign("POST", url)

    async def page(self, sql: str, table: str) -> Page:
        """The first 1,000 rows of a query; `table` is named in errors."""
        return await fetch_page(self.transport, sql, work="bulk", record=table)

    async def rows(self, sql: str, table: str = "SuiteQL") -> list[dict[str, object]]:
        """The first 1,000 rows of a query as dicts with lower-case keys; a null column is missing from its row."""
        return (await self.page(sql, table)).rows()

    async def record(self, record_type: str, internal_id: str) -> Mapping[str, object]:
        """One record as REST shows it."""
        path = f"/services/rest/record/v1/{quote(record_type)}/{quote(internal_id)}"
        answer = await self.transport.request("GET", path, work="bulk", record=f"{record_type} {internal_id}")
        return cast(Mapping[str, object], msgspec.json.decode(answer.body))


def source_of(netsuite: AsyncNetSuite) -> Source:
    """What the bulk plane asks of a client."""
    return Source(netsuite.transport, netsuite.settings.account.realm)
