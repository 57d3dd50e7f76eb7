"""What a recurrent network keeps of something it saw once, without gates and with them, one unit each."""

from dataclasses import dataclass

import numpy as np

from medalloc.lessons.sample import Floats

SEQUENCES = 1000
"""Sequences of which one sees the same. [count]"""


@dataclass(frozen=True, eq=False)
class Memory:
    """How a state goes on after the first number, and what it still knows of it."""

    states: Floats
    """State after every number, shape (sequences, numbers)."""

    slope: Floats
    """Mean size of the state's derivative by the first state, shape (numbers,); 1 at the first. [1]"""

    @property
    def half_life(self) -> float:
        """Numbers after which half of the derivative is left, as it fades on the whole way; infinite if it does not."""
        fading = np.log(np.maximum(self.slope[-1], 1e-300)) / (len(self.slope) - 1)
        return float(np.log(0.5) / fading) if fading < 0 else float("inf")

    def known(self, first: Floats) -> Floats:
        """Return the share of the first number's variance that can be read off each state, shape (numbers,)."""
        centred = self.states - self.states.mean(axis=0)
        aim = first - first.mean()
        spread = np.sqrt((centred**2).sum(axis=0) * (aim**2).sum())
        return np.asarray(np.where(spread > 0, centred.T @ aim / np.where(spread > 0, spread, 1), 0.0) ** 2)


def sequences(numbers: int, *, seed: int) -> Floats:
    """Draw sequences of independent standard normal numbers, shape (`SEQUENCES`, numbers)."""
    return np.random.default_rng(seed).normal(size=(SEQUENCES, numbers))


def plain(inputs: Floats, *, weight: float) -> Memory:
    """Let a unit without gates go along sequences: h = tanh(w h + x).

    Parameters
    ----------
    inputs : array of float
        Shape (sequences, numbers).
    weight : float
        How much of the last state goes into the next. [1]
    """
    states, slopes = np.empty_like(inputs), np.ones_like(inputs)
    states[:, 0] = np.tanh(inputs[:, 0])
    for place in range(1, inputs.shape[1]):
        states[:, place] = np.tanh(weight * states[:, place - 1] + inputs[:, place])
        # the chain rule: each step multiplies by the weight and by how far the unit is from saturation
        slopes[:, place] = slopes[:, place - 1] * weight * (1 - states[:, place] ** 2)
    return Memory(states, np.abs(slopes).mean(axis=0))


def gated(inputs: Floats, *, keep: float, let_in: float) -> Memory:
    """Let a cell with gates go along sequences: c = f c + i tanh(x), open for the first number.

    Parameters
    ----------
    inputs : array of float
        Shape (sequences, numbers).
    keep : float
        Forget gate f: what is kept of the cell at each number. [fraction]
    let_in : float
        Input gate i after the first number, at which it is 1. [fraction]
    """
    states = np.tanh(inputs)
    for place in range(1, inputs.shape[1]):
        states[:, place] = keep * states[:, place - 1] + let_in * states[:, place]
    return Memory(states, np.asarray(keep ** np.arange(inputs.shape[1]), dtype=np.float64))
