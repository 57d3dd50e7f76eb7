"""The command line as a script or a scheduler uses it: exit codes, standard output, standard error."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest


@pytest.fixture
def answer(run: Callable[..., CompletedProcess[str]]) -> Callable[..., dict[str, Any]]:
    def answer(*arguments: str) -> dict[str, Any]:
        ended = run(*arguments, "--json")
        assert ended.returncode == 0, ended.stderr
        result: dict[str, Any] = json.loads(ended.stdout)
        return result

    return answer


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., str]:
    """Return what writes a small table into a file of this name and gives its path."""

    def table(text: str, name: str = "regions.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return table
