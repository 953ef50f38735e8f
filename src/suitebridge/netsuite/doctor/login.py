"""Reads a refused login: which causes are left, given what has been checked before.

NetSuite tells a caller only that a login failed; its Login Audit Trail has the word for it (column Detail).
"""

from __future__ import annotations

from datetime import UTC, datetime

from suitebridge.netsuite.doctor.findings import Cause, Finding, wrong
from suitebridge.netsuite.errors import LoginError
from suitebridge.netsuite.settings import NetSuiteSettings

MAPPING = "Setup › Integration › OAuth 2.0 Client Credentials (M2M) Setup"
INTEGRATIONS = "Setup › Integration › Manage Integrations"
TOKENS = "Setup › Users/Roles › Access Tokens"
ROLES = "Setup › Users/Roles › Manage Roles"
AUDIT = "Setup › Users/Roles › View Login Audit Trail"
FEATURES = "Setup › Company › Enable Features › SuiteCloud"


def refused_login(error: LoginError, settings: NetSuiteSettings, moment: datetime) -> Finding:
    """The finding for a login that NetSuite refused at this moment (UTC)."""
    method = settings.auth[0]
    certificate = method == "certificate"
    told = _told_by_code(error.code) if certificate else ()
    causes = told or (_certificate_causes(settings) if certificate else _token_causes(settings))
    minute = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    trail = Cause(
        "which of them it is, only NetSuite knows" if len(causes) > 1 else "NetSuite has noted the reason",
        f"look at the line of {minute} UTC, column Detail",
        AUDIT,
    )
    code = f": {error.code}" if error.code else ""
    return wrong("login", f"refused{code}", *causes, trail)


def refused_call(settings: NetSuiteSettings, moment: datetime) -> Finding:
    """The finding when a token was given out but calls with it are refused."""
    minute = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    return wrong(
        "role",
        "the login works, but calls with it are refused",
        Cause(
            "the role lacks the permission to log in by token",
            "add Setup › Log in using OAuth 2.0 Access Tokens and Setup › REST Web Services to the role",
            f"{ROLES} › the role › Permissions",
        ),
        Cause("the integration does not allow REST web services", "tick the scope REST Web Services", INTEGRATIONS),
        Cause("NetSuite has noted the reason", f"look at the line of {minute} UTC, column Detail", AUDIT),
    )


def _told_by_code(code: str | None) -> tuple[Cause, ...]:
    if code == "invalid_scope":
        return (
            Cause("the integration does not allow REST web services", "tick the scope REST Web Services", INTEGRATIONS),
        )
    if code == "unauthorized_client":
        return (
            Cause(
                "the integration does not allow this way of logging in",
                "tick Client Credentials (Machine to Machine) Grant",
                INTEGRATIONS,
            ),
            Cause("the integration is blocked", "set its State to Enabled", INTEGRATIONS),
        )
    if code == "unsupported_grant_type":
        return (Cause("OAuth 2.0 is switched off in this account", "enable the feature OAuth 2.0", FEATURES),)
    return ()


def _certificate_causes(settings: NetSuiteSettings) -> tuple[Cause, ...]:
    causes = [
        Cause(
            "the certificate is not mapped in this account, or has expired, or was revoked",
            f"look for the certificate id {settings.certificate_id}; if it is not there, upload the certificate again",
            MAPPING,
        ),
        Cause(
            "the private key does not belong to that certificate",
            f"these must print the same: openssl pkey -in {settings.private_key_file} -pubout; "
            "openssl x509 -in CERTIFICATE -noout -pubkey",
        ),
        Cause(
            "the client id is of another integration, or the integration is blocked",
            "compare NETSUITE_CLIENT_ID; State must be Enabled, and Client Credentials Grant ticked",
            INTEGRATIONS,
        ),
        Cause(
            "the mapping's user or role is inactive",
            "the mapping names both; see that they are active and belong together",
            MAPPING,
        ),
    ]
    if settings.account.kind in ("sandbox", "release preview"):
        causes.insert(
            1,
            Cause(
                f"{settings.account} was refreshed: mappings are not copied and a refresh wipes them",
                "upload the certificate again in this account",
                MAPPING,
            ),
        )
    return tuple(causes)


def _token_causes(settings: NetSuiteSettings) -> tuple[Cause, ...]:
    return (
        Cause(
            "a token or consumer key belongs to another account, or a secret was copied in part",
            f"make a new token for {settings.account} and set all four values anew",
            TOKENS,
        ),
        Cause(
            "the integration is blocked or token-based authentication is not ticked",
            "State must be Enabled",
            INTEGRATIONS,
        ),
        Cause(
            "the token's user or role is inactive, or the role may not log in by token",
            "add Setup › Log in using Access Tokens to the role",
            f"{ROLES} › the role › Permissions",
        ),
        Cause("the user is locked for 30 minutes after five failures", "wait, and correct the secrets first"),
    )
