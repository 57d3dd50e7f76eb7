import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.jobs.run import ENDED, Run, Status
from medalloc.sentences import Sentence, sentence

STATUSES = st.builds(
    Status,
    st.sampled_from(["waiting", "running", *ENDED]),
    st.floats(0, 1),
    st.builds(
        lambda place, stage: sentence("Part {place}: {stage}", place=place, stage=stage), st.integers(), st.text()
    ),
    st.floats(0, 1e10),
)


def test_a_request_comes_back_as_it_was_asked(tmp_path: Path) -> None:
    run = Run(tmp_path / "runs" / "one")
    run.ask("assess", {"seed": 42, "models": ["a", "b"], "why": "Größe"})
    assert run.request() == {"task": "assess", "arguments": {"seed": 42, "models": ["a", "b"], "why": "Größe"}}
    assert run.status().state == "waiting"


def test_a_run_is_for_nobody_elses_eyes(tmp_path: Path) -> None:
    Run(tmp_path / "one").ask("assess", {})
    assert (tmp_path / "one").stat().st_mode & 0o077 == 0


@settings(max_examples=40, deadline=None)
@given(STATUSES)
def test_a_status_comes_back_as_it_was_reported(tmp_path_factory: pytest.TempPathFactory, status: Status) -> None:
    run = Run(tmp_path_factory.mktemp("run"))
    run.report(status)
    assert run.status() == status


def test_a_run_whose_folder_is_gone_is_lost(tmp_path: Path) -> None:
    status = Run(tmp_path / "none").status()
    assert (status.state, status.ended) == ("lost", True)


@pytest.mark.parametrize(
    ("state", "ended"), [("waiting", False), ("running", False), *((each, True) for each in ENDED)]
)
def test_a_run_that_neither_waits_nor_runs_has_ended(state, ended: bool) -> None:
    assert Status(state).ended is ended


def test_a_reader_never_sees_half_a_status(tmp_path: Path) -> None:
    run, long = Run(tmp_path), Sentence("x" * 20_000)
    run.report(Status("running", 0.0, long))
    writer = threading.Thread(target=lambda: [run.report(Status("running", n / 200, long)) for n in range(200)])
    writer.start()
    while writer.is_alive():
        assert run.status().stage == long
    writer.join()
    assert [path.name for path in tmp_path.iterdir()] == ["status.json"]


def test_what_was_told_is_known_while_a_run_goes_on_and_goes_with_one_that_failed(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.report(Status("running"))
    assert run.status().so_far is None
    run.tell({"mlp": [[[0.7, None]]]})
    assert run.status().so_far == {"mlp": [[[0.7, None]]]}
    (tmp_path / "models").mkdir()
    run.report(Status("failed"))
    assert run.status().so_far is None and [each.name for each in tmp_path.iterdir()] == ["status.json"]
