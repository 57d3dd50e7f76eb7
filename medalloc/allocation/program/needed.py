"""Which problems need the general program."""

import numpy as np

from medalloc.allocation.problem import Problem


def needs_program(problem: Problem) -> bool:
    """Whether closed forms do not answer a problem: where units come whole, or it has choices (see `has_choices`)."""
    return has_choices(problem) or bool(problem.whole.any())


def has_choices(problem: Problem) -> bool:
    """Whether what it takes to serve a person in a region can be had in more than one way.

    So it is where units may be moved or stand in for others, and where resources that each have persons of their own
    share the space of a region.
    """
    shared = problem.demand_of is not None and np.isfinite(problem.space).any() and problem.unit_space.any()
    return bool(shared) or any(one.is_moved or one.stands_in_for for one in problem.resources)
