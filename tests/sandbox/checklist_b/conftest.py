"""A running sandbox, a client for it, and browsers that sign in to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.sandbox.server.conftest import Driver, driver, driver_of, sandbox, server

from .browser import Browser, Visit

__all__ = ["Driver", "driver", "driver_of", "sandbox", "server"]

Visiting = Callable[..., Visit]


@pytest.fixture
def visiting() -> Iterator[Visiting]:
    """Makes visits by browsers of their own."""
    browsers: list[Browser] = []

    def make(driver: Any, *, public: bool = False, headers: dict[str, str] | None = None) -> Visit:
        browsers.append(Browser(driver.sandbox.rest_url, headers or {}))
        return Visit(driver, browsers[-1], public)

    yield make
    for browser in browsers:
        browser.http.close()


@pytest.fixture
def visit(driver: Any, visiting: Visiting) -> Visit:
    """A confidential client's."""
    return visiting(driver)


@pytest.fixture
def public(driver: Any, visiting: Visiting) -> Visit:
    """A public client's."""
    return visiting(driver, public=True)
