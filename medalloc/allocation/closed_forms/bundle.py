"""From persons to the units they need, and back: a person is served with every resource or not at all."""

import numpy as np

from medalloc.allocation.problem import Array, Problem

CANCELLATION = 1e-12
"""Share of the units in use that may be left over, by rounding alone, when existing units are taken off."""

WHOLE = 1e-9
"""Share of itself by which a number of units may exceed a whole one and still be it."""

PART = 1e-3
"""Part of a unit by which it may do so at most: of billions of units none is lost. [units]"""


def units_for(problem: Problem, served: Array) -> Array:
    """Return the fewest units to place so that this many persons are served; whole ones where they must be.

    Parameters
    ----------
    problem : Problem
        Whose existing units are used first.
    served : array of shape (n_regions,), or (n_regions, n_resources) where each has persons of its own
        Persons to serve. [persons/period]

    Returns
    -------
    array of shape (n_regions, n_resources)
        Units to place, at least 0. [units]
    """
    gross = gross_units(problem, served)
    units = gross - problem.existing
    units = np.where(units > CANCELLATION * gross, units, 0.0)
    return np.where(problem.whole, rounded_up(units), units) if problem.whole.any() else units


def rounded_up(units: Array) -> Array:
    """Return whole units for these; what exceeds a whole number by rounding alone is that number."""
    return np.asarray(np.ceil(units - np.minimum(WHOLE * units, PART)))


def gross_units(problem: Problem, served: Array) -> Array:
    """Return the units that these persons use, placed or there before, shape (n_regions, n_resources). [units]."""
    return problem.requirement * (served if served.ndim == 2 else served[:, None])


def persons_by(problem: Problem, units: Array) -> Array:
    """Return how many persons these units suffice for, resource by resource, shape (n_regions, n_resources).

    Infinite where a person uses none of a resource.
    """
    used = problem.requirement > 0
    return np.asarray(np.divide(units, problem.requirement, out=np.full(problem.existing.shape, np.inf), where=used))


def persons_with(problem: Problem, units: Array) -> Array:
    """Return how many persons the existing and these placed units can serve, in the form of `everyone`."""
    persons = persons_by(problem, problem.existing + units)
    return np.asarray(np.minimum(everyone(problem), persons.min(axis=1) if problem.demand_of is None else persons))


def everyone(problem: Problem) -> Array:
    """Return all persons in need, shape (n_regions,), or (n_regions, n_resources) where each has persons of its own."""
    return problem.demand if problem.demand_of is None else problem.own_demand


def floor_persons(problem: Problem) -> Array:
    """Return the persons a plan must serve because of the floors, in the form of `everyone`."""
    floor = problem.effective_floor
    return (floor if problem.demand_of is None else floor[:, None]) * everyone(problem)


def most_persons(problem: Problem) -> Array:
    """Return the persons that demand, caps and space let a region serve, whatever is in stock, shape (n_regions,)."""
    return np.minimum(persons_with(problem, problem.cap), persons_within(problem))


def persons_within(problem: Problem) -> Array:
    """Return the persons for whom the units to be placed find room, shape (n_regions,); infinite without a limit.

    Space that resources with persons of their own share is no matter of closed forms.

    Notes
    -----
    The room that serving s persons takes, the sum of ``space * max(0, requirement * s - existing)``, is at least the
    sum over any of the resources without the maximum, and equal to it for those whose existing units have run out.
    So it fits if and only if it does for the resources that run out first, however many of them are taken.
    """
    room = problem.unit_space * problem.requirement
    if not np.isfinite(problem.space).any() or not room.any():
        return np.full(everyone(problem).shape, np.inf)
    ends = persons_by(problem, problem.existing)
    order = np.argsort(ends, axis=1, kind="stable")
    speed = np.cumsum(np.take_along_axis(room, order, axis=1), axis=1)
    there = np.cumsum(np.take_along_axis(problem.unit_space * problem.existing, order, axis=1), axis=1)
    fits = np.divide(problem.space[:, None] + there, speed, out=np.full(speed.shape, np.inf), where=speed > 0)
    return np.asarray(fits.min(axis=1))
