"""The concurrency pool of one account and the shares given to integrations (bridgehead_1500275603,
article_0625010817)."""

from __future__ import annotations

from collections.abc import Mapping


class PoolFull(Exception):
    """No slot is free for this integration; NetSuite rejects at once and does not queue."""


class Pool:
    """Counts calls under way. An integration with a share uses that share and nothing else.

    `internal` are the names of integrations that count as Oracle's own, which only changes what they are told.
    """

    def __init__(self, limit: int, shares: Mapping[str, int] | None = None) -> None:
        self._limit = 0
        self._shares: dict[str, int] = {}
        self._in_use: dict[str | None, int] = {}
        self.internal: frozenset[str] = frozenset()
        self.rejected = 0
        self.highest = 0
        self.resize(limit, shares or {})

    def resize(self, limit: int, shares: Mapping[str, int]) -> None:
        """Change the account's limit and its shares. Raises ValueError if nothing would be left unallocated."""
        if limit < 1 or any(share < 1 for share in shares.values()):
            raise ValueError("a limit or share is at least 1")
        if shares and sum(shares.values()) > limit - 1:
            raise ValueError("shares must leave at least 1 slot unallocated")
        self._limit = limit
        self._shares = dict(shares)

    @property
    def limit(self) -> int:
        """Calls at once for the whole account."""
        return self._limit

    @property
    def shares(self) -> Mapping[str, int]:
        """Slots set aside, by the integration's name."""
        return dict(self._shares)

    @property
    def unallocated(self) -> int:
        """Slots that belong to no integration."""
        return self._limit - sum(self._shares.values())

    @property
    def in_use(self) -> int:
        """Calls under way."""
        return sum(self._in_use.values())

    def enter(self, integration: str) -> str | None:
        """Take a slot and return the share it came from, to be given back. Raises PoolFull."""
        share = integration if integration in self._shares else None
        allowed = self._shares[integration] if share is not None else self.unallocated
        used = self._in_use.get(share, 0)
        if used >= allowed:
            self.rejected += 1
            raise PoolFull
        self._in_use[share] = used + 1
        self.highest = max(self.highest, self.in_use)
        return share

    def leave(self, share: str | None) -> None:
        """Give a slot back."""
        self._in_use[share] -= 1

    def reset_counts(self) -> None:
        """Start counting rejections and the highest use anew."""
        self.rejected = 0
        self.highest = self.in_use

    def limits_for(self, integration: str) -> dict[str, object]:
        """The body of ``governanceLimits`` as this integration sees it."""
        body: dict[str, object] = {
            "accountConcurrencyLimit": self._limit,
            "accountUnallocatedConcurrencyLimit": self.unallocated,
        }
        if integration in self.internal:
            return {**body, "integrationLimitType": "internal"}
        if integration in self._shares:
            body["integrationConcurrencyLimit"] = self._shares[integration]
        own = "integrationSpecific" if integration in self._shares else "accountLimit"
        return {**body, "integrationLimitType": own}
