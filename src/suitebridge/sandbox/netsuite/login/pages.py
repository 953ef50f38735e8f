"""The pages a browser sees on the way to a code: plain HTML with stable ids and names, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

SCOPE_TITLES = {
    "restlets": "RESTlets",
    "rest_webservices": "REST Web Services",
    "suite_analytics": "SuiteAnalytics Connect",
    "mcp": "AI connector",
    "openid": "Who you are",
    "email": "Your email address",
}


def login_page(action: str, integration: str, *, email: str = "", fault: str | None = None) -> str:
    """Email and password. `action` is where the form goes."""
    return _page(
        "Log in",
        f"<p>Log in to connect <strong id='integration'>{escape(integration)}</strong>.</p>"
        + _fault(fault)
        + f"<form id='login-form' method='post' action='{escape(action)}'>"
        f"<p><label for='email'>Email address</label> "
        f"<input id='email' name='email' type='email' autocomplete='username' required value='{escape(email)}'></p>"
        "<p><label for='password'>Password</label> "
        "<input id='password' name='password' type='password' autocomplete='current-password' required></p>"
        "<p><button id='login' name='action' value='login' type='submit'>Log in</button></p></form>",
    )


def consent_page(
    action: str,
    integration: str,
    *,
    user: str,
    account: str,
    scopes: Sequence[str],
    roles: Sequence[tuple[int, str]],
    chosen: int | None,
    ticket: str,
) -> str:
    """What is asked for, which role to give it, and the two answers. `ticket` goes back with the form."""
    listed = "".join(f"<li class='scope'>{escape(SCOPE_TITLES.get(scope, scope))}</li>" for scope in scopes)
    options = "".join(
        f"<option value='{role_id}'{' selected' if role_id == chosen else ''}>{escape(name)}</option>"
        for role_id, name in roles
    )
    return _page(
        "Allow access",
        f"<p><strong id='integration'>{escape(integration)}</strong> wants to use account "
        f"<span id='account'>{escape(account)}</span> as <span id='user'>{escape(user)}</span>:</p>"
        f"<ul id='scopes'>{listed}</ul>"
        f"<form id='consent-form' method='post' action='{escape(action)}'>"
        f"<input type='hidden' name='ticket' value='{escape(ticket)}'>"
        f"<p><label for='role'>Role</label> <select id='role' name='role'>{options}</select></p>"
        "<p><button id='allow' name='action' value='allow' type='submit'>Allow</button> "
        "<button id='deny' name='action' value='deny' type='submit'>Deny</button></p></form>",
    )


def error_page(text: str) -> str:
    """A fault that cannot be told to the client."""
    return _page("Error", _fault(text))


def _fault(text: str | None) -> str:
    return "" if text is None else f"<p id='error' role='alert'>{escape(text)}</p>"


def _page(title: str, content: str) -> str:
    return (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{title} - NetSuite sandbox</title></head><body><main><h1>{title}</h1>{content}</main></body></html>"
    )
