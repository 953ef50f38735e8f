"""How many sublist lines a record's body has, which is what a write's time depends on."""

from __future__ import annotations

import json
from typing import cast


def lines_of(body: bytes) -> int:
    """Lines in the sublists of a record's JSON body; 0 for anything else."""
    try:
        record: object = json.loads(body)
    except (ValueError, RecursionError):
        return 0
    if not isinstance(record, dict):
        return 0
    count = 0
    for value in cast("dict[str, object]", record).values():
        if isinstance(value, dict):
            items = cast("dict[str, object]", value).get("items")
            if isinstance(items, list):
                count += len(cast("list[object]", items))
    return count
