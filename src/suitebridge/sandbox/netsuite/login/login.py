"""The door: turns a token request into a token and a signed or bearer request into a Caller.
Why it refuses stands in the audit trail only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.clock import Clock
from suitebridge.sandbox.netsuite.login.audit import Attempt, AuditTrail
from suitebridge.sandbox.netsuite.login.authorizer import Agreed, Authorizer
from suitebridge.sandbox.netsuite.login.browser import Browsers
from suitebridge.sandbox.netsuite.login.certificates import Certificates, Uploaded
from suitebridge.sandbox.netsuite.login.codes import Code, Codes
from suitebridge.sandbox.netsuite.login.features import (
    OAUTH2_FEATURE,
    REST_FEATURE,
    SUITESCRIPT_FEATURE,
    TOKENS_FEATURE,
)
from suitebridge.sandbox.netsuite.login.grants import TokenEndpoint, TokenRequest
from suitebridge.sandbox.netsuite.login.kept import Kept
from suitebridge.sandbox.netsuite.login.refresh import Chain, Chains
from suitebridge.sandbox.netsuite.login.refusal import Detail, GrantRefused, LoginRefused
from suitebridge.sandbox.netsuite.login.registry import Registry
from suitebridge.sandbox.netsuite.login.signing import SigningKey
from suitebridge.sandbox.netsuite.login.tba import SignedRequest, TokenLogin
from suitebridge.sandbox.netsuite.login.tokens import Floor, TokenIssuer
from suitebridge.sandbox.netsuite.roles import (
    LOGIN_OAUTH2,
    LOGIN_TOKENS,
    REST_WEB_SERVICES,
    SUITESCRIPT,
    Role,
    Roles,
)


@dataclass(frozen=True, slots=True)
class Foundations:
    """What logins stand on: what is on file, what is kept, the account's key, time and settings."""

    registry: Registry
    roles: Roles
    audit: AuditTrail
    kept: Kept
    key: SigningKey
    clock: Clock
    features: Callable[[], frozenset[str]]
    quirks: Mapping[str, str]


class Login:
    """All logins of one account. Its methods may be called from one thread at a time."""

    def __init__(self, given: Foundations) -> None:
        self.registry = registry = given.registry
        self.roles = given.roles
        self.audit = given.audit
        self.kept = kept = given.kept
        self._clock = given.clock
        self._features = given.features
        self._quirks = given.quirks
        self._noted: set[str] = set()
        self.issuer = issuer = TokenIssuer(registry, given.key, kept.shelf("floors", Floor))
        self.tokens = TokenLogin(registry, given.quirks)
        self.certificates = Certificates(registry, kept.shelf("certificates", Uploaded))
        self.chains = Chains(kept.shelf("chains", Chain), issuer)
        self.browsers = Browsers(registry)
        self._agreed = kept.shelf("agreed", Agreed)
        codes = Codes(kept.shelf("codes", Code), 60.0 * int(given.quirks["code-minutes"]))
        self._endpoint = TokenEndpoint(
            registry, given.roles, issuer, given.key, codes, self.chains, given.clock, given.features, given.quirks
        )
        self.authorizer = Authorizer(
            registry,
            given.roles,
            self.browsers,
            codes,
            self._agreed,
            given.clock,
            given.features,
            given.quirks,
            self._note,
        )

    def grant(self, request: TokenRequest) -> str:
        """The JSON text of a token answer. Raises GrantRefused."""
        try:
            granted = self._endpoint.grant(request)
        except GrantRefused as refusal:
            self._refuse_grant(request, refusal)
            raise
        self._note(
            None,
            user=granted.entity_id,
            role_id=granted.role_id,
            client_id=granted.client_id,
            address=request.address,
            uri=request.uri,
        )
        return granted.text

    def revoke(self, request: TokenRequest) -> None:
        """Kill a refresh token and its access tokens. Raises GrantRefused."""
        try:
            self._endpoint.revoke(request)
        except GrantRefused as refusal:
            self._refuse_grant(request, refusal)
            raise

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
            subsidiaries=role.subsidiaries,
        )

    def forget_browsers(self) -> None:
        """Sign everybody out of the user interface, and ask for every consent anew."""
        self.browsers.forget()
        self._agreed.clear()

    def note_no_user(self, email: str, address: str, uri: str) -> None:
        """Note that an email and password were wrong."""
        self._note(
            Detail.NO_CREDENTIALS, user=None, role_id=None, client_id=None, address=address, uri=uri, email=email
        )

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
        if self.chains.is_revoked(session.chain):
            raise refuse(Detail.TOKEN_BLOCKED)
        if self.chains.knows(session.chain) and not integration.authorization_code:
            raise refuse(Detail.AUTHORIZATION_CODE_GRANT_REQUIRED)
        wanted = "rest_webservices" if request.surface == "rest" else "restlets"
        if wanted not in session.scopes or wanted not in integration.scopes:
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
        return Detail.INSUFFICIENT_PERMISSIONS if role.web_services_only and not rest else None

    def _refuse_grant(self, request: TokenRequest, refusal: GrantRefused) -> None:
        if refusal.error == "unauthorized_client":
            refusal.status = int(self._quirks["unauthorized-client-status"])
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
        email: str | None = None,
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
                email=email,
            )
        )
