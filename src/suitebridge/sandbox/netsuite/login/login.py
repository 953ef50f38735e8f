"""The door: turns a token request into a token and a signed or bearer request into a Caller.
Why it refuses stands in the audit trail only."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.clock import Clock
from suitebridge.sandbox.netsuite.login import assertion
from suitebridge.sandbox.netsuite.login.audit import Attempt, AuditTrail
from suitebridge.sandbox.netsuite.login.refusal import Detail, GrantRefused, LoginRefused
from suitebridge.sandbox.netsuite.login.registry import Registry
from suitebridge.sandbox.netsuite.login.tba import SignedRequest, TokenLogin
from suitebridge.sandbox.netsuite.login.tokens import LIFE, TokenIssuer
from suitebridge.sandbox.netsuite.roles import (
    LOGIN_OAUTH2,
    LOGIN_TOKENS,
    REST_WEB_SERVICES,
    SUITESCRIPT,
    Role,
    Roles,
)

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

OAUTH2_FEATURE = "oauth2"
TOKENS_FEATURE = "tba"
REST_FEATURE = "restwebservices"
SUITESCRIPT_FEATURE = "serversuitescript"
WORKBOOK_FEATURE = "analytics"

PLATFORM_FEATURES = frozenset({OAUTH2_FEATURE, TOKENS_FEATURE, REST_FEATURE, SUITESCRIPT_FEATURE, WORKBOOK_FEATURE})
"""Features that open the ways in, beside those that open tables and columns."""


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """A POST to the token endpoint. `form` holds every value of every field."""

    form: Mapping[str, Collection[str]]
    authorization: str | None
    audiences: Collection[str]
    address: str
    uri: str


class Login:
    """All logins of one account. Its methods may be called from one thread at a time."""

    def __init__(
        self,
        registry: Registry,
        roles: Roles,
        audit: AuditTrail,
        issuer: TokenIssuer,
        clock: Clock,
        features: Callable[[], frozenset[str]],
        quirks: Mapping[str, str],
    ) -> None:
        self.registry = registry
        self.roles = roles
        self.audit = audit
        self.issuer = issuer
        self.tokens = TokenLogin(registry, quirks)
        self._clock = clock
        self._features = features
        self._quirks = quirks
        self._noted: set[str] = set()

    def grant(self, request: TokenRequest) -> str:
        """The JSON text of a token answer. Raises GrantRefused."""
        try:
            granted = self._granted(request)
        except GrantRefused as refusal:
            if refusal.error == "unauthorized_client":
                refusal.status = int(self._quirks["unauthorized-client-status"])
            self._note_grant_refused(request, refusal)
            raise
        token = self.issuer.issue(granted, self._clock.now())
        self._note(
            None,
            user=granted.mapping.entity_id,
            role_id=granted.mapping.role_id,
            client_id=granted.integration.client_id,
            address=request.address,
            uri=request.uri,
        )
        token_type = self._quirks["token-type-case"]
        return json.dumps({"access_token": token, "expires_in": LIFE, "token_type": token_type})

    def authenticate(self, request: SignedRequest, address: str, *, has_cookie: bool = False) -> Caller:
        """Who is calling. Raises LoginRefused."""
        try:
            bearer = request.authorization[:6].lower() == "bearer"
            if has_cookie and bearer and self._quirks["cookie-with-bearer"] == "refuse":
                raise LoginRefused(Detail.TOKEN_REJECTED, scheme="Bearer")
            client_id, entity_id, role, token_name = self._identify(request)
        except LoginRefused as refusal:
            self._note(
                refusal.detail,
                user=refusal.user,
                role_id=refusal.role_id,
                client_id=refusal.client_id,
                address=address,
                uri=request.path,
                token_name=refusal.token_name,
            )
            raise
        if token_name is not None and token_name not in self._noted:
            # One entry a token and run: an entry a call would bury the refusals.
            self._noted.add(token_name)
            self._note(
                None,
                user=entity_id,
                role_id=role.role_id,
                client_id=client_id,
                address=address,
                uri=request.path,
                token_name=token_name,
            )
        return Caller(
            account=self.registry.account,
            integration=self.registry.integrations[client_id].name,
            role_id=role.role_id,
            entity_id=entity_id,
            features=self._features(),
            permissions=self.roles.permissions(role),
        )

    def _granted(self, request: TokenRequest) -> assertion.Grant:
        form = request.form
        if any(len(values) != 1 for values in form.values()):
            raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST)
        fields = {name: next(iter(values)) for name, values in form.items()}
        grant_type = fields.get("grant_type")
        if not grant_type:
            raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST)
        if grant_type != "client_credentials":
            raise GrantRefused("unsupported_grant_type", 400, Detail.INVALID_GRANT_TYPE)
        if fields.get("client_assertion_type") != JWT_BEARER or not fields.get("client_assertion"):
            raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST)
        if request.authorization is not None or "client_secret" in fields:
            # Two ways to authenticate the client in one request.
            raise GrantRefused("invalid_request", 400, Detail.INVALID_REQUEST)
        if OAUTH2_FEATURE not in self._features():
            raise GrantRefused("unauthorized_client", 400, Detail.FEATURE_DISABLED)
        granted = assertion.decide(
            fields["client_assertion"],
            self.registry,
            request.audiences,
            self._clock.now(),
            60 * int(self._quirks["assertion-minutes"]),
        )
        role = self.roles.by_id(granted.mapping.role_id)
        if role is None or role.disabled or not self.roles.may(role, LOGIN_OAUTH2):
            raise GrantRefused(
                "invalid_grant",
                400,
                Detail.ENTITY_OR_ROLE_DISABLED,
                client_id=granted.integration.client_id,
                user=granted.mapping.entity_id,
                role_id=granted.mapping.role_id,
            )
        return granted

    def _identify(self, request: SignedRequest) -> tuple[str, int, Role, str | None]:
        scheme, _, rest = request.authorization.strip().partition(" ")
        word = scheme.lower()
        if not word:
            raise LoginRefused(Detail.NO_CREDENTIALS)
        if word == "bearer":
            return self._by_bearer(rest.strip(), request)
        if word == "oauth":
            return self._by_signature(request)
        raise LoginRefused(Detail.INVALID_REQUEST, scheme="Bearer", malformed=True)

    def _by_bearer(self, token: str, request: SignedRequest) -> tuple[str, int, Role, None]:
        if not token or " " in token:
            raise LoginRefused(Detail.INVALID_REQUEST, scheme="Bearer", malformed=True)
        session = self.issuer.check(token, self._clock.now())
        integration = self.registry.integrations.get(session.client_id)
        role = self.roles.by_id(session.role_id)

        def refuse(detail: Detail) -> LoginRefused:
            return LoginRefused(
                detail,
                scheme="Bearer",
                client_id=session.client_id,
                user=session.entity_id,
                role_id=session.role_id,
            )

        if OAUTH2_FEATURE not in self._features():
            raise refuse(Detail.FEATURE_DISABLED)
        if integration is None:
            raise refuse(Detail.INVALID_INTEGRATION)
        if integration.blocked:
            raise refuse(Detail.INTEGRATION_BLOCKED)
        wanted = "rest_webservices" if request.surface == "rest" else "restlets"
        if wanted not in session.scopes:
            raise refuse(Detail.SCOPE_MISMATCHED)
        if role is None or role.disabled or not self.roles.may(role, LOGIN_OAUTH2):
            raise refuse(Detail.ENTITY_OR_ROLE_DISABLED)
        fault = self._surface_fault(role, request)
        if fault is not None:
            raise refuse(fault)
        return session.client_id, session.entity_id, role, None

    def _by_signature(self, request: SignedRequest) -> tuple[str, int, Role, str]:
        if TOKENS_FEATURE not in self._features():
            raise LoginRefused(Detail.FEATURE_DISABLED, scheme="OAuth")
        integration, token = self.tokens.check(request, self._clock.now())
        role = self.roles.by_id(token.role_id)
        usable = role is not None and not role.disabled and self.roles.may(role, LOGIN_TOKENS)
        fault = self._surface_fault(role, request) if role is not None and usable else None
        if role is None or not usable or fault is not None:
            raise LoginRefused(
                fault or Detail.PERMISSION_DENIED,
                scheme="OAuth",
                client_id=integration.client_id,
                user=token.entity_id,
                role_id=token.role_id,
                token_name=token.name,
            )
        return integration.client_id, token.entity_id, role, token.name

    def _surface_fault(self, role: Role, request: SignedRequest) -> Detail | None:
        rest = request.surface == "rest"
        if (REST_FEATURE if rest else SUITESCRIPT_FEATURE) not in self._features():
            return Detail.FEATURE_DISABLED
        if not self.roles.may(role, REST_WEB_SERVICES if rest else SUITESCRIPT):
            return Detail.INSUFFICIENT_PERMISSIONS
        return None

    def _note_grant_refused(self, request: TokenRequest, refusal: GrantRefused) -> None:
        self._note(
            refusal.detail,
            user=refusal.user,
            role_id=refusal.role_id,
            client_id=refusal.client_id,
            address=request.address,
            uri=request.uri,
        )

    def _note(
        self,
        detail: Detail | None,
        *,
        user: int | None,
        role_id: int | None,
        client_id: str | None,
        address: str,
        uri: str,
        token_name: str | None = None,
    ) -> None:
        self.audit.record(
            Attempt(
                moment=self._clock.now(),
                status="Success" if detail is None else "Failure",
                detail=None if detail is None else detail.value,
                user=user,
                role_id=role_id,
                address=address,
                request_uri=uri,
                integration=self.registry.integration_name(client_id),
                token_name=token_name,
            )
        )
