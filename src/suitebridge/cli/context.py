"""What every command gets: where its settings come from and how it speaks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rich.console import Console

from suitebridge.config import Config, load

if TYPE_CHECKING:
    from suitebridge.netsuite.settings import NetSuiteSettings
    from suitebridge.types import Work


@dataclass
class Context:
    """The global options. ``console`` is for people and writes to standard error under ``--json``."""

    file: Path | None = None
    profile: str | None = None
    json: bool = False
    quiet: bool = False
    verbose: bool = False
    console: Console = field(default_factory=Console)

    @cached_property
    def config(self) -> Config:
        """The configuration in force. Raises ConfigError."""
        return load(self.file, self.profile)

    def settings(self) -> NetSuiteSettings:
        """What the NetSuite client needs. Raises ConfigError naming what is missing."""
        from suitebridge.netsuite.settings import NetSuiteSettings

        settings = NetSuiteSettings.from_env(self.config.netsuite_environment())
        shares = self.config.netsuite_shares()
        return replace(settings, shares=cast("dict[Work, float]", shares)) if shares else settings
