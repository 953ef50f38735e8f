"""Labels of coded columns, looked up by a number that the compiled SQL carries."""

from __future__ import annotations

from collections.abc import Mapping

_known: list[Mapping[str, str]] = []
_index: dict[int, int] = {}


def register(labels: Mapping[str, str]) -> int:
    """The number of these labels."""
    found = _index.get(id(labels))
    if found is None:
        _known.append(labels)
        found = _index[id(labels)] = len(_known) - 1
    return found


def label(number: int, code: str | int) -> str:
    """The label of a code, or the code itself."""
    text = str(code)
    return _known[number].get(text, text)
