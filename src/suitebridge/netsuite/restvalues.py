"""Python values as REST record fields and back: money as Decimal, dates and date-times as ISO text.

Oracle help: "Working with Field Values" and "Date and Time Fields in REST Web Services".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, Final, cast

import msgspec

from suitebridge.errors import UsageError
from suitebridge.netsuite.errors import AnswerError

_DECODER: Final = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")


def decode(body: bytes, record: str | None = None) -> dict[str, Any]:
    """A record's body.

    Numbers with a fraction are Decimal, whole ones int; raises AnswerError if it is no JSON object.
    """
    try:
        decoded = _DECODER.decode(body)
    except msgspec.DecodeError as error:
        raise AnswerError("NetSuite's answer is not JSON.", record=record) from error
    if not isinstance(decoded, dict):
        raise AnswerError("NetSuite's answer is not a JSON object.", record=record)
    return cast("dict[str, Any]", decoded)


def encode(values: Mapping[str, object], record: str | None = None) -> bytes:
    """Field values as a request's body. Date-times need a zone and are sent in UTC; None clears a field.

    Raises UsageError that names the field for a value that cannot be sent.
    """
    return _ENCODER.encode(_plain(values, record or "record"))


def _plain(value: object, where: str) -> object:
    if isinstance(value, Enum):
        value = value.value
    match value:
        case None | bool() | int() | str():
            return value
        case float() | Decimal():
            number = Decimal(repr(value)) if isinstance(value, float) else value
            if not number.is_finite():
                raise UsageError(f"{where} is {value}, which is no number that can be sent.", record=where)
            return msgspec.Raw(f"{number:f}".encode())
        case datetime():
            if value.tzinfo is None:
                raise UsageError(
                    f"{where} is a date-time without a zone.", record=where, remedy="Give it one, e.g. tzinfo=UTC."
                )
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M:%S")
        case Mapping():
            fields = cast("Mapping[str, object]", value)
            return {str(name): _plain(inner, f"{where}.{name}") for name, inner in fields.items()}
        case list() | tuple():
            items = cast("list[object]", value)
            return [_plain(inner, f"{where}[{index}]") for index, inner in enumerate(items)]
        case _:
            raise UsageError(f"{where} is a {type(value).__name__}, which cannot be sent to NetSuite.", record=where)
