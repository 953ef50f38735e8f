"""Which client is calling the token endpoint: HTTP Basic or the body, never both (Oracle's help, 158081952044)."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from urllib.parse import unquote

from suitebridge.sandbox.netsuite.login.refusal import Detail, GrantRefused
from suitebridge.sandbox.netsuite.login.registry import Integration, Registry


def authenticate(
    fields: Mapping[str, str], authorization: str | None, registry: Registry, *, secret_in_body: bool
) -> Integration:
    """The client. Raises GrantRefused: invalid_request for two ways at once, else invalid_client.

    A public client has no secret: its id in the body, or Basic with an empty password.
    """
    in_body = "client_id" in fields or "client_secret" in fields
    if authorization is not None and in_body:
        raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST, client_id=fields.get("client_id"))
    if authorization is not None:
        client_id, secret = _basic(authorization)
    elif in_body:
        client_id, secret = fields.get("client_id", ""), fields.get("client_secret", "")
    else:
        raise _failed(None)
    integration = registry.integrations.get(client_id)
    if integration is None:
        raise _failed(client_id)
    if integration.public:
        if secret:
            raise _failed(client_id)
        return integration
    if authorization is None and not secret_in_body:
        raise _failed(client_id)
    if not hmac.compare_digest(secret.encode(), integration.client_secret.encode()):
        raise _failed(client_id)
    return integration


def _basic(authorization: str) -> tuple[str, str]:
    scheme, _, rest = authorization.strip().partition(" ")
    if scheme.lower() != "basic":
        raise _failed(None)
    try:
        text = base64.b64decode(rest.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        raise _failed(None) from None
    client_id, colon, secret = text.partition(":")
    if not colon:
        raise _failed(None)
    # RFC 6749 2.3.1 has both form-encoded first; for NetSuite's hex keys that changes nothing.
    return unquote(client_id), unquote(secret)


def _failed(client_id: str | None) -> GrantRefused:
    return GrantRefused("invalid_client", 401, Detail.CLIENT_AUTHENTICATION_FAILED, client_id=client_id)
