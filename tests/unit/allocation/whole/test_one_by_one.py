"""Whole units of one resource: each is where it is worth most, wherever the search for its place begins."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.by_whole_units import ONE_BY_ONE
from medalloc.allocation.closed_forms.bundle import floor_persons, persons_with, units_for
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.whole.one_by_one import placed_one_by_one, shares_stock_alone
from medalloc.allocation.whole.steps import most_in_whole, ranked
from medalloc.allocation.whole.worths import worths_of
from tests.unit.allocation.whole.test_whole import small


@st.composite
def of_one_resource(draw):
    """Draw problems of one resource, of which the floors leave little or nothing in whole units."""
    n, use = draw(st.integers(1, 10)), draw(st.sampled_from([0.01, 0.3, 1.0]))
    demand = np.array(draw(st.lists(st.floats(1, 60), min_size=n, max_size=n)))
    asked = Problem(
        tuple(map(str, range(n))),
        demand,
        (Resource("beds", 0.0, use, whole=True),),
        existing=np.array(draw(st.lists(st.sampled_from([0.0, 1.0, 2.5]), min_size=n, max_size=n)))[:, None],
        value=draw(st.lists(st.sampled_from([0.0, 1.0, 1.0, 2.0, 5.0]), min_size=n, max_size=n)),
        common_floor=draw(st.sampled_from([0.0, 0.3, 0.8])),
        policy=draw(st.sampled_from(["most-served", "alpha:0.5", "alpha:2"])),
    )
    stock = float(units_for(asked, floor_persons(asked)).sum()) + draw(st.integers(0, 20))
    return replace(asked, resources=(Resource("beds", stock, use, whole=True),))


@settings(max_examples=100, deadline=None)
@given(problem=small().map(lambda each: replace(each, budget=None)).filter(shares_stock_alone) | of_one_resource())
def test_of_what_shares_its_stock_alone_each_unit_is_where_it_is_worth_most(problem):
    plan = solve(problem)
    assert plan.status == "optimal" and plan.method == ONE_BY_ONE
    top = most_in_whole(problem)
    worth = worths_of(problem, top, max(1e-9, float(plan.served.sum() / max(problem.demand.sum(), 1e-9)))).of

    def of(units):
        return worth(np.arange(len(units)), np.minimum(top, persons_with(problem, units)))

    units, high = units_for(problem, floor_persons(problem)), units_for(problem, top)
    for kind, left in enumerate(problem.stock - units.sum(axis=0)):
        while left >= 1:
            more = units + np.where((units < high) & (np.arange(units.shape[1]) == kind), 1, 0)
            gains = of(more) - of(units)
            if gains.max() <= 0:
                break
            units[gains.argmax(), kind] += 1
            left -= 1
    assert of(plan.units).sum() == pytest.approx(of(units).sum(), rel=1e-6, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(problem=of_one_resource(), seed=st.integers(0, 2**32 - 1))
def test_wherever_it_is_begun_the_units_are_worth_the_same_and_none_is_made_or_lost(problem, seed):
    top, rank, every = most_in_whole(problem), ranked(problem), np.arange(problem.demand.size)
    worths = worths_of(problem, top, 0.5)
    anywhere = np.random.default_rng(seed).uniform(0, 1, problem.demand.size) * problem.demand
    ends = [placed_one_by_one(problem, ideal, top, worths, rank) for ideal in (anywhere, floor_persons(problem), top)]
    for served in ends:
        assert units_for(problem, served).sum() <= problem.stock[0] * (1 + 1e-9)
        assert worths.of(every, served).sum() == pytest.approx(worths.of(every, ends[0]).sum(), rel=1e-9, abs=1e-9)
