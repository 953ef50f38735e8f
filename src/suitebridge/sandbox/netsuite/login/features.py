"""The features that open the ways in."""

from __future__ import annotations

OAUTH2_FEATURE = "oauth2"
TOKENS_FEATURE = "tba"
REST_FEATURE = "restwebservices"
SUITESCRIPT_FEATURE = "serversuitescript"
WORKBOOK_FEATURE = "analytics"

PLATFORM_FEATURES = frozenset({OAUTH2_FEATURE, TOKENS_FEATURE, REST_FEATURE, SUITESCRIPT_FEATURE, WORKBOOK_FEATURE})
"""Features that open the ways in, beside those that open tables and columns."""
