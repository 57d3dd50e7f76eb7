import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import Futures, answer, sample_average, spread_futures
from medalloc.errors import InfeasibleError, InputError

FUTURES = Futures(("A", "B"), [[20, 20], [0, 40], [40, 0]])
PROBLEM = Problem(FUTURES.regions, [20, 20], (Resource("beds", stock=20),), population=[1, 3])


def by_plan(found):
    return {each["plan"]: each for each in found["plans"]}


def test_the_plans_are_told_as_they_can_be_worked_out_by_hand():
    found = answer.futures_json(PROBLEM, FUTURES)
    assert list(by_plan(found)) == ["most-served", "sample-average", "cautious", "per-head", "proportional"]
    head = by_plan(found)["per-head"]
    assert (head["expected_served"], head["share_near_best"]) == pytest.approx((40 / 3, 1 / 3))
    assert (head["mean_regret"], head["largest_regret"]) == pytest.approx((20 / 3, 15))
    # the worst tenth of three futures is a part of the worst one
    assert (head["unmet_in_worst_tenth"], head["served_in_worst_tenth"]) == pytest.approx((35, 5))
    assert head["regions"] == [{"region": "A", "units": {"beds": 5.0}}, {"region": "B", "units": {"beds": 15.0}}]
    assert found["by_future"]["best"] == [20, 20, 20]
    assert found["by_future"]["regret"]["per-head"] == [0, 5, 15]
    assert (found["own"], found["futures"], found["left_out"]) == ("most-served", 3, [])


@settings(max_examples=20)
@given(data=st.data())
def test_each_plan_made_for_all_futures_is_the_best_at_its_own_aim(data, feasible_problems, locks_of, futures_of):
    problem = data.draw(locks_of(data.draw(feasible_problems())))
    futures = data.draw(futures_of(problem.regions))
    found = by_plan(answer.futures_json(problem, futures))
    slack = 1e-6 * (1 + futures.demand.sum() * problem.value.max())
    # today's units keep no floor, so they may be without what a floor costs
    rivals = [each for name, each in found.items() if name != "today"]
    assert max(each["expected_worth"] for each in rivals) <= found["sample-average"]["expected_worth"] + slack
    unmet = "worth_unmet_in_worst_tenth"
    assert min(each[unmet] for each in rivals) >= found["cautious"][unmet] - slack
    assert all(each["largest_regret"] >= each["mean_regret"] - slack for each in found.values())
    assert all(0 <= each["share_near_best"] <= 1 and each["gap"] >= 0 for each in found.values())


def test_persons_are_persons_however_much_each_is_worth():
    problem = replace(PROBLEM, value=[5, 1])
    found = answer.futures_json(problem, FUTURES)
    assert found["weighted"] and not answer.futures_json(PROBLEM, FUTURES)["weighted"]
    for each in found["plans"]:
        assert each["expected_served"] <= 20 and each["unmet_in_worst_tenth"] <= 40
    head, alike = by_plan(found)["per-head"], by_plan(answer.futures_json(PROBLEM, FUTURES))["per-head"]
    for name in ("expected_served", "unmet_in_worst_tenth", "served_in_worst_tenth"):
        assert head[name] == alike[name]
    # 5 of 20 in A, 15 of 20 in B; none and 15; 5 and none
    assert head["expected_worth"] == pytest.approx((5 * 5 + 15 + 15 + 5 * 5) / 3)


def test_the_answer_is_plain_values_and_the_same_every_time():
    futures = spread_futures(PROBLEM.regions, PROBLEM.demand, cv=0.3, samples=20, seed=1)
    found = answer.futures_json(PROBLEM, futures)
    assert json.loads(json.dumps(found, allow_nan=False)) == found == answer.futures_json(PROBLEM, futures)
    assert [row["region"] for row in found["fragile"]] == ["A", "B"]
    assert set(found["fragile"][0]) >= {"units", "for_the_mean", "low", "high", "fragile"}


def test_no_plan_stands_there_twice_and_none_per_head_without_inhabitants():
    found = answer.futures_json(replace(PROBLEM, policy="proportional", population=None), FUTURES)
    assert list(by_plan(found)) == ["proportional", "sample-average", "cautious"]


def test_what_a_plan_says_of_itself_is_what_the_library_says():
    found = by_plan(answer.futures_json(PROBLEM, FUTURES))
    average, own = sample_average(PROBLEM, FUTURES), solve(PROBLEM)
    assert found["sample-average"]["value"] == average.value and found["sample-average"]["method"] == average.method
    assert found["most-served"]["bound"] == own.bound and found["most-served"]["status"] == own.status


def test_a_program_that_would_run_into_its_limit_is_left_out_and_that_is_said(monkeypatch):
    monkeypatch.setattr(answer, "LARGEST", 5)
    found = answer.futures_json(PROBLEM, FUTURES)
    assert "cautious" not in by_plan(found)
    assert found["left_out"][0]["plan"] == "cautious" and "exceed 5" in found["left_out"][0]["reason"]


def test_progress_only_rises():
    told = []
    answer.futures_json(PROBLEM, FUTURES, progress=lambda fraction, stage: told.append((fraction, str(stage))))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions) and all(stage for _, stage in told)


def test_whole_units_are_held_against_futures_and_it_is_said_that_the_plans_for_all_of_them_are_in_parts():
    found = answer.futures_json(replace(PROBLEM, resources=(Resource("beds", 20, whole=True),)), FUTURES)
    assert found["in_parts"] and not answer.futures_json(PROBLEM, FUTURES)["in_parts"]
    own, average = ({each["plan"]: each for each in found["plans"]}[name] for name in (found["own"], "sample-average"))
    assert all(float(each["units"]["beds"]).is_integer() for each in own["regions"])
    assert average["expected_served"] >= own["expected_served"] - 1e-9


def test_what_cannot_be_planned_is_said_before_any_work_is_done():
    with pytest.raises(InputError, match="movable"):
        answer.futures_json(replace(PROBLEM, resources=(Resource("beds", 20, movable=0.5),)), FUTURES)
    with pytest.raises(InfeasibleError, match="Stock of beds"):
        answer.futures_json(replace(PROBLEM, common_floor=0.9), FUTURES)
    with pytest.raises(InputError, match="name regions"):
        answer.futures_json(PROBLEM, Futures(("A", "B", "C"), np.ones((2, 3))))
