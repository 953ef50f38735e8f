from __future__ import annotations

from collections.abc import Iterator

import pytest

from .company import DOLLAR, EURO, US, Company, make_company


@pytest.fixture
def company() -> Iterator[Company]:
    made = make_company()
    yield made
    made.store.close()


@pytest.fixture
def customer(company: Company) -> int:
    return company.create("customer", {"companyName": "Acme", "subsidiary": US, "terms": 1, "currency": DOLLAR})


@pytest.fixture
def european(company: Company) -> int:
    """A customer of the American subsidiary that pays in euros."""
    return company.create("customer", {"companyName": "Beispiel", "subsidiary": US, "currency": EURO})


@pytest.fixture
def vendor(company: Company) -> int:
    return company.create("vendor", {"companyName": "Works", "subsidiary": US, "currency": DOLLAR})
