"""What a DuckDB target keeps, and what it says when it cannot be used."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from suitebridge.errors import TargetError, UsageError
from suitebridge.netsuite.tables import INTEGER, TEXT, Column
from suitebridge.warehouse.load import measures
from suitebridge.warehouse.load.address import duckdb_file
from suitebridge.warehouse.load.duckdb import DuckDBTarget
from suitebridge.warehouse.load.staged import Staged, StagedColumn
from suitebridge.warehouse.progress import NumberedRange, Piece, TablePlan, TableResult
from suitebridge.warehouse.ranges import Range

ID = StagedColumn("id", INTEGER, Column("id", INTEGER))
NAME = StagedColumn("name", TEXT, Column("name", TEXT))
THING = Staged("thing", "thing", (ID,), (ID, NAME))
PLAN = TablePlan((9,), None, 9, (NumberedRange(1, Range(None, (5,))), NumberedRange(2, Range((5,), (9,)))))


def batch(*ids: int) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"id": pa.array(ids, pa.int64()), "name": pa.array([f"n{key}" for key in ids])})


def result(rows: int, **facts: object) -> TableResult:
    return TableResult("thing", rows, {"id": 15}, {}, "2026-11-24T10:00:00+00:00", 1.0, **facts)  # type: ignore[arg-type]


def begun(path: Path) -> DuckDBTarget:
    target = DuckDBTarget(path)
    assert target.open_run("run1", "mark", "ACCOUNT", 24) is None
    target.begin_table("run1", THING, PLAN)
    return target


def test_rows_and_progress_are_there_after_a_reopening(tmp_path: Path) -> None:
    with begun(tmp_path / "w.duckdb") as target:
        target.write("run1", [(THING, Piece("thing", 1, Range(None, (5,)), batch(1, 2, 5), (), 8))])
    with DuckDBTarget(tmp_path / "w.duckdb") as target:
        assert target.open_run("run2", "mark", "ACCOUNT", 24) == "run1"
        progress = target.progress_of("run1", THING)
    assert progress is not None
    assert (progress.rows, progress.state) == (3, "reading")
    assert progress.plan.ranges == (NumberedRange(2, Range((5,), (9,))),)
    assert progress.plan.highest == (9,)


def test_another_command_begins_its_own_run(tmp_path: Path) -> None:
    with begun(tmp_path / "w.duckdb") as target:
        assert target.open_run("run2", "another mark", "ACCOUNT", 24) is None


def test_a_run_that_stood_still_too_long_is_given_up_with_what_it_staged(tmp_path: Path) -> None:
    begun(tmp_path / "w.duckdb").close()
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        connection.execute("UPDATE _suitebridge_run SET started_at = now() - INTERVAL 30 HOUR")
    with DuckDBTarget(tmp_path / "w.duckdb") as target:
        assert target.open_run("run2", "mark", "ACCOUNT", 24) is None
        assert target.progress_of("run1", THING) is None


def test_the_table_in_use_stays_whole_until_the_new_one_is_finished(tmp_path: Path) -> None:
    with begun(tmp_path / "w.duckdb") as target:
        target.write("run1", [(THING, Piece("thing", 1, Range(None, (9,)), batch(1, 5, 9)))])
        target.finish_table("run1", THING, result(3))
        target.begin_table("run1", THING, PLAN)
        target.write("run1", [(THING, Piece("thing", 1, Range(None, (5,)), batch(2)))])
        assert measures.measure(target.connection, THING, ["id"], None, staging=False).rows == 3
        target.finish_table("run1", THING, result(1))
        assert measures.measure(target.connection, THING, ["id"], None, staging=False).rows == 1


def test_a_column_that_is_hidden_this_time_keeps_its_values(tmp_path: Path) -> None:
    narrow = Staged("thing", "thing", (ID,), (ID,))
    with begun(tmp_path / "w.duckdb") as target:
        target.write("run1", [(THING, Piece("thing", 1, Range(None, (9,)), batch(1, 5)))])
        target.finish_table("run1", THING, result(2))
        target.begin_table("run1", narrow, PLAN)
        target.write("run1", [(narrow, Piece("thing", 1, Range(None, (9,)), batch(1, 5, 9).select(["id"])))])
        target.finish_table("run1", narrow, result(3, hidden=("name",)))
        assert target.known_columns("thing")["name"][2]
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        assert connection.execute("SELECT id, name FROM thing ORDER BY id").fetchall() == [
            (1, "n1"),
            (5, "n5"),
            (9, None),
        ]


def test_a_column_that_is_no_longer_wanted_goes(tmp_path: Path) -> None:
    narrow = Staged("thing", "thing", (ID,), (ID,))
    with begun(tmp_path / "w.duckdb") as target:
        target.write("run1", [(THING, Piece("thing", 1, Range(None, (9,)), batch(1, 5)))])
        target.finish_table("run1", THING, result(2))
        target.begin_table("run1", narrow, PLAN)
        target.write("run1", [(narrow, Piece("thing", 1, Range(None, (9,)), batch(1).select(["id"])))])
        target.finish_table("run1", narrow, result(1), lambda column: column == "name")
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        assert connection.execute("SELECT * FROM thing").fetchall() == [(1,)]


def test_replacing_a_range_takes_away_what_is_gone(tmp_path: Path) -> None:
    with begun(tmp_path / "w.duckdb") as target:
        target.write("run1", [(THING, Piece("thing", 1, Range(None, (9,)), batch(1, 2, 5, 6, 9)))])
        assert target.replace_range(THING, Range((1,), (6,)), [batch(2, 4)]) == -1
        assert measures.measure(target.connection, THING, ["id"], None).sums == ("16",)


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    wrong = pa.RecordBatch.from_pydict({"id": pa.array([3], pa.int64()), "colour": pa.array(["red"])})
    with begun(tmp_path / "w.duckdb") as target:
        pieces = [Piece("thing", 1, Range(None, (5,)), batch(1)), Piece("thing", 2, Range((5,), (9,)), wrong)]
        with pytest.raises(TargetError):
            target.write("run1", [(THING, piece) for piece in pieces])
        progress = target.progress_of("run1", THING)
    assert progress is not None
    assert (progress.rows, len(progress.plan.ranges)) == (0, 2)


def test_a_file_that_another_process_has_open_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    hold = f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print('held', flush=True); sys.stdin.read()"
    process = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(TargetError, match="open in another process") as caught:
            DuckDBTarget(path)
        assert caught.value.retryable
    finally:
        process.kill()
        process.communicate()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be looked at as one\n" * 200)
    with pytest.raises(TargetError, match="is no DuckDB database"):
        DuckDBTarget(path)
    assert path.read_text().startswith("not a database")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="does not exist"):
        DuckDBTarget(tmp_path / "nowhere" / "w.duckdb")


def test_tables_of_one_name_in_two_schemas_leave_each_other_alone(tmp_path: Path) -> None:
    for schema in ("main", "finance", "main"):
        target = DuckDBTarget(tmp_path / "w.duckdb", schema)
        target.begin_table("run1", THING, PLAN)
        target.write("run1", [(THING, Piece("thing", 1, Range(None, (9,)), batch(1, 2)))])
        target.finish_table("run1", THING, TableResult("thing", 2, {"id": 3}, {}, "2026-01-01T00:00:00+00:00", 0.0))
        target.close()
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT id FROM main.thing ORDER BY id").fetchall() == [(1,), (2,)]
        assert connection.sql("SELECT id FROM finance.thing ORDER BY id").fetchall() == [(1,), (2,)]


@contextmanager
def no_more_than_a_user() -> Iterator[None]:
    """Root may write everywhere, so for a while it is somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_file_is_told_as_such() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "w.duckdb"
        DuckDBTarget(path).close()
        path.chmod(0o444)
        with no_more_than_a_user(), pytest.raises(TargetError, match="read-only"):
            DuckDBTarget(path)


