"""A plan in force, and numbers that have changed: which few units should move, and whom each move would serve."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from medalloc.allocation.policy import MOST_SERVED
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError
from medalloc.live.move import STOCK, Move, MoveLimits
from medalloc.live.worthwhile import served_by, worthwhile
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True, eq=False)
class Replan:
    """What is proposed, and what it is worth."""

    problem: Problem
    """What was asked: the new demand, with every unit where it stands."""

    moves: tuple[Move, ...]
    """The most worthwhile first."""

    served_now: Array
    """Served if nothing moves, shape (n_regions,). [people/period]"""

    served_after: Array
    """Served once all moves are made, shape (n_regions,). [people/period]"""

    said: tuple[Sentence, ...] = ()
    """What had to be left out of account."""


def replanned(
    problem: Problem,
    placed: Array,
    limits: MoveLimits,
    *,
    turn: str = "",
    until: str = "",
    closed: Iterable[str] = (),
) -> Replan:
    """Return the few moves that serve the most with new numbers.

    Parameters
    ----------
    problem : Problem
        With the demand and stock as they are now; its existing units stay where they are.
    placed : array of shape (n_regions, n_resources)
        Units that the plan in force has placed, which may be moved; below 0 where it took existing ones away. [units]
    turn, until : str
        What the moves are called after, and how long the numbers hold.
    closed : iterable of str
        Regions to which nothing is sent, because that was refused.

    Notes
    -----
    The plan within these limits is that of the general program, in which every placed unit is one that exists and may
    be moved up to the limit; without limits it is the best plan for the new numbers. Its changes are then taken
    region by region, and those that are not worth it left out.
    """
    said: list[Sentence] = []
    asked = _standing(problem, placed, limits, closed)
    if problem.aim.rule is not None:
        asked = asked.derived(policy=MOST_SERVED)
        said.append(sentence("A rule of thumb says nothing of moves: those are proposed that serve the most."))
    now = served_by(asked, asked.existing)
    try:
        plan = solve(asked)
    except InfeasibleError:
        said.append(sentence("The smallest coverages cannot all be kept with so few moves; they are left out of it."))
        asked = asked.derived(floor=np.zeros_like(asked.floor), common_floor=0.0)
        plan = solve(asked)
    moves, after = worthwhile(asked, plan, limits, now)
    named = tuple(replace(each, id=f"{turn}:{each.to}", until=until) for each in moves)
    return Replan(asked, named, now.sum(axis=1), after.sum(axis=1), tuple(said))


def placed_with(problem: Problem, placed: Array, moves: Iterable[Move]) -> Array:
    """Return what is placed once these moves are made, shape (n_regions, n_resources). [units]."""
    region = {name: row for row, name in enumerate(problem.regions)}
    kind = {name: column for column, name in enumerate(problem.resource_names)}
    units = placed.copy()
    for move in moves:
        for part in move.parts:
            units[region[move.to], kind[part.resource]] += part.units
            if part.origin != STOCK:
                units[region[part.origin], kind[part.resource]] -= part.units
    return units


def _standing(problem: Problem, placed: Array, limits: MoveLimits, closed: Iterable[str]) -> Problem:
    """Return the problem in which all that is placed exists, and may be moved within the limits."""
    stays, moves = problem.existing + np.minimum(placed, 0.0), np.maximum(placed, 0.0)
    all_placed, standing = moves.sum(axis=0), (stays + moves).sum(axis=0)
    most = np.minimum(limits.share * all_placed, np.inf if limits.units is None else limits.units)
    share = np.minimum(1.0, np.divide(most, standing, out=np.zeros_like(most), where=standing > 0))
    resources = tuple(
        replace(one, stock=max(0.0, one.stock - used), movable=float(part))
        for one, used, part in zip(problem.resources, placed.sum(axis=0).tolist(), share, strict=True)
    )
    shut = np.isin(problem.regions, list(closed))[:, None]
    spent = float((placed * problem.unit_cost).sum())
    return problem.derived(
        existing=stays + moves,
        staying=stays,
        resources=resources,
        cap=np.where(shut, 0.0, np.maximum(0.0, problem.cap - moves)),
        space=np.maximum(0.0, problem.space - moves @ problem.unit_space),
        budget=None if problem.budget is None else max(0.0, problem.budget - spent),
        locked=np.where(np.isnan(problem.locked), np.nan, 0.0),
    )
