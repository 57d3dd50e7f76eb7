"""What a plan does not need: units that serve nobody stay where they are, and whole ones are made exactly whole."""

from time import perf_counter

import numpy as np

from medalloc.allocation.problem import Array
from medalloc.allocation.program.deciding import goal_of
from medalloc.allocation.program.found import NoPlanError, OutOfTimeError
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import Model


def trimmed(model: Model, amounts: Array, until: float) -> Array:
    """Return the amounts with no unit placed, moved or standing in that serves nobody, whole ones exactly whole."""
    if model.whole.any():
        amounts = _made_whole(model, amounts)
    live, layout = Live(model), model.layout
    live.relax()
    numbers = np.flatnonzero(model.whole)
    live.change_columns(numbers, amounts[numbers], amounts[numbers])
    served = np.minimum(amounts[layout.served], model.persons.demand)
    live.change_columns(layout.served, served * (1 - 1e-12), served)
    effort = np.zeros(layout.columns)
    effort[layout.new], effort[layout.taken], effort[layout.helped] = 1.0, 1.5, 0.1
    try:
        least = live.run(-effort / model.sizes, until=max(until, perf_counter() + 1.0)).amounts
    except (OutOfTimeError, NoPlanError):
        least = amounts
    if not model.whole.any():
        return least
    # whole units that are left over in a region stay in stock
    spare = -(model.matrix @ least - model.ends.row_upper)[model.rows["bundle"]].reshape(layout.new.shape)
    spare = np.where(model.problem.whole, np.floor(spare + 1e-7), 0.0)
    kept = np.maximum(least[layout.new] - np.maximum(0.0, spare), model.ends.column_lower[layout.new])
    least[layout.new] = np.minimum(least[layout.new], kept)
    return least


def _made_whole(model: Model, amounts: Array) -> Array:
    """Return the amounts with what is whole but for rounding made whole, and whoever can be served with it."""
    exact, layout, numbers = Live(model), model.layout, np.flatnonzero(model.whole)
    exact.relax()
    exact.change_columns(numbers, np.round(amounts[numbers]), np.round(amounts[numbers]))
    served = np.minimum(amounts[layout.served], model.persons.demand)
    lower = np.minimum(served * (1 - 1e-6), model.ends.column_lower[layout.served])
    exact.change_columns(layout.served, lower, served)
    found = exact.run(goal_of(model, model.persons.alike)).amounts
    found[numbers] = np.round(found[numbers])
    return found
