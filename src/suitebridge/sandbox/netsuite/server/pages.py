"""Pages of a collection: what limit and offset may be, and the links that lead on (section_1545222128)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from suitebridge.sandbox.netsuite.server.errors import Refused, refused
from suitebridge.sandbox.netsuite.server.limits import LARGEST_LIMIT


@dataclass(frozen=True, slots=True)
class Window:
    """Rows `offset` to `offset + limit`. `named`: the caller gave at least one of the two."""

    limit: int
    offset: int
    named: bool


def window(parameters: Mapping[str, str], quirks: Mapping[str, str]) -> Window:
    """Read limit and offset, as strictly as the quirks say. Raises Refused."""
    limit = _number(parameters, "limit", LARGEST_LIMIT)
    offset = _number(parameters, "offset", 0)
    if limit > LARGEST_LIMIT and quirks["page-limit-error"] == "clamp":
        limit = LARGEST_LIMIT
    if not 1 <= limit <= LARGEST_LIMIT:
        raise _bad("limit", f"The limit must be from 1 to {LARGEST_LIMIT}.")
    if offset < 0:
        raise _bad("offset", "The offset must not be negative.")
    if offset % limit and quirks["page-offset-error"] != "ignore":
        raise _bad(quirks["page-offset-error"], "The offset must be a multiple of the limit.")
    return Window(limit, offset, "limit" in parameters or "offset" in parameters)


def links(
    address: str, page: Window, total: int, *, has_more: bool, filtered_by: str | None = None
) -> list[dict[str, str]]:
    """The links of a page in NetSuite's order: first, prev, next, last, self. They keep the filter `filtered_by`."""
    kept = "" if filtered_by is None else f"q={quote(filtered_by, safe='')}&"

    def at(offset: int) -> str:
        return f"{address}?{kept}limit={page.limit}&offset={offset}"

    found: list[dict[str, str]] = []
    if page.offset > 0:
        found.append({"rel": "first", "href": at(0)})
        found.append({"rel": "prev", "href": at(max(page.offset - page.limit, 0))})
    if has_more:
        found.append({"rel": "next", "href": at(page.offset + page.limit)})
        found.append({"rel": "last", "href": at((max(total, 1) - 1) // page.limit * page.limit)})
    found.append({"rel": "self", "href": at(page.offset) if page.named else address})
    return found


def _number(parameters: Mapping[str, str], name: str, default: int) -> int:
    text = parameters.get(name)
    if text is None:
        return default
    try:
        return int(text)
    except ValueError:
        raise _bad(name, f"The {name} must be a number.") from None


def _bad(name: str, why: str) -> Refused:
    return refused(400, "INVALID_PARAMETER", f"Invalid query parameter. {why}", query_parameter=name)
