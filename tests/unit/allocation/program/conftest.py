"""Problems with choices, and the program behind them as it is written down, by another library."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from medalloc.allocation.problem import Problem, Resource

NEVER, MAYBE, FEW = st.just(False), st.booleans(), st.integers(1, 3)


@st.composite
def problems_with_choices(draw, *, whole=NEVER, apart=MAYBE, floors=True, kinds=FEW):
    """Draw problems whose units may be moved, stand in, come whole, and be needed by different persons."""
    n, count = draw(st.integers(1, 4)), draw(kinds)
    amounts = st.integers(0, 12).map(float) | st.floats(0.125, 15)

    def cells(cell):
        return np.array(draw(st.lists(st.lists(cell, min_size=count, max_size=count), min_size=n, max_size=n)))

    names = [f"resource {place}" for place in range(count)]
    resources = tuple(
        Resource(
            name,
            stock=draw(st.integers(0, 12).map(float)),
            requirement=draw(st.sampled_from([0.5, 0.7, 1.0, 2.0])),
            unit_cost=draw(st.sampled_from([0.0, 1.0, 3.5])),
            space=draw(st.sampled_from([0.0, 1.0])),
            whole=draw(whole),
            movable=draw(st.sampled_from([0.0, 0.3, 1.0])),
            move_cost=draw(st.sampled_from([0.0, 0.5])),
            stands_in_for=draw(st.just("") | st.sampled_from([other for other in ["", *names] if other != name])),
            productivity=draw(st.sampled_from([0.5, 1.0])),
            stand_in_share=draw(st.sampled_from([0.25, 1.0])),
        )
        for name in names
    )
    demand_of = cells(amounts) if draw(apart) else None
    demand = np.array(draw(st.lists(amounts, min_size=n, max_size=n))) if demand_of is None else demand_of.sum(axis=1)
    return Problem(
        regions=tuple(f"region {place}" for place in range(n)),
        demand=demand,
        resources=resources,
        existing=cells(st.just(0.0) | amounts),
        cap=cells(st.just(np.inf) | st.integers(0, 9).map(float)),
        value=draw(st.lists(st.sampled_from([0.0, 1.0, 1.0, 2.0]), min_size=n, max_size=n)),
        common_floor=draw(st.just(0.0) | st.sampled_from([0.1, 0.4])) if floors else 0.0,
        budget=draw(st.none() | st.integers(0, 30).map(float)),
        population=draw(st.lists(st.integers(1, 50).map(float), min_size=n, max_size=n)),
        space=draw(st.lists(st.just(np.inf) | amounts, min_size=n, max_size=n)),
        demand_of=demand_of,
    )


def written_down(problem: Problem, goal="served", fixed=None):
    """Return the best value with a column for everything: served, new, taken, given, standing in, and a level.

    The goal is "served", each counted with its value, or "level", the lowest coverage of all groups but fixed ones,
    which are held at the persons given by group.
    """
    n, kinds = problem.existing.shape
    if problem.demand_of is None:
        groups = [(r, problem.demand[r], problem.requirement[r]) for r in range(n)]
    else:
        own = np.eye(kinds)
        groups = [(r, problem.demand_of[r, k], own[k] * problem.requirement[r]) for r in range(n) for k in range(kinds)]
    count = len(groups)
    blocks = {name: count + place * n * kinds for place, name in enumerate(("new", "taken", "given", "helped"))}
    columns = count + 4 * n * kinds + 1
    names = list(problem.resource_names)
    rows, lower, upper = [], [], []

    def at(name, r, k):
        return blocks[name] + r * kinds + k

    def row(terms, low, high):
        one = np.zeros(columns)
        for place, coefficient in terms:
            one[place] += coefficient
        rows.append(one)
        lower.append(low)
        upper.append(high)

    ends = [np.zeros(columns), np.full(columns, 1e4)]
    ends[1][-1] = 1.0
    for g, (r, demand, _) in enumerate(groups):
        floor = problem.effective_floor[r] * demand
        ends[0][g], ends[1][g] = floor, demand
        if fixed is not None and g in fixed:
            ends[0][g] = max(floor, fixed[g] * (1 - 1e-9) - 1e-9)
        elif goal == "level" and demand > 0:
            row([(g, 1.0), (columns - 1, -demand)], 0.0, np.inf)
    for k, one in enumerate(problem.resources):
        row([(at("new", r, k), 1.0) for r in range(n)], -np.inf, one.stock)
        row([(at(name, r, k), sign) for r in range(n) for name, sign in (("taken", 1.0), ("given", -1.0))], 0, 0)
        row([(at("given", r, k), 1.0) for r in range(n)], -np.inf, one.movable * problem.existing[:, k].sum())
        for r in range(n):
            ends[1][at("given", r, k)] = problem.existing[r, k]
            if not one.stands_in_for:
                ends[1][at("helped", r, k)] = 0.0
            row([(at("new", r, k), 1.0), (at("taken", r, k), 1.0)], -np.inf, problem.cap[r, k])
            terms = [(g, uses[k]) for g, (region, _, uses) in enumerate(groups) if region == r]
            terms += [(at("new", r, k), -1.0), (at("taken", r, k), -1.0), (at("given", r, k), 1.0)]
            terms += [(at("helped", r, k), 1.0)]
            for j, other in enumerate(problem.resources):
                if other.stands_in_for == one.name:
                    terms.append((at("helped", r, j), -other.productivity))
            row(terms, -np.inf, problem.existing[r, k])
            if one.stands_in_for:
                target = names.index(one.stands_in_for)
                terms = [(at("helped", r, k), one.productivity)]
                terms += [
                    (g, -one.stand_in_share * uses[target]) for g, (region, _, uses) in enumerate(groups) if region == r
                ]
                row(terms, -np.inf, 0.0)
    for r in range(n):
        terms = []
        for k, one in enumerate(problem.resources):
            terms += [(at("new", r, k), one.space), (at("taken", r, k), one.space), (at("given", r, k), -one.space)]
        row(terms, -np.inf, problem.space[r])
    if problem.budget is not None:
        terms = [(at("new", r, k), problem.unit_cost[r, k]) for r in range(n) for k in range(kinds)]
        terms += [(at("given", r, k), one.move_cost) for r in range(n) for k, one in enumerate(problem.resources)]
        row(terms, -np.inf, problem.budget)
    cost = np.zeros(columns)
    if goal == "served":
        for g, (r, _, _) in enumerate(groups):
            cost[g] = -problem.value[r]
    elif goal == "level":
        cost[-1] = -1.0
    else:
        cost[goal] = -1.0
    integer = np.zeros(columns)
    for k, one in enumerate(problem.resources):
        if one.whole:
            integer[[at(name, r, k) for r in range(n) for name in ("new", "taken", "given")]] = 1
    constraint = LinearConstraint(np.array(rows), lower, upper)
    # presolve, and going without it, have each been seen to lose a plan of whole units: the better answer counts
    found = [
        milp(
            cost,
            constraints=constraint,
            bounds=Bounds(*ends),
            integrality=integer,
            options={"mip_rel_gap": 0.0, "presolve": presolve},
        )
        for presolve in ((True, False) if integer.any() else (True,))
    ]
    return max((-each.fun for each in found if each.status != 2), default=None)


@pytest.fixture(scope="session")
def with_choices():
    return problems_with_choices


@pytest.fixture(scope="session")
def program():
    return written_down


@pytest.fixture(scope="session")
def keeps_limits():
    def kept(problem, plan, near=1e-6):
        moved = np.zeros_like(plan.units) if plan.moved is None else plan.moved
        new, helped = plan.units - moved, np.zeros_like(plan.units) if plan.standing_in is None else plan.standing_in
        have = problem.existing + plan.units - helped
        names = problem.resource_names
        for k, one in enumerate(problem.resources):
            if one.stands_in_for:
                have[:, names.index(one.stands_in_for)] += one.productivity * helped[:, k]
        groups = plan.served[:, None] if plan.served_of is None else plan.served_of
        assert (problem.requirement * groups <= have + near).all()
        assert (new.sum(axis=0) <= problem.stock + near).all() and (new >= -near).all()
        assert np.abs(moved.sum(axis=0)).max() <= near
        share = np.array([one.movable for one in problem.resources])
        assert (np.maximum(0, -moved).sum(axis=0) <= share * problem.existing.sum(axis=0) + near).all()
        assert (problem.existing + plan.units >= -near).all()
        assert (plan.units <= problem.cap + near).all()
        assert (plan.units @ problem.unit_space <= problem.space + near).all()
        assert problem.budget is None or plan.spent <= problem.budget + near
        assert (plan.units[:, problem.whole] == np.round(plan.units[:, problem.whole])).all()
        assert (plan.served <= problem.demand + near).all()

    return kept


@pytest.fixture(scope="session")
def plain():
    """Return the problem without any choice: nothing moves, stands in, or comes whole."""
    return lambda problem: replace(
        problem,
        resources=tuple(replace(one, movable=0.0, stands_in_for="", whole=False) for one in problem.resources),
    )
