from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.alpha_fair import alpha_fair
from medalloc.allocation.closed_forms.laminar import Cells, Limits, most_served_in
from medalloc.allocation.closed_forms.laminar_fair import alpha_fair_in
from medalloc.allocation.problem import Problem, Resource

ALPHAS = st.sampled_from([0.3, 0.5, 1.0, 2.0, 7.0])


@st.composite
def cases(draw):
    """Draw cells and limits whose lower ends fit: lowered, all in proportion, where they would not."""
    n, kinds = draw(st.integers(1, 6)), draw(st.integers(1, 3))

    def column(element, *shape):
        size = int(np.prod(shape))
        return np.array(draw(st.lists(element, min_size=size, max_size=size))).reshape(shape)

    demand = column(st.just(0.0) | st.floats(0.5, 40), kinds, n)
    cells = Cells(
        value=column(st.sampled_from([0.0, 0.5, 1.0, 1.0, 2.0]), kinds, n),
        demand=demand,
        lower=demand * column(st.sampled_from([0.0, 0.0, 0.25, 0.5]), kinds, n),
        upper=demand * column(st.sampled_from([0.5, 1.0, 1.0]), kinds, n),
        use=column(st.sampled_from([0.25, 0.7, 1.0, 2.0]), kinds, 1) * np.ones((1, n)),
        bottom=np.zeros((kinds, n)),
    )
    limits = Limits(
        stock=column(st.just(np.inf) | st.floats(0.5, 60), kinds),
        cost=column(st.sampled_from([0.0, 0.7, 1.0, 3.5]), kinds),
        budget=draw(st.just(np.inf) | st.floats(0.5, 100)),
    )
    placed = (cells.use * cells.lower).sum(axis=1)
    needed, there = np.append(placed, placed @ limits.cost), np.append(limits.stock, limits.budget)
    share = 0.9 * np.divide(there, needed, out=np.full(kinds + 1, 1 / 0.9), where=needed > 0).min(initial=1 / 0.9)
    return replace(cells, lower=cells.lower * min(1.0, share)), limits


@settings(max_examples=150)
@given(case=cases(), alpha=ALPHAS)
def test_no_limit_and_no_end_is_missed_and_what_has_a_price_is_used_up(case, alpha):
    cells, limits = case
    best = alpha_fair_in(cells, limits, alpha)
    taken = (cells.use * best.amount).sum(axis=1)
    assert (taken <= limits.stock * (1 + 1e-9)).all() and taken @ limits.cost <= limits.budget * (1 + 1e-9)
    assert (best.amount >= cells.lower * (1 - 1e-12)).all() and (best.amount <= cells.upper * (1 + 1e-12)).all()
    priced = best.price > 0
    assert np.allclose(taken[priced], limits.stock[priced], rtol=1e-9)
    assert not best.budget_price or np.isclose(taken @ limits.cost, limits.budget, rtol=1e-9)


@settings(max_examples=150)
@given(case=cases(), alpha=ALPHAS)
def test_the_prices_alone_prove_that_nothing_is_better(case, alpha):
    cells, limits = case
    best = alpha_fair_in(cells, limits, alpha)
    # whoever could have more values a person at no more than its price, whoever could have less at no less
    price = (best.price + np.where(limits.cost > 0, limits.cost * best.budget_price, 0.0))[:, None] * cells.use
    counts = (cells.value > 0) & (cells.demand > 0)
    coverage = np.divide(best.amount, cells.demand, out=np.ones_like(best.amount), where=cells.demand > 0)
    with np.errstate(divide="ignore"):
        worth = np.where(counts, cells.value * np.where(counts, coverage, 1.0) ** -alpha, 0.0)
    more = counts & (best.amount < cells.upper * (1 - 1e-9))
    less = counts & (best.amount > cells.lower * (1 + 1e-9))
    assert (worth[more] <= price[more] * (1 + 1e-6)).all()
    assert (worth[less] >= price[less] * (1 - 1e-6)).all()
    assert best.gap <= 1e-9 * max(1.0, float((worth * best.amount)[counts].sum()))


@settings(max_examples=60)
@given(case=cases(), alpha=ALPHAS)
def test_a_single_resource_is_shared_out_as_the_general_method_does(case, alpha):
    demand, value = case[0].demand.ravel(), case[0].value.ravel()
    n, beds = demand.size, Resource("beds", 0.6 * float(demand.sum()), requirement=0.7)
    problem = Problem(tuple(f"region {place}" for place in range(n)), demand, (beds,), value=value)
    nothing = np.zeros((1, n))
    alone = Cells(value[None], demand[None], nothing, demand[None], np.full((1, n), 0.7), nothing)
    mine = alpha_fair_in(alone, Limits(problem.stock, np.zeros(1)), alpha).amount[0]
    assert np.allclose(mine, alpha_fair(problem, alpha).served, rtol=1e-8, atol=1e-8)


