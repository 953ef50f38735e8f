"""The one tree of errors. Each says what happened, to which record, whether a retry can help, and what to do."""

from __future__ import annotations


class SuiteBridgeError(Exception):
    """Root of all errors raised by suitebridge.

    Attributes:
        message: what happened, in one or two sentences, without a secret in it.
        code: the vendor's own code where there is one (``INVALID_LOGIN``), never to be derived from text.
        record: the record, table, file or setting it happened to (``customer 42``), if one can be named.
        retryable: whether sending the same again later can succeed.
        remedy: what a person should do now.
        request_id: the vendor's trace id (``X-N-OperationId``), to be quoted to their support.
        exit_code: what the command line returns for it.
    """

    exit_code = 1

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        record: str | None = None,
        retryable: bool = False,
        remedy: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.record = record
        self.retryable = retryable
        self.remedy = remedy
        self.request_id = request_id

    def as_dict(self) -> dict[str, object]:
        """The same facts for ``--json``: keys error, message, code, record, retryable, remedy, request_id."""
        return {
            "error": type(self).__name__,
            "message": self.message,
            "code": self.code,
            "record": self.record,
            "retryable": self.retryable,
            "remedy": self.remedy,
            "request_id": self.request_id,
        }


class UsageError(SuiteBridgeError):
    """What was asked for makes no sense: an unknown table, a misspelt column, options that exclude each other."""

    exit_code = 2


class ConfigError(UsageError):
    """A setting is missing or wrong; ``record`` names it and where it stands (file and key, or variable)."""


class TargetError(SuiteBridgeError):
    """The database or file written to cannot be reached, is read-only, is full, or does not fit."""


class ProofError(SuiteBridgeError):
    """After an export the two sides are not equal; ``record`` names the table."""


class RefusedError(SuiteBridgeError):
    """The other system refused: login, permission or limit."""

    exit_code = 4
