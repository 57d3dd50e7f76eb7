"""A trained network: what comes out of it, and how it got there."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from medalloc.networks.architecture import Architecture
from medalloc.networks.machine import Weights, machine
from medalloc.networks.training import Training

BLOCK_ROWS = 4096
"""Rows that are computed at once; memory does not grow beyond them."""


class RowSource(Protocol):
    """Rows that are taken out by their places: an array, or something that makes them when they are asked for."""

    def __len__(self) -> int:
        """Return how many there are."""
        ...

    def __getitem__(self, places: Any, /) -> Any:
        """Return the rows at these places, shape (len(places), ...)."""
        ...


@dataclass(frozen=True)
class Epoch:
    """How far a network was after one pass over its rows."""

    number: int
    """Passes so far. [count]"""

    loss: float
    """Mean loss of the rows it learned from, measured while it learned from them."""

    validation: float | None
    """Mean loss of the rows held out, after the pass; None when none were."""


@dataclass(frozen=True, eq=False)
class Network:
    """A trained network as plain arrays: it can be written down, copied and sent without running anything."""

    architecture: Architecture
    """What it looks like."""

    training: Training
    """How it was trained."""

    loss: str
    """What it was trained to make small."""

    weights: Weights
    """The arrays of weights, in the order of its layers."""

    history: tuple[Epoch, ...] = ()
    """Every pass, in order; the weights are those after the pass with the smallest loss on held-out rows, or the last
    one."""

    def outputs(self, inputs: RowSource) -> NDArray[np.float64]:
        """Return what comes out for some rows, shape (rows, outputs): log-odds, where the loss is ``logistic``."""
        run = machine(self.architecture, self.loss, self.training.optimizer, self.training.rate).outputs
        made = np.empty((len(inputs), self.architecture.outputs))
        size = block_size(len(inputs), BLOCK_ROWS)
        for start in range(0, len(inputs), size):
            places = np.arange(start, min(start + size, len(inputs)))
            made[places] = np.asarray(run(self.weights, filled(inputs[places], size)))[: len(places)]
        return made


def block_size(rows: int, most: int) -> int:
    """Return the rows of a block: a power of two that holds all, or the most.

    Folds of a few rows more or less then have blocks of the same size, and nothing is compiled again for them.

    Examples
    --------
    >>> block_size(5, 4096), block_size(9000, 4096)
    (8, 4096)
    """
    return min(most, 1 << max(0, int(rows) - 1).bit_length())


def filled(rows: Any, size: int) -> NDArray[np.float32]:
    """Return rows in single precision, with rows of zeros behind them up to a size."""
    found = np.asarray(rows, dtype=np.float32)
    if len(found) == size:
        return found
    made = np.zeros((size, *found.shape[1:]), dtype=np.float32)
    made[: len(found)] = found
    return made
