"""What one more or one less would change, three ways that are not the same, and which limits hold the plan back."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.by_program import prices_by_program
from medalloc.allocation.by_whole_units import in_parts
from medalloc.allocation.closed_forms.bundle import units_for
from medalloc.allocation.closed_forms.cells import as_cells, in_cells
from medalloc.allocation.closed_forms.max_min import limit_rows
from medalloc.allocation.closed_forms.most_served import most_served
from medalloc.allocation.explaining.exchange import exchanged, movable_left
from medalloc.allocation.explaining.limiting import never_and_gone
from medalloc.allocation.explaining.next_unit import next_unit
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.checks import RESERVED
from medalloc.allocation.problem.locks import without_locks
from medalloc.allocation.program.effort import Progress
from medalloc.allocation.program.needed import has_choices
from medalloc.allocation.solving import counted_served
from medalloc.errors import InfeasibleError
from medalloc.quantities.units_named import all_of
from medalloc.sentences import Sentence, counted, sentence

NEAR = 1e-7
"""Share of a limit that may be left and still count as used up."""


@dataclass(frozen=True)
class Marginal:
    """What changes at the margin; persons are counted with the value of their region, but where units come next."""

    limits: tuple[str, ...]
    """The resources, then ``budget`` if there is one."""

    dual: Array
    """Price of every limit in the proof of the most served, whatever the policy: what a little more of it is worth
    at best, shape (n_limits,). [persons/unit]"""

    one_more: Array
    """Persons more served when the policy is followed again with one unit more, shape (n_limits,). [persons]"""

    one_less: Array
    """Persons fewer served when it is followed again with one unit less, shape (n_limits,); not a number (NaN) where
    there is no unit to take, or the floors and locks do not allow it. [persons]"""

    next_unit: Array
    """Persons whom one more unit of a resource would serve in a region if it were placed there on top of the plan,
    with what is left of the other stocks and within its caps, shape (n_regions, n_resources). [persons]"""

    def to_json(self, plan: Plan) -> dict[str, object]:
        """Return plain values; what is not a number is None."""
        rows = zip(self.limits, self.dual.tolist(), self.one_more.tolist(), self.one_less.tolist(), strict=True)
        return {
            "limits": {
                name: {"dual": dual, "one more": more, "one less": None if np.isnan(less) else less}
                for name, dual, more, less in rows
            },
            "next unit": [
                {"region": region, "served": dict(zip(plan.problem.resource_names, row, strict=True))}
                for region, row in zip(plan.problem.regions, self.next_unit.tolist(), strict=True)
            ],
        }


def marginal(plan: Plan, *, told: Progress | None = None) -> Marginal:
    """Return what one more or one less of every limit would change.

    Parameters
    ----------
    plan : Plan
        Whose limits.
    told : callable, optional
        Told before each limit is changed.

    Notes
    -----
    The dual holds for a little more at best; one more and one less are exact, by answering again, and differ from it
    and from each other where something else runs out on the way. The next unit asks about one region alone.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> from medalloc.allocation.solving import solve
    >>> found = marginal(solve(Problem(("A", "B"), [30, 10], (Resource("beds", stock=39.5),))))
    >>> found.dual.tolist(), found.one_more.round(9).tolist(), found.one_less.round(9).tolist()
    ([1.0], [0.5], [1.0])
    """
    names = plan.problem.resource_names
    limits = names if plan.problem.budget is None else (*names, RESERVED)
    served = float(plan.problem.value @ plan.served)
    changes = np.empty((len(limits), 2))
    for place, name in enumerate(limits):
        if told is not None:
            told(place / len(limits), sentence("Changing the limit of “{limit}”.", limit=name))
        changes[place] = [_changed(plan.problem, place, by) for by in (1.0, -1.0)]
    return Marginal(
        limits=limits,
        dual=_duals(plan.problem),
        one_more=changes[:, 0] - served,
        one_less=served - changes[:, 1],
        next_unit=next_unit(plan),
    )


def binding(plan: Plan) -> tuple[Sentence, ...]:
    """Return the limits that the plan uses up, and whom floors, caps and locks hold, in sentences."""
    whole_plan, plan = plan, in_cells(plan)
    problem = plan.problem
    limits, weights = limit_rows(problem)
    used = (weights * plan.units).sum(axis=(1, 2))
    if problem.budget is not None:
        used[-1] = whole_plan.spent
    counts = np.asarray((weights > 0).any(axis=(1, 2)))
    if problem.budget is not None:
        counts[-1] |= any(one.is_moved and one.move_cost > 0 for one in problem.resources)
    full = (used >= limits * (1 - NEAR)) & counts
    found = _stocks(problem, full[: len(problem.resources)])
    found += _of_whole(whole_plan, full) + _of_moved(whole_plan)
    if problem.budget is not None and full[-1]:
        found.append(sentence("The budget is spent."))
    return (*found, *_held(plan, _spread(exchanged(whole_plan), problem)))


def _stocks(problem: Problem, full: NDArray[np.bool_]) -> list[Sentence]:
    """Return which stocks are used up, and of which there never was any."""
    never, gone = never_and_gone(problem, full)
    found = [sentence("There is no stock of {resources}.", resources=all_of(never))] if never else []
    if gone:
        found.append(
            counted(
                "The stock of {resources} is used up.",
                "The stocks of {resources} are used up.",
                count=len(gone),
                resources=all_of(gone),
            )
        )
    return found


def _held(plan: Plan, added: Array) -> list[Sentence]:
    """Return whom floors, caps and locks hold; what exchange adds to existing units is given beside."""
    problem = plan.problem
    floor = problem.effective_floor * problem.demand
    short = plan.served < problem.demand * (1 - NEAR)
    needs = units_for(without_locks(problem), floor).any(axis=1)
    at_floor = short & needs & (plan.served <= floor * (1 + NEAR))
    locked = ~np.isnan(problem.locked)
    there = problem.existing + added
    at_cap = problem.requirement * plan.served[:, None] * (1 + NEAR) >= there + problem.cap
    capped, settled = (at_cap & ~locked & short[:, None]).any(axis=1), locked.any(axis=1)
    counts = (
        (at_floor, sentence("Regions at their floor: {number}.", number=int(at_floor.sum()))),
        (capped, sentence("Regions at a cap: {number}.", number=int(capped.sum()))),
        (settled, sentence("Regions with locked units: {number}.", number=int(settled.sum()))),
    )
    return [said for held, said in counts if held.any()]


def _of_whole(plan: Plan, full: NDArray[np.bool_]) -> list[Sentence]:
    """Return the stocks of which less than a whole unit is left, though not nothing."""
    rest = plan.problem.whole & (plan.left < 1 - NEAR) & ~full[: plan.left.size]
    return [
        sentence("No whole unit of {resource} is left.", resource=name)
        for name, ended in zip(plan.problem.resource_names, rest, strict=True)
        if ended
    ]


def _of_moved(plan: Plan) -> list[Sentence]:
    """Return of which resources as many units are moved as may be."""
    if plan.moved is None:
        return []
    problem = plan.problem
    least = np.where(problem.whole, 1 - NEAR, NEAR * problem.existing.sum(axis=0))
    ended = np.array([one.is_moved for one in problem.resources]) & (movable_left(plan) <= least)
    return [
        sentence("No more {resource} may be moved.", resource=name)
        for name, all_moved, moved in zip(problem.resource_names, ended, plan.moved.T, strict=True)
        if all_moved and (moved > 0).any()
    ]


def _spread(units: Array, problem: Problem) -> Array:
    """Return units by region and resource in the cells of a problem that was made of theirs (see `as_cells`)."""
    kinds = units.shape[1]
    if units.shape == problem.existing.shape:
        return units
    return np.asarray(np.tile(np.eye(kinds), (len(units), 1)) * np.repeat(units, kinds, axis=0))


def _duals(problem: Problem) -> Array:
    if has_choices(problem):
        return prices_by_program(problem)
    return most_served(in_parts(without_locks(as_cells(problem)))).price


def _changed(problem: Problem, place: int, by: float) -> float:
    """Return how many are served, counted with their value, with more or less of one limit; NaN if none can be."""
    if place < len(problem.resources):
        resources = list(problem.resources)
        resources[place] = replace(resources[place], stock=resources[place].stock + by)
        if resources[place].stock < 0:
            return float("nan")
        asked = replace(problem, resources=tuple(resources))
    else:
        budget = float(problem.budget or 0.0) + by
        if budget < 0:
            return float("nan")
        asked = replace(problem, budget=budget)
    try:
        return counted_served(asked)
    except InfeasibleError:
        return float("nan")
