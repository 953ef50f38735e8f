"""The way most integrations read NetSuite: list the ids, then get each record. Measured on a sample."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from suitebridge.netsuite.settings import NetSuiteSettings

LIST_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class OneByOne:
    """A measured sample and what follows from it for all records of the type.

    `calls` and `seconds` are of the sample; `all_calls` and `all_seconds` are extrapolated to `total` records at the
    sample's own rate, with the list calls added.
    """

    record_type: str
    total: int
    sample: int
    calls: int
    seconds: float
    all_calls: int
    all_seconds: float


def measure(settings: NetSuiteSettings, record_type: str, total: int, sample: int) -> OneByOne:
    """List one page of ids, get the first `sample` of them as many at once as there are slots, and extrapolate."""
    return asyncio.run(_measure(settings, record_type, total, sample))


async def _measure(settings: NetSuiteSettings, record_type: str, total: int, sample: int) -> OneByOne:
    from suitebridge.netsuite import AsyncNetSuite

    async with AsyncNetSuite(settings) as netsuite:
        started = time.perf_counter()
        ids: list[str] = []
        async for found in netsuite.records.list(record_type):
            ids.append(str(found))
            if len(ids) == sample:
                break
        listed = time.perf_counter() - started
        await asyncio.gather(*(netsuite.records.get(record_type, internal_id=found) for found in ids))
        seconds = time.perf_counter() - started
    list_calls = -(-total // LIST_PAGE)
    return OneByOne(
        record_type=record_type,
        total=total,
        sample=len(ids),
        calls=len(ids) + 1,
        seconds=seconds,
        all_calls=total + list_calls,
        all_seconds=(seconds - listed) / max(1, len(ids)) * total + listed * list_calls,
    )
