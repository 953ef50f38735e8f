"""Finds the names that a misspelt one may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Up to three known names that are spelled like the word, best first."""
    return difflib.get_close_matches(word.lower(), list(known), n=3, cutoff=0.6)
