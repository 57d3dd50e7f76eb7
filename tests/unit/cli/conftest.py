"""The command line as a script or a scheduler uses it: exit codes, standard output, standard error."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "medalloc", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    return _run


@pytest.fixture
def answer() -> Callable[..., dict[str, Any]]:
    def answer(*arguments: str) -> dict[str, Any]:
        ended = _run(*arguments, "--json")
        assert ended.returncode == 0, ended.stderr
        result: dict[str, Any] = json.loads(ended.stdout)
        return result

    return answer


@pytest.fixture
def samples() -> Path:
    return ROOT / "sample_data"


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., str]:
    """Return what writes a small table into a file of this name and gives its path."""

    def table(text: str, name: str = "regions.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return table
