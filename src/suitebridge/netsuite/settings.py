"""The settings of one NetSuite connection and how they are read from the environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, cast, get_args

from suitebridge.config import Config
from suitebridge.errors import ConfigError
from suitebridge.http.redaction import Secret, redact
from suitebridge.netsuite.account import Account
from suitebridge.types import Work

AuthMethod = Literal["certificate", "tba"]

_CERTIFICATE: Final = ("NETSUITE_CLIENT_ID", "NETSUITE_CERTIFICATE_ID", "NETSUITE_PRIVATE_KEY_FILE")
_TBA: Final = (
    "NETSUITE_CONSUMER_KEY",
    "NETSUITE_CONSUMER_SECRET",
    "NETSUITE_TOKEN_ID",
    "NETSUITE_TOKEN_SECRET",
)
_WHERE: Final = {
    "NETSUITE_CLIENT_ID": "It is shown once, when the integration record is saved.",
    "NETSUITE_CERTIFICATE_ID": "Setup > Integration > OAuth 2.0 Client Credentials (M2M) Setup shows it.",
    "NETSUITE_PRIVATE_KEY_FILE": "Give the path of the PEM file whose certificate was uploaded to NetSuite.",
    "NETSUITE_CONSUMER_KEY": "It is shown once, when the integration record is saved.",
    "NETSUITE_CONSUMER_SECRET": "It is shown once, when the integration record is saved.",
    "NETSUITE_TOKEN_ID": "Setup > Users/Roles > Access Tokens shows it once, when the token is made.",
    "NETSUITE_TOKEN_SECRET": "Setup > Users/Roles > Access Tokens shows it once, when the token is made.",
}


def _no_shares() -> Mapping[Work, float]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class NetSuiteSettings:
    """Everything that a client needs to know. Secrets are wrapped and never print themselves.

    Attributes:
        account: the account id.
        rest_url, restlet_url: base URLs without a slash at the end; empty means Oracle's own hosts.
        auth: the ways of logging in, tried in this order.
        client_id, certificate_id, private_key_file: for ``certificate`` (PEM; an EC or RSA key).
        consumer_key, consumer_secret, token_id, token_secret: for ``tba``.
        slots: how many calls may run at once, or "auto" to learn it.
        reserve: slots left to others; None means none up to five slots and one above.
        shares: parts of the slots, from 0 to 1, that a kind of work is sure of.
        timeout: seconds in which an answer must come.
        ca_file: PEM file of an authority trusted besides the system's.
        proxy: URL of an HTTP proxy.
        zone: IANA name of the zone in which SuiteQL shows date-times: the company's.
    """

    account: Account
    rest_url: str = ""
    restlet_url: str = ""
    auth: tuple[AuthMethod, ...] = ("certificate",)
    client_id: str | None = None
    certificate_id: str | None = None
    private_key_file: Path | None = None
    consumer_key: str | None = None
    consumer_secret: Secret | None = None
    token_id: str | None = None
    token_secret: Secret | None = None
    slots: int | Literal["auto"] = "auto"
    reserve: int | None = None
    shares: Mapping[Work, float] = field(default_factory=_no_shares)
    timeout: float = 300.0
    ca_file: Path | None = None
    proxy: Secret | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "rest_url", (self.rest_url or self.account.suitetalk_url).rstrip("/"))
        object.__setattr__(self, "restlet_url", (self.restlet_url or self.account.restlets_url).rstrip("/"))
        _check(self)

    @property
    def token_url(self) -> str:
        """The OAuth 2.0 token endpoint, which is also the audience of the client assertion."""
        return f"{self.rest_url}/services/rest/auth/oauth2/v1/token"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> NetSuiteSettings:
        """Reads the ``NETSUITE_*`` variables (of this process if none are given).

        A value may be ``file:PATH`` or ``keyring:NAME``. Without ``NETSUITE_AUTH`` the way of logging in is the
        one whose variables are set, the certificate first. Raises ConfigError that names the variable.
        """
        if environ is None:
            import os

            environ = os.environ
        read = _Reader(environ)
        auth = _auth_methods(environ)
        account_text = read.required("NETSUITE_ACCOUNT", "Set it to the account id, such as 1234567_SB1.")
        settings: dict[str, object] = {}
        if "certificate" in auth:
            settings["client_id"] = read.required("NETSUITE_CLIENT_ID")
            settings["certificate_id"] = read.required("NETSUITE_CERTIFICATE_ID")
            settings["private_key_file"] = Path(read.required("NETSUITE_PRIVATE_KEY_FILE")).expanduser()
        if "tba" in auth:
            settings["consumer_key"] = read.required("NETSUITE_CONSUMER_KEY")
            settings["consumer_secret"] = Secret(read.required("NETSUITE_CONSUMER_SECRET"))
            settings["token_id"] = read.required("NETSUITE_TOKEN_ID")
            settings["token_secret"] = Secret(read.required("NETSUITE_TOKEN_SECRET"))
        ca_file = read.optional("NETSUITE_CA_FILE") or read.optional("SUITEBRIDGE_SANDBOX_CA")
        proxy = read.optional("NETSUITE_PROXY")
        return cls(
            account=_account(account_text),
            rest_url=read.url("NETSUITE_REST_URL"),
            restlet_url=read.url("NETSUITE_RESTLET_URL"),
            auth=auth,
            slots=_slots(read.optional("NETSUITE_SLOTS")),
            reserve=read.integer("NETSUITE_RESERVE", least=0),
            timeout=read.seconds("NETSUITE_TIMEOUT", default=300.0),
            ca_file=Path(ca_file).expanduser() if ca_file else None,
            proxy=Secret(proxy) if proxy else None,
            zone=read.optional("NETSUITE_ZONE"),
            **cast("dict[str, str]", settings),  # pyright: ignore[reportArgumentType]
        )


class _Reader:
    """Reads variables one by one, with the error that fits each."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._config = Config(path=None, values={}, environ=environ)

    def optional(self, name: str) -> str | None:
        text = self._config.environ.get(name, "").strip()
        if not text:
            return None
        if name.endswith("_FILE"):
            return text.removeprefix("file:")
        return self._config.resolve(text, name)

    def required(self, name: str, remedy: str | None = None) -> str:
        text = self.optional(name)
        if text is None:
            raise ConfigError(
                f"The environment variable {name} is not set.",
                record=name,
                remedy=remedy or f"Set {name}. {_WHERE.get(name, '')}".strip(),
            )
        return text

    def url(self, name: str) -> str:
        text = self.optional(name) or ""
        if text and not text.startswith(("https://", "http://")):
            raise ConfigError(
                f"{name} must begin with https:// (or http:// for a local sandbox); it is {redact(text)!r}.",
                record=name,
                remedy=f"Give {name} as a URL without a path, or unset it to use NetSuite's own host.",
            )
        return text

    def integer(self, name: str, *, least: int) -> int | None:
        text = self.optional(name)
        if text is None:
            return None
        return _whole(name, text, least)

    def seconds(self, name: str, *, default: float) -> float:
        text = self.optional(name)
        if text is None:
            return default
        try:
            number = float(text.removesuffix("s").strip())
        except ValueError:
            number = -1.0
        if not 0 < number < float("inf"):
            raise ConfigError(
                f"{name} must be a number of seconds; it is {text!r}.", record=name, remedy=f"Set {name}, e.g. to 300."
            )
        return number


