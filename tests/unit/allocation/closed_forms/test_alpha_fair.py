import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from medalloc.allocation.closed_forms.alpha_fair import alpha_fair
from medalloc.allocation.closed_forms.max_min import max_min
from medalloc.allocation.closed_forms.most_served import most_served
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve

ALPHAS = st.sampled_from([0.1, 0.5, 1.0, 2.0, 5.0])


def utility(coverage, alpha):
    return np.log(coverage) if alpha == 1 else coverage ** (1 - alpha) / (1 - alpha)


def tangents(problem, alpha, points):
    """Bound the best worth by a linear program with tangents of the utility at these coverages, shape (n, m)."""
    n, kinds = problem.existing.shape
    columns = n * kinds + 2 * n  # placed units, served persons, worth of each region
    rows, limits = [], []
    counted = [r for r in range(n) if problem.demand[r] > 0 and problem.value[r] > 0 and points[r].min() > 0]
    for r in range(n):
        for k in range(kinds):
            row = np.zeros(columns)
            row[n * kinds + r], row[r * kinds + k] = problem.requirement[r, k], -1.0
            rows.append(row)
            limits.append(problem.existing[r, k])
        for u in points[r] if r in counted else ():
            row = np.zeros(columns)
            row[n * kinds + n + r], row[n * kinds + r] = 1.0, -(u**-alpha) / problem.demand[r]
            rows.append(row)
            limits.append(utility(u, alpha) - u ** (1 - alpha))
    for k in range(kinds):
        row = np.zeros(columns)
        row[k : n * kinds : kinds] = 1.0
        rows.append(row)
        limits.append(problem.stock[k])
    for r in np.flatnonzero(np.isfinite(problem.space)):
        row = np.zeros(columns)
        row[r * kinds : (r + 1) * kinds] = problem.unit_space
        rows.append(row)
        limits.append(problem.space[r])
    if problem.budget is not None:
        rows.append(np.concatenate([problem.unit_cost.ravel(), np.zeros(2 * n)]))
        limits.append(problem.budget)
    bounds = [(0.0, None if np.isinf(cap) else cap) for cap in problem.cap.ravel()]
    bounds += list(zip(problem.effective_floor * problem.demand, problem.demand, strict=True))
    bounds += [(None, None) if r in counted else (0.0, 0.0) for r in range(n)]
    cost = np.zeros(columns)
    for r in counted:
        cost[n * kinds + n + r] = -problem.value[r] * problem.demand[r]
    found = linprog(cost, A_ub=np.vstack(rows), b_ub=limits, bounds=bounds, method="highs")
    assert found.status == 0, found.message
    return -found.fun


@settings(max_examples=60, deadline=None)
@given(data=st.data(), alpha=ALPHAS)
def test_no_plan_is_worth_more_by_a_program_of_tangents(data, alpha, feasible_problems):
    """Tangents bound a concave utility from above, tightly where they touch: at the plan's own coverage."""
    problem = data.draw(feasible_problems())
    plan = alpha_fair(problem, alpha)
    coverage = np.divide(plan.served, problem.demand, out=np.ones_like(plan.served), where=problem.demand > 0)
    counted = (problem.demand > 0) & (problem.value > 0) & (coverage > 1e-4)
    if not counted.any() or (coverage[(problem.demand > 0) & (problem.value > 0)] <= 1e-4).any():
        return
    points = np.clip(coverage[:, None] * np.array([0.5, 0.8, 1.0, 1.25, 2.0]), 1e-5, 1.0)
    points[:, 2] = coverage
    worth = problem.value[counted] * problem.demand[counted] @ utility(coverage[counted], alpha)
    scale = problem.value[counted] * problem.demand[counted] @ coverage[counted] ** (1 - alpha)
    assert (tangents(problem, alpha, points) - worth) / scale <= 1e-7


@settings(max_examples=100, deadline=None)
@given(data=st.data(), alpha=st.sampled_from([0.02, 0.1, 0.5, 1 - 1e-7, 1.0, 2.0, 20.0, 1000.0]))
def test_the_prices_alone_prove_the_plan_best(data, alpha, feasible_problems):
    plan = alpha_fair(data.draw(feasible_problems()), alpha)
    assert plan.value <= plan.bound * (1 + 1e-12)
    assert plan.bound - plan.value <= 1e-9 * plan.bound


