"""A company is made once and then opened from its file, whoever else is making it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from suitebridge.sandbox.netsuite.company import REFERENCE_DATE
from suitebridge.sandbox.netsuite.company.cache import (
    cache_directory,
    cached_company,
    company_file,
    open_company,
)

MAKE = """
import sys
from pathlib import Path
from suitebridge.sandbox.netsuite.company.cache import cached_company, open_company
file = cached_company("small", 4, directory=Path(sys.argv[1]))
with open_company("small", 4, directory=Path(sys.argv[1])) as store, store.reading() as connection:
    print(file.name, connection.execute('SELECT count(*), sum(id), sum(foreigntotal) FROM "transaction"').fetchall())
"""


def customers(store) -> int:
    with store.reading() as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM customer").fetchall()
    return count


def test_a_second_opening_reads_the_file_of_the_first(tmp_path: Path):
    file = cached_company("small", 2, directory=tmp_path)
    written = file.stat().st_mtime_ns
    with open_company("small", 2, directory=tmp_path) as store:
        assert customers(store) == 120
        assert store.path != file
    assert file.stat().st_mtime_ns == written


def test_what_is_written_to_an_opened_company_stays_out_of_the_cache(tmp_path: Path):
    with open_company("empty", directory=tmp_path) as store, store.writing() as tx:
        tx.insert("pricelevel", {"id": 77, "name": "Mine", "isinactive": "F", "isonline": "F"})
    with open_company("empty", directory=tmp_path) as store, store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM pricelevel WHERE id = 77").fetchall() == [(0,)]


def test_the_name_tells_companies_apart(tmp_path: Path):
    names = {
        company_file("small", 1, REFERENCE_DATE, tmp_path),
        company_file("small", 2, REFERENCE_DATE, tmp_path),
        company_file("medium", 1, REFERENCE_DATE, tmp_path),
        company_file("small", 1, date(2025, 1, 31), tmp_path),
    }
    assert len(names) == 4


def test_two_processes_that_want_the_same_company_both_get_it(tmp_path: Path):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in ("1", "2")
    ]
    answers = [process.communicate()[0] for process in processes]
    assert answers[0] == answers[1] != ""
    assert [process.returncode for process in processes] == [0, 0]
    assert [each.name for each in tmp_path.iterdir() if ".part" in each.name] == []


def test_hash_seeds_do_not_change_a_company(tmp_path: Path):
    answers = {
        subprocess.run(
            [sys.executable, "-c", MAKE, str(tmp_path / seed)],
            stdout=subprocess.PIPE,
            check=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_a_damaged_file_is_made_anew(tmp_path: Path):
    file = cached_company("empty", directory=tmp_path)
    file.write_bytes(b"not a database at all" * 500)
    with open_company("empty", directory=tmp_path) as store, store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchall()[0][0] > 50


def test_without_a_place_to_keep_it_the_company_is_made_all_the_same(tmp_path: Path):
    taken = tmp_path / "a file, no directory"
    taken.write_text("")
    with open_company("small", directory=taken) as store:
        assert customers(store) == 120


def test_the_directory_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_directory() == tmp_path / "suitebridge"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_directory().parts[-2:] == (".cache", "suitebridge")
