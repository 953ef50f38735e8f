"""Certificates of the client credentials grant: which are taken, and what becomes of them (article_0209112818).

At most five active ones on an integration record; two years at most; RSA of 3072 or 4096 bits or an EC key."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from suitebridge.sandbox.netsuite.login.jws import PublicKey
from suitebridge.sandbox.netsuite.login.registry import Integration, Mapping, Registry

MOST_ACTIVE = 5
LONGEST_YEARS = 2
_RSA_SIZES = frozenset({3072, 4096})
_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})


class CertificateRefused(Exception):
    """A certificate that is not taken; the text says why."""


class Uploaded(msgspec.Struct, frozen=True):
    """A certificate as it is kept: what was uploaded since the start, and what was revoked."""

    pem: str
    client_id: str
    entity_id: int
    role_id: int
    created: datetime
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that NetSuite would take; moments are aware."""

    certificate_id: str
    key: PublicKey
    valid_from: datetime
    valid_until: datetime
    pem: str

    @property
    def algorithm(self) -> str:
        """``RSA`` or ``EC``."""
        return algorithm_of(self.key)


def read(pem: str) -> Certificate:
    """An X.509 certificate in PEM; its validity is cut to two years. Raises CertificateRefused."""
    try:
        found = x509.load_pem_x509_certificate(pem.encode())
        key = found.public_key()
    except ValueError as error:
        raise CertificateRefused("The file is not an X.509 certificate.") from error
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size not in _RSA_SIZES:
            raise CertificateRefused("An RSA key must have 3072 or 4096 bits.")
    elif not isinstance(key, ec.EllipticCurvePublicKey):
        raise CertificateRefused("The key must be RSA or EC.")
    elif key.curve.name not in _CURVES:
        raise CertificateRefused("An EC key must have 256, 384 or 521 bits.")
    begins = found.not_valid_before_utc
    ends = min(found.not_valid_after_utc, _years_after(begins, LONGEST_YEARS))
    text = found.public_bytes(serialization.Encoding.PEM).decode("ascii")
    return Certificate(certificate_id(found), key, begins, ends, text)


def certificate_id(certificate: x509.Certificate) -> str:
    """What the mapping calls a certificate: 43 characters of base64url."""
    digest = hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def algorithm_of(key: PublicKey) -> str:
    """``RSA`` or ``EC``."""
    return "RSA" if isinstance(key, rsa.RSAPublicKey) else "EC"


class Certificates:
    """The certificates of one account: the registry's mappings, and on a shelf what was changed since the start."""

    def __init__(self, registry: Registry, shelf: MutableMapping[str, Uploaded]) -> None:
        self._registry = registry
        self._shelf = shelf
        for identifier, one in shelf.items():
            self._put(identifier, read(one.pem), one)

    def of(self, integration: Integration) -> list[Mapping]:
        """All mappings of an integration, oldest first."""
        return [one for one in self._registry.mappings.values() if one.client_id == integration.client_id]

    def add(self, pem: str, integration: Integration, entity_id: int, role_id: int, now: datetime) -> Certificate:
        """Map one more certificate. Raises CertificateRefused."""
        certificate = read(pem)
        if certificate.certificate_id in self._registry.mappings:
            raise CertificateRefused("The certificate is or was in use. Use another one.")
        if certificate.valid_until <= now:
            raise CertificateRefused("The certificate has expired.")
        active = sum(not one.revoked and one.valid_until > now for one in self.of(integration))
        if active >= MOST_ACTIVE:
            raise CertificateRefused(f"An integration record can have no more than {MOST_ACTIVE} active certificates.")
        uploaded = Uploaded(certificate.pem, integration.client_id, entity_id, role_id, now)
        self._shelf[certificate.certificate_id] = uploaded
        self._put(certificate.certificate_id, certificate, uploaded)
        return certificate

    def revoke(self, mapping: Mapping) -> None:
        """End a certificate for good."""
        kept = self._shelf.get(mapping.certificate_id)
        if kept is None:
            created = mapping.created or mapping.valid_from
            kept = Uploaded(mapping.pem, mapping.client_id, mapping.entity_id, mapping.role_id, created)
        self._shelf[mapping.certificate_id] = msgspec.structs.replace(kept, revoked=True)
        mapping.revoked = True

    def _put(self, identifier: str, certificate: Certificate, kept: Uploaded) -> None:
        self._registry.add(
            Mapping(
                identifier,
                kept.client_id,
                kept.entity_id,
                kept.role_id,
                certificate.key,
                certificate.valid_from,
                certificate.valid_until,
                revoked=kept.revoked,
                created=kept.created,
                pem=certificate.pem,
            )
        )


def _years_after(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        # The 29th of February of a year without one, or past the last year there is.
        day = moment.replace(day=28)
        return day.replace(year=min(moment.year + years, datetime.max.replace(tzinfo=UTC).year))
