import errno
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from medalloc.errors import InputError
from medalloc.jobs.protocol import Progress
from medalloc.jobs.run import Run, Status
from medalloc.jobs.tasks import TASKS
from medalloc.jobs.worker import perform
from medalloc.sentences import sentence

TALKATIVE = """
import os
from types import SimpleNamespace

from medalloc.jobs import tasks, worker

def talk(folder, progress):
    print("ended")
    os.write(1, b"ended\\n")

tasks.TASKS["talk"] = SimpleNamespace(asked=lambda run: SimpleNamespace(perform=talk))
worker.main(os.getppid())
"""


def asked(folder: Path, task: str, **arguments: object) -> Run:
    run = Run(folder)
    run.ask(task, arguments)
    return run


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch):
    """Return a function that lets the worker know one more task."""

    def know(does: Any) -> None:
        def found(run: Run) -> SimpleNamespace:
            arguments = run.request()["arguments"]
            return SimpleNamespace(perform=lambda folder, progress: does(folder, arguments, progress))

        monkeypatch.setitem(TASKS, "given", SimpleNamespace(asked=found))

    return know


def test_a_task_is_done_with_its_folder_and_arguments(tmp_path: Path, task) -> None:
    def copy(folder: Path, arguments: Mapping[str, Any], _: Progress) -> None:
        (folder / "out.txt").write_text(arguments["text"], encoding="utf-8")

    task(copy)
    run = asked(tmp_path, "given", text="Zürich")
    perform(run)
    assert run.status().state == "done"
    assert run.status().fraction == 1.0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "Zürich"


def test_progress_is_seen_from_outside_and_keeps_when_it_began(tmp_path: Path, task) -> None:
    seen: list[Status] = []

    def work(folder: Path, _: Mapping[str, Any], progress: Progress) -> None:
        for part in (0.25, 0.75):
            progress(part, sentence("Part {part}", part=part))
            seen.append(Run(folder).status())

    task(work)
    run = asked(tmp_path, "given")
    perform(run)
    assert [(each.state, each.fraction, str(each.stage)) for each in seen] == [
        ("running", 0.25, "Part 0.25"),
        ("running", 0.75, "Part 0.75"),
    ]
    assert len({each.since for each in [*seen, run.status()]}) == 1


def test_what_a_user_can_repair_is_said_in_words_that_can_be_translated(tmp_path: Path, task) -> None:
    def refuse(*_: object) -> None:
        raise InputError(sentence("Rows: {count}.", count=2), sentence("Too few."))

    task(refuse)
    run = asked(tmp_path, "given")
    perform(run)
    assert run.status().state == "failed"
    assert run.status().stage.render(lambda text: text.replace("Rows", "Zeilen")) == "Zeilen: 2. Too few."


def test_a_bug_fails_the_run_and_is_told_to_the_log_only(tmp_path: Path, task, capsys: pytest.CaptureFixture) -> None:
    task(lambda *_: 1 / 0)
    run = asked(tmp_path, "given")
    perform(run)
    assert run.status().state == "failed"
    assert str(run.status().stage) == "An unexpected fault; the server's log tells more."
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_an_unknown_task_fails_with_its_name(tmp_path: Path) -> None:
    run = asked(tmp_path, "make coffee")
    perform(run)
    assert (run.status().state, str(run.status().stage)) == ("failed", "There is no task “make coffee”.")


@pytest.mark.parametrize("request_text", ["", "{", "[]", "{}"])
def test_a_damaged_request_fails_the_run(tmp_path: Path, request_text: str, capsys: pytest.CaptureFixture) -> None:
    run = asked(tmp_path, "given")
    (tmp_path / "request.json").write_text(request_text, encoding="utf-8")
    perform(run)
    assert run.status().state == "failed"
    assert "Traceback" in capsys.readouterr().err


def test_what_a_task_prints_does_not_pass_for_the_end_of_a_run(tmp_path: Path) -> None:
    runs = [asked(tmp_path / name, "talk") for name in ("one", "two words")]
    worker = subprocess.run(
        [sys.executable, "-c", TALKATIVE],
        input="".join(f"{run.folder}\n" for run in runs),
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        check=True,
    )
    assert worker.stdout == "ended\n" * 2
    assert [run.status().state for run in runs] == ["done", "done"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EROFS])
def test_a_full_disk_is_said_and_what_was_half_written_makes_room(
    number: int, tmp_path: Path, task, capsys: pytest.CaptureFixture
) -> None:
    def fill(folder: Path, _arguments: Mapping[str, Any], _progress: Progress) -> None:
        (folder / "half").write_text("x")
        raise OSError(number, os.strerror(number))

    task(fill)
    run = asked(tmp_path, "given")
    perform(run)
    assert run.status().state == "failed"
    assert f"({os.strerror(number).lower()}); make room" in str(run.status().stage)
    assert [each.name for each in tmp_path.iterdir()] == ["status.json"]
    assert capsys.readouterr().err == ""
