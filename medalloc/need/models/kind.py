"""What is said once of a model, and holds on every screen and in every command."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from medalloc.need.models.options import Parameter
from medalloc.sentences import Sentence


class Settings(ABC):
    """What a model is built from: a `ModelChoice`."""

    kind: str
    seed: int

    @abstractmethod
    def value(self, name: str) -> Any:
        """Return the value of an option, given or default."""

    def option(self, name: str) -> float:
        """Return the value of an option that is a number."""
        return float(self.value(name))

    def text(self, name: str) -> str:
        """Return the value of an option that is a word."""
        return str(self.value(name))

    def count(self, name: str) -> int:
        """Return the value of an option that is a whole number."""
        return int(self.value(name))


MANY_ROWS = 30_000
"""Rows of a table up to which every model is compared; on more, some take nine tenths of the time. [count]"""


@dataclass(frozen=True, kw_only=True)
class ModelKind:
    """One kind of model."""

    kind: str
    """What it is called in data and commands."""

    name: Sentence
    """What it is called on screens."""

    fits: Sentence
    """When it is the right one."""

    cost: Sentence
    """What it takes: time, care, what it cannot do."""

    parameters: Mapping[str, Parameter]
    """Its options, by name."""

    build: Callable[[Settings, int], Any]
    """From a choice and the number of training rows to an unfitted scikit-learn classifier or `Model`. Libraries are
    imported in here: what a model is called must be known without them."""

    remarks: Callable[[Settings, int], list[Sentence]] = lambda _choice, _rows: []
    """From the same to what is done differently from what the name promises."""

    accepts_missing: bool = False
    """Whether it knows what to do with a missing number."""

    needs_networks: bool = False
    """Whether it needs what `medalloc.networks` needs."""

    splits_by_row: bool = False
    """Whether its test is split off by row, as in the article, also where patients repeat."""

    unasked_up_to: int | None = None
    """Rows of a table up to which it is compared without being asked for by name; None for any number. [count]"""

    as_printed: bool = False
    """Whether a trained model says what it says in the article, uncalibrated; demand is calibrated in any case."""

    permuted_rows: int = 2000
    """Test rows that are shuffled to measure importances: fewer where it answers slowly. [count]"""

    dependence_rows: int = 500
    """Held-out rows over which the mean effect of a column is taken. [count]"""
