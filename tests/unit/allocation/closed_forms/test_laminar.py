from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from medalloc.allocation.closed_forms.laminar import Cells, Limits, most_persons_in, most_served_in, rooms
from medalloc.allocation.closed_forms.most_served import most_served
from medalloc.allocation.fitting.broken import largest_share_of_floors

AMOUNTS = st.just(0.0) | st.integers(0, 20).map(float) | st.floats(0.125, 40)


@st.composite
def cases(draw, budgets=True):
    """Draw cells and limits whose lower ends fit: lowered, all in proportion, where they would not."""
    n, kinds = draw(st.integers(1, 6)), draw(st.integers(1, 3))

    def column(element):
        return np.array(draw(st.lists(element, min_size=n * kinds, max_size=n * kinds))).reshape(kinds, n)

    demand = column(AMOUNTS)
    cells = Cells(
        value=column(st.sampled_from([0.0, 0.5, 1.0, 1.0, 2.0]) | st.floats(0.1, 4)),
        demand=demand,
        lower=demand * column(st.sampled_from([0.0, 0.0, 0.25, 1.0])),
        upper=demand * column(st.sampled_from([0.0, 0.5, 1.0, 1.0])),
        use=np.array(draw(st.lists(st.sampled_from([0.25, 0.7, 1.0, 2.0]), min_size=kinds, max_size=kinds)))[:, None]
        * np.ones((1, n)),
        bottom=column(st.just(0.0) | AMOUNTS),
    )
    limits = Limits(
        stock=np.array(draw(st.lists(st.just(np.inf) | AMOUNTS.map(lambda x: 2 * x), min_size=kinds, max_size=kinds))),
        cost=np.array(draw(st.lists(st.sampled_from([0.0, 0.7, 1.0, 3.5]), min_size=kinds, max_size=kinds))),
        budget=draw(st.just(np.inf) | st.integers(0, 100).map(float)) if budgets else np.inf,
    )
    placed = (cells.use * cells.lower).sum(axis=1)
    needed, there = np.append(placed, placed @ limits.cost), np.append(limits.stock, limits.budget)
    share = np.divide(there, needed, out=np.ones(kinds + 1), where=needed > 0).min(initial=1.0)
    return replace(cells, lower=cells.lower * share), limits


def rows(cells, limits):
    """Return the limits as a matrix with a column for every cell, and its right-hand side, without infinite ones."""
    matrix = np.zeros((limits.stock.size + 1, cells.value.size))
    matrix[np.repeat(np.arange(limits.stock.size), cells.value.shape[1]), np.arange(cells.value.size)] = (
        cells.use.ravel()
    )
    matrix[-1] = (limits.cost[:, None] * matrix[:-1]).sum(axis=0)
    there = np.append(limits.stock, limits.budget)
    return matrix[np.isfinite(there)], there[np.isfinite(there)]


def linear_program(cells, limits):
    matrix, there = rows(cells, limits)
    ends = np.column_stack([cells.lower.ravel(), np.maximum(cells.lower, cells.upper).ravel()])
    return linprog(-cells.value.ravel(), A_ub=matrix, b_ub=there * (1 + 1e-12), bounds=ends, method="highs")


@settings(max_examples=300)
@given(case=cases())
def test_the_value_is_that_of_the_linear_program(case):
    cells, limits = case
    assert most_served_in(cells, limits).value == pytest.approx(-linear_program(cells, limits).fun, rel=1e-7, abs=1e-7)


@settings(max_examples=200)
@given(case=cases())
def test_no_limit_and_no_end_is_missed(case):
    cells, limits = case
    best = most_served_in(cells, limits)
    matrix, there = rows(cells, limits)
    assert (matrix @ best.amount.ravel() <= there * (1 + 1e-9) + 1e-12).all()
    assert (best.amount >= cells.lower).all()
    assert (best.amount <= np.maximum(cells.lower, cells.upper)).all()


