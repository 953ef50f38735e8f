"""SuiteQL for the sandbox: `Engine.run` answers a page, `prepare` readies a connection for it."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.suiteql.engine import Engine, Page
from suitebridge.sandbox.netsuite.suiteql.errors import SuiteQLRefused
from suitebridge.sandbox.netsuite.suiteql.functions.register import prepare

__all__ = ["Engine", "Page", "SuiteQLRefused", "prepare"]
