"""What the documents name is there, and what they tell to run, runs."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from medalloc.cli.entry import commands

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_file_that_a_document_links_to_is_there(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [each for each in links if not (document.parent / each).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_command_that_a_document_shows_is_known_with_its_options(document: Path) -> None:
    for line in _shown(document.read_text(encoding="utf-8")):
        words = shlex.split(line, comments=True)
        _parse(commands, words[words.index("medalloc") + 1 :], line)


def _shown(text: str) -> list[str]:
    """Return the lines of a document's blocks of commands that call the program, each whole."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    whole = [block.replace("\\\n", " ") for language, block in blocks if language in ("", "sh")]
    return [line for block in whole for line in block.splitlines() if re.match(r"(python -m )?medalloc ", line)]


def _parse(command: click.Command, words: list[str], line: str) -> None:
    """Take words as the program would, without looking whether the files they name are there."""
    context = click.Context(command, info_name=line)
    _, rest, _ = command.make_parser(context).parse_args(list(words))
    if isinstance(command, click.Group) and rest:
        inner = command.get_command(context, rest[0])
        assert inner is not None, line
        _parse(inner, rest[1:], line)


def _commands(guide: str) -> list[str]:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    return text.split("```")[1].replace("\\\n", " ").strip().splitlines()


def test_the_commands_of_the_guides_lead_from_a_file_to_a_verified_report(tmp_path: Path, run: Run) -> None:
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    english, chinese = _commands("guide.md"), _commands("guide.zh.md")
    assert len(english) == len(chinese) == 5
    # those of the other guide that differ are run as well, after what they stand on
    for each in (*english, *(one for one in chinese if one not in english)):
        words = shlex.split(each)
        assert words[:3] == ["python", "-m", "medalloc"]
        ended = run(*words[3:], at=tmp_path)
        assert ended.returncode == 0, (each, ended.stderr[-500:])
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")
