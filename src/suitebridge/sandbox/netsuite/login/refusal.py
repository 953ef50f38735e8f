"""Why a login is refused. The words are those of the Login Audit Trail's column Detail;
the caller never sees them."""

from __future__ import annotations

from enum import StrEnum


class Detail(StrEnum):
    """The words of NetSuite's audit trail, for OAuth 2.0 first, then for token-based authentication."""

    ACCESS_TOKEN_EXPIRED = "AccessTokenExpired"
    AUTHORIZATION_CODE_GRANT_REQUIRED = "AuthorizationCodeGrantRequired"
    AUTHORIZATION_EXPLICITLY_DENIED = "AuthorizationExplicitlyDenied"
    CLIENT_AUTHENTICATION_FAILED = "ClientAuthenticationFailed"
    CLIENT_ID_MISMATCH = "ClientIdMismatch"
    ENTITY_OR_ROLE_DISABLED = "EntityOrRoleDisabled"
    FEATURE_DISABLED = "FeatureDisabled"
    INTEGRATION_BLOCKED = "IntegrationBlocked"
    INVALID_GRANT = "InvalidGrant"
    INVALID_GRANT_TYPE = "InvalidGrantType"
    INVALID_INTEGRATION = "InvalidIntegration"
    INVALID_ISSUER = "InvalidIssuer"
    INVALID_REDIRECT_URI = "InvalidRedirectURI"
    INVALID_REFRESH_TOKEN = "InvalidRefreshToken"
    INVALID_SCOPE = "InvalidScope"
    INVALID_SIGNATURE = "InvalidSignature"
    INVALID_STATE = "InvalidState"
    INVALID_TOKEN_TYPE = "InvalidTokenType"
    MISSING_KEY = "MissingKey"
    MISSING_KEY_ID = "MissingKeyId"
    REFRESH_TOKEN_EXPIRED = "RefreshTokenExpired"
    SCOPE_MISMATCHED = "ScopeMismatched"
    SIGNATURE_VALIDATION = "SignatureValidation"
    TOKEN_BLOCKED = "TokenBlocked"
    TOKEN_EXPIRED = "TokenExpired"
    TOKEN_NOT_ACCEPTABLE = "TokenNotAcceptable"
    TOKEN_REJECTED = "TokenRejected"
    TOKEN_VALIDITY_TOO_BROAD = "TokenValidityTooBroad"
    UNKNOWN_INTEGRATION = "UnknownIntegration"
    UNSUPPORTED_ALGO = "UnsupportedAlgo"
    UNSUPPORTED_RESPONSE_TYPE = "UnsupportedResponseType"
    INVALID_REQUEST = "InvalidRequest"

    CONSUMER_KEY_REFUSED = "consumer_key_refused"
    CONSUMER_KEY_UNKNOWN = "consumer_key_unknown"
    INVALID_TIMESTAMP = "InvalidTimestamp"
    MISSING_FIELDS = "MissingTokenPassportRequiredFields"
    NONCE_REJECTED = "nonce_rejected"
    NONCE_USED_RESTLET = "nonce_used"
    NONCE_USED = "NonceUsed"
    PARAMETER_REJECTED = "parameter_rejected"
    PERMISSION_DENIED = "permission_denied"
    TEMPORARY_LOCKED = "temporary_locked"
    TBA_TOKEN_REJECTED = "token_rejected"
    UNKNOWN_ALGORITHM = "UnknownAlgorithm"
    VERSION_REJECTED = "VersionRejected"

    INSUFFICIENT_PERMISSIONS = "InsufficientPermissions"
    NO_CREDENTIALS = "InvalidLogin"


class LoginRefused(Exception):
    """A login that fails.

    Attributes:
        detail: the word for the audit trail.
        scheme: ``Bearer``, ``OAuth`` or ``""`` when no credentials came at all.
        malformed: the Authorization header itself cannot be read, which is a 400 instead of a 401.
        client_id, user, role_id: what is known of who tried, for the audit trail.
    """

    def __init__(
        self,
        detail: Detail,
        *,
        scheme: str = "",
        malformed: bool = False,
        client_id: str | None = None,
        user: int | None = None,
        role_id: int | None = None,
        token_name: str | None = None,
    ) -> None:
        super().__init__(detail.value)
        self.detail = detail
        self.scheme = scheme
        self.malformed = malformed
        self.client_id = client_id
        self.user = user
        self.role_id = role_id
        self.token_name = token_name


class GrantRefused(Exception):
    """A token request that fails: `error` and `status` are what the caller sees, `detail` is for the audit trail."""

    def __init__(
        self,
        error: str,
        status: int,
        detail: Detail,
        *,
        client_id: str | None = None,
        user: int | None = None,
        role_id: int | None = None,
    ) -> None:
        super().__init__(f"{error}: {detail.value}")
        self.error = error
        self.status = status
        self.detail = detail
        self.client_id = client_id
        self.user = user
        self.role_id = role_id
