"""NetSuite's documented numbers that rule the client, each with the Oracle help page and the year it was read."""

from __future__ import annotations

from typing import Final

PAGE_ROWS: Final = 1_000
"""Rows of one page of a list, a dataset or SuiteQL, and the default. "Collection paging", 2026.2 (section
1545222128).
"""

PAGES: Final = 1_000
"""Pages that can be reached of one result, whatever their size. "Collection paging", 2026.2."""

QUERY_ROWS: Final = 100_000
"""Rows that can be reached of one SuiteQL result without SuiteAnalytics Connect.
"Executing SuiteQL queries through REST web services", 2026.2 (section 157909186990)."""

IN_LIST: Final = 1_000
"""Items of one IN list. "SuiteQL syntax and examples", 2026.2 (section 156257790831)."""

BODY_BYTES: Final = 104 * 1024 * 1024
"""Size of one request's body. "REST web services governance", 2026.2."""

RUN_SECONDS: Final = 900.0
"""Longest run of one REST request. "REST web services governance", 2026.2."""

BATCH_RECORDS: Final = 100
"""Records of one batch request. "Batch operations", 2026.1 (article 0127092747)."""

SMALLEST_POOL: Final = 5
"""Concurrent calls of the smallest tier and of every development account.
"Web services and RESTlet concurrency governance", 2026.2 (bridgehead 1500275603)."""

LARGEST_POOL: Final = 140
"""Concurrent calls of the largest tier with all licences. Same page."""

ASSERTION_SECONDS: Final = 3_600
"""A client assertion must live for less than this. "OAuth 2.0 client credentials flow", 2026.2 (section
162755359851).
"""

CLOCK_SKEW_SECONDS: Final = 300
"""How far a TBA timestamp may be from the server's clock. "The authorization headers", 2026.2 (subsect
156935170194).
"""

SLOW_LOGIN_SECONDS: Final = 5.0
"""A refused login that took longer than this, while others succeed, is load: under too many parallel calls NetSuite
hangs for about a minute and then answers INVALID_LOGIN (public reports; no Oracle page)."""
