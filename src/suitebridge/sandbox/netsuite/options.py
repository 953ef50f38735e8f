"""What a sandbox can be told at its start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

Data = Literal["empty", "small", "medium", "large"]

ACCOUNT = "1234567_SB1"
SLOTS = 15


class OptionError(ValueError):
    """An option that cannot be had; the text says what is wrong and what to do."""


def _no_shares() -> dict[str, int]:
    return {}


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """Options of one sandbox.

    `port` and `tls_port`: 0 picks one; no TLS without `tls_port`. `data`: the company to begin with, made from
    `seed` and from `today`, where its history ends. `slots`: the account's concurrency limit; `shares`: slots set
    aside, by the integration's name; `processors`: REST async processors, by the account's tier if None. `latency`:
    ``none``, ``typical`` or a TOML file of seconds. `features`: those that are on, or ``-name`` for those that are
    not; none given means all. `quirks`: ``name=value``. `faults`: a TOML file of ``[[fault]]`` orders. `state`: a
    file that keeps company and credentials between runs. `env_file`: where to write `env`. `role`: whose keys stand
    in `env` under the usual names. `key`: the kind of private key. `cache_dir`: where companies and the certificate
    authority are kept; the user's cache directory if None.
    """

    account: str = ACCOUNT
    host: str = "127.0.0.1"
    port: int = 0
    tls_port: int | None = None
    data: Data = "small"
    seed: int = 1
    today: date | None = None
    slots: int = SLOTS
    shares: Mapping[str, int] = field(default_factory=_no_shares)
    processors: int | None = None
    latency: str = "none"
    features: tuple[str, ...] = ()
    quirks: tuple[str, ...] = ()
    faults: Path | None = None
    state: Path | None = None
    env_file: Path | None = None
    role: Literal["administrator", "integration", "limited"] = "integration"
    key: Literal["ec", "rsa"] = "ec"
    cache_dir: Path | None = None


def account_form(account: str) -> str:
    """The account as realms spell it (``1234567_SB1``). Raises OptionError for what is no account id."""
    form = account.strip().upper().replace("-", "_")
    if not re.fullmatch(r"[A-Z0-9]+(_[A-Z0-9]+)?", form):
        raise OptionError(f"account {account!r} is not like 1234567 or 1234567_SB1")
    return form


def cache_directory(options: SandboxOptions) -> Path:
    """Where companies and the authority are kept between runs."""
    if options.cache_dir is not None:
        return options.cache_dir
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "suitebridge"
