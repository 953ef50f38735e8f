"""Dates in the user's format, which `q` speaks (help: Set Preferences, date format)."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_PARTS = re.compile(r"\d+|[A-Za-z]+")


def read_user_date(text: str, pattern: str) -> str | None:
    """The day as 'YYYY-MM-DD' if the text is written like the pattern (`M/D/YYYY`, `DD-Mon-YYYY` …), else None."""
    order = [part[0].upper() for part in _PARTS.findall(pattern)]
    found = _PARTS.findall(text)
    separators = re.sub(r"[A-Za-z0-9]", "", pattern)
    if len(found) != 3 or re.sub(r"[A-Za-z0-9]", "", text) != separators:
        return None
    values = dict(zip(order, found, strict=True))
    month = _month(values["M"])
    if month is None or not values["D"].isdigit() or not values["Y"].isdigit() or len(values["Y"]) != 4:
        return None
    try:
        return date(int(values["Y"]), month, int(values["D"])).isoformat()
    except ValueError:
        return None


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    wanted = text.lower()
    for number, name in enumerate(_MONTHS, 1):
        if wanted in (name, name[:3]):
            return number
    return None
