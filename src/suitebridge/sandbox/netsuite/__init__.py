"""A local NetSuite: records, SuiteQL, logins and limits as the vendor documents them.

`Sandbox` runs in an event loop, `SandboxThread` beside synchronous code; both take `SandboxOptions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from suitebridge.sandbox.netsuite.options import OptionError, SandboxOptions
    from suitebridge.sandbox.netsuite.sandbox import PortTaken, Sandbox
    from suitebridge.sandbox.netsuite.thread import SandboxThread

__all__ = ["OptionError", "PortTaken", "Sandbox", "SandboxOptions", "SandboxThread"]

_HOMES = {
    "OptionError": "options",
    "PortTaken": "sandbox",
    "Sandbox": "sandbox",
    "SandboxOptions": "options",
    "SandboxThread": "thread",
}


def __getattr__(name: str) -> object:
    # The parts of the sandbox import each other through this package: none of them should start the whole of it.
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{home}"), name)
