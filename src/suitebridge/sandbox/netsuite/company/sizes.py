"""How big a company is: what each size name stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SizeName = Literal["empty", "small", "medium", "large"]


@dataclass(frozen=True, slots=True)
class Size:
    """Numbers of records. Documents other than sales orders follow from these."""

    name: SizeName
    customers: int
    vendors: int
    employees: int
    partners: int
    contacts: int
    jobs: int
    items: int
    orders: int
    machines: int
    daily_rates: bool
    expense_bills: int
    """Bills without a purchase order, over the whole history."""


SIZES: dict[str, Size] = {
    "empty": Size("empty", 0, 0, 1, 0, 0, 0, 0, 0, 0, False, 0),
    "small": Size("small", 120, 60, 14, 3, 60, 6, 60, 250, 25, False, 90),
    "medium": Size("medium", 15_000, 9_000, 140, 25, 7_500, 300, 1_000, 30_000, 2_500, True, 5_000),
    "large": Size("large", 15_000, 9_000, 180, 25, 7_500, 300, 1_000, 60_000, 2_500, True, 10_000),
}


def size_named(name: str) -> Size:
    """The size of that name; a ValueError names the ones there are."""
    found = SIZES.get(name)
    if found is None:
        raise ValueError(f"no company size {name!r}: choose one of {', '.join(SIZES)}")
    return found
