"""A network with one hidden layer, small enough to train while a class looks on."""

import numpy as np
from numpy.typing import NDArray

from medalloc.lessons.descent import Rows
from medalloc.lessons.sample import Floats


class SmallNetwork:
    """Mean log-loss of p = sigmoid(v tanh(W x + b) + c), with its slope by backpropagation.

    Parameters
    ----------
    inputs : array of float
        Standardised, shape (rows, columns).
    need : array of 0 and 1
        Shape (rows,).
    hidden : int
        Units of the hidden layer. [count]
    """

    def __init__(self, inputs: Floats, need: NDArray[np.int8], *, hidden: int) -> None:
        self.inputs, self.need, self.hidden = inputs, need.astype(np.float64), hidden
        self.rows, self.columns = inputs.shape

    @property
    def parameters(self) -> int:
        """How many numbers are learned."""
        return int(self.hidden * (self.columns + 2) + 1)

    def start(self, seed: int) -> Floats:
        """Draw parameters to start from, small enough that no unit is saturated, shape (parameters,)."""
        draw = np.random.default_rng(seed)
        inner = draw.normal(0, 1 / np.sqrt(self.columns), self.hidden * self.columns)
        outer = draw.normal(0, 1 / np.sqrt(self.hidden), self.hidden)
        return np.concatenate([inner, np.zeros(self.hidden), outer, [0.0]])

    def odds(self, at: Floats, inputs: Floats) -> Floats:
        """Return the log-odds of need, shape (rows,)."""
        inner, shift, outer, constant = self._parts(at)
        return np.asarray(np.tanh(inputs @ inner.T + shift) @ outer + constant)

    def loss(self, at: Floats) -> float:
        """Return the mean log-loss of all rows. [nat]."""
        return mean_loss(self.odds(at, self.inputs), self.need)

    def slope(self, at: Floats, rows: Rows | None = None) -> Floats:
        """Return the gradient of the mean log-loss of some rows, or of all, shape (parameters,)."""
        inputs, need = (self.inputs, self.need) if rows is None else (self.inputs[rows], self.need[rows])
        inner, shift, outer, constant = self._parts(at)
        units = np.tanh(inputs @ inner.T + shift)
        wrong = (0.5 * (1 + np.tanh(0.5 * (units @ outer + constant))) - need) / len(need)
        # the chain rule, from the answer back to the inputs
        back = wrong[:, None] * outer * (1 - units**2)
        return np.concatenate([(back.T @ inputs).ravel(), back.sum(axis=0), wrong @ units, [wrong.sum()]])

    def _parts(self, at: Floats) -> tuple[Floats, Floats, Floats, float]:
        inner, shift, outer, constant = np.split(at, np.cumsum([self.hidden * self.columns, self.hidden, self.hidden]))
        return inner.reshape(self.hidden, self.columns), shift, outer, float(constant[0])


def mean_loss(odds: Floats, need: NDArray[np.float64]) -> float:
    """Return the mean log-loss of log-odds. [nat]."""
    return float(np.mean(np.logaddexp(0, odds) - need * odds))
