"""How a network is trained: as data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from medalloc.errors import InputError
from medalloc.networks.architecture import NOUN
from medalloc.saved import one_of, require_form, within

VERSION = 1

OPTIMIZERS = ("gd", "sgd", "adam")
"""Gradient descent on all rows at once, on a batch of rows at a time, and Adam on a batch of rows at a time."""

LEARNING_RATES: Mapping[str, float] = {"gd": 0.5, "sgd": 0.1, "adam": 0.002}
"""Learning rates that suit standardised inputs, by optimiser."""


@dataclass(frozen=True)
class Training:
    """How a network is trained.

    Examples
    --------
    >>> how = Training("sgd", epochs=20)
    >>> Training.from_json(how.to_json()) == how, how.rate
    (True, 0.1)
    """

    optimizer: str = "adam"
    """One of `OPTIMIZERS`. ``gd`` makes one update a pass over the rows, the others one update a batch."""

    learning_rate: float = 0.0
    """Length of a step; 0 for what suits the optimiser, in `LEARNING_RATES`."""

    batch_size: int = 128
    """Rows of one update; ``gd`` always takes all. [rows]"""

    epochs: int = 100
    """Most passes over the rows. [count]"""

    patience: int = 10
    """Passes without a smaller loss on held-out rows after which training ends; 0 holds no rows out and goes on to the
    last pass, as do tables too small to spare rows. [count]"""

    held_out: float = 0.1
    """Share of the rows that only tell when to stop. [fraction]"""

    seed: int = 0
    """Decides the first weights, the rows held out and the order of the batches."""

    def __post_init__(self) -> None:
        faults = [
            *one_of("optimizer", self.optimizer, OPTIMIZERS),
            *within("learning_rate", self.learning_rate, 0, 10, whole=False),
            *within("batch_size", self.batch_size, 1, 1_000_000),
            *within("epochs", self.epochs, 1, 100_000),
            *within("patience", self.patience, 0, 100_000),
            *within("held_out", self.held_out, 0.01, 0.5, whole=False),
            *within("seed", self.seed, 0, 2**31 - 1),
        ]
        if faults:
            raise InputError(*faults)

    @property
    def rate(self) -> float:
        """Learning rate that is used."""
        return float(self.learning_rate) or LEARNING_RATES[self.optimizer]

    def to_json(self) -> dict[str, Any]:
        """Return the training as plain data with its version."""
        return {"version": VERSION, **asdict(self)}

    @classmethod
    def from_json(cls, data: object) -> "Training":
        """Read a training from plain data.

        Raises
        ------
        InputError
            If its shape or a value is wrong; all faults at once.
        """
        known = [each.name for each in fields(cls)]
        read = require_form(data, NOUN, version=VERSION, known=known)
        return cls(**{name: read[name] for name in known if name in read})
