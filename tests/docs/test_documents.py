"""Every code block of README and docs is run: a document becomes one script, in the order in which it is read.

``bash`` blocks are run as they stand, ``python`` blocks by the interpreter, and a ``toml`` block whose first line is a
comment with a file name is written to that file. ``text`` is output for people and not run. A block that cannot be run
in a test (it would start the tests themselves, or needs a real account) stands after ``<!-- not run: reason -->``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(
    r"(?P<skip><!-- not run: (?P<reason>[^>]+) -->\s*\n)?^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.M | re.S
)
OUTPUT = {"text"}


@dataclass(frozen=True)
class Block:
    language: str
    code: str
    reason: str | None


def documents() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(document: Path) -> list[Block]:
    return [Block(match["language"], match["code"], match["reason"]) for match in FENCE.finditer(document.read_text())]


def script(found: list[Block]) -> str:
    lines = ["set -euo pipefail", "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"]
    for block in found:
        if block.reason or block.language in OUTPUT:
            continue
        if block.language == "bash":
            lines.append(block.code)
        elif block.language == "python":
            lines.append(f"python - <<'PYTHON_BLOCK'\n{block.code}PYTHON_BLOCK\n")
        elif block.language == "toml":
            name = re.match(r"# ([\w.]+\.toml)", block.code)
            assert name, "a toml block begins with a comment that names its file"
            lines.append(f"cat > {name[1]} <<'TOML_BLOCK'\n{block.code}TOML_BLOCK\n")
        else:
            raise AssertionError(
                f"a block in {block.language or 'no language'} cannot be run; say text if it is output"
            )
    return "\n".join(lines)


def runnable(document: Path) -> bool:
    return any(not block.reason and block.language not in OUTPUT for block in blocks(document))


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_block_has_a_language_that_the_tests_know(document: Path) -> None:
    script(blocks(document))


@pytest.mark.parametrize(
    "document", [path for path in documents() if runnable(path)], ids=lambda path: str(path.relative_to(ROOT))
)
def test_the_document_does_what_it_says(document: Path, netsuite_sandbox, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        **netsuite_sandbox.env,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(tmp_path),
        "COLUMNS": "100",
    }
    done = subprocess.run(
        ["bash", "-c", script(blocks(document))],
        cwd=tmp_path,
        env=environment,
        text=True,
        capture_output=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(document: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", document.read_text(), flags=re.M | re.S)
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
        assert (document.parent / target).exists(), f"{target} does not exist"
