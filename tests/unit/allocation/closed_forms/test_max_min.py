from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from medalloc.allocation.closed_forms.max_min import max_min
from medalloc.allocation.problem import Problem, Resource


def raise_the_worst_off_again_and_again(problem):
    """Max-min as it is told: a program for the level, then one a region to see who is stuck there."""
    n, kinds = problem.existing.shape
    columns = n * kinds + n + 1  # placed units, served persons, the level
    rows, limits = [], []
    for k in range(kinds):
        for r in range(n):
            row = np.zeros(columns)
            row[n * kinds + r], row[r * kinds + k] = problem.requirement[r, k], -1.0
            rows.append(row)
            limits.append(problem.existing[r, k])
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
        rows.append(np.concatenate([problem.unit_cost.ravel(), np.zeros(n + 1)]))
        limits.append(problem.budget)
    lowest = problem.effective_floor * problem.demand
    fixed = {r: 0.0 for r in range(n) if problem.demand[r] == 0}

    def best(goal, level=None):
        bounds = [(0.0, None if np.isinf(cap) else cap) for cap in problem.cap.ravel()]
        bounds += [(max(0.0, lowest[r] - 1e-10), problem.demand[r]) for r in range(n)] + [(0.0, 1.0)]
        extra, right = [], []
        for r in range(n):
            row = np.zeros(columns)
            row[n * kinds + r] = -1.0
            if r in fixed:
                right.append(-fixed[r] + 1e-10)
            elif level is None:
                row[-1] = problem.demand[r]
                right.append(0.0)
            else:
                right.append(-level * problem.demand[r] + 1e-10)
            extra.append(row)
        cost = np.zeros(columns)
        cost[goal] = -1.0
        found = linprog(cost, A_ub=np.vstack([*rows, *extra]), b_ub=[*limits, *right], bounds=bounds, method="highs")
        assert found.status == 0
        return -found.fun

    while len(fixed) < n:
        level = best(columns - 1)
        for r in [r for r in range(n) if r not in fixed]:
            most = best(n * kinds + r, level)
            if most <= level * problem.demand[r] + 1e-7:
                fixed[r] = most
    return np.array([fixed[r] for r in range(n)])


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_nobody_else_is_found_who_could_be_raised_first(data, feasible_problems):
    problem = data.draw(feasible_problems(policy=st.just("max-min")))
    expected = raise_the_worst_off_again_and_again(problem)
    assert np.allclose(max_min(problem).served, expected, rtol=1e-6, atol=1e-6)


@settings(max_examples=60)
@given(data=st.data())
def test_only_the_value_of_a_person_makes_no_difference(data, feasible_problems):
    problem = data.draw(feasible_problems())
    assert (max_min(problem).served == max_min(replace(problem, value=np.ones_like(problem.value))).served).all()


def test_a_limit_that_runs_out_freezes_only_those_who_need_more_of_it():
    # B brings its own nurses: when those in stock are gone, it alone goes on.
    resources = (Resource("beds", 20), Resource("nurses", 4))
    found = max_min(Problem(("A", "B", "C"), [10, 10, 10], resources, existing=[[0, 0], [0, 9], [0, 0]]))
    assert found.served.tolist() == [2, 9, 2] and found.exhausted == (1,)


def test_caps_hold_back_only_their_own_region():
    found = max_min(Problem(("A", "B"), [10, 10], (Resource("beds", 12),), cap=[[3], [np.inf]]))
    assert found.served.tolist() == [3, 9]


def test_fair_shares_as_they_were_published():
    # Keshav, An Engineering Approach to Computer Networking, 1997: demands 2, 2.6, 4 and 5 share 10. One person
    # here is a unit of coverage, so the caps play the part of the demands.
    regions = tuple("ABCD")
    found = max_min(Problem(regions, [10] * 4, (Resource("link", 10),), cap=[[2], [2.6], [4], [5]]))
    assert found.served == pytest.approx([2, 2.6, 2.7, 2.7])
