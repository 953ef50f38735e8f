"""suitebridge connects NetSuite with the rest of a company's systems. Names are loaded when they are first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from suitebridge.errors import SuiteBridgeError
    from suitebridge.netsuite.client import AsyncNetSuite, NetSuite
    from suitebridge.netsuite.settings import NetSuiteSettings

__all__ = ["AsyncNetSuite", "NetSuite", "NetSuiteSettings", "SuiteBridgeError"]

_HOME: Final = {
    "AsyncNetSuite": "suitebridge.netsuite.client",
    "NetSuite": "suitebridge.netsuite.client",
    "NetSuiteSettings": "suitebridge.netsuite.settings",
    "SuiteBridgeError": "suitebridge.errors",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return [*__all__]