@settings(max_examples=60, deadline=None)
@given(data=st.data(), alpha=ALPHAS)
def test_the_plan_keeps_every_limit(data, alpha, feasible_problems):
    problem = data.draw(feasible_problems())
    served = alpha_fair(problem, alpha).served
    units = np.maximum(0.0, problem.requirement * served[:, None] - problem.existing)
    slack = 1 + 1e-9
    assert (units.sum(axis=0) <= problem.stock * slack + 1e-9).all() and (units <= problem.cap * slack + 1e-9).all()
    assert problem.budget is None or (units * problem.unit_cost).sum() <= problem.budget * slack + 1e-9
    assert (served <= problem.demand * slack).all()
    assert (served >= problem.effective_floor * problem.demand * (2 - slack) - 1e-12).all()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_small_alpha_serves_nearly_the_most_and_a_large_one_raises_the_worst_off(data, feasible_problems):
    problem = data.draw(feasible_problems(values=False))
    assert alpha_fair(problem, 1e-3).served.sum() >= most_served(problem).value * 0.98 - 1e-9
    lowest = [
        np.divide(served, problem.demand, out=np.ones_like(served), where=problem.demand > 0).min()
        for served in (alpha_fair(problem, 2000.0).served, max_min(problem).served)
    ]
    assert lowest[0] == pytest.approx(lowest[1], rel=0.01, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(data=st.data(), alpha=ALPHAS)
def test_the_order_of_the_regions_does_not_matter(data, alpha, feasible_problems, rows_of):
    problem = data.draw(feasible_problems())
    order = np.array(data.draw(st.permutations(range(len(problem.regions)))))
    shuffled = rows_of(problem, order)
    assert np.allclose(alpha_fair(shuffled, alpha).served, alpha_fair(problem, alpha).served[order], atol=1e-7)


def test_with_one_short_resource_coverage_follows_the_root_of_the_value():
    problem = Problem(("A", "B", "C"), [10, 10, 10], (Resource("beds", 9),), value=[1, 4, 4], existing=[[1], [0], [0]])
    assert alpha_fair(problem, 2.0).served == pytest.approx([2, 4, 4])
    assert alpha_fair(problem, 2.0).method == "one water level"


def test_persons_of_value_0_share_what_the_others_leave():
    problem = Problem(("A", "B", "C"), [6, 10, 10], (Resource("beds", 10),), value=[1, 0, 0])
    assert alpha_fair(problem, 2.0).served == pytest.approx([6, 2, 2])


def test_a_region_that_cannot_be_served_does_not_make_every_plan_worth_nothing():
    problem = Problem(("A", "B"), [10, 10], (Resource("beds", 5),), cap=[[0], [np.inf]])
    plan = alpha_fair(problem, 2.0)
    assert plan.served == pytest.approx([0, 5]) and plan.value == pytest.approx(5) and plan.bound == pytest.approx(5)


def test_thousands_of_regions_with_four_short_limits_are_proved_best():
    random = np.random.default_rng(3)
    demand = random.gamma(2, 50, 3142)
    problem = Problem(
        tuple(f"county {place}" for place in range(3142)),
        demand,
        tuple(
            Resource(f"r{k}", demand.sum() * share, unit_cost=1.0) for k, share in enumerate((0.3, 0.22, 0.34, 0.26))
        ),
        existing=random.uniform(0, 1, (3142, 4)) * demand[:, None] * (random.random((3142, 4)) < 0.5),
        value=random.uniform(1, 2, 3142),
        budget=demand.sum(),
    )
    plan = alpha_fair(problem, 2.0)
    assert plan.bound - plan.value <= 1e-9 * plan.bound


@pytest.mark.parametrize("alpha", [0.2, 0.1, 0.05])
@pytest.mark.parametrize("worth", [10.0, 1000.0])
def test_whoever_counts_far_less_gets_what_the_others_leave(alpha, worth):
    problem = Problem(("A", "B"), [10, 10], (Resource("beds", 13),), value=[1, worth], policy=f"alpha:{alpha}")
    assert solve(problem).served == pytest.approx([3, 10], rel=1e-5)
