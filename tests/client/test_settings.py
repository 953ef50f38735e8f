"""Account ids, settings from the environment, and secrets that never show."""

from __future__ import annotations

import copy
import logging
import pickle

import pytest

from suitebridge.errors import ConfigError
from suitebridge.http.redaction import Secret, redact
from suitebridge.netsuite.account import Account
from suitebridge.netsuite.settings import NetSuiteSettings

CERTIFICATE = {
    "NETSUITE_ACCOUNT": "1234567_SB1",
    "NETSUITE_CLIENT_ID": "cid",
    "NETSUITE_CERTIFICATE_ID": "kid",
    "NETSUITE_PRIVATE_KEY_FILE": "/keys/key.pem",
}
TBA = {
    "NETSUITE_ACCOUNT": "1234567",
    "NETSUITE_CONSUMER_KEY": "ck",
    "NETSUITE_CONSUMER_SECRET": "hush-consumer",
    "NETSUITE_TOKEN_ID": "ti",
    "NETSUITE_TOKEN_SECRET": "hush-token",
}


@pytest.mark.parametrize(
    ("text", "realm", "host", "kind"),
    [
        ("1234567", "1234567", "1234567", "production"),
        ("1234567_SB1", "1234567_SB1", "1234567-sb1", "sandbox"),
        ("1234567-sb1", "1234567_SB1", "1234567-sb1", "sandbox"),
        (" 1234567_sb2 ", "1234567_SB2", "1234567-sb2", "sandbox"),
        ("1234567_RP", "1234567_RP", "1234567-rp", "release preview"),
        ("tstdrv1234567", "TSTDRV1234567", "tstdrv1234567", "test drive"),
        ("TD12345678", "TD12345678", "td12345678", "other"),
        ("MSTRWLFCANADA", "MSTRWLFCANADA", "mstrwlfcanada", "other"),
    ],
)
def test_account_ids_are_read_in_both_forms(text, realm, host, kind):
    account = Account.parse(text)
    assert (account.realm, account.host_id, account.kind) == (realm, host, kind)
    assert account.suitetalk_url == f"https://{host}.suitetalk.api.netsuite.com"
    assert account.restlets_url == f"https://{host}.restlets.api.netsuite.com"
    assert str(account) == realm


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1234567SB1", "1234567_SB1"),
        ("1234567 SB1", "1234567_SB1"),
        ("1234567.sb1", "1234567_SB1"),
        ("1234567rp", "1234567_RP"),
        ("https://1234567-sb1.app.netsuite.com/app/center", "1234567_SB1"),
        ("1234567.suitetalk.api.netsuite.com", "1234567"),
        ("123 4567", "1234567"),
    ],
)
def test_a_wrong_form_of_an_account_id_is_told_with_the_right_one(text, right):
    with pytest.raises(ConfigError) as caught:
        Account.parse(text)
    assert right in caught.value.message
    assert right in (caught.value.remedy or "")


@pytest.mark.parametrize("text", ["", "a@b.c", "1234567_PROD_1", "12"])
def test_what_is_no_account_id_at_all_says_where_it_stands(text):
    with pytest.raises(ConfigError) as caught:
        Account.parse(text)
    assert "Company Information" in (caught.value.remedy or "")


def test_settings_come_from_the_environment():
    settings = NetSuiteSettings.from_env(
        {
            **CERTIFICATE,
            "NETSUITE_SLOTS": "10",
            "NETSUITE_RESERVE": "2",
            "NETSUITE_TIMEOUT": "60 s",
            "NETSUITE_ZONE": "Europe/Berlin",
        }
    )
    assert settings.auth == ("certificate",)
    assert settings.rest_url == "https://1234567-sb1.suitetalk.api.netsuite.com"
    assert settings.token_url == f"{settings.rest_url}/services/rest/auth/oauth2/v1/token"
    assert (settings.slots, settings.reserve, settings.timeout, settings.zone) == (10, 2, 60.0, "Europe/Berlin")


