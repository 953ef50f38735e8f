"""The `q` of select options: one condition on the shown name for each field, parted by commas (subsect_1544786455)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records.errors import invalid_query

_CONDITION = re.compile(
    r"\s*(?P<field>[A-Za-z_][\w.]*)\s+(?P<operator>[A-Za-z_]+)\s+(?:\"(?P<quoted>[^\"]*)\"|(?P<word>[^\s\",]+))\s*"
)
_PATTERNS = {"CONTAIN": "%{}%", "START_WITH": "{}%", "IS": "{}"}


@dataclass(frozen=True, slots=True)
class NameFilter:
    """A condition on what an option is called, whatever the case of the letters."""

    operator: str
    value: str

    def accepts(self, name: str) -> bool:
        """Whether an option of that name meets it."""
        shown, wanted = name.lower(), self.value.lower()
        match self.operator:
            case "CONTAIN":
                return wanted in shown
            case "START_WITH":
                return shown.startswith(wanted)
            case _:
                return shown == wanted

    @property
    def pattern(self) -> str:
        """It as a pattern for LIKE with the escape sign `\\`, in lower case."""
        escaped = re.sub(r"([\\%_])", r"\\\1", self.value.lower())
        return _PATTERNS[self.operator].format(escaped)


def parse_option_filters(q: str | None) -> dict[str, NameFilter]:
    """The conditions by lower-case field name. Raises RecordRefused."""
    found: dict[str, NameFilter] = {}
    if q is None or not q.strip():
        return found
    at = 0
    while True:
        match = _CONDITION.match(q, at)
        if match is None:
            raise invalid_query()
        name, operator = match["field"].lower(), match["operator"].upper()
        if operator not in _PATTERNS or name in found:
            raise invalid_query()
        word = match["quoted"] if match["quoted"] is not None else match["word"]
        found[name] = NameFilter(operator, word)
        at = match.end()
        if at == len(q):
            return found
        if q[at] != ",":
            raise invalid_query()
        at += 1
