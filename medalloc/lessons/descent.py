"""Three ways down a loss: full-batch gradient descent, stochastic gradient descent, and Adam."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from medalloc.lessons.sample import Floats

Way = Literal["descent", "sgd", "adam", "adam-printed"]
WAYS: tuple[Way, ...] = ("descent", "sgd", "adam", "adam-printed")
"""``adam-printed`` is Adam as the last line of the article prints it: the second moment v does not occur in it."""

FIRST, SECOND, TINY = 0.9, 0.999, 1e-8
"""Adam's decay of the first and of the second moment, and what keeps it from dividing by 0."""

FAR = 1e6
"""Parameters further out than this are lost: the run is stopped there."""

Rows = NDArray[np.int64]


class Objective(Protocol):
    """A mean loss over rows, with its slope."""

    rows: int
    """Rows that the loss is a mean over."""

    def loss(self, at: Floats) -> float:
        """Return the mean loss of all rows."""
        ...

    def slope(self, at: Floats, rows: Rows | None = None) -> Floats:
        """Return the gradient of the mean loss of some rows, or of all."""
        ...


@dataclass(frozen=True)
class Setting:
    """How a race is run."""

    updates: int
    """Steps each optimiser may take. [count]"""

    batch: int
    """Rows of one step of the stochastic ones. [rows]"""

    looks: int = 60
    """How often the loss is looked at, besides the start. [count]"""


@dataclass(frozen=True, eq=False)
class Run:
    """One way down."""

    path: Floats
    """Parameters at every look, shape (looks + 1, parameters)."""

    loss: Floats
    """Mean loss of all rows there. [nat]"""

    updates: Floats
    """Steps taken until there. [count]"""

    passes: Floats
    """Rows read until there, over all rows. [passes]"""

    seconds: Floats
    """Time the steps took, without looking at the loss. [seconds]"""

    lost: bool
    """Whether it left the picture for good and was stopped."""


class Logistic:
    """Mean log-loss of a logistic regression.

    Parameters
    ----------
    inputs : array of float
        Shape (rows, parameters).
    need : array of 0 and 1
        Shape (rows,).
    constant : float
        Fixed log-odds where all inputs are 0.
    """

    def __init__(self, inputs: Floats, need: NDArray[np.int8], constant: float = 0.0) -> None:
        self.inputs, self.need, self.constant = inputs, need.astype(np.float64), constant
        self.rows = len(need)

    def loss(self, at: Floats) -> float:
        """Return the mean log-loss of all rows. [nat]."""
        odds = self.inputs @ at + self.constant
        return float(np.mean(np.logaddexp(0, odds) - self.need * odds))

    def slope(self, at: Floats, rows: Rows | None = None) -> Floats:
        """Return the gradient of the mean log-loss of some rows, or of all."""
        inputs, need = (self.inputs, self.need) if rows is None else (self.inputs[rows], self.need[rows])
        wrong = 0.5 * (1 + np.tanh(0.5 * (inputs @ at + self.constant))) - need
        return np.asarray(wrong @ inputs / len(need))

    def lowest(self) -> Floats:
        """Return where the loss is smallest, by Newton's method, shape (parameters,)."""
        at = np.zeros(self.inputs.shape[1])
        for _ in range(50):
            said = 0.5 * (1 + np.tanh(0.5 * (self.inputs @ at + self.constant)))
            curve = (self.inputs.T * (said * (1 - said))) @ self.inputs / self.rows
            step = np.linalg.solve(curve, self.slope(at))
            at = at - step
            if np.abs(step).max() < 1e-10:
                break
        return np.asarray(at)


class Steps:
    """The rule by which an optimiser turns slopes into steps; keeps Adam's moments.

    Parameters
    ----------
    way : str
        One of `WAYS`.
    rate : float
        Learning rate. [1]
    """

    def __init__(self, way: Way, rate: float) -> None:
        self.way, self.rate, self.count = way, rate, 0
        self.first: Floats | float = 0.0
        self.second: Floats | float = 0.0

    def step(self, slope: Floats) -> Floats:
        """Return what to take away from the parameters."""
        if self.way in ("descent", "sgd"):
            return self.rate * slope
        self.count += 1
        self.first = FIRST * self.first + (1 - FIRST) * slope
        first = self.first / (1 - FIRST**self.count)
        if self.way == "adam-printed":
            return np.asarray(self.rate * first)
        self.second = SECOND * self.second + (1 - SECOND) * slope**2
        second = self.second / (1 - SECOND**self.count)
        return np.asarray(self.rate * first / (np.sqrt(second) + TINY))


def run(objective: Objective, start: Floats, way: Way, *, rate: float, setting: Setting, seed: int) -> Run:
    """Go down from a start.

    Parameters
    ----------
    start : array of float
        Parameters to start from, shape (parameters,).
    way : str
        One of `WAYS`; ``descent`` reads all rows at every step, the others a batch.
    rate : float
        Learning rate. [1]
    seed : int
        Decides the order of rows, drawn anew for every pass.
    """
    batch = objective.rows if way == "descent" else min(setting.batch, objective.rows)
    batches, rule, at = _batches(objective.rows, batch, seed), Steps(way, rate), start.astype(np.float64)
    looks = np.unique(np.linspace(0, setting.updates, setting.looks + 1).round().astype(int))
    path, losses, seconds, spent = [at], [objective.loss(at)], [0.0], 0.0
    for before, until in pairwise(looks.tolist()):
        began = time.perf_counter()
        for _ in range(until - before):
            at = at - rule.step(objective.slope(at, next(batches)))
        spent += time.perf_counter() - began
        # also false for a number that is none
        if not np.abs(at).max() < FAR:
            break
        path.append(at)
        losses.append(objective.loss(at))
        seconds.append(spent)
    taken = looks[: len(path)].astype(np.float64)
    return Run(
        np.array(path),
        np.array(losses),
        taken,
        taken * batch / objective.rows,
        np.array(seconds),
        len(path) < len(looks),
    )


def race(
    objective: Objective, starts: Floats, rates: Mapping[Way, float], *, setting: Setting, seed: int
) -> dict[Way, tuple[Run, ...]]:
    """Let every optimiser go down from the same starts.

    Parameters
    ----------
    starts : array of float
        One start a run, shape (runs, parameters).
    seed : int
        Of the first run; each further one has the next. With the same seed all see their rows in the same order.
    """
    return {
        way: tuple(
            run(objective, start, way, rate=rate, setting=setting, seed=seed + place)
            for place, start in enumerate(starts)
        )
        for way, rate in rates.items()
    }


def _batches(rows: int, batch: int, seed: int) -> Iterator[Rows | None]:
    """Yield the rows of each step for ever, each row once a pass; None stands for all of them."""
    draw = np.random.default_rng(seed)
    while True:
        if batch >= rows:
            yield None
            continue
        order = draw.permutation(rows)
        for begin in range(0, rows, batch):
            yield order[begin : begin + batch]
