"""A good plan of whole units before any search, and what none can exceed."""

from medalloc.allocation.problem import Array
from medalloc.allocation.program.filling import filled
from medalloc.allocation.program.found import Found
from medalloc.allocation.program.model import Model
from medalloc.allocation.program.rounding import keeps, rounded
from medalloc.allocation.program.staircases import staircases


def guessed(model: Model, goal: Array, ideal: Found) -> Found | None:
    """Return the better of two plans that are near the best one in parts of units, with a bound of its own.

    One is that plan rounded, with what is left placed step by step; in the other every region has taken what is worth
    its price, at prices that were moved until they fit whole units.

    Parameters
    ----------
    model : Model
        What is asked.
    goal : array of shape (n_columns,)
        What persons of every group count for.
    ideal : Found
        The best plan in parts of units, with its prices.
    """
    made = rounded(model, ideal.amounts, ideal.price)
    stairs = staircases(model)
    if stairs is None:
        return None if made is None else Found(made, float(goal @ made), ideal.value, ideal.price)
    value = 0.0 if made is None else float(goal @ made)
    bound, price = stairs.least_bound(ideal.price, value)
    chosen = stairs.chosen(price)
    if chosen is not None and keeps(model, chosen):
        other = filled(model, chosen, price)
        if made is None or goal @ other > value:
            made = other
    if made is None:
        return None
    value = float(goal @ made)
    return Found(made, value, max(value, min(ideal.value, bound)), ideal.price)
