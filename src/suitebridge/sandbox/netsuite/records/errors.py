"""What a refused record call carries, in NetSuite's words; the server puts it into NetSuite's error body.

Implements 1545141395 and 156570709583 (REST web services errors).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

USER_ERROR = "USER_ERROR"
INVALID_CONTENT = "INVALID_CONTENT"
INVALID_PARAMETER = "INVALID_PARAMETER"
INVALID_REQUEST = "INVALID_REQUEST"
INVALID_HEADER = "INVALID_HEADER"
INSUFFICIENT_PERMISSION = "INSUFFICIENT_PERMISSION"
NONEXISTENT_ID = "NONEXISTENT_ID"
NOT_FOUND = "NOT_FOUND"

RESOURCE = "Error while accessing a resource. "


@dataclass(frozen=True, slots=True)
class Detail:
    """One fault: a code, a sentence, and at most one place it points to."""

    code: str
    detail: str
    path: str | None = None
    query_param: str | None = None
    header: str | None = None


class RecordRefused(Exception):
    """A record call was refused; nothing was written. `status` is the HTTP status."""

    def __init__(self, status: int, details: Sequence[Detail]) -> None:
        super().__init__("; ".join(each.detail for each in details))
        self.status = status
        self.details = tuple(details)


def unknown_record_type(name: str) -> RecordRefused:
    """404: no such record type, or not one that REST shows."""
    return RecordRefused(404, [Detail(NOT_FOUND, f"Record type '{name}' does not exist.")])


def nonexistent_id() -> RecordRefused:
    """404: no record of that id."""
    text = "The record instance does not exist. Provide a valid record instance ID."
    return RecordRefused(404, [Detail(NONEXISTENT_ID, text)])


def nonexistent_resource(path: str) -> RecordRefused:
    """404: no sublist, line or subrecord at that path below a record."""
    return RecordRefused(404, [Detail(NOT_FOUND, f"The requested resource '{path}' does not exist.")])


def wrong_transaction_type() -> RecordRefused:
    """400: the id belongs to a transaction of another type."""
    return user_error("Transaction type specified is incorrect.")


def user_error(text: str, path: str | None = None) -> RecordRefused:
    """400 USER_ERROR with the prefix that NetSuite puts before such texts."""
    return RecordRefused(400, [user_detail(text, path)])


def user_detail(text: str, path: str | None = None) -> Detail:
    """A business-rule fault among others."""
    return Detail(USER_ERROR, RESOURCE + text, path=path)


def missing_values(labels: Iterable[str], path: str | None = None) -> Detail:
    """Mandatory fields without a value."""
    return user_detail(f"Please enter value(s) for: {', '.join(labels)}.", path)


def invalid_value(value: object, field: str, path: str) -> Detail:
    """A value that its field cannot take, or a reference to nothing."""
    fault = f"You have entered an Invalid Field Value {value} for the following field: {field}"
    return Detail(INVALID_CONTENT, f"Error while accessing resource: {fault}", path=path)


def invalid_shape(text: str, path: str | None = None) -> Detail:
    """JSON that is not shaped like the record."""
    return Detail(INVALID_CONTENT, f"Invalid content in the request body. {text}", path=path)


def invalid_query() -> RecordRefused:
    """400: a `q` that cannot be understood or asks for what cannot be filtered."""
    return invalid_parameter("q", "Invalid search query. Provide a valid search query.")


def invalid_parameter(name: str, text: str) -> RecordRefused:
    """400 INVALID_PARAMETER that points at a query parameter."""
    return RecordRefused(400, [Detail(INVALID_PARAMETER, text, query_param=name)])


def invalid_header(name: str, text: str) -> RecordRefused:
    """400 INVALID_HEADER that points at a request header."""
    return RecordRefused(400, [Detail(INVALID_HEADER, text, header=name)])


def invalid_request(text: str) -> RecordRefused:
    """400 INVALID_REQUEST: an address or method that makes no sense."""
    return RecordRefused(400, [Detail(INVALID_REQUEST, text)])


def insufficient_permission(permission: str) -> RecordRefused:
    """403: the role lacks a permission, named as the role page names it ("Lists -> Items")."""
    text = (
        f"Permission Violation: You need a higher level of the '{permission}' permission to access this page."
        " Please contact your account administrator."
    )
    return RecordRefused(403, [Detail(INSUFFICIENT_PERMISSION, text)])


def no_workbook() -> RecordRefused:
    """400: lists need the SuiteAnalytics Workbook permission."""
    return RecordRefused(
        400,
        [
            Detail(
                USER_ERROR,
                "Your current role does not have permission to perform this action."
                " Please contact your account administrator.",
            )
        ],
    )
