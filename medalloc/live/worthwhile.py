"""Which changes of a plan are worth moving for, region by region."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import persons_by
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import MOST_SERVED
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.solving import solve
from medalloc.live.move import DUST, STOCK, Move, MoveLimits, Part


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


def worthwhile(problem: Problem, plan: Plan, limits: MoveLimits, now: Array) -> tuple[list[Move], Array]:
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
