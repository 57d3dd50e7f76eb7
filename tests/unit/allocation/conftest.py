"""Random small problems, and the slow obvious linear program that the fast answers are held against."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy.optimize import OptimizeResult, linprog

from medalloc.allocation.fitting.broken import largest_share_of_floors
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.problem import Problem, Resource

TENTHS = st.integers(0, 10).map(lambda tenths: tenths / 10)
ANY_POLICY = st.sampled_from((*(each for each in CATALOGUE if each != "alpha"), "alpha:0.5", "alpha:1", "alpha:3"))


@st.composite
def random_problems(draw, policy=ANY_POLICY, floors=True, values=True, budgets=True):
    n, kinds, regional = draw(st.integers(1, 6)), draw(st.integers(1, 3)), draw(st.booleans())
    amounts = st.integers(0, 20).map(float) | st.floats(0.125, 40)
    per_region = st.lists(amounts, min_size=n, max_size=n)

    def cells(cell):
        return draw(st.lists(st.lists(cell, min_size=kinds, max_size=kinds), min_size=n, max_size=n))

    return Problem(
        regions=tuple(f"region {place}" for place in range(n)),
        demand=draw(per_region),
        resources=tuple(
            Resource(
                f"resource {place}",
                stock=draw(st.integers(0, 60).map(float) | st.floats(0.5, 80)),
                requirement=draw(st.sampled_from([0.25, 0.7, 1.0, 2.0])),
                unit_cost=draw(st.sampled_from([0.0, 1.0, 3.5])),
                space=draw(st.sampled_from([0.0, 0.0, 1.0, 2.5])) if regional else 0.0,
            )
            for place in range(kinds)
        ),
        existing=cells(st.just(0.0) | amounts),
        cap=cells(st.just(np.inf) | amounts),
        value=draw(st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=n, max_size=n)) if values else np.ones(n),
        floor=draw(st.lists(st.just(0.0) | TENTHS, min_size=n, max_size=n)) if floors else np.zeros(n),
        common_floor=draw(st.just(0.0) | TENTHS) if floors else 0.0,
        budget=draw(st.none() | st.integers(0, 200).map(float)) if budgets else None,
        region_requirement=cells(st.just(np.nan) | st.sampled_from([0.3, 1.0])) if regional else [[np.nan] * kinds] * n,
        region_cost=cells(st.just(np.nan) | st.sampled_from([0.0, 2.0])) if regional else [[np.nan] * kinds] * n,
        space=draw(st.lists(st.just(np.inf) | amounts, min_size=n, max_size=n)) if regional else [np.inf] * n,
        population=draw(st.lists(st.integers(1, 50).map(float), min_size=n, max_size=n)),
        policy=draw(policy),
    )


@st.composite
def random_feasible_problems(draw, **choices):
    """Draw problems whose floors are lowered, all in proportion, where they would not fit."""
    problem = draw(random_problems(**choices))
    share = largest_share_of_floors(problem)
    return replace(problem, common_floor=problem.common_floor * share, floor=problem.floor * share)


def linear_program(problem: Problem, locked=None) -> OptimizeResult:
    """Solve the model as it is written down: a column for every placed unit and every region's served persons."""
    n, kinds = problem.existing.shape
    served = np.zeros((n, n * kinds + n))
    served[:, n * kinds :] = np.eye(n)
    rows, limits = [], []
    for k in range(kinds):
        placed = np.zeros((n, n * kinds + n))
        placed[np.arange(n), np.arange(n) * kinds + k] = 1.0
        rows.append(problem.requirement[:, k, None] * served - placed)
        limits.append(problem.existing[:, k])
        rows.append(placed.sum(axis=0, keepdims=True))
        limits.append(problem.stock[k : k + 1])
    if np.isfinite(problem.space).any():
        for r in np.flatnonzero(np.isfinite(problem.space)):
            room = np.zeros((1, n * kinds + n))
            room[0, r * kinds : (r + 1) * kinds] = problem.unit_space
            rows.append(room)
            limits.append(problem.space[r : r + 1])
    if problem.budget is not None:
        rows.append(np.concatenate([problem.unit_cost.ravel(), np.zeros(n)])[None, :])
        limits.append(np.array([problem.budget]))
    lowest = problem.effective_floor * problem.demand
    bounds = [(0.0, None if np.isinf(cap) else cap) for cap in problem.cap.ravel()]
    if locked is not None:
        fixed = locked.ravel()
        bounds = [bound if np.isnan(fixed[place]) else (fixed[place],) * 2 for place, bound in enumerate(bounds)]
    bounds += list(zip(lowest, problem.demand, strict=True))
    cost = np.concatenate([np.zeros(n * kinds), -problem.value])
    return linprog(cost, A_ub=np.vstack(rows), b_ub=np.concatenate(limits), bounds=bounds, method="highs")


def these_rows(problem, order):
    """Return the problem of these regions, in this order; one that is taken twice gets another name."""
    names = [problem.regions[place] for place in order]
    seen = [f"{name} again" if name in names[:place] else name for place, name in enumerate(names)]
    arrays = ("demand", "existing", "cap", "value", "floor", "population", "locked", "space")
    arrays += ("region_requirement", "region_cost", "staying")
    return replace(problem, regions=tuple(seen), **{name: getattr(problem, name)[order] for name in arrays})


@pytest.fixture(scope="session")
def rows_of():
    return these_rows


@pytest.fixture(scope="session")
def problems():
    return random_problems


@pytest.fixture(scope="session")
def feasible_problems():
    return random_feasible_problems


@pytest.fixture(scope="session")
def oracle():
    return linear_program
