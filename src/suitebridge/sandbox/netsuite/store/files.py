"""Copying a store's file, and private directories that vanish with the store."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import apsw

from suitebridge.sandbox.netsuite.store.statements import run

if sys.platform == "linux":
    import fcntl

_FICLONE = 0x40049409
_FILE_NAME = "company.sqlite"


def private_directory() -> Path:
    """A new directory for one store."""
    return Path(tempfile.mkdtemp(prefix="suitebridge-netsuite-"))


def private_file(directory: Path) -> Path:
    """Where the store lies in its private directory."""
    return directory / _FILE_NAME


def remove_directory(directory: Path) -> None:
    """Removes it with what is in it; gone already is as good."""
    shutil.rmtree(directory, ignore_errors=True)


def _clone(source: Path, target: Path) -> bool:
    """Shares the blocks with the copy, where the file system can."""
    if sys.platform != "linux":
        return False
    with source.open("rb") as old, target.open("wb") as new:
        try:
            fcntl.ioctl(new.fileno(), _FICLONE, old.fileno())
        except OSError:
            return False
    return True


@contextmanager
def whole_or_absent(target: Path) -> Generator[Path]:
    """A place beside the target for a file that takes the target's name once the block has ended well."""
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.{threading.get_ident()}.part")
    unfinished.unlink(missing_ok=True)
    try:
        yield unfinished
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def copy_store(source: Path, target: Path) -> None:
    """Copies a store that nobody writes to; one that was not closed cleanly is copied with what its log holds."""
    log = source.with_name(source.name + "-wal")
    if log.exists() and log.stat().st_size > 0:
        connection = apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            backup(connection, target)
        finally:
            connection.close(True)
    elif not _clone(source, target):
        shutil.copyfile(source, target)


def backup(source: apsw.Connection, target: Path) -> None:
    """A copy of what the connection sees now, whole or not there at all."""
    with whole_or_absent(target) as unfinished:
        copy = apsw.Connection(str(unfinished))
        try:
            with copy.backup("main", source, "main") as progress:
                progress.step()
            run(copy, "PRAGMA journal_mode = DELETE")
        finally:
            copy.close(True)
