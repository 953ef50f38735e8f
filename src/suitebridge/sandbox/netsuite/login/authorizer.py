"""The authorization page: signs a browser in, asks for consent, and sends it back with a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qsl

import msgspec

from suitebridge.sandbox.netsuite.clock import Clock
from suitebridge.sandbox.netsuite.login import pages
from suitebridge.sandbox.netsuite.login.authorization import (
    Circumstances,
    NoWayBack,
    Question,
    SentBack,
    address_with,
    decide,
    needs_consent,
)
from suitebridge.sandbox.netsuite.login.browser import Browsers, BrowserSession
from suitebridge.sandbox.netsuite.login.codes import Codes
from suitebridge.sandbox.netsuite.login.features import OAUTH2_FEATURE
from suitebridge.sandbox.netsuite.login.refusal import Detail
from suitebridge.sandbox.netsuite.login.registry import MCP_SCOPE, Registry
from suitebridge.sandbox.netsuite.roles import LOGIN_OAUTH2, MCP_SERVER, Role, Roles

BAD_LOGIN = "You have entered an invalid email address or password. Please try again."
_MOST_PARAMETERS = 100


class Agreed(msgspec.Struct, frozen=True):
    """What a user and role have allowed an integration."""

    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrowserCall:
    """A request for the authorization page. `path` and `query` are raw, `cookie` is the session's."""

    method: str
    path: str
    query: str
    form: Mapping[str, str]
    cookie: str | None
    address: str
    own_host: bool


@dataclass(frozen=True, slots=True)
class BrowserAnswer:
    """A page, or a redirect where there is a `location`; `cookie` is a new session's."""

    status: int
    html: str = ""
    location: str | None = None
    cookie: str | None = None


