"""A browser that clicks: it reads the forms of a page by their ids and sends them as a browser would."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

AUTHORIZE_PATH = "/app/login/oauth2/authorize.nl"
TOKEN_PATH = "/services/rest/auth/oauth2/v1/token"
REVOKE_PATH = "/services/rest/auth/oauth2/v1/revoke"
STATE = "a state of 22 letters."


class Page(HTMLParser):
    """The forms, options and texts by id of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self.actions: dict[str, str] = {}
        self.buttons: dict[str, tuple[str, str, str]] = {}
        self.roles: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self._form = ""
        self._option: str | None = None
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = given["id"]
            self.forms[self._form] = {}
            self.actions[self._form] = given["action"]
        elif tag == "input":
            self.forms[self._form][given["name"]] = given.get("value", "")
        elif tag == "button":
            self.buttons[given["id"]] = (self._form, given["name"], given["value"])
        elif tag == "option":
            self._option = given["value"]
            self.forms[self._form].setdefault("role", self._option)
        if "id" in given:
            self._inside = given["id"]

    def handle_data(self, data: str) -> None:
        if self._option is not None:
            self.roles[self._option] = data
            self._option = None
        elif self._inside:
            self.texts[self._inside] = self.texts.get(self._inside, "") + data


@dataclass
class Browser:
    """One browser with its cookies, signed in or not. It follows no redirect."""

    base_url: str
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.base_url, trust_env=False, timeout=60, headers=self.headers)

    def open(self, **parameters: str | None) -> httpx.Response:
        query = urlencode({name: value for name, value in parameters.items() if value is not None})
        return self.http.get(f"{AUTHORIZE_PATH}?{query}")

    def click(self, answer: httpx.Response, button: str, **fields: str) -> httpx.Response:
        """Fill in the form that a button belongs to and press it."""
        page = Page(answer.text)
        form, name, value = page.buttons[button]
        return self.http.post(page.actions[form], data={**page.forms[form], **fields, name: value})


@dataclass
class Visit:
    """A client's way to a code through a browser, with what belongs to it."""

    driver: Any
    browser: Browser
    public: bool = False
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def client_id(self) -> str:
        name = "SUITEBRIDGE_SANDBOX_PUBLIC_CLIENT_ID" if self.public else "NETSUITE_CLIENT_ID"
        return self.driver.sandbox.env[name]

    @property
    def redirect_uri(self) -> str:
        return self.driver.sandbox.env["SUITEBRIDGE_SANDBOX_REDIRECT_URI"]

    @property
    def name(self) -> str:
        return "suitebridge public" if self.public else "suitebridge"

    def change(self, **values: object) -> None:
        """Change the integration record."""
        self.driver.sandbox.change(integrations={self.name: values})

    def parameters(self, **changes: str | None) -> dict[str, str | None]:
        """An address that is right but for what is given; None leaves a parameter out."""
        return {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "rest_webservices restlets",
            "state": STATE,
            "code_challenge": challenge(self.verifier),
            "code_challenge_method": "S256",
            **changes,
        }

    def open(self, **changes: str | None) -> httpx.Response:
        return self.browser.open(**self.parameters(**changes))

    def log_in(self, answer: httpx.Response, who: str = "ADMINISTRATOR", password: str | None = None) -> httpx.Response:
        env = self.driver.sandbox.env
        right = env[f"SUITEBRIDGE_SANDBOX_{who}_PASSWORD"]
        email = env[f"SUITEBRIDGE_SANDBOX_{who}_EMAIL"]
        return self.browser.click(answer, "login", email=email, password=password or right)

    def allow(self, *, who: str = "ADMINISTRATOR", role: str = "1000", **changes: str | None) -> dict[str, str]:
        """Go all the way; the parameters of the callback."""
        answer = self.open(**changes)
        if "login" in Page(answer.text).buttons:
            answer = self.log_in(answer, who)
        if answer.status_code == 200:
            answer = self.browser.click(answer, "allow", role=role)
        return callback(answer)

    def code(self, **changes: str | None) -> str:
        return self.allow(**changes)["code"]

    def basic(self) -> dict[str, str]:
        """The header of client authentication."""
        secret = "" if self.public else self.driver.sandbox.env["NETSUITE_CONSUMER_SECRET"]
        pair = base64.b64encode(f"{self.client_id}:{secret}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}

    def exchange(self, code: str, headers: dict[str, str] | None = None, **changes: str | None) -> httpx.Response:
        """Step two, right but for what is given."""
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
            **changes,
        }
        form = {name: value for name, value in fields.items() if value is not None}
        return self.browser.http.post(TOKEN_PATH, data=form, headers=self.basic() if headers is None else headers)

    def tokens(self, **changes: str | None) -> dict[str, Any]:
        """The answer of a whole sign-in."""
        answer = self.exchange(self.code(**changes))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refresh(self, token: str, **changes: str) -> httpx.Response:
        form = {"grant_type": "refresh_token", "refresh_token": token, **changes}
        return self.browser.http.post(TOKEN_PATH, data=form, headers=self.basic())

    def revoke(self, token: str) -> httpx.Response:
        return self.browser.http.post(REVOKE_PATH, data={"token": token}, headers=self.basic())


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def callback(answer: httpx.Response) -> dict[str, str]:
    """The parameters that a redirect back to the client carries."""
    assert answer.status_code == 302, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))
