"""Checks above the login: may the role read records, run SuiteQL, see the tables, and how many slots are there.

Pages: REST web services prerequisites (section_1540391670 family), SuiteQL permissions (section_158394344595),
governanceLimits (article_0625010817).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol, cast

import msgspec

from suitebridge.netsuite.doctor.findings import Cause, Finding, noted, right, wrong
from suitebridge.netsuite.doctor.login import FEATURES, ROLES
from suitebridge.netsuite.errors import (
    ConcurrencyLimitError,
    LoginError,
    NetSuiteError,
    NotFoundError,
    PermissionDeniedError,
    QueryError,
    UnknownTableError,
    ValidationError,
)

if TYPE_CHECKING:
    from suitebridge.netsuite.transport import Response

SUITEQL = "/services/rest/query/v1/suiteql"
RECORD = "/services/rest/record/v1/currency/1"
GOVERNANCE = "/services/rest/system/v1/governanceLimits"

TABLES = {
    "account": "Lists › Accounts",
    "customer": "Lists › Customers",
    "employee": "Lists › Employees",
    "item": "Lists › Items",
    "transaction": "Transactions › Find Transaction",
    "vendor": "Lists › Vendors",
}
"""Tables that nearly every export reads, and the permission that shows each."""


class Caller(Protocol):
    """What the checks need of a client."""

    async def request(
        self, method: str, path: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Response:
        """Send one call."""
        ...


async def check_records(caller: Caller) -> Finding:
    """Whether single records can be read: feature and permission REST Web Services."""
    try:
        await caller.request("GET", RECORD)
    except NotFoundError:
        return right("records", "can be read")
    except PermissionDeniedError as error:
        return noted("records", f"REST answers, but this role may not read currencies: {error.message}")
    except LoginError:
        raise
    except NetSuiteError as error:
        return wrong(
            "records",
            f"REST web services answer {error.status}: {error.message}",
            Cause("the feature REST Web Services is off", "enable it", FEATURES),
            Cause(
                "the role lacks REST Web Services",
                'add "REST Web Services", level Full',
                f"{ROLES} › the role › Permissions › Setup",
            ),
        )
    return right("records", "can be read")


async def check_suiteql(caller: Caller, records: Finding) -> Finding:
    """Whether SuiteQL can be used: feature and permission SuiteAnalytics Workbook."""
    try:
        await query(caller, "SELECT 1 AS one FROM dual")
    except LoginError:
        raise
    except (QueryError, ValidationError, PermissionDeniedError) as error:
        readable = ", while records can be read" if records.state == "right" else ""
        return wrong(
            "SuiteQL",
            f"{error.status} {error.code or ''} on every query{readable}",
            Cause(
                "the role lacks SuiteAnalytics Workbook",
                'add "SuiteAnalytics Workbook", level Edit',
                f"{ROLES} › the role › Permissions › Reports",
            ),
            Cause(
                "the feature SuiteAnalytics Workbook is off",
                "enable it",
                "Setup › Company › Enable Features › Analytics",
            ),
        )
    return right("SuiteQL", "answers")


async def check_tables(caller: Caller) -> Finding:
    """Which of the usual tables the role sees."""
    seen = await asyncio.gather(*(_sees(caller, table) for table in TABLES))
    hidden = [table for table, visible in zip(TABLES, seen, strict=True) if not visible]
    if not hidden:
        return right("permissions", f"sees {', '.join(TABLES)}")
    if len(hidden) == len(TABLES):
        return wrong(
            "permissions",
            "the role sees none of the usual tables",
            Cause(
                "the role has no list or transaction permissions",
                "add, level View: " + ", ".join(TABLES.values()),
                f"{ROLES} › the role › Permissions",
            ),
        )
    missing = ", ".join(f"{table} ({TABLES[table]})" for table in hidden)
    return noted("permissions", f"the role does not see {missing}; the rest can be exported")


async def check_features(caller: Caller) -> Finding:
    """What kind of company it is: OneWorld or not, how many currencies."""
    try:
        subsidiaries = await query(caller, "SELECT COUNT(id) AS found FROM subsidiary")
    except (UnknownTableError, PermissionDeniedError, QueryError):
        return right("features", "a single company, without OneWorld (or the role sees no subsidiaries)")
    try:
        currencies = await query(caller, "SELECT COUNT(id) AS found FROM currency")
    except QueryError:
        currencies = []
    count = int(subsidiaries[0]["found"])
    money = f", {int(currencies[0]['found'])} currencies" if currencies else ""
    return right("features", f"OneWorld with {count} subsidiaries{money}")


async def check_slots(caller: Caller, configured: int | str) -> Finding:
    """How many calls may run at once, where the role may know it."""
    try:
        response = await caller.request("GET", GOVERNANCE)
    except ConcurrencyLimitError:
        return wrong(
            "slots",
            "all slots of the account are in use, so that not one call came through",
            Cause(
                "other integrations use the whole pool",
                "see who they are, and give each its share",
                "Setup › Integration › Integration Governance",
            ),
        )
    except (PermissionDeniedError, NotFoundError, ValidationError):
        start = "it starts with 5 and learns" if configured == "auto" else f"{configured} are configured"
        return noted("slots", f"only an administrator may read the limit; {start}")
    limits = cast(dict[str, object], msgspec.json.decode(response.body))
    account, own = limits.get("accountConcurrencyLimit"), limits.get("integrationConcurrencyLimit")
    free = limits.get("accountUnallocatedConcurrencyLimit")
    if own is not None:
        return right("slots", f"{own} for this integration alone, of {account} in the account")
    return right("slots", f"{account} in the account, {free} of them shared by all integrations without a share")


async def query(caller: Caller, sql: str) -> list[dict[str, str]]:
    """The rows of one page."""
    response = await caller.request(
        "POST", SUITEQL, body=msgspec.json.encode({"q": sql}), headers={"Prefer": "transient"}
    )
    page = cast(dict[str, object], msgspec.json.decode(response.body))
    return cast(list[dict[str, str]], page.get("items", []))


async def _sees(caller: Caller, table: str) -> bool:
    try:
        await query(caller, f"SELECT id FROM {table} FETCH FIRST 1 ROWS ONLY")
    except (QueryError, PermissionDeniedError):
        return False
    return True