def test_the_way_of_logging_in_is_the_one_whose_variables_are_set():
    assert NetSuiteSettings.from_env(TBA).auth == ("tba",)
    assert NetSuiteSettings.from_env({**TBA, **CERTIFICATE}).auth == ("certificate",)
    assert NetSuiteSettings.from_env({**TBA, **CERTIFICATE, "NETSUITE_AUTH": "certificate, tba"}).auth == (
        "certificate",
        "tba",
    )


@pytest.mark.parametrize("environ", [CERTIFICATE, TBA], ids=["certificate", "tba"])
def test_each_missing_variable_is_named(environ):
    for name in environ:
        with pytest.raises(ConfigError) as caught:
            NetSuiteSettings.from_env({key: value for key, value in environ.items() if key != name})
        assert caught.value.record == name
        assert name in caught.value.message
        assert caught.value.remedy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NETSUITE_ACCOUNT", "1234567SB1"),
        ("NETSUITE_AUTH", "password"),
        ("NETSUITE_REST_URL", "1234567.suitetalk.api.netsuite.com"),
        ("NETSUITE_SLOTS", "0"),
        ("NETSUITE_SLOTS", "many"),
        ("NETSUITE_RESERVE", "-1"),
        ("NETSUITE_TIMEOUT", "soon"),
        ("NETSUITE_TIMEOUT", "nan"),
    ],
)
def test_each_wrong_variable_is_named(name, value):
    with pytest.raises(ConfigError) as caught:
        NetSuiteSettings.from_env({**CERTIFICATE, name: value})
    assert caught.value.record == name


def test_a_secret_may_stand_in_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("from-a-file\n")
    settings = NetSuiteSettings.from_env({**TBA, "NETSUITE_TOKEN_SECRET": f"file:{file}"})
    assert settings.token_secret is not None
    assert settings.token_secret.reveal() == "from-a-file"
    with pytest.raises(ConfigError, match="NETSUITE_TOKEN_SECRET"):
        NetSuiteSettings.from_env({**TBA, "NETSUITE_TOKEN_SECRET": f"file:{file}x"})


def test_shares_that_make_no_sense_are_refused():
    good = NetSuiteSettings.from_env(CERTIFICATE)
    with pytest.raises(ConfigError, match="shares"):
        NetSuiteSettings(
            account=good.account,
            client_id="a",
            certificate_id="b",
            private_key_file=good.private_key_file,
            shares={"bulk": 0.7, "realtime": 0.6},
        )


def test_secrets_show_nowhere(caplog):
    settings = NetSuiteSettings.from_env({**TBA, "NETSUITE_PROXY": "http://me:hush-proxy@proxy:8080"})
    with caplog.at_level("DEBUG"):
        logging.getLogger("x").debug("%s %r", settings, settings)
        logging.getLogger("x").debug("%s", {"secret": settings.token_secret})
    shown = f"{settings} {settings!r} {settings.token_secret} {settings.token_secret:>20}" + caplog.text
    assert "hush" not in shown
    with pytest.raises(TypeError, match="secret"):
        pickle.dumps(settings)
    assert copy.deepcopy(settings) == settings


def test_secrets_are_compared_and_used_in_sets_like_their_texts():
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert len({Secret("a"), Secret("a")}) == 1
    assert not Secret("")


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer abc.HUSH.def",
        '{\'Authorization\': \'OAuth realm="1", oauth_token="HUSH", oauth_signature="HUSH"\'}',
        "GET x?access_token=HUSH&y=1",
        '{"access_token": "HUSH", "expires_in": 3600}',
        "token eyJhbGciOiJFUzI1NiJ9.eyJpc3MHUSHiOiJ4In0.HUSHsignature",
        "proxy http://user:HUSH@proxy.example:8080 refused",
        "-----BEGIN PRIVATE KEY-----\nHUSH\n-----END PRIVATE KEY-----",
        "client_assertion=eyHUSH&grant_type=x",
        'oauth_consumer_key="HUSH"',
    ],
)
def test_texts_lose_their_secrets(text):
    assert "HUSH" not in redact(text)


def test_plain_texts_stay_as_they_are():
    text = "The customer 42 at https://1234567.app.netsuite.com:443/x was not found; author: nobody."
    assert redact(text) == text
