from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.alpha_fair import by_prices
from medalloc.allocation.closed_forms.cells import as_cells
from medalloc.allocation.closed_forms.max_min import max_min
from medalloc.allocation.closed_forms.most_served import most_persons_served, most_served
from medalloc.allocation.closed_forms.nested import is_nested
from medalloc.allocation.closed_forms.nested_fair import fair_by_levels, worst_off_first
from medalloc.allocation.fitting.broken import largest_share_of_floors
from medalloc.allocation.problem import Problem, Resource


@st.composite
def independent(draw):
    """Draw resources with persons of their own, units that are there, caps and floors that fit."""
    n, kinds = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    amounts = st.integers(0, 20).map(float) | st.floats(0.125, 40)

    def cells(cell):
        return np.array(draw(st.lists(cell, min_size=n * kinds, max_size=n * kinds))).reshape(n, kinds)

    demand = cells(amounts)
    resources = tuple(
        Resource(
            f"r{place}", draw(amounts), draw(st.sampled_from([0.25, 1.0, 2.0])), draw(st.sampled_from([0, 1, 3.5]))
        )
        for place in range(kinds)
    )
    problem = Problem(
        tuple(f"region {place}" for place in range(n)),
        demand.sum(axis=1),
        resources,
        demand_of=demand,
        existing=cells(st.just(0.0) | amounts),
        cap=cells(st.just(np.inf) | amounts),
        value=draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), min_size=n, max_size=n)),
        common_floor=draw(st.sampled_from([0.0, 0.2, 0.5])),
        budget=draw(st.none() | st.integers(1, 100).map(float)),
    )
    return replace(problem, common_floor=problem.common_floor * largest_share_of_floors(problem))


@settings(max_examples=150, deadline=None)
@given(problem=independent(), alpha=st.sampled_from([0.1, 0.5, 1.0, 2.0, 7.0]))
def test_levels_and_a_search_for_prices_find_the_same_plan(problem, alpha):
    assert is_nested(problem)
    found, expected = fair_by_levels(problem, alpha), by_prices(as_cells(problem), alpha)
    if found is None:
        # somebody who counts has next to nothing
        assert (expected.served < 1e-3 * np.maximum(1.0, problem.demand_of.ravel())).any()
        return
    served, value, bound, _ = found
    assert served.ravel() == pytest.approx(expected.served, rel=1e-6, abs=1e-6)
    assert value == pytest.approx(expected.value, rel=1e-8, abs=1e-9) and bound >= expected.value * (1 - 1e-9)


@settings(max_examples=150, deadline=None)
@given(problem=independent())
def test_one_level_and_freezing_limit_by_limit_are_the_same_max_min_plan(problem):
    expected = max_min(as_cells(problem)).served
    assert worst_off_first(problem).ravel() == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(problem=independent())
def test_the_most_served_of_regions_is_that_of_their_cells(problem):
    found, expected = most_served(problem), most_served(as_cells(problem))
    assert found.value == pytest.approx(expected.value, rel=1e-12, abs=1e-12)
    assert found.served.ravel() == pytest.approx(expected.served, rel=1e-9, abs=1e-9)
    assert found.price == pytest.approx(expected.price, rel=1e-9, abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(problem=independent())
def test_the_most_persons_are_those_served_where_everyone_counts_the_same(problem):
    alike = replace(problem, value=np.ones_like(problem.value))
    expected = most_served(as_cells(alike)).value
    assert most_persons_served(problem, most_served(problem)) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_an_alpha_that_floats_do_not_reach_is_left_to_the_search_for_prices():
    problem = Problem(("A", "B"), [10, 10], (Resource("beds", 9),), value=[1, 2])
    assert fair_by_levels(problem, 2000.0) is None and fair_by_levels(problem, 1e-3) is None
