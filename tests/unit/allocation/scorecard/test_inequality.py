import numpy as np
import pytest

from medalloc.allocation.scorecard import measures_json
from medalloc.allocation.scorecard.inequality import inequality


def meaning(plan, key):
    return next(str(score.meaning) for score in inequality(plan) if score.key == key)


def test_what_gini_means_is_the_difference_of_two_people(plan_with):
    """Half the pairs differ, by 0.5 of a mean of 0.75: a third of the mean over all pairs."""
    plan = plan_with([0.5, 1, 1], demand=[10, 10, 0])
    assert "differ in coverage by 33.3% of the average" in meaning(plan, "gini")


@pytest.mark.parametrize(("coverage", "percent"), [([0, 1, 1], "100"), ([1, 1, 1], "0"), ([0.5, 0.5, 1], "0")])
def test_what_theil_means_is_told_by_its_extremes(coverage, percent, plan_with):
    plan = plan_with(coverage, demand=[30, 10, 0])
    assert meaning(plan, "theil").startswith(f"It is {percent}% of what it would be")


def test_what_atkinson_means_is_how_much_less_would_do(plan_with):
    """Shared equally, sqrt(0.25 * 1) = 0.5 does as well at an aversion of 1 as a mean of 0.625."""
    plan = plan_with([0.25, 1, 1], demand=[10, 10, 0])
    assert meaning(plan, "atkinson_1") == "Shared equally, 20% less coverage would do as well."


def test_rounding_is_taken_neither_for_care_nor_for_its_lack(plan_with, scores):
    exact, rounded = plan_with([0, 0.5, 1]), plan_with([1e-14, 0.5, 1 + 1e-14])
    found = scores(rounded, rank=[1, 2, 3])
    assert found["atkinson_1"].value == 1 == scores(exact)["atkinson_1"].value
    assert str(found["atkinson_1"].meaning).startswith("Some people are not covered at all")


def test_a_palma_ratio_over_nothing_is_said_in_words_and_left_out_of_the_json(plan_with, scores):
    plan = plan_with([0, 0, 1])
    palma = scores(plan)["palma"]
    assert palma.value == np.inf
    assert str(palma.meaning) == (
        "The best-covered tenth of people has 20% of all coverage, the worst-covered four tenths 0%."
    )
    assert "palma" not in measures_json(plan)
