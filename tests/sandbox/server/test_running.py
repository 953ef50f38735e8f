"""Starting and stopping: the command, its files, a kept state, TLS, the thread, the pytest plugin."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from oauthlib.oauth1 import Client as OAuthClient

from suitebridge.sandbox.netsuite import OptionError, PortTaken, SandboxOptions, SandboxThread

COMMAND = [sys.executable, "-c", "from suitebridge.cli import main; main()", "sandbox", "netsuite"]
TIME = "/services/rest/system/v1/serverTime"


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "shared cache"


@contextmanager
def running(cache: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The command, and what it printed up to ``ready``."""
    process = subprocess.Popen(
        [*COMMAND, "--data", "empty", *options],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
    )
    try:
        lines: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if lines[-1] == "ready":
                break
        yield process, lines
    finally:
        process.kill()
        process.wait()


def env_of(file: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in file.read_text().splitlines())


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_the_command_says_ready_serves_and_stops_cleanly(cache: Path, tmp_path: Path, name: signal.Signals) -> None:
    env_file = tmp_path / "sandbox.env"
    with running(cache, "--env-file", str(env_file)) as (process, lines):
        assert lines[-1] == "ready"
        env = env_of(env_file)
        assert any(env["NETSUITE_CLIENT_ID"] in line for line in lines)
        assert env_file.stat().st_mode & 0o077 == 0
        assert Path(env["NETSUITE_PRIVATE_KEY_FILE"]).stat().st_mode & 0o077 == 0
        assert httpx.get(env["NETSUITE_REST_URL"] + TIME, trust_env=False).status_code == 401
        assert httpx.get(env["SUITEBRIDGE_SANDBOX_ADMIN"] + "/statistics", trust_env=False).json()["calls"] == 1
        process.send_signal(name)
        assert process.wait(timeout=30) == 0
    assert not Path(env["NETSUITE_PRIVATE_KEY_FILE"]).exists()


def test_a_taken_port_is_one_clear_error(cache: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [*COMMAND, "--data", "empty", "--port", port],
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        )
    assert done.returncode == 2
    assert f"port {port}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--quirk", "wall=high"], "wall"),
        (["--quirk", "nonsense"], "nonsense"),
        (["--latency", "no-such-file.toml"], "no-such-file.toml"),
        (["--features", "onewrold"], "onewrold"),
        (["--account", "what is this"], "what is this"),
        (["--data", "huge"], "huge"),
        (["--state", "no/such/folder/state"], "no/such/folder"),
        (["--env-file", "no/such/folder/env"], "no/such/folder"),
        (["--faults", "no-such-faults.toml"], "no-such-faults.toml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_option_that_cannot_be_had_is_one_clear_error(
    cache: Path, tmp_path: Path, options: list[str], complaint: str
) -> None:
    done = subprocess.run(
        [*COMMAND, *([] if "--data" in options else ["--data", "empty"]), *options],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
    )
    assert done.returncode == 2
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_faults_come_from_a_file(cache: Path, tmp_path: Path) -> None:
    file = tmp_path / "faults.toml"
    file.write_text('[[fault]]\nkind = "unavailable"\ncount = 2\ntypes = ["token"]\n')
    with SandboxThread(SandboxOptions(data="empty", faults=file, cache_dir=cache)) as sandbox:
        url = f"{sandbox.rest_url}/services/rest/auth/oauth2/v1/token"
        statuses = [httpx.post(url, trust_env=False).status_code for _ in range(3)]
    assert statuses == [503, 503, 400]
    file.write_text('[[fault]]\nkind = "fire"\n')
    with pytest.raises(OptionError, match="faults"):
        SandboxThread(SandboxOptions(data="empty", faults=file, cache_dir=cache)).start()


def test_quirks_are_listed_with_their_sources() -> None:
    done = subprocess.run([*COMMAND, "--quirks"], capture_output=True, text=True, timeout=60, check=True)
    assert "wall=cap" in done.stdout
    assert "Source:" in done.stdout


