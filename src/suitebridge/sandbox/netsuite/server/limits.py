"""Sizes and counts of NetSuite's HTTP surface, from Oracle's help (2026.2); pages are named where one states it."""

from __future__ import annotations

LARGEST_BODY = 104 * 1024 * 1024
"""Bytes a REST request body may have."""

LARGEST_LIMIT = 1000
"""Rows a page may have (section_1545222128)."""

DEFAULT_SLOTS = 15
"""Calls at once for a Standard account with one SuiteCloud Plus licence (bridgehead_1500275603)."""

LONGEST_CALL = 15 * 60.0
"""Seconds a REST call may take (section_1545141395)."""

DATABASE_THREADS = 4
"""Threads that answer queries and records, so that the event loop stays free."""
