import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.resource import HOURS_A_YEAR
from medalloc.allocation.solving import solve
from medalloc.allocation.waiting.shortest import shortest_waits
from medalloc.allocation.waiting.waits import waits


def plan_of(loads, existing, stock=0.0, stay=48.0, **limits):
    beds = Resource("beds", stock, requirement=0.02, length_of_stay=stay)
    demand = np.array(loads) * HOURS_A_YEAR / stay
    names = tuple(f"region {place}" for place in range(len(loads)))
    return solve(Problem(names, demand, (beds,), existing=np.array([existing]).T, **limits))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_plan_has_a_shorter_overall_wait(data, feasible_problems):
    problem = data.draw(feasible_problems())
    resources = tuple(
        replace(one, length_of_stay=data.draw(st.sampled_from([200.0, HOURS_A_YEAR / 4]))) for one in problem.resources
    )
    plan = solve(replace(problem, resources=resources))
    for found in shortest_waits(plan).values():
        assert found.wait <= found.plan_wait * (1 + 1e-9)
        assert (found.servers is None) == math.isinf(found.wait) == (found.needed > found.units)
        assert "inf" not in str(found.said) and "nan" not in str(found.said)
        if found.servers is not None:
            assert found.servers.sum() <= found.units


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.1, 3), min_size=2, max_size=3), st.integers(4, 10))
def test_the_shortest_wait_is_that_of_the_best_of_all_divisions(loads, units):
    found = shortest_waits(plan_of(loads, [0] * len(loads), stock=units))["beds"]
    demand = np.array(loads) * HOURS_A_YEAR / 48
    divisions = (each for each in itertools.product(range(units + 1), repeat=len(loads)) if sum(each) == units)
    best = min(waits(demand, 48, each).overall_wait for each in divisions)
    assert found.wait == pytest.approx(best)


def test_units_that_cannot_end_every_queue_are_said_with_what_is_needed():
    found = shortest_waits(plan_of([8, 4], [6, 0], stock=4))["beds"]
    assert found.servers is None and found.wait == found.plan_wait == math.inf
    assert "the 10 beds" in str(found.said) and "takes 14, which is 4 more." in str(found.said)


def test_units_that_could_end_every_queue_are_said_where_the_plan_leaves_one_endless():
    told = str(shortest_waits(plan_of([8, 4], [40, 0], policy="today"))["beds"].said)
    assert told.startswith("The same 40 beds") and "would end every queue" in told


def test_a_plan_that_is_as_good_as_can_be_is_said_to_be():
    assert "noticeably shorter" in str(shortest_waits(plan_of([4, 4], [8, 8], policy="today"))["beds"].said)


def test_a_shorter_wait_is_said_beside_that_of_the_plan():
    assert " instead of " in str(shortest_waits(plan_of([4, 4], [20, 5], policy="today"))["beds"].said)


def test_many_more_units_than_a_queue_takes_are_no_fault():
    found = shortest_waits(plan_of([3] * 4, [9_000_000] * 4, policy="today"))["beds"]
    assert found.units == 36_000_000 and found.wait == pytest.approx(0)


def test_where_nobody_arrives_nobody_waits():
    found = shortest_waits(plan_of([0, 0], [1, 1]))["beds"]
    assert found.wait == found.plan_wait == 0
