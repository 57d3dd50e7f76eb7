"""Whom one more unit would serve, region by region, if it were placed on top of a plan."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import persons_by, persons_within
from medalloc.allocation.explaining.exchange import coming, exchanged, persons_with_help
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array
from medalloc.allocation.program.needed import has_choices
from medalloc.allocation.tidying import DUST
from medalloc.sentences import Sentence, sentence

NEAR = 1e-6
"""Share by which two numbers of persons may differ and still be the same."""

HALVINGS = 50
"""How often an interval of persons is halved, after which rounding alone is left of it."""


def next_unit(plan: Plan) -> Array:
    """Return the persons whom one more unit would serve, shape (n_regions, n_resources). [persons].

    It is placed with what is left of the other stocks and within the caps of the region, whatever money there is;
    units stand in for others anew, but none is moved.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=19.5),), floor=[0, 1]))
    >>> next_unit(plan).tolist()
    [[1.0], [0.0]]
    """
    problem = plan.problem
    if problem.demand_of is not None:
        alone = [next_unit(without_others(plan, place)) for place in range(len(problem.resources))]
        return np.concatenate(alone, axis=1)
    have, (room, left) = problem.existing + plan.units, _free(plan)
    if has_choices(problem):
        return _with_help(plan, have, room, left)
    with_left = persons_by(problem, have + np.minimum(room, left))
    roomy = np.minimum(problem.demand, persons_within(problem))
    persons = np.zeros_like(have)
    for place in range(have.shape[1]):
        others = np.delete(with_left, place, axis=1).min(axis=1, initial=np.inf)
        own = persons_by(problem, have + np.minimum(1.0, room))[:, place]
        persons[:, place] = _finding_room(plan, np.minimum(roomy, np.minimum(own, others))) - plan.served
    # what is no more than the tolerance of a solver is nobody
    return np.where(persons > NEAR * problem.demand[:, None], persons, 0.0)


def _finding_room(plan: Plan, persons: Array) -> Array:
    """Return how many of these persons the units find room for together where they come whole, shape (n_regions,)."""
    problem = plan.problem
    if not (problem.whole & (problem.unit_space > 0)).any() or not np.isfinite(problem.space).any():
        return persons

    def fits(level: Array) -> NDArray[np.bool_]:
        units = np.maximum(plan.units, problem.requirement * level[:, None] - problem.existing)
        units = np.where(problem.whole, np.ceil(units * (1 - DUST)), units)
        return np.asarray(units @ problem.unit_space <= problem.space * (1 + DUST))

    low, high = plan.served, np.maximum(plan.served, persons)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        kept = fits(middle)
        low, high = np.where(kept, middle, low), np.where(kept, high, middle)
    return np.where(fits(persons), persons, low)


def _free(plan: Plan) -> tuple[Array, Array]:
    """Return the units that may still come to each region, and those left in stock; whole ones where they must be."""
    problem, room, left = plan.problem, np.maximum(0.0, plan.problem.cap - coming(plan)), plan.left
    room = np.where(np.isnan(problem.locked), room, 0.0)
    if problem.whole.any():
        space = np.maximum(0.0, problem.space - plan.units @ problem.unit_space)[:, None]
        fits = np.divide(space, problem.unit_space, out=np.full_like(room, np.inf), where=problem.unit_space > 0)
        room = np.where(problem.whole, np.floor(np.minimum(room, fits) * (1 + NEAR)), room)
        left = np.where(problem.whole, np.floor(left * (1 + NEAR)), left)
    return room, left


def _with_help(plan: Plan, have: Array, room: Array, left: Array) -> Array:
    """Return the same where units that are there may stand in for others, or were moved."""
    problem, persons = plan.problem, np.zeros_like(have)
    space = problem.space - plan.units @ problem.unit_space
    for place in range(have.shape[1]):
        more = np.minimum(room, left)
        more[:, place] = np.minimum(1.0, room[:, place])
        persons[:, place] = persons_with_help(problem, have, more, space) - plan.served
    # what is no more than the tolerance of a solver is nobody
    return np.where(persons > NEAR * problem.demand[:, None], persons, 0.0)


@dataclass(frozen=True)
class NextUnit:
    """What one more unit would serve, and where it would serve most, worked out once for a plan."""

    regions: tuple[str, ...]
    """Names, in the plan's order."""

    names: tuple[str, ...]
    """The resources."""

    persons: Array
    """Whom it would serve, shape (n_regions, n_resources). [persons]"""

    best: NDArray[np.intp]
    """Place of the region in which it would serve most, shape (n_resources,)."""

    @classmethod
    def of(cls, plan: Plan) -> "NextUnit":
        """Work it out for a plan; of several best regions the one with the lowest coverage, then the first."""
        persons, coverage = next_unit(plan), plan.coverage
        best = [
            int(min(np.flatnonzero(column >= column.max() * (1 - NEAR)), key=lambda row: (coverage[row], row)))
            for column in persons.T
        ]
        return cls(plan.problem.regions, plan.problem.resource_names, persons, np.array(best, dtype=np.intp))

    @cached_property
    def _numbers(self) -> tuple[list[list[float]], list[float]]:
        """Persons by region and resource, and where most, as plain numbers: they are looked up one by one."""
        return self.persons.tolist(), self.persons[self.best, np.arange(len(self.names))].tolist()

    def said(self, index: int) -> Sentence:
        """Return what one more unit would serve in a region, compared with where it would serve most.

        It is about the resource of which one unit serves most here; if none serves anybody here, most elsewhere.
        """
        persons, most = self._numbers
        row = persons[index] if any(persons[index]) else most
        place = row.index(max(row))
        here, there, region = persons[index][place], most[place], self.regions[self.best[place]]
        if there <= 0 and len(self.names) > 1:
            return sentence("One more unit of one resource alone would serve nobody anywhere.")
        about = {"resource": self.names[place], "here": here, "there": there, "region": region}
        if there <= 0:
            return sentence("One more unit of {resource} would serve nobody anywhere.", **about)
        if here >= there * (1 - NEAR):
            return sentence("One more unit of {resource} would serve {here} here, and nowhere more.", **about)
        if here <= 0:
            return sentence("One more unit of {resource} would serve nobody here, but {there} in {region}.", **about)
        return sentence(
            "One more unit of {resource} would serve {here} here, fewer than the {there} in {region}.", **about
        )


