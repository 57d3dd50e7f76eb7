import pytest

from medalloc.cli.progress import QUIET, Told
from medalloc.sentences import sentence


def test_time_left_follows_from_the_share_done_and_what_is_done_soon_says_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    moments = iter([0.0, QUIET - 1, 10.0, 10.5, 30.0, 40.0])
    told = Told(clock=lambda: next(moments))
    for fraction in (0.1, 0.25, 0.3, 0.75, 1.0):
        told(fraction, sentence("Learning."))
    heard = capsys.readouterr()
    assert heard.err.splitlines() == ["Learning. About 30 s left.", "Learning. About 10 s left."]
    assert not heard.out


def test_parts_share_the_whole_evenly(capsys: pytest.CaptureFixture[str]) -> None:
    moments = iter([0.0, 0.0, 30.0])
    told = Told(clock=lambda: next(moments))
    told.part(0, 2, "svm")(0.0, sentence("Fold 1."))
    told.part(1, 2, "svm")(0.5, sentence("Fold 1."))
    assert capsys.readouterr().err == "svm: Fold 1. About 10 s left.\n"


def test_what_came_before_the_first_word_is_no_measure_and_too_little_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    moments = iter([0.0, 30.0, 36.0, 42.0, 50.0, 60.0])
    told = Told(clock=lambda: next(moments))
    # what begins anew is measured anew
    for fraction in (0.01, 0.02, 0.25, 0.1, 0.3):
        told(fraction, sentence("Trying."))
    assert capsys.readouterr().err.splitlines() == [
        "Trying.",
        "Trying.",
        "Trying. About 38 s left.",
        "Trying.",
        "Trying. About 35 s left.",
    ]
