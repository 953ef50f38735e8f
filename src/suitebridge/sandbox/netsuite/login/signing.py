"""The account's own key: it signs tokens, and `/keys` shows its public half (RFC 7517)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from suitebridge.sandbox.netsuite.login import jws
from suitebridge.sandbox.netsuite.login.kept import Kept

Algorithm = Literal["PS256", "RS256"]

ID_TOKEN_ALGORITHM: Algorithm = "RS256"
_SHELF = "signing"


class SavedKey(msgspec.Struct, frozen=True):
    """The private key as it is kept."""

    name: str
    pem: str


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An RSA key and the name it goes by; each algorithm has a `kid` of its own, as a key is for one algorithm."""

    private: rsa.RSAPrivateKey
    name: str
    access_algorithm: Algorithm

    def key_id(self, algorithm: Algorithm) -> str:
        """The `kid` of tokens under this algorithm."""
        return self.name if algorithm == self.access_algorithm else f"{self.name}-{algorithm}"

    def sign(self, payload: Mapping[str, object], algorithm: Algorithm) -> str:
        """A compact token."""
        header = {"kid": self.key_id(algorithm), "typ": "JWT", "alg": algorithm}
        return jws.sign(header, payload, self.private)

    def public_keys(self) -> dict[str, object]:
        """A JSON Web Key set."""
        numbers = self.private.public_key().public_numbers()

        def number(value: int) -> str:
            return jws.base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))

        material = {"n": number(numbers.n), "e": number(numbers.e)}
        algorithms = dict.fromkeys((self.access_algorithm, ID_TOKEN_ALGORITHM))
        return {
            "keys": [
                {"kty": "RSA", "kid": self.key_id(algorithm), "alg": algorithm, "use": "sig", **material}
                for algorithm in algorithms
            ]
        }


def new_private_key() -> rsa.RSAPrivateKey:
    """A key to sign tokens with. 2048 bits: tokens live an hour, and a longer key would cost a second at start."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signing_key(kept: Kept, account: str, new: rsa.RSAPrivateKey, now: datetime, algorithm: Algorithm) -> SigningKey:
    """The key that is kept, or the new one, which is kept from now on."""
    shelf = kept.shelf(_SHELF, SavedKey)
    saved = shelf.get(account)
    if saved is not None:
        private = serialization.load_pem_private_key(saved.pem.encode(), None)
        if isinstance(private, rsa.RSAPrivateKey):
            return SigningKey(private, saved.name, algorithm)
    pem = new.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    name = f"c.{account}.{now:%Y-%m-%d_%H-%M-%S}"
    shelf[account] = SavedKey(name, pem.decode("ascii"))
    return SigningKey(new, name, algorithm)
