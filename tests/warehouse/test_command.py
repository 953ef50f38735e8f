"""``suitebridge export`` as a user meets it: what it prints, and with which code it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

if TYPE_CHECKING:
    from conftest import Company


def run(company: Company, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "suitebridge", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "100", **company.environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_export_ends_with_a_line_of_proof_for_each_table(company: Company, tmp_path: Path) -> None:
    done = run(company, tmp_path, "export", "term", "customer", "--to", "duckdb:///w.duckdb")
    assert done.returncode == 0, done.stderr
    rows = len(company.rows("customer")[1])
    lines = [line for line in done.stdout.splitlines() if "✓" in line]
    assert sorted(line.split()[1] for line in lines) == ["customer", "term"]
    assert any(f"{rows} rows" in line and "key sum" in line and "equal" in line for line in lines)
    assert "2 tables" in done.stdout


def test_json_is_one_document_with_the_same_facts(company: Company, tmp_path: Path) -> None:
    done = run(company, tmp_path, "export", "term", "--to", "w.duckdb", "--json")
    document: dict[str, Any] = json.loads(done.stdout)
    assert [entry["table"] for entry in document["tables"]] == ["term"]
    assert document["failures"] == []
    assert document["calls"] > 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(("custmer", "--to", "w.duckdb"), 2, "customer", id="misspelt table"),
        pytest.param(("customer", "--to", "w.duckdb", "--exclude", "customer.emial"), 2, "email", id="misspelt column"),
        pytest.param(("customer",), 2, "--to", id="no target"),
        pytest.param(("customer", "--to", "postgresql://host/db"), 2, "DuckDB", id="another database"),
        pytest.param(("customer", "--to", "w.duckdb", "--incremental"), 2, "--full", id="incremental"),
        pytest.param(("customer", "--to", "w.duckdb", "--full", "--incremental"), 2, "exclude", id="both"),
        pytest.param(("customer", "--to", "w.duckdb", "--since", "yesterday"), 2, "YYYY-MM-DD", id="no date"),
        pytest.param(
            ("customer", "term", "--to", "w.duckdb", "--where", "id > 3"), 2, "which table", id="whose condition"
        ),
        pytest.param(("customer", "--to", "w.duckdb", "--where", "nonsense = 1"), 2, "nonsense", id="wrong condition"),
        pytest.param(("customer", "--to", "nowhere/w.duckdb"), 1, "mkdir", id="no folder"),
        pytest.param(("customer", "--to", "w.duckdb", "--layout", "flat"), 2, "fivetran", id="no such layout"),
    ],
)
def test_what_cannot_be_done_is_one_clear_error(
    company: Company, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = run(company, tmp_path, "export", *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_refused_login_ends_with_code_4(company: Company, tmp_path: Path) -> None:
    done = run(company, tmp_path, "export", "customer", "--to", "w.duckdb", NETSUITE_CERTIFICATE_ID="nobody")
    assert done.returncode == 4, done.stdout + done.stderr


def test_a_file_that_is_no_database_ends_with_code_1(company: Company, tmp_path: Path) -> None:
    (tmp_path / "w.duckdb").write_text("something else entirely\n" * 500)
    done = run(company, tmp_path, "export", "term", "--to", "w.duckdb")
    assert done.returncode == 1
    assert "no DuckDB database" in done.stderr


def test_ctrl_c_ends_with_code_130_and_the_same_command_goes_on(company: Company, tmp_path: Path) -> None:
    company.server.change(latency="typical")
    process = subprocess.Popen(
        [sys.executable, "-m", "suitebridge", "export", "transaction", "transactionline", "--to", "w.duckdb"],
        cwd=tmp_path,
        env={**os.environ, **company.environment(), "NETSUITE_SLOTS": "2"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while company.server.statistics()["calls"] < 8 and process.poll() is None:
        pass
    process.send_signal(signal.SIGINT)
    told = "".join(process.communicate())
    assert process.returncode == 130, told
    assert "goes on" in told
    company.server.change(latency="none")
    done = run(company, tmp_path, "export", "transaction", "transactionline", "--to", "w.duckdb")
    assert done.returncode == 0
    assert "goes on where the interrupted run was" in done.stdout


def test_the_estimate_counts_rows_and_writes_nothing(company: Company, tmp_path: Path) -> None:
    done = run(company, tmp_path, "export", "customer", "transactionline", "--to", "w.duckdb", "--estimate", "--json")
    document: dict[str, Any] = json.loads(done.stdout)
    rows = {entry["table"]: entry["rows"] for entry in document["tables"]}
    assert rows == {name: len(company.rows(name)[1]) for name in ("customer", "transactionline")}
    assert not (tmp_path / "w.duckdb").exists()


def test_the_estimated_calls_are_about_those_of_the_export(company: Company, tmp_path: Path) -> None:
    names = ("customer", "transactionline", "transactionaccountingline", "term", "currency")
    estimate = json.loads(run(company, tmp_path, "export", *names, "--estimate", "--json").stdout)
    export = json.loads(run(company, tmp_path, "export", *names, "--to", "w.duckdb", "--json").stdout)
    assert abs(estimate["calls"] - export["calls"]) <= 4


def test_explain_says_what_the_definition_says_and_calls_nobody(company: Company, tmp_path: Path) -> None:
    done = run(company, tmp_path, "export", "transactionline", "--explain")
    assert done.returncode == 0
    for word in ("uniquekey", "set", "transaction.id", "quantityshiprecv", "ROW_NUMBER()", "oneworld"):
        assert word in done.stdout
    assert company.server.statistics()["calls"] == 0


def test_prove_finds_a_row_that_is_missing_here(company: Company, tmp_path: Path) -> None:
    assert run(company, tmp_path, "export", "customer", "term", "--to", "w.duckdb").returncode == 0
    assert run(company, tmp_path, "export", "customer", "term", "--to", "w.duckdb", "--prove").returncode == 0
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        connection.execute("DELETE FROM customer WHERE id = (SELECT min(id) FROM customer)")
    done = run(company, tmp_path, "export", "customer", "term", "--to", "w.duckdb", "--prove")
    assert done.returncode == 1
    assert "customer is not equal" in done.stdout
    again = run(company, tmp_path, "export", "--resync", "customer", "--to", "w.duckdb")
    assert again.returncode == 0
    assert run(company, tmp_path, "export", "customer", "--to", "w.duckdb", "--prove").returncode == 0


def test_a_named_export_of_the_configuration_is_run_and_the_command_line_wins(company: Company, tmp_path: Path) -> None:
    (tmp_path / "suitebridge.toml").write_text(
        '[databases.house]\nurl = "duckdb:///house.duckdb"\n'
        '[exports.small]\nfrom = "netsuite"\ntables = ["term", "currency"]\nto = "house"\nlayout = "fivetran"\n'
        'exclude = ["currency.symbol"]\n'
    )
    done = run(company, tmp_path, "export", "small")
    assert done.returncode == 0, done.stderr
    columns = company.warehouse_columns(tmp_path / "house.duckdb", "currency")
    assert "symbol" not in columns
    assert "_fivetran_synced" in columns
    assert run(company, tmp_path, "export", "small", "--layout", "plain", "--to", "other.duckdb").returncode == 0
    assert "_fivetran_synced" not in company.warehouse_columns(tmp_path / "other.duckdb", "currency")
