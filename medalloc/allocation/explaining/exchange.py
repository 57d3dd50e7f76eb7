"""Units that go elsewhere and units that do the work of others: what then works in a region, and for whom."""

from dataclasses import replace

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import model_of


def exchanged(plan: Plan) -> Array:
    """Return what moving away and standing in add to the existing units of a region, shape (n_regions, n_resources).

    Below 0 where they take more than they bring. Units that come from elsewhere are not in it: they come, as those
    from stock do. [units]
    """
    problem = plan.problem
    added = np.zeros_like(problem.existing)
    if plan.moved is not None:
        added += np.minimum(0.0, plan.moved)
    if plan.standing_in is None or plan.standing_in.shape != added.shape:
        return added
    added -= plan.standing_in
    for place, one in enumerate(problem.resources):
        if one.stands_in_for:
            added[:, problem.resource_names.index(one.stands_in_for)] += one.productivity * plan.standing_in[:, place]
    return added


def coming(plan: Plan) -> Array:
    """Return the units that come to a region, from stock or from elsewhere, shape (n_regions, n_resources) [units]."""
    return plan.units if plan.moved is None else np.asarray(plan.units - np.minimum(0.0, plan.moved))


def movable_left(plan: Plan) -> Array:
    """Return how many more existing units may be moved, shape (n_resources,), 0 where none may be [units]."""
    problem = plan.problem
    given = np.zeros_like(problem.existing) if plan.moved is None else np.maximum(0.0, -plan.moved)
    share = np.array([one.movable for one in problem.resources])
    there = np.where(np.isnan(problem.locked), problem.existing, 0.0)
    most = np.minimum(share * problem.existing.sum(axis=0), there.sum(axis=0))
    return np.asarray(np.maximum(0.0, most - given.sum(axis=0)))


def persons_with_help(problem: Problem, have: Array, more: Array, space: Array) -> Array:
    """Return whom units suffice for if some stand in for others as well as can be, shape (n_regions,) [persons].

    Parameters
    ----------
    problem : Problem
        Whose policy, stocks, budget, floors and locks are left out of account.
    have : array of shape (n_regions, n_resources)
        Units there, before any stands in. [units]
    more : array of shape (n_regions, n_resources)
        Units, or parts of them, that may come. [units]
    space : array of shape (n_regions,)
        Room for them; infinite where there is no limit. [space]

    Notes
    -----
    Regions have nothing in common here, so one linear program answers for all of them.
    """
    stocks = more.sum(axis=0).tolist()
    resources = tuple(
        replace(one, stock=stock, whole=False, movable=0.0)
        for one, stock in zip(problem.resources, stocks, strict=True)
    )
    alone = replace(
        problem,
        resources=resources,
        existing=np.maximum(0.0, have),
        cap=more,
        space=np.maximum(0.0, space),
        budget=None,
        floor=np.zeros_like(problem.floor),
        common_floor=0.0,
        locked=np.full_like(have, np.nan),
    )
    model = model_of(alone)
    goal = np.zeros(model.layout.columns)
    # everybody's share counts alike: where millions are in need, a few elsewhere must not be lost in rounding
    goal[model.layout.served] = model.persons.alike
    return np.minimum(problem.demand, Live(model).run(goal).amounts[model.layout.served])
