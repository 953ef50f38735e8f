"""The doctor against a sandbox: a good set-up is called good, and each broken one is named for what it is."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from suitebridge.netsuite.doctor import Finding, State, examine
from suitebridge.netsuite.settings import NetSuiteSettings

Env = dict[str, str]


def findings(env: Env) -> dict[str, Finding]:
    report = asyncio.run(examine(NetSuiteSettings.from_env(env)))
    return {finding.check: finding for finding in report.findings}


def wrong(env: Env) -> list[Finding]:
    return [finding for finding in findings(env).values() if finding.state is State.WRONG]


def test_a_good_set_up_is_called_good(netsuite_sandbox) -> None:
    found = findings(netsuite_sandbox.env)
    assert not [finding for finding in found.values() if finding.state in (State.WRONG, State.SKIPPED)]
    assert set(found) >= {"account", "host", "TLS", "key", "clock", "login", "records", "SuiteQL", "slots"}
    assert "OneWorld" in found["features"].text


def test_token_login_is_examined_as_well(netsuite_sandbox) -> None:
    assert not wrong({**netsuite_sandbox.env, "NETSUITE_AUTH": "tba"})


def openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def other_key(tmp_path: Path) -> Env:
    path = tmp_path / "other.pem"
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(path))
    return {"NETSUITE_PRIVATE_KEY_FILE": str(path)}


def weak_key(tmp_path: Path) -> Env:
    path = tmp_path / "weak.pem"
    openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", str(path))
    return {"NETSUITE_PRIVATE_KEY_FILE": str(path)}


def certificate_for_key(tmp_path: Path) -> Env:
    path = tmp_path / "certificate.pem"
    path.write_text("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")
    return {"NETSUITE_PRIVATE_KEY_FILE": str(path)}


def closed_port(tmp_path: Path) -> Env:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return {"NETSUITE_REST_URL": f"http://127.0.0.1:{port}"}


BROKEN: dict[str, tuple[Callable[[Path], Env], str, str]] = {
    "certificate id": (lambda _: {"NETSUITE_CERTIFICATE_ID": "wrong"}, "login", "certificate"),
    "client id": (lambda _: {"NETSUITE_CLIENT_ID": "0" * 64}, "login", "client id"),
    "other key": (other_key, "login", "private key"),
    "weak key": (weak_key, "key", "3072"),
    "certificate in place of the key": (certificate_for_key, "key", "mixed up"),
    "no key file": (lambda path: {"NETSUITE_PRIVATE_KEY_FILE": str(path / "none.pem")}, "key", "path"),
    "nobody at home": (closed_port, "connection", "not running"),
    "token secret": (lambda _: {"NETSUITE_AUTH": "tba", "NETSUITE_TOKEN_SECRET": "x"}, "login", "secret"),
    "consumer key": (lambda _: {"NETSUITE_AUTH": "tba", "NETSUITE_CONSUMER_KEY": "x"}, "login", "consumer key"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_set_up_is_named_with_its_cause_and_remedy(netsuite_sandbox, tmp_path: Path, name: str) -> None:
    change, check, cause = BROKEN[name]
    found = wrong({**netsuite_sandbox.env, **change(tmp_path)})
    assert [finding.check for finding in found] == [check]
    told = " ".join(f"{one.text} {one.remedy}" for one in found[0].causes)
    assert cause in told + found[0].text
    assert all(one.remedy for one in found[0].causes)


def test_where_only_netsuite_knows_the_audit_trail_is_named_with_the_minute(netsuite_sandbox) -> None:
    (finding,) = wrong({**netsuite_sandbox.env, "NETSUITE_CERTIFICATE_ID": "wrong"})
    assert "Login Audit Trail" in (finding.causes[-1].where or "")
    assert "UTC" in finding.causes[-1].remedy


ROLES: dict[str, tuple[dict[str, Any], str, str]] = {
    "no SuiteAnalytics Workbook": (
        {"roles": {"integration": {"lacks": ["SuiteAnalytics Workbook"]}}},
        "SuiteQL",
        "SuiteAnalytics Workbook",
    ),
    "role disabled": ({"roles": {"integration": {"disabled": True}}}, "login", "inactive"),
    "integration blocked": ({"integration_blocked": True}, "login", "blocked"),
    "clock an hour off": ({"clock_offset": 3600.0}, "clock", "NTP"),
}


@pytest.mark.parametrize("name", ROLES)
def test_a_setting_in_netsuite_is_found(netsuite_sandbox, name: str) -> None:
    change, check, cause = ROLES[name]
    netsuite_sandbox.change(**change)
    found = {finding.check: finding for finding in wrong(netsuite_sandbox.env)}
    assert check in found
    assert cause in " ".join(f"{one.text} {one.remedy} {one.where}" for one in found[check].causes)


def test_what_depends_on_a_failed_check_is_left_out_and_says_so(netsuite_sandbox) -> None:
    found = findings({**netsuite_sandbox.env, "NETSUITE_CLIENT_ID": "0" * 64})
    assert found["SuiteQL"].state is State.SKIPPED
    assert "needs a login" in found["SuiteQL"].text


def test_a_hidden_table_is_told_without_calling_the_set_up_broken(netsuite_sandbox) -> None:
    netsuite_sandbox.change(roles={"integration": {"lacks": ["LIST_VENDOR"]}})
    found = findings(netsuite_sandbox.env)
    assert found["permissions"].state is State.NOTED
    assert "vendor (Lists › Vendors)" in found["permissions"].text


def test_a_company_without_oneworld_is_recognised(netsuite_sandbox) -> None:
    netsuite_sandbox.change(features=["-oneworld"])
    assert "without OneWorld" in findings(netsuite_sandbox.env)["features"].text


def test_no_secret_is_in_the_report(netsuite_sandbox) -> None:
    env = {**netsuite_sandbox.env, "NETSUITE_AUTH": "tba", "NETSUITE_TOKEN_SECRET": "very-secret-token"}
    report = asyncio.run(examine(NetSuiteSettings.from_env(env)))
    assert "very-secret-token" not in str(report.as_dict())
    assert env["NETSUITE_CONSUMER_SECRET"] not in str(report.as_dict())
