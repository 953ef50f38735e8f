"""Examines the private key of the certificate login before NetSuite sees anything signed with it.

NetSuite takes RSA of 3072 or 4096 bits and EC of 256, 384 or 521 bits (help page section_162755359851).
"""

from __future__ import annotations

from pathlib import Path

from suitebridge.netsuite.doctor.findings import Cause, Finding, right, wrong

RSA_BITS = (3072, 4096)
EC_CURVES = ("secp256r1", "secp384r1", "secp521r1")
_NEW = Cause("", "make a new key and certificate, and upload the certificate in NetSuite", None)


def check_key(path: str | None) -> Finding:
    """Whether the file is there and holds a private key of a kind that NetSuite takes."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if not path:
        return wrong(
            "key",
            "no private key is configured",
            Cause("NETSUITE_PRIVATE_KEY_FILE is not set", "set it to the PEM file of the private key"),
        )
    try:
        text = Path(path).read_bytes()
    except OSError as error:
        return wrong(
            "key",
            f"{path} cannot be read: {error.strerror}",
            Cause("NETSUITE_PRIVATE_KEY_FILE points to the wrong place", "correct the path"),
        )
    if b"BEGIN CERTIFICATE" in text and b"PRIVATE KEY" not in text:
        return wrong(
            "key",
            f"{path} holds the certificate, not the private key",
            Cause(
                "the two files were mixed up",
                "point NETSUITE_PRIVATE_KEY_FILE to the key; the certificate is for NetSuite",
            ),
        )
    try:
        key = load_pem_private_key(text, password=None)
    except TypeError:
        return wrong(
            "key",
            f"{path} is encrypted with a password",
            Cause("suitebridge runs unattended and asks for no password", f"openssl pkey -in {path} -out key.pem"),
        )
    except ValueError:
        return wrong(
            "key",
            f"{path} holds no private key in PEM form",
            Cause("the file is damaged or of another kind", "use the file that begins with BEGIN PRIVATE KEY"),
        )
    if isinstance(key, rsa.RSAPrivateKey):
        if key.key_size in RSA_BITS:
            return right("key", f"RSA {key.key_size}, signs with PS256")
        return wrong("key", f"RSA of {key.key_size} bits", _too_weak("3072 or 4096 bits"))
    if isinstance(key, ec.EllipticCurvePrivateKey):
        if key.curve.name in EC_CURVES:
            return right(
                "key", f"EC {key.curve.name}, signs with ES{ {'secp521r1': 512}.get(key.curve.name, key.key_size) }"
            )
        return wrong("key", f"EC on the curve {key.curve.name}", _too_weak("the curves P-256, P-384 or P-521"))
    return wrong("key", f"a key of the kind {type(key).__name__}", _too_weak("RSA and EC"))


def _too_weak(allowed: str) -> Cause:
    return Cause(f"NetSuite takes {allowed} only", _NEW.remedy, _NEW.where)
