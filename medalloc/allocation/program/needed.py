"""Which problems need the general program."""

from dataclasses import replace

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


LONG = 500.0
"""Work above which a plan can take longer than a second: as that of whole units, each in one resource of one region,
of which the most are served, where they may be moved; measured for 50 to 3,000 regions. [count]"""

FAIR, IN_PARTS, BY_STEPS = 2.0, 0.1, 0.04
"""How much more a cell takes where the worse off count for more, and how much less where no unit comes whole, or where
whole ones are needed in one way only."""


def takes_long(problem: Problem) -> bool:
    """Whether a plan can take longer than a second, by what is asked alone: the clock would answer anew each time.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> whole = (Resource("beds", 100, whole=True, movable=0.1),)
    >>> [takes_long(Problem(tuple(map(str, range(n))), np.ones(n), whole)) for n in (50, 501)]
    [False, True]
    """
    kind = (1.0 if problem.whole.any() else IN_PARTS) if has_choices(problem) else BY_STEPS
    each = (FAIR if problem.aim.is_fair else 1.0) * kind
    return problem.cap.size * each > LONG and needs_program(problem)


def as_followed(problem: Problem) -> Problem:
    """Return the problem as its policy sees it: under a rule of thumb nothing is moved, and nothing stands in."""
    if problem.aim.rule is None or not any(one.is_moved or one.stands_in_for for one in problem.resources):
        return problem
    return problem.derived(
        resources=tuple(replace(one, movable=0.0, move_cost=0.0, stands_in_for="") for one in problem.resources)
    )
