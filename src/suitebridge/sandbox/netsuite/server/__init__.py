"""The HTTP server: routes, NetSuite's bodies, limits, the concurrency pool, latency, faults and statistics."""
