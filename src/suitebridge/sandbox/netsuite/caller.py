"""Who is calling: the account, integration and role behind a request, and what they may see."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.sandbox.netsuite.schema.model import Column, Table


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated caller. `permissions` None means all of them, `subsidiaries` None likewise.

    `gone` are columns (``transaction.memo``) that queries find missing although they exist.
    """

    account: str
    integration: str
    role_id: int
    entity_id: int
    features: frozenset[str]
    permissions: frozenset[str] | None = None
    subsidiaries: frozenset[int] | None = None
    gone: frozenset[str] = frozenset()

    def may(self, permission: str | None) -> bool:
        """Whether the role has this permission (None: no permission is needed)."""
        return permission is None or self.permissions is None or permission in self.permissions

    def has(self, feature: str | None) -> bool:
        """Whether the company has this feature switched on (None: it needs none)."""
        return feature is None or feature in self.features

    def sees_table(self, table: Table) -> bool:
        """Whether the table exists for this caller."""
        return self.has(table.feature) and self.may(table.permission)

    def sees_column(self, column: Column) -> bool:
        """Whether the column exists for this caller."""
        return self.has(column.feature) and self.may(column.permission)
