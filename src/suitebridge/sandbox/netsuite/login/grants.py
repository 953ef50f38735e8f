"""The token endpoint: client credentials, authorization code, refresh (Oracle's help, 158081952044, 162755359851)."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.clock import Clock
from suitebridge.sandbox.netsuite.login import assertion, client_authentication
from suitebridge.sandbox.netsuite.login.codes import Codes
from suitebridge.sandbox.netsuite.login.features import OAUTH2_FEATURE
from suitebridge.sandbox.netsuite.login.id_token import id_token
from suitebridge.sandbox.netsuite.login.refresh import Chains
from suitebridge.sandbox.netsuite.login.refusal import Detail, GrantRefused
from suitebridge.sandbox.netsuite.login.registry import ALL_SCOPES, Integration, Registry
from suitebridge.sandbox.netsuite.login.signing import SigningKey
from suitebridge.sandbox.netsuite.login.tokens import LIFE, TokenIssuer
from suitebridge.sandbox.netsuite.roles import LOGIN_OAUTH2, Roles

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """A POST to the token endpoint or to the revoke endpoint. `form` holds every value of every field."""

    form: Mapping[str, Collection[str]]
    authorization: str | None
    audiences: Collection[str]
    address: str
    uri: str


@dataclass(frozen=True, slots=True)
class Granted:
    """An answer of the token endpoint and who it is for."""

    text: str
    client_id: str
    entity_id: int
    role_id: int


@dataclass(frozen=True, slots=True)
class TokenEndpoint:
    """Decides token requests of one account; what it gives out is kept by its parts."""

    registry: Registry
    roles: Roles
    issuer: TokenIssuer
    key: SigningKey
    codes: Codes
    chains: Chains
    clock: Clock
    features: Callable[[], frozenset[str]]
    quirks: Mapping[str, str]

    def grant(self, request: TokenRequest) -> Granted:
        """Answer a token request. Raises GrantRefused."""
        fields = single_fields(request)
        grant_type = fields.get("grant_type")
        if not grant_type:
            raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST)
        if grant_type == "client_credentials":
            return self._by_assertion(fields, request)
        if grant_type not in ("authorization_code", "refresh_token"):
            raise GrantRefused("unsupported_grant_type", 400, Detail.INVALID_GRANT_TYPE)
        integration = self._client(fields, request)
        self._usable(integration)
        if grant_type == "authorization_code":
            return self._by_code(fields, integration)
        return self._by_refresh(fields, integration)

    def revoke(self, request: TokenRequest) -> None:
        """Kill a refresh token and its access tokens. Raises GrantRefused; a token already dead is no fault."""
        fields = single_fields(request)
        integration = self._client(fields, request)
        if not fields.get("token"):
            raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST, client_id=integration.client_id)
        try:
            self.chains.revoke(fields["token"], integration)
        except GrantRefused as refusal:
            # RFC 7009: what is no token (any more) needs no revoking. Another client's is not to be touched.
            if refusal.detail is Detail.INVALID_INTEGRATION:
                raise

    def _client(self, fields: Mapping[str, str], request: TokenRequest) -> Integration:
        return client_authentication.authenticate(
            fields,
            request.authorization,
            self.registry,
            secret_in_body=self.quirks["client-secret-in-body"] == "accept",
        )

    def _by_assertion(self, fields: Mapping[str, str], request: TokenRequest) -> Granted:
        if fields.get("client_assertion_type") != JWT_BEARER or not fields.get("client_assertion"):
            raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST)
        if request.authorization is not None or "client_secret" in fields:
            # Two ways to authenticate the client in one request.
            raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST)
        if OAUTH2_FEATURE not in self.features():
            raise GrantRefused("unauthorized_client", 400, Detail.FEATURE_DISABLED)
        now = self.clock.now()
        granted = assertion.decide(
            fields["client_assertion"],
            self.registry,
            request.audiences,
            now,
            60 * int(self.quirks["assertion-minutes"]),
        )
        integration, mapping = granted.integration, granted.mapping
        self._role_usable(integration, mapping.entity_id, mapping.role_id)
        token = self.issuer.issue(integration, mapping.entity_id, mapping.role_id, granted.scopes, now)
        # Oracle's sample of this grant has spaces, and a capital letter in the token's type.
        body = {"access_token": token, "expires_in": LIFE, "token_type": self.quirks["token-type-case"]}
        return Granted(json.dumps(body), integration.client_id, mapping.entity_id, mapping.role_id)

    def _by_code(self, fields: Mapping[str, str], integration: Integration) -> Granted:
        now = self.clock.now()
        code = self.codes.redeem(fields, integration, now)
        self._role_usable(integration, code.entity_id, code.role_id)
        self._scopes_ticked(code.scopes, integration, code.entity_id, code.role_id)
        chain, refresh_token = self.chains.begin(integration, code.entity_id, code.role_id, code.scopes, now)
        access_token = self.issuer.issue(
            integration, code.entity_id, code.role_id, code.scopes, now, chain=chain, started=int(now.timestamp())
        )
        body: dict[str, object] = {
            "access_token": access_token,
            "refresh_token": refresh_token,
            "expires_in": LIFE,
            "token_type": "bearer",
        }
        if "openid" in code.scopes:
            user = self.registry.user_of(code.entity_id)
            if self.quirks["openid-expires-in"] == "text":
                body["expires_in"] = str(LIFE)
            body["id_token"] = id_token(
                self.key,
                integration=integration,
                entity_id=code.entity_id,
                role_id=code.role_id,
                scopes=code.scopes,
                access_token=access_token,
                nonce=code.nonce,
                email=None if user is None else user.email,
                jti=self.issuer.id_jti(chain),
                now=now,
            )
        return Granted(_line(body), integration.client_id, code.entity_id, code.role_id)

    def _by_refresh(self, fields: Mapping[str, str], integration: Integration) -> Granted:
        token = fields.get("refresh_token")
        if not token:
            raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST, client_id=integration.client_id)
        now = self.clock.now()
        renewal = self.chains.renew(token, integration, now)
        chain = renewal.chain
        self._role_usable(integration, chain.entity_id, chain.role_id)
        scopes = _narrowed(fields.get("scope"), chain.scopes, integration)
        self._scopes_ticked(scopes, integration, chain.entity_id, chain.role_id)
        access_token = self.issuer.issue(
            integration, chain.entity_id, chain.role_id, scopes, now, chain=renewal.chain_id, started=chain.started
        )
        body: dict[str, object] = {"access_token": access_token}
        if chain.rotates:
            body["refresh_token"] = self.chains.rotate(renewal, integration, now)
        body |= {"expires_in": LIFE, "token_type": "bearer"}
        return Granted(_line(body), integration.client_id, chain.entity_id, chain.role_id)

    def _usable(self, integration: Integration) -> None:
        def refuse(detail: Detail) -> GrantRefused:
            return GrantRefused("unauthorized_client", 400, detail, client_id=integration.client_id)

        if OAUTH2_FEATURE not in self.features():
            raise refuse(Detail.FEATURE_DISABLED)
        if integration.blocked:
            raise refuse(Detail.INTEGRATION_BLOCKED)
        if not integration.authorization_code:
            raise refuse(Detail.AUTHORIZATION_CODE_GRANT_REQUIRED)

    def _role_usable(self, integration: Integration, entity_id: int, role_id: int) -> None:
        role = self.roles.by_id(role_id)
        if role is None or role.disabled or not self.roles.may(role, LOGIN_OAUTH2):
            raise GrantRefused(
                "invalid_grant",
                400,
                Detail.ENTITY_OR_ROLE_DISABLED,
                client_id=integration.client_id,
                user=entity_id,
                role_id=role_id,
            )

    def _scopes_ticked(self, scopes: Collection[str], integration: Integration, entity_id: int, role_id: int) -> None:
        if not set(scopes) <= integration.scopes:
            raise GrantRefused(
                "invalid_scope",
                400,
                Detail.SCOPE_MISMATCHED,
                client_id=integration.client_id,
                user=entity_id,
                role_id=role_id,
            )


def single_fields(request: TokenRequest) -> dict[str, str]:
    """The form's fields. Raises GrantRefused for one that is given twice."""
    if any(len(values) != 1 for values in request.form.values()):
        raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST)
    return {name: next(iter(values)) for name, values in request.form.items()}


def _narrowed(text: str | None, granted: tuple[str, ...], integration: Integration) -> tuple[str, ...]:
    if text is None:
        return granted
    asked = tuple(dict.fromkeys(text.split()))
    if not asked or not set(asked) <= ALL_SCOPES or not set(asked) <= set(granted):
        raise GrantRefused("invalid_scope", 400, Detail.INVALID_SCOPE, client_id=integration.client_id)
    return asked


def _line(body: Mapping[str, object]) -> str:
    return json.dumps(body, separators=(",", ":"))
