"""The sandbox's own certificate authority, and the certificate it gives its server for NetSuite's host names.

The authority may sign for NetSuite's names and this machine only (name constraints), so that trusting it opens
nothing else. It is kept, so that it needs to be trusted once.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SERVED_NAMES = (
    "*.suitetalk.api.netsuite.com",
    "*.restlets.api.netsuite.com",
    "*.app.netsuite.com",
    "rest.netsuite.com",
    "system.netsuite.com",
    "webservices.netsuite.com",
    "localhost",
)
SERVED_ADDRESSES = ("127.0.0.1", "::1")

_AUTHORITY_DAYS = 3650
_SERVER_DAYS = 90
_FILE = "authority.pem"


@dataclass(frozen=True, slots=True)
class Authority:
    """Certificate and key of the authority."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate alone, for those who are to trust it."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def authority(directory: Path) -> Authority:
    """The authority kept in a directory; made there if there is none or its time is nearly up."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = directory / _FILE
    kept = _read(file)
    if kept is not None:
        return kept
    made = _make_authority()
    _write_private(file, made.pem + _key_pem(made.key))
    # Of several processes that start at once one file wins, and all of them use that one.
    return _read(file) or made


def publish(signer: Authority, directory: Path) -> Path:
    """Write the certificate alone into a file that clients can be pointed at, and return its path."""
    file = directory / "authority.crt"
    if not file.exists() or file.read_bytes() != signer.pem:
        handle, temporary = tempfile.mkstemp(dir=directory)
        with os.fdopen(handle, "wb") as stream:
            stream.write(signer.pem)
        os.chmod(temporary, 0o644)
        os.replace(temporary, file)
    return file.absolute()


def server_context(signer: Authority) -> ssl.SSLContext:
    """A TLS server for all of the names above, with a fresh key and certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    names: list[x509.GeneralName] = [x509.DNSName(name) for name in SERVED_NAMES]
    names.extend(x509.IPAddress(ipaddress.ip_address(address)) for address in SERVED_ADDRESSES)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name("suitebridge sandbox"))
        .issuer_name(signer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=_SERVER_DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key()), critical=False)
        .sign(signer.key, hashes.SHA256())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_alpn_protocols(["http/1.1"])
    with tempfile.TemporaryDirectory(prefix="suitebridge-tls-") as place:
        # Python's ssl reads keys from files only.
        chain = Path(place) / "server.pem"
        pem = certificate.public_bytes(serialization.Encoding.PEM) + signer.pem + _key_pem(key)
        _write_private(chain, pem)
        context.load_cert_chain(chain)
    return context


def _make_authority() -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    name = _name("suitebridge sandbox authority")
    permitted: list[x509.GeneralName] = [x509.DNSName("netsuite.com"), x509.DNSName("localhost")]
    permitted.append(x509.IPAddress(ipaddress.ip_network("127.0.0.0/8")))
    permitted.append(x509.IPAddress(ipaddress.ip_network("::1/128")))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=_AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_may_sign_certificates(), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


def _may_sign_certificates() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )


def _read(file: Path) -> Authority | None:
    try:
        pem = file.read_bytes()
    except FileNotFoundError:
        return None
    certificate = x509.load_pem_x509_certificate(pem)
    key = serialization.load_pem_private_key(pem, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        return None
    soon = datetime.now(UTC) + timedelta(days=_SERVER_DAYS)
    if certificate.not_valid_after_utc < soon:
        file.unlink(missing_ok=True)
        return None
    return Authority(certificate, key)


def _write_private(file: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all; one that is there already stays."""
    handle, temporary = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        try:
            os.link(temporary, file)
        except FileExistsError:
            pass
    finally:
        os.unlink(temporary)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
