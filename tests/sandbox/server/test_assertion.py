"""Client assertions: what the account on file makes of them, by the words of the audit trail."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

from suitebridge.sandbox.netsuite.login.assertion import Grant, decide
from suitebridge.sandbox.netsuite.login.refusal import GrantRefused
from suitebridge.sandbox.netsuite.login.registry import Integration, Registry
from suitebridge.sandbox.netsuite.login.registry import Mapping as CertificateMapping

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
AUDIENCE = "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token"
ALL_ALGORITHMS = ["PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "RS256", "HS256"]
CURVES = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def mapping(key: PrivateKey, name: str = "certificate", client_id: str = "client") -> CertificateMapping:
    return CertificateMapping(
        name, client_id, 12, 1000, key.public_key(), NOW - timedelta(days=1), NOW + timedelta(days=1)
    )


def account(*mappings: CertificateMapping) -> Registry:
    registry = Registry("1234567_SB1")
    registry.add(Integration("suitebridge", "client", "secret", "APP"))
    registry.add(Integration("another", "other-client", "secret", "APP2"))
    for one in mappings:
        registry.add(one)
    return registry


def signed(
    key: PrivateKey,
    algorithm: str = "ES256",
    header: Mapping[str, object | None] | None = None,
    **claims: object | None,
) -> str:
    """An assertion that is right but for what is given; None leaves a part out."""
    issued = int(NOW.timestamp())
    parts: dict[str, object | None] = {"alg": algorithm, "typ": "JWT", "kid": "certificate", **(header or {})}
    payload: dict[str, object | None] = {
        "iss": "client",
        "scope": ["rest_webservices"],
        "aud": AUDIENCE,
        "iat": issued,
        "exp": issued + 300,
        **claims,
    }
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    jwk = RSAKey.import_key(pem) if isinstance(key, rsa.RSAPrivateKey) else ECKey.import_key(pem)
    return jws.serialize_compact(
        {name: value for name, value in parts.items() if value is not None},
        json.dumps({name: value for name, value in payload.items() if value is not None}),
        jwk,
        algorithms=ALL_ALGORITHMS,
    )


def grant(assertion: str, registry: Registry, longest: int = 3600) -> Grant:
    return decide(assertion, registry, {AUDIENCE}, NOW, longest)


def refusal(assertion: str, registry: Registry) -> GrantRefused:
    with pytest.raises(GrantRefused) as caught:
        grant(assertion, registry)
    return caught.value


@pytest.mark.parametrize("algorithm", ["PS256", "PS384", "PS512"])
def test_an_rsa_key_logs_in_with_pss(rsa_key: rsa.RSAPrivateKey, algorithm: str) -> None:
    granted = grant(signed(rsa_key, algorithm), account(mapping(rsa_key)))
    assert granted.mapping.role_id == 1000
    assert granted.scopes == ("rest_webservices",)


@pytest.mark.parametrize("algorithm", CURVES)
def test_an_ec_key_logs_in_with_the_algorithm_of_its_curve(algorithm: str) -> None:
    own = ec.generate_private_key(CURVES[algorithm])
    assert grant(signed(own, algorithm), account(mapping(own))).mapping.entity_id == 12


@pytest.mark.parametrize(
    "scope",
    [["restlets", "rest_webservices"], "restlets,rest_webservices", "restlets, rest_webservices"],
    ids=["array", "comma list", "comma list with a space"],
)
def test_scopes_come_in_several_forms(key: ec.EllipticCurvePrivateKey, scope: object) -> None:
    assert grant(signed(key, scope=scope), account(mapping(key))).scopes == ("restlets", "rest_webservices")


def test_a_single_word_is_a_scope(key: ec.EllipticCurvePrivateKey) -> None:
    assert grant(signed(key, scope="restlets"), account(mapping(key))).scopes == ("restlets",)


def test_an_hour_is_the_longest_validity(key: ec.EllipticCurvePrivateKey) -> None:
    issued = int(NOW.timestamp())
    assert grant(signed(key, exp=issued + 3600), account(mapping(key)))
    late = refusal(signed(key, exp=issued + 3601), account(mapping(key)))
    assert late.detail == "TokenValidityTooBroad"


SECONDS = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("changes", "detail", "error", "status"),
    [
        ({"header": {"typ": None}}, "InvalidTokenType", "invalid_client", 401),
        ({"header": {"kid": None}}, "MissingKeyId", "invalid_client", 401),
        ({"header": {"kid": "another"}}, "MissingKey", "invalid_client", 401),
        ({"iss": None}, "InvalidIssuer", "invalid_client", 401),
        ({"iss": "nobody"}, "InvalidIntegration", "invalid_client", 401),
        ({"iss": "other-client"}, "ClientIdMismatch", "invalid_client", 401),
        ({"aud": None}, "TokenNotAcceptable", "invalid_client", 401),
        ({"aud": AUDIENCE + "/"}, "TokenNotAcceptable", "invalid_client", 401),
        ({"aud": AUDIENCE.replace("1234567-sb1", "7654321")}, "TokenNotAcceptable", "invalid_client", 401),
        ({"exp": SECONDS, "iat": SECONDS - 60}, "TokenExpired", "invalid_client", 401),
        ({"iat": SECONDS + 60, "exp": SECONDS + 120}, "TokenNotAcceptable", "invalid_client", 401),
        ({"iat": None}, "TokenNotAcceptable", "invalid_client", 401),
        ({"exp": None}, "TokenNotAcceptable", "invalid_client", 401),
        ({"exp": "soon"}, "TokenNotAcceptable", "invalid_client", 401),
        ({"scope": None}, "InvalidScope", "invalid_scope", 400),
        ({"scope": []}, "InvalidScope", "invalid_scope", 400),
        ({"scope": ["everything"]}, "InvalidScope", "invalid_scope", 400),
        ({"scope": ["suite_analytics"]}, "ScopeMismatched", "invalid_scope", 400),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value),
)
def test_a_wrong_assertion_is_refused(
    key: ec.EllipticCurvePrivateKey, changes: dict[str, object], detail: str, error: str, status: int
) -> None:
    refused = refusal(signed(key, **changes), account(mapping(key)))  # pyright: ignore[reportArgumentType]
    assert (refused.detail, refused.error, refused.status) == (detail, error, status)


def test_rsa_with_pkcs1_padding_is_no_longer_taken(rsa_key: rsa.RSAPrivateKey) -> None:
    assert refusal(signed(rsa_key, "RS256"), account(mapping(rsa_key))).detail == "UnsupportedAlgo"


def test_a_signature_by_another_key_is_refused(key: ec.EllipticCurvePrivateKey) -> None:
    stranger = ec.generate_private_key(ec.SECP256R1())
    assert refusal(signed(stranger), account(mapping(key))).detail == "SignatureValidation"


def test_an_algorithm_that_does_not_fit_the_key_is_refused(
    key: ec.EllipticCurvePrivateKey, rsa_key: rsa.RSAPrivateKey
) -> None:
    assert refusal(signed(rsa_key, "PS256"), account(mapping(key))).detail == "SignatureValidation"


def test_a_changed_payload_breaks_the_signature(key: ec.EllipticCurvePrivateKey) -> None:
    header, _, signature = signed(key).split(".")
    payload = signed(key, scope=["restlets"]).split(".")[1]
    assert refusal(f"{header}.{payload}.{signature}", account(mapping(key))).detail == "SignatureValidation"


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "e30.e30", "e30.W10.AA", "é.é.é"])
def test_what_is_no_token_is_an_invalid_request(key: ec.EllipticCurvePrivateKey, text: str) -> None:
    refused = refusal(text, account(mapping(key)))
    assert (refused.error, refused.status) == ("invalid_request", 400)


def _revoke(one: CertificateMapping) -> CertificateMapping:
    return replace(one, revoked=True)


def _expire(one: CertificateMapping) -> CertificateMapping:
    return replace(one, valid_until=NOW - timedelta(seconds=1))


@pytest.mark.parametrize("change", [_revoke, _expire])
def test_a_certificate_that_no_longer_counts_is_a_missing_key(
    key: ec.EllipticCurvePrivateKey, change: Callable[[CertificateMapping], CertificateMapping]
) -> None:
    assert refusal(signed(key), account(change(mapping(key)))).detail == "MissingKey"


def test_a_blocked_integration_gets_no_token(key: ec.EllipticCurvePrivateKey) -> None:
    registry = account(mapping(key))
    registry.integrations["client"].blocked = True
    refused = refusal(signed(key), registry)
    assert (refused.detail, refused.error) == ("IntegrationBlocked", "unauthorized_client")


def test_an_integration_without_the_grant_gets_no_token(key: ec.EllipticCurvePrivateKey) -> None:
    registry = account(mapping(key))
    registry.integrations["client"].client_credentials = False
    assert refusal(signed(key), registry).detail == "InvalidGrantType"