FILLS_UP = """
import resource, sys
from pathlib import Path
import pyarrow as pa
sys.path.insert(0, sys.argv[2])
from test_duckdb_target import PLAN, THING, begun
from suitebridge.errors import TargetError
from suitebridge.warehouse.progress import Piece
from suitebridge.warehouse.ranges import Range
target = begun(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
try:
    for number in range(400):
        ids = range(number * 1000, number * 1000 + 1000)
        names = [f"{key * 7919 % 104729:x}" * 9 for key in ids]
        rows = pa.RecordBatch.from_pydict({"id": pa.array(ids, pa.int64()), "name": names})
        target.write("run1", [(THING, Piece("thing", number, Range((ids[0] - 1,), (ids[-1],)), rows))])
        print(number, flush=True)
except TargetError as error:
    print(error.code, error.message)
    sys.exit(7)
"""


def test_a_full_disk_stops_the_export_with_all_that_was_written_before(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    done = subprocess.run(
        [sys.executable, "-c", FILLS_UP, str(path), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    written, _, told = done.stdout.strip().rpartition("\n")
    assert told.startswith("FULL")
    pieces = len(written.splitlines())
    assert pieces > 1
    with DuckDBTarget(path) as target:
        progress = target.progress_of("run1", THING)
    assert progress is not None
    # A commit whose answer never came may still have reached the disk; it may not have done so by half.
    assert progress.rows in (pieces * 1000, pieces * 1000 + 1000)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("duckdb:///a.duckdb", "a.duckdb", id="relative"),
        pytest.param("duckdb:////data/a.duckdb", "/data/a.duckdb", id="absolute"),
        pytest.param("a.duckdb", "a.duckdb", id="path"),
    ],
)
def test_an_address_is_a_file(text: str, path: str) -> None:
    assert duckdb_file(text) == Path(path)


@pytest.mark.parametrize("text", ["postgresql://host/db", "duckdb://", "ftp://x", "."])
def test_an_address_that_is_no_file_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        duckdb_file(text)
