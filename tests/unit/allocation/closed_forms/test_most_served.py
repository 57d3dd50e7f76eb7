from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.most_served import most_served
from medalloc.allocation.problem import Problem, Resource


@settings(max_examples=100)
@given(data=st.data())
def test_the_value_is_that_of_the_program_as_it_is_written_down(data, feasible_problems, oracle):
    problem = data.draw(feasible_problems())
    best = most_served(problem)
    assert np.isclose(best.value, -oracle(problem).fun, rtol=1e-7, atol=1e-7)


@settings(max_examples=60)
@given(data=st.data())
def test_the_prices_alone_prove_the_plan_best(data, feasible_problems):
    best = most_served(data.draw(feasible_problems()))
    assert (best.price >= 0).all()
    assert np.isclose(best.bound, best.value, rtol=1e-8, atol=1e-8)


@settings(max_examples=60)
@given(data=st.data())
def test_the_order_of_the_regions_does_not_matter(data, feasible_problems, rows_of):
    problem = data.draw(feasible_problems())
    order = np.array(data.draw(st.permutations(range(len(problem.regions)))))
    shuffled = rows_of(problem, order)
    assert np.allclose(most_served(shuffled).served, most_served(problem).served[order], rtol=1e-9, atol=1e-9)


@settings(max_examples=60)
@given(data=st.data())
def test_regions_that_are_alike_are_covered_alike(data, feasible_problems, rows_of):
    problem = data.draw(feasible_problems())
    twice = replace(
        rows_of(problem, list(range(len(problem.regions))) * 2),
        resources=tuple(replace(one, stock=2 * one.stock) for one in problem.resources),
        budget=None if problem.budget is None else 2 * problem.budget,
    )
    served = most_served(twice).served
    half = len(problem.regions)
    assert np.allclose(served[:half], served[half:], rtol=1e-9, atol=1e-9)


@settings(max_examples=40)
@given(data=st.data())
def test_with_one_kind_of_person_the_lowest_coverage_cannot_be_higher(data, feasible_problems, oracle):
    problem = data.draw(feasible_problems(policy=st.just("most-served"), values=False, floors=False, budgets=False))
    nothing = np.full_like(problem.cap, np.nan)
    problem = replace(problem, existing=np.zeros_like(problem.existing), cap=np.full_like(problem.cap, np.inf))
    alike = replace(problem, region_requirement=nothing, region_cost=nothing, space=np.full_like(problem.space, np.inf))
    best = most_served(alike)
    coverage = np.divide(best.served, alike.demand, out=np.ones_like(best.served), where=alike.demand > 0)
    if coverage.min() < 1 - 1e-6:
        higher = oracle(replace(alike, common_floor=min(1.0, coverage.min() + 1e-4)))
        assert higher.status == 2 or -higher.fun < best.value - 1e-9


def test_what_is_not_scarce_is_spread_for_more_equal_coverage():
    # Nurses are short; beds exist in A only, but there are plenty in stock: A must not get every nurse.
    problem = Problem(("A", "B"), [10, 10], (Resource("beds", 100), Resource("nurses", 10)), existing=[[10, 0], [0, 0]])
    assert np.allclose(most_served(problem).served, [5, 5])


def test_where_spreading_would_break_a_limit_nobody_is_given_up_for_it():
    problem = Problem(("A", "B"), [10, 10], (Resource("beds", 2), Resource("nurses", 10)), existing=[[10, 0], [0, 0]])
    best = most_served(problem)
    assert np.isclose(best.value, 10) and best.served[1] <= 2 + 1e-9


def test_more_of_a_resource_that_nobody_still_needs_has_no_price():
    enough = Problem(("A", "B"), [6, 4], (Resource("beds", 10),))
    assert most_served(enough).price.tolist() == [0]
    assert most_served(replace(enough, resources=(Resource("beds", 9.5),))).price.tolist() == [1]


def test_persons_of_value_0_are_served_last_but_served():
    problem = Problem(("A", "B"), [6, 10], (Resource("beds", 10),), value=[1, 0])
    assert np.allclose(most_served(problem).served, [6, 4])
    assert np.allclose(most_served(replace(problem, value=[0, 0])).served.sum(), 10)


def test_when_everything_is_settled_nothing_is_chosen():
    best = most_served(Problem(("A",), [4], (Resource("beds", 10),), existing=[[5]]))
    assert best.served.tolist() == [4] and best.method == "nothing to choose"


def test_thousands_of_regions_with_values_of_their_own_keep_every_limit():
    random = np.random.default_rng(3)
    demand = random.gamma(2, 50, 3142)
    problem = Problem(
        tuple(f"county {place}" for place in range(3142)),
        demand,
        tuple(Resource(f"r{k}", demand.sum() * share, unit_cost=1.0) for k, share in enumerate((0.3, 0.4, 0.5, 0.6))),
        existing=random.uniform(0, 0.3, (3142, 4)) * demand[:, None],
        value=random.uniform(1, 2, 3142),
        budget=demand.sum(),
        common_floor=0.1,
    )
    best = most_served(problem)
    placed = np.maximum(0, best.served[:, None] - problem.existing).sum(axis=0)
    assert (placed <= problem.stock * (1 + 1e-9)).all() and placed.sum() <= problem.budget * (1 + 1e-9)
    assert 0 <= best.bound - best.value + 1e-6 <= 1e-6 * best.bound


@pytest.mark.parametrize("stock", [0.0, 1e-15, 1e-12, 1e-9, 1e-6])
def test_a_trace_of_stock_does_not_upset_what_existing_units_serve(stock):
    resources = (Resource("beds", stock, requirement=2.0), Resource("nurses", 1, requirement=0.25))
    best = most_served(Problem(("A", "B"), [0, 1], resources, existing=[[0, 0], [1, 0]]))
    assert best.served == pytest.approx([0, 0.5 + stock / 2], rel=1e-12)
