"""JSON Web Signatures in compact form (RFC 7515, RFC 7518), as far as NetSuite accepts them: PS and ES."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

_HASHES: Mapping[str, type[hashes.SHA256] | type[hashes.SHA384] | type[hashes.SHA512]] = {
    "256": hashes.SHA256,
    "384": hashes.SHA384,
    "512": hashes.SHA512,
}
_CURVES: Mapping[str, tuple[str, int]] = {
    "256": ("secp256r1", 32),
    "384": ("secp384r1", 48),
    "512": ("secp521r1", 66),
}
ALGORITHMS = frozenset(family + size for family in ("PS", "ES") for size in _HASHES)


class NotAToken(ValueError):
    """The text is not three base64url parts of which the first two are JSON objects."""


@dataclass(frozen=True, slots=True)
class Jws:
    """A signed token taken apart; nothing of it is verified yet."""

    header: Mapping[str, object]
    payload: Mapping[str, object]
    signed: bytes
    signature: bytes


def parse(text: str) -> Jws:
    """Take a compact token apart. Raises NotAToken."""
    parts = text.split(".")
    if len(parts) != 3 or not text.isascii():
        raise NotAToken("a token has three parts")
    header, payload, signature = (_decode(part) for part in parts)
    return Jws(_json_object(header), _json_object(payload), f"{parts[0]}.{parts[1]}".encode("ascii"), signature)


def verify(token: Jws, algorithm: str, key: PublicKey) -> bool:
    """Whether the signature is by this key under that algorithm; False too if key and algorithm do not fit."""
    if algorithm not in ALGORITHMS:
        return False
    family, size = algorithm[:2], algorithm[2:]
    digest = _HASHES[size]()
    try:
        if family == "PS" and isinstance(key, rsa.RSAPublicKey):
            pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
            key.verify(token.signature, token.signed, pss, digest)
            return True
        if family == "ES" and isinstance(key, ec.EllipticCurvePublicKey):
            curve, length = _CURVES[size]
            if key.curve.name != curve or len(token.signature) != 2 * length:
                return False
            der = encode_dss_signature(
                int.from_bytes(token.signature[:length], "big"),
                int.from_bytes(token.signature[length:], "big"),
            )
            key.verify(der, token.signed, ec.ECDSA(digest))
            return True
    except InvalidSignature:
        return False
    return False


def sign(header: Mapping[str, object], payload: Mapping[str, object], key: rsa.RSAPrivateKey) -> str:
    """A compact token under PS256 or RS256, whichever the header names."""
    signed = f"{_encode(_compact(header))}.{_encode(_compact(payload))}".encode("ascii")
    digest = hashes.SHA256()
    pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
    how = padding.PKCS1v15() if header["alg"] == "RS256" else pss
    return f"{signed.decode('ascii')}.{_encode(key.sign(signed, how, digest))}"


def verify_own(token: Jws, key: rsa.RSAPublicKey) -> bool:
    """Whether the account itself signed it: under PS256 or, as older tokens and ID tokens are, RS256."""
    if token.header.get("alg") != "RS256":
        return token.header.get("alg") == "PS256" and verify(token, "PS256", key)
    try:
        key.verify(token.signature, token.signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def base64url(data: bytes) -> str:
    """Base64 for URLs without padding."""
    return _encode(data)


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(part: str) -> bytes:
    if "=" in part or "+" in part or "/" in part:
        raise NotAToken("not base64url without padding")
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotAToken("not base64url") from error


def _json_object(data: bytes) -> Mapping[str, object]:
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotAToken("not JSON") from error
    if not isinstance(value, dict):
        raise NotAToken("not a JSON object")
    return cast("dict[str, object]", value)


def _compact(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
