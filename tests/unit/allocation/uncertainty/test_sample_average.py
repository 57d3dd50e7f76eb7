from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.bundle import persons_by
from medalloc.allocation.fitting.broken import largest_share_of_floors
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import Futures, sample_average, served_in
from medalloc.allocation.uncertainty.sample_average import COUPLED, MARGINAL
from medalloc.errors import InfeasibleError, InputError


@settings(max_examples=100)
@given(data=st.data())
def test_the_value_is_that_of_the_program_as_it_is_written_down(data, feasible_problems, futures_of, program):
    problem = data.draw(feasible_problems())
    futures = data.draw(futures_of(problem.regions))
    assert np.isclose(sample_average(problem, futures).value, program(problem, futures), rtol=1e-7, atol=1e-7)


@settings(max_examples=60)
@given(data=st.data())
def test_with_one_resource_of_which_persons_use_the_same_no_solver_is_asked(
    data, feasible_problems, futures_of, program, one_resource, alike
):
    problem = alike(one_resource(data.draw(feasible_problems(floors=False))))
    futures = data.draw(futures_of(problem.regions))
    plan = sample_average(problem, futures)
    assert plan.method == MARGINAL
    assert np.isclose(plan.value, program(problem, futures), rtol=1e-7, atol=1e-7)


@settings(max_examples=60)
@given(data=st.data())
def test_where_nothing_exists_and_no_region_must_be_served_first_no_solver_is_asked(
    data, feasible_problems, futures_of, program, alike
):
    problem = alike(data.draw(feasible_problems()))
    problem = replace(problem, existing=np.zeros_like(problem.existing), floor=problem.floor * 0, common_floor=0.0)
    futures = data.draw(futures_of(problem.regions))
    plan = sample_average(problem, futures)
    assert plan.method == MARGINAL
    assert np.isclose(plan.value, program(problem, futures), rtol=1e-7, atol=1e-7)


@settings(max_examples=80)
@given(data=st.data())
def test_the_plan_keeps_every_limit_and_floor_and_proves_itself(data, feasible_problems, futures_of, keeps_limits):
    problem = data.draw(feasible_problems())
    plan = sample_average(problem, data.draw(futures_of(problem.regions)))
    assert keeps_limits(problem, plan.units)
    floor = problem.effective_floor * problem.demand
    able = persons_by(problem, problem.existing + plan.units).min(axis=1)
    assert (able >= floor * (1 - 1e-8) - 1e-8).all()
    assert np.isclose(plan.bound, plan.value, rtol=1e-7, atol=1e-7) and plan.gap <= 1e-7
    # What is promised is what those units do.
    assert np.allclose(served_in(plan, plan.futures).mean(axis=0), plan.expected_served, rtol=1e-9, atol=1e-9)


@settings(max_examples=60)
@given(data=st.data())
def test_on_average_no_plan_for_the_mean_serves_more(data, feasible_problems, futures_of):
    problem = data.draw(feasible_problems(policy=st.just("most-served")))
    futures = data.draw(futures_of(problem.regions))
    mean = served_in(solve(problem), futures).mean(axis=0) @ problem.value
    assert sample_average(problem, futures).value >= mean * (1 - 1e-8) - 1e-8


@settings(max_examples=40)
@given(data=st.data())
def test_one_future_that_is_the_demand_gives_the_most_served_plan(data, feasible_problems):
    problem = data.draw(feasible_problems(policy=st.just("most-served")))
    plan = sample_average(problem, Futures(problem.regions, [problem.demand]))
    assert np.isclose(plan.value, solve(problem).value, rtol=1e-8, atol=1e-8)


@settings(max_examples=40)
@given(data=st.data())
def test_the_order_of_futures_and_regions_does_not_matter(data, feasible_problems, futures_of, one_resource):
    problem = one_resource(data.draw(feasible_problems(floors=False)))
    futures = data.draw(futures_of(problem.regions))
    order = np.array(data.draw(st.permutations(range(len(problem.regions)))))
    turned = Futures(tuple(problem.regions[place] for place in order), futures.demand[::-1, order])
    one, other = sample_average(problem, futures), sample_average(problem, turned)
    assert np.allclose(one.capacity, other.capacity, rtol=1e-9, atol=1e-9)


@settings(max_examples=40)
@given(data=st.data())
def test_more_stock_never_serves_fewer(data, feasible_problems, futures_of):
    problem = data.draw(feasible_problems())
    futures = data.draw(futures_of(problem.regions))
    more = replace(problem, resources=tuple(replace(one, stock=one.stock + 3) for one in problem.resources))
    fewer = sample_average(problem, futures).value
    assert sample_average(more, futures).value >= fewer - 1e-7 * (1 + fewer)


def test_the_capacity_is_a_quantile_of_demand_at_a_common_threshold():
    random = np.random.default_rng(4)
    futures = Futures(tuple("ABC"), random.gamma(2, [5, 10, 20], (4000, 3)))
    plan = sample_average(Problem(futures.regions, futures.mean, (Resource("beds", 60),)), futures)
    short = (futures.demand > plan.capacity).mean(axis=0)
    assert np.ptp(short) <= 1e-3
    assert plan.units.sum() == pytest.approx(60, rel=1e-12)


