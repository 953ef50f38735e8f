"""What a posting function raises instead of returning books that do not add up."""

from __future__ import annotations


class PostingError(Exception):
    """A document that cannot be posted. `code` is a short word a caller can branch on."""

    code = "POSTING"


class UnbalancedError(PostingError):
    """Debits and credits differ by more than rounding can explain."""

    code = "UNBALANCED"


class OverAppliedError(PostingError):
    """More was applied, shipped, billed or refunded than there is."""

    code = "OVER_APPLIED"


class IncompleteError(PostingError):
    """A fact that this document needs in order to post is missing, an account for instance."""

    code = "INCOMPLETE"
