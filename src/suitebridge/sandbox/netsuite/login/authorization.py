"""Step one of the authorization code grant: what an address asks for, and whether it may (Oracle's help, 158081952044).

Pure: query parameters and the integration records in, a question for the user or a refusal out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from suitebridge.sandbox.netsuite.login.refusal import Detail
from suitebridge.sandbox.netsuite.login.registry import ALL_SCOPES, MCP_SCOPE, Integration

SHORTEST_STATE = 22
LONGEST_STATE = 1024
PROMPTS: Mapping[str, frozenset[str]] = {
    "": frozenset(),
    "none": frozenset({"none"}),
    "login": frozenset({"login"}),
    "consent": frozenset({"consent"}),
    "login consent": frozenset({"login", "consent"}),
    "consent login": frozenset({"login", "consent"}),
}

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")


@dataclass(frozen=True, slots=True)
class Question:
    """An address that is in order: what the user is to be asked."""

    integration: Integration
    redirect_uri: str
    state: str
    scopes: tuple[str, ...]
    challenge: str | None
    prompt: frozenset[str]
    nonce: str | None


class NoWayBack(Exception):
    """A fault that is told on a page of NetSuite's own, as there is no address that can be trusted."""

    def __init__(self, detail: Detail, text: str, client_id: str | None) -> None:
        super().__init__(text)
        self.detail = detail
        self.text = text
        self.client_id = client_id


class SentBack(Exception):
    """A fault that is told to the client, by a redirect with `error`."""

    def __init__(
        self,
        error: str,
        detail: Detail,
        integration: Integration,
        redirect_uri: str,
        state: str | None,
        who: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{error}: {detail.value}")
        self.error = error
        self.detail = detail
        self.integration = integration
        parameters = {} if state is None else {"state": state}
        self.address = address_with(redirect_uri, {**parameters, **(who or {}), "error": error})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What counts beside the address. `own_host`: the account's own host was asked, not system.netsuite.com."""

    oauth2: bool
    own_host: bool
    pkce_for_all: bool
    http_localhost: bool


def decide(
    pairs: Sequence[tuple[str, str]], integrations: Mapping[str, Integration], around: Circumstances
) -> Question:
    """What is asked for. Raises NoWayBack and SentBack."""
    given = dict(pairs)
    client_id = given.get("client_id", "")
    integration = integrations.get(client_id)
    if integration is None:
        raise NoWayBack(Detail.UNKNOWN_INTEGRATION, "The client_id is not that of an integration.", client_id or None)
    redirect_uri = given.get("redirect_uri", "")
    listed = redirect_uri in integration.redirect_uris
    if not listed or not is_redirect_uri(redirect_uri, http_localhost=around.http_localhost):
        text = "The redirect_uri is not on the integration record."
        raise NoWayBack(Detail.INVALID_REDIRECT_URI, text, client_id)
    state = given.get("state")

    def refuse(error: str, detail: Detail) -> SentBack:
        return SentBack(error, detail, integration, redirect_uri, state)

    if len(given) != len(pairs):
        raise refuse("invalid_request", Detail.INVALID_REQUEST)
    if not around.oauth2:
        raise refuse("unauthorized_client", Detail.FEATURE_DISABLED)
    if integration.blocked:
        raise refuse("unauthorized_client", Detail.INTEGRATION_BLOCKED)
    if not integration.authorization_code:
        raise refuse("unauthorized_client", Detail.AUTHORIZATION_CODE_GRANT_REQUIRED)
    if not given.get("response_type"):
        raise refuse("invalid_request", Detail.INVALID_REQUEST)
    if given["response_type"] != "code":
        raise refuse("unsupported_response_type", Detail.UNSUPPORTED_RESPONSE_TYPE)
    if state is None or not SHORTEST_STATE <= len(state) <= LONGEST_STATE or not _PRINTABLE.fullmatch(state):
        raise refuse("invalid_request", Detail.INVALID_STATE)
    scopes = tuple(dict.fromkeys(given.get("scope", "").split()))
    if not _fit_together(scopes):
        raise refuse("invalid_scope", Detail.SCOPE_MISMATCHED)
    if not set(scopes) <= integration.scopes:
        raise refuse("invalid_scope", Detail.SCOPE_MISMATCHED)
    needs_challenge = integration.public or MCP_SCOPE in scopes or around.pkce_for_all
    challenge, method = given.get("code_challenge"), given.get("code_challenge_method")
    if challenge is None and (needs_challenge or method is not None):
        raise refuse("invalid_request", Detail.INVALID_REQUEST)
    if challenge is not None and (method != "S256" or not _CHALLENGE.fullmatch(challenge)):
        raise refuse("invalid_request", Detail.INVALID_REQUEST)
    prompt = PROMPTS.get(" ".join(given.get("prompt", "").split()))
    if prompt is None or ("none" in prompt and MCP_SCOPE in scopes) or ("login" in prompt and not around.own_host):
        raise refuse("invalid_request", Detail.INVALID_REQUEST)
    return Question(integration, redirect_uri, state, scopes, challenge, prompt, given.get("nonce"))


def needs_consent(question: Question, consented: frozenset[str] | None, *, role_is_clear: bool) -> bool:
    """Whether the consent screen is shown. `consented`: the scopes this user and role agreed to before, if ever."""
    policy = question.integration.consent
    if policy == "never" and MCP_SCOPE in question.scopes:
        policy = "always"
    if policy == "always" or "consent" in question.prompt:
        return True
    if policy == "never":
        return False
    return not role_is_clear or consented is None or not set(question.scopes) <= consented


def is_redirect_uri(text: str, *, http_localhost: bool = False) -> bool:
    """Whether an integration record takes this redirect URI: https or a scheme of its own, never plain http."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if not parts.scheme or parts.fragment or "#" in text or not _PRINTABLE.fullmatch(text) or " " in text:
        return False
    if parts.scheme == "http":
        return http_localhost and parts.hostname in ("localhost", "127.0.0.1", "::1")
    return parts.scheme != "https" or bool(parts.hostname)


def address_with(redirect_uri: str, parameters: Mapping[str, str]) -> str:
    """The redirect URI with more query parameters."""
    joint = "&" if urlsplit(redirect_uri).query else "?"
    return f"{redirect_uri}{joint}{urlencode(parameters)}"


def _fit_together(scopes: Sequence[str]) -> bool:
    if not scopes or not set(scopes) <= ALL_SCOPES:
        return False
    return MCP_SCOPE not in scopes or len(scopes) == 1
