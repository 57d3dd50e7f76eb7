"""How a network is trained: as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from medalloc.networks.architecture import NOUN
from medalloc.saved import Limits, OneOf, Saved
from medalloc.sentences import Sentence

OPTIMIZERS = ("gd", "sgd", "adam")
"""Gradient descent on all rows at once, on a batch of rows at a time, and Adam on a batch of rows at a time."""

LEARNING_RATES: Mapping[str, float] = {"gd": 0.5, "sgd": 0.1, "adam": 0.002}
"""Learning rates that suit standardised inputs, by optimiser."""


@dataclass(frozen=True)
class Training(Saved):
    """How a network is trained.

    Examples
    --------
    >>> how = Training("sgd", epochs=20)
    >>> Training.from_json(how.to_json()) == how, how.rate
    (True, 0.1)
    """

    version: ClassVar[int] = 1
    noun: ClassVar[Sentence] = NOUN

    optimizer: Annotated[str, OneOf(OPTIMIZERS)] = "adam"
    """One of `OPTIMIZERS`. ``gd`` makes one update a pass over the rows, the others one update a batch."""

    learning_rate: Annotated[float, Limits(0, 10)] = 0.0
    """Length of a step; 0 for what suits the optimiser, in `LEARNING_RATES`."""

    batch_size: Annotated[int, Limits(1, 1_000_000)] = 128
    """Rows of one update; ``gd`` always takes all. [rows]"""

    epochs: Annotated[int, Limits(1, 100_000)] = 100
    """Most passes over the rows. [count]"""

    patience: Annotated[int, Limits(0, 100_000)] = 10
    """Passes without a smaller loss on held-out rows after which training ends; 0 holds no rows out and goes on to the
    last pass, as do tables too small to spare rows. [count]"""

    held_out: Annotated[float, Limits(0.01, 0.5)] = 0.1
    """Share of the rows that only tell when to stop. [fraction]"""

    seed: Annotated[int, Limits(0, 2**31 - 1)] = 0
    """Decides the first weights, the rows held out and the order of the batches."""

    @property
    def rate(self) -> float:
        """Learning rate that is used."""
        return float(self.learning_rate) or LEARNING_RATES[self.optimizer]
