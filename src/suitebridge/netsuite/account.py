"""NetSuite account ids: the form of realms (1234567_SB1), the form of host names (1234567-sb1), and the hosts.

Oracle help: "URLs for Account-Specific Domains", and the account id rules of token-based authentication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from suitebridge.errors import ConfigError

Kind = Literal["production", "sandbox", "release preview", "test drive", "other"]

_ID: Final = re.compile(r"(?P<base>[A-Z0-9]{3,})(?:[_-](?P<suffix>(?:SB|RP)\d*))?")
_GLUED: Final = re.compile(r"(?P<base>\d+)[ .]*(?P<suffix>(?:SB|RP)\d*)")
_HOST: Final = re.compile(
    r"(?:https?://)?(?P<id>[a-z0-9]+(?:[-_][a-z0-9]+)?)"
    r"\.(?:suitetalk\.api|restlets\.api|app|connect\.api)\.netsuite\.com(?:[/:].*)?"
)
_REMEDY: Final = (
    "Use the account id that NetSuite shows at Setup > Company > Company Information, "
    "such as 1234567, 1234567_SB1, 1234567_RP or TSTDRV1234567."
)


@dataclass(frozen=True, slots=True)
class Account:
    """One account. ``realm`` is ``1234567_SB1``, ``host_id`` is ``1234567-sb1``."""

    realm: str
    host_id: str

    @classmethod
    def parse(cls, text: str) -> Account:
        """Reads any of the two forms in any case.

        Raises ConfigError that names the right form where one can be guessed.
        """
        cleaned = text.strip().upper()
        match = _ID.fullmatch(cleaned)
        if match is not None and not _GLUED.fullmatch(cleaned):
            realm = cleaned.replace("-", "_")
            return cls(realm=realm, host_id=realm.lower().replace("_", "-"))
        guess = _guess(text.strip())
        hint = f" Did you mean {guess}?" if guess else ""
        raise ConfigError(
            f"{text!r} is not a NetSuite account id.{hint}",
            record="account",
            remedy=f"Write {guess}." if guess else _REMEDY,
        )

    @property
    def kind(self) -> Kind:
        """What sort of account the id tells of."""
        if "_SB" in self.realm:
            return "sandbox"
        if "_RP" in self.realm:
            return "release preview"
        if self.realm.startswith("TSTDRV"):
            return "test drive"
        return "production" if self.realm.isdigit() else "other"

    @property
    def suitetalk_url(self) -> str:
        """Base URL of REST web services and of the token endpoint, without a slash at its end."""
        return f"https://{self.host_id}.suitetalk.api.netsuite.com"

    @property
    def restlets_url(self) -> str:
        """Base URL of RESTlets, without a slash at its end."""
        return f"https://{self.host_id}.restlets.api.netsuite.com"

    @property
    def app_url(self) -> str:
        """Base URL of the user interface, without a slash at its end."""
        return f"https://{self.host_id}.app.netsuite.com"

    def __str__(self) -> str:
        return self.realm


def _guess(text: str) -> str | None:
    host = _HOST.fullmatch(text.lower())
    if host is not None:
        return host["id"].upper().replace("-", "_")
    squeezed = re.sub(r"[\s.]+", "", text.upper())
    glued = _GLUED.fullmatch(squeezed)
    if glued is not None:
        return f"{glued['base']}_{glued['suffix']}"
    return squeezed.replace("-", "_") if _ID.fullmatch(squeezed) else None
