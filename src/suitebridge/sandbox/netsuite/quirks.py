"""Every choice that NetSuite's documents leave open, in one place: what it is called, what it may be, and why.

Sources name the help pages ("section 1545222128"), or what was seen in the open ("seen: ..."). The default is what
is likeliest; a client that is right works with every value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

Check = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Quirk:
    """One open choice. `values` are what it may be; where they are not a list, `form` says so and `check` knows."""

    name: str
    default: str
    values: tuple[str, ...]
    source: str
    meaning: str
    form: str | None = None
    check: Check | None = None

    @property
    def allowed(self) -> str:
        """What it may be, in words."""
        parts = [*self.values, *([self.form] if self.form is not None else [])]
        return ", ".join(parts[:-1]) + (" or " if len(parts) > 1 else "") + parts[-1]

    def accepts(self, value: str) -> bool:
        """Whether it may have this value."""
        return value in self.values or (self.check is not None and self.check(value))


def _is_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _matches(pattern: str) -> Check:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def _choice(name: str, values: str, source: str, meaning: str) -> Quirk:
    """A choice among the values, the first of which is the default."""
    listed = tuple(values.split("|"))
    return Quirk(name, listed[0], listed, source, meaning)


def _free(name: str, default: str, form: str, check: Check, source: str, meaning: str) -> Quirk:
    return Quirk(name, default, (), source, meaning, form, check)


_COMPANY = (
    _free(
        "zone",
        "America/Los_Angeles",
        "an IANA time zone",
        _is_zone,
        "help: Company Information, time zone",
        "the company's zone, in which SuiteQL shows date-times; the server's own is Pacific in any case",
    ),
    _choice(
        "date-format",
        "M/D/YYYY|D/M/YYYY|D-Mon-YYYY|D.M.YYYY|D-MONTH-YYYY|YYYY/M/D|YYYY-M-D"
        "|DD/MM/YYYY|DD-Mon-YYYY|DD.MM.YYYY|DD-MONTH-YYYY|MM/DD/YYYY|YYYY/MM/DD|YYYY-MM-DD",
        "help: Set Preferences, date format; seen: dd/MM/yyyy and M/D/YYYY in public SuiteQL answers",
        "the user's date format, in which SuiteQL shows dates and date-times alike",
    ),
    _free(
        "company-language",
        "en",
        "a language code such as en, de or pt-BR",
        _matches(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?"),
        "seen: airbytehq/airbyte#34137",
        "the only language that Accept-Language may ask for",
    ),
)

_SUITEQL = (
    _choice(
        "wall",
        "cap|error|connect",
        "section 156414087576; seen: salto-io/salto, MuleSoft's connector",
        "past 100,000 rows: cut in silence, refuse the query, or go on as with SuiteAnalytics Connect switched on",
    ),
    _choice(
        "page-wall",
        "error|cap",
        "section 156414087576",
        "a page past the thousandth: refused, or hasMore is false on the thousandth and later ones are empty",
    ),
    _choice(
        "suiteql-with",
        "accept|refuse",
        "section 156257790831 refuses it; seen: live accounts accept it over REST",
        "common table expressions (WITH)",
    ),
    _choice(
        "suiteql-listagg",
        "accept|refuse",
        "section 158513731864 lists it as unsupported; seen: accepted over REST",
        "LISTAGG ... WITHIN GROUP",
    ),
    _choice(
        "suiteql-limit",
        "refuse|accept",
        "seen: refused by several accounts, used by one vendor's page",
        "LIMIT n",
    ),
    _choice(
        "suiteql-date-literals",
        "accept|refuse",
        "section 156257790831 forbids them; seen: accepted in the user's format",
        "a plain text compared with a date column, without TO_DATE",
    ),
    _choice(
        "suiteql-current-date",
        "accept|refuse",
        "section 158513731864 lists it; seen: refused",
        "CURRENT_DATE",
    ),
    _choice(
        "suiteql-in-select",
        "accept|refuse",
        "section 156257790831 shows it; seen: refused by one account",
        "IN (SELECT ...)",
    ),
    _choice(
        "suiteql-count-star",
        "accept|refuse",
        "section 156257790831 shows it with GROUP BY; seen: the plain form refused",
        "COUNT(*) alone on transaction",
    ),
    _choice(
        "suiteql-mixed-joins",
        "refuse|accept",
        "section 156257790831",
        "(+) and ANSI joins in one query",
    ),
    _choice(
        "suiteql-respond-async",
        "ignore|refuse",
        "section 157909186990 says it is not supported, not how",
        "Prefer: respond-async on a query: run as ever, or refused",
    ),
    _choice(
        "suiteql-transient",
        "require|ignore",
        "section 157909186990 requires it, without the answer",
        "a query without Prefer: transient: 400 naming the header, or run as ever",
    ),
    _choice(
        "df-grouped",
        "text|null",
        "seen: null in some accounts",
        "BUILTIN.DF on a column that the query groups by",
    ),
    _choice(
        "default-order",
        "trandate|trandisplayname|key",
        "N3949039 (2026.2): trandate; before it the display name",
        "how transactions come when a query has no ORDER BY",
    ),
    _choice(
        "default-order-ties",
        "stable|unstable",
        "section 156414087576 asks for a unique ORDER BY",
        "rows equal in that order: always alike, or changing from page to page",
    ),
    _choice(
        "expr-names",
        "expr1|expr0",
        "seen: expr1, expr2 in public answers",
        "what the first expression without an alias is called; later ones count on",
    ),
    _choice(
        "number-text",
        "0.5|.5",
        "none; Oracle's own texts have no leading zero",
        "how a fraction below one is written",
    ),
    _free(
        "unknown-column",
        "400",
        "400, 500, or a list like transaction.approveddate,item of tables and columns that answer 500",
        _matches(r"400|500|[a-z_]\w*(\.[a-z_]\w*)?(,[a-z_]\w*(\.[a-z_]\w*)?)*"),
        "seen: 400 naming it; 500 UNEXPECTED_ERROR for transaction.approveddate and item.type in one account",
        "a column that does not exist",
    ),
)

_RECORDS = (
    _choice(
        "error-type-uri",
        "rfc9110|w3",
        "section 156570709583 prints w3.org; seen: rfc9110 since about 2023",
        "the `type` of an error body",
    ),
    _choice(
        "error-content-type",
        "resource+json|resource",
        "section 1540811112 prints the form without +json for actions",
        "the media type of an error body",
    ),
    _choice(
        "page-offset-error",
        "offset|limit|ignore",
        "section 1545222128 demands a multiple of limit, without the answer",
        "an offset that is no multiple of limit: 400 naming this parameter, or taken as it is",
    ),
    _choice(
        "page-limit-error",
        "refuse|clamp",
        "section 1545222128",
        "a limit above 1,000: 400, or read as 1,000",
    ),
    _choice(
        "filtered-links",
        "keep|drop",
        "section 1545222128: its sample drops q",
        "whether the links of a filtered list keep q",
    ),
    _choice(
        "q-dates",
        "user|iso",
        "section 1545222128: '1/1/2019'",
        "dates in q: in the user's format, or ISO only",
    ),
    _choice(
        "link-type-case",
        "camel|request",
        "none; documents write salesOrder and salesorder alike",
        "the record type in links: camelCase, or as the request spelt it",
    ),
    _choice(
        "put-internal-id",
        "400|405",
        "section 156335203191 knows PUT by external id only",
        "the status of PUT with an internal id",
    ),
    _choice(
        "upsert-location",
        "always|created",
        "section 156335203191",
        "whether PUT by external id names the record also when it was there",
    ),
    _choice(
        "empty-fields",
        "absent|null",
        "seen: left out",
        "fields without a value in a record",
    ),
    _choice(
        "record-key-order",
        "alphabetical|definition",
        "seen: samples are alphabetical after links",
        "the order of fields in a record",
    ),
    _choice(
        "duplicate-name",
        "refuse|accept",
        "seen: the text is known for external ids",
        "a second customer, vendor or item of the same name",
    ),
    _choice(
        "accept-language",
        "check|ignore",
        "seen: airbytehq/airbyte#34137",
        "Accept-Language other than the company's: 400 INVALID_HEADER, or no matter",
    ),
    _choice(
        "large-body",
        "413|400",
        "section 1545141395: 104 MB, without the answer",
        "the status of a body that is too large",
    ),
)

_METADATA = (
    _choice(
        "metadata-describes",
        "catalogue|record",
        "section 1540810174: its sample has one address in all four links",
        "where the link `describes` of the catalogue leads: to the description, or to the records",
    ),
    _choice(
        "metadata-select-several",
        "links|items",
        "seen: a single object with links in MuleSoft's connector",
        "the catalogue for several selected names, unless OpenAPI is asked for",
    ),
)

_LOGIN_AND_LIMITS = (
    _choice(
        "token-type-case",
        "Bearer|bearer",
        "section 162790605110: the sample has Bearer, the table bearer",
        "token_type in the answer of a client-credentials login",
    ),
    _choice(
        "assertion-minutes",
        "60|120",
        "section 162755359851: under an hour; the audit trail's text speaks of two",
        "the longest that a client assertion may be valid",
    ),
    _choice(
        "unauthorized-client-status",
        "400|401",
        "section 158082518856, without a status",
        "the status of the error unauthorized_client",
    ),
    _choice(
        "cookie-with-bearer",
        "ignore|refuse",
        "seen: one report that a Cookie header spoils a good token",
        "a Cookie beside a bearer token",
    ),
    _free(
        "nonce-minutes",
        "10",
        "a number of minutes",
        _matches(r"[1-9]\d{0,3}"),
        "section 1534941088: used ones are refused, not for how long",
        "how long a nonce is remembered",
    ),
    _choice(
        "timestamp-order",
        "ignore|refuse",
        "section 1534941088: 'should'",
        "a TBA timestamp below an earlier one of the same token",
    ),
    _choice(
        "restlet-login-status",
        "403|401",
        "section 4634920277; seen: ddo/oauth-1.0a#103 has 403",
        "the status of INVALID_LOGIN_ATTEMPT on a RESTlet",
    ),
    _choice(
        "token-calls-in-pool",
        "no|yes",
        "none",
        "whether a call for a token takes a place in the account's pool",
    ),
    _choice(
        "concurrency-form",
        "429|400",
        "section 1502455060: 429; seen: a 400 in third-party code",
        "the status of CONCURRENCY_LIMIT_EXCEEDED over REST",
    ),
    _choice(
        "concurrency-top-code",
        "absent|present",
        "section 1502455060 prints USER_ERROR at the top level too",
        "an o:errorCode beside o:errorDetails in that answer",
    ),
    _choice(
        "governance-refusal",
        "403|400",
        "section 0625010817: administrators only, without the answer",
        "the status of governanceLimits for other roles",
    ),
)

_GRANTS = (
    _choice(
        "pkce",
        "public|all",
        "section 158081952044: needed by public clients and for mcp; by all new integrations from 2027.1",
        "which clients must send a code_challenge",
    ),
    _choice(
        "redirect-http",
        "refuse|localhost",
        "section 157771733782: no http; its note on dynamic registration speaks of localhost",
        "an integration record's redirect URI of http://localhost",
    ),
    _free(
        "code-minutes",
        "10",
        "a number of minutes",
        _matches(r"[1-9]\d{0,2}"),
        "none; 10 minutes is RFC 6749's advice",
        "how long an authorization code is good",
    ),
    _choice(
        "prompt-none-error",
        "access_denied|login_required",
        "section 158081952044: an error without a session, not which",
        "the error of prompt=none where nobody is signed in",
    ),
    _choice(
        "client-secret-in-body",
        "accept|refuse",
        "section 158081952044 knows HTTP Basic; RFC 6749 both",
        "client_id and client_secret in the body of a token call",
    ),
    _choice(
        "revoke-body",
        "empty|object",
        "none",
        "the body of a successful revocation",
    ),
    _choice(
        "openid-expires-in",
        "text|number",
        "section 0525020842: its sample has a text",
        "expires_in beside an id_token",
    ),
    _choice(
        "token-algorithm",
        "PS256|RS256",
        "section 158711892221 says PS256; every printed sample has RS256",
        "how access and refresh tokens are signed",
    ),
    _choice(
        "nlauth",
        "answer|refuse",
        "article 7094653807: it ends with 2027.1",
        "an NLAuth header on /rest/roles",
    ),
)

_DOCUMENTS = (
    _choice(
        "invoice-in-advance",
        "refuse|accept",
        "help: Accounting Preferences, Invoice in Advance of Fulfillment",
        "billing what an order has not shipped yet",
    ),
    _choice(
        "credit-limit",
        "warn|refuse",
        "help: Accounting Preferences, Customer Credit Limit Handling",
        "an order or invoice beyond the customer's credit limit: passes (the warning is for people), or refused",
    ),
)

_JOBS = (
    _choice(
        "job-location",
        "absolute|relative",
        "chapter 161251386312 prints both",
        "the Location of a job that was accepted",
    ),
    _choice(
        "job-task-list",
        "one-item|item-per-task",
        "subsect 161278579295: its sample has the links of two tasks in one item, and count 1",
        "the list of a job's tasks",
    ),
    _choice(
        "job-running",
        "processing|pending",
        "seen: clients know processing; Oracle documents pending and succeeded",
        "the progress of a job or task that runs",
    ),
    _choice(
        "job-failed",
        "failed|succeeded",
        "seen: clients know failed; MuleSoft's text has clients read the result's status",
        "the progress of a task whose call was refused, and of a job that has one",
    ),
    _choice("job-write-result", "204|200", "none", "the result of a write: empty, or 200 with an empty object"),
    _choice("job-result-early", "404|202", "none", "the result of a task that has not completed"),
    _choice("job-visible-to", "user|account", "none", "who may look at a job: who submitted it, or any of the account"),
    _choice(
        "idempotency-status",
        "400|409",
        "section 164494900632: 400 titled Conflict; MuleSoft's text says 409",
        "the status of a repeated idempotency key",
    ),
    _choice(
        "idempotency-scope",
        "integration|account|user",
        "none",
        "within what an idempotency key is used up",
    ),
    _choice("idempotency-key-form", "any|uuid", "section 164494900632 shows UUIDs", "keys that are no UUID"),
    _choice(
        "batch-delete-prefer",
        "require|ignore",
        "article 0127092747: its text requires respond-async, its sample has none",
        "DELETE with ids but without Prefer: respond-async: refused, or a job all the same",
    ),
)

_FAILURES = (
    _choice(
        "record-changed-form",
        "409|400",
        "help: SuiteScript error codes; over REST unknown",
        "a record that another save holds: 409 RCRD_HAS_BEEN_CHANGED, or 400 USER_ERROR",
    ),
    _free(
        "over-limit",
        "refuse",
        "refuse, or a number of seconds after which it is refused as an invalid login",
        _matches(r"refuse|\d{1,4}(\.\d+)?"),
        "seen: julbrs/netsuite-api-client#26, 61 s and then INVALID_LOGIN",
        "a call for which no slot is free",
    ),
    _choice(
        "call-timeout",
        "504|cut",
        "section 1545141395: 15 minutes, without the answer",
        "a call that takes longer than it may: 504, or the connection ends",
    ),
)

QUIRKS: Mapping[str, Quirk] = MappingProxyType(
    {
        quirk.name: quirk
        for quirk in (
            *_COMPANY,
            *_SUITEQL,
            *_RECORDS,
            *_METADATA,
            *_LOGIN_AND_LIMITS,
            *_GRANTS,
            *_DOCUMENTS,
            *_JOBS,
            *_FAILURES,
        )
    }
)
"""All choices by name."""


class Quirks(Mapping[str, str]):
    """What was chosen: a value for every name in QUIRKS. Never changes."""

    __slots__ = ("_values",)

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        """Defaults, except for what is chosen. ValueError for an unknown name or a value that may not be."""
        for name, value in (chosen or {}).items():
            _check_value(name, value)
        defaults = {name: quirk.default for name, quirk in QUIRKS.items()}
        self._values: Mapping[str, str] = MappingProxyType({**defaults, **(chosen or {})})

    @classmethod
    def parse(cls, settings: Iterable[str]) -> Quirks:
        """From texts like "wall=error"; the last one of a name counts. ValueError says what may be chosen."""
        chosen: dict[str, str] = {}
        for setting in settings:
            name, equals, value = setting.partition("=")
            if not equals:
                raise ValueError(f"quirk {setting!r} must be NAME=VALUE")
            _check_value(name.strip(), value.strip())
            chosen[name.strip()] = value.strip()
        return cls(chosen)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _check_value(name: str, value: str) -> None:
    quirk = QUIRKS.get(name)
    if quirk is None:
        raise ValueError(f"there is no quirk {name!r}; there are {', '.join(sorted(QUIRKS))}")
    if not quirk.accepts(value):
        raise ValueError(f"quirk {name} cannot be {value!r}: it can be {quirk.allowed}")
