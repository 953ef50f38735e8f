"""Runs a sandbox on a state file and says where it answers; it is ended from outside."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from suitebridge.sandbox.netsuite import Sandbox, SandboxOptions


async def _serve(place: Path, cache: Path) -> None:
    options = SandboxOptions(
        state=place / "state.sqlite", latency=str(place / "latency.toml"), processors=2, cache_dir=cache
    )
    async with Sandbox(options) as sandbox:
        sys.stdout.write(json.dumps({"rest_url": sandbox.rest_url, "env": sandbox.env}) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), Path(sys.argv[2])))
