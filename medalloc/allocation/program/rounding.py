"""Whole units from a point in parts: rounded down, moved units in balance, and what is left placed step by step."""

import math

import numpy as np

from medalloc.allocation.closed_forms.bundle import WHOLE
from medalloc.allocation.problem import Array
from medalloc.allocation.program.filling import EXACT, filled, moved_units, served_by
from medalloc.allocation.program.model import Model

NEAR = 1e-7
"""How far below a whole number passes for it, as rounding of the solver."""


def rounded(model: Model, amounts: Array, price: Array) -> Array | None:
    """Return amounts with whole units whole, near these and within all rows; None where that fails.

    Parameters
    ----------
    model : Model
        Without units that stand in for others.
    amounts : array of shape (n_columns,)
        Within all rows, in parts.
    price : array of shape (n_rows,)
        What one more of every limit is worth, by which those who get a unit are chosen.
    """
    if model.layout.helps:
        return None
    made = with_floors(model, in_whole(model, amounts))
    served_by(model, made)
    return filled(model, made, price) if keeps(model, made) else None


def with_floors(model: Model, amounts: Array) -> Array:
    """Return the amounts with the whole units that the floors take, and as many fewer for those who have most to spare.

    What was cut off of large numbers may be what a floor takes.
    """
    made, layout, problem, persons = amounts.copy(), model.layout, model.problem, model.persons
    short = np.zeros_like(made[layout.new])
    np.maximum.at(short, persons.region, persons.uses * np.minimum(persons.floor, persons.demand)[:, None])
    short = short - (problem.existing + moved_units(model, made))
    least = np.where(problem.whole, np.ceil(short * (1 - WHOLE) - EXACT), short)
    lower = np.maximum(model.ends.column_lower[layout.new], least)
    new = np.maximum(made[layout.new], lower)
    for kind in np.flatnonzero(problem.whole).tolist():
        over = new[:, kind].sum() - np.floor(problem.stock[kind] * (1 + EXACT))
        spare = np.where(np.isnan(problem.locked[:, kind]), np.floor(new[:, kind] - lower[:, kind]), 0.0)
        for place in np.argsort(-spare, kind="stable").tolist() if over > 0 else ():
            less = min(over, max(0.0, spare[place]))
            new[place, kind] -= less
            over -= less
            if over <= 0:
                break
    made[layout.new] = new
    return made


def in_whole(model: Model, amounts: Array) -> Array:
    """Return the amounts with whole units rounded down, and those that are moved to as many that come as go."""
    made = amounts.copy()
    _round_moves(model, made)
    new = made[model.layout.new]
    whole = np.where(model.problem.whole, _floor(new), new)
    for kind in np.flatnonzero(model.problem.whole).tolist():
        # rounding of large numbers may add up to a unit that is not there
        over = whole[:, kind].sum() - np.floor(model.problem.stock[kind] * (1 + EXACT))
        if over > 0:
            most = int(np.where(np.isnan(model.problem.locked[:, kind]), whole[:, kind], -1.0).argmax())
            whole[most, kind] = max(0.0, whole[most, kind] - over)
    made[model.layout.new] = whole
    return made


def _floor(units: Array) -> Array:
    return np.floor(units + np.maximum(NEAR, EXACT * np.abs(units)))


def _round_moves(model: Model, made: Array) -> None:
    """Round the whole units that are moved to as many that come as go."""
    for place, kind in enumerate(model.layout.movable):
        if not model.problem.whole[kind]:
            continue
        taken, given = model.layout.taken[:, place], model.layout.given[:, place]
        most = math.floor(min(made[given].sum(), made[taken].sum()) + NEAR)
        ends = _floor(model.ends.column_upper)
        come, go = _shared(made[taken], most, ends[taken]), _shared(made[given], most, ends[given])
        fewer = int(min(come.sum(), go.sum()))
        made[taken], made[given] = _shared(come, fewer, ends[taken]), _shared(go, fewer, ends[given])


def _shared(parts: Array, total: int, upper: Array) -> Array:
    """Return whole numbers near these with this sum or less: the largest fractions are rounded up."""
    whole = np.minimum(_floor(parts), upper)
    lacking = total - int(whole.sum())
    if lacking < 0:
        # few at a time from those who have most
        for place in np.argsort(-whole, kind="stable").tolist():
            less = min(-lacking, int(whole[place]))
            whole[place] -= less
            lacking += less
            if not lacking:
                break
        return whole
    fraction = np.where((parts > whole + NEAR) & (whole + 1 <= upper), parts - whole, -1.0)
    chosen = np.argsort(-fraction, kind="stable")[:lacking]
    whole[chosen[fraction[chosen] > 0]] += 1.0
    return whole


def keeps(model: Model, made: Array) -> bool:
    """Whether amounts lie within all rows and columns."""
    ends, rows = model.ends, model.matrix @ made
    tall = abs(model.matrix) @ np.abs(made) * 1e-9
    low = np.where(np.isfinite(ends.row_lower), ends.row_lower, rows)
    within = (rows <= ends.row_upper + tall) & (rows >= low - tall)
    size = 1e-9 * np.maximum(1.0, np.abs(made))
    return bool(within.all() and (made >= ends.column_lower - size).all() and (made <= ends.column_upper + size).all())
