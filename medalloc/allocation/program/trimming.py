"""What a plan does not need: units that serve nobody stay where they are, and whole ones are made exactly whole."""

from dataclasses import replace
from time import perf_counter

import numpy as np
from scipy.sparse import csr_array

from medalloc.allocation.problem import Array
from medalloc.allocation.program.deciding import relaxation
from medalloc.allocation.program.effort import Effort, working
from medalloc.allocation.program.filling import served_by
from medalloc.allocation.program.found import NoPlanError, OutOfTimeError
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import Ends, Model, goal_of
from medalloc.allocation.program.rounding import in_whole, keeps, with_floors
from medalloc.errors import InputError
from medalloc.sentences import sentence

NEAR = 1e-6
"""How far from a whole number a whole unit may be found. [units]"""

REACH = 2.0
"""How far whole units are looked for from where rounding left them, if there they break a limit. [units]"""

SEARCHED = 1e-5
"""Share of a region's demand that a search for whole units may leave unserved though it could be."""


def trimmed(model: Model, amounts: Array, until: float) -> Array:
    """Return the amounts with no unit placed, moved or standing in that serves nobody, whole ones exactly whole."""
    numbers = np.flatnonzero(model.in_units)
    if not numbers.size:
        least = _least(model, amounts, until)
        return amounts if least is None else least
    amounts = _made_whole(model, amounts)
    least = None
    if model.problem.budget is None and not model.layout.helps:
        least = _least(model, amounts, until, by_nets=True)
    if least is None or np.abs(least[numbers] - np.round(least[numbers])).max() > NEAR:
        least = _least(model, amounts, until)
    least = amounts if least is None else least
    least[numbers] = np.round(least[numbers])
    # whole units that are left over in a region stay in stock
    new = model.layout.new
    kept = np.maximum(least[new] - _spare(model, least), model.ends.column_lower[new])
    least[new] = np.minimum(least[new], kept)
    return least


def _spare(model: Model, amounts: Array) -> Array:
    """Return the whole units in every region that serve nobody, shape (n_regions, n_resources) [units]."""
    spare = (model.ends.row_upper - model.matrix @ amounts)[model.rows["bundle"]].reshape(model.layout.new.shape)
    return np.where(model.problem.whole, np.maximum(0.0, np.floor(spare + 1e-7)), 0.0)


def _least(model: Model, amounts: Array, until: float, *, by_nets: bool = False) -> Array | None:
    """Return the least units placed, moved and standing in that serve the same persons; None if time is up.

    Whole units stay as they are, or, by nets, what comes to every region in all.
    """
    layout, ends = model.layout, Ends(*(np.array(each) for each in vars(model.ends).values()))
    served = np.minimum(amounts[layout.served], model.persons.demand)
    ends.column_lower[layout.served], ends.column_upper[layout.served] = served * (1 - 1e-12), served
    # a unit of each resource counts alike everywhere, as a share of what its largest region may get
    unit, effort = 1.0 / model.sizes[layout.new].max(axis=0), np.zeros(layout.columns)
    effort[layout.new], effort[layout.taken] = unit, 1.5 * unit[list(layout.movable)]
    effort[layout.helped] = 0.1 * unit[[helper for helper, _ in layout.helps]]
    within = max(until, perf_counter() + 1.0)
    try:
        if by_nets:
            live = Live(replace(model, ends=ends))
            live.relax()
            _hold_nets(live, amounts)
            return live.run(-effort, until=within).amounts
        numbers = np.flatnonzero(model.in_units)
        ends.column_lower[numbers] = ends.column_upper[numbers] = amounts[numbers]
        return relaxation(replace(model, ends=ends), -effort, within).amounts
    except (OutOfTimeError, NoPlanError):
        return None


def _hold_nets(live: Live, amounts: Array) -> None:
    """Hold what comes to every region of whole units in all, whether from stock or from elsewhere.

    What is left is a flow between stock and regions, of which every corner is whole if the stock is.
    """
    layout, whole = live.model.layout, live.model.problem.whole
    fixed = layout.new[:, [place for place, each in enumerate(whole) if each and place not in layout.movable]].ravel()
    live.change_columns(fixed, amounts[fixed], amounts[fixed])
    kept = [place for place, kind in enumerate(layout.movable) if whole[kind]]
    new = layout.new[:, [layout.movable[place] for place in kept]].ravel()
    taken, given = layout.taken[:, kept].ravel(), layout.given[:, kept].ravel()
    columns, signs = np.concatenate([new, taken, given]), np.repeat([1.0, 1.0, -1.0], new.size)
    rows = np.tile(np.arange(new.size), 3)
    nets = csr_array((signs * live.size[columns], (rows, columns)), shape=(new.size, layout.columns))
    net = amounts[new] + amounts[taken] - amounts[given]
    need = net - _spare(live.model, amounts)[:, [layout.movable[place] for place in kept]].ravel()
    # who gives may keep what nobody needs to have, where that takes no room from others
    roomy = np.repeat(~np.isfinite(live.model.problem.space), len(kept))
    live.add_rows(nets, np.minimum(net, np.maximum(need, 0.0)), np.where(roomy, np.maximum(net, 0.0), net))


def _made_whole(model: Model, amounts: Array) -> Array:
    """Return the amounts with what is whole but for rounding made whole, and whoever can be served with it.

    Raises
    ------
    InputError
        If the floors cannot be kept with what was cut off of large numbers.
    """
    amounts = in_whole(model, amounts)
    if not model.layout.helps:
        made = with_floors(model, amounts)
        served_by(model, made)
        least = np.minimum(model.persons.floor, model.persons.demand)
        if keeps(model, made) and (made[model.layout.served] >= least * (1 - 1e-9)).all():
            return made
    numbers = np.flatnonzero(model.in_units)
    found = _served_within(model, amounts, 0.0)
    if found is None:
        found = _served_within(model, amounts, REACH)
    if found is None:
        raise InputError(
            sentence("The floors leave no room for so many whole units; allow parts of units, or lower a floor.")
        )
    found[numbers] = np.round(found[numbers])
    return found


def _served_within(model: Model, amounts: Array, reach: float) -> Array | None:
    """Return amounts whose whole units are no further than this from these, and that serve whom these serve, if any.

    Who is served in full but for the tolerance of a search is served in full.
    """
    layout, demand, numbers = model.layout, model.persons.demand, np.flatnonzero(model.in_units)
    exact = Live(replace(model, whole=model.in_units) if reach else model)
    exact.relax(not reach)
    there, ends = np.round(amounts[numbers]), exact.ends
    lower = np.maximum(there - reach, np.minimum(there, ends.column_lower[numbers]))
    upper = np.minimum(there + reach, np.maximum(there, ends.column_upper[numbers]))
    exact.change_columns(numbers, lower, upper)
    served = np.minimum(amounts[layout.served], demand)
    least = np.minimum(served * (1 - 1e-6), model.ends.column_lower[layout.served])
    exact.change_columns(layout.served, least, np.where(served >= demand * (1 - SEARCHED), demand, served))
    try:
        # also when the search was stopped
        with working(Effort()):
            return exact.run(goal_of(model, model.persons.alike)).amounts
    except (NoPlanError, OutOfTimeError):
        return None