def _whole(name: str, text: str, least: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() else least - 1
    if number < least:
        raise ConfigError(
            f"{name} must be a whole number of at least {least}; it is {text!r}.",
            record=name,
            remedy=f"Correct {name}.",
        )
    return number


def _slots(text: str | None) -> int | Literal["auto"]:
    if text is None or text == "auto":
        return "auto"
    return _whole("NETSUITE_SLOTS", text, 1)


def _account(text: str) -> Account:
    try:
        return Account.parse(text)
    except ConfigError as error:
        raise ConfigError(error.message, record="NETSUITE_ACCOUNT", remedy=error.remedy) from error


def _auth_methods(environ: Mapping[str, str]) -> tuple[AuthMethod, ...]:
    text = environ.get("NETSUITE_AUTH", "").strip()
    if not text:
        has_certificate = any(environ.get(name) for name in _CERTIFICATE)
        has_tba = any(environ.get(name) for name in _TBA)
        return ("tba",) if has_tba and not has_certificate else ("certificate",)
    names = [part.strip() for part in text.split(",") if part.strip()]
    return check_auth(names, "NETSUITE_AUTH")


def check_auth(names: Sequence[str], where: str) -> tuple[AuthMethod, ...]:
    """The names as ways of logging in;

    ``where`` is the setting to be named. Raises ConfigError for an unknown one.
    """
    known = get_args(AuthMethod)
    for name in names:
        if name not in known:
            raise ConfigError(
                f"{name!r} is not a way of logging in that is known here.",
                record=where,
                remedy=f"Use one or several of: {', '.join(known)}.",
            )
    if not names:
        raise ConfigError("No way of logging in is named.", record=where, remedy=f"Use one of: {', '.join(known)}.")
    return tuple(cast("Sequence[AuthMethod]", names))


def _check(settings: NetSuiteSettings) -> None:
    needs: dict[AuthMethod, tuple[tuple[str, object], ...]] = {
        "certificate": (
            ("client_id", settings.client_id),
            ("certificate_id", settings.certificate_id),
            ("private_key_file", settings.private_key_file),
        ),
        "tba": (
            ("consumer_key", settings.consumer_key),
            ("consumer_secret", settings.consumer_secret),
            ("token_id", settings.token_id),
            ("token_secret", settings.token_secret),
        ),
    }
    for method in settings.auth:
        for name, given in needs[method]:
            if not given:
                raise ConfigError(
                    f"The setting netsuite.{name} is missing; logging in by {method} needs it.",
                    record=f"netsuite.{name}",
                    remedy=f"Set {name}, or NETSUITE_{name.upper()} in the environment.",
                )
    _check_numbers(settings)


def _check_numbers(settings: NetSuiteSettings) -> None:
    checks = (
        ("slots", settings.slots == "auto" or settings.slots >= 1, '"auto" or a whole number from 1'),
        ("reserve", settings.reserve is None or settings.reserve >= 0, "a whole number from 0"),
        ("timeout", settings.timeout > 0, "a number of seconds above 0"),
        ("shares", _fair(settings.shares), "parts from 0 to 1 that add up to 1 at most"),
    )
    for name, good, rule in checks:
        if not good:
            raise ConfigError(
                f"The setting netsuite.{name} must be {rule}; it is {getattr(settings, name)!r}.",
                record=f"netsuite.{name}",
                remedy=f"Correct netsuite.{name}.",
            )


def _fair(shares: Mapping[Work, float]) -> bool:
    return (
        all(kind in get_args(Work) and 0 <= part <= 1 for kind, part in shares.items())
        and sum(shares.values()) <= 1.0001
    )
