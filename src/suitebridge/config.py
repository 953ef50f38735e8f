"""Finds and reads ``suitebridge.toml``, lays a profile over it, and resolves ``env:``, ``file:`` and ``keyring:``.

A file is optional: every setting of a system can come from the environment, which wins over the file.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from suitebridge.errors import ConfigError

FILE_NAME = "suitebridge.toml"

NETSUITE_KEYS = {
    "account": "NETSUITE_ACCOUNT",
    "auth": "NETSUITE_AUTH",
    "rest_url": "NETSUITE_REST_URL",
    "restlet_url": "NETSUITE_RESTLET_URL",
    "soap_url": "NETSUITE_SOAP_URL",
    "client_id": "NETSUITE_CLIENT_ID",
    "client_secret": "NETSUITE_CLIENT_SECRET",
    "certificate_id": "NETSUITE_CERTIFICATE_ID",
    "private_key_file": "NETSUITE_PRIVATE_KEY_FILE",
    "consumer_key": "NETSUITE_CONSUMER_KEY",
    "consumer_secret": "NETSUITE_CONSUMER_SECRET",
    "token_id": "NETSUITE_TOKEN_ID",
    "token_secret": "NETSUITE_TOKEN_SECRET",
    "zone": "NETSUITE_ZONE",
}
"""Keys of ``[netsuite]`` and the environment variable that means the same."""

_SECTIONS = {
    "netsuite", "salesforce", "databases", "files", "exports", "flows",
    "webhooks", "service", "network", "ledger", "profiles",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportDefinition:
    """One ``[exports.NAME]`` of the file, as written. Missing keys are None or empty."""

    name: str
    tables: tuple[str, ...]
    to: str | None = None
    layout: str | None = None
    schema: str | None = None
    since: str | None = None
    hash: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    where: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force: the file's, with the profile laid over them, and the environment.

    `path` is None when there is no file. Secrets are resolved when they are asked for, not before.
    """

    path: Path | None
    values: Mapping[str, object]
    environ: Mapping[str, str]

    def netsuite_environment(self) -> dict[str, str]:
        """All ``NETSUITE_*`` settings by the name of their variable; the environment wins over the file.

        Raises:
            ConfigError: a key of ``[netsuite]`` is unknown, or a reference in it cannot be resolved.
        """
        section = self._table("netsuite")
        found: dict[str, str] = {}
        for key, value in section.items():
            if key == "slots":
                slots = self._as_table(value, "netsuite.slots")
                for name, variable in (("limit", "NETSUITE_SLOTS"), ("reserve", "NETSUITE_RESERVE")):
                    if name in slots:
                        found[variable] = str(slots[name])
                continue
            variable = NETSUITE_KEYS.get(key)
            if variable is None:
                raise self.unknown(f"netsuite.{key}", key, [*NETSUITE_KEYS, "slots"])
            if isinstance(value, list):
                found[variable] = ",".join(str(entry) for entry in cast(list[object], value))
            else:
                found[variable] = self.resolve(str(value), f"netsuite.{key}")
        network = self._table("network")
        for key, variable in (("ca", "NETSUITE_CA_FILE"), ("proxy", "NETSUITE_PROXY")):
            if key in network:
                text = str(network[key])
                found[variable] = text.removeprefix("file:") if key == "ca" else self.resolve(text, f"network.{key}")
        if "timeout" in network:
            found["NETSUITE_TIMEOUT"] = str(network["timeout"]).removesuffix("s").strip()
        known = {
            name: value
            for name, value in self.environ.items()
            if value and (name.startswith("NETSUITE_") or name == "SUITEBRIDGE_SANDBOX_CA")
        }
        return {**found, **known}

    def netsuite_shares(self) -> dict[str, float]:
        """``[netsuite] slots.shares``: parts of the slots, from 0 to 1, by kind of work. Raises ConfigError."""
        slots = self._as_table(self._table("netsuite").get("slots", {}), "netsuite.slots")
        shares = self._as_table(slots.get("shares", {}), "netsuite.slots.shares")
        for work, part in shares.items():
            if work not in ("interactive", "realtime", "bulk"):
                raise self.unknown(f"netsuite.slots.shares.{work}", work, ["interactive", "realtime", "bulk"])
            if not isinstance(part, int | float):
                place = f"netsuite.slots.shares.{work}"
                raise ConfigError(f"{place} must be a part from 0 to 1, found {part!r}", record=self._place(place))
        return {work: float(cast(float, part)) for work, part in shares.items()}

    def database_url(self, name: str) -> str | None:
        """The URL of ``[databases.NAME]``, or None where the file has no such database."""
        databases = self._table("databases")
        if name not in databases:
            return None
        section = self._as_table(databases[name], f"databases.{name}")
        if "url" not in section:
            raise ConfigError(f"databases.{name} has no url", record=self._place(f"databases.{name}.url"))
        return self.resolve(str(section["url"]), f"databases.{name}.url")

    def export(self, name: str) -> ExportDefinition | None:
        """The ``[exports.NAME]`` of that name, or None."""
        exports = self._table("exports")
        if name not in exports:
            return None
        place = f"exports.{name}"
        section = self._as_table(exports[name], place)
        known = {
            "from",
            "tables",
            "to",
            "layout",
            "schema",
            "since",
            "hash",
            "exclude",
            "columns",
            "where",
            "when",
            "full",
        }
        for key in section:
            if key not in known:
                raise self.unknown(f"{place}.{key}", key, sorted(known))
        if not section.get("tables"):
            raise ConfigError(f"{place} names no tables", record=self._place(f"{place}.tables"))
        return ExportDefinition(
            name=name,
            tables=_texts(section["tables"]),
            to=_text(section.get("to")),
            layout=_text(section.get("layout")),
            schema=_text(section.get("schema")),
            since=_text(section.get("since")),
            hash=_texts(section.get("hash", [])),
            exclude=_texts(section.get("exclude", [])),
            columns={
                table: _texts(columns)
                for table, columns in self._as_table(section.get("columns", {}), f"{place}.columns").items()
            },
            where={
                table: str(text) for table, text in self._as_table(section.get("where", {}), f"{place}.where").items()
            },
        )

    def export_names(self) -> list[str]:
        """Names of all ``[exports.*]``."""
        return sorted(self._table("exports"))

    def resolve(self, text: str, key: str) -> str:
        """The value behind ``env:NAME``, ``file:PATH`` or ``keyring:NAME``; any other text is itself.

        Raises:
            ConfigError: the variable, file or keyring entry is not there; `key` is named, the value never.
        """
        scheme, _, rest = text.partition(":")
        if scheme == "env":
            value = self.environ.get(rest)
            if not value:
                raise ConfigError(
                    f"{key} points to the variable {rest}, which is not set",
                    record=self._place(key),
                    remedy=f"set {rest}",
                )
            return value
        if scheme == "file":
            path = Path(rest).expanduser()
            if not path.is_absolute() and self.path is not None:
                path = self.path.parent / path
            if key.endswith("_file"):
                return str(path)
            try:
                return path.read_text().strip()
            except OSError as error:
                raise ConfigError(
                    f"{key} points to the file {path}, which cannot be read: {error.strerror}",
                    record=self._place(key),
                ) from error
        if scheme == "keyring":
            return self._from_keyring(rest, key)
        return text

    def unknown(self, key: str, word: str, known: list[str]) -> ConfigError:
        """The error for a word that has no meaning at `key`, with the nearest of the known ones."""
        near = difflib.get_close_matches(word, known, n=1)
        return ConfigError(
            f"unknown setting {key}",
            record=self._place(key),
            remedy=f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}",
        )

    def _from_keyring(self, name: str, key: str) -> str:
        try:
            import keyring  # pyright: ignore[reportMissingImports]  # optional, and only where it is asked for
        except ImportError as error:
            raise ConfigError(
                f"{key} is in the system keyring, but the package 'keyring' is not installed",
                record=self._place(key),
                remedy="pip install keyring",
            ) from error
        value = cast("str | None", keyring.get_password("suitebridge", name))  # pyright: ignore[reportUnknownMemberType]
        if value is None:
            raise ConfigError(
                f"{key}: the system keyring has no entry {name!r} of the service 'suitebridge'",
                record=self._place(key),
            )
        return value

    def _table(self, name: str) -> Mapping[str, object]:
        return self._as_table(self.values.get(name, {}), name)

    def _as_table(self, value: object, key: str) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise ConfigError(f"{key} must be a table, found {type(value).__name__}", record=self._place(key))
        return cast(Mapping[str, object], value)

    def _place(self, key: str) -> str:
        return f"{self.path.name if self.path else 'environment'}: {key}"


