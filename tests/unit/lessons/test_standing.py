import numpy as np
import pytest

from medalloc.lessons.descent import Run
from medalloc.lessons.standing import AXES, band, common_end, standing


def run(losses: list[float], *, batch: float = 0.1, lost: bool = False) -> Run:
    updates = np.arange(len(losses), dtype=float)
    return Run(np.zeros((len(losses), 1)), np.array(losses), updates, updates * batch, updates * 0.01, lost)


def test_a_band_lies_between_its_smallest_and_largest_run() -> None:
    found = band([run([3, 2, 1]), run([3, 1, 0]), run([3, 4, 5])], "updates")
    assert (found.low.tolist(), found.middle.tolist(), found.high.tolist()) == ([3, 1, 0], [3, 2, 1], [3, 4, 5])


@pytest.mark.parametrize("axis", AXES)
def test_effort_is_measured_as_asked(axis: str) -> None:
    one = run([3, 2, 1])
    assert np.array_equal(band([one], axis).effort, getattr(one, axis))


def test_the_race_ends_where_the_first_of_those_not_lost_has_nothing_more_to_show() -> None:
    bands = {"long": band([run([3, 2, 1, 0])], "updates"), "short": band([run([3, 2.5])], "updates")}
    assert common_end(bands) == 1
    assert standing(bands) == [("long", 2), ("short", 2.5)]


def test_who_was_lost_comes_last_and_does_not_shorten_the_race() -> None:
    bands = {
        "lost": band([run([1, 0]), run([1, 0, 0], lost=True)], "updates"),
        "slow": band([run([3, 2, 2])], "updates"),
    }
    assert common_end(bands) == 2
    assert standing(bands) == [("slow", 2), ("lost", float("inf"))]
