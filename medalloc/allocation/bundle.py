"""From persons to the units they need, and back: a person is served with every resource or not at all."""

import numpy as np

from medalloc.allocation.problem import Array, Problem

CANCELLATION = 1e-12
"""Share of the units in use that may be left over, by rounding alone, when existing units are taken off."""


def units_for(problem: Problem, served: Array) -> Array:
    """Return the fewest units to place so that this many persons are served.

    Parameters
    ----------
    problem : Problem
        Whose existing units are used first.
    served : array of shape (n_regions,)
        Persons to serve. [persons/period]

    Returns
    -------
    array of shape (n_regions, n_resources)
        Units to place, at least 0. [units]
    """
    gross = problem.requirement * served[:, None]
    units = gross - problem.existing
    return np.where(units > CANCELLATION * gross, units, 0.0)


def persons_with(problem: Problem, units: Array) -> Array:
    """Return how many persons the existing and these placed units can serve, shape (n_regions,), at most the demand."""
    enough_for: Array = ((problem.existing + units) / problem.requirement).min(axis=1)
    return np.minimum(problem.demand, enough_for)


def floor_persons(problem: Problem) -> Array:
    """Return the persons a plan must serve because of the floors, shape (n_regions,). [persons/period]."""
    return problem.effective_floor * problem.demand


def most_persons(problem: Problem) -> Array:
    """Return the persons that demand and caps let a region serve, whatever is in stock, shape (n_regions,)."""
    return persons_with(problem, problem.cap)
