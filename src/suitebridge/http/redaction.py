"""Keeps secrets out of everything that is shown: values that never print themselves, and texts with tokens cut out."""

from __future__ import annotations

import hmac
import re
from typing import Final, NoReturn

HIDDEN: Final = "***"

_PATTERNS: Final = (
    re.compile(r"(?i)(\b(?:Proxy-)?Authorization\b[\"']?\s*[:=]\s*[\"']?)[^\r\n}]+"),
    re.compile(r"(?i)(\bBearer\s+)[A-Za-z0-9._~+/=-]{8,}"),
    re.compile(
        r"(?i)(\b(?:oauth_[a-z_]+|access_token|refresh_token|id_token|client_assertion|client_secret|"
        r"consumer_?secret|token_?secret|password|passwd|api_?key)\b[\"']?\s*[:=]\s*[\"']?)[^\s&\"',}]+"
    ),
    re.compile(r"()\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"),
    re.compile(r"(://[^\s/:@]*:)[^\s/@]+(?=@)"),
    re.compile(r"()-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL),
)


class Secret:
    """A text that is only seen by asking for it: printing, formatting, logging and pickling never show it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself. Call it where it is sent, and nowhere else."""
        return self._text

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, format_spec: str) -> str:
        return HIDDEN

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not pickled or copied out of its process; read it again from its source.")

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Secret:
        return self


def redact(text: str) -> str:
    """The text with authorization headers, tokens, signatures, passwords in URLs and private keys cut out."""
    for pattern in _PATTERNS:
        text = pattern.sub(rf"\1{HIDDEN}", text)
    return text