def test_regions_that_are_alike_get_alike_and_nothing_is_left_over():
    futures = Futures(tuple("ABC"), [[10, 10, 10], [20, 20, 20]])
    plan = sample_average(Problem(futures.regions, futures.mean, (Resource("beds", 21),)), futures)
    assert plan.capacity == pytest.approx([7, 7, 7], rel=1e-12)


def test_persons_of_value_0_are_served_last_but_served():
    futures = Futures(("A", "B"), [[4, 8], [6, 10]])
    problem = Problem(futures.regions, futures.mean, (Resource("beds", 10),), value=[1, 0])
    assert sample_average(problem, futures).capacity == pytest.approx([6, 4])


def test_several_limits_at_once_are_said_to_need_the_solver(program):
    futures = Futures(("A", "B"), [[10, 4], [6, 20]])
    resources = (Resource("beds", 5), Resource("nurses", 5))
    problem = Problem(futures.regions, futures.mean, resources, existing=[[6, 0], [0, 6]])
    plan = sample_average(problem, futures)
    assert plan.method == COUPLED
    assert plan.value == pytest.approx(program(problem, futures), rel=1e-9)


def test_nobody_in_need_in_any_future_needs_nothing():
    futures = Futures(("A", "B"), [[0, 0], [0, 0]])
    plan = sample_average(Problem(futures.regions, [0, 0], (Resource("beds", 5),)), futures)
    assert plan.units.sum() == 0 and plan.coverage.tolist() == [1, 1] and plan.gap == 0


def test_floors_that_do_not_fit_are_said_as_everywhere_else():
    futures = Futures(("A", "B"), [[10, 10]])
    with pytest.raises(InfeasibleError, match="Stock of beds"):
        sample_average(Problem(futures.regions, [10, 10], (Resource("beds", 5),), common_floor=0.5), futures)


@settings(max_examples=30)
@given(data=st.data())
def test_the_largest_floors_that_fit_can_be_planned_for(data, problems, futures_of):
    problem = data.draw(problems())
    share = largest_share_of_floors(problem)
    problem = replace(problem, common_floor=problem.common_floor * share, floor=problem.floor * share)
    plan = sample_average(problem, data.draw(futures_of(problem.regions)))
    assert (plan.capacity >= problem.effective_floor * problem.demand * (1 - 1e-9)).all()


@settings(max_examples=80)
@given(data=st.data())
def test_locked_units_are_placed_whatever_the_future_and_the_rest_is_placed_best_beside_them(
    data, feasible_problems, locks_of, futures_of, program, keeps_limits
):
    problem = data.draw(locks_of(data.draw(feasible_problems())))
    futures = data.draw(futures_of(problem.regions))
    plan, settled = sample_average(problem, futures), ~np.isnan(problem.locked)
    assert np.isclose(plan.value, program(problem, futures), rtol=1e-7, atol=1e-7)
    assert np.allclose(plan.units[settled], problem.locked[settled], rtol=1e-12, atol=1e-12)
    assert keeps_limits(problem, plan.units)
    assert np.allclose(served_in(plan, futures).mean(axis=0), plan.expected_served, rtol=1e-9, atol=1e-9)


def test_a_lock_that_no_future_needs_is_kept_and_locks_beyond_the_stock_are_conflicts():
    futures = Futures(("A", "B"), [[10, 4], [6, 20]])
    problem = Problem(futures.regions, futures.mean, (Resource("beds", 20),), locked=[[18], [np.nan]])
    assert sample_average(problem, futures).units.tolist() == [[18], [2]]
    with pytest.raises(InfeasibleError, match="locked are 21"):
        sample_average(replace(problem, locked=[[18], [3]]), futures)


@dataclass(frozen=True, eq=False)
class Crowded(Problem):
    """A problem with a limit that plans for futures have never heard of."""

    helicopters: float | None = None


def test_a_setting_that_would_be_ignored_is_refused():
    futures = Futures(("A",), [[10]])
    parts = {"regions": ("A",), "demand": [10], "resources": (Resource("beds", 5),)}
    assert sample_average(Crowded(**parts), futures).value == 5
    with pytest.raises(InputError, match="do not take these settings into account: helicopters"):
        sample_average(Crowded(**parts, helicopters=3.0), futures)


@pytest.mark.parametrize(
    ("setting", "given"),
    [
        ("movable", {"resources": (Resource("beds", 5, movable=0.5),), "existing": [[2]]}),
        ("stands_in_for", {"resources": (Resource("beds", 5), Resource("chairs", 5, stands_in_for="beds"))}),
        ("demand_of", {"resources": (Resource("beds", 5), Resource("chairs", 5)), "demand_of": [[4, 6]]}),
    ],
)
def test_what_cannot_be_planned_for_is_refused_in_one_sentence(setting, given):
    problem = Problem(**{"regions": ("A",), "demand": [10], **given})
    with pytest.raises(InputError, match=setting) as caught:
        sample_average(problem, Futures(("A",), [[10]]))
    assert len(caught.value.faults) == 1
