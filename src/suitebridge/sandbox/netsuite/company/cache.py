"""Generated companies kept as files, so that a large one is made once and then opened in a moment."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from suitebridge.sandbox.netsuite.company.generate import GENERATOR_VERSION, REFERENCE_DATE, generate
from suitebridge.sandbox.netsuite.company.sizes import size_named
from suitebridge.sandbox.netsuite.schema import SCHEMA
from suitebridge.sandbox.netsuite.store import Now, Prepare, Store, StoreError
from suitebridge.sandbox.netsuite.store.layout import fingerprint

if sys.platform != "win32":
    import fcntl


def cache_directory() -> Path:
    """`$XDG_CACHE_HOME/suitebridge`, or `~/.cache/suitebridge` where that is not set."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "suitebridge"


def company_file(size: str, seed: int, today: date, directory: Path) -> Path:
    """Where a company is kept: its name changes with all that could change what is in it."""
    return directory / (
        f"netsuite-{size_named(size).name}-{seed}-{today.isoformat()}"
        f"-v{GENERATOR_VERSION}-{fingerprint(SCHEMA)[:12]}.sqlite"
    )


def cached_company(
    size: str = "small", seed: int = 1, today: date = REFERENCE_DATE, directory: Path | None = None
) -> Path:
    """The file of that company; makes it where it is not there yet.

    The file appears under its name only when it is whole. Processes that want the same one wait for the first; where
    they cannot wait each makes its own, and they are alike. OSError where the directory cannot be written.
    """
    directory = cache_directory() if directory is None else directory
    file = company_file(size, seed, today, directory)
    if file.exists():
        return file
    directory.mkdir(parents=True, exist_ok=True)
    with _alone(file.with_name(f"{file.name}.lock")):
        if not file.exists():
            _make(file, size, seed, today)
    return file


def open_company(
    size: str = "small",
    seed: int = 1,
    today: date = REFERENCE_DATE,
    directory: Path | None = None,
    *,
    prepare: Prepare | None = None,
    now: Now | None = None,
) -> Store:
    """A private store with that company, from the cache where there is one that can be used.

    A cached file that is damaged is made anew. Without a directory to write in, the company is made for this store
    alone.
    """
    try:
        file = cached_company(size, seed, today, directory)
    except OSError:
        store = Store.create(prepare=prepare, now=now)
        try:
            generate(store, size, seed, today)
        except BaseException:
            store.close()
            raise
        return store
    try:
        return Store.copy_of(file, prepare=prepare, now=now)
    except StoreError:
        file.unlink(missing_ok=True)
        return Store.copy_of(cached_company(size, seed, today, directory), prepare=prepare, now=now)


def _make(file: Path, size: str, seed: int, today: date) -> None:
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        with Store.create(unfinished) as store:
            generate(store, size, seed, today)
        os.replace(unfinished, file)
    finally:
        for leftover in (unfinished, Path(f"{unfinished}-wal"), Path(f"{unfinished}-shm")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


@contextmanager
def _alone(lock: Path) -> Generator[None]:
    """Hold a file's lock, which ends with the process that holds it; without locks on this system, go on."""
    if sys.platform == "win32":
        yield
        return
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
