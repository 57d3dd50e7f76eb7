"""What would have to give way for one more person to be served in a region, and for as many in all others."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.explaining.limiting import Shortage, listed, names_of, used_up
from medalloc.allocation.plan import Plan
from medalloc.allocation.program.elastic import Shortfall, shortfall_here
from medalloc.allocation.program.needed import has_choices
from medalloc.sentences import Sentence, sentence

MOST_CELLS = 100
"""Regions times resources up to which this is found by solving again: that takes a few programs a region."""

MORE = 1e-3
"""Share of a region's demand that is taken for one more person."""


def verified(plan: Plan, said: Sequence[Sentence], asked: NDArray[np.bool_]) -> list[Sentence]:
    """Return what was said of regions, or what solving again tells of those that are asked about.

    Only that tells where units may be moved or stand in. Rules of thumb and whole units are left as they are.
    """
    problem, told = plan.problem, list(said)
    if problem.aim.rule or not has_choices(problem) or problem.whole.any() or problem.cap.size > MOST_CELLS:
        return told
    shortage, coverage = Shortage.of(plan), plan.coverage * (1 - 1e-9)
    for row in np.flatnonzero(asked & (coverage < 1 - MORE)).tolist():
        more = coverage + np.where(np.arange(coverage.size) == row, MORE, 0.0)
        short = shortfall_here(problem.derived(floor=more, common_floor=0.0), row)
        if short.any:
            told[row] = _said(shortage, short, row)
    return told


def _said(shortage: Shortage, short: Shortfall, row: int) -> Sentence:
    """Return the limits of the region that must give way, or else the stocks and the budget."""
    plan, stock = shortage.plan, short.stock > 0
    locked, cap = names_of(plan, short.locked[row] > 0), names_of(plan, short.cap[row] > 0)
    parts = []
    if locked:
        parts.append(sentence("what is locked here serves no more ({resources})", resources=locked))
    if cap:
        parts.append(sentence("its cap is reached ({resources})", resources=cap))
    if short.space[row] > 0:
        parts.append(sentence("its space is full"))
    if stock.any():
        parts += [*used_up(plan, stock), *shortage.of_moving(row, stock, np.zeros(stock.shape))]
    if short.budget > 0:
        parts.append(sentence("the budget is spent"))
    return listed(parts)
