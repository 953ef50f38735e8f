"""The ways of logging in to NetSuite: by certificate (OAuth 2.0 client credentials) and by token (TBA)."""

from suitebridge.netsuite.auth.authorizer import Authorizer, FirstThatWorks, Signed
from suitebridge.netsuite.auth.certificate import CertificateLogin, PostForm, PrivateKey, load_private_key
from suitebridge.netsuite.auth.clock import ServerClock
from suitebridge.netsuite.auth.tba import TokenLogin

__all__ = [
    "Authorizer",
    "CertificateLogin",
    "FirstThatWorks",
    "PostForm",
    "PrivateKey",
    "ServerClock",
    "Signed",
    "TokenLogin",
    "load_private_key",
]
