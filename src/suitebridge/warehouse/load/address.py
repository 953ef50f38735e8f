"""Where a warehouse is: a DuckDB file, as a path or as ``duckdb:///path``."""

from __future__ import annotations

from pathlib import Path

from suitebridge.errors import UsageError

_LATER = ("postgresql", "postgres", "sqlite", "mysql", "mssql", "snowflake", "bigquery", "redshift", "s3")


def duckdb_file(text: str) -> Path:
    """The file that is meant. ``duckdb:///a.duckdb`` is relative, ``duckdb:////a.duckdb`` absolute.

    Raises:
        UsageError: it is no file, or a database that cannot be written to.
    """
    scheme, mark, rest = text.partition("://")
    if not mark:
        path = Path(text).expanduser()
    elif scheme == "duckdb":
        if not rest.startswith("/") or len(rest) < 2:
            raise UsageError(f"{text!r} names no file", record=text, remedy="write duckdb:///warehouse.duckdb")
        path = Path(rest[1:]).expanduser()
    else:
        known = scheme.partition("+")[0] in _LATER
        what = "is not written to" if known else "is no database that is known here"
        raise UsageError(f"{scheme} {what}", record=text, remedy="give a DuckDB file: --to warehouse.duckdb")
    if path.is_dir():
        raise UsageError(
            f"{path} is a folder", record=text, remedy=f"name a file in it: --to {path / 'warehouse.duckdb'}"
        )
    return path
