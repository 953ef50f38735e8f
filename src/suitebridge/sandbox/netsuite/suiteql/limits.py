"""Numbers of the SuiteQL service: pages, the row wall, list lengths, running time.

Oracle's help: "Executing SuiteQL Queries Through REST Web Services" (pages, 100,000 results) and
"SuiteQL Limitations and Exceptions" (1,000 values in an IN list).
"""

from __future__ import annotations

LARGEST_PAGE = 1_000
MOST_PAGES = 1_000
ROW_WALL = 100_000
ROW_WALL_WITH_CONNECT = 1_000_000
LONGEST_IN_LIST = 1_000
SECONDS_TO_RUN = 60.0
COMPILED_QUERIES_KEPT = 500

EXACT_SCALE = 12
"""Most decimals a sum or difference keeps as an exact integer."""
EXACT_PRODUCT_SCALE = 8
"""Most decimals a product keeps as an exact integer; beyond, 64 bits could overflow in a sum."""
REAL_PLACES = 10
"""Places to which numbers that are not exact are rounded before they are compared or shown."""
