"""What was worked out is kept under what it came from, as long as there is room on its shelf."""

from pathlib import Path

from medalloc.study.kept import Kept


def test_the_same_place_written_twice_is_the_same_place():
    kept = Kept()
    for _ in range(3):
        kept.answer(str, Path("a") / "b")
    assert kept.asked == 3 and kept.worked_out == 1


def test_what_was_asked_for_last_stays_as_long_as_there_is_room():
    kept = Kept(shelf=2)
    for number in (1, 2, 1, 3, 1):
        kept.answer(abs, number)
    assert kept.worked_out == 3
    kept.answer(abs, 2)
    assert kept.worked_out == 4
