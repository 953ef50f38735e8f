"""Who is signed in to the user interface, and in which role."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from suitebridge.sandbox.netsuite.login.registry import Registry, User
from suitebridge.sandbox.netsuite.login.tba import LockOut

LIFE = 3 * 3600
"""Seconds a browser stays signed in."""

_MOST_TICKETS = 20


@dataclass(slots=True)
class BrowserSession:
    """A browser that is signed in. `tickets` are consent forms shown to it, each with the query it was shown for."""

    user: User
    expires: float
    role_id: int | None = None
    tickets: dict[str, str] = field(default_factory=dict[str, str])

    def ticket_for(self, query: str) -> str:
        """A ticket for one consent form."""
        while len(self.tickets) >= _MOST_TICKETS:
            del self.tickets[next(iter(self.tickets))]
        ticket = secrets.token_urlsafe(24)
        self.tickets[ticket] = query
        return ticket

    def takes(self, ticket: str, query: str) -> bool:
        """Whether a form was shown to this browser for this very query; it is used up."""
        return self.tickets.pop(ticket, None) == query


class Browsers:
    """All browsers that are signed in; forgotten when the sandbox stops."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._sessions: dict[str, BrowserSession] = {}
        self.lock_out = LockOut()

    def session(self, cookie: str | None, now: datetime) -> BrowserSession | None:
        """The session of a cookie, or None."""
        found = self._sessions.get(cookie) if cookie else None
        return found if found is not None and found.expires > now.timestamp() else None

    def sign_in(self, email: str, password: str, now: datetime) -> tuple[str, BrowserSession] | None:
        """A cookie and its session, or None for a wrong or locked user."""
        user = self.user_with(email, password, now)
        if user is None:
            return None
        moment = now.timestamp()
        self._sessions = {key: one for key, one in self._sessions.items() if one.expires > moment}
        cookie = secrets.token_hex(24)
        self._sessions[cookie] = session = BrowserSession(user, moment + LIFE)
        return cookie, session

    def user_with(self, email: str, password: str, now: datetime) -> User | None:
        """The user of that email and password; too many failures lock him out of the user interface alone."""
        user = self._registry.users.get(email.strip().lower())
        if user is None or self.lock_out.locked(user.entity_id, now.timestamp()):
            return None
        if not hmac.compare_digest(password.encode(), user.password.encode()):
            self.lock_out.failed(user.entity_id, now.timestamp())
            return None
        self.lock_out.succeeded(user.entity_id)
        return user

    def forget(self) -> None:
        """Sign everybody out and let everybody in again."""
        self._sessions.clear()
        self.lock_out.release()
