"""Pages of record lists and the walls around them (section_1545222128, section_156414087576)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.records.errors import invalid_parameter

MAX_LIMIT = 1_000
MAX_PAGES = 1_000
MAX_ROWS = 100_000
MAX_ROWS_WITH_CONNECT = 1_000_000


@dataclass(frozen=True, slots=True)
class PageWindow:
    """Which ids of a list are wanted: `limit` of them after the first `offset`.

    Nothing is shown from row `wall` on, and the list claims to be no longer than `visible`.
    """

    limit: int
    offset: int
    wall: int
    visible: int


def page_window(limit: str | int | None, offset: str | int | None, quirks: Mapping[str, str]) -> PageWindow:
    """The window for the values of `limit` and `offset`, or RecordRefused where NetSuite's rules forbid it."""
    size = _whole("limit", limit, MAX_LIMIT)
    start = _whole("offset", offset, 0)
    if size > MAX_LIMIT and quirks["page-limit-error"] == "clamp":
        size = MAX_LIMIT
    if not 1 <= size <= MAX_LIMIT:
        raise invalid_parameter("limit", f"Invalid limit value {size}. The value must be between 1 and {MAX_LIMIT}.")
    if start < 0:
        raise invalid_parameter("offset", f"Invalid offset value {start}. The value must not be negative.")
    named = quirks["page-offset-error"]
    if start % size and named != "ignore":
        raise invalid_parameter(named, f"The offset {start} is not a multiple of the limit {size}.")
    return _walled(size, start, quirks)


def _walled(size: int, start: int, quirks: Mapping[str, str]) -> PageWindow:
    rows = MAX_ROWS_WITH_CONNECT if quirks["wall"] == "connect" else MAX_ROWS
    pages = size * MAX_PAGES
    if start >= pages and quirks["page-wall"] == "error":
        raise invalid_parameter("offset", f"Invalid offset value {start}. At most {MAX_PAGES} pages can be returned.")
    if start >= rows and quirks["wall"] == "error":
        raise invalid_parameter("offset", f"Invalid offset value {start}. At most {rows} results can be returned.")
    wall = min(rows, pages) if quirks["page-wall"] == "cap" else rows
    return PageWindow(size, start, wall, rows)


def _whole(name: str, value: str | int | None, default: int) -> int:
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError:
        raise invalid_parameter(name, f"Invalid {name} value {value}. The value must be a whole number.") from None
    if abs(number) > 2**31 - 1:
        raise invalid_parameter(name, f"Invalid {name} value {value}. The value is too large.")
    return number