class Note(Protocol):
    """Writes the audit trail."""

    def __call__(
        self,
        detail: Detail | None,
        *,
        user: int | None,
        role_id: int | None,
        client_id: str | None,
        address: str,
        uri: str,
        email: str | None = None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Authorizer:
    """Step one of the authorization code grant for one account."""

    registry: Registry
    roles: Roles
    browsers: Browsers
    codes: Codes
    agreed: MutableMapping[str, Agreed]
    clock: Clock
    features: Callable[[], frozenset[str]]
    quirks: Mapping[str, str]
    note: Note

    def answer(self, call: BrowserCall) -> BrowserAnswer:
        """What the browser gets. Never raises for what a browser can send."""
        around = Circumstances(
            oauth2=OAUTH2_FEATURE in self.features(),
            own_host=call.own_host,
            pkce_for_all=self.quirks["pkce"] == "all",
            http_localhost=self.quirks["redirect-http"] == "localhost",
        )
        session = self.browsers.session(call.cookie, self.clock.now())
        try:
            pairs = parse_qsl(call.query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
        except ValueError:
            self._note(call, Detail.INVALID_REQUEST, None, session)
            return BrowserAnswer(400, pages.error_page("The address has too many parameters."))
        try:
            question = decide(pairs, self.registry.integrations, around)
            return self._step(question, session, call)
        except NoWayBack as fault:
            self._note(call, fault.detail, fault.client_id, session)
            return BrowserAnswer(400, pages.error_page(fault.text))
        except SentBack as fault:
            self._note(call, fault.detail, fault.integration.client_id, session)
            return BrowserAnswer(302, location=fault.address)

    def _step(self, question: Question, session: BrowserSession | None, call: BrowserCall) -> BrowserAnswer:
        action = call.form.get("action") if call.method == "POST" else None
        if action == "login":
            return self._sign_in(question, call)
        if action in ("allow", "deny") and session is not None:
            if session.takes(call.form.get("ticket", ""), call.query):
                return self._answered(question, session, call, allowed=action == "allow")
            return self._ask(question, session, call)
        if session is None and "none" in question.prompt:
            raise SentBack(
                self.quirks["prompt-none-error"],
                Detail.INVALID_REQUEST,
                question.integration,
                question.redirect_uri,
                question.state,
            )
        if session is None or "login" in question.prompt:
            return BrowserAnswer(200, pages.login_page(_action(call), question.integration.name))
        return self._proceed(question, session, call)

    def _sign_in(self, question: Question, call: BrowserCall) -> BrowserAnswer:
        email = call.form.get("email", "")
        found = self.browsers.sign_in(email, call.form.get("password", ""), self.clock.now())
        if found is None:
            user = self.registry.users.get(email.strip().lower())
            self.note(
                Detail.NO_CREDENTIALS,
                user=None if user is None else user.entity_id,
                role_id=None,
                client_id=question.integration.client_id,
                address=call.address,
                uri=call.path,
                email=email or None,
            )
            page = pages.login_page(_action(call), question.integration.name, email=email, fault=BAD_LOGIN)
            return BrowserAnswer(200, page)
        cookie, session = found
        try:
            answer = self._proceed(question, session, call)
        except SentBack as fault:
            self._note(call, fault.detail, question.integration.client_id, session)
            answer = BrowserAnswer(302, location=fault.address)
        return BrowserAnswer(answer.status, answer.html, answer.location, cookie)

    def _proceed(self, question: Question, session: BrowserSession, call: BrowserCall) -> BrowserAnswer:
        offered = self._offered(session)
        role_id = session.role_id or (offered[0].role_id if offered else None)
        if role_id is None:
            raise self._refused(question, session, None, Detail.ENTITY_OR_ROLE_DISABLED)
        clear = session.role_id is not None or len(offered) == 1
        agreed = self.agreed.get(_agreement(question, session, role_id))
        consented = None if agreed is None else frozenset(agreed.scopes)
        if not needs_consent(question, consented, role_is_clear=clear):
            return self._allow(question, session, role_id, call)
        if "none" in question.prompt and question.integration.consent != "always":
            raise self._refused(question, session, role_id, Detail.INVALID_REQUEST)
        return self._ask(question, session, call)

    def _ask(self, question: Question, session: BrowserSession, call: BrowserCall) -> BrowserAnswer:
        page = pages.consent_page(
            _action(call),
            question.integration.name,
            user=session.user.name,
            account=self.registry.account,
            scopes=question.scopes,
            roles=[(role.role_id, role.name) for role in self._offered(session)],
            chosen=session.role_id,
            ticket=session.ticket_for(call.query),
        )
        return BrowserAnswer(200, page)

    def _answered(
        self, question: Question, session: BrowserSession, call: BrowserCall, *, allowed: bool
    ) -> BrowserAnswer:
        offered = {str(role.role_id): role for role in self._offered(session)}
        role = offered.get(call.form.get("role", ""))
        if role is None:
            return self._ask(question, session, call)
        if not allowed:
            raise self._refused(question, session, role.role_id, Detail.AUTHORIZATION_EXPLICITLY_DENIED)
        session.role_id = role.role_id
        return self._allow(question, session, role.role_id, call)

    def _allow(self, question: Question, session: BrowserSession, role_id: int, call: BrowserCall) -> BrowserAnswer:
        role = self.roles.by_id(role_id)
        if role is None or not self._may(role, question):
            raise self._refused(question, session, role_id, Detail.ENTITY_OR_ROLE_DISABLED)
        key = _agreement(question, session, role_id)
        before = self.agreed.get(key)
        scopes = {*question.scopes, *(before.scopes if before is not None else ())}
        if before is None or scopes != set(before.scopes):
            self.agreed[key] = Agreed(tuple(sorted(scopes)))
        code = self.codes.issue(
            integration=question.integration,
            redirect_uri=question.redirect_uri,
            scopes=question.scopes,
            entity_id=session.user.entity_id,
            role_id=role_id,
            challenge=question.challenge,
            nonce=question.nonce,
            now=self.clock.now(),
        )
        self._note(call, None, question.integration.client_id, session, role_id)
        who = self._who(session, role_id)
        location = address_with(question.redirect_uri, {"state": question.state, **who, "code": code})
        return BrowserAnswer(302, location=location)

    def _may(self, role: Role, question: Question) -> bool:
        if role.disabled or not self.roles.may(role, LOGIN_OAUTH2):
            return False
        # The AI connector is closed to roles that may do everything.
        return MCP_SCOPE not in question.scopes or (not role.administrator and self.roles.may(role, MCP_SERVER))

    def _offered(self, session: BrowserSession) -> list[Role]:
        roles = (self.roles.by_id(role_id) for role_id in session.user.role_ids)
        return [role for role in roles if role is not None and not role.disabled]

    def _who(self, session: BrowserSession, role_id: int) -> dict[str, str]:
        return {
            "role": str(role_id),
            "entity": str(session.user.entity_id),
            "company": self.registry.account,
        }

    def _refused(self, question: Question, session: BrowserSession, role_id: int | None, detail: Detail) -> SentBack:
        who = {} if role_id is None else self._who(session, role_id)
        return SentBack("access_denied", detail, question.integration, question.redirect_uri, question.state, who)

    def _note(
        self,
        call: BrowserCall,
        detail: Detail | None,
        client_id: str | None,
        session: BrowserSession | None,
        role_id: int | None = None,
    ) -> None:
        self.note(
            detail,
            user=None if session is None else session.user.entity_id,
            role_id=role_id if role_id is not None or session is None else session.role_id,
            client_id=client_id,
            address=call.address,
            uri=call.path,
            email=None if session is None else session.user.email,
        )


def _action(call: BrowserCall) -> str:
    return f"{call.path}?{call.query}"


def _agreement(question: Question, session: BrowserSession, role_id: int) -> str:
    return f"{question.integration.client_id} {session.user.entity_id} {role_id}"
