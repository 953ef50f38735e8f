from __future__ import annotations

from pathlib import Path

import pytest

from suitebridge.config import load
from suitebridge.errors import ConfigError

FILE = """
[netsuite]
account = "1234567_SB1"
auth    = ["certificate", "tba"]
client_id = "env:OUR_CLIENT"
private_key_file = "file:keys/ns.pem"
slots   = { limit = 10, reserve = 2, shares = { realtime = 0.5, bulk = 0.25 } }

[databases.warehouse]
url = "duckdb:///w.duckdb"

[exports.finance]
from   = "netsuite"
tables = ["customer", "transaction"]
to     = "warehouse"
hash   = ["employee.email"]
columns = { customer = ["id", "email"] }
where   = { transaction = "type = 'SalesOrd'" }

[network]
timeout = "60 s"

[profiles.production.netsuite]
account = "1234567"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "suitebridge.toml"
    path.write_text(FILE)
    return path


def read_everything(path: Path) -> None:
    config = load(path, environ={})
    config.netsuite_environment()
    config.netsuite_shares()
    config.export("finance")


def test_settings_of_the_file_become_variables_and_references_are_resolved(file: Path) -> None:
    found = load(file, environ={"OUR_CLIENT": "abc"}).netsuite_environment()
    assert found["NETSUITE_ACCOUNT"] == "1234567_SB1"
    assert found["NETSUITE_AUTH"] == "certificate,tba"
    assert found["NETSUITE_CLIENT_ID"] == "abc"
    assert found["NETSUITE_PRIVATE_KEY_FILE"] == str(file.parent / "keys/ns.pem")
    assert (found["NETSUITE_SLOTS"], found["NETSUITE_RESERVE"]) == ("10", "2")
    assert found["NETSUITE_TIMEOUT"] == "60"


def test_the_environment_wins_over_the_file(file: Path) -> None:
    found = load(file, environ={"OUR_CLIENT": "abc", "NETSUITE_ACCOUNT": "7654321"}).netsuite_environment()
    assert found["NETSUITE_ACCOUNT"] == "7654321"


def test_a_profile_is_laid_over_the_rest(file: Path) -> None:
    found = load(file, "production", environ={"OUR_CLIENT": "abc"}).netsuite_environment()
    assert found["NETSUITE_ACCOUNT"] == "1234567"
    assert found["NETSUITE_CLIENT_ID"] == "abc"


def test_an_export_is_read_as_written(file: Path) -> None:
    config = load(file, environ={})
    finance = config.export("finance")
    assert finance is not None
    assert finance.tables == ("customer", "transaction")
    assert finance.columns == {"customer": ("id", "email")}
    assert finance.where == {"transaction": "type = 'SalesOrd'"}
    assert config.database_url("warehouse") == "duckdb:///w.duckdb"
    assert config.export("sales") is None
    assert config.netsuite_shares() == {"realtime": 0.5, "bulk": 0.25}


def test_the_file_is_found_upward(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = file.parent / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert load(environ={}).path == file


@pytest.mark.parametrize(
    ("text", "word", "remedy"),
    [
        ("[netsuit]\naccount = '1'", "netsuit", "netsuite"),
        ("[netsuite]\nacount = '1'", "netsuite.acount", "account"),
        ("[netsuite]\nslots = { shares = { bulky = 0.5 } }", "netsuite.slots.shares.bulky", "bulk"),
        ("[exports.finance]\ntabels = ['a']", "exports.finance.tabels", "tables"),
    ],
    ids=["section", "setting", "share", "export word"],
)
def test_a_misspelt_word_is_named_with_the_nearest(tmp_path: Path, text: str, word: str, remedy: str) -> None:
    path = tmp_path / "suitebridge.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_everything(path)
    assert word in caught.value.message
    assert remedy in (caught.value.remedy or "")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("value", "about"),
    [("env:NOT_SET_HERE", "NOT_SET_HERE"), ("file:not-there.txt", "not-there.txt")],
    ids=["variable", "file"],
)
def test_a_reference_that_leads_nowhere_names_the_setting(tmp_path: Path, value: str, about: str) -> None:
    path = tmp_path / "suitebridge.toml"
    path.write_text(f"[netsuite]\nclient_secret = '{value}'")
    with pytest.raises(ConfigError) as caught:
        load(path, environ={}).netsuite_environment()
    assert about in caught.value.message
    assert "netsuite.client_secret" in (caught.value.record or "")


@pytest.mark.parametrize("text", ["[netsuite", "\xff\xfe"], ids=["broken", "not text"])
def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "suitebridge.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError, match=r"suitebridge\.toml"):
        load(path, environ={})


def test_an_unknown_profile_is_refused(file: Path) -> None:
    with pytest.raises(ConfigError, match=r"profiles\.productoin"):
        load(file, "productoin", environ={})


def test_without_a_file_there_is_only_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load(environ={"NETSUITE_ACCOUNT": "1", "HOME": "x"})
    assert config.path is None
    assert config.netsuite_environment() == {"NETSUITE_ACCOUNT": "1"}
