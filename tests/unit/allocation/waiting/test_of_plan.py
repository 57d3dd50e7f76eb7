import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.explaining.answer import answer_json, no_answer_json
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.resource import HOURS_A_YEAR
from medalloc.allocation.solving import solve
from medalloc.allocation.waiting.of_plan import in_one_sentence, target_in_words, waits_json, waits_of
from medalloc.allocation.waiting.waits import waits
from medalloc.errors import InfeasibleError, InputError

STAYS = st.none() | st.sampled_from([0.5, 200.0, HOURS_A_YEAR / 4, HOURS_A_YEAR])


@st.composite
def plans_with_stays(draw, feasible_problems):
    problem = draw(feasible_problems())
    resources = tuple(replace(one, length_of_stay=draw(STAYS)) for one in problem.resources)
    return solve(replace(problem, resources=resources))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_more_placed_units_never_lengthen_the_wait(data, feasible_problems):
    plan = data.draw(plans_with_stays(feasible_problems))
    more = replace(plan, units=plan.units + data.draw(st.floats(0, 5)))
    before, after = waits_of(plan), waits_of(more)
    assert list(before) == [one.name for one in plan.problem.resources if one.length_of_stay is not None]
    for name, found in before.items():
        assert (after[name].mean_wait <= found.mean_wait * (1 + 1e-9)).all()
        assert (after[name].share_longer <= found.share_longer + 1e-12).all()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_queue_is_endless_exactly_where_the_load_is_not_below_the_units_there(data, feasible_problems):
    plan = data.draw(plans_with_stays(feasible_problems))
    problem = plan.problem
    for place, one in enumerate(problem.resources):
        if one.length_of_stay is None:
            continue
        load = problem.demand * one.length_of_stay / HOURS_A_YEAR
        units = np.floor((problem.existing + plan.units)[:, place] * (1 + 1e-9))
        expected = (load > 0) & (units <= load * (1 + 1e-12))
        assert (waits_of(plan)[one.name].is_endless == expected).all()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_answer_has_no_infinity_and_says_which_queue_is_endless(data, feasible_problems):
    plan = data.draw(plans_with_stays(feasible_problems))
    written = json.loads(json.dumps(answer_json(plan), allow_nan=False))["waits"]
    assert written == waits_json(plan)
    for each in written.values():
        assert [row["region"] for row in each["regions"]] == list(plan.problem.regions)
        assert all((row["mean_wait"] is None) == row["endless"] for row in each["regions"])
        assert each["endless"] == any(row["endless"] for row in each["regions"]) == (each["overall_wait"] is None)


def test_where_no_resource_has_a_length_of_stay_there_are_no_waits():
    problem = Problem(("A",), [10], (Resource("beds", 5),))
    assert answer_json(solve(problem))["waits"] == {}
    with pytest.raises(InfeasibleError) as raised:
        solve(replace(problem, common_floor=1.0))
    assert no_answer_json(raised.value)["waits"] == {}


def test_a_resource_with_persons_of_its_own_has_a_queue_of_its_own():
    resources = (Resource("beds", 40, length_of_stay=48), Resource("scanners", 9, length_of_stay=2))
    own = np.array([[365.0, 8760.0], [730.0, 4380.0]])
    found = waits_of(solve(Problem(("A", "B"), own.sum(axis=1), resources, demand_of=own)))
    assert found["beds"].load.tolist() == [2, 4] and found["scanners"].load.tolist() == [2, 1]


def test_nobody_queues_for_what_nobody_in_the_region_uses():
    resources = (Resource("beds", 40, length_of_stay=48), Resource("nurses", 40))
    requirement = [[0.0, 1.0], [0.1, 1.0]]
    plan = solve(Problem(("A", "B"), [365, 365], resources, region_requirement=requirement))
    assert waits_of(plan)["beds"].load.tolist() == [0, 2]


def test_existing_units_serve_the_queue_as_placed_ones_do():
    beds = Resource("beds", 0, requirement=0.01, length_of_stay=48)
    plan = solve(Problem(("A",), [365], (beds,), existing=[[3]], policy="today"))
    assert waits_of(plan)["beds"].mean_wait.tolist() == waits([365], 48, [3]).mean_wait.tolist()


def test_the_period_and_the_target_are_those_that_are_given():
    beds = Resource("beds", 10, requirement=0.01, length_of_stay=24)
    plan = solve(Problem(("A",), [21], (beds,), existing=[[4]]))
    week = waits_of(plan, target_wait=0, period=168)["beds"]
    assert week.load.tolist() == [3] and week.share_longer.tolist() == week.share_waiting.tolist()


def test_more_units_than_a_queue_takes_are_said_to_be_too_many():
    beds = Resource("beds", 1, length_of_stay=24)
    plan = solve(Problem(("A",), [10], (beds,), existing=[[1e9]]))
    with pytest.raises(InputError, match="10,000,000"):
        waits_of(plan)


def said(servers, demand=(730, 730), **options):
    return str(in_one_sentence("beds", ["North", "South"], waits(demand, 96, servers, **options)))


def test_an_endless_queue_is_said_in_words_and_never_as_a_number():
    everywhere, one = said([8, 8]), said([8, 10])
    assert "every region" in everywhere and not any(sign.isdigit() for sign in everywhere)
    assert "In North" in one and "elsewhere the mean wait is 19.6 hours" in one
    three = waits([730, 730, 730], 96, [8, 8, 10])
    assert str(in_one_sentence("beds", ["A", "B", "C"], three)).startswith("In 2 of 3 regions")
    assert not any("inf" in each or "nan" in each for each in (everywhere, one))


def test_a_wait_that_is_none_is_said_to_be_none():
    assert said([8, 8], demand=(0, 0)) == "Nobody arrives for beds, so nobody waits."
    assert said([5000, 5000]) == "Nobody waits for beds."
    assert said([0, 5000]).endswith("elsewhere the mean wait is less than a minute.")
    assert said([30, 5000]) == "The mean wait for beds is less than a minute in every region."


def test_the_longest_wait_and_who_waits_longer_than_the_target_are_named():
    told = said([12, 10], target_wait=1)
    assert "the longest in South with 19.6 hours" in told and told.endswith("wait longer than one hour.")


def test_a_target_is_told_as_a_time():
    assert not math.isnan(float(str(target_in_words(0.001)).split()[0]))
