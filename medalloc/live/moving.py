"""A plan in force, and numbers that have changed: which few units should move, and whom each move would serve."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import persons_by
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import MOST_SERVED
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError
from medalloc.saved import Limits, Saved
from medalloc.sentences import Sentence, sentence

STOCK = ""
"""Where units come from that no region has yet."""

DUST = 1e-9
"""Share of all units of a resource up to which a difference is rounding."""


@dataclass(frozen=True)
class MoveLimits(Saved):
    """How much may change at once, and what a move must be worth.

    Examples
    --------
    >>> MoveLimits(share=0.05, least=2).units is None
    True
    """

    noun = sentence("limit on moves")

    share: Annotated[float, Limits(0, 1)] = 0.05
    """Most of the placed units of a resource that may be moved at once. [fraction]"""

    units: Annotated[float, Limits(0)] | None = None
    """The same as a number; None where only the share limits. [units]"""

    least: Annotated[float, Limits(0)] = 1.0
    """People that a move must serve more, after those served fewer where its units come from. [people/period]"""

    price: Annotated[float, Limits(0)] = 0.0
    """People that every moved unit must serve more, which is what moving it costs. [people/unit]"""


@dataclass(frozen=True)
class Part:
    """Units of one resource from one place."""

    origin: str
    """Region they leave; empty where they come from stock."""

    resource: str
    """What they are."""

    units: float
    """How many. [units]"""


@dataclass(frozen=True)
class Move:
    """Units that go to one region, of all resources together: a bed without a nurse serves nobody."""

    id: str
    """What the board knows it by."""

    to: str
    """Region that gets them."""

    parts: tuple[Part, ...]
    """What comes from where."""

    serves: float
    """People served more in that region. [people/period]"""

    loses: float
    """People served fewer where the units come from. [people/period]"""

    until: str = ""
    """Day until which the numbers hold that it rests on, as ISO; empty where that is not known."""


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
    limits : MoveLimits
        How much may change.
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
    moves, after = _worthwhile(asked, plan, limits, now)
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


def served_by(problem: Problem, units: Array) -> Array:
    """Return who is served by units where they stand, shape (n_regions, 1 or n_resources). [people/period]."""
    if any(one.stands_in_for for one in problem.resources):
        stays = tuple(replace(one, stock=0.0, movable=0.0, whole=False) for one in problem.resources)
        held = problem.derived(
            existing=units,
            resources=stays,
            policy=MOST_SERVED,
            common_floor=0.0,
            floor=np.zeros_like(problem.floor),
            locked=np.full_like(units, np.nan),
        )
        return np.asarray(solve(held).served[:, None])
    persons = persons_by(problem, units)
    if problem.demand_of is not None:
        return np.minimum(problem.own_demand, persons)
    return np.asarray(np.minimum(problem.demand, persons.min(axis=1))[:, None])


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


def _worthwhile(problem: Problem, plan: Plan, limits: MoveLimits, now: Array) -> tuple[list[Move], Array]:
    """Return the moves of a plan that are worth it, and who is served with them."""
    fair = not plan.problem.aim.serves_most
    units, served = problem.existing.copy(), now.copy()
    candidates = _by_region(problem, plan.units)
    apart = not any(one.stands_in_for for one in problem.resources)
    if not apart:
        # what stands in for another cannot be told region by region: all moves or none
        after = served_by(problem, problem.existing + plan.units)
        gain = float(after.sum() - now.sum())
        moved = sum(part[2] for parts in candidates.values() for part in parts)
        if gain + DUST < max(limits.least, limits.price * moved):
            return [], now
        return [_told(problem, to, parts, now, after) for to, parts in candidates.items()], after
    gain_of = {to: float((plan.served[to] - now[to].sum()) * problem.value[to]) for to in candidates}
    moves = []
    for to in sorted(candidates, key=lambda each: (-gain_of[each], each)):
        parts = candidates[to]
        rows = [to, *sorted({row for row, _, _ in parts if row >= 0})]
        tried = units[rows]
        for row, column, count in parts:
            tried[0, column] += count
            if row >= 0:
                tried[rows.index(row), column] -= count
        after = _served_in(problem, rows, tried)
        change = ((after - served[rows]).sum(axis=1) * problem.value[rows]).tolist()
        below = served[to].sum() < problem.effective_floor[to] * problem.demand[to] * (1 - DUST)
        worth = change[0] if fair or below else sum(change)
        count = sum(part[2] for part in parts)
        if worth + DUST * max(1.0, limits.least) < max(limits.least, limits.price * count):
            continue
        moves.append(_told(problem, to, parts, served, _with(served, rows, after)))
        units[rows], served[rows] = tried, after
    return moves, served


def _served_in(problem: Problem, rows: list[int], units: Array) -> Array:
    needs = problem.requirement[rows]
    persons = np.divide(units, needs, out=np.full(units.shape, np.inf), where=needs > 0)
    if problem.demand_of is not None:
        return np.asarray(np.minimum(problem.own_demand[rows], persons))
    return np.asarray(np.minimum(problem.demand[rows], persons.min(axis=1))[:, None])


def _with(served: Array, rows: list[int], after: Array) -> Array:
    made = served.copy()
    made[rows] = after
    return made


def _told(problem: Problem, to: int, parts: list[tuple[int, int, float]], before: Array, after: Array) -> Move:
    rows = sorted({row for row, _, _ in parts if row >= 0})
    names, kinds = problem.regions, problem.resource_names
    return Move(
        id="",
        to=names[to],
        parts=tuple(Part(STOCK if row < 0 else names[row], kinds[column], count) for row, column, count in parts),
        serves=float((after[to] - before[to]).sum()),
        loses=float((before[rows] - after[rows]).sum()) if rows else 0.0,
    )


def _by_region(problem: Problem, change: Array) -> dict[int, list[tuple[int, int, float]]]:
    """Return by region that gets units, from where (-1 for stock), of which resource and how many."""
    found: dict[int, list[tuple[int, int, float]]] = {}
    for column in range(change.shape[1]):
        dust = DUST * max(1.0, float(problem.existing[:, column].sum()))
        gives, gets = _largest(-change[:, column], dust), _largest(change[:, column], dust)
        left = [float(-change[row, column]) for row in gives]
        source = 0
        for to in gets:
            wanted = float(change[to, column])
            while wanted > dust and source < len(gives):
                count = min(wanted, left[source])
                found.setdefault(int(to), []).append((int(gives[source]), column, count))
                wanted, left[source] = wanted - count, left[source] - count
                source += left[source] <= dust
            if wanted > dust:
                found.setdefault(int(to), []).append((-1, column, wanted))
    return found


def _largest(change: Array, dust: float) -> NDArray[np.intp]:
    rows = np.flatnonzero(change > dust)
    return np.asarray(rows[np.argsort(-change[rows], kind="stable")])
