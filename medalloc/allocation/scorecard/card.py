"""How fair is a plan? Every measure that what is known of the regions allows."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from medalloc.allocation.measures.people import numbered
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem.checks import numbers
from medalloc.allocation.problem.scalars import is_number
from medalloc.allocation.scorecard.by_group import by_group
from medalloc.allocation.scorecard.by_rank import by_rank
from medalloc.allocation.scorecard.inequality import inequality
from medalloc.allocation.scorecard.levels import levels
from medalloc.allocation.scorecard.score import Score
from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence


def scorecard(
    plan: Plan,
    *,
    groups: Sequence[object] | None = None,
    rank: ArrayLike | None = None,
    floor: float | None = None,
) -> tuple[Score, ...]:
    """Return how fair the coverage of a plan is, by every measure that what is known allows.

    Parameters
    ----------
    plan : Plan
        What is judged, by the coverage of its regions.
    groups : sequence of length n_regions, optional
        The group of every region, such as its state. Adds what is within and between groups and the coverage of each.
    rank : array-like of shape (n_regions,), optional
        How well off the people of every region are; larger is better off, so turn a deprivation score round with a
        minus. Adds the concentration index and its correction by Erreygers.
    floor : float, optional
        Coverage that every region should have; the plan's own floors when left out. [fraction]

    Returns
    -------
    tuple of Score
        Levels first, then inequality, then groups, then rank.

    Raises
    ------
    InputError
        If there is not one group or rank for every region, one is missing, or the floor is not from 0 to 1.

    Notes
    -----
    Persons are inhabitants if the population is known, else persons in need: each counts with the coverage of the own
    region, and 1 where nobody is in need. Only the coverage of a group is served over demand, to agree with the level.
    The mean log deviation is left out: it is infinite as soon as one region gets nothing, and otherwise says what the
    Atkinson index with an aversion of 1 says.

    References
    ----------
    .. [1] X. Koolman, E. van Doorslaer, On the interpretation of a concentration index of inequality, Health Economics
       13, 2004: three quarters of the index is what the better-off half would have to give to the other half.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), floor=[0, 0.9]))
    >>> gini = scorecard(plan)[4]
    >>> gini.key, round(gini.value, 3), gini.best, gini.level
    ('gini', 0.2, 0.0, 0.5)
    >>> str(gini.meaning)
    'On average, two people picked at random differ in coverage by 40% of the average coverage.'
    """
    _require(len(plan.problem.regions), groups, rank, floor)
    scores = levels(plan, plan.problem.effective_floor if floor is None else np.full(plan.coverage.shape, floor))
    scores += inequality(plan)
    scores += by_group(plan, groups) if groups is not None else []
    scores += by_rank(plan, rank) if rank is not None else []
    return tuple(scores)


def measures_json(
    plan: Plan,
    groups: Sequence[object] | None = None,
    rank: ArrayLike | None = None,
    floor: float | None = None,
) -> dict[str, float]:
    """Return the scores of a plan as plain numbers by their keys, with the level as ``coverage`` in front.

    What is infinite, such as a Palma ratio over nothing, is left out: JSON has no infinity.

    Raises
    ------
    InputError
        As `scorecard` does.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> found = measures_json(solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))))
    >>> found["coverage"], found["lowest_over_highest"], round(found["palma"], 12)
    (0.5, 1.0, 0.25)
    """
    scores = scorecard(plan, groups=groups, rank=rank, floor=floor)
    found = {"coverage": plan.total_coverage} | {score.key: score.value for score in scores}
    return {key: float(number) for key, number in found.items() if np.isfinite(number)}


def _require(size: int, groups: Sequence[object] | None, rank: ArrayLike | None, floor: float | None) -> None:
    """Refuse what the regions are judged by, with every fault at once."""
    faults: list[Sentence] = []
    if groups is not None:
        try:
            numbered(groups, size)
        except InputError as error:
            faults += error.faults
    if rank is not None:
        line = numbers(rank)
        if line is None or not np.isfinite(line).all():
            faults.append(sentence("Every rank must be a finite number."))
        elif line.shape != (size,):
            found = str(line.shape)
            faults.append(
                sentence("Needed is a rank for each region, {size} in all; found {found}.", size=size, found=found)
            )
    if floor is not None and not (is_number(floor) and 0 <= floor <= 1):
        faults.append(sentence("The floor must be a number from 0 to 1; found {found}.", found=str(floor)))
    if faults:
        raise InputError(*faults)
