"""Oracle's functions as SQLite calls them: plain values in, plain values out, NULL as None."""