def load(path: Path | None = None, profile: str | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """Read the configuration.

    Args:
        path: the file; None looks for ``suitebridge.toml`` here and in every folder above.
        profile: the ``[profiles.NAME]`` whose tables are laid over the rest.
        environ: the environment; None means the process's own.

    Raises:
        ConfigError: the file is not there, is no TOML, has unknown sections, or has no such profile.
    """
    environ = os.environ if environ is None else environ
    found = path if path is not None else _upward(Path.cwd())
    if found is None:
        if profile is not None:
            raise ConfigError(f"there is no {FILE_NAME} in which to look for the profile {profile!r}", record=FILE_NAME)
        return Config(None, {}, environ)
    try:
        values = cast(dict[str, object], tomllib.loads(found.read_text()))
    except OSError as error:
        raise ConfigError(f"cannot read {found}: {error.strerror}", record=str(found)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{found} is not valid TOML: {error}", record=str(found)) from error
    config = Config(found, values, environ)
    for section in values:
        if section not in _SECTIONS:
            raise config.unknown(section, section, sorted(_SECTIONS))
    if profile is None:
        return config
    profiles = cast(dict[str, object], values.get("profiles", {}))
    if profile not in profiles:
        raise config.unknown(f"profiles.{profile}", profile, sorted(profiles))
    overlay = cast(dict[str, object], profiles[profile])
    return Config(found, _overlaid(values, overlay), environ)


def _overlaid(base: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[key] = _overlaid(cast(Mapping[str, object], below), cast(Mapping[str, object], value))
        else:
            merged[key] = value
    return merged


def _upward(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(entry) for entry in cast(list[object], value)) if isinstance(value, list) else (str(value),)
