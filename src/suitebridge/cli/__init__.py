"""The command line: ``suitebridge``. One file a command; no logic of its own."""

from suitebridge.cli.app import app, main

__all__ = ["app", "main"]
