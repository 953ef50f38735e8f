"""The keys a client needs for each role: made at the start, written as files, and read again with a kept state."""

from __future__ import annotations

import os
import secrets
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

from suitebridge.sandbox.netsuite.login.certificates import certificate_id
from suitebridge.sandbox.netsuite.login.registry import (
    ALL_SCOPES,
    IDENTITY_SCOPES,
    MCP_SCOPE,
    AccessToken,
    Integration,
    Registry,
    User,
)
from suitebridge.sandbox.netsuite.login.registry import Mapping as CertificateMapping

KeyKind = Literal["ec", "rsa"]

INTEGRATION_NAME = "suitebridge"
PUBLIC_NAME = "suitebridge public"

REDIRECT_URIS = ("https://client.example/callback", "suitebridge://callback")
"""Where both integrations may send a browser back to, until the settings say otherwise."""

_FILE = "credentials.json"
_CERTIFICATE_DAYS = 730


class SavedRole(msgspec.Struct, frozen=True):
    """One role's keys, but for the private key, which has a file of its own."""

    certificate_id: str
    token_id: str
    token_secret: str
    password: str = ""


class Saved(msgspec.Struct, frozen=True):
    """What is kept of all credentials."""

    name: str
    client_id: str
    client_secret: str
    application_id: str
    roles: dict[str, SavedRole]
    public_client_id: str = ""
    public_application_id: str = ""


@dataclass(frozen=True, slots=True)
class RoleCredentials:
    """What one needs to log in with one role; `email` and `password` are for the pages of the user interface."""

    certificate_id: str
    private_key_file: Path
    certificate_file: Path
    token_id: str
    token_secret: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """The keys of both integration records and those of each role, by the role's key."""

    integration: Integration
    public: Integration
    roles: Mapping[str, RoleCredentials]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who the keys of a role belong to. `role_ids`: all roles he can choose from in the user interface."""

    role: str
    role_id: int
    entity_id: int
    email: str
    name: str
    role_ids: tuple[int, ...]


def provide(directory: Path, registry: Registry, holders: tuple[Holder, ...], key_kind: KeyKind) -> Credentials:
    """Credentials kept in a directory, or new ones written there; all are put on file in the registry."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = directory / _FILE
    before = msgspec.json.decode(file.read_bytes(), type=Saved) if file.exists() else None
    saved = _completed(directory, before or _new_client(), holders, key_kind)
    if saved != before:
        write_private(file, msgspec.json.format(msgspec.json.encode(saved), indent=1))
    integration, public = _integrations(saved)
    registry.add(integration)
    registry.add(public)
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
        registry.add(User(holder.email, role.password, holder.entity_id, holder.name, holder.role_ids))
        roles[holder.role] = RoleCredentials(
            role.certificate_id,
            key_file,
            certificate_file,
            role.token_id,
            role.token_secret,
            holder.email,
            role.password,
        )
    return Credentials(integration, public, roles)


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


def _integrations(saved: Saved) -> tuple[Integration, Integration]:
    confidential = Integration(
        saved.name,
        saved.client_id,
        saved.client_secret,
        saved.application_id,
        scopes=frozenset({"rest_webservices", "restlets"}) | IDENTITY_SCOPES,
        redirect_uris=REDIRECT_URIS,
    )
    public = Integration(
        PUBLIC_NAME,
        saved.public_client_id,
        "",
        saved.public_application_id,
        scopes=ALL_SCOPES - {MCP_SCOPE},
        client_credentials=False,
        token_based=False,
        internal_id=2,
        public=True,
        redirect_uris=REDIRECT_URIS,
    )
    return confidential, public


def _new_client() -> Saved:
    new = Integration.new(INTEGRATION_NAME)
    return Saved(new.name, new.client_id, new.client_secret, new.application_id, {})


def _completed(directory: Path, saved: Saved, holders: tuple[Holder, ...], key_kind: KeyKind) -> Saved:
    """The same with all that is missing, which for a state kept by an older sandbox is a part."""
    roles = dict(saved.roles)
    for holder in holders:
        role = roles.get(holder.role) or _new_role(directory, holder, saved.client_id, key_kind)
        if not role.password:
            role = msgspec.structs.replace(role, password=secrets.token_urlsafe(18))
        roles[holder.role] = role
    public = Integration.new(PUBLIC_NAME)
    return msgspec.structs.replace(
        saved,
        roles=roles,
        public_client_id=saved.public_client_id or public.client_id,
        public_application_id=saved.public_application_id or public.application_id,
    )


def _new_role(directory: Path, holder: Holder, client_id: str, key_kind: KeyKind) -> SavedRole:
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
    token = AccessToken.new(client_id, holder.entity_id, holder.role_id, holder.role)
    return SavedRole(certificate_id(certificate), token.token_id, token.token_secret)


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
        pem=certificate.public_bytes(serialization.Encoding.PEM).decode("ascii"),
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
