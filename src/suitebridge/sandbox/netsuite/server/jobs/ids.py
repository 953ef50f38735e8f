"""The query parameter ``ids`` of a batch: internal ids and ``eid:`` ids by comma, quoted where they hold one."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.server.errors import Refused, refused

_EXTERNAL = "eid:"


def ids_of(text: str) -> list[str]:
    """The ids in their order, external ones as ``eid:VALUE`` without quotes. Raises Refused."""
    found: list[str] = []
    at = 0
    while True:
        one, at = _next(text, at)
        found.append(one)
        if at == len(text):
            return found
        at += 1


def _next(text: str, at: int) -> tuple[str, int]:
    """The id that begins at a place, and where it ends: at a comma or at the end."""
    at += len(text) - at - len(text[at:].lstrip(" "))
    if text[at : at + len(_EXTERNAL)].lower() == _EXTERNAL and text[at + len(_EXTERNAL) :][:1] in ("'", '"'):
        begin = at + len(_EXTERNAL) + 1
        closing = text.find(text[begin - 1], begin)
        if closing < 0:
            raise _bad(text[at:])
        value, end = _EXTERNAL + text[begin:closing], closing + 1
        end += len(text) - end - len(text[end:].lstrip(" "))
        if end < len(text) and text[end] != ",":
            raise _bad(text[at:])
    else:
        comma = text.find(",", at)
        end = len(text) if comma < 0 else comma
        value = text[at:end].strip(" ")
    bare = value[len(_EXTERNAL) :] if value[: len(_EXTERNAL)].lower() == _EXTERNAL else value
    if not bare:
        raise _bad(text[at:end])
    return value, end


def _bad(part: str) -> Refused:
    return refused(
        400, "INVALID_PARAMETER", f"Invalid value of the query parameter ids: '{part}'.", query_parameter="ids"
    )
