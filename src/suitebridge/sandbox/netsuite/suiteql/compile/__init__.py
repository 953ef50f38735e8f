"""SuiteQL's syntax tree to SQLite's SQL, with types, scales and Oracle's rules."""

from __future__ import annotations

from importlib import import_module

_COMPILERS = (
    "names",
    "arithmetic",
    "conditions",
    "calls",
    "calls_numbers",
    "calls_text",
    "calls_dates",
    "calls_general",
    "aggregates",
    "windows",
    "builtin",
    "select",
    "set_operations",
)


def register_all() -> None:
    """Import every module that registers compilers of nodes or functions."""
    for name in _COMPILERS:
        import_module(f"{__name__}.{name}")