@settings(max_examples=60)
@given(case=cases())
def test_fairness_never_serves_more_than_serving_the_most(case):
    cells, limits = case
    most = most_served_in(cells, limits).value
    assert float((cells.value * alpha_fair_in(cells, limits, 1.0).amount).sum()) <= most * (1 + 1e-9) + 1e-9


def test_a_budget_gives_cheap_resources_the_higher_level():
    one = np.ones((2, 1))
    cells = Cells(one, 10 * one, 0 * one, 10 * one, one, 0 * one)
    best = alpha_fair_in(cells, Limits(np.array([np.inf, np.inf]), np.array([1.0, 4.0]), budget=24.0), 2.0)
    assert best.amount.ravel() == pytest.approx([8, 4]) and best.price.tolist() == [0, 0]


def test_many_cells_keep_every_limit():
    random = np.random.default_rng(1)
    shape = (4, 1_000)
    demand, one = random.gamma(2, 50, shape), np.ones(shape)
    cells = Cells(random.uniform(1, 2, shape), demand, 0.1 * demand, demand, one, 0 * one)
    whole = demand.sum(axis=1)
    limits = Limits(0.6 * whole, np.arange(1.0, 5.0), 0.5 * float(whole @ np.arange(1.0, 5.0)))
    best = alpha_fair_in(cells, limits, 2.0)
    taken = best.amount.sum(axis=1)
    assert (taken <= limits.stock * (1 + 1e-12)).all() and taken @ limits.cost == pytest.approx(limits.budget)


def test_speeds_that_are_no_floats_are_refused():
    one = np.ones((1, 2))
    cells = Cells(np.array([[1.0, 1e9]]), one, 0 * one, one, one, 0 * one)
    with pytest.raises(ValueError, match="no floats"):
        alpha_fair_in(cells, Limits(np.ones(1), np.ones(1)), 0.01)


@pytest.mark.parametrize(("stock", "budget"), [(0.3, np.inf), (np.inf, 0.3)])
def test_what_is_just_enough_for_all_is_not_scarce_however_its_sum_is_rounded(stock, budget):
    tenths = np.full((1, 3), 0.1)
    cells = Cells(value=tenths * 10, demand=tenths, lower=tenths * 0, upper=tenths, use=tenths * 10, bottom=tenths * 0)
    found = alpha_fair_in(cells, Limits(np.array([stock]), np.array([1.0]), budget), 2.0)
    assert found.amount.tolist() == tenths.tolist()
    assert found.price.tolist() == [0.0] and found.budget_price == 0


@settings(max_examples=30)
@given(
    case=cases(), alpha=ALPHAS, worth=st.sampled_from([2.0**-400, 2.0**400]), size=st.sampled_from([2.0**-30, 2.0**30])
)
def test_in_what_units_worth_and_units_are_counted_changes_nothing(case, alpha, worth, size):
    cells, limits = case
    other = replace(cells, value=cells.value * worth, use=cells.use * size)
    more = replace(limits, stock=limits.stock * size, cost=limits.cost / size)
    one, again = alpha_fair_in(cells, limits, alpha), alpha_fair_in(other, more, alpha)
    assert again.amount == pytest.approx(one.amount, rel=1e-9, abs=1e-12)
    assert again.price / worth * size == pytest.approx(one.price, rel=1e-9, abs=1e-12)
    assert again.budget_price / worth == pytest.approx(one.budget_price, rel=1e-9, abs=1e-12)


def test_speeds_that_lie_too_far_apart_for_any_number_are_refused():
    ones = np.ones((1, 2))
    for apart, alpha, refused in ((1e200, 1.0, False), (1e200, 0.5, True), (1e-280, 1.0, True)):
        cells = Cells(
            value=np.array([[1.0, apart]]), demand=ones, lower=0 * ones, upper=ones, use=ones, bottom=0 * ones
        )
        limits = Limits(stock=np.ones(1), cost=np.zeros(1), budget=np.inf)
        if refused:
            with pytest.raises(ValueError, match="are no floats"):
                alpha_fair_in(cells, limits, alpha)
        else:
            assert alpha_fair_in(cells, limits, alpha).amount.sum() == pytest.approx(1.0)
