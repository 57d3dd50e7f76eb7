import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.measures import concentration_index, theil
from medalloc.allocation.scorecard import measures_json, scorecard
from medalloc.allocation.solving import solve
from medalloc.errors import InputError

LEVELS = ["lowest_coverage", "highest_coverage", "lowest_over_highest", "below_floor"]
INEQUALITY = ["gini", "theil", "atkinson_0.5", "atkinson_1", "palma"]
SPLIT = ["theil_between_groups", "theil_within_groups", "coverage:east", "coverage:west"]
RANKED = ["concentration_index", "erreygers_index"]
GROUPS = ["west", "east", "west"]


def test_the_card_holds_levels_then_inequality_then_groups_then_rank(plan_with, scores):
    plan = plan_with([0.2, 0.5, 0.8])
    assert list(scores(plan)) == LEVELS + INEQUALITY
    assert list(scores(plan, groups=GROUPS)) == LEVELS + INEQUALITY + SPLIT
    assert list(scores(plan, groups=GROUPS, rank=[1, 2, 3])) == LEVELS + INEQUALITY + SPLIT + RANKED


def test_every_score_has_the_level_beside_it(plan_with):
    card = scorecard(plan_with([0.2, 0.5, 0.8]), groups=GROUPS, rank=[1, 2, 3])
    assert [score.level for score in card] == pytest.approx([(8 + 5 + 40) / 100] * len(card))


def test_full_coverage_of_everyone_has_the_best_value_of_every_score(plan_with):
    for score in scorecard(plan_with([1, 1, 1], common_floor=1.0), groups=GROUPS, rank=[3, 1, 2]):
        assert score.value == pytest.approx(score.best, abs=1e-12), score.key


@pytest.mark.parametrize("level", [0.0, 0.3])
def test_equal_coverage_has_the_best_value_of_every_measure_of_inequality_whatever_the_level(level, plan_with, scores):
    found = scores(plan_with([level] * 3), groups=GROUPS, rank=[3, 1, 2])
    for key in [*INEQUALITY, *SPLIT[:2], *RANKED, "lowest_over_highest"]:
        assert found[key].value == pytest.approx(found[key].best, abs=1e-12), key
        assert found[key].level == pytest.approx(level)


@settings(max_examples=25)
@given(data=st.data())
def test_no_plan_is_better_than_the_best_value_and_every_meaning_can_be_said(data, feasible_problems):
    plan = solve(data.draw(feasible_problems()))
    n = len(plan.problem.regions)
    groups = data.draw(st.lists(st.sampled_from("AB"), min_size=n, max_size=n))
    rank = data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    for score in scorecard(plan, groups=groups, rank=rank):
        if score.best == 1:
            assert -1e-9 <= score.value <= 1 + 1e-9
        elif score.key not in RANKED:
            assert score.value >= score.best - 1e-9
        assert "nan" not in str(score.meaning) and str(score.name)


def test_persons_are_inhabitants_if_known_and_persons_in_need_otherwise(plan_with, scores):
    coverage, people = [0.2, 0.5, 0.8], [300.0, 100.0, 600.0]
    known = scores(plan_with(coverage, population=people), rank=[1, 3, 2])
    unknown = scores(plan_with(coverage), rank=[1, 3, 2])
    for found, weights in ((known, people), (unknown, [40, 10, 50])):
        assert found["theil"].value == pytest.approx(theil(coverage, weights))
        assert found["concentration_index"].value == pytest.approx(concentration_index(coverage, [1, 3, 2], weights))


def test_nobody_in_need_is_full_coverage(plan_with, scores):
    plan = plan_with([0, 0, 0], demand=[0, 0, 0])
    for score in scorecard(plan, groups=GROUPS, rank=[1, 2, 3]):
        assert score.value == pytest.approx(score.best), score.key
        assert score.level == 1
    assert str(scores(plan, groups=GROUPS)["coverage:east"].meaning) == "Nobody is in need in east."
    assert str(scores(plan)["lowest_coverage"].meaning) == "Nobody is in need."


def test_the_json_holds_every_finite_score_as_a_number_after_the_level(plan_with):
    plan = plan_with([0.2, 0.5, 0.8])
    found = measures_json(plan, GROUPS, [1, 2, 3])
    json.dumps(found, allow_nan=False)
    assert list(found) == ["coverage", *LEVELS, *INEQUALITY, *SPLIT, *RANKED]
    assert all(type(number) is float for number in found.values())
    assert found["coverage"] == plan.total_coverage and found["gini"] == plan.gini
    assert measures_json(plan, floor=0.3)["below_floor"] == pytest.approx(0.4)


def test_every_fault_of_groups_rank_and_floor_is_said_at_once(plan_with):
    with pytest.raises(InputError) as caught:
        scorecard(plan_with([1, 1, 1]), groups=["west", None], rank=[1, 2], floor=1.5)
    assert [str(fault) for fault in caught.value.faults] == [
        "Needed is a group for each region, 3 in all; found 2.",
        "Every region needs a group; 1 have none.",
        "Needed is a rank for each region, 3 in all; found (2,).",
        "The floor must be a number from 0 to 1; found 1.5.",
    ]


@pytest.mark.parametrize("rank", [["low", "mid", "high"], [1, 2, np.nan]])
def test_a_rank_that_is_no_number_is_refused(rank, plan_with):
    with pytest.raises(InputError, match="Every rank must be a finite number"):
        scorecard(plan_with([1, 1, 1]), rank=rank)
