"""What the documents name is there, and what they tell to run, runs."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_file_that_a_document_links_to_is_there(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [each for each in links if not (document.parent / each).exists()] == []


def _commands(guide: str) -> list[str]:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    return text.split("```")[1].replace("\\\n", " ").strip().splitlines()


def test_the_commands_of_the_guides_lead_from_a_file_to_a_verified_report(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    commands, chinese = _commands("guide.md"), _commands("guide.zh.md")
    assert len(commands) == len(chinese) == 5
    # those of the other guide that differ are run as well, after what they stand on
    for each in (*commands, *(one for one in chinese if one not in commands)):
        words = shlex.split(each)
        ended = subprocess.run(
            [sys.executable, *words[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env=_with_medalloc(),
            check=False,
        )
        assert ended.returncode == 0, (each, ended.stderr[-500:])
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")


def _with_medalloc() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
