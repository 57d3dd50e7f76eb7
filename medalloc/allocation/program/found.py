"""What a program was found to hold: a point and what none can exceed; or that there is none, or no time."""

from dataclasses import dataclass

import numpy as np

from medalloc.allocation.problem import Array
from medalloc.allocation.program.model import Model


class OutOfTimeError(Exception):
    """The time was up before any plan was found; carries what is known all the same."""

    def __init__(self, bound: float) -> None:
        self.bound = bound
        super().__init__("No plan was found in time.")


class NoPlanError(Exception):
    """Nothing keeps every row: what was asked cannot be."""


@dataclass(frozen=True, eq=False)
class Found:
    """A point within all rows, and what none can exceed."""

    amounts: Array
    """Shape (n_columns,), in the units of the model."""

    value: float
    """Of the goal."""

    bound: float
    """Of the goal, for any point at all."""

    price: Array
    """What one more of each row's limit is worth, if need be as parts of units, shape (n_rows,)."""


def bound_by_prices(model: Model, goal: Array, price: Array) -> float:
    """Return what no point within all ends can be worth, whatever the prices of the rows are.

    Every row that is priced is paid for, and of every column the better end is taken. With the right prices that is
    the optimum.
    """
    ends = model.ends
    end = np.where(price > 0, ends.row_upper, ends.row_lower)
    # a row without an end on the side of its price has a price of 0 but for rounding
    price, end = (np.where(np.isfinite(end), each, 0.0) for each in (price, end))
    surplus = goal - price @ model.matrix
    return float(price @ end + np.where(surplus > 0, surplus * ends.column_upper, surplus * ends.column_lower).sum())
