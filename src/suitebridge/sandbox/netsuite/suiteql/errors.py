"""NetSuite's words for a SuiteQL query it does not answer (REST query service, error messages)."""

from __future__ import annotations

from collections.abc import Mapping

PREFIX = "Invalid search query. Detailed unprocessed description follows. "
INVALID_PARAMETER = "INVALID_PARAMETER"


class SuiteQLRefused(Exception):
    """A query that is refused: HTTP status, NetSuite's error code, its detail, and the parameter at fault."""

    def __init__(self, status: int, code: str, detail: str, query_param: str = "q") -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.query_param = query_param


class ValueRefused(Exception):
    """A value that a function or an operator cannot take, found while a query runs."""


def _refused(detail: str) -> SuiteQLRefused:
    return SuiteQLRefused(400, INVALID_PARAMETER, PREFIX + detail)


def unparsable(sql: str) -> SuiteQLRefused:
    """The text is not SuiteQL."""
    return _refused(f"Failed to parse SQL [{sql}]")


def unsupported() -> SuiteQLRefused:
    """SuiteQL by its words, but nothing NetSuite runs."""
    return _refused("Search error occurred: Invalid or unsupported search.")


def unknown_table(name: str) -> SuiteQLRefused:
    """There is no such table."""
    return _refused(f"Invalid search type: {name}.")


def forbidden_table(name: str) -> SuiteQLRefused:
    """The role may not see the table."""
    return _refused(f"Search error occurred: Record '{name}' was not found.")


def unknown_identifier(name: str, available: Mapping[str, str]) -> SuiteQLRefused:
    """No such column, or none that this role and these features show. `available`: alias → table."""
    listed = ", ".join(f"{alias}={table}" for alias, table in available.items())
    return _refused(f"Search error occurred: Unknown identifier '{name}'. Available identifiers are: {{{listed}}}.")


def unexpected() -> SuiteQLRefused:
    """What some accounts answer to some columns that do not exist: an error that names nothing."""
    return SuiteQLRefused(500, "UNEXPECTED_ERROR", "An unexpected error occurred.")


def removed_field(field: str, record: str) -> SuiteQLRefused:
    """A column that NetSuite has retired."""
    return _refused(
        f"Search error occurred: Field '{field}' for record '{record}' was not found. "
        "Reason: REMOVED - Field is removed"
    )


def builtin_refused(function: str) -> SuiteQLRefused:
    """BUILTIN.DF of a column from a fixed list."""
    return _refused(
        "Search error occurred: Cannot build builtin function. "
        f"Static field is not supported for Builtin.{function} function"
    )


def bad_value(reason: str) -> SuiteQLRefused:
    """A value met while the query ran that NetSuite's database cannot take."""
    return _refused(f"Search error occurred: Invalid or unsupported search. {reason}")


def invalid_paging(detail: str, query_param: str) -> SuiteQLRefused:
    """A limit or an offset out of bounds."""
    return SuiteQLRefused(400, INVALID_PARAMETER, detail, query_param)


def invalid_params(detail: str) -> SuiteQLRefused:
    """`params` that do not fit the question marks of the query."""
    return SuiteQLRefused(400, INVALID_PARAMETER, detail, "params")


def too_slow(seconds: float) -> SuiteQLRefused:
    """The query ran longer than it may."""
    return _refused(f"Search error occurred: The query did not end within {seconds:g} seconds.")
