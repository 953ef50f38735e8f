"""JSON without loss: numbers are read as decimals and written as decimal text, never through binary fractions."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import msgspec

_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(float_hook=Decimal)


def encode(document: object) -> bytes:
    """A record document as UTF-8 JSON."""
    return _encoder.encode(document)


def decode(body: bytes) -> object:
    """A request body; fractional numbers become Decimal. Raises msgspec.DecodeError."""
    try:
        return _decoder.decode(body)
    except InvalidOperation:
        raise msgspec.DecodeError("a number is too large") from None
