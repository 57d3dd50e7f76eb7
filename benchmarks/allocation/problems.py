"""The same regions as the problem that a screen would have; other solvers' processes know nothing of it."""

import numpy as np

from benchmarks.allocation.cases import SEED, Case
from medalloc.allocation.policy import Policy
from medalloc.allocation.problem import Problem, Resource


def problem_of(case: Case, *, floor: float = 0.0, policy: str = "most-served") -> Problem:
    """Return the problem of a case, with one floor for all."""
    kinds = case.stock.size
    demand, use = case.demand.reshape(-1, kinds), case.use[:kinds]
    resources = tuple(
        Resource(f"resource {place}", float(stock), requirement=float(use[place]), unit_cost=float(case.cost[place]))
        for place, stock in enumerate(case.stock)
    )
    return Problem(
        regions=tuple(f"region {place}" for place in range(demand.shape[0])),
        demand=demand.sum(axis=1),
        resources=resources,
        demand_of=demand if kinds > 1 else None,
        cap=case.upper.reshape(-1, kinds) * use,
        value=case.value[::kinds],
        common_floor=floor,
        budget=float(case.budget) if np.isfinite(case.budget) else None,
        policy=Policy(policy),
    )


def short_of_two(regions: int, *, whole: bool, movable: float) -> Problem:
    """Return two resources of which half of what is lacking is there, in few units a region, with a budget."""
    draw = np.random.default_rng(1)
    demand, use = draw.gamma(2, 500, regions), np.array([0.01, 0.02])
    existing = np.round(demand[:, None] * use * draw.uniform(0, 0.8, (regions, 2)))
    stock = np.round((demand[:, None] * use - existing).clip(0).sum(axis=0) / 2).tolist()
    resources = tuple(
        Resource(f"resource {k}", stock[k], use[k], 10.0, whole=whole, movable=movable, move_cost=2.0) for k in range(2)
    )
    return Problem(
        tuple(f"region {place}" for place in range(regions)),
        demand,
        resources,
        existing=existing,
        value=draw.uniform(0.5, 2, regions),
        budget=8 * sum(stock),
    )


def bundle_of_three(regions: int, *, whole: bool, policy: str) -> Problem:
    """Return beds, nurses and ventilators that a person needs together, few of them in a region, some there already."""
    draw = np.random.default_rng(SEED)
    demand, use = draw.lognormal(5, 1, regions), np.array([0.1, 0.05, 0.02])
    existing = np.round(demand[:, None] * use * draw.uniform(0, 0.6, (regions, 3)))
    stock = np.round(0.4 * demand.sum() * use).tolist()
    names = ("beds", "nurses", "ventilators")
    resources = tuple(Resource(names[k], stock[k], float(use[k]), whole=whole) for k in range(3))
    called = tuple(f"region {place}" for place in range(regions))
    return Problem(called, demand, resources, existing=existing, policy=Policy(policy))


def coupled(regions: int) -> Problem:
    """Return beds, nurses that can be moved and stand in for doctors, doctors; units there, floors and a budget."""
    draw = np.random.default_rng(SEED)
    demand = draw.gamma(2, draw.lognormal(3, 1, regions))
    use = np.array([1.0, 0.5, 0.25])
    beds, nurses, doctors = (use * float(demand.sum())).tolist()
    resources = (
        Resource("beds", 0.35 * beds, requirement=1.0, unit_cost=1.0),
        Resource(
            "nurses",
            0.25 * nurses,
            requirement=0.5,
            unit_cost=2.0,
            movable=0.2,
            move_cost=0.5,
            stands_in_for="doctors",
            productivity=0.4,
            stand_in_share=0.3,
        ),
        Resource("doctors", 0.2 * doctors, requirement=0.25, unit_cost=5.0),
    )
    return Problem(
        tuple(f"region {place}" for place in range(regions)),
        demand,
        resources,
        existing=draw.uniform(0, 0.5, (regions, 3)) * use * demand[:, None],
        value=draw.uniform(1, 2, regions),
        floor=draw.uniform(0.1, 0.3, regions),
        budget=0.9 * sum(one.stock * one.unit_cost for one in resources),
    )
