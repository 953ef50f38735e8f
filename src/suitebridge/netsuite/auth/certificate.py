"""OAuth 2.0 client credentials: a signed assertion is exchanged for a token that lives about an hour.

Oracle help: "OAuth 2.0 Client Credentials Flow", "The Request Parameters and the Response".
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import msgspec

from suitebridge.errors import ConfigError
from suitebridge.http.exchange import Answer
from suitebridge.http.redaction import Secret
from suitebridge.netsuite.auth.authorizer import Signed
from suitebridge.netsuite.auth.clock import ServerClock
from suitebridge.netsuite.classify import AUDIT_TRAIL, classify
from suitebridge.netsuite.errors import AnswerError, LoginError, NetSuiteError

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, RSAKey

PostForm = Callable[[str, bytes], Awaitable[Answer]]
"""Sends a form to a URL once and gives the answer, or raises NotSent or Broken as ``http.exchange`` does."""

ASSERTION_LIFE: Final = 300
"""Seconds an assertion lives: long enough for a clock that is off by four minutes, far below the hour allowed."""

SCOPES: Final = ("rest_webservices", "restlets")

_REFUSALS: Final = {
    "invalid_client": "Check that client id, certificate id and private key belong together, that the certificate is "
    f"neither revoked nor expired, and the column Detail at {AUDIT_TRAIL}.",
    "invalid_grant": "Check that the certificate is mapped in this account (a sandbox refresh wipes it); "
    f"the reason stands at {AUDIT_TRAIL}.",
    "invalid_request": "Check that certificate id and private key belong together and that this machine's clock is "
    f"right; the reason stands at {AUDIT_TRAIL}.",
    "unauthorized_client": "On the integration record, tick Client Credentials (Machine to Machine) Grant and see that "
    "its state is Enabled.",
    "unsupported_grant_type": "Tick Client Credentials (Machine to Machine) Grant on the integration record.",
    "invalid_scope": "Tick REST Web Services and RESTlets under Scope on the integration record.",
}


class _Token(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: int | str = 3600
    token_type: str = "bearer"


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A private key and the algorithm that NetSuite takes for it: PS256 for RSA, ES256, ES384 or ES512 for EC."""

    key: RSAKey | ECKey
    algorithm: str


def load_private_key(path: Path) -> PrivateKey:
    """Reads a PEM file. Raises ConfigError if it is missing, encrypted, or holds no RSA or EC key."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from joserfc.jwk import ECKey, RSAKey

    remedy = (
        "Give the PEM file of the private key whose certificate was uploaded to NetSuite (NETSUITE_PRIVATE_KEY_FILE)."
    )
    try:
        pem = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"The private key file {path} cannot be read: {error.strerror}.", record=str(path), remedy=remedy
        ) from error
    try:
        loaded = load_pem_private_key(pem, password=None)
    except TypeError as error:
        raise ConfigError(
            f"The private key in {path} is encrypted.",
            record=str(path),
            remedy="Store it without a passphrase, readable by its user alone.",
        ) from error
    except Exception as error:
        raise ConfigError(f"{path} holds no private key in PEM form.", record=str(path), remedy=remedy) from error
    if isinstance(loaded, RSAPrivateKey):
        return PrivateKey(RSAKey.import_key(pem), "PS256")
    algorithms = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}
    if isinstance(loaded, EllipticCurvePrivateKey) and loaded.curve.name in algorithms:
        return PrivateKey(ECKey.import_key(pem), algorithms[loaded.curve.name])
    raise ConfigError(
        f"The private key in {path} is of a kind that NetSuite does not take.",
        record=str(path),
        remedy="Use RSA with 3072 or 4096 bits, or EC with 256, 384 or 521 bits.",
    )


class CertificateLogin:
    """Keeps one access token and renews it before it dies, once for all callers that wait for it."""

    method = "certificate"

    def __init__(
        self,
        *,
        client_id: str,
        certificate_id: str,
        private_key: PrivateKey,
        token_url: str,
        clock: ServerClock,
        post: PostForm,
    ) -> None:
        self._client_id = client_id
        self._certificate_id = certificate_id
        self._private_key = private_key
        self._token_url = token_url
        self._clock = clock
        self._post = post
        self._token: Secret | None = None
        self._renew_at = 0.0
        self._serial = 0
        self._renewal: asyncio.Task[None] | None = None

    async def sign(self, method: str, url: str) -> Signed:
        """The bearer header, with a new token if the present one is about to die."""
        del method, url
        if self._token is None or self._clock.now() >= self._renew_at:
            await self._renewed()
        if self._token is None:
            raise AnswerError("NetSuite's token endpoint gave no token.")
        return Signed(self.method, {"Authorization": f"Bearer {self._token.reveal()}"}, self._serial)

    def renew(self, used: Signed) -> bool:
        """Forgets the refused token unless there is a newer one already. Always True."""
        if used.serial == self._serial:
            self._token = None
        return True

    async def _renewed(self) -> None:
        if self._renewal is None or self._renewal.done():
            self._renewal = asyncio.create_task(self._exchange())
            self._renewal.add_done_callback(_look_at)
        # Shielded: one caller that gives up must not take the token from the others.
        await asyncio.shield(self._renewal)

    async def _exchange(self) -> None:
        settings = self._clock.settings
        answer = await self._ask()
        if answer.status in (400, 401) and self._clock.settings != settings:
            # The refusal itself told the server's time, and ours was off: the assertion may have been from the future.
            answer = await self._ask()
        if answer.status != 200:
            raise _refusal(answer, self._token_url)
        try:
            token = msgspec.json.decode(answer.body, type=_Token)
            life = float(token.expires_in)
        except (msgspec.MsgspecError, ValueError) as error:
            raise AnswerError("NetSuite's token endpoint answered in a form that is not documented.") from error
        now = self._clock.now()
        self._token = Secret(token.access_token)
        self._renew_at = now + life - min(120.0, life / 5)
        self._serial += 1

    async def _ask(self) -> Answer:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": self._assertion(),
        }
        answer = await self._post(self._token_url, urlencode(form).encode())
        self._clock.observe(answer.headers)
        return answer

    def _assertion(self) -> str:
        from joserfc import jwt

        now = int(self._clock.now())
        header = {"alg": self._private_key.algorithm, "typ": "JWT", "kid": self._certificate_id}
        claims: dict[str, object] = {
            "iss": self._client_id,
            "scope": list(SCOPES),
            "aud": self._token_url,
            "iat": now,
            "exp": now + ASSERTION_LIFE,
        }
        return jwt.encode(header, claims, self._private_key.key, algorithms=[self._private_key.algorithm])


def _look_at(task: asyncio.Task[None]) -> None:
    """Fetches the exception of a renewal whose callers have all gone, so that asyncio does not complain of it."""
    if not task.cancelled():
        task.exception()


def _refusal(answer: Answer, url: str) -> NetSuiteError:
    error = classify(answer.status, answer.headers, answer.body, path=url, method="POST")
    if error.code not in _REFUSALS and answer.status not in (400, 401, 403):
        return error
    reason = error.code or f"status {answer.status}"
    return LoginError(
        f"NetSuite refused the login with this certificate: {reason}.",
        code=error.code,
        record=url,
        remedy=_REFUSALS.get(error.code or "", _REFUSALS["invalid_client"]),
        request_id=error.request_id,
        status=answer.status,
        details=error.details,
    )