@settings(max_examples=200)
@given(case=cases())
def test_the_prices_alone_prove_the_plan_best(case):
    best = most_served_in(*case)
    assert (best.price >= 0).all() and best.budget_price >= 0
    assert best.bound == pytest.approx(best.value, rel=1e-10, abs=1e-10)


@settings(max_examples=150)
@given(case=cases(), seed=st.integers(0, 10))
def test_the_order_of_the_cells_does_not_matter(case, seed):
    cells, limits = case
    order = np.random.default_rng(seed).permutation(cells.value.shape[1])
    shuffled = Cells(**{name: part[:, order] for name, part in vars(cells).items()})
    assert np.allclose(
        most_served_in(shuffled, limits).amount, most_served_in(cells, limits).amount[:, order], rtol=1e-9
    )


@settings(max_examples=150)
@given(case=cases(), place=st.integers(0, 2))
def test_more_of_a_limit_is_worth_its_price_at_most_and_just_that_without_a_budget(case, place):
    cells, limits = case
    place %= limits.stock.size
    step = 1e-6
    best = most_served_in(cells, limits)
    more = replace(limits, stock=limits.stock + step * (np.arange(limits.stock.size) == place))
    richer = replace(limits, budget=limits.budget + step)
    gains = [most_served_in(cells, changed).value - best.value for changed in (more, richer)]
    for price, gain in zip((best.price[place], best.budget_price), gains, strict=True):
        assert gain <= price * step + 1e-10
    # where a stock and the budget end at once, more of one alone is worth less than its price
    if np.isinf(limits.budget):
        assert gains[0] == pytest.approx(best.price[place] * step, abs=1e-9)


@settings(max_examples=100)
@given(case=cases())
def test_cells_that_are_alike_are_served_alike(case):
    cells, limits = case
    doubled = Cells(**{name: np.hstack([part, part]) for name, part in vars(cells).items()})
    twice = most_served_in(doubled, Limits(2 * limits.stock, limits.cost, 2 * limits.budget)).amount
    half = cells.value.shape[1]
    assert np.allclose(twice[:, :half], twice[:, half:], rtol=1e-9, atol=1e-9)


@settings(max_examples=100)
@given(data=st.data())
def test_a_single_resource_is_shared_out_as_the_general_method_does(data, feasible_problems):
    problem = data.draw(feasible_problems(policy=st.just("most-served"), budgets=False))
    problem = replace(
        problem,
        resources=problem.resources[:1],
        existing=np.zeros((len(problem.regions), 1)),
        cap=problem.cap[:, :1],
        locked=problem.locked[:, :1],
        staying=problem.staying[:, :1],
        region_requirement=np.full((len(problem.regions), 1), np.nan),
        region_cost=np.full((len(problem.regions), 1), np.nan),
        space=np.full(len(problem.regions), np.inf),
    )
    problem = replace(problem, common_floor=0.0, floor=problem.effective_floor * largest_share_of_floors(problem))
    (beds,) = problem.resources
    cells = Cells(
        value=problem.value[None],
        demand=problem.demand[None],
        lower=(problem.effective_floor * problem.demand)[None],
        upper=np.minimum(problem.demand, problem.cap[:, 0] / beds.requirement)[None],
        use=np.full((1, len(problem.regions)), beds.requirement),
        bottom=np.zeros((1, len(problem.regions))),
    )
    mine, general = most_served_in(cells, Limits(problem.stock, np.array([beds.unit_cost]))), most_served(problem)
    assert np.allclose(mine.amount[0], general.served, rtol=1e-9, atol=1e-9)
    assert mine.price[0] == pytest.approx(general.price[0], rel=1e-9)


def cells_of(value, demand, **changes):
    """Return cells from a list, or from a list for every resource."""
    one = np.ones(np.atleast_2d(value).shape)
    given = {"value": value, "demand": demand, "lower": 0 * one, "upper": demand, "use": one, "bottom": 0 * one}
    return Cells(**{name: np.atleast_2d(each).astype(float) for name, each in {**given, **changes}.items()})


