"""The errors that NetSuite can answer with. Each class is one situation that a caller may want to handle by itself.

Oracle help: "Error handling and error messages in REST web services" and "RESTlet errors".
"""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.errors import RefusedError, SuiteBridgeError, UsageError


@dataclass(frozen=True, slots=True)
class Detail:
    """One of the reasons in an answer: its code, its text, and where in the request it points, if it says so."""

    code: str | None
    message: str
    path: str | None = None
    header: str | None = None
    query_param: str | None = None
    url: str | None = None

    def __str__(self) -> str:
        place = self.path or self.header or self.query_param or self.url
        return f"{place}: {self.message}" if place else self.message


class NetSuiteError(SuiteBridgeError):
    """NetSuite refused a call or did not answer it.

    Attributes besides those of SuiteBridgeError:
        status: the HTTP status, or None where no answer came.
        details: every reason in the answer, in its order.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        record: str | None = None,
        retryable: bool = False,
        remedy: str | None = None,
        request_id: str | None = None,
        status: int | None = None,
        details: tuple[Detail, ...] = (),
    ) -> None:
        super().__init__(message, code=code, record=record, retryable=retryable, remedy=remedy, request_id=request_id)
        self.status = status
        self.details = details


class LoginError(NetSuiteError, RefusedError):
    """The login was refused. NetSuite's answer never says why; its Login Audit Trail does."""


class PermissionDeniedError(NetSuiteError, RefusedError):
    """The role may not do this."""


class ConcurrencyLimitError(NetSuiteError, RefusedError):
    """All slots of the account, or of this integration, were in use; nothing was done."""


class NotFoundError(NetSuiteError):
    """There is no such record, record type or RESTlet, or the role does not see it."""


class ValidationError(NetSuiteError):
    """NetSuite read the request and refused what it says: a rule, a mandatory field, a script's veto."""


class InvalidValueError(ValidationError):
    """A field's value is wrong; ``details`` name the fields."""


class DuplicateError(ValidationError):
    """A record with this external id or name exists already."""


class ConflictError(NetSuiteError):
    """The record was changed by somebody else in the meantime."""


class RequestError(NetSuiteError):
    """The request itself is wrong: its URL, a header or a parameter."""


class KeyUsedError(NetSuiteError):
    """An idempotency key was used before; ``location`` is the first job's address."""

    location: str | None = None


class QueryError(NetSuiteError, UsageError):
    """NetSuite refused a SuiteQL query."""


class UnknownTableError(QueryError):
    """The table does not exist, or the role or a feature hides it. ``table`` is its name."""

    table: str = ""


class UnknownColumnError(QueryError):
    """The column does not exist, or the role or a feature hides it.

    ``column`` is its name, ``tables`` those of the query.
    """

    column: str = ""
    tables: tuple[str, ...] = ()


class RowLimitError(QueryError):
    """The result has more rows than can be reached by paging. Raised before the first row is handed out."""


class UnexpectedError(NetSuiteError):
    """NetSuite failed while working on the call (status 500)."""


class UnavailableError(NetSuiteError):
    """NetSuite could not be reached or is down for the moment."""


class OutcomeUnknown(NetSuiteError):
    """A call broke off after it was sent. It may have been carried out: look before sending it again."""


class AnswerError(NetSuiteError):
    """An answer came that does not have the documented form."""
