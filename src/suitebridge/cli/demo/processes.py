"""Starts the sandbox and real ``suitebridge`` commands as processes, and asks the sandbox what it has counted."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any, cast

import msgspec

from suitebridge.errors import SuiteBridgeError

COMMAND = [sys.executable, "-m", "suitebridge"]


class DemoError(SuiteBridgeError):
    """A step of the demo did not do what it shows."""


class SandboxProcess:
    """A sandbox in a process of its own.

    `environment` is what its ``--env-file`` says. Use as a context manager: the process ends with the block.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {}
        self._options = options
        self._process: subprocess.Popen[str] | None = None

    def start(self, timeout: float = 240) -> None:
        """Start it and wait until it says ``ready``. Raises DemoError with its last words."""
        env_file = self.folder / "sandbox.env"
        env_file.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [*COMMAND, "sandbox", "netsuite", "--port", "0", "--env-file", str(env_file), *self._options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=_pump, args=(self._process, lines), daemon=True).start()
        said: list[str] = []
        deadline = time.monotonic() + timeout
        while True:
            try:
                line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise DemoError(f"the sandbox was not ready after {timeout:.0f} s") from None
            if line is None:
                raise DemoError("the sandbox did not start:\n  " + "\n  ".join(said[-8:]))
            said.append(line.rstrip())
            if line.strip() == "ready":
                break
        self.environment = read_env_file(env_file)

    def statistics(self, *, calls: bool = False) -> dict[str, Any]:
        """What the sandbox has counted since it started; with `calls` also call by call under ``each``."""
        return cast(dict[str, Any], self._admin("statistics?calls" if calls else "statistics"))

    def _admin(self, path: str) -> object:
        address = self.environment["SUITEBRIDGE_SANDBOX_ADMIN"].rstrip("/")
        with urllib.request.urlopen(f"{address}/{path}", timeout=10) as answer:
            return msgspec.json.decode(answer.read())

    def __enter__(self) -> SandboxProcess:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def _pump(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put(None)


def read_env_file(path: Path) -> dict[str, str]:
    """The variables of an env file: ``NAME=value`` lines, comments and blank lines left out."""
    pairs = (
        line.removeprefix("export ").partition("=")
        for line in path.read_text().splitlines()
        if line.strip() and not line.startswith("#")
    )
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def run(arguments: list[str], environment: Mapping[str, str], folder: Path) -> int:
    """Run one command to its end, on this terminal. Its exit code."""
    return subprocess.run([*COMMAND, *arguments], env={**os.environ, **environment}, cwd=folder, check=False).returncode


@contextlib.contextmanager
def running(arguments: list[str], environment: Mapping[str, str], folder: Path) -> Generator[subprocess.Popen[bytes]]:
    """Run one command beside us, on this terminal; it is killed if it still runs at the end of the block."""
    process = subprocess.Popen([*COMMAND, *arguments], env={**os.environ, **environment}, cwd=folder)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