def test_a_kept_state_keeps_records_and_credentials(cache: Path, tmp_path: Path, driver_of: Any) -> None:
    options = SandboxOptions(data="empty", state=tmp_path / "kept", cache_dir=cache)
    body = {"companyName": "Still here", "subsidiary": {"id": "1"}}
    with SandboxThread(options) as first:
        driver = driver_of(first)
        made = driver.http.post("/services/rest/record/v1/customer", headers=driver.bearer(), json=body)
        assert made.status_code == 204, made.text
        before = first.env
    with SandboxThread(options) as second:
        kept = ("NETSUITE_CLIENT_ID", "NETSUITE_CERTIFICATE_ID", "NETSUITE_TOKEN_SECRET", "NETSUITE_PRIVATE_KEY_FILE")
        assert [second.env[name] for name in kept] == [before[name] for name in kept]
        found = driver_of(second).suiteql("SELECT id FROM customer WHERE companyname = 'Still here'")
        assert found.json()["totalResults"] == 1


def test_credentials_differ_from_run_to_run(cache: Path) -> None:
    seen: set[str] = set()
    for _ in range(2):
        with SandboxThread(SandboxOptions(data="empty", cache_dir=cache)) as sandbox:
            seen.add(sandbox.env["NETSUITE_TOKEN_SECRET"])
            seen.add(Path(sandbox.env["NETSUITE_PRIVATE_KEY_FILE"]).read_text())
    assert len(seen) == 4


@pytest.mark.parametrize("key", ["ec", "rsa"])
def test_either_kind_of_key_logs_in(cache: Path, driver_of: Any, key: Any) -> None:
    with SandboxThread(SandboxOptions(data="empty", key=key, cache_dir=cache)) as sandbox:
        assert driver_of(sandbox).log_in().status_code == 200


def test_the_chosen_role_has_the_usual_names(cache: Path, driver_of: Any) -> None:
    with SandboxThread(SandboxOptions(data="empty", role="administrator", cache_dir=cache)) as sandbox:
        env = sandbox.env
        assert env["NETSUITE_TOKEN_ID"] == env["SUITEBRIDGE_SANDBOX_ADMINISTRATOR_TOKEN_ID"]
        assert env["NETSUITE_TOKEN_ID"] != env["SUITEBRIDGE_SANDBOX_INTEGRATION_TOKEN_ID"]


def test_a_taken_port_leaves_nothing_behind(cache: Path) -> None:
    with SandboxThread(SandboxOptions(data="empty", cache_dir=cache)) as first:
        port = int(first.rest_url.rsplit(":", 1)[1])
        with pytest.raises(PortTaken, match=str(port)):
            SandboxThread(SandboxOptions(data="empty", port=port, cache_dir=cache)).start()
        assert first.statistics()["calls"] == 0
    assert issubclass(PortTaken, OptionError)


@pytest.mark.parametrize(
    "host",
    [
        "1234567-sb1.suitetalk.api.netsuite.com",
        "7654321.restlets.api.netsuite.com",
        "1234567.app.netsuite.com",
        "system.netsuite.com",
        "localhost",
        "127.0.0.1",
    ],
)
def test_the_authority_vouches_for_netsuites_names(sandbox: SandboxThread, host: str) -> None:
    trust = ssl.create_default_context(cafile=sandbox.env["SUITEBRIDGE_SANDBOX_CA"])
    assert sandbox.tls_port is not None
    with (
        socket.create_connection(("127.0.0.1", sandbox.tls_port)) as plain,
        trust.wrap_socket(plain, server_hostname=host) as secure,
    ):
        assert secure.version() in ("TLSv1.2", "TLSv1.3")


