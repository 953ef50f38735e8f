from __future__ import annotations

from collections.abc import Iterator

import pytest

from .company import Company, make_company


@pytest.fixture
def company() -> Iterator[Company]:
    made = make_company()
    yield made
    made.store.close()
