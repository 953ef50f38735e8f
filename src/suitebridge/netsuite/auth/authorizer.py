"""What the transport needs of any way of logging in, and the list of ways of which the first that works is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from suitebridge.netsuite.errors import LoginError


@dataclass(frozen=True, slots=True)
class Signed:
    """What authorizes one try of one call.

    ``serial`` tells the way that made it whether it would sign otherwise now.
    """

    method: str
    headers: Mapping[str, str]
    serial: int


class Authorizer(Protocol):
    """Signs calls."""

    @property
    def method(self) -> str:
        """The way of logging in that signs calls now: ``certificate`` or ``tba``."""
        ...

    async def sign(self, method: str, url: str) -> Signed:
        """Authorizes one try of one call.

        ``url`` is exactly as it will be sent. Raises LoginError or UnavailableError.
        """
        ...

    def renew(self, used: Signed) -> bool:
        """After this was refused: whether the next ``sign`` will give other credentials, which it will get if
        need be.
        """
        ...


class FirstThatWorks:
    """Tries several ways of logging in, in order, and stays with the first that is not refused."""

    def __init__(self, ways: Sequence[Authorizer]) -> None:
        self._ways = tuple(ways)
        self._current = 0
        self.refused: dict[str, LoginError] = {}
        """The ways that were given up, with the reason of each."""

    @property
    def method(self) -> str:
        """The way in use."""
        return self._ways[self._current].method

    async def sign(self, method: str, url: str) -> Signed:
        """As in Authorizer; goes on to the next way where one is refused."""
        while True:
            way = self._ways[self._current]
            try:
                return await way.sign(method, url)
            except LoginError as error:
                if not self._give_up(way.method, error):
                    raise

    def renew(self, used: Signed) -> bool:
        """As in Authorizer; a way that cannot renew what was refused is given up for the next."""
        way = self._ways[self._current]
        if used.method != way.method or way.renew(used):
            return True
        return self._give_up(way.method, LoginError(f"NetSuite refused the login by {way.method}.", status=401))

    def _give_up(self, method: str, error: LoginError) -> bool:
        if method != self._ways[self._current].method:
            return True
        if self._current + 1 >= len(self._ways):
            return False
        self.refused[method] = error
        self._current += 1
        return True