def test_the_authority_vouches_for_nobody_else(sandbox: SandboxThread) -> None:
    trust = ssl.create_default_context(cafile=sandbox.env["SUITEBRIDGE_SANDBOX_CA"])
    assert sandbox.tls_port is not None
    with (
        socket.create_connection(("127.0.0.1", sandbox.tls_port)) as plain,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        trust.wrap_socket(plain, server_hostname="www.example.com")


def test_one_connection_serves_many_calls(driver: Any) -> None:
    trust = ssl.create_default_context(cafile=driver.sandbox.env["SUITEBRIDGE_SANDBOX_CA"])
    with httpx.Client(base_url=f"https://127.0.0.1:{driver.sandbox.tls_port}", verify=trust, trust_env=False) as http:
        headers = driver.bearer()
        answers = [http.get(TIME, headers=headers) for _ in range(3)]
        streams = {id(answer.extensions["network_stream"]) for answer in answers}
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len(streams) == 1


def test_the_authority_is_made_once(cache: Path) -> None:
    certificates: set[str] = set()
    for _ in range(2):
        with SandboxThread(SandboxOptions(data="empty", cache_dir=cache)) as sandbox:
            certificates.add(Path(sandbox.env["SUITEBRIDGE_SANDBOX_CA"]).read_text())
    assert len(certificates) == 1


PROJECT = """
import os, urllib.request

def test_the_sandbox_is_there(netsuite_sandbox):
    assert os.environ["NETSUITE_REST_URL"] == netsuite_sandbox.rest_url
    assert netsuite_sandbox.env["NETSUITE_ACCOUNT"] == "1234567_SB1"
    assert netsuite_sandbox.statistics()["calls"] == 0
    netsuite_sandbox.change(slots=1)

def test_settings_begin_anew(netsuite_sandbox):
    assert netsuite_sandbox.admin("GET", "settings")["slots"] == 15
"""


def test_any_project_gets_the_fixture(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "test_project.py").write_text(PROJECT)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_the_plugin_loads_nothing_heavy() -> None:
    code = (
        "import sys; import suitebridge.pytest_plugin, suitebridge.sandbox.netsuite; "
        "print([name for name in ('apsw', 'aiohttp', 'sqlglot', 'cryptography', 'duckdb', 'pyarrow') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_kept_state_survives_a_kill(cache: Path, tmp_path: Path) -> None:
    state, env_file = tmp_path / "kept", tmp_path / "sandbox.env"
    options = ("--state", str(state), "--env-file", str(env_file), "--role", "administrator")
    names = [f"Before the kill {number}" for number in range(10)]

    def call(method: str, path: str, **more: Any) -> httpx.Response:
        env = env_of(env_file)
        client = OAuthClient(
            env["NETSUITE_CONSUMER_KEY"],
            client_secret=env["NETSUITE_CONSUMER_SECRET"],
            resource_owner_key=env["NETSUITE_TOKEN_ID"],
            resource_owner_secret=env["NETSUITE_TOKEN_SECRET"],
            signature_method="HMAC-SHA256",
            realm=env["NETSUITE_ACCOUNT"],
        )
        _, headers, _ = client.sign(env["NETSUITE_REST_URL"] + path, http_method=method)
        given = {**headers, **more.pop("headers", {})}
        return httpx.request(method, env["NETSUITE_REST_URL"] + path, headers=given, trust_env=False, **more)

    with running(cache, *options) as (process, _):
        for name in names:
            body = {"companyName": name, "subsidiary": {"id": "1"}}
            assert call("POST", "/services/rest/record/v1/vendor", json=body).status_code == 204
        process.kill()
        process.wait()
    with running(cache, *options):
        query = {"q": "SELECT companyname FROM vendor WHERE companyname LIKE 'Before the kill%' ORDER BY id"}
        answer = call("POST", "/services/rest/query/v1/suiteql", headers={"Prefer": "transient"}, json=query)
    assert [row["companyname"] for row in answer.json()["items"]] == names


def test_a_query_that_runs_does_not_keep_the_sandbox_from_stopping(cache: Path, driver_of: Any) -> None:
    endless = (
        "SELECT COUNT(*) FROM transactionline a, transactionline b, transactionline c WHERE a.id + b.id + c.id < 0"
    )
    sandbox = SandboxThread(SandboxOptions(data="small", cache_dir=cache)).start()
    driver = driver_of(sandbox)
    headers = driver.bearer()
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(driver.suiteql, endless, headers)
        while sandbox.statistics()["slots_in_use"] == 0:
            pass
        sandbox.stop()
        with pytest.raises(httpx.TransportError):
            running.result()


def test_a_fault_of_the_sandbox_itself_shows_no_more_than_an_id(
    cache: Path, driver_of: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    with SandboxThread(SandboxOptions(data="empty", cache_dir=cache)) as sandbox:
        driver = driver_of(sandbox)
        headers = driver.bearer()
        sandbox.sandbox.store.close()
        answer = driver.suiteql("SELECT id FROM currency", headers)
        assert driver.http.get(TIME, headers=headers).status_code == 200
    assert answer.status_code == 500
    (detail,) = answer.json()["o:errorDetails"]
    assert detail["o:errorCode"] == "UNEXPECTED_ERROR"
    assert re.fullmatch(r"An unexpected error occurred. Error ID: [a-z]{20}", detail["detail"])
    assert "StoreError" in capfd.readouterr().err