def without_others(plan: Plan, place: int) -> Plan:
    """Return a plan whose resources have persons of their own (`demand_of`) as the plan of one resource alone.

    What the other resources take from the budget and from the space of a region is no longer there.
    """
    problem, column = plan.problem, slice(place, place + 1)
    if problem.demand_of is None:
        return plan
    others = np.delete(np.arange(len(problem.resources)), place)
    moved = np.zeros_like(plan.units) if plan.moved is None else plan.moved
    move_cost = np.array([one.move_cost for one in problem.resources])
    costs = ((plan.units - moved) * problem.unit_cost).sum(axis=0) + np.maximum(0.0, -moved).sum(axis=0) * move_cost
    # what stands in here, or does other work, is told as if it were existing, which moved units still are
    there = problem.existing[:, column] + exchanged(replace(plan, moved=None))[:, column]
    own = plan.units[:, column] + np.minimum(0.0, there)
    own = np.where(np.abs(own) <= DUST * (np.abs(plan.units[:, column]) + np.abs(there)), 0.0, own)
    alone = replace(
        problem,
        demand=problem.demand_of[:, place],
        demand_of=None,
        resources=(replace(problem.resources[place], stands_in_for=""),),
        existing=np.maximum(0.0, there),
        cap=problem.cap[:, column],
        locked=problem.locked[:, column],
        staying=problem.staying[:, column],
        region_requirement=problem.region_requirement[:, column],
        region_cost=problem.region_cost[:, column],
        space=np.maximum(0.0, problem.space - plan.units[:, others] @ problem.unit_space[others]),
        budget=None if problem.budget is None else max(0.0, problem.budget - float(costs[others].sum())),
    )
    enough = np.minimum(alone.demand, persons_by(alone, alone.existing + own)[:, 0])
    return replace(
        plan,
        problem=alone,
        units=own,
        served=enough if plan.served_of is None else np.minimum(enough, plan.served_of[:, place]),
        served_of=None,
        moved=None if plan.moved is None else plan.moved[:, column],
        standing_in=None,
    )
