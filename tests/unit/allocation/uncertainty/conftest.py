"""Random futures, and the slow obvious program with a column for every region and future."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import strategies as st
from scipy.optimize import linprog

from medalloc.allocation.fitting.conflicts import conflicts
from medalloc.allocation.uncertainty import Futures


@st.composite
def random_futures(draw, regions):
    count = draw(st.integers(1, 6))
    amounts = st.integers(0, 12).map(float) | st.floats(0.125, 40)
    row = st.lists(amounts, min_size=len(regions), max_size=len(regions))
    return Futures(regions, draw(st.lists(row, min_size=count, max_size=count)))


def extensive(problem, futures, level=None):
    """Return the best value as it is written down: capacity, units placed, and persons served in every future.

    With a level, the least mean of valued unmet need over the worst futures instead.
    """
    demand, kinds = futures.demand, len(problem.resources)
    samples, n = demand.shape
    capacity = np.arange(n)
    units = n + np.arange(n * kinds).reshape(n, kinds)
    served = n + n * kinds + np.arange(samples * n).reshape(samples, n)
    threshold = served[-1, -1] + 1
    excess = threshold + 1 + np.arange(samples)
    columns = excess[-1] + 1
    rows, limits = [], []

    def row(limit, *terms):
        one = np.zeros(columns)
        for places, coefficients in terms:
            one[places] = coefficients
        rows.append(one)
        limits.append(limit)

    for r in range(n):
        for k in range(kinds):
            row(problem.existing[r, k], (capacity[r], problem.requirement[r, k]), (units[r, k], -1.0))
        for s in range(samples):
            row(0.0, (served[s, r], 1.0), (capacity[r], -1.0))
    for k in range(kinds):
        row(problem.stock[k], (units[:, k], 1.0))
    if problem.budget is not None:
        row(problem.budget, (units, problem.unit_cost))
    cost = np.zeros(columns)
    for r in np.flatnonzero(np.isfinite(problem.space)):
        row(problem.space[r], (units[r], problem.unit_space))
    bounds = [(floor, None) for floor in problem.effective_floor * problem.demand]
    for cap, locked in zip(problem.cap.ravel(), problem.locked.ravel(), strict=True):
        bounds.append((0.0, None if np.isinf(cap) else cap) if np.isnan(locked) else (locked, locked))
    bounds += [(0.0, one) for one in demand.ravel()]
    if level is None:
        cost[served] = -np.tile(problem.value, (samples, 1)) / samples
        bounds += [(0.0, 0.0)] * (1 + samples)
    else:
        cost[threshold], cost[excess] = 1.0, 1 / ((1 - level) * samples)
        for s in range(samples):
            row(-demand[s] @ problem.value, (served[s], -problem.value), (threshold, -1.0), (excess[s], -1.0))
        bounds += [(None, None)] + [(0.0, None)] * samples
    found = linprog(cost, A_ub=np.array(rows), b_ub=np.array(limits), bounds=bounds, method="highs")
    assert found.status == 0, found.message
    return abs(found.fun)


@st.composite
def with_random_locks(draw, problem):
    """Lock some cells of a problem to what they surely may hold, and draw again where floors then do not fit."""
    share = draw(st.floats(0, 1)) / len(problem.regions)
    settled = np.array(draw(st.lists(st.booleans(), min_size=problem.cap.size, max_size=problem.cap.size)))
    most = np.minimum(problem.cap, problem.stock * share)
    locked = replace(problem, locked=np.where(settled.reshape(problem.cap.shape), most, np.nan))
    assume(not conflicts(locked))
    return locked


@pytest.fixture(scope="session")
def locks_of():
    return with_random_locks


@pytest.fixture(scope="session")
def futures_of():
    return random_futures


@pytest.fixture(scope="session")
def program():
    return extensive


def within_limits(problem, units):
    placed = units.sum(axis=0)
    return (
        (units >= 0).all()
        and (units <= problem.cap * (1 + 1e-8) + 1e-8).all()
        and (placed <= problem.stock * (1 + 1e-8) + 1e-8).all()
        and (units @ problem.unit_space <= problem.space * (1 + 1e-8) + 1e-8).all()
        and (problem.budget is None or (units * problem.unit_cost).sum() <= problem.budget * (1 + 1e-8) + 1e-8)
    )


@pytest.fixture(scope="session")
def keeps_limits():
    return within_limits


@pytest.fixture(scope="session")
def alike():
    """Return what makes a person use, and a unit cost, the same in every region."""
    return lambda problem: replace(
        problem,
        region_requirement=np.full_like(problem.region_requirement, np.nan),
        region_cost=np.full_like(problem.region_cost, np.nan),
    )


@pytest.fixture(scope="session")
def one_resource():
    return lambda problem: replace(
        problem,
        resources=problem.resources[:1],
        existing=problem.existing[:, :1],
        cap=problem.cap[:, :1],
        locked=problem.locked[:, :1],
        staying=problem.staying[:, :1],
        region_requirement=problem.region_requirement[:, :1],
        region_cost=problem.region_cost[:, :1],
    )
