import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures, cautious, sample_average, served_in, tail_mean
from medalloc.allocation.uncertainty.cautious import METHOD, STOPPED
from medalloc.errors import InputError

LEVELS = st.sampled_from([0.0, 0.5, 0.75, 0.9])


def tail_of(plan, level):
    unmet = (plan.futures.demand - served_in(plan, plan.futures)) @ plan.problem.value
    return tail_mean(unmet, level)


@settings(max_examples=50)
@given(data=st.data(), level=LEVELS)
def test_the_tail_is_that_of_the_program_as_it_is_written_down(data, level, feasible_problems, futures_of, program):
    problem = data.draw(feasible_problems())
    futures = data.draw(futures_of(problem.regions))
    plan = cautious(problem, futures, level=level)
    assert np.isclose(plan.value, program(problem, futures, level), rtol=1e-7, atol=1e-7)
    assert plan.status == "optimal" and plan.method == METHOD
    assert np.isclose(plan.value, tail_of(plan, level), rtol=1e-9, atol=1e-9)


@settings(max_examples=40)
@given(data=st.data(), level=LEVELS)
def test_the_plan_keeps_limits_and_floors_and_no_plan_has_a_milder_tail(
    data, level, feasible_problems, futures_of, keeps_limits
):
    problem = data.draw(feasible_problems())
    futures = data.draw(futures_of(problem.regions))
    plan, average = cautious(problem, futures, level=level), sample_average(problem, futures)
    assert keeps_limits(problem, plan.units)
    assert (plan.capacity >= problem.effective_floor * problem.demand * (1 - 1e-8) - 1e-8).all()
    assert tail_of(plan, level) <= tail_of(average, level) + 1e-7
    assert plan.expected_served @ problem.value <= average.value * (1 + 1e-8) + 1e-8
    assert np.isclose(plan.bound, plan.value, rtol=1e-6, atol=1e-6)


@settings(max_examples=50)
@given(data=st.data(), level=LEVELS)
def test_with_locks_the_tail_is_that_of_the_program_as_well(
    data, level, feasible_problems, locks_of, futures_of, program, keeps_limits
):
    problem = data.draw(locks_of(data.draw(feasible_problems())))
    futures = data.draw(futures_of(problem.regions))
    plan, settled = cautious(problem, futures, level=level), ~np.isnan(problem.locked)
    assert np.isclose(plan.value, program(problem, futures, level), rtol=1e-7, atol=1e-7)
    assert np.allclose(plan.units[settled], problem.locked[settled], rtol=1e-12, atol=1e-12)
    assert keeps_limits(problem, plan.units) and np.isclose(plan.value, tail_of(plan, level), rtol=1e-8, atol=1e-8)


def test_at_level_0_the_aims_are_the_same():
    futures = Futures(tuple("AB"), [[10, 2], [4, 30], [8, 8]])
    problem = Problem(futures.regions, futures.mean, (Resource("beds", 12),))
    plan, average = cautious(problem, futures, level=0.0), sample_average(problem, futures)
    assert (plan.expected_served).sum() == pytest.approx(average.value, rel=1e-9)


def test_what_the_worst_future_does_not_need_is_placed_to_serve_the_most_on_average():
    # B can take 14 only, so 26 stay unmet in the worst future whatever A gets.
    futures = Futures(tuple("AB"), [[10, 0], [10, 0], [10, 0], [10, 0], [0, 40]])
    problem = Problem(futures.regions, futures.mean, (Resource("beds", 20),), cap=[[20], [14]])
    plan = cautious(problem, futures, level=0.8)
    assert plan.value == pytest.approx(26) and plan.capacity == pytest.approx([6, 14])


def test_a_solver_that_is_stopped_leaves_a_plan_within_the_limits_and_an_honest_gap(keeps_limits):
    random = np.random.default_rng(7)
    futures = Futures(tuple(f"region {r}" for r in range(40)), random.gamma(2, 20, (100, 40)))
    problem = Problem(futures.regions, futures.mean, (Resource("beds", 800),))
    plan = cautious(problem, futures, time_limit=1e-6)
    assert plan.status == "time limit" and plan.method == STOPPED
    assert keeps_limits(problem, plan.units) and plan.value == pytest.approx(tail_of(plan, 0.9))
    assert 0 < plan.bound < plan.value and 0 < plan.gap < 1


def test_where_there_is_nothing_to_choose_the_tail_is_what_it_is():
    futures = Futures(("A",), [[10], [30]])
    plan = cautious(Problem(("A",), [20], (Resource("beds", 5),), existing=[[4]], cap=[[0]]), futures, level=0.5)
    assert plan.value == 26 and plan.gap == 0


def test_impossible_choices_are_said_at_once():
    futures = Futures(("A",), [[10]])
    with pytest.raises(InputError) as caught:
        cautious(Problem(("A",), [10], (Resource("beds", 5),)), futures, level=1.0, time_limit=0)
    assert len(caught.value.faults) == 2
