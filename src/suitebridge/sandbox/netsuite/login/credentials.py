"""The keys a client needs for each role: made at the start, written as files, and read again with a kept state."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from suitebridge.sandbox.netsuite.login.registry import AccessToken, Integration, Registry
from suitebridge.sandbox.netsuite.login.registry import Mapping as CertificateMapping

KeyKind = Literal["ec", "rsa"]

INTEGRATION_NAME = "suitebridge"
_FILE = "credentials.json"
_CERTIFICATE_DAYS = 730


class SavedRole(msgspec.Struct, frozen=True):
    """One role's keys, but for the private key, which has a file of its own."""

    certificate_id: str
    token_id: str
    token_secret: str


class Saved(msgspec.Struct, frozen=True):
    """What is kept of all credentials."""

    name: str
    client_id: str
    client_secret: str
    application_id: str
    roles: dict[str, SavedRole]


@dataclass(frozen=True, slots=True)
class RoleCredentials:
    """What one needs to log in with one role."""

    certificate_id: str
    private_key_file: Path
    certificate_file: Path
    token_id: str
    token_secret: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """The integration record's keys and those of each role, by the role's key."""

    integration: Integration
    roles: Mapping[str, RoleCredentials]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who the keys of a role belong to."""

    role: str
    role_id: int
    entity_id: int


def provide(directory: Path, registry: Registry, holders: tuple[Holder, ...], key_kind: KeyKind) -> Credentials:
    """Credentials kept in a directory, or new ones written there; all are put on file in the registry."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = directory / _FILE
    saved = msgspec.json.decode(file.read_bytes(), type=Saved) if file.exists() else None
    if saved is None:
        saved = _make(directory, holders, key_kind)
        write_private(file, msgspec.json.format(msgspec.json.encode(saved), indent=1))
    integration = Integration(saved.name, saved.client_id, saved.client_secret, saved.application_id)
    registry.add(integration)
    roles: dict[str, RoleCredentials] = {}
    for holder in holders:
        role = saved.roles[holder.role]
        key_file, certificate_file = _files(directory, holder.role)
        certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        registry.add(_mapping(role.certificate_id, integration.client_id, holder, certificate))
        registry.add(
            AccessToken(
                role.token_id,
                role.token_secret,
                integration.client_id,
                holder.entity_id,
                holder.role_id,
                f"{saved.name} - {holder.role}",
            )
        )
        roles[holder.role] = RoleCredentials(
            role.certificate_id, key_file, certificate_file, role.token_id, role.token_secret
        )
    return Credentials(integration, roles)


def write_private(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.part")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(temporary, file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _make(directory: Path, holders: tuple[Holder, ...], key_kind: KeyKind) -> Saved:
    integration = Integration.new(INTEGRATION_NAME)
    roles: dict[str, SavedRole] = {}
    for holder in holders:
        key_file, certificate_file = _files(directory, holder.role)
        key = _new_key(key_kind)
        certificate = _self_signed(key, holder.role)
        write_private(
            key_file,
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
        )
        write_private(certificate_file, certificate.public_bytes(serialization.Encoding.PEM))
        token = AccessToken.new(integration.client_id, holder.entity_id, holder.role_id, holder.role)
        roles[holder.role] = SavedRole(certificate_id(certificate), token.token_id, token.token_secret)
    return Saved(
        integration.name,
        integration.client_id,
        integration.client_secret,
        integration.application_id,
        roles,
    )


def certificate_id(certificate: x509.Certificate) -> str:
    """What the mapping calls a certificate: 43 characters of base64url."""
    digest = hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def _mapping(identifier: str, client_id: str, holder: Holder, certificate: x509.Certificate) -> CertificateMapping:
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise TypeError("a certificate for OAuth 2.0 has an RSA or an EC key")
    return CertificateMapping(
        identifier,
        client_id,
        holder.entity_id,
        holder.role_id,
        key,
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )


def _new_key(kind: KeyKind) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    if kind == "rsa":
        return rsa.generate_private_key(public_exponent=65537, key_size=3072)
    return ec.generate_private_key(ec.SECP256R1())


def _self_signed(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, role: str) -> x509.Certificate:
    now = datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"suitebridge sandbox {role}")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # A day's grace: the sandbox's clock may be set back.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=_CERTIFICATE_DAYS))
        .sign(key, hashes.SHA256())
    )


def _files(directory: Path, role: str) -> tuple[Path, Path]:
    return directory / f"{role}.key", directory / f"{role}.crt"
