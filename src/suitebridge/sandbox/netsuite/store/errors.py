"""What the store refuses."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot do what was asked of it."""


class DuplicateKey(StoreError):
    """A row with this key, or this unique value, exists already."""


class InvalidValue(StoreError):
    """A value does not fit its column: missing where it must be there, or of the wrong type or form."""
