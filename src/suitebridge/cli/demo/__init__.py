"""``suitebridge demo``: the whole of it on one machine, against a sandbox started here."""

from suitebridge.cli.demo.command import demo_command

__all__ = ["demo_command"]
