"""A request as it came, before anything is decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class Incoming:
    """`path` and `query` are raw, `host` is the Host header, `headers` have lower-case names."""

    method: str
    scheme: str
    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    address: str

    @property
    def origin(self) -> str:
        """Scheme and host that were asked, for links."""
        return f"{self.scheme}://{self.host}"

    @property
    def parameters(self) -> dict[str, str]:
        """The query parameters; of one that is given twice the last counts."""
        return dict(parse_qsl(self.query, keep_blank_values=True))

    @property
    def content_type(self) -> str:
        """The media type of the body without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def prefers(self, word: str) -> bool:
        """Whether a ``Prefer`` header names this preference."""
        given = (part.partition(";")[0].strip().lower() for part in self.headers.get("prefer", "").split(","))
        return word in given

    def preference(self, name: str) -> str | None:
        """The value of a preference such as ``batch-processing="parallel"``, without quotes; None if not given."""
        for part in self.headers.get("prefer", "").split(","):
            word, equals, value = part.partition(";")[0].partition("=")
            if equals and word.strip().lower() == name:
                return value.strip().strip('"').lower()
        return None
