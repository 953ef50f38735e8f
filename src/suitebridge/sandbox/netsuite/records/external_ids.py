"""External ids: how an address names a record by one, and the group within which they are unique.

Entities share one group, items one, transactions one; every other type has its own (section_N3680777, 1545142287).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.definitions import Family
from suitebridge.sandbox.netsuite.records.errors import Detail, invalid_request, nonexistent_id, user_detail

PREFIX = "eid:"
MAX_LENGTH = 255

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class RecordId:
    """What an address says of a record: an internal id, or an external one."""

    internal: int | None = None
    external: str | None = None


def record_id(text: str) -> RecordId:
    """`107`, `eid:X` or `eid:'a b'` from an address. RecordRefused where it is neither (404) or empty (400)."""
    if text[: len(PREFIX)].lower() == PREFIX:
        return RecordId(external=external_id(text[len(PREFIX) :]))
    if text.isascii() and text.lstrip("-").isdigit() and len(text) <= 18:
        return RecordId(internal=int(text))
    raise nonexistent_id()


def external_id(text: str) -> str:
    """The value after `eid:`; a bar parts the values of a multi-select, so such ids cannot be addressed."""
    value = text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text
    if not value or "|" in value:
        raise invalid_request(f"The external ID '{value}' is not valid in a URL.")
    return value


def fault(value: str) -> Detail | None:
    """Why a text cannot be an external id, or None."""
    if len(value) > MAX_LENGTH or _FORBIDDEN.search(value):
        return user_detail(f"Invalid external ID: {value[:40]!r}", "externalId")
    return None


def group_table(bound: BoundType) -> str:
    """The table in which no two rows of the type's group may have the same external id."""
    if bound.family in (Family.ENTITY, Family.ITEM, Family.TRANSACTION):
        return bound.family.value
    return bound.table.name
