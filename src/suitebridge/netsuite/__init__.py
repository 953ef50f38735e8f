"""NetSuite over REST and SuiteQL: clients, settings and errors. Names are loaded when they are first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from suitebridge.netsuite.account import Account
    from suitebridge.netsuite.client import AsyncNetSuite, NetSuite, make_transport
    from suitebridge.netsuite.pages import Page, fetch_page
    from suitebridge.netsuite.records import Records
    from suitebridge.netsuite.settings import NetSuiteSettings
    from suitebridge.netsuite.slots import AdaptiveSlots
    from suitebridge.netsuite.suiteql import Query
    from suitebridge.netsuite.transport import Response, Transport

__all__ = [
    "Account",
    "AdaptiveSlots",
    "AsyncNetSuite",
    "NetSuite",
    "NetSuiteSettings",
    "Page",
    "Query",
    "Records",
    "Response",
    "Transport",
    "fetch_page",
    "make_transport",
]

_HOME: Final = {
    "Account": "account",
    "AdaptiveSlots": "slots",
    "AsyncNetSuite": "client",
    "NetSuite": "client",
    "NetSuiteSettings": "settings",
    "Page": "pages",
    "Query": "suiteql",
    "Records": "records",
    "Response": "transport",
    "Transport": "transport",
    "fetch_page": "pages",
    "make_transport": "client",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
