"""The lowest coverage first, then the next: one program after the other, each from where the last one stood."""

import math
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from medalloc.allocation.problem import Array
from medalloc.allocation.program.concave import alpha_curve, best_by_tangents
from medalloc.allocation.program.found import Found, NoPlanError, OutOfTimeError
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import Model, goal_of
from medalloc.allocation.program.persons import Integers

HELD = 1e-9
"""Price of a group's level above which no plan can lift the group beyond it."""

SHARE = 4.0
"""How much more the worse off count above the lowest coverage, where units are whole."""


def highest_level(model: Model, *, until: float = math.inf, share: Array | None = None, relaxed: bool = False) -> float:
    """Return the largest part of a coverage that all groups can have at once, besides the model's floors. [fraction].

    Parameters
    ----------
    model : Model
        Whose floors are kept in any case.
    until : float
        Reading of the clock at which the best so far is given.
    share : array of shape (n_groups,), optional
        The coverage of which it is a part; 1 when left out, and groups of 0 do not count. [fraction]
    relaxed : bool
        Whether parts of units count where they are whole.

    Raises
    ------
    NoPlanError, OutOfTimeError
        If the model's floors do not fit, or no plan was found in time.
    """
    live, groups, level = _raised(model, share)
    if not groups.size:
        return 1.0
    if relaxed:
        live.relax()
    return min(1.0, max(0.0, live.run(_goal(live, level), until=until).value))


def level_by_level(model: Model, until: float) -> tuple[Array, float, float]:
    """Return the amounts of the worst-off-first plan, its lowest coverage, and the highest any plan can have.

    Notes
    -----
    One level rises for all groups. Those whose level has a price are held by something that only lowering others with
    no more could give them: they stay, and the level rises on for the rest. Whole units allow no such prices: there
    the lowest coverage is the highest possible, and above it what is left is shared by an alpha-fair goal.
    """
    live, groups, level = _raised(model)
    if not groups.size:
        return live.run(np.zeros(live.solver.getNumCol())).amounts[: model.layout.columns], 1.0, 1.0
    goal, base = _goal(live, level), model.matrix.shape[0]
    found = live.run(goal, until=perf_counter() + (until - perf_counter()) / 2)
    lowest, highest = found.value, min(1.0, found.bound)
    if live.is_whole:
        amounts = _shared_above(model, lowest, until)
        return (found.amounts[: model.layout.columns] if amounts is None else amounts), min(1.0, lowest), highest
    demand, waiting = model.persons.demand, np.ones(groups.size, dtype=np.bool_)
    while True:
        held = waiting & (np.abs(found.price[base:]) > HELD)
        waiting = waiting & ~held
        if not (held.any() and waiting.any()):
            break
        persons = np.minimum(found.value, 1.0) * demand[groups[held]]
        live.change_columns(groups[held], persons * (1 - 1e-11), demand[groups[held]])
        gone = base + np.flatnonzero(held)
        live.change_rows(gone, np.full(gone.size, -np.inf), np.full(gone.size, np.inf))
        try:
            found = live.run(goal, until=until)
        except (OutOfTimeError, NoPlanError):
            break
    return found.amounts[: model.layout.columns], min(1.0, lowest), highest


def servable(model: Model, until: float) -> NDArray[np.bool_]:
    """Return which groups any plan at all can serve, shape (n_groups,)."""
    live, persons = Live(model), model.persons
    live.relax()
    never = persons.demand > 0
    while never.any():
        found = live.run(goal_of(model, np.where(never, persons.alike, 0.0)), until=until)
        reached = never & (found.amounts[model.layout.served] > 1e-7 * persons.demand)
        if not reached.any():
            break
        never &= ~reached
    return np.asarray(~never)


def _raised(model: Model, share: Array | None = None) -> tuple[Live, Integers, int]:
    """Return the program with one level below the coverage of all groups in need, these groups, and the level."""
    live, persons = Live(model), model.persons
    part = np.ones(persons.demand.size) if share is None else share
    groups = np.flatnonzero(persons.demand > 0)
    level = int(live.add_columns(np.zeros(1), np.ones(1))[0])
    rows, columns = np.tile(np.arange(groups.size), 2), np.concatenate([groups, np.full(groups.size, level)])
    entries = np.concatenate([live.size[groups] / persons.demand[groups], -part[groups]])
    matrix = csr_array((entries, (rows, columns)), shape=(groups.size, live.solver.getNumCol()))
    live.add_rows(matrix, np.zeros(groups.size), np.full(groups.size, np.inf))
    return live, groups, level


def _goal(live: Live, level: int) -> Array:
    goal = np.zeros(live.solver.getNumCol())
    goal[level] = 1.0
    return goal


def _shared_above(model: Model, lowest: float, until: float) -> Array | None:
    live, persons = Live(model), model.persons
    held = np.maximum(model.ends.column_lower[model.layout.served], lowest * persons.demand * (1 - 1e-7))
    live.change_columns(model.layout.served, held, persons.demand)
    try:
        # beside whoever can get nothing at all, nobody else would count
        weight = np.where(servable(model, until), persons.demand, 0.0)
        if not weight.any():
            return None
        best = best_by_tangents(live, alpha_curve(SHARE, max(lowest, 0.05)), weight, close=1e-6, until=until)
    except (OutOfTimeError, NoPlanError):
        return None
    found: Found = best.found
    return found.amounts[: model.layout.columns]