def test_equals_that_go_short_of_stock_and_budget_reach_one_level_within_each():
    # both resources give the same per money; the stock of the second ends at a quarter, the money at a half of the rest
    cells = cells_of([[1, 1], [2, 2]], [[10, 30], [20, 20]])
    best = most_served_in(cells, Limits(np.array([100.0, 10.0]), np.array([1.0, 2.0]), budget=40.0))
    assert best.amount.ravel() == pytest.approx([5, 15, 5, 5])
    assert best.price.tolist() == [0, 0] and best.budget_price == 1


def test_what_existing_units_serve_counts_in_the_level():
    cells = cells_of([1, 1], [10, 10], upper=[6, 10], bottom=[4, 0])
    assert most_served_in(cells, Limits(np.array([6.0]), np.zeros(1))).amount.tolist() == [[1, 5]]


def test_more_of_what_nobody_still_needs_has_no_price():
    cells = cells_of([2, 3], [0.1, 0.2])
    assert most_served_in(cells, Limits(np.array([0.3]), np.zeros(1))).price.tolist() == [0]
    assert most_served_in(cells, Limits(np.array([0.2]), np.zeros(1))).price.tolist() == [2]
    assert most_served_in(cells, Limits(np.zeros(1), np.zeros(1))).price.tolist() == [3]


def test_persons_of_value_0_are_served_last_but_served():
    assert most_served_in(cells_of([1, 0], [6, 10]), Limits(np.array([10.0]), np.ones(1))).amount.tolist() == [[6, 4]]


def test_what_costs_nothing_is_not_held_back_by_a_budget_of_0():
    cells = cells_of([[1], [5]], [[4], [4]])
    best = most_served_in(cells, Limits(np.array([3.0, 9.0]), np.array([0.0, 2.0]), budget=0.0))
    assert best.amount.tolist() == [[3], [0]] and best.price.tolist() == [1, 0] and best.budget_price == 2.5


def test_what_the_lower_ends_leave_is_what_can_be_chosen():
    cells = cells_of([1, 1], [4, 4], lower=[1, 2])
    room, money = rooms(cells, Limits(np.array([5.0]), np.array([2.0]), budget=7.0))
    assert room.tolist() == [2] and money == 1


def test_many_cells_are_served_as_the_linear_program_serves_them():
    random = np.random.default_rng(5)
    shape = (3, 1_366)
    demand, use = random.gamma(2, 50, shape), np.full(shape, 2.0)
    cells = Cells(random.uniform(1, 2, shape), demand, 0.1 * demand, demand, use, np.zeros(shape))
    whole, cost = (2 * demand).sum(axis=1), np.arange(1.0, 4.0)
    limits = Limits(0.7 * whole, cost, 0.5 * float(whole @ cost))
    best = most_served_in(cells, limits)
    assert best.value == pytest.approx(-linear_program(cells, limits).fun, rel=1e-9)
    assert best.bound == pytest.approx(best.value, rel=1e-12)


@settings(max_examples=200)
@given(case=cases())
def test_the_most_persons_are_those_served_when_everybody_counts_the_same(case):
    cells, limits = case
    alike = replace(cells, value=np.ones_like(cells.value))
    most = most_served_in(alike, limits).value + cells.bottom.sum()
    assert most_persons_in(cells, limits) == pytest.approx(most, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("stock", "budget"), [(0.3, np.inf), (np.inf, 0.3)])
def test_what_is_just_enough_for_all_is_not_scarce_however_its_sum_is_rounded(stock, budget):
    tenths = np.full((1, 3), 0.1)
    cells = Cells(value=tenths * 10, demand=tenths, lower=tenths * 0, upper=tenths, use=tenths * 10, bottom=tenths * 0)
    found = most_served_in(cells, Limits(np.array([stock]), np.array([1.0]), budget))
    assert found.amount.tolist() == tenths.tolist()
    assert found.price.tolist() == [0.0] and found.budget_price == 0
